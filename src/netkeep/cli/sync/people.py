"""People as vCards: which contact is which card, and what a card changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netkeep.cli.context import Context
from netkeep.cli.fields import new_candidate
from netkeep.cli.sync.items import Engine, Ours, Part, Theirs
from netkeep.domain.contact import Contact, ContactFields, Detail, Kind, ListChange, Status
from netkeep.domain.merging import merge_changes
from netkeep.errors import BadValueError
from netkeep.exchange.plan import Record, Skipped, match
from netkeep.exchange.shared_cards import (
    fields_of,
    merged_uids,
    parse_reason,
    positions_of,
    read_card,
    values_of,
    write_card,
)
from netkeep.exchange.vdir import Folder, Item
from netkeep.output import sentences
from netkeep.store.queries.contacts import (
    EVERYONE,
    load_contact,
    load_contacts,
    load_contacts_by_id,
    load_extra_lines,
)
from netkeep.store.queries.identities import load_identities
from netkeep.store.queries.sync import SyncItem

if TYPE_CHECKING:
    from netkeep.store.repository import Repository

COMPLETED = ("extra", "via", "snoozes", "dropped_on", "drop_reason", "worked")
DELETED = "deleted in the address book"  # the reason of a contact that was dropped for that


class People:
    """The contacts that are shared, and how cards change them."""

    def __init__(
        self,
        context: Context,
        connection: sqlite3.Connection,
        bases: dict[str, SyncItem],
    ) -> None:
        self._context = context
        self._bases = bases
        self._uids: dict[int, str] = {
            base.row_id: uid for uid, base in bases.items() if base.row_id
        }
        self._via: dict[int, str] = {}  # UIDs of `via`, by contact, that are still to be found
        self._known: dict[str, int] = {}  # contacts that new cards are about, by UID
        self._added: dict[str, Ours] = {}  # new contacts, added all at once
        self._cards: dict[bytes, Theirs] = {}  # those that were read, by content
        self._contacts: dict[int, Contact] = {}
        self._ours = self._load(connection)

    @property
    def uids(self) -> Mapping[int, str]:
        """The UID of every shared contact, by id."""
        return self._uids

    @property
    def ours(self) -> Mapping[str, Ours]:
        """The contacts that are shared, by UID."""
        return self._ours

    def synchronise(self, repository: Repository, path: Path, folder: Folder) -> Engine:
        """Synchronise all contacts with a folder of cards."""
        self._repository = repository
        self._follow_merges(folder)
        self._match_new_cards(folder, self._bases)
        self._add_new_contacts(folder)
        part = Part(
            name="people",
            suffix=".vcf",
            read=self._read,
            take=self._take,
            update=self._update,
            remove=self._remove,
            render=self._render,
        )
        engine = Engine(part, repository, path, folder, self._ours, self._bases)
        engine.run()
        self._set_via()
        engine.report.messages += self._cut_values(folder)
        return engine

    def _cut_values(self, folder: Folder) -> Iterator[str]:
        """Yield a message for each value of a new or changed card that is kept as text only."""
        for item in folder.items.values():
            with suppress(BadValueError):  # reported when the item is read
                record: Record = self._read(item.content).detail.record
                for what in record.unread:
                    yield sentences.kept_as_text(Skipped(str(item.path), what))

    def _load(self, connection: sqlite3.Connection) -> dict[str, Ours]:
        contacts = [
            contact
            for contact in load_contacts(connection, EVERYONE)
            if contact.id in self._uids or contact.status is not Status.candidate
        ]
        extras = load_extra_lines(connection, [contact.id for contact in contacts])
        self._uids = {  # of those that are still here
            contact.id: self._uids.get(contact.id) or contact.uid or contact.own_uid
            for contact in contacts
        }
        return {
            self._uids[contact.id]: self._ours_of(contact, extras.get(contact.id, ()))
            for contact in contacts
        }

    def _ours_of(self, contact: Contact, extra: Sequence[str]) -> Ours:
        self._contacts[contact.id] = contact
        via = self._uids.get(contact.via.id) if contact.via else self._via.get(contact.id)
        shared = contact.status is not Status.candidate
        return Ours("person", contact.id, contact.name, values_of(contact, extra, via), shared)

    def _reload(self, contact_id: int) -> Ours:
        connection = self._repository.connection
        extra = load_extra_lines(connection, [contact_id]).get(contact_id, ())
        return self._ours_of(load_contact(connection, contact_id), extra)

    def _read(self, content: bytes) -> Theirs:
        if content not in self._cards:
            card = read_card(content, self._context.today)
            self._cards[content] = Theirs("person", card.values, card)
        return self._cards[content]

    def _follow_merges(self, folder: Folder) -> None:
        """Merge contacts here that were merged on another computer."""
        by_uid = {uid: contact_id for contact_id, uid in self._uids.items()}
        for uid, item in folder.items.items():
            if uid not in by_uid or b"X-NETKEEP-ANOTHER-UID" not in item.content.upper():
                continue
            try:
                others = merged_uids(self._read(item.content).values)
            except BadValueError:
                continue  # reported when the item is read again
            for other in others:
                if other in by_uid and other != uid:
                    connection = self._repository.connection
                    first = load_contact(connection, by_uid[uid])
                    second = load_contact(connection, by_uid.pop(other))
                    self._repository.merge(first, second, *merge_changes(first, second))
                    del self._ours[other], self._uids[second.id]
                    self._ours[uid] = self._reload(first.id)

    def _match_new_cards(self, folder: Folder, bases: Mapping[str, SyncItem]) -> None:
        """Find the contacts that new cards are about, all at once, by the rule of an import."""
        records: dict[str, Record] = {}
        for uid, item in folder.items.items():
            if uid not in self._ours and uid not in bases:
                try:
                    records[uid] = self._record(uid, item)
                except BadValueError:
                    continue  # reported when the item is read
        if not records:
            return
        taken = set(self._uids)
        bound = {base.row_id for base in bases.values()}
        matches = match(list(records.values()), load_identities(self._repository.connection))
        for existing in matches.existing:
            if existing.contact_id not in bound and existing.contact_id not in taken:
                self._known[existing.record.place] = existing.contact_id
            elif existing.contact_id not in bound:
                self._rebind(existing.record.place, existing.contact_id)

    def _rebind(self, uid: str, contact_id: int) -> None:
        """Let a contact that has no card yet have this one."""
        mine = self._ours.pop(self._uids[contact_id])
        self._uids[contact_id] = uid
        self._ours[uid] = mine

    def _record(self, uid: str, item: Item) -> Record:
        record: Record = self._read(item.content).detail.record
        return record._replace(place=uid)

    def _add_new_contacts(self, folder: Folder) -> None:
        """Add the contacts of new cards all at once: one each takes minutes at 3,000."""
        new: dict[str, dict[str, Any]] = {}
        for uid, item in folder.items.items():
            if uid not in self._bases:
                with suppress(BadValueError):  # reported when the item is read
                    new[uid] = self._read(item.content).values
        for uid in self._ours.keys() | self._known.keys():
            new.pop(uid, None)
        self._add(new)

    def _add(self, cards: Mapping[str, dict[str, Any]]) -> None:
        """Add a contact for each card, by UID."""
        people = []
        for uid, values in cards.items():
            fields = fields_of(values)
            defaults = new_candidate(self._context, fields.get("kind") or Kind.other)
            people.append(ContactFields(**{**defaults, **fields, "uid": uid}))
        ids = self._repository.contacts.add(people)
        for contact_id, (uid, values) in zip(ids, cards.items(), strict=True):
            self._uids[contact_id] = uid
            if any(values.get(name) for name in COMPLETED):
                self._complete(contact_id, values)
        connection = self._repository.connection
        extras = load_extra_lines(connection, ids)
        for contact in load_contacts_by_id(connection, ids):
            self._added[self._uids[contact.id]] = self._ours_of(contact, extras.get(contact.id, ()))

    def _take(self, uid: str, theirs: Theirs) -> Ours:
        """Return the contact of a new card: one that is here, or else a new one."""
        if uid in self._known:
            self._uids[self._known[uid]] = uid
            return self._reload(self._known[uid])
        if uid not in self._added:
            self._add({uid: theirs.values})
        return self._added[uid]

    def _update(self, _uid: str, mine: Ours, values: dict[str, Any]) -> Ours:
        fields = fields_of(values)
        lists = {detail: ListChange(replace=fields.pop(detail.field)) for detail in Detail}  # type: ignore[misc]
        self._repository.contacts.edit(mine.row_id, fields, lists)
        self._complete(mine.row_id, values)
        return self._reload(mine.row_id)

    def _complete(self, contact_id: int, values: Mapping[str, Any]) -> None:
        dropped_on = values.get("dropped_on")
        if via := values.get("via"):
            self._via[contact_id] = via
        self._repository.sync.complete(
            contact_id,
            extra=values["extra"],
            via_id=None,
            snoozes=int(values.get("snoozes") or 0),
            dropped_on=date.fromisoformat(dropped_on) if dropped_on else None,
            drop_reason=parse_reason(values.get("drop_reason")),
            worked=positions_of(values),
        )

    def _set_via(self) -> None:
        """Set `via` of the contacts, now that all of them are here."""
        by_uid = {uid: contact_id for contact_id, uid in self._uids.items()}
        for contact_id, uid in self._via.items():
            if uid in by_uid:
                self._repository.contacts.edit(contact_id, {"via_id": by_uid[uid]}, {})

    def _remove(self, _uid: str, mine: Ours) -> Ours:
        if mine.values["status"] != Status.dropped:
            self._repository.contacts.drop([mine.row_id], DELETED)
        return self._reload(mine.row_id)

    def _render(self, uid: str, mine: Ours, before: bytes | None, *copies: bytes) -> bytes:
        return write_card(self._contacts[mine.row_id], mine.values, uid, before, *copies)
