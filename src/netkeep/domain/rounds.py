"""Rounds: yearly seasons in which everyone in them gets a word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from netkeep.domain.contact import Contact, Detail, Kind, detail_key
from netkeep.domain.days import LEAP_YEAR, day_in_year, parse_day_of_month
from netkeep.domain.occasions import Window
from netkeep.domain.text import key, parse_line
from netkeep.errors import BadValueError

FORMS = "12-01, 1 dec or dec 1"


class MonthDay(NamedTuple):
    """A day of every year."""

    month: int
    day: int

    def of(self, year: int) -> date:
        """The day in one year; 29 Feb is kept on 28 Feb in common years."""
        return day_in_year(year, self.month, self.day)

    def __str__(self) -> str:
        """`MM-DD`."""
        return f"{self.month:02}-{self.day:02}"


class Season(NamedTuple):
    """From one day of the year to another, over New Year if the last one comes before the first."""

    begins: MonthDay
    ends: MonthDay

    def of(self, year: int) -> Window:
        """The window that begins in this year."""
        over_new_year = self.ends < self.begins
        return Window(self.begins.of(year), self.ends.of(year + over_new_year))

    def window(self, today: date) -> Window:
        """The window that is open, or else the next one."""
        windows = (self.of(today.year + away) for away in (-1, 0, 1))
        return next(found for found in windows if found.until is None or found.until >= today)

    def after(self, window: Window) -> Window:
        """The window a year after one."""
        return self.of(window.since.year + 1)

    def this_year(self, today: date) -> Window:
        """The window that is open, or else the one that begins this year, be it over or to come."""
        open_or_next = self.window(today)
        return open_or_next if open_or_next.since <= today else self.of(today.year)


PRESETS: Mapping[str, Season] = {
    "holidays": Season(MonthDay(12, 1), MonthDay(12, 24)),
    "summer": Season(MonthDay(7, 1), MonthDay(8, 15)),
}


class Round(NamedTuple):
    """One round: its season, and whom it is for."""

    id: int
    name: str
    season: Season
    kinds: tuple[Kind, ...]
    tags: tuple[str, ...]

    def includes(self, contact: Contact) -> bool:
        """Whether someone is of its kinds or has one of its tags; without either, everybody is."""
        if not (self.kinds or self.tags):
            return True
        if contact.kind in self.kinds:
            return True
        return not set(map(_tag_key, self.tags)).isdisjoint(map(_tag_key, contact.tags))


@lru_cache(maxsize=1_000)  # a round asks for the same few of everybody
def _tag_key(tag: str) -> str:
    return detail_key(Detail.tag, tag)


class Greeting(NamedTuple):
    """Someone in a round, and the day of their word; field by field what `round show` prints."""

    id: int
    name: str
    kind: Kind
    word_on: date | None
    company: str | None
    email: str | None
    phone: str | None

    @classmethod
    def of(cls, contact: Contact, word_on: date | None) -> Greeting:
        """What a contact and their word make."""
        return cls(
            id=contact.id,
            name=contact.name,
            kind=contact.kind,
            word_on=word_on,
            company=contact.company,
            email=next(iter(contact.emails), None),
            phone=next(iter(contact.phones), None),
        )


class RoundProgress(NamedTuple):
    """One round, this year; field by field what `round list` and `round add` print.

    `people` is how many are in it, `greeted` how many of them had a word since it opened.
    """

    id: int
    name: str
    begins: MonthDay
    ends: MonthDay
    kinds: tuple[Kind, ...]
    tags: tuple[str, ...]
    since: date
    until: date
    people: int
    greeted: int


def round_progress(one: Round, window: Window, words: Mapping[int, date | None]) -> RoundProgress:
    """How far a round is in one window, from the day of the word of everybody in it, if any."""
    return RoundProgress(
        id=one.id,
        name=one.name,
        begins=one.season.begins,
        ends=one.season.ends,
        kinds=one.kinds,
        tags=one.tags,
        since=window.since,
        until=window.until or window.since,
        people=len(words),
        greeted=sum(day is not None for day in words.values()),
    )


def parse_round_name(text: str) -> str:
    """The name of a round as it is kept; BadValueError if nothing in it can be compared."""
    name = parse_line(text, "name of the round")
    if not key(name):
        raise BadValueError(f'the name of a round needs a letter or a digit: "{name}"')
    return name


def parse_month_day(text: str) -> MonthDay:
    """Read a day of the year, `MM-DD` or by the name of its month, or raise BadValueError."""
    words = " ".join(text.lower().split())
    if found := re.fullmatch(r"([0-9]{2})-([0-9]{2})", words):
        month, day, year = int(found[1]), int(found[2]), None
    elif named := parse_day_of_month(words):
        month, day, year = named
    else:
        raise BadValueError(f'"{text}" is not a day of the year', f"try {FORMS}")
    if year is not None:
        raise BadValueError(f'"{text}" has a year, and a round comes every year', f"try {FORMS}")
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        raise BadValueError(f'there is no such day as "{text}"', f"try {FORMS}") from None
    return MonthDay(month, day)
