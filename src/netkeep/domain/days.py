"""Days as people type them. Days are local calendar dates; what is not certain is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from netkeep.domain.lengths import find_length
from netkeep.errors import BadValueError

FORMS = (
    "2026-11-22, today, yesterday, tomorrow, 3 days ago, in 2 weeks, friday, last friday,"
    " next tue, 22 nov, 22 nov 2026 or nov 22"
)
BIRTHDAY_FORMS = "1990-12-10, 10 dec 1990, 10 dec, dec 10 or --12-10"
FIRST, LAST = date(1000, 1, 1), date(2999, 12, 31)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_LEAP_YEAR = 2000


class Toward(Enum):
    """Which way an unfinished day such as `friday` or `22 nov` points from today."""

    PAST = -1
    FUTURE = 1


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of the year, with the year of birth where it is known."""

    month: int
    day: int
    year: int | None = None

    def __str__(self) -> str:
        """ISO 8601; without a year as vCard truncates it, `--MM-DD` (RFC 6350, 4.3.1)."""
        year = "-" if self.year is None else f"{self.year:04}"
        return f"{year}-{self.month:02}-{self.day:02}"


def parse_day(text: str, today: date, toward: Toward) -> date:
    """Read a day that was typed, or raise BadValueError with the forms there are.

    A bare weekday is never today; a day without a year may be.
    """
    words = " ".join(text.lower().split())
    try:
        day = (
            _iso(words)
            or _near(words, today)
            or _distant(words, today)
            or _weekday(words, today, toward)
            or _day_of_month(words, today, toward)
        )
    except (ValueError, OverflowError):
        raise BadValueError(f'there is no such day as "{text}"', f"try {FORMS}") from None
    if day is None:
        raise BadValueError(f'"{text}" is not a day', f"try {FORMS}")
    if not FIRST <= day <= LAST:
        raise BadValueError(f'"{text}" is not between {FIRST} and {LAST}')
    return day


def parse_birthday(text: str, today: date) -> Birthday:
    """Read a birthday, with or without its year, or raise BadValueError."""
    words = " ".join(text.lower().split())
    try:
        if without_year := re.fullmatch(r"--([0-9]{2})-?([0-9]{2})", words):
            born = date(_LEAP_YEAR, int(without_year[1]), int(without_year[2]))
            return Birthday(born.month, born.day)
        if named := _named_day(words):
            month, day, year = named
            born = date(_LEAP_YEAR if year is None else year, month, day)
            known_year = year
        elif iso := _iso(words):
            born, known_year = iso, iso.year
        else:
            raise BadValueError(f'"{text}" is not a birthday', f"try {BIRTHDAY_FORMS}")
    except ValueError:
        raise BadValueError(f'there is no such day as "{text}"', f"try {BIRTHDAY_FORMS}") from None
    if known_year is not None and not FIRST <= born <= today:
        raise BadValueError(f"{born} is no birthday: it is not between {FIRST} and today")
    return Birthday(born.month, born.day, known_year)


def _iso(words: str) -> date | None:
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
    named = _named_day(words)
    if named is None:
        return None
    month, day, year = named
    if year is not None:
        return date(year, month, day)
    date(_LEAP_YEAR, month, day)  # ValueError if no year has this day
    year = today.year
    while True:  # at most 8 years away: 29 Feb around 1900
        try:
            found = date(year, month, day)
        except ValueError:
            found = None
        if found and (found <= today if toward is Toward.PAST else found >= today):
            return found
        year += toward.value


def _named_day(words: str) -> tuple[int, int, int | None] | None:
    """Month, day and perhaps year of `22 nov`, `nov 22` or `22 nov 2026`."""
    match words.split():
        case [day, month] | [day, month, _] if day.isdecimal():
            pass
        case [month, day]:
            pass
        case _:
            return None
    place = _place(month, MONTHS)
    if place is None or not re.fullmatch(r"[0-9]{1,2}", day):
        return None
    year = words.split()[2:]
    if year and not re.fullmatch(r"[0-9]{4}", year[0]):
        return None
    return place + 1, int(day), int(year[0]) if year else None


def _place(word: str, names: tuple[str, ...]) -> int | None:
    """Where a name, or its first three or more letters, stands among the names."""
    if len(word) < 3:
        return None
    return next((place for place, name in enumerate(names) if name.startswith(word)), None)
