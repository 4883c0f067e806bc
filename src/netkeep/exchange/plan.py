"""What an import will do, decided before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
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
    new_values,
)
from netkeep.domain.merging import FILLED
from netkeep.domain.people import Identity, profiles_differ
from netkeep.domain.text import key
from netkeep.exchange.content_lines import escape

# Other values of fields that hold one: of somebody who is kept, theirs is the one that counts.
OTHER_VALUE = re.compile("(?:NOTE|TITLE|BDAY|FN|X-NETKEEP-OTHER-[A-Z-]+)[;:]", re.IGNORECASE)
CROWD = 20  # people with one mark, more than who may be one


class Record(NamedTuple):
    """One person of a file, cleaned, and the place it stands at, such as `line 57` or `card 3`.

    `extra` is what netkeep has no field for, as content lines of a vCard (RFC 6350, 3.3), unfolded;
    `left_out` names what is not kept at all, such as a photo. `own_uid` is that of a contact that
    netkeep itself exported as one of many, none of whom is another one.
    """

    place: str
    fields: ContactFields
    extra: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    own_uid: str | None = None

    def joined(self, other: Record) -> Record:
        """This record, with what another one of the same person says besides.

        Of two values of a field the first is taken, and the second is an extra line.
        """
        fields = other.fields | self.fields
        for detail in Detail:
            both = entries(self.fields, detail) + entries(other.fields, detail)
            if both:
                fields = fields | cast(ContactFields, {detail.field: distinct(detail, both)})
        second = (
            f"X-NETKEEP-OTHER-{name.upper().replace('_', '-')}:{escape(str(value))}"
            for name, value in other.fields.items()
            if name in FILLED and value is not None and value != fields.get(name)
        )
        return self._replace(
            fields=fields,
            extra=tuple(dict.fromkeys((*self.extra, *other.extra, *second))),
            left_out=self.left_out + other.left_out,
        )


class Skipped(NamedTuple):
    """A row that is not taken in, and why."""

    place: str
    reason: str

    def __str__(self) -> str:
        """`line 57: no name`."""
        return f"{self.place}: {self.reason}"


class Same(NamedTuple):
    """A record of somebody who is kept already."""

    record: Record
    contact_id: int


class Matches(NamedTuple):
    """Who of a file is new, who is kept already, and what is left out."""

    new: Sequence[Record]
    same: Sequence[Same]
    skipped: Sequence[Skipped]


class Update(NamedTuple):
    """What a record adds to somebody who is kept: empty fields, entries of lists, extra lines."""

    record: Record
    contact_id: int
    name: str
    fields: ContactFields
    lists: Mapping[Detail, ListChange]
    extra: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether it is anything."""
        return bool(self.fields or self.lists or self.extra)


class Plan(NamedTuple):
    """Whom an import adds, whom it adds to, whom it leaves as they are, and what it leaves out."""

    new: Sequence[Record]
    updated: Sequence[Update]
    unchanged: Sequence[Update]
    skipped: Sequence[Skipped]


@dataclass(eq=False)
class _Somebody:
    """One person, as known so far: who is kept, and what the file says of them."""

    identity: Identity
    record: Record | None = None

    def learn(self, record: Record) -> None:
        """Take one more record of them."""
        self.record = self.record.joined(record) if self.record else record


Mark = tuple[str, ...]
Seen = dict[Mark, dict[int, _Somebody]]  # by mark, who has it


def match(rows: Iterable[Record | Skipped], kept: Iterable[Identity]) -> Matches:
    """Tell those who are new from those already there, in the order of the file.

    The same person has the same uid, profile URL, e-mail or phone, or else name and company, unless
    both have a profile URL or a uid and they differ. Whoever comes twice is joined into one.
    """
    seen: Seen = {}
    for identity in reversed(list(kept)):  # of several with one mark the first who was kept
        _remember(_Somebody(identity), _marks(identity), seen)
    found: dict[int, _Somebody] = {}
    skipped: list[Skipped] = []
    for row in rows:
        if isinstance(row, Skipped):
            skipped.append(row)
            continue
        identity = _identity(row)
        marks = list(_marks(identity))
        alone = row.own_uid is not None
        same = _find(identity, marks, seen, alone=alone) or _Somebody(identity)
        if same.identity.status is Status.dropped and _comes_back(row):
            skipped.append(Skipped(row.place, f"{same.identity.name} was dropped"))
        else:
            if same.record is not None:
                skipped.append(Skipped(row.place, f"the same person as on {same.record.place}"))
            same.learn(row)
            found.setdefault(id(same), same)
        if same.identity is not identity:
            same.identity = same.identity.known_by(identity)
            marks = list(_marks(same.identity))
        _remember(same, marks, seen)
    taken = [(one.identity.id, one.record) for one in found.values() if one.record]
    return Matches(
        new=[record for contact_id, record in taken if contact_id is None],
        same=[Same(record, contact_id) for contact_id, record in taken if contact_id],
        skipped=skipped,
    )


