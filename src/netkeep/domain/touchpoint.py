"""Touchpoints: each one contact between you and someone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypedDict


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


class TouchpointFields(TypedDict, total=False):
    """Fields of a touchpoint to be set: one left out stays as it is, None clears it.

    A new one has at least a day; the rest is a catch-up over some other channel, by you.
    """

    day: date
    channel: Channel
    purpose: Purpose
    direction: Direction
    note: str | None
