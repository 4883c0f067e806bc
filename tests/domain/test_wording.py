from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.days import (
    Toward,
    format_day,
    format_day_count,
    format_distance,
    format_lateness,
    format_near_day,
    parse_day,
)

TODAY = date(2026, 11, 23)  # a Monday


def test_a_day_is_spoken_with_its_year() -> None:
    assert format_day(date(2027, 2, 22)) == "22 Feb 2027"
    assert format_day(date(2026, 12, 1)) == "1 Dec 2026"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "Mon 23 Nov"),
        (date(2026, 12, 4), "Fri 4 Dec"),
        (date(2026, 1, 1), "Thu 1 Jan"),
        (date(2027, 1, 1), "Fri 1 Jan 2027"),
        (date(2025, 12, 31), "Wed 31 Dec 2025"),
    ],
)
def test_a_near_day_has_its_weekday_and_its_year_only_if_it_is_another(
    day: date, words: str
) -> None:
    assert format_near_day(day, TODAY) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "0 days"), (1, "1 day"), (2, "2 days"), (1_500, "1,500 days")],
)
def test_days_are_counted(days: int, words: str) -> None:
    assert format_day_count(days) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1_500, "1,500 days ago"),
        (-2, "2 days ago"),
        (-1, "yesterday"),
        (0, "today"),
        (1, "tomorrow"),
        (2, "in 2 days"),
        (1_500, "in 1,500 days"),
    ],
)
def test_how_far_off_a_day_is(days: int, words: str) -> None:
    assert format_distance(TODAY + timedelta(days=days), TODAY) == words


@given(st.integers(-999, 999))
def test_how_far_off_a_day_is_reads_back_as_that_day(days: int) -> None:
    day = TODAY + timedelta(days=days)
    assert parse_day(format_distance(day, TODAY), TODAY, Toward.FUTURE) == day


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "due today"),
        (1, "1 day late"),
        (12, "12 days late"),
        (1_500, "1,500 days late"),
        (-1, "due in 1 day"),
        (-3, "due in 3 days"),
    ],
)
def test_lateness_in_words(days: int, words: str) -> None:
    assert format_lateness(days) == words
