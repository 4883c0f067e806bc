from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import Kind, Status
from netkeep.domain.people import (
    Person,
    match_people,
    nearest_names,
    parse_id,
    trailing_id,
    word_starts_match,
)
from netkeep.domain.text import key

NAMES = st.text("abc'\u00e9- ", min_size=1, max_size=8)
STATUSES = st.sampled_from(Status)


def person(id_: int, name: str, status: Status = Status.active) -> Person:
    return Person(id_, name, status, Kind.friend, None, key(name))


ADA = person(1, "Ada Lovelace")
ADAM = person(2, "Adam Lacey")
GRACE = person(3, "Grace O'Brien Hopper")
EVERYONE = [ADA, ADAM, GRACE]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("#12", 12),
        ("12", 12),
        (" #12\n", 12),
        ("0012", 12),
        ("0", 0),
        ("9" * 18, 10**18 - 1),
        ("0" * 30 + "7", 7),
        ("9" * 19, 0),
        pytest.param("#" + "9" * 5_000, 0, id="5,000 digits"),
    ],
)
def test_an_id_is_a_number_and_one_too_large_to_exist_is_0(words: str, number: int) -> None:
    assert parse_id(words) == number


@pytest.mark.parametrize(
    "words", ["", "#", "ada", "#ada", "12a", "1 2", "##12", "# 12", "-1", "1.0", "\u0661", "\u00b2"]
)
def test_anything_else_is_words(words: str) -> None:
    assert parse_id(words) is None


@pytest.mark.parametrize(
    "words", ["ada-lovelace", "Ada Lovelace", "ADA", "ada l", "lovel", "lovelace ada", " ada  "]
)
def test_a_person_is_meant_by_any_writing_of_the_words(words: str) -> None:
    assert match_people(words, [ADA, GRACE]) == [ADA]


@pytest.mark.parametrize("words", ["obrien", "O\u2019Brien", "o'b", "GR\u00c2CE"])
def test_marks_and_apostrophes_do_not_matter(words: str) -> None:
    assert match_people(words, EVERYONE) == [GRACE]


def test_the_whole_name_is_meant_before_the_start_of_a_longer_one() -> None:
    only_ada = person(4, "Ada")
    assert match_people("ada", [ADA, ADAM, only_ada]) == [only_ada]


def test_the_start_of_a_word_is_meant_before_its_middle() -> None:
    assert match_people("lace", EVERYONE) == [ADAM]
    assert match_people("lace", [ADA, GRACE]) == [ADA]


def test_letters_anywhere_are_meant_when_no_word_starts_with_them() -> None:
    assert match_people("race", EVERYONE) == [GRACE]
    assert match_people("a lo", EVERYONE) == [ADA]


def test_more_than_one_in_the_best_tier_are_all_meant() -> None:
    assert match_people("ada", EVERYONE) == [ADA, ADAM]


def test_nobody_is_meant_by_other_words() -> None:
    assert match_people("charles", EVERYONE) == []


def test_someone_dropped_is_meant_only_when_nobody_else_is() -> None:
    dropped = person(4, "Ada", Status.dropped)
    assert match_people("ada", [dropped, ADA]) == [ADA]
    assert match_people("ad", [dropped, GRACE]) == [dropped]


def test_the_middle_of_a_word_is_meant_before_the_whole_name_of_someone_dropped() -> None:
    assert match_people("race", [person(4, "Race", Status.dropped), GRACE]) == [GRACE]


def test_the_key_and_the_id_tell_apart_who_has_the_same_name() -> None:
    other = person(12, "Ada Lovelace")
    for words in ("ada-lovelace-12", "Ada Lovelace 12", "ada lovelace #12"):
        assert match_people(words, [ADA, other, GRACE]) == [other]
    assert match_people("ada-lovelace-3", [ADA, other, GRACE]) == []
    assert match_people("lovelace-12", [ADA, other]) == []


def test_the_key_and_the_id_mean_someone_dropped_as_well() -> None:
    dropped = person(12, "Ada", Status.dropped)
    assert match_people("ada-12", [person(1, "Ada 123"), dropped]) == [dropped]


