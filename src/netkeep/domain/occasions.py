"""Occasions and birthdays: dated reasons to be in touch, each with its window."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Self, TypedDict

from netkeep.domain.days import FIRST, LEAP_YEAR, day_in_year, parse_day_of_month, parse_iso_day
from netkeep.errors import BadValueError

NEWS_DAYS = 30  # news is a reason to be in touch this long
VISIT_DAYS_BEFORE = 7  # to arrange to meet
BIRTHDAY_DAYS_BEFORE, BIRTHDAY_DAYS_AFTER = 1, 3
BIRTHDAY_FORMS = "1990-12-10, 10 dec 1990, 10 dec, dec 10 or --12-10"


class Window(NamedTuple):
    """The first and the last day of a reason to be in touch; without a last day it stays open."""

    since: date
    until: date | None = None

    def settled_by(self, last_touch_on: date | None) -> bool:
        """Return whether there was a touchpoint on or after the first day."""
        return last_touch_on is not None and last_touch_on >= self.since


class OccasionKind(StrEnum):
    """The kind of an occasion."""

    news = "news"
    visit = "visit"
    promise = "promise"


class Occasion(NamedTuple):
    """One occasion, as stored; field by field what `news`, `visit`, `promise` and `done` print.

    `day` is the day of the news, the day of arrival or the day promised. `until` is the day of
    departure. `opens_on` is the first day of the window. A visit may have a city; with `yours` you
    are the visitor. `ask_id` is the touchpoint to say thanks for, `done_by_id` the touchpoint that
    settled the occasion.
    """

    id: int
    kind: OccasionKind
    contact_id: int
    name: str
    day: date
    until: date | None
    opens_on: date
    text: str | None
    city: str | None
    yours: bool
    ask_id: int | None
    done_on: date | None
    created_at: datetime
    updated_at: datetime
    done_by_id: int | None

    @property
    def window(self) -> Window:
        """The days on which it is a reason to be in touch."""
        if self.kind is OccasionKind.news:
            return Window(self.opens_on, self.opens_on + timedelta(days=NEWS_DAYS))
        return Window(self.opens_on, self.until)

    def is_settled(self, last_touch_on: date | None) -> bool:
        """Return whether it is done or settled by a touchpoint, which a promise never is."""
        if self.done_on is not None:
            return True
        return self.kind is not OccasionKind.promise and self.window.settled_by(last_touch_on)

    @property
    def what(self) -> str:
        """The text, or for a visit without one the city."""
        return self.text or f"a visit{f' to {self.city}' if self.city else ''}"

    def __str__(self) -> str:
        """`#3 send the paper (2026-09-18)`."""
        return f"#{self.id} {self.what} ({self.day})"


def opens_on(kind: OccasionKind, day: date, last_touch_on: date | None) -> date:
    """Return the first day of the window of a new occasion.

    A visit opens a week before the arrival, but after the latest touchpoint: otherwise the
    conversation in which you heard of the visit would settle it.
    """
    if kind is not OccasionKind.visit:
        return day
    opens = day - timedelta(days=VISIT_DAYS_BEFORE)
    return max(opens, last_touch_on + timedelta(days=1)) if last_touch_on else opens


class OccasionFields(TypedDict, total=False):
    """The fields of a new occasion: its kind and day, and others depending on the kind."""

    kind: OccasionKind
    day: date
    until: date | None
    text: str | None
    city: str | None
    yours: bool


def promises_to_settle(occasions: Iterable[Occasion], today: date) -> dict[int, list[Occasion]]:
    """Return, by contact id, the promises that `log --done` marks as done.

    These are the promises due today or earlier, else the next one. A promise of thanks is never
    settled before its day.
    """
    promises: dict[int, list[Occasion]] = {}
    for occasion in sorted(occasions, key=lambda occasion: (occasion.day, occasion.id)):
        if occasion.kind is not OccasionKind.promise or occasion.done_on is not None:
            continue
        is_next = occasion.ask_id is None and occasion.contact_id not in promises
        if occasion.day <= today or is_next:
            promises.setdefault(occasion.contact_id, []).append(occasion)
    return promises


class OwnNews(NamedTuple):
    """One piece of your news; field by field what `me` prints.

    `heard_by` is the number of active contacts with a touchpoint on that day or later.
    """

    id: int
    day: date
    text: str
    heard_by: int

    def __str__(self) -> str:
        """`2026-11-22: Started at Initech`."""
        return f"{self.day}: {self.text}"


def unheard_by(own_news: Iterable[OwnNews], last_touch_on: date | None) -> tuple[OwnNews, ...]:
    """Return your news since the latest touchpoint with a contact."""
    return tuple(news for news in own_news if last_touch_on is None or news.day > last_touch_on)


class Birthday(NamedTuple):
    """A day of the year, with the year of birth if it is known."""

    month: int
    day: int
    year: int | None = None

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Parse a birthday as `str` formats it; raise ValueError for anything else."""
        match = re.fullmatch(r"(?:-|([0-9]{4}))-([0-9]{2})-([0-9]{2})", text)
        if match is None:
            raise ValueError(f"{text!a} is not a birthday")
        year = int(match[1]) if match[1] else None
        day = date(year or LEAP_YEAR, int(match[2]), int(match[3]))
        return cls(day.month, day.day, year)

    def next(self, today: date) -> date:
        """Return the day of the next birthday, or of the last one if its window is still open."""
        first = today - timedelta(days=BIRTHDAY_DAYS_AFTER)
        day = day_in_year(first.year, self.month, self.day)
        return day if day >= first else day_in_year(first.year + 1, self.month, self.day)

    def unsettled(self, today: date, last_touch_on: date | None) -> tuple[date, Window]:
        """Return the day and the window of the next birthday that no touchpoint has settled."""
        day = self.next(today)
        if _birthday_window(day).settled_by(last_touch_on):
            day = self.next(day + timedelta(days=BIRTHDAY_DAYS_AFTER + 1))
        return day, _birthday_window(day)

    @property
    def readable(self) -> str:
        """`10 Dec`, or `1990-12-10` if the year is known."""
        if self.year is not None:
            return str(self)
        return f"{self.day} {date(LEAP_YEAR, self.month, self.day):%b}"

    def __str__(self) -> str:
        """ISO 8601; without a year `--MM-DD`, as in vCard (RFC 6350, 4.3.1)."""
        year = "-" if self.year is None else f"{self.year:04}"
        return f"{year}-{self.month:02}-{self.day:02}"


def _birthday_window(day: date) -> Window:
    return Window(
        day - timedelta(days=BIRTHDAY_DAYS_BEFORE), day + timedelta(days=BIRTHDAY_DAYS_AFTER)
    )


def parse_birthday(text: str, today: date) -> Birthday:
    """Parse a birthday, with or without its year, or raise BadValueError."""
    typed = " ".join(text.lower().split())
    try:
        if without_year := re.fullmatch(r"--([0-9]{2})-?([0-9]{2})", typed):
            born = date(LEAP_YEAR, int(without_year[1]), int(without_year[2]))
            year = None
        elif day_of_month := parse_day_of_month(typed):
            month, day, year = day_of_month
            born = date(LEAP_YEAR if year is None else year, month, day)
        elif iso := parse_iso_day(typed):
            born, year = iso, iso.year
        else:
            raise BadValueError(f'"{text}" is not a birthday', f"try {BIRTHDAY_FORMS}")
    except ValueError:
        raise BadValueError(f'there is no such day as "{text}"', f"try {BIRTHDAY_FORMS}") from None
    if year is not None and not FIRST <= born <= today:
        raise BadValueError(f"{born} is not a birthday: it is not between {FIRST} and today")
    return Birthday(born.month, born.day, year)
