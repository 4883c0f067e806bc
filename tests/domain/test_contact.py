from __future__ import annotations

from datetime import date

import pytest

from netkeep.domain.contact import ContactFields, Detail, Kind, Position, Status, Via, entries
from netkeep.domain.touchpoint import Channel, Direction, Purpose


def test_the_words_are_those_of_the_manual() -> None:
    assert " ".join(Kind) == (
        "friend relative coworker association professor alumni client mentor other"
    )
    assert " ".join(Status) == "candidate active dropped"
    assert " ".join(Channel) == "call email message meeting meal letter social event other"
    assert " ".join(Purpose) == "catch-up greeting congratulate thank follow-up give ask"
    assert " ".join(Direction) == "out in"


def test_who_introduced_someone_is_shown_with_the_id() -> None:
    assert str(Via(2, "Grace Hopper")) == "Grace Hopper (#2)"


@pytest.mark.parametrize(
    ("company", "title", "words"),
    [
        (
            *("Analytical Engines", "Staff Engineer"),
            "Staff Engineer, Analytical Engines (until 2026-09-16)",
        ),
        ("Analytical Engines", None, "Analytical Engines (until 2026-09-16)"),
        (None, "Staff Engineer", "Staff Engineer (until 2026-09-16)"),
    ],
)
def test_where_someone_worked_is_told_with_the_day_it_ended(
    company: str | None, title: str | None, words: str
) -> None:
    assert str(Position(company, title, date(2026, 9, 16))) == words


def test_each_list_is_found_among_the_fields() -> None:
    fields = ContactFields(emails=("e",), phones=("p",), urls=("u",), tags=("t",))
    assert [entries(fields, detail) for detail in Detail] == [("e",), ("p",), ("u",), ("t",)]


def test_a_list_left_out_is_empty() -> None:
    assert [entries({}, detail) for detail in Detail] == [()] * 4
