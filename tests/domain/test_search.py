from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import Position, Status
from netkeep.domain.search import (
    Find,
    Passage,
    contact_passages,
    excerpt,
    field_passages,
    find_terms,
)
from netkeep.domain.text import key
from tests.builders import contact

NOTE = Passage("note", "Plays chess on Sundays")
NEWS = Passage("news", "Won the chess open in Zürich")


def test_a_passage_says_where_it_stands() -> None:
    assert str(NOTE) == "note: Plays chess on Sundays"


def test_everything_written_about_someone_is_told_field_by_field() -> None:
    someone = contact(
        school="Home",
        met="a party",
        note="Plays chess",
        urls=("ada.example",),
        tags=("python", "maths"),
        worked=(Position("Babbage & Co", "Clerk", date(2020, 1, 1)),),
    )
    assert [str(passage) for passage in contact_passages(someone)] == [
        "name: Ada Lovelace",
        "company: Analytical Engines",
        "title: Analyst",
        "city: London",
        "school: Home",
        "met: a party",
        "note: Plays chess",
        "e-mail: ada@engines.example",
        "e-mail: ada@home.example",
        "phone: +44 20 7946 0000",
        "phone: 112",
        "URL: ada.example",
        "tag: python",
        "tag: maths",
        "worked: Clerk, Babbage & Co (until 2020-01-01)",
    ]


def test_fields_left_out_or_empty_say_nothing() -> None:
    assert list(field_passages({})) == []
    assert list(field_passages({"name": "Ada", "note": None, "city": "", "emails": ()})) == [
        Passage("name", "Ada")
    ]


def test_a_find_says_who_and_where_the_words_stand() -> None:
    assert find_terms(["chess"], contact(), [NOTE, NEWS]) == Find(
        id=1,
        name="Ada Lovelace",
        status=Status.active,
        last_touch_on=date(2026, 9, 23),
        company="Analytical Engines",
        found=(NOTE,),
    )


def test_the_fields_of_a_find_stand_in_the_documented_order() -> None:
    assert " ".join(Find._fields) == ("id name status last_touch_on company found")


@pytest.mark.parametrize(
    ("words", "passages"),
    [
        (["chess"], (NOTE,)),
        (["zurich"], (NEWS,)),
        (["sunday"], (NOTE,)),
        (["ches", "zuri"], (NOTE, NEWS)),
        (["zurich", "sundays"], (NEWS, NOTE)),
        (["chess", "plays"], (NOTE,)),
        (["chess on"], (NOTE,)),
    ],
)
def test_each_word_is_found_where_it_first_stands(
    words: list[str], passages: tuple[Passage, ...]
) -> None:
    found = find_terms(words, contact(), iter([NOTE, NEWS]))
    assert found is not None
    assert found.found == passages


def test_a_passage_with_several_of_the_words_is_shown_once_around_the_first() -> None:
    long = Passage("note", f"Plays chess{' and' * 20} go")
    found = find_terms(["go", "chess"], contact(), [long])
    assert found is not None
    assert [str(passage) for passage in found.found] == [f"note: …{'and ' * 7}go"]


@pytest.mark.parametrize("words", [["go"], ["chess", "go"], ["go", "chess"]])
def test_nobody_is_found_unless_every_word_is(words: list[str]) -> None:
    assert find_terms(words, contact(), [NOTE, NEWS]) is None


def test_nobody_is_found_where_nothing_is_written() -> None:
    assert find_terms(["chess"], contact(), []) is None


def test_a_long_passage_is_cut_around_the_word() -> None:
    long = Passage("note", f"{'before ' * 20}she plays chess on Sundays{' after' * 20}")
    found = find_terms(["chess"], contact(), [long])
    assert found is not None
    assert str(found.found[0]) == (
        "note: …before before she plays chess on Sundays after after after…"
    )


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("Plays chess", "chess", "Plays chess"),
        (" Plays \n\t chess\n", "chess", "Plays chess"),
        ("Zoe\u0308 plays", "zoe", "Zoe\u0308 plays"),
        ("O'Brien", "obrien", "O'Brien"),
        ("Stra\u00dfe", "s", "Stra\u00dfe"),
        ("x" * 30 + "chess" + "y" * 30, "chess", "x" * 30 + "chess" + "y" * 30),
        ("x" * 40 + "chess" + "y" * 40, "chess", f"…{'x' * 30}chess{'y' * 30}…"),
        ("x" * 40 + " chess " + "y" * 40, "chess", "…chess…"),
        ("x" * 40 + " a chess b " + "y" * 40, "chess", "…a chess b…"),
        ("chess" + " and" * 20, "chess", "chess" + " and" * 7 + "…"),
        ("and " * 20 + "chess", "chess", "…" + "and " * 7 + "chess"),
    ],
)
def test_an_excerpt_is_cut_between_words_where_it_can_be(text: str, word: str, shown: str) -> None:
    assert excerpt(text, word) == shown


@given(st.text(st.sampled_from("a bß\u0308'\n\u00e9\ufb01c") | st.characters()), st.data())
def test_an_excerpt_has_the_word_in_it_and_is_short(text: str, data: st.DataObject) -> None:
    folded = key(text)
    if folded:
        start = data.draw(st.integers(0, len(folded) - 1))
        word = folded[start : data.draw(st.integers(start + 1, len(folded)))].strip()
        if word:
            shown = excerpt(text, word)
            assert word in key(shown)
            assert "\n" not in shown
            assert shown.strip("…") in " ".join(text.split())


@given(st.text(st.sampled_from("ab '\n-")), st.sampled_from(["a", "b", "ab", "a b"]))
def test_whatever_the_key_of_a_passage_holds_is_found(text: str, word: str) -> None:
    found = find_terms([word], contact(), [Passage("note", text)])
    assert (found is not None) is (word in key(text))
