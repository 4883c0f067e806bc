"""Occasions: dated reasons to be in touch, each with its window."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, TypedDict


class Window(NamedTuple):
    """The first and the last day of a reason; one without a last day stays open."""

    since: date
    until: date | None = None

    def settled_by(self, last_touch_on: date | None) -> bool:
        """Whether there was a touchpoint since it opened."""
        return last_touch_on is not None and last_touch_on >= self.since


NEWS_DAYS = 30  # that news stays worth a word
ARRIVAL_DAYS = 7  # ahead of a visit, to arrange to meet


class OccasionKind(StrEnum):
    """What sort of reason it is."""

    news = "news"
    visit = "visit"
    promise = "promise"


class Occasion(NamedTuple):
    """One occasion, as kept; field by field what `news`, `visit`, `promise` and `done` print.

    `day` is the day of the news, of the arrival, or the one promised for; `until` is the day of
    departure, `opens_on` the first day on which it is a reason. A visit has a city or none; with
    `yours` it is a trip of yours to theirs. `ask_id` is the touchpoint whose ask is to be thanked
    for, `done_by_id` the one that settled it, if one did.
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
        """When it is a reason to be in touch."""
        if self.kind is OccasionKind.news:
            return Window(self.opens_on, self.opens_on + timedelta(days=NEWS_DAYS))
        return Window(self.opens_on, self.until)

    def is_settled(self, last_touch_on: date | None) -> bool:
        """Whether it is a reason no more: done, or, but for a promise, followed by a touchpoint."""
        if self.done_on is not None:
            return True
        return self.kind is not OccasionKind.promise and self.window.settled_by(last_touch_on)

    @property
    def what(self) -> str:
        """What it is about: the text, or the city of a visit."""
        return self.text or f"a visit{f' to {self.city}' if self.city else ''}"

    def __str__(self) -> str:
        """`#3 send the paper (2026-09-18)`."""
        return f"#{self.id} {self.what} ({self.day})"


def opens_on(kind: OccasionKind, day: date, last_touch_on: date | None) -> date:
    """The first day of an occasion that is noted now.

    A visit opens a week ahead of the arrival, but never by the latest touchpoint: else it would be
    settled by the very talk in which you heard of it.
    """
    if kind is not OccasionKind.visit:
        return day
    ahead = day - timedelta(days=ARRIVAL_DAYS)
    return max(ahead, last_touch_on + timedelta(days=1)) if last_touch_on else ahead


class OccasionFields(TypedDict, total=False):
    """Fields of a new occasion: at least its kind and day, the others as the kind wants them."""

    kind: OccasionKind
    day: date
    until: date | None
    text: str | None
    city: str | None
    yours: bool


def promises_to_settle(occasions: Iterable[Occasion], today: date) -> dict[int, list[Occasion]]:
    """By contact, the promises a touchpoint settles that is said to: those whose day has come.

    If there is none, the one that comes first; but thanks are not given before their day.
    """
    meant: dict[int, list[Occasion]] = {}
    for one in sorted(occasions, key=lambda one: (one.day, one.id)):
        if one.kind is not OccasionKind.promise or one.done_on is not None:
            continue
        if one.day <= today or (one.ask_id is None and one.contact_id not in meant):
            meant.setdefault(one.contact_id, []).append(one)
    return meant


class OwnNews(NamedTuple):
    """One piece of your news; field by field what `me` prints.

    `heard_by` is the number of active contacts you have been in touch with since.
    """

    id: int
    day: date
    text: str
    heard_by: int

    def __str__(self) -> str:
        """`2026-11-22: Started at Initech`."""
        return f"{self.day}: {self.text}"


def unheard_by(own_news: Iterable[OwnNews], last_touch_on: date | None) -> tuple[OwnNews, ...]:
    """What is newer than the latest touchpoint with someone."""
    return tuple(news for news in own_news if last_touch_on is None or news.day > last_touch_on)
