"""A year of touchpoints: by day and by week, or by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from netkeep.domain.days import WEEKDAYS, WeekStart

WEEKS = 53  # a year of weeks, and this one
MONTHS = 12  # the last of which is this one


class Count(NamedTuple):
    """How many touchpoints there were on a day, or in the week or month that begins with it."""

    since: date
    touchpoints: int


def first_day(today: date, start: WeekStart) -> date:
    """The day on which a year of weeks begins, of those that begin so."""
    into_this_week = (today.weekday() - WEEKDAYS.index(start)) % 7
    return today - timedelta(days=into_this_week, weeks=WEEKS - 1)


def first_month(today: date) -> date:
    """The first day of a year of months."""
    return today.replace(day=1) - relativedelta(months=MONTHS - 1)


def by_day(counted: Mapping[date, int], first: date, today: date) -> tuple[Count, ...]:
    """Every day from the first up to today, those without touchpoints too."""
    days = (first + timedelta(days=away) for away in range((today - first).days + 1))
    return tuple(Count(day, counted.get(day, 0)) for day in days)


def by_week(days: Sequence[Count]) -> tuple[Count, ...]:
    """The weeks of days in a row, the first of which begins one."""
    weeks = (days[place : place + 7] for place in range(0, len(days), 7))
    return tuple(Count(week[0].since, sum(day.touchpoints for day in week)) for week in weeks)


def by_month(counted: Mapping[date, int], today: date) -> tuple[Count, ...]:
    """Every month of a year of months, those without touchpoints too."""
    first = first_month(today)
    found = dict.fromkeys((first + relativedelta(months=away) for away in range(MONTHS)), 0)
    for day, touchpoints in counted.items():
        found[day.replace(day=1)] += touchpoints
    return tuple(Count(month, touchpoints) for month, touchpoints in found.items())
