from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import Position, Status
from netkeep.domain.search import (
    Find,
    Passage,
    excerpt,
    field_passages,
    find_terms,
)
from netkeep.domain.text import key
from tests.builders import contact

NOTE = Passage("note", "Plays chess on Sundays")
NEWS = Passage("news", "Won the chess open in Zürich")


def test_a_passage_is_printed_with_its_place() -> None:
    assert str(NOTE) == "note: Plays chess on Sundays"


def test_all_text_of_a_contact_is_returned_field_by_field() -> None:
    person = contact(
        school="Home",
        met="a party",
        note="Plays chess",
        urls=("ada.example",),
        tags=("python", "maths"),
        worked=(Position("Babbage & Co", "Clerk", date(2020, 1, 1)),),
    )
    assert [str(passage) for passage in field_passages(person._asdict())] == [
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


def test_missing_and_empty_fields_have_no_passage() -> None:
    assert list(field_passages({})) == []
    assert list(field_passages({"name": "Ada", "note": None, "city": "", "emails": ()})) == [
        Passage("name", "Ada")
    ]


def test_a_find_has_the_contact_and_the_passages() -> None:
    assert find_terms(["chess"], contact(), [NOTE, NEWS]) == Find(
        id=1,
        name="Ada Lovelace",
        status=Status.active,
        last_touch_on=date(2026, 9, 23),
        company="Analytical Engines",
        found=(NOTE,),
        email="ada@engines.example",
        phone="+44 20 7946 0000",
    )


def test_find_fields_are_in_the_documented_order() -> None:
    assert " ".join(Find._fields) == ("id name status last_touch_on company found email phone")


@pytest.mark.parametrize(
    ("terms", "passages"),
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
def test_each_term_is_found_in_its_first_passage(
    terms: list[str], passages: tuple[Passage, ...]
) -> None:
    result = find_terms(terms, contact(), iter([NOTE, NEWS]))
    assert result is not None
    assert result.found == passages


def test_a_passage_with_several_terms_is_shown_once_around_the_first() -> None:
    long = Passage("note", f"Plays chess{' and' * 20} go")
    result = find_terms(["go", "chess"], contact(), [long])
    assert result is not None
    assert [str(passage) for passage in result.found] == [f"note: …{'and ' * 7}go"]


@pytest.mark.parametrize("terms", [["go"], ["chess", "go"], ["go", "chess"]])
def test_a_contact_is_found_only_with_all_terms(terms: list[str]) -> None:
    assert find_terms(terms, contact(), [NOTE, NEWS]) is None


def test_a_contact_without_passages_is_not_found() -> None:
    assert find_terms(["chess"], contact(), []) is None


def test_a_long_passage_is_cut_around_the_term() -> None:
    long = Passage("note", f"{'before ' * 20}she plays chess on Sundays{' after' * 20}")
    result = find_terms(["chess"], contact(), [long])
    assert result is not None
    assert str(result.found[0]) == (
        "note: …before before she plays chess on Sundays after after after…"
    )


@pytest.mark.parametrize(
    ("text", "term", "shown"),
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
def test_an_excerpt_is_cut_between_words_if_possible(text: str, term: str, shown: str) -> None:
    assert excerpt(text, term) == shown


@given(st.text(st.sampled_from("a bß\u0308'\n\u00e9\ufb01c") | st.characters()), st.data())
def test_an_excerpt_contains_the_term_and_is_part_of_the_text(
    text: str, data: st.DataObject
) -> None:
    folded = key(text)
    if folded:
        start = data.draw(st.integers(0, len(folded) - 1))
        term = folded[start : data.draw(st.integers(start + 1, len(folded)))].strip()
        if term:
            shown = excerpt(text, term)
            assert term in key(shown)
            assert "\n" not in shown
            assert shown.strip("…") in " ".join(text.split())


@given(st.text(st.sampled_from("ab '\n-")), st.sampled_from(["a", "b", "ab", "a b"]))
def test_every_part_of_the_key_of_a_passage_is_found(text: str, term: str) -> None:
    result = find_terms([term], contact(), [Passage("note", text)])
    assert (result is not None) is (term in key(text))
