from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import Status
from netkeep.domain.days import Length
from netkeep.domain.due import State, due_on, due_state, first_due_on, is_new

TODAY = date(2026, 11, 23)
TWO_MONTHS = Length(2, "month")
BEFORE = date(2026, 1, 1)

DATES = st.dates(date(1990, 1, 1), date(2060, 1, 1))
CADENCES = st.builds(Length, st.integers(1, 10), st.sampled_from(["day", "week", "month", "year"]))


def due(
    *,
    status: Status = Status.active,
    cadence: Length | None = TWO_MONTHS,
    touched: date | None = None,
    first: date | None = None,
    snoozed: date | None = None,
) -> date | None:
    return due_on(
        status=status,
        cadence=cadence,
        last_touch_on=touched,
        first_due_on=first,
        snoozed_until=snoozed,
    )


def state_when(late: int, cadence: Length, last_touch_on: date | None = BEFORE) -> State:
    new = is_new(cadence, last_touch_on, None, TODAY)
    return due_state(TODAY - timedelta(days=late), cadence, TODAY, new=new)


def test_a_contact_is_due_one_cadence_after_the_latest_touchpoint() -> None:
    assert due(touched=TODAY, first=BEFORE) == date(2027, 1, 23)


def test_a_month_after_31_jan_is_28_feb() -> None:
    assert due(cadence=Length(1, "month"), touched=date(2026, 1, 31)) == date(2026, 2, 28)


def test_a_contact_without_touchpoints_is_due_on_the_first_due_date() -> None:
    assert due(first=date(2026, 11, 25)) == date(2026, 11, 25)


def test_a_snooze_postpones_the_due_date() -> None:
    assert due(touched=TODAY, snoozed=date(2027, 2, 1)) == date(2027, 2, 1)
    assert due(first=TODAY, snoozed=date(2026, 12, 1)) == date(2026, 12, 1)


def test_a_snooze_never_brings_the_due_date_forward() -> None:
    assert due(touched=TODAY, snoozed=date(2026, 12, 1)) == date(2027, 1, 23)


def test_without_a_cadence_there_is_no_due_date() -> None:
    assert due(cadence=None, touched=BEFORE, first=BEFORE, snoozed=TODAY) is None


@pytest.mark.parametrize("status", [Status.candidate, Status.dropped])
def test_only_active_contacts_are_due(status: Status) -> None:
    assert due(status=status, touched=BEFORE, first=BEFORE, snoozed=TODAY) is None


def test_without_touchpoint_and_first_due_date_there_is_no_due_date() -> None:
    assert due() is None


@given(
    st.sampled_from(Status),
    st.none() | CADENCES,
    st.none() | DATES,
    DATES,
    st.none() | DATES,
)
def test_a_due_date_is_missing_only_without_a_cadence_or_when_not_active(
    status: Status,
    cadence: Length | None,
    touched: date | None,
    first: date,
    snoozed: date | None,
) -> None:
    day = due(status=status, cadence=cadence, touched=touched, first=first, snoozed=snoozed)
    assert (day is None) == (cadence is None or status is not Status.active)
    assert day is None or snoozed is None or day >= snoozed


@given(CADENCES, DATES, DATES, st.none() | DATES)
def test_a_later_touchpoint_never_makes_a_contact_due_earlier(
    cadence: Length, first_day: date, second_day: date, snoozed: date | None
) -> None:
    earlier, later = (
        due(cadence=cadence, touched=touched, snoozed=snoozed)
        for touched in sorted([first_day, second_day])
    )
    assert earlier is not None
    assert later is not None
    assert earlier <= later


@given(CADENCES, DATES, DATES, st.none() | DATES)
def test_a_contact_is_never_due_on_the_day_of_a_touchpoint(
    cadence: Length, touched: date, first: date, snoozed: date | None
) -> None:
    day = due(cadence=cadence, touched=touched, first=first, snoozed=snoozed)
    assert day is not None
    assert day > touched


@pytest.mark.parametrize(
    ("cadence", "last_due", "last_overdue"),
    [
        (Length(1, "day"), 3, None),  # 4 days late is more than 3 cadences
        (Length(2, "day"), 3, 6),
        (Length(10, "day"), 3, 30),
        (Length(20, "day"), 3, 60),
        (Length(3, "week"), 3, 63),
        (Length(1, "month"), 4, 90),
        (Length(2, "month"), 9, 180),
        (Length(3, "month"), 13, 270),
        (Length(6, "month"), 27, 540),
        (Length(1, "year"), 54, 1095),
        (Length(20, "month"), 90, 1800),
    ],
)
def test_overdue_is_past_3_days_or_15_percent_and_lapsed_is_past_3_cadences(
    cadence: Length, last_due: int, last_overdue: int | None
) -> None:
    assert state_when(0, cadence) is State.due
    assert state_when(last_due, cadence) is State.due
    if last_overdue is not None:
        assert state_when(last_due + 1, cadence) is State.overdue
        assert state_when(last_overdue, cadence) is State.overdue
    assert state_when((last_overdue or last_due) + 1, cadence) is State.lapsed


@pytest.mark.parametrize("last_touch_on", [None, BEFORE])
def test_before_the_due_date_the_state_is_soon(last_touch_on: date | None) -> None:
    assert state_when(-1, TWO_MONTHS, last_touch_on) is State.soon


@pytest.mark.parametrize("late", [0, 10, 180])
def test_a_contact_without_touchpoints_is_new_and_not_overdue(late: int) -> None:
    assert state_when(late, TWO_MONTHS, None) is State.new


def test_a_new_contact_lapses_past_3_cadences() -> None:
    assert state_when(181, TWO_MONTHS, None) is State.lapsed


@given(CADENCES, st.integers(-400, 12_000), st.integers(-400, 12_000))
def test_the_state_never_becomes_less_pressing_with_lateness(
    cadence: Length, few: int, many: int
) -> None:
    order = [State.soon, State.due, State.overdue, State.lapsed]
    less, more = (order.index(state_when(late, cadence)) for late in sorted([few, many]))
    assert less <= more


def test_a_new_contact_is_due_2_days_after_you_met() -> None:
    assert first_due_on(date(2026, 12, 30), 2) == date(2027, 1, 1)
