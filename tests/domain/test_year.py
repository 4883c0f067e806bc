from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.days import WeekStart
from netkeep.domain.stats import (
    MONTHS,
    WEEKS,
    Count,
    by_day,
    by_month,
    by_week,
    first_day,
    first_month,
)

TODAY = date(2026, 11, 25)  # a Wednesday
TODAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))


MONDAY = date(2025, 11, 24)  # on which a year of weeks up to today begins


@pytest.mark.parametrize(
    ("today", "start", "first"),
    [
        (date(2026, 11, 22), WeekStart.monday, date(2025, 11, 17)),
        (date(2026, 11, 23), WeekStart.monday, MONDAY),
        (date(2026, 11, 29), WeekStart.monday, MONDAY),
        (date(2026, 11, 28), WeekStart.sunday, date(2025, 11, 23)),
        (date(2026, 11, 29), WeekStart.sunday, date(2025, 11, 30)),
        (date(2026, 11, 27), WeekStart.saturday, date(2025, 11, 22)),
        (date(2026, 11, 28), WeekStart.saturday, date(2025, 11, 29)),
    ],
)
def test_a_year_of_weeks_begins_52_weeks_before_this_one(
    today: date, start: WeekStart, first: date
) -> None:
    assert first_day(today, start) == first


@given(TODAYS)
def test_the_days_of_a_year_are_in_a_row_and_make_53_weeks(today: date) -> None:
    days = by_day({today: 2}, first_day(today, WeekStart.monday), today)
    assert [day.since for day in days] == [
        days[0].since + timedelta(days=away) for away in range(len(days))
    ]
    assert days[0].since.weekday() == 0
    assert days[-1] == Count(today, 2)
    weeks = by_week(days)
    assert len(weeks) == WEEKS
    assert weeks[-1] == Count(today - timedelta(days=today.weekday()), 2)
    assert sum(week.touchpoints for week in weeks) == 2


def test_what_is_not_of_this_year_is_not_counted() -> None:
    counted = {date(2025, 11, 23): 1, date(2025, 11, 24): 2, date(2026, 11, 26): 4}
    assert sum(day.touchpoints for day in by_day(counted, MONDAY, TODAY)) == 2


def test_the_touchpoints_of_a_week_are_added_up() -> None:
    weeks = by_week(by_day({date(2026, 11, 22): 1, date(2026, 11, 23): 2, TODAY: 3}, MONDAY, TODAY))
    assert weeks[-2:] == (Count(date(2026, 11, 16), 1), Count(date(2026, 11, 23), 5))


@given(TODAYS)
def test_a_year_of_months_ends_with_this_one(today: date) -> None:
    months = by_month({today: 1, first_month(today): 2}, today)
    assert [month.since.day for month in months] == [1] * MONTHS
    assert months[0] == Count(first_month(today), 2)
    assert months[-1] == Count(today.replace(day=1), 1)
    assert len({month.since.month for month in months}) == MONTHS


def test_the_touchpoints_of_a_month_are_added_up() -> None:
    months = by_month({date(2026, 2, 1): 1, date(2026, 2, 28): 2, date(2026, 3, 1): 4}, TODAY)
    assert [month.touchpoints for month in months] == [0, 0, 3, 4, *[0] * 8]
