"""Rules for candidates, snoozes and past positions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from netkeep.domain.contact import Contact, ContactFields, Kind, Position, Status
from netkeep.domain.days import USUAL, Length, to_typed
from netkeep.domain.due import due_on

NEVER = datetime.min.replace(tzinfo=UTC)


def triage_order(candidates: Iterable[Contact], skipped: Mapping[int, datetime]) -> list[Contact]:
    """Return candidates in the order of triage: the newest connection first.

    Skipped candidates come last, the longest ago first. `skipped` has the time of the skip by id.
    """

    def rank(candidate: Contact) -> tuple[datetime, int, int]:
        connected_on = candidate.met_on or candidate.created_at.date()
        return skipped.get(candidate.id, NEVER), -connected_on.toordinal(), candidate.id

    return sorted(candidates, key=rank)


def spread(cadences: Sequence[Length | None], first: date, accepted_before: int = 0) -> list[date]:
    """Return first due dates for contacts accepted together, from `first` on.

    Contacts with the same cadence are spread evenly over it, in the given order, and moved a day
    later for each contact accepted before. A contact without a cadence gets `first`, which has no
    effect.
    """
    lengths = [cadence.days if cadence else 0 for cadence in cadences]
    totals = Counter(lengths)
    placed: Counter[int] = Counter()
    days = []
    for length in lengths:
        later = placed[length] * length // totals[length] + accepted_before
        days.append(first + timedelta(days=later % length if length else 0))
        placed[length] += 1
    return days


def accept(
    contacts: Sequence[Contact],
    requested: ContactFields,
    defaults: Mapping[Kind, Length | None],
    first: date,
    accepted_before: int = 0,
) -> dict[int, ContactFields]:
    """Return, by id, the fields to set for contacts that become active together.

    `requested` may have a new kind, a new cadence or both. A new kind brings its default cadence,
    unless the contact has one of its own. A contact without a touchpoint gets a first due date. Of
    several contacts, those that would be late at once are snoozed until their first due date.
    """
    fields = {contact.id: _accepted_fields(contact, requested, defaults) for contact in contacts}
    cadences = [fields[contact.id].get("cadence", contact.cadence) for contact in contacts]
    days = spread(cadences, first, accepted_before)
    for contact, cadence, day in zip(contacts, cadences, days, strict=True):
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


def _accepted_fields(
    contact: Contact, requested: ContactFields, defaults: Mapping[Kind, Length | None]
) -> ContactFields:
    fields = ContactFields(**requested, status=Status.active)
    has_default = contact.cadence == defaults[contact.kind]
    if "kind" in requested and "cadence" not in requested and has_default:
        fields["cadence"] = defaults[requested["kind"]]
    return fields


SNOOZES_IN_A_ROW = 3  # before a longer cadence is suggested


def longer_cadence(contact: Contact) -> str | None:
    """Return the next longer cadence, as typed, for a contact that is snoozed often; else None.

    After the longest comes `none`.
    """
    if contact.cadence is None or contact.snoozes < SNOOZES_IN_A_ROW:
        return None
    days = contact.cadence.days
    return to_typed(next((usual for usual in USUAL if usual.days > days), None))


# What a change of status clears: a snooze, and why and when the contact was dropped.
CLEARED_BY_STATUS = {
    "snoozed_until": None,
    "snoozes": 0,
    "dropped_on": None,
    "drop_reason": None,
}


def past_position(contact: Contact, fields: ContactFields, day: date) -> Position | None:
    """Return the position that ends on a day when these fields are set; None if none changes.

    The position of a contact without company and title is empty.
    """
    if all(getattr(contact, name) == value for name, value in fields.items()):
        return None
    return Position(contact.company, contact.title, day)


def has_later_change(contact: Contact, day: date) -> bool:
    """Return whether the contact changed position after this day."""
    return any(position.until > day for position in contact.worked)
