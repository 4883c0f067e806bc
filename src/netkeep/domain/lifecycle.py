"""Letting people in: their first days, and that these never all fall on one morning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from netkeep.domain.contact import Contact, ContactFields, Kind, Position, Status
from netkeep.domain.due import due_on
from netkeep.domain.lengths import USUAL, Length, to_typed


def first_due_on(met_on: date, follow_up_days: int) -> date:
    """The day to follow up on someone new, a few days after you met."""
    return met_on + timedelta(days=follow_up_days)


def spread(cadences: Sequence[Length | None], first: date) -> list[date]:
    """First days for people let in together, evenly over their cadence from `first` on.

    Those of one cadence share it out among them, in the order given. Someone without a cadence
    gets `first`, which counts for nothing.
    """
    lengths = [cadence.days if cadence else 0 for cadence in cadences]
    sharing = Counter(lengths)
    seen: Counter[int] = Counter()
    days = []
    for length in lengths:
        days.append(first + timedelta(days=seen[length] * length // sharing[length]))
        seen[length] += 1
    return days


def accept(
    contacts: Sequence[Contact],
    asked: ContactFields,
    usual: Mapping[Kind, Length | None],
    first: date,
) -> dict[int, ContactFields]:
    """By id, what changes for people let in together, with the kind or cadence asked for.

    Another kind brings its usual cadence, but for whom a cadence of their own was set. Whoever
    was never in touch gets a first day; of several, those who would be late at once are snoozed
    until theirs.
    """
    fields = {contact.id: _fields(contact, asked, usual) for contact in contacts}
    cadences = [fields[contact.id].get("cadence", contact.cadence) for contact in contacts]
    for contact, cadence, day in zip(contacts, cadences, spread(cadences, first), strict=True):
        if contact.last_touch_on is None:
            fields[contact.id]["first_due_on"] = day
            continue
        due = due_on(
            status=Status.active,
            cadence=cadence,
            last_touch_on=contact.last_touch_on,
            first_due_on=None,
            snoozed_until=None,
        )
        if len(contacts) > 1 and due and due < day:
            fields[contact.id]["snoozed_until"] = day
    return fields


def _fields(
    contact: Contact, asked: ContactFields, usual: Mapping[Kind, Length | None]
) -> ContactFields:
    fields = ContactFields(**asked, status=Status.active)
    if "kind" in asked and "cadence" not in asked and contact.cadence == usual[contact.kind]:
        fields["cadence"] = usual[asked["kind"]]
    return fields


OFTEN = 3  # snoozes in a row


def longer_cadence(contact: Contact) -> str | None:
    """The next longer usual cadence for someone snoozed often, as it is typed; else None.

    After the longest comes `none`.
    """
    if contact.cadence is None or contact.snoozes < OFTEN:
        return None
    days = contact.cadence.days
    return to_typed(next((one for one in USUAL if one.days > days), None))


def touchpoint_ends_snooze(last_touch_on: date | None, day: date) -> bool:
    """Return whether a touchpoint of a day ends a snooze: it does if it is the latest."""
    return last_touch_on is None or day >= last_touch_on


# What a change of status clears: a snooze, and why and when the contact was dropped.
CLEARED_BY_STATUS = {
    "snoozed_until": None,
    "snoozes": 0,
    "dropped_on": None,
    "drop_reason": None,
}


def past_position(contact: Contact, fields: ContactFields, day: date) -> Position | None:
    """Return the position that news of a day ends; None if the fields change nothing.

    A contact without company and title leaves a position that is empty.
    """
    if all(getattr(contact, name) == value for name, value in fields.items()):
        return None
    return Position(contact.company, contact.title, day)


def is_older_than_position(contact: Contact, day: date) -> bool:
    """Return whether a later change of position than that of this day is known."""
    return any(position.until > day for position in contact.worked)
