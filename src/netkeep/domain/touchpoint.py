"""Touchpoints: each one contact between you and someone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypedDict

from netkeep.errors import BadValueError


class Channel(StrEnum):
    """How you were in touch."""

    call = "call"
    email = "email"
    message = "message"
    meeting = "meeting"
    meal = "meal"
    letter = "letter"
    social = "social"
    event = "event"
    other = "other"


class Purpose(StrEnum):
    """What it was for."""

    catch_up = "catch-up"
    greeting = "greeting"
    congratulate = "congratulate"
    thank = "thank"
    follow_up = "follow-up"
    give = "give"
    ask = "ask"


class Direction(StrEnum):
    """Who reached out: you (`out`) or they (`in`)."""

    out = "out"
    in_ = "in"


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """One touchpoint, as kept; field by field what `timeline` prints."""

    id: int
    day: date
    contact_id: int
    name: str
    channel: Channel
    purpose: Purpose
    direction: Direction
    note: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class NewTouchpoint:
    """A touchpoint to be logged, with whomever it was."""

    day: date
    channel: Channel = Channel.other
    purpose: Purpose = Purpose.catch_up
    direction: Direction = Direction.out
    note: str | None = None


class TouchpointChanges(TypedDict, total=False):
    """What to change of a touchpoint: a field left out stays, None clears it."""

    day: date
    channel: Channel
    purpose: Purpose
    direction: Direction
    note: str | None


def past(day: date, today: date, what: str) -> date:
    """The day itself, or BadValueError if it is still to come."""
    if day > today:
        raise BadValueError(f"{what} cannot be in the future: {day} is after today, {today}")
    return day
