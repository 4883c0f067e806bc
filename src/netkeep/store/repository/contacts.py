"""Add, edit, keep, snooze, drop and merge contacts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, delete, select, update

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
from netkeep.domain.due import due_on
from netkeep.domain.identity import MERGED_UID
from netkeep.domain.lifecycle import CLEARED_BY_STATUS
from netkeep.domain.names import nickname_line
from netkeep.domain.text import key
from netkeep.errors import InactiveContactError
from netkeep.store.queries.contacts import (
    load_contact,
    load_contacts_by_id,
    load_extra_lines,
)
from netkeep.store.schema import (
    ContactRow,
    DetailRow,
    ExtraRow,
    ImportedMessageRow,
    OccasionRow,
    PassageRow,
    PositionRow,
    SourcePositionRow,
    TouchpointRow,
)
from netkeep.store.transaction import Transaction

_LISTS = {detail.field for detail in Detail}
_STORED_AS_TEXT = {"cadence", "birthday"}
BATCH = 500  # contacts written between two reports of progress


@dataclass
class Contacts:
    """Writes contacts, with their lists and extra lines."""

    _transaction: Transaction
    _today: date

    def add(
        self,
        people: Sequence[ContactFields],
        progress: Callable[[int], None] = lambda added: None,
        ids: Sequence[int] | None = None,
    ) -> Sequence[int]:
        """Add contacts; return their ids in the same order: the given ones, else the next ones.

        Call `progress` after each batch with the number of contacts in it.
        """
        if ids is None:
            next_id = self._transaction.last_id("contact") + 1
            ids = range(next_id, next_id + len(people))
        for start in range(0, len(people), BATCH):
            batch = dict(
                zip(ids[start : start + BATCH], people[start : start + BATCH], strict=True)
            )
            self._transaction.insert(ContactRow, (self._columns(*each) for each in batch.items()))
            self._transaction.insert(
                DetailRow,
                (
                    row
                    for contact_id, fields in batch.items()
                    for detail in Detail
                    for row in _detail_rows(contact_id, detail, entries(fields, detail))
                ),
            )
            self._transaction.touch(*batch)
            progress(len(batch))
        return ids

    def add_extra_lines(self, lines: Mapping[int, Sequence[str]]) -> None:
        """Add imported content lines that no field holds, by contact id."""
        existing = load_extra_lines(self._transaction.connection, list(lines))
        self._transaction.insert(
            ExtraRow,
            (
                {"contact_id": contact_id, "position": position, "line": line}
                for contact_id, more in lines.items()
                for position, line in enumerate(more, len(existing.get(contact_id, ())))
            ),
        )

    def edit(
        self, contact_id: int, fields: ContactFields, lists: Mapping[Detail, ListChange]
    ) -> Contact:
        """Change fields and lists of one contact."""
        self._set(contact_id, fields)
        for detail, change in lists.items():
            self._change_list(contact_id, detail, change)
        return load_contact(self._transaction.connection, contact_id)

    def snooze(self, contact_ids: Sequence[int], until: date | None) -> list[Contact]:
        """Hide contacts from the agenda until a day; None ends a snooze.

        Raise InactiveContactError for a candidate or a dropped contact.
        """
        for contact_id in contact_ids:
            row = self._transaction.contact_row(contact_id)
            if row.status != Status.active:
                raise InactiveContactError(row.name, contact_id, row.status)
            row.snoozed_until = until
            row.snoozes = row.snoozes + 1 if until else 0
            row.updated_at = self._transaction.now
        return load_contacts_by_id(self._transaction.connection, contact_ids)

    def skip(self, contact_id: int) -> None:
        """Note when a candidate was skipped."""
        self._transaction.contact_row(contact_id).skipped_at = self._transaction.now

    def keep(self, accepted: Mapping[int, ContactFields]) -> list[Contact]:
        """Accept contacts, and set these fields of each, by id."""
        for contact_id, fields in accepted.items():
            self._set(contact_id, fields)
        return load_contacts_by_id(self._transaction.connection, list(accepted))

    def drop(self, contact_ids: Sequence[int], reason: str | None) -> list[Contact]:
        """Drop contacts, with the reason."""
        for contact_id in contact_ids:
            self._set(contact_id, {"status": Status.dropped})
            row = self._transaction.contact_row(contact_id)
            row.dropped_on, row.drop_reason = self._today, reason
        return load_contacts_by_id(self._transaction.connection, contact_ids)

    def merge(
        self,
        first: Contact,
        second: Contact,
        fields: ContactFields,
        lists: Mapping[Detail, ListChange],
    ) -> None:
        """Move everything of the second contact to the first, and delete the second.

        The first gets these fields and list changes. The name of the second is kept as a nickname,
        its UIDs as extra lines.
        """
        session = self._transaction.session
        extra = load_extra_lines(self._transaction.connection, [first.id, second.id])
        lines = list(extra.get(second.id, ()))
        if second.name != first.name:
            lines.append(nickname_line(second.name))
        uids = (second.uid, second.own_uid)
        lines += [f"{MERGED_UID}{uid}" for uid in uids if uid and uid != fields.get("uid")]
        existing = set(extra.get(first.id, ()))
        self.add_extra_lines({first.id: [line for line in lines if line not in existing]})
        for table in (TouchpointRow, OccasionRow, PositionRow):
            session.execute(
                update(table).where(col(table.contact_id) == second.id).values(contact_id=first.id)
            )
        _move_import_records(session, first.id, second.id)
        session.execute(
            update(ContactRow).where(col(ContactRow.via_id) == second.id).values(via_id=first.id)
        )
        # The passages of what was moved are made again, for the first.
        session.execute(delete(PassageRow).where(col(PassageRow.contact_id) == second.id))
        session.execute(delete(ContactRow).where(col(ContactRow.id) == second.id))
        session.expire_all()
        self.edit(first.id, fields, lists)
        self._transaction.contact_row(first.id).snoozed_until = fields.get("snoozed_until")

    def _set(self, contact_id: int, fields: ContactFields) -> None:
        row = self._transaction.contact_row(contact_id)
        cleared = CLEARED_BY_STATUS | {"due_on": None} if "status" in fields else {}
        for name, value in {**cleared, **_columns_of(fields)}.items():
            setattr(row, name, value)
        row.updated_at = self._transaction.now

    def _columns(self, contact_id: int, fields: ContactFields) -> dict[str, Any]:
        row: dict[str, Any] = dict.fromkeys(ContactRow.model_fields)
        return (
            row
            | _columns_of(fields)
            | {
                "id": contact_id,
                "key": key(fields["name"]),
                "due_on": due_on(
                    status=fields["status"],
                    cadence=fields["cadence"],
                    last_touch_on=None,
                    first_due_on=fields.get("first_due_on"),
                    snoozed_until=fields.get("snoozed_until"),
                ),
                "snoozes": 0,
                "created_at": self._transaction.now,
                "updated_at": self._transaction.now,
            }
        )

    def _change_list(self, contact_id: int, detail: Detail, change: ListChange) -> None:
        rows = self._transaction.session.exec(
            select(DetailRow)
            .where(DetailRow.contact_id == contact_id, DetailRow.detail == detail)
            .order_by(col(DetailRow.position))
        ).all()
        values = change.apply(detail, [row.value for row in rows])
        for row in rows:
            self._transaction.session.delete(row)
        self._transaction.insert(DetailRow, _detail_rows(contact_id, detail, values))


def _move_import_records(session: Session, first_id: int, second_id: int) -> None:
    """Move digests and positions of sources to the first contact, unless it has the same."""
    tables: tuple[tuple[type[Any], str], ...] = (
        (ImportedMessageRow, "digest"),
        (SourcePositionRow, "source"),
    )
    for table, name in tables:
        same = getattr(table, name)
        of_first = select(same).where(table.contact_id == first_id)
        session.execute(
            update(table)
            .where(col(table.contact_id) == second_id, col(same).not_in(of_first))
            .values(contact_id=first_id),
            execution_options={"synchronize_session": False},  # none of these rows is loaded
        )


def _columns_of(fields: ContactFields) -> dict[str, Any]:
    """Return fields as columns of a contact, without its lists."""
    return {
        name: str(value) if name in _STORED_AS_TEXT and value is not None else value
        for name, value in fields.items()
        if name not in _LISTS
    }


def _detail_rows(
    contact_id: int, detail: Detail, values: Sequence[str]
) -> Iterator[dict[str, Any]]:
    for position, value in enumerate(distinct(detail, values)):
        yield {
            "contact_id": contact_id,
            "detail": detail,
            "position": position,
            "key": detail_key(detail, value),
            "value": value,
        }
