"""Reasons to be in touch: which there are for someone, and how they read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from netkeep.domain.birthdays import Birthday
from netkeep.domain.contact import Contact
from netkeep.domain.lengths import Length
from netkeep.domain.occasions import Occasion, OccasionKind
from netkeep.domain.rounds import Round
from netkeep.domain.window import Window
from netkeep.domain.wording import away, lateness, near_day


class ReasonKind(StrEnum):
    """Why someone is on the agenda."""

    cadence = "cadence"
    new = "new"
    news = "news"
    visit = "visit"
    promise = "promise"
    birthday = "birthday"
    round = "round"

    @property
    def is_dated(self) -> bool:
        """Whether it comes first on the agenda, for it does not wait."""
        return self not in {ReasonKind.cadence, ReasonKind.new}

    @property
    def shows_through_snooze(self) -> bool:
        """Whether it cannot be put off."""
        return self in {ReasonKind.birthday, ReasonKind.visit}


class Reason(NamedTuple):
    """One reason to be in touch, in words, with its window and the id of what opened it."""

    kind: ReasonKind
    text: str
    since: date
    until: date | None = None
    id: int | None = None

    @property
    def ends(self) -> date:
        """The end of its window; an open promise ends on its day."""
        return self.until or self.since

    def __str__(self) -> str:
        """The words alone."""
        return self.text


def rhythm_reason(contact: Contact, due_on: date, cadence: Length, today: date) -> Reason:
    """Why someone is due by their cadence, or for the first time."""
    if contact.last_touch_on is None:
        when = "" if contact.met_on is None else f" on {contact.met_on}"
        where = "" if contact.met is None else f" at {contact.met}"
        text = f"new, met{when}{where}" if when or where else "new, no word yet"
        return Reason(ReasonKind.new, text, since=due_on)
    text = f"{lateness((today - due_on).days)}, every {cadence.rhythm}"
    return Reason(ReasonKind.cadence, text, since=due_on)


def dated_reasons(
    contact: Contact,
    occasions: Sequence[Occasion],
    seasons: Sequence[tuple[Round, Window]],
    today: date,
    by: date,
) -> Iterator[Reason]:
    """Every dated reason that opens by a day and that no touchpoint has settled.

    `seasons` are the rounds, each with its window that is open today, or the next one.
    """
    last = contact.last_touch_on
    for occasion in occasions:
        window = occasion.window
        if window.since <= by and not occasion.is_settled(last):
            kind = ReasonKind(occasion.kind)
            yield _reason(kind, _words(occasion, today), window, occasion.id)
    if contact.birthday:
        day, window = contact.birthday.unsettled(today, last)
        if window.since <= by:
            yield _reason(ReasonKind.birthday, _birthday(contact.birthday, day, today), window)
    for one, season in seasons:
        window = one.season.after(season) if season.settled_by(last) else season
        if window.since <= by and one.includes(contact):
            yield _reason(
                ReasonKind.round, f"{one.name} round{_span(window, today)}", window, one.id
            )


def _reason(kind: ReasonKind, text: str, window: Window, opened_by: int | None = None) -> Reason:
    return Reason(kind, text, window.since, window.until, opened_by)


def _words(occasion: Occasion, today: date) -> str:
    match occasion.kind:
        case OccasionKind.news:
            return f"{_open_ended(occasion)} {away(occasion.day, today)}"
        case OccasionKind.promise:
            late = lateness((today - occasion.day).days)
            return f"promise #{occasion.id}: {_open_ended(occasion)} {late}"
        case _:
            place = f"{'you are ' if occasion.yours else ''}in {occasion.city or 'town'}"
            return f"{place}{_span(Window(occasion.day, occasion.until), today)}"


def _open_ended(occasion: Occasion) -> str:
    """The text, ready to be followed by when."""
    text = occasion.what.rstrip(".")
    return text if text.endswith(("!", "?", "…")) else f"{text},"


def _birthday(birthday: Birthday, day: date, today: date) -> str:
    if birthday.year is None or birthday.year >= day.year:
        return f"birthday {away(day, today)}"
    turns = "turned" if day < today else "turns"
    return f"{turns} {day.year - birthday.year} {away(day, today)}"


def _span(window: Window, today: date) -> str:
    """The days of a stay or a season: `until Fri 25 Sep`, or from when, if that is to come."""
    last = near_day(window.until or window.since, today)
    if window.since > today and window.since != window.until:
        return f" from {near_day(window.since, today)} to {last}"
    return f" on {last}" if window.since == window.until else f" until {last}"