def _comes_back(record: Record) -> bool:
    return record.fields.get("status") is not Status.dropped


def decide(
    matches: Matches, contacts: Mapping[int, Contact], extras: Mapping[int, Sequence[str]]
) -> Plan:
    """What to add to whom; never is anything that is there put aside."""
    updates = [
        _update(record, contacts[contact_id], extras.get(contact_id, ()))
        for record, contact_id in matches.same
    ]
    return Plan(
        new=matches.new,
        updated=[update for update in updates if update],
        unchanged=[update for update in updates if not update],
        skipped=matches.skipped,
    )


def _update(record: Record, contact: Contact, extra: Sequence[str]) -> Update:
    fields = {
        name: record.fields[name]  # type: ignore[literal-required]  # the names are fields
        for name in FILLED
        if record.fields.get(name) is not None and getattr(contact, name) is None
    }
    if fields.get("uid") == contact.own_uid:
        del fields["uid"]
    lists = {
        detail: ListChange(add=more)
        for detail in Detail
        if (
            more := new_values(
                detail, getattr(contact, detail.field), entries(record.fields, detail)
            )
        )
    }
    return Update(
        record=record,
        contact_id=contact.id,
        name=contact.name,
        fields=cast(ContactFields, fields),
        lists=lists,
        extra=tuple(
            line for line in record.extra if line not in extra and not OTHER_VALUE.match(line)
        ),
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


def _marks(identity: Identity) -> Iterator[Mark]:
    """What someone is known by, the surest first.

    What netkeep itself exports people by tells on a card, whatever they are called there; that of a
    document is worked out from a number and a time, which others may have as well, and so is good
    together with their name alone.
    """
    name, company = key(identity.name) or identity.name, key(identity.company or "")
    if identity.uid:
        yield "uid", identity.uid
    if card_uid := identity.uid or (identity.own_uid if identity.id else None):
        yield "card uid", card_uid
    mine = [uid for uid in (identity.own_uid, identity.uid) if uid]
    yield from (("own uid", uid, name) for uid in mine)
    yield from (("merged uid", uid) for uid in (identity.other_uids if identity.id else mine))
    yield from (("url", url) for url in identity.urls)
    yield from (("email", email) for email in identity.emails)
    yield from (("phone", phone) for phone in identity.phones)
    # Whoever has no name goes by that of the company, which is no mark of theirs alone.
    if name != company or not _has_address(identity):
        yield "name", name, company


def _has_address(identity: Identity) -> bool:
    return bool(identity.urls or identity.emails or identity.phones)


def _remember(somebody: _Somebody, marks: Iterable[Mark], seen: Seen) -> None:
    for mark in marks:
        seen.setdefault(mark, {})[id(somebody)] = somebody


def _find(
    identity: Identity, marks: Sequence[Mark], seen: Seen, *, alone: bool
) -> _Somebody | None:
    """Who has the surest of these marks, and the most of them; `alone`: whom no other row is.

    Of a crowd with one mark only the first few are looked at.
    """
    for mark in marks:
        found = [
            somebody
            for somebody in islice(seen.get(mark, {}).values(), CROWD)
            if _may_be(identity, somebody, mark)
            and not (alone and somebody.record and not _is_joined(somebody, mark))
        ]
        if found:
            return max(found, key=lambda one: sum(id(one) in seen.get(mark, ()) for mark in marks))
    return None


def _is_joined(somebody: _Somebody, mark: Mark) -> bool:
    """Whether several rows are this person, since people were merged into them."""
    return mark[0] == "merged uid" and somebody.identity.id is not None


def _may_be(identity: Identity, somebody: _Somebody, mark: Mark) -> bool:
    """Whether this mark is enough: a name without a company is none for who has other addresses."""
    if mark[0].endswith("uid"):
        return True
    if mark[0] == "name" and not mark[2]:
        both = (identity, somebody.identity)
        return not all(map(_has_address, both)) and not _differ(*both)
    return not _differ(identity, somebody.identity)


def _differ(one: Identity, other: Identity) -> bool:
    """Whether two people have each a profile, or else each a uid, and not the same."""
    two_profiles = profiles_differ(one.urls, other.urls)
    if two_profiles is None:
        return bool(one.uid and other.uid and one.uid != other.uid)
    return two_profiles
