"""Days as people type them. Days are local calendar dates; what is not certain is refused."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import Enum, StrEnum

from netkeep.domain.lengths import find_length
from netkeep.errors import BadValueError

FORMS = (
    "2026-11-22, today, yesterday, tomorrow, 3 days ago, in 2 weeks, friday, last friday,"
    " next tue, 22 nov, 22 nov 2026 or nov 22"
)
FIRST, LAST = date(1000, 1, 1), date(2999, 12, 31)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
LEAP_YEAR, YEARS_TO_LEAP = 2000, 8


class Toward(Enum):
    """Which way an unfinished day such as `friday` or `22 nov` points from today."""

    PAST = -1
    FUTURE = 1


class WeekStart(StrEnum):
    """The day a week begins with, which is not the same everywhere."""

    monday = "monday"
    sunday = "sunday"
    saturday = "saturday"


def parse_day(text: str, today: date, toward: Toward) -> date:
    """Read a day that was typed, or raise BadValueError with the forms there are.

    A bare weekday is never today; a day without a year may be.
    """
    words = " ".join(text.lower().split())
    try:
        day = (
            parse_iso_day(words)
            or _near(words, today)
            or _distant(words, today)
            or _weekday(words, today, toward)
            or _day_of_month(words, today, toward)
        )
    except (ValueError, OverflowError):
        raise BadValueError(f'there is no such day as "{text}"', f"try {FORMS}") from None
    if day is None:
        forms = f'"in {words}" or "{words} ago"' if find_length(words) else FORMS
        raise BadValueError(f'"{text}" is not a day', f"try {forms}")
    if not FIRST <= day <= LAST:
        raise BadValueError(f'"{text}" is not between {FIRST} and {LAST}')
    return day


def resolve_today(typed: str | None, clock: date) -> date:
    """The day it is taken for: that of the clock, or another one that was typed.

    BadValueError if it is none, or none that netkeep knows.
    """
    day = clock if typed is None else parse_day(typed, clock, Toward.PAST)
    if not FIRST <= day <= LAST:
        raise BadValueError(f"the clock says it is {day}", "set the clock, or use --today")
    return day


def parse_past_day(text: str, today: date, what: str) -> date:
    """A day that was typed and is not to come; `what` begins the sentence of BadValueError."""
    day = parse_day(text, today, Toward.PAST)
    if day > today:
        raise BadValueError(f"{what} cannot be in the future: {day} is after today, {today}")
    return day


def parse_future_day(text: str, today: date, what: str) -> date:
    """A day that was typed and is not past; `what` begins the sentence of BadValueError."""
    day = parse_day(text, today, Toward.FUTURE)
    if day < today:
        raise BadValueError(f"{what} cannot be in the past: {day} is before today, {today}")
    return day


def parse_day_from(text: str, today: date, first: date) -> date:
    """A day that was typed; an unfinished one such as `friday` is the first from another day on."""
    words = " ".join(text.lower().split())
    try:
        day = _weekday(words, first - timedelta(days=1), Toward.FUTURE) or _day_of_month(
            words, first, Toward.FUTURE
        )
    except (ValueError, OverflowError):
        day = None  # which parse_day says better
    return day or parse_day(text, today, Toward.FUTURE)


def parse_iso_day(words: str) -> date | None:
    """The day in `2026-11-22`, None if it is not that; ValueError if there is no such day."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", words):
        return date.fromisoformat(words)
    return None


def _near(words: str, today: date) -> date | None:
    away = {"yesterday": -1, "today": 0, "tomorrow": 1}.get(words)
    return None if away is None else today + timedelta(days=away)


def _distant(words: str, today: date) -> date | None:
    if words.startswith("in ") and (length := find_length(words.removeprefix("in "))):
        return length.after(today)
    if words.endswith(" ago") and (length := find_length(words.removesuffix(" ago"))):
        return length.before(today)
    return None


def _weekday(words: str, today: date, toward: Toward) -> date | None:
    first, _, second = words.rpartition(" ")
    if first:
        pointed = {"last": Toward.PAST, "next": Toward.FUTURE}.get(first)
        if pointed is None:
            return None
        toward = pointed
    weekday = _place(second, WEEKDAYS)
    if weekday is None:
        return None
    away = (weekday - today.weekday()) * toward.value % 7 or 7
    return today + timedelta(days=away * toward.value)


def _day_of_month(words: str, today: date, toward: Toward) -> date | None:
    named = parse_day_of_month(words)
    if named is None:
        return None
    month, day, year = named
    if year is not None:
        return date(year, month, day)
    date(LEAP_YEAR, month, day)  # ValueError if no year has this day
    years = (today.year + away * toward.value for away in range(YEARS_TO_LEAP + 1))
    days = (
        date(year, month, day)
        for year in years
        if (month, day) != (2, 29) or day_in_year(year, 2, 29).day == 29
    )
    past = toward is Toward.PAST
    return next((found for found in days if (found <= today if past else found >= today)), None)


def parse_day_of_month(words: str) -> tuple[int, int, int | None] | None:
    """Month, day and perhaps year of `22 nov`, `nov 22` or `22 nov 2026`."""
    found = re.fullmatch(
        r"(?P<day>[0-9]{1,2}) (?P<month>[a-z]+)(?: (?P<year>[0-9]{4}))?"
        r"|(?P<month_first>[a-z]+) (?P<day_last>[0-9]{1,2})",
        words,
    )
    place = found and _place(found["month"] or found["month_first"], MONTHS)
    if found is None or place is None:
        return None
    day, year = found["day"] or found["day_last"], found["year"]
    return place + 1, int(day), int(year) if year else None


def day_in_year(year: int, month: int, day: int) -> date:
    """A day that comes every year; 29 Feb is kept on 28 Feb in common years."""
    if (month, day) == (2, 29):
        return date(year, 3, 1) - timedelta(days=1)
    return date(year, month, day)


def _place(word: str, names: tuple[str, ...]) -> int | None:
    """Where a name, or its first three or more letters, stands among the names."""
    if len(word) < 3:
        return None
    return next((place for place, name in enumerate(names) if name.startswith(word)), None)


def format_day(day: date) -> str:
    """A day as it is said: `22 Feb 2027`."""
    return f"{day.day} {day:%b} {day.year}"


def format_near_day(day: date, today: date) -> str:
    """A day not far off: `Fri 25 Sep`, with the year if it is not this one."""
    return f"{day:%a} {day.day} {day:%b}" + ("" if day.year == today.year else f" {day.year}")


def format_day_count(days: int) -> str:
    """Say `1 day`, `1,500 days`."""
    return f"{days:,} day{'' if days == 1 else 's'}"


def format_distance(day: date, today: date) -> str:
    """How far off a day is: `today`, `yesterday`, `3 days ago`, `tomorrow`, `in 3 days`."""
    days = (day - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    if near:
        return near
    return f"in {format_day_count(days)}" if days > 0 else f"{format_day_count(-days)} ago"


def format_lateness(days_late: int) -> str:
    """Days late in words: `due today`, `12 days late`, `due in 3 days`."""
    if days_late == 0:
        return "due today"
    days = format_day_count(abs(days_late))
    return f"{days} late" if days_late > 0 else f"due in {days}"
