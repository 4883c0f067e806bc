"""The import plan: decide what to add to which contact before anything is written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

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
from netkeep.domain.identity import (
    MERGED_UID,
    Identity,
    IdentityIndex,
    Individual,
    identity_of,
)
from netkeep.domain.merging import FILLED_FIELDS, additions
from netkeep.domain.names import nickname_line, nicknames
from netkeep.exchange.content_lines import escape

# Second values of single-value fields; an existing contact keeps its own value instead.
SECOND_VALUE = re.compile("(?:NOTE|TITLE|BDAY|FN|X-NETKEEP-OTHER-[A-Z-]+)[;:]", re.IGNORECASE)


class Record(NamedTuple):
    """One person in a file, with its place, such as `line 57` or `card 3`.

    `extra` has the data that no field holds, as content lines of a vCard (RFC 6350, 3.3), unfolded.
    `left_out` names data that is not imported, such as a photo. `unread` names values that cannot
    be parsed: they become extra lines, and their fields stay empty. `own_uid` is set for a contact
    in netkeep's own JSON or CSV, where no two records are the same person. `source` is the format
    of the file, `file` its number among the files imported together. `parts` are the records that
    were joined, if they are in several formats.
    """

    place: str
    fields: ContactFields
    extra: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    own_uid: str | None = None
    unread: tuple[str, ...] = ()
    source: str | None = None
    file: int = 0
    parts: tuple[Record, ...] = ()
    contact: Contact | None = None

    def joined(self, *others: Record) -> Record:
        """Return this record with the data of other records of the same person.

        If they have different values for a field, or names, all but the first become extra lines.
        """
        records = (self, *others)
        fields: dict[str, Any] = {}
        for record in reversed(records):
            fields |= record.fields
        for detail in Detail:
            every = [entry for record in records for entry in entries(record.fields, detail)]
            if every:
                fields[detail.field] = distinct(detail, every)
        lines = [line for record in records for line in record.extra]
        for other in others:
            lines += (
                f"{MERGED_UID}{value}" if name == "uid" else _other_value(name, value)
                for name, value in other.fields.items()
                if name in FILLED_FIELDS and value is not None and value != fields.get(name)
            )
            lines += other.other_name(fields["name"])
        return self._replace(
            fields=cast(ContactFields, fields),
            extra=tuple(dict.fromkeys(lines)),
            left_out=tuple(label for record in records for label in record.left_out),
            unread=tuple(what for record in records for what in record.unread),
        )

    def other_name(self, name: str) -> tuple[str, ...]:
        """Return an extra line with the name of this record, if it differs from `name`."""
        own = self.fields.get("name", name)
        emails = {email.casefold() for email in entries(self.fields, Detail.email)}
        return () if own.casefold() in {name.casefold(), *emails} else (nickname_line(own),)


def unread_reason(field: str, reason: str) -> str:
    """Return the message for a value that cannot be parsed: `the birthday: "1980" is not a day`."""
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
    """The records of a file: new people, existing contacts, and skipped records.

    `dropped` are the skipped records that match a dropped contact.
    """

    new: Sequence[Record]
    existing: Sequence[Match]
    skipped: Sequence[Skipped]
    dropped: Sequence[Match] = ()


class Update(NamedTuple):
    """What a record adds to an existing contact: values of empty fields, entries, extra lines."""

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
    """What an import does: contacts to add, to update, to leave unchanged, and skipped records."""

    new: Sequence[Record]
    updated: Sequence[Update]
    unchanged: Sequence[Update]
    skipped: Sequence[Skipped]
    dropped: Sequence[Match] = ()


def _other_value(field: str, value: object) -> str:
    return f"X-NETKEEP-OTHER-{field.upper().replace('_', '-')}:{escape(str(value))}"


def match(rows: Iterable[Record | Skipped], contacts: Iterable[Identity]) -> Matches:
    """Match records to existing contacts, the newest first, and to each other.

    Join several records of one person. Keep the order of the file.
    """
    index = IdentityIndex()
    for contact in reversed(list(contacts)):
        index.add(Individual(contact), contact)
    records: dict[Individual, list[Record]] = {}
    own: defaultdict[int, set[Individual]] = defaultdict(set)  # by file
    skipped: list[Skipped] = []
    dropped: dict[int, list[Record]] = {}
    for row in rows:
        if isinstance(row, Skipped):
            skipped.append(row)
            continue
        identity = _identity(row)
        excluded = own[row.file] if row.own_uid is not None else ()
        new = Individual(identity)
        person = index.find(new, excluded) or new
        if row.own_uid is not None:
            own[row.file].add(person)
        is_dropped = row.fields.get("status") is Status.dropped
        if person.identity.status is Status.dropped and not is_dropped:
            skipped.append(Skipped(row.place, f"you dropped {person.identity.name}"))
            if person.identity.id:
                dropped.setdefault(person.identity.id, []).append(row)
        elif earlier := records.get(person):
            skipped.append(Skipped(row.place, _same_person(row, earlier[0])))
            earlier.append(row)
        else:
            records[person] = [row]
        if person is not new:
            person.add(identity)
        index.add(person, identity)
    people = [(_joined(rows), person) for person, rows in records.items()]
    return Matches(
        new=[record for record, person in people if person.identity.id is None],
        existing=[
            Match(record, person.identity.id) for record, person in people if person.identity.id
        ],
        skipped=skipped,
        dropped=tuple(Match(_joined(rows), each) for each, rows in dropped.items()),
    )


def _joined(records: Sequence[Record]) -> Record:
    first, *others = records
    joined = first.joined(*others) if others else first
    has_several = any(record.file != first.file for record in others)
    return joined._replace(parts=tuple(records)) if has_several else joined


def _same_person(record: Record, earlier: Record) -> str:
    reason = f"the same person as {earlier.place}"
    if record.other_name(earlier.fields["name"]):
        reason += f"; the name {record.fields['name']} is kept as a nickname"
    return reason


def _identity(record: Record) -> Identity:
    return identity_of(record.fields)._replace(
        own_uid=record.own_uid, nicknames=tuple(nicknames(record.extra))
    )


def decide(
    matches: Matches, contacts: Mapping[int, Contact], extras: Mapping[int, Sequence[str]]
) -> Plan:
    """Decide what to add to existing contacts; never overwrite a value."""
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


def new_owners(plan: Plan) -> dict[str, int | None]:
    """Return who will own the e-mail addresses and URLs in an import, by key of the address.

    The new contacts have the numbers -1, -2 and so on. An address of several contacts, or of a
    dropped one, has no owner.
    """
    owners: dict[str, int | None] = {}
    planned = [(-number, record) for number, record in enumerate(plan.new, 1)]
    for contact_id, record in (
        *planned,
        *((each.contact_id, each.record) for each in plan.updated),
    ):
        fields = record.fields
        is_dropped = fields.get("status") is Status.dropped
        keys = {detail_key(Detail.email, text) for text in fields.get("emails", ())}
        keys |= {detail_key(Detail.url, text) for text in fields.get("urls", ())}
        for key in keys:
            owners[key] = None if is_dropped or key in owners else contact_id
    return owners


def _update(record: Record, contact: Contact, extra: Sequence[str]) -> Update:
    fields, lists = additions(contact, record.fields)
    present = set(extra)
    if (uid := fields.get("uid")) and (uid == contact.own_uid or f"{MERGED_UID}{uid}" in present):
        del fields["uid"]
    more = [line for line in record.extra if not SECOND_VALUE.match(line)]
    if record.fields["name"] not in nicknames(extra):
        more += record.other_name(contact.name)
    if contact.uid and (uid := record.fields.get("uid")) and uid != contact.uid:
        more.append(f"{MERGED_UID}{uid}")
    return Update(
        record=record,
        contact_id=contact.id,
        name=contact.name,
        fields=fields,
        lists=lists,
        extra=tuple(line for line in dict.fromkeys(more) if line not in present),
    )
