"""Touchpoints: each is one conversation or message between you and a contact."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, TypedDict

from netkeep.domain.text import SYNONYMS


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


# The words that say how you were in touch, in the title of an event or as a command.
CHANNEL_WORDS = {
    **{channel.value: channel for channel in Channel if channel is not Channel.other},
    **{word: Channel(value) for word, value in SYNONYMS.items() if value in set(Channel)},
    **dict.fromkeys(("meet", "met"), Channel.meeting),
}


class Purpose(StrEnum):
    """The purpose of a touchpoint."""

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


class Touchpoint(NamedTuple):
    """One touchpoint, as stored; field by field what `timeline` prints."""

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

    @property
    def is_ask(self) -> bool:
        """Whether you asked them for something."""
        return self.purpose is Purpose.ask and self.direction is Direction.out

    @property
    def is_thanks(self) -> bool:
        """Whether you thanked them or gave them something; either settles an earlier ask."""
        return self.purpose in {Purpose.thank, Purpose.give} and self.direction is Direction.out

    def __str__(self) -> str:
        """`2026-11-22 call, ask: Could she introduce me`; the purpose catch-up is left out."""
        purpose = "" if self.purpose is Purpose.catch_up else f", {self.purpose}"
        them = " from them" if self.direction is Direction.in_ else ""
        note = f": {self.note}" if self.note else ""
        return f"{self.day} {self.channel}{them}{purpose}{note}"


def ends_snooze(last_touch_on: date | None, day: date) -> bool:
    """Return whether a touchpoint on this day is the latest, and so ends a snooze."""
    return last_touch_on is None or day >= last_touch_on


class TouchpointFields(TypedDict, total=False):
    """Fields of a touchpoint to set: one left out keeps its value, None clears it.

    A new touchpoint needs a day. The defaults are: channel other, purpose catch-up, direction out.
    """

    day: date
    channel: Channel
    purpose: Purpose
    direction: Direction
    note: str | None
