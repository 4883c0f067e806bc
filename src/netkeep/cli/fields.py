"""From the options of `add` and `edit` to the fields and lists of a contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from netkeep.cli import resolve
from netkeep.cli.context import Context
from netkeep.domain.contact import ContactFields, Detail, ListChange, parse_detail
from netkeep.domain.days import parse_future_day, parse_past_day
from netkeep.domain.lengths import find_length, parse_cadence, parse_length
from netkeep.domain.occasions import parse_birthday
from netkeep.domain.people import parse_id
from netkeep.domain.text import NAME_LIMIT, parse_line, parse_text
from netkeep.domain.touchpoint import Channel, Direction, Purpose, TouchpointFields
from netkeep.errors import BadValueError

NOTHING = "none"  # what clears a field

Typed = Mapping[Detail, Sequence[str] | None]


def fields_typed(here: Context, **typed: str | None) -> ContactFields:
    """The fields that were given, each read by its own rule; `none` clears all but a name."""
    fields: dict[str, Any] = {}
    for name, text in typed.items():
        if text is None:
            continue
        column = "via_id" if name == "via" else name
        cleared = name != "name" and text.strip().lower() == NOTHING
        fields[column] = None if cleared else _value(here, name, text)
    return cast("ContactFields", fields)  # the names are those of the keyword arguments


def _value(here: Context, name: str, text: str) -> Any:
    match name:
        case "name":
            return parse_line(text, "name", NAME_LIMIT)
        case "cadence":
            return parse_cadence(text)
        case "met_on":
            return parse_past_day(text, here.today, "the day you met")
        case "birthday":
            return parse_birthday(text, here.today)
        case "via":
            return resolve.person(here, text).id
        case "note":
            return parse_text(text, "note")
        case _:
            return parse_line(text, name)


def lists_typed(typed: Typed) -> ContactFields:
    """The lists that were given, as fields."""
    entries = {detail.field: _entries(detail, values) for detail, values in typed.items()}
    return cast(ContactFields, {name: values for name, values in entries.items() if values})


def lists_changed(replace: Typed, add: Typed, remove: Typed) -> dict[Detail, ListChange]:
    """What is to change of each list, of those of which anything is."""
    changes = {
        detail: ListChange(
            replace=_entries(detail, replace[detail]),
            add=_entries(detail, add[detail]) or (),
            remove=_entries(detail, remove[detail]) or (),
        )
        for detail in Detail
    }
    return {detail: change for detail, change in changes.items() if change != ListChange()}


def _entries(detail: Detail, values: Sequence[str] | None) -> tuple[str, ...] | None:
    """The entries, none of them for `none`; None if the option was not given."""
    if not values:
        return None
    return tuple(
        parse_detail(detail, value) for value in values if value.strip().lower() != NOTHING
    )


def touchpoint_fields(
    here: Context,
    on: str | None,
    channel: Channel | None,
    purpose: Purpose | None,
    from_them: bool | None,
    note: str | None,
) -> TouchpointFields:
    """The fields of a touchpoint that were given; a note of `none` is read as None."""
    fields = TouchpointFields()
    if on is not None:
        fields["day"] = parse_past_day(on, here.today, "a touchpoint")
    if channel:
        fields["channel"] = channel
    if purpose:
        fields["purpose"] = purpose
    if from_them is not None:
        fields["direction"] = Direction.in_ if from_them else Direction.out
    if note is not None:
        fields["note"] = None if note.strip().lower() == NOTHING else parse_text(note, "note")
    return fields


def promise_typed(here: Context, what: str | None, by: str | None) -> tuple[str, date] | None:
    """What is promised, and the day it is for; both or neither are given."""
    if what is None and by is None:
        return None
    if what is None or by is None:
        raise BadValueError(
            "--next and --by go together", 'try: --next "send the slides" --by friday'
        )
    return parse_line(what, "promise"), parse_future_day(by, here.today, "the day of a promise")


def snoozed_until(here: Context, text: str) -> date | None:
    """The day a snooze ends, from a length or a day; None for `none`."""
    if text.strip().lower() == NOTHING:
        return None
    if find_length(text):
        return parse_length(text).after(here.today)
    day = parse_future_day(text, here.today, "the end of a snooze")
    if day == here.today:
        raise BadValueError("a snooze cannot end today", "try 1d or tomorrow, or none to end it")
    return day


def numbers(words: Sequence[str], what: str) -> list[int]:
    """The ids that were typed, each once; `what` they are of is said in the BadValueError."""
    found = {text: parse_id(text) for text in words}
    for text, number in found.items():
        if number is None:
            raise BadValueError(f'"{text}" is not the number of a {what}', "try 3 or #3")
    return list(dict.fromkeys(number for number in found.values() if number is not None))
