from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import Kind, Status
from netkeep.domain.people import (
    ACTIVE_FIRST,
    CANDIDATES_FIRST,
    Person,
    Tier,
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


def match(
    text: str, people: Sequence[Person], order: Sequence[Status] = ACTIVE_FIRST
) -> list[Person]:
    return match_people(text, people, lambda tier, status: people, order)


ADA = person(1, "Ada Lovelace")
ADAM = person(2, "Adam Lacey")
GRACE = person(3, "Grace O'Brien Hopper")
EVERYONE = [ADA, ADAM, GRACE]


@pytest.mark.parametrize(
    ("text", "number"),
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
def test_an_id_is_a_number_and_one_too_large_to_exist_is_0(text: str, number: int) -> None:
    assert parse_id(text) == number


@pytest.mark.parametrize(
    "text", ["", "#", "ada", "#ada", "12a", "1 2", "##12", "# 12", "-1", "1.0", "\u0661", "\u00b2"]
)
def test_other_text_is_not_an_id(text: str) -> None:
    assert parse_id(text) is None


@pytest.mark.parametrize(
    "text", ["ada-lovelace", "Ada Lovelace", "ADA", "ada l", "lovel", "lovelace ada", " ada  "]
)
def test_a_name_matches_in_any_case_order_and_punctuation(text: str) -> None:
    assert match(text, [ADA, GRACE]) == [ADA]


@pytest.mark.parametrize("text", ["obrien", "O\u2019Brien", "o'b", "GR\u00c2CE"])
def test_accents_and_apostrophes_do_not_matter(text: str) -> None:
    assert match(text, EVERYONE) == [GRACE]


def test_a_whole_name_is_preferred_to_the_start_of_a_longer_one() -> None:
    only_ada = person(4, "Ada")
    assert match("ada", [ADA, ADAM, only_ada]) == [only_ada]


def test_the_start_of_a_word_is_preferred_to_its_middle() -> None:
    assert match("lace", EVERYONE) == [ADAM]
    assert match("lace", [ADA, GRACE]) == [ADA]


def test_letters_anywhere_match_if_no_word_starts_with_them() -> None:
    assert match("race", EVERYONE) == [GRACE]
    assert match("a lo", EVERYONE) == [ADA]


def test_all_people_of_the_best_tier_match() -> None:
    assert match("ada", EVERYONE) == [ADA, ADAM]


def test_other_words_match_nobody() -> None:
    assert match("charles", EVERYONE) == []


def test_a_dropped_contact_matches_only_if_no_other_contact_does() -> None:
    dropped = person(4, "Ada Byron", Status.dropped)
    assert match("ada", [dropped, ADA]) == [ADA]
    assert match("ad", [dropped, GRACE]) == [dropped]


def test_a_whole_name_is_preferred_whatever_the_status() -> None:
    for status in Status:
        assert match("race", [GRACE, race := person(4, "Race", status)]) == [race]


@pytest.mark.parametrize(
    ("order", "first"),
    [
        (ACTIVE_FIRST, [Status.active, Status.candidate, Status.dropped]),
        (CANDIDATES_FIRST, [Status.candidate, Status.active, Status.dropped]),
    ],
)
@pytest.mark.parametrize("name", ["Ada", "Ada Lovelace", "Gada"])
def test_one_status_is_tried_after_the_other(
    order: Sequence[Status], first: list[Status], name: str
) -> None:
    people = [person(index, name, status) for index, status in enumerate(Status)]
    for status in first:
        matches = match("ada", people, order)
        assert [found.status for found in matches] == [status]
        people.remove(matches[0])


def test_active_contacts_with_the_text_anywhere_come_before_candidates() -> None:
    assert match("race", [GRACE, person(4, "Race Car", Status.candidate)]) == [GRACE]


def test_people_with_the_typed_words_as_whole_words_are_the_likeliest() -> None:
    assert match("ada", [ADAM, ADA]) == [ADA, ADAM]


def test_only_the_groups_up_to_the_first_match_are_read() -> None:
    groups = []

    def read(tier: Tier, status: Status) -> list[Person]:
        groups.append((tier.name, status.value))
        return [person(1, "Ada Lovelace", Status.candidate)]

    assert match_people("ada lovelace", [ADA], read) == [ADA]
    assert groups == []
    candidate = person(1, "Ada Lovelace", Status.candidate)
    assert match_people("lovelace", [], read) == [candidate]
    assert groups == [
        ("word_starts", "active"),
        ("anywhere", "active"),
        ("word_starts", "candidate"),
    ]


def test_key_and_id_distinguish_people_with_the_same_name() -> None:
    other = person(12, "Ada Lovelace")
    for text in ("ada-lovelace-12", "Ada Lovelace 12", "ada lovelace #12"):
        assert match(text, [ADA, other, GRACE]) == [other]
    assert match("ada-lovelace-3", [ADA, other, GRACE]) == []
    assert match("lovelace-12", [ADA, other]) == []


def test_key_and_id_match_a_dropped_contact() -> None:
    dropped = person(12, "Ada", Status.dropped)
    assert match("ada-12", [person(1, "Ada 123"), dropped]) == [dropped]


def test_a_name_that_ends_in_the_id_of_another_is_ambiguous() -> None:
    ada, ada_12 = person(12, "Ada"), person(1, "Ada 12")
    assert match("ada-12", [ada, ada_12]) == [ada_12, ada]
    assert match("ada-12-1", [ada, ada_12]) == [ada_12]


@pytest.mark.parametrize(
    ("typed", "number"), [("ada lovelace 12", 12), ("ada", None), ("12", None), ("ada x12", None)]
)
def test_an_id_is_found_at_the_end_of_a_key(typed: str, number: int | None) -> None:
    assert trailing_id(typed) == number


def test_a_name_of_symbols_matches_only_itself() -> None:
    fox, heart = person(4, "\N{FOX FACE}"), person(5, "\N{HEAVY BLACK HEART}")
    assert match(" \N{FOX FACE} ", [fox, heart, ADA]) == [fox]
    assert match("?", [fox, heart, ADA]) == []
    assert match("", [fox, heart, ADA]) == []


@given(NAMES, st.lists(st.tuples(NAMES, STATUSES), max_size=6))
def test_matches_depend_only_on_the_key(text: str, known: list[tuple[str, Status]]) -> None:
    people = [person(index, name, status) for index, (name, status) in enumerate(known)]
    matches = match(text, people)
    assert len({found.status for found in matches}) <= 1
    if typed := key(text):
        assert matches == match(typed, people)
        assert all(word_starts_match(typed, found.key) or typed in found.key for found in matches)
    else:
        assert all(found.name == text.strip() for found in matches)


@given(st.lists(st.tuples(NAMES.filter(key), STATUSES), min_size=1, max_size=6))
def test_a_contact_always_matches_its_whole_name(
    known: list[tuple[str, Status]],
) -> None:
    people = [person(index, name, status) for index, (name, status) in enumerate(known)]
    for known_person in people:
        matches = match(known_person.name, people, [known_person.status])
        assert known_person in matches
        assert {found.key for found in matches} == {known_person.key}


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
def test_every_typed_word_must_start_a_word_of_the_name(
    typed: str, whole: str, starts: bool
) -> None:
    assert word_starts_match(typed, whole) is starts


def test_the_nearest_names_are_similar_to_the_typed_one() -> None:
    names = ["Grace Hopper", "Ada Lovelace", "Ada Lovell"]
    assert nearest_names("ADA-LOVELAC", names) == ["Ada Lovelace", "Ada Lovell"]


def test_a_similar_word_of_a_name_is_near_enough() -> None:
    assert nearest_names("hoper", ["Grace Brewster Murray Hopper", "Ada Lovelace"]) == [
        "Grace Brewster Murray Hopper"
    ]


def test_the_nearest_word_comes_before_a_near_whole_name() -> None:
    assert nearest_names("Marry", ["明 Larrma", "明 Barrya", "Mary Jackson"]) == ["Mary Jackson"]
    assert nearest_names("Marry", ["Merry", "Mary Jackson"]) == ["Mary Jackson", "Merry"]


def test_at_most_three_names_are_returned() -> None:
    assert len(nearest_names("ada lovelac", [f"Ada Lovelace {letter}" for letter in "abcde"])) == 3


def test_a_near_name_is_returned_once() -> None:
    assert nearest_names("martn", ["Juan Martin Martinez Fernandez"]) == [
        "Juan Martin Martinez Fernandez"
    ]


@pytest.mark.parametrize("text", ["xyz", "", "?"])
def test_dissimilar_text_has_no_near_names(text: str) -> None:
    assert nearest_names(text, ["Ada Lovelace"]) == []


def test_a_person_is_printed_with_id_kind_company_and_status() -> None:
    engines = Person(1, "Ada Lovelace", Status.active, Kind.coworker, "Analytical Engines", "")
    dropped = Person(2, "Ada King", Status.dropped, Kind.friend, None, "")
    assert str(engines) == "#1 Ada Lovelace (coworker, Analytical Engines)"
    assert str(dropped) == "#2 Ada King (friend, dropped)"
