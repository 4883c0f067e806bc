"""Verbs about people: let in, changed, put off, taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select

from netkeep.domain.contact import Contact, ContactFields, Detail, ListChange, Status, entries
from netkeep.domain.search import contact_texts_in
from netkeep.errors import InactiveContactError
from netkeep.store import derived
from netkeep.store.changes import Changes
from netkeep.store.models import ContactRow, DetailRow, ExtraRow, PassageRow, WordRow

BATCH = 500  # people written between two reports of progress


class PeopleVerbs(Changes):
    """Changes who there is."""

    def add(
        self,
        people: Sequence[ContactFields],
        progress: Callable[[int], None] = lambda added: None,
        ids: Sequence[int] | None = None,
    ) -> Sequence[int]:
        """Add people; return their ids in the same order, those given or else the next ones.

        `progress` is told now and then how many more are in.
        """
        if ids is None:
            next_id = self._last_id("contact") + 1
            ids = range(next_id, next_id + len(people))
        for start in range(0, len(people), BATCH):
            batch = slice(start, start + BATCH)
            some = dict(zip(ids[batch], people[batch], strict=True))
            rows = [self._new_row(contact_id, new) for contact_id, new in some.items()]
            self._insert(ContactRow, map(derived.plain, rows))
            self._insert(WordRow, (word for row in rows for word in derived.words(row)))
            self._insert(
                DetailRow,
                (
                    entry
                    for contact_id, new in some.items()
                    for detail in Detail
                    for entry in derived.entries(contact_id, detail, entries(new, detail))
                ),
            )
            passages = (
                derived.passage("contact", contact_id, contact_id, _written(new))
                for contact_id, new in some.items()
            )
            self._insert(PassageRow, (row for row in passages if row["key"]))
            progress(len(some))
        return ids

    def keep_extra(self, lines: Mapping[int, Sequence[str]]) -> None:
        """Keep, by contact, what an import brought that no field holds, after what is there."""
        there = self.ask.extras(list(lines))
        self._insert(
            ExtraRow,
            (
                {"contact_id": contact_id, "position": position, "line": line}
                for contact_id, more in lines.items()
                for position, line in enumerate(more, len(there.get(contact_id, ())))
            ),
        )

    def edit(
        self, contact_id: int, fields: ContactFields, lists: Mapping[Detail, ListChange]
    ) -> Contact:
        """Change fields and lists of one contact."""
        row = self._row(contact_id)
        self._apply(row, fields)
        self._save(row)
        for detail, change in lists.items():
            self._change_list(contact_id, detail, change)
        self._write_contact_passage(contact_id)
        return self.ask.contact(contact_id)

    def snooze(self, contact_ids: Sequence[int], until: date | None) -> list[Contact]:
        """Hide contacts from the agenda until a day, or no longer.

        Raises InactiveContactError if one of them never is on it.
        """
        for contact_id in contact_ids:
            row = self._row(contact_id)
            if row.status != Status.active:
                raise InactiveContactError(row.name, contact_id, row.status)
            if until is None:
                self._end_snooze(row)
            else:
                row.snoozed_until, row.snoozes = until, row.snoozes + 1
            self._save(row)
        self._session.flush()
        return self.ask.contacts_named(contact_ids)

    def keep(self, let_in: Mapping[int, ContactFields]) -> list[Contact]:
        """Let people in, with what changes for each."""
        for contact_id, fields in let_in.items():
            row = self._row(contact_id)
            self._apply(row, fields)
            self._save(row)
        self._session.flush()
        return self.ask.contacts_named(list(let_in))

    def drop(self, contact_ids: Sequence[int], reason: str | None) -> list[Contact]:
        """Take people out, with the reason."""
        for contact_id in contact_ids:
            row = self._row(contact_id)
            row.status = Status.dropped
            row.dropped_on, row.drop_reason = self._today, reason
            self._end_snooze(row)
            self._save(row)
        self._session.flush()
        return self.ask.contacts_named(contact_ids)

    def _new_row(self, contact_id: int, new: ContactFields) -> dict[str, Any]:
        # Plain values: an import makes thousands, of which the session need not keep track.
        row = dict.fromkeys(ContactRow.model_fields) | derived.stored(new)
        row |= {"id": contact_id, "created_at": self._now, "updated_at": self._now, "snoozes": 0}
        return row | derived.derived(row)

    def _change_list(self, contact_id: int, detail: Detail, change: ListChange) -> None:
        rows = self._session.exec(
            select(DetailRow)
            .where(DetailRow.contact_id == contact_id, DetailRow.detail == detail)
            .order_by(col(DetailRow.position))
        ).all()
        values = change.applied(detail, [row.value for row in rows])
        for row in rows:
            self._session.delete(row)
        self._session.flush()
        self._insert(DetailRow, derived.entries(contact_id, detail, values))


def _written(new: ContactFields) -> Iterator[str]:
    return (passage.text for passage in contact_texts_in(new))
