"""Birthdays, of which the year is not always known."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from netkeep.domain.days import FIRST, LEAP_YEAR, day_in_year, parse_day_of_month, parse_iso_day
from netkeep.domain.occasions import Window
from netkeep.errors import BadValueError

OPENS_DAYS, STAYS_DAYS = 1, 3  # before and after the day
FORMS = "1990-12-10, 10 dec 1990, 10 dec, dec 10 or --12-10"


class Birthday(NamedTuple):
    """A day of the year, with the year of birth where it is known."""

    month: int
    day: int
    year: int | None = None

    @classmethod
    def from_text(cls, text: str) -> Birthday:
        """Read what `str` makes of one; ValueError for anything else."""
        found = re.fullmatch(r"(?:-|([0-9]{4}))-([0-9]{2})-([0-9]{2})", text)
        if found is None:
            raise ValueError(f"{text!a} is no birthday")
        year = int(found[1]) if found[1] else None
        day = date(year or LEAP_YEAR, int(found[2]), int(found[3]))
        return cls(day.month, day.day, year)

    def next(self, today: date) -> date:
        """The day it is kept on, this time round: until a few days after, then the next one."""
        first = today - timedelta(days=STAYS_DAYS)
        day = day_in_year(first.year, self.month, self.day)
        return day if day >= first else day_in_year(first.year + 1, self.month, self.day)

    def unsettled(self, today: date, last_touch_on: date | None) -> tuple[date, Window]:
        """The day it is kept on, and its window; the next one if this one is settled."""
        day = self.next(today)
        if _window(day).settled_by(last_touch_on):
            day = self.next(day + timedelta(days=STAYS_DAYS + 1))
        return day, _window(day)

    def __str__(self) -> str:
        """ISO 8601; without a year as vCard truncates it, `--MM-DD` (RFC 6350, 4.3.1)."""
        year = "-" if self.year is None else f"{self.year:04}"
        return f"{year}-{self.month:02}-{self.day:02}"


def _window(day: date) -> Window:
    return Window(day - timedelta(days=OPENS_DAYS), day + timedelta(days=STAYS_DAYS))


def parse_birthday(text: str, today: date) -> Birthday:
    """Read a birthday, with or without its year, or raise BadValueError."""
    words = " ".join(text.lower().split())
    try:
        if without_year := re.fullmatch(r"--([0-9]{2})-?([0-9]{2})", words):
            born = date(LEAP_YEAR, int(without_year[1]), int(without_year[2]))
            return Birthday(born.month, born.day)
        if named := parse_day_of_month(words):
            month, day, year = named
            born = date(LEAP_YEAR if year is None else year, month, day)
            known_year = year
        elif iso := parse_iso_day(words):
            born, known_year = iso, iso.year
        else:
            raise BadValueError(f'"{text}" is not a birthday', f"try {FORMS}")
    except ValueError:
        raise BadValueError(f'there is no such day as "{text}"', f"try {FORMS}") from None
    if known_year is not None and not FIRST <= born <= today:
        raise BadValueError(f"{born} is no birthday: it is not between {FIRST} and today")
    return Birthday(born.month, born.day, known_year)
