"""Rounds: yearly seasons in which you contact everyone in a set of people."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple, Self

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

    def in_year(self, year: int) -> date:
        """Return the date in a year; 29 Feb is kept on 28 Feb in common years."""
        return day_in_year(year, self.month, self.day)

    def __str__(self) -> str:
        """`MM-DD`."""
        return f"{self.month:02}-{self.day:02}"


class Season(NamedTuple):
    """The first and last day of a round, which runs over New Year if the last is the earlier."""

    begins: MonthDay
    ends: MonthDay

    def in_year(self, year: int) -> Window:
        """Return the window that begins in a year."""
        over_new_year = self.ends < self.begins
        return Window(self.begins.in_year(year), self.ends.in_year(year + over_new_year))

    def window(self, today: date) -> Window:
        """Return the window that is open today, or else the next one."""
        windows = (self.in_year(today.year + offset) for offset in (-1, 0, 1))
        return next(window for window in windows if window.until is None or window.until >= today)

    def after(self, window: Window) -> Window:
        """Return the window a year after this one."""
        return self.in_year(window.since.year + 1)

    def this_year(self, today: date) -> Window:
        """Return the window that is open today, or else the one that begins this year."""
        open_or_next = self.window(today)
        return open_or_next if open_or_next.since <= today else self.in_year(today.year)


PRESETS: Mapping[str, Season] = {
    "holidays": Season(MonthDay(12, 1), MonthDay(12, 24)),
    "summer": Season(MonthDay(7, 1), MonthDay(8, 15)),
}


class Round(NamedTuple):
    """One round: its season, and the kinds and tags of the people in it."""

    id: int
    name: str
    season: Season
    kinds: tuple[Kind, ...]
    tags: tuple[str, ...]

    def includes(self, contact: Contact) -> bool:
        """Return whether a contact has one of the kinds or tags; without any, include everyone."""
        if not (self.kinds or self.tags):
            return True
        if contact.kind in self.kinds:
            return True
        return not set(map(_tag_key, self.tags)).isdisjoint(map(_tag_key, contact.tags))


@lru_cache(maxsize=1_000)  # the same few tags are compared for every contact
def _tag_key(tag: str) -> str:
    return detail_key(Detail.tag, tag)


class Greeting(NamedTuple):
    """A contact in a round and the day of the greeting; field by field what `round show` prints."""

    id: int
    name: str
    kind: Kind
    word_on: date | None
    company: str | None
    email: str | None
    phone: str | None

    @classmethod
    def from_contact(cls, contact: Contact, word_on: date | None) -> Self:
        """Return a contact with the day of the greeting, None if not greeted yet."""
        return cls(
            **contact.values_for(cls),
            word_on=word_on,
            email=next(iter(contact.emails), None),
            phone=next(iter(contact.phones), None),
        )


class RoundProgress(NamedTuple):
    """One round in this year; field by field what `round list` and `round add` print.

    `people` counts the contacts in it, `greeted` those with a touchpoint in its window.
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


def round_progress(
    round_: Round, window: Window, greeted_on: Mapping[int, date | None]
) -> RoundProgress:
    """Return the progress of a round; `greeted_on` has the day of the greeting by contact id."""
    return RoundProgress(
        id=round_.id,
        name=round_.name,
        begins=round_.season.begins,
        ends=round_.season.ends,
        kinds=round_.kinds,
        tags=round_.tags,
        since=window.since,
        until=window.until or window.since,
        people=len(greeted_on),
        greeted=sum(day is not None for day in greeted_on.values()),
    )


def parse_round_name(text: str) -> str:
    """Parse the name of a round; raise BadValueError if it has no letter and no digit."""
    name = parse_line(text, "name of the round")
    if not key(name):
        raise BadValueError(f'the name of a round needs a letter or a digit: "{name}"')
    return name


def parse_month_day(text: str) -> MonthDay:
    """Parse a day of the year such as `12-01` or `1 dec`, or raise BadValueError."""
    typed = " ".join(text.lower().split())
    if match := re.fullmatch(r"([0-9]{2})-([0-9]{2})", typed):
        month, day, year = int(match[1]), int(match[2]), None
    elif day_of_month := parse_day_of_month(typed):
        month, day, year = day_of_month
    else:
        raise BadValueError(f'"{text}" is not a day of the year', f"try {FORMS}")
    if year is not None:
        raise BadValueError(
            f'"{text}" has a year, but a round takes place every year', f"try {FORMS}"
        )
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        raise BadValueError(f'there is no such day as "{text}"', f"try {FORMS}") from None
    return MonthDay(month, day)
