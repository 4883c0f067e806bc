from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import ContactFields, Kind, Position, Status
from netkeep.domain.days import Length, parse_cadence
from netkeep.domain.lifecycle import (
    accept,
    has_later_change,
    longer_cadence,
    past_position,
    spread,
    triage_order,
)
from tests.builders import NOW, contact

TODAY = date(2026, 11, 23)
TWO_MONTHS, WEEK = Length(2, "month"), Length(1, "week")
USUAL = {Kind.coworker: TWO_MONTHS, Kind.friend: WEEK, Kind.client: None}


def test_contacts_accepted_together_are_spread_evenly_over_their_cadence() -> None:
    assert spread([Length(2, "week")] * 4, TODAY) == [
        date(2026, 11, 23),
        date(2026, 11, 26),
        date(2026, 11, 30),
        date(2026, 12, 3),
    ]


def test_300_contacts_with_a_cadence_of_2_months_are_due_5_a_day() -> None:
    days = spread([TWO_MONTHS] * 300, TODAY)
    assert Counter(days) == {TODAY + timedelta(days=offset): 5 for offset in range(60)}


def test_each_cadence_is_spread_over_its_own_contacts() -> None:
    month, week = Length(1, "month"), Length(1, "week")
    assert spread([month, week, None, month, month, week], TODAY) == [
        TODAY + timedelta(days=offset) for offset in (0, 0, 0, 10, 20, 3)
    ]


def test_a_contact_accepted_alone_is_due_on_the_first_day() -> None:
    assert spread([TWO_MONTHS], TODAY) == [TODAY]


def test_a_contact_is_due_a_day_later_for_each_one_accepted_before() -> None:
    assert spread([WEEK, WEEK, None], TODAY, accepted_before=5) == [
        TODAY + timedelta(days=offset) for offset in (5, 1, 0)
    ]


def test_triage_begins_with_the_newest_connection() -> None:
    imported = [
        contact(id=1, met_on=date(2017, 9, 5)),
        contact(id=2, met_on=date(2026, 11, 1)),
        contact(id=3, met_on=date(2026, 11, 1)),
        contact(id=4, met_on=None, created_at=NOW),
    ]
    assert [each.id for each in triage_order(imported, {})] == [4, 2, 3, 1]


def test_triage_ends_with_those_skipped_and_the_last_skipped_last() -> None:
    imported = [contact(id=number, met_on=date(2026, 11, number)) for number in range(1, 5)]
    skipped = {4: NOW, 3: NOW - timedelta(days=1), 1: NOW}
    assert [each.id for each in triage_order(imported, skipped)] == [2, 3, 4, 1]


def test_spreading_no_contacts_returns_no_days() -> None:
    assert spread([], TODAY) == []


@given(st.lists(st.sampled_from([None, Length(3, "day"), Length(1, "week"), TWO_MONTHS])))
def test_a_spread_is_balanced_and_stays_within_the_cadence(cadences: list[Length | None]) -> None:
    days = spread(cadences, TODAY)
    assert len(days) == len(cadences)
    for cadence in set(cadences) - {None}:
        assert cadence is not None
        own = [day for day, of in zip(days, cadences, strict=True) if of == cadence]
        a_day = [own.count(TODAY + timedelta(days=offset)) for offset in range(cadence.days)]
        assert own == sorted(own)
        assert sum(a_day) == len(own)
        assert max(a_day) - min(a_day) <= 1


def test_an_accepted_candidate_gets_the_first_due_date() -> None:
    waiting = contact(last_touch_on=None)
    assert accept([waiting], {}, USUAL, TODAY) == {
        1: ContactFields(status=Status.active, first_due_on=TODAY)
    }


def test_another_kind_brings_its_default_cadence() -> None:
    fields = accept([contact(last_touch_on=None)], {"kind": Kind.friend}, USUAL, TODAY)[1]
    assert (fields["kind"], fields["cadence"]) == (Kind.friend, WEEK)


def test_a_cadence_of_its_own_is_kept_unless_another_is_requested() -> None:
    own = contact(cadence=Length(5, "day"))
    assert "cadence" not in accept([own], {"kind": Kind.friend}, USUAL, TODAY)[1]
    requested = ContactFields(kind=Kind.friend, cadence=None)
    assert accept([own], requested, USUAL, TODAY)[1]["cadence"] is None


def test_several_late_contacts_are_snoozed_to_spread_days() -> None:
    known = [contact(id=number, last_touch_on=date(2026, 1, 1)) for number in (1, 2, 3)]
    recent = contact(id=4, last_touch_on=TODAY)
    fields = accept([*known, recent], {"cadence": Length(20, "day")}, USUAL, TODAY)
    assert [changes.get("snoozed_until") for changes in fields.values()] == [
        *(TODAY, date(2026, 11, 28), date(2026, 12, 3), None),
    ]


def test_a_late_contact_accepted_alone_stays_late() -> None:
    late = contact(last_touch_on=date(2026, 1, 1))
    assert accept([late], {}, USUAL, TODAY) == {1: ContactFields(status=Status.active)}


@pytest.mark.parametrize(
    ("cadence", "longer"),
    [
        ("1d", "2w"),
        ("2w", "1m"),
        ("30d", "2m"),  # as long as a month
        ("2m", "3m"),
        ("100d", "6m"),
        ("6m", "1y"),
        ("1y", "none"),
        ("5y", "none"),
        ("none", None),
    ],
)
def test_the_third_snooze_in_a_row_suggests_the_next_longer_cadence(
    cadence: str, longer: str | None
) -> None:
    person = contact(cadence=parse_cadence(cadence))
    assert [longer_cadence(person._replace(snoozes=count)) for count in (0, 2, 3, 4)] == [
        None,
        None,
        longer,
        longer,
    ]


def test_a_past_position_has_the_company_and_title_before_the_change() -> None:
    ada = contact(company="Initech", title="Analyst")
    assert past_position(ada, {"title": "Analyst"}, TODAY) is None
    assert past_position(ada, {"title": "CTO"}, TODAY) == Position("Initech", "Analyst", TODAY)


def test_a_change_is_later_if_a_position_ended_after_the_day() -> None:
    ada = contact(worked=(Position("Initech", "Analyst", TODAY),))
    assert has_later_change(ada, TODAY - timedelta(days=1))
    assert not has_later_change(ada, TODAY)
