"""From the rows of the file to the values of the domain."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from netkeep.domain.birthdays import Birthday
from netkeep.domain.contact import Contact, Detail, Kind, Position, Status, Via
from netkeep.domain.lengths import Length, find_length
from netkeep.domain.occasions import Occasion, OccasionKind, OwnNews
from netkeep.domain.people import Person
from netkeep.domain.rounds import MonthDay
from netkeep.domain.touchpoint import Channel, Direction, Purpose, Touchpoint
from netkeep.errors import DamagedFileError

Row = sqlite3.Row


def day(text: str | None) -> date | None:
    """The day in a column."""
    return None if text is None else date.fromisoformat(text)


@lru_cache(maxsize=100)  # there are few, and thousands have them
def stored_cadence(text: str | None) -> Length | None:
    """The cadence in a column; DamagedFileError if it is none."""
    length = None if text is None else find_length(text)
    if text is not None and length is None:
        raise damaged(f"{text!a} is no cadence")
    return length


def damaged(what: object) -> DamagedFileError:
    """What to raise for contents that make no sense."""
    return DamagedFileError("the file", what)


def person(row: Row) -> Person:
    """Read a row of the question for people."""
    return Person(
        id=row["id"],
        name=row["name"],
        status=Status(row["status"]),
        kind=Kind(row["kind"]),
        company=row["company"],
        key=row["key"],
    )


def touchpoint(row: Row) -> Touchpoint:
    """Read a row of the question for touchpoints."""
    return Touchpoint(
        id=row["id"],
        day=date.fromisoformat(row["day"]),
        contact_id=row["contact_id"],
        name=row["name"],
        channel=Channel(row["channel"]),
        purpose=Purpose(row["purpose"]),
        direction=Direction(row["direction"]),
        note=row["note"],
        created_at=datetime.fromisoformat(row["created_at"]),
        updated_at=datetime.fromisoformat(row["updated_at"]),
    )


def contact(row: Row, details: Mapping[str, Sequence[str]], worked: Sequence[Position]) -> Contact:
    """Read a row of the question for contacts, with their lists and past positions."""
    return Contact(
        id=row["id"],
        name=row["name"],
        status=Status(row["status"]),
        kind=Kind(row["kind"]),
        cadence=stored_cadence(row["cadence"]),
        due_on=day(row["due_on"]),
        last_touch_on=day(row["last_touch_on"]),
        company=row["company"],
        title=row["title"],
        city=row["city"],
        school=row["school"],
        emails=tuple(details[Detail.email]),
        phones=tuple(details[Detail.phone]),
        urls=tuple(details[Detail.url]),
        tags=tuple(details[Detail.tag]),
        met=row["met"],
        met_on=day(row["met_on"]),
        via=None if row["via_id"] is None else Via(row["via_id"], row["via_name"]),
        birthday=None if row["birthday"] is None else Birthday.from_text(row["birthday"]),
        note=row["note"],
        first_due_on=day(row["first_due_on"]),
        snoozed_until=day(row["snoozed_until"]),
        dropped_on=day(row["dropped_on"]),
        drop_reason=row["drop_reason"],
        created_at=datetime.fromisoformat(row["created_at"]),
        updated_at=datetime.fromisoformat(row["updated_at"]),
        worked=tuple(worked),
        uid=row["uid"],
        snoozes=row["snoozes"],
    )


def position(row: Row) -> Position:
    """Read a row of past positions."""
    return Position(row["company"], row["title"], date.fromisoformat(row["until"]))


def occasion(row: Row) -> Occasion:
    """Read a row of the question for occasions."""
    return Occasion(
        id=row["id"],
        kind=OccasionKind(row["kind"]),
        contact_id=row["contact_id"],
        name=row["name"],
        day=date.fromisoformat(row["day"]),
        until=day(row["until"]),
        opens_on=date.fromisoformat(row["opens_on"]),
        text=row["text"],
        city=row["city"],
        yours=bool(row["yours"]),
        ask_id=row["ask_id"],
        done_on=day(row["done_on"]),
        created_at=datetime.fromisoformat(row["created_at"]),
        updated_at=datetime.fromisoformat(row["updated_at"]),
        done_by_id=row["done_by_id"],
    )


def own_news(row: Row) -> OwnNews:
    """Read a row of the question for your own news."""
    return OwnNews(row["id"], date.fromisoformat(row["day"]), row["text"], row["heard_by"])


def month_day(text: str) -> MonthDay:
    """The day of the year in a column."""
    month, found = map(int, text.split("-"))
    return MonthDay(month, found)