def test_a_name_that_ends_in_the_id_of_another_is_not_guessed() -> None:
    ada, ada_12 = person(12, "Ada"), person(1, "Ada 12")
    assert match_people("ada-12", [ada, ada_12]) == [ada, ada_12]
    assert match_people("ada-12-1", [ada, ada_12]) == [ada_12]


@pytest.mark.parametrize(
    ("typed", "number"), [("ada lovelace 12", 12), ("ada", None), ("12", None), ("ada x12", None)]
)
def test_the_id_at_the_end_of_a_key(typed: str, number: int | None) -> None:
    assert trailing_id(typed) == number


def test_a_candidate_is_meant_like_anyone() -> None:
    candidate = person(4, "Ada Byron", Status.candidate)
    assert match_people("ada", [ADA, candidate]) == [ADA, candidate]


def test_a_name_of_signs_alone_is_meant_only_by_itself() -> None:
    fox, heart = person(4, "\N{FOX FACE}"), person(5, "\N{HEAVY BLACK HEART}")
    assert match_people(" \N{FOX FACE} ", [fox, heart, ADA]) == [fox]
    assert match_people("?", [fox, heart, ADA]) == []
    assert match_people("", [fox, heart, ADA]) == []


@given(NAMES, st.lists(st.tuples(NAMES, STATUSES), max_size=6))
def test_who_is_meant_depends_on_the_key_and_is_never_a_guess(
    words: str, known: list[tuple[str, Status]]
) -> None:
    people = [person(place, name, status) for place, (name, status) in enumerate(known)]
    found = match_people(words, people)
    assert len({someone.status is Status.dropped for someone in found}) <= 1
    if typed := key(words):
        assert found == match_people(typed, people)
        assert all(
            word_starts_match(typed, someone.key) or typed in someone.key for someone in found
        )
    else:
        assert all(someone.name == words.strip() for someone in found)


@given(st.lists(st.tuples(NAMES.filter(key), STATUSES), min_size=1, max_size=6))
def test_someone_present_is_always_meant_by_their_whole_name(
    known: list[tuple[str, Status]],
) -> None:
    people = [person(place, name, status) for place, (name, status) in enumerate(known)]
    for someone in people:
        if someone.status is not Status.dropped:
            found = match_people(someone.name, people)
            assert someone in found
            assert {namesake.key for namesake in found} == {someone.key}


@pytest.mark.parametrize(
    ("typed", "whole", "starts"),
    [
        ("ada l", "ada lovelace", True),
        ("l ada", "ada lovelace", True),
        ("ada x", "ada lovelace", False),
        ("da", "ada lovelace", False),
        ("ada lovelace", "ada", False),
    ],
)
def test_every_word_typed_starts_a_word_of_the_name(typed: str, whole: str, starts: bool) -> None:
    assert word_starts_match(typed, whole) is starts


def test_the_nearest_names_look_like_what_was_typed() -> None:
    names = ["Grace Hopper", "Ada Lovelace", "Adele Lovell"]
    assert nearest_names("ADA-LOVELAC", names) == ["Ada Lovelace", "Adele Lovell"]


def test_one_word_of_a_name_is_near_enough() -> None:
    assert nearest_names("hoper", ["Grace Brewster Murray Hopper", "Ada Lovelace"]) == [
        "Grace Brewster Murray Hopper"
    ]


def test_at_most_three_names_are_near() -> None:
    assert len(nearest_names("ada lovelac", [f"Ada Lovelace {letter}" for letter in "abcde"])) == 3


def test_a_near_name_is_given_once() -> None:
    assert nearest_names("martn", ["Juan Martin Martinez Fernandez"]) == [
        "Juan Martin Martinez Fernandez"
    ]


@pytest.mark.parametrize("words", ["xyz", "", "?"])
def test_nothing_may_be_near(words: str) -> None:
    assert nearest_names(words, ["Ada Lovelace"]) == []


def test_a_person_is_told_from_others_by_id_kind_company_and_status() -> None:
    engines = Person(1, "Ada Lovelace", Status.active, Kind.coworker, "Analytical Engines", "")
    dropped = Person(2, "Ada King", Status.dropped, Kind.friend, None, "")
    assert str(engines) == "#1 Ada Lovelace (coworker, Analytical Engines)"
    assert str(dropped) == "#2 Ada King (friend, dropped)"
