"""The import plan: what to add to which contact, decided before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, cast

from netkeep.domain.contact import (
    Contact,
    ContactFields,
    Detail,
    ListChange,
    Status,
    detail_key,
    distinct,
    entries,
)
from netkeep.domain.identity import FILLED_FIELDS, Identity, IdentityIndex, Individual, additions
from netkeep.exchange.content_lines import escape

# Second values of single-value fields; an existing contact keeps its own value instead.
SECOND_VALUE = re.compile("(?:NOTE|TITLE|BDAY|FN|X-NETKEEP-OTHER-[A-Z-]+)[;:]", re.IGNORECASE)


class Record(NamedTuple):
    """One person in a file, with its place, such as `line 57` or `card 3`.

    `extra` is what netkeep has no field for, as content lines of a vCard (RFC 6350, 3.3), unfolded.
    `left_out` names what is not imported at all, such as a photo, and `unread` the values that are
    not understood, so that they are extra lines and a field stays empty. `own_uid` is set for a
    contact in netkeep's own JSON or CSV, where no two records are the same person.
    """

    place: str
    fields: ContactFields
    extra: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    own_uid: str | None = None
    unread: tuple[str, ...] = ()

    def joined(self, other: Record) -> Record:
        """Add what another record of the same person has.

        If both have a value for a field, the second becomes an extra line.
        """
        fields = other.fields | self.fields
        for detail in Detail:
            both = entries(self.fields, detail) + entries(other.fields, detail)
            if both:
                fields = fields | cast(ContactFields, {detail.field: distinct(detail, both)})
        second = (
            f"X-NETKEEP-OTHER-{name.upper().replace('_', '-')}:{escape(str(value))}"
            for name, value in other.fields.items()
            if name in FILLED_FIELDS and value is not None and value != fields.get(name)
        )
        return self._replace(
            fields=fields,
            extra=tuple(dict.fromkeys((*self.extra, *other.extra, *second))),
            left_out=self.left_out + other.left_out,
            unread=self.unread + other.unread,
        )


def unread_reason(field: str, reason: str) -> str:
    """Return what to say of a value that is not understood: `the birthday: "1980" is not a day`."""
    label = "day you met" if field == "met_on" else field.replace("_", " ")
    return f"the {label}: {reason}"


class Skipped(NamedTuple):
    """A record that is not imported, and why."""

    place: str
    reason: str

    def __str__(self) -> str:
        """`line 57: no name`."""
        return f"{self.place}: {self.reason}"


class Match(NamedTuple):
    """A record of an existing contact."""

    record: Record
    contact_id: int


class Matches(NamedTuple):
    """The records of a file: new people, existing contacts, and those left out.

    `dropped` are those among them that match a contact who was dropped.
    """

    new: Sequence[Record]
    existing: Sequence[Match]
    skipped: Sequence[Skipped]
    dropped: Sequence[Match] = ()


class Update(NamedTuple):
    """What a record adds to an existing contact: empty fields, list entries, extra lines."""

    record: Record
    contact_id: int
    name: str
    fields: ContactFields
    lists: Mapping[Detail, ListChange]
    extra: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        return bool(self.fields or self.lists or self.extra)


class Plan(NamedTuple):
    """What an import does: contacts to add, to update, to leave unchanged, and records left out."""

    new: Sequence[Record]
    updated: Sequence[Update]
    unchanged: Sequence[Update]
    skipped: Sequence[Skipped]
    dropped: Sequence[Match] = ()


def match(rows: Iterable[Record | Skipped], contacts: Iterable[Identity]) -> Matches:
    """Match records to existing contacts, newest contact first, and to each other.

    Several records of one person are joined. The order is that of the file.
    """
    index = IdentityIndex()
    for contact in reversed(list(contacts)):
        index.add(Individual(contact))
    records: dict[Individual, Record] = {}
    skipped: list[Skipped] = []
    dropped: list[Match] = []
    for row in rows:
        if isinstance(row, Skipped):
            skipped.append(row)
            continue
        identity = _identity(row)
        excluded = records if row.own_uid is not None else ()
        person = index.find(identity, excluded) or Individual(identity)
        is_dropped = row.fields.get("status") is Status.dropped
        if person.identity.status is Status.dropped and not is_dropped:
            skipped.append(Skipped(row.place, f"{person.identity.name} was dropped"))
            if person.identity.id:
                dropped.append(Match(row, person.identity.id))
        elif earlier := records.get(person):
            skipped.append(Skipped(row.place, f"the same person as on {earlier.place}"))
            records[person] = earlier.joined(row)
        else:
            records[person] = row
        if person.identity is not identity:
            person.identity = person.identity.joined(identity)
        index.add(person)
    ids = [(record, person.identity.id) for person, record in records.items()]
    return Matches(
        new=[record for record, contact_id in ids if contact_id is None],
        existing=[Match(record, contact_id) for record, contact_id in ids if contact_id],
        skipped=skipped,
        dropped=tuple(dropped),
    )


def _identity(record: Record) -> Identity:
    def keys(detail: Detail) -> tuple[str, ...]:
        return tuple(detail_key(detail, value) for value in entries(record.fields, detail))

    return Identity(
        id=None,
        name=record.fields["name"],
        company=record.fields.get("company"),
        status=Status.candidate,
        urls=keys(Detail.url),
        emails=keys(Detail.email),
        phones=keys(Detail.phone),
        uid=record.fields.get("uid"),
        own_uid=record.own_uid,
    )


def decide(
    matches: Matches, contacts: Mapping[int, Contact], extras: Mapping[int, Sequence[str]]
) -> Plan:
    """Decide what to add to existing contacts; nothing they have is ever overwritten."""
    updates = [
        _update(record, contacts[contact_id], extras.get(contact_id, ()))
        for record, contact_id in matches.existing
    ]
    return Plan(
        new=matches.new,
        updated=[update for update in updates if update],
        unchanged=[update for update in updates if not update],
        skipped=matches.skipped,
        dropped=matches.dropped,
    )


def _update(record: Record, contact: Contact, extra: Sequence[str]) -> Update:
    fields, lists = additions(contact, record.fields)
    if fields.get("uid") == contact.own_uid:
        del fields["uid"]
    return Update(
        record=record,
        contact_id=contact.id,
        name=contact.name,
        fields=fields,
        lists=lists,
        extra=tuple(
            line for line in record.extra if line not in extra and not SECOND_VALUE.match(line)
        ),
    )
