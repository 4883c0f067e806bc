"""The only thing that changes the file: verbs on one session, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import text
from sqlmodel import Session, SQLModel, col, delete, func, insert, select

from netkeep.domain.contact import Contact, ContactFields, Status, entries
from netkeep.domain.details import Detail, ListChange, detail_key, distinct
from netkeep.domain.due import due_on
from netkeep.domain.text import key
from netkeep.domain.touchpoint import Channel, Direction, Purpose, Touchpoint, TouchpointFields
from netkeep.errors import NoSuchPersonError, NoSuchTouchpointError, NotOnTheAgendaError
from netkeep.store.engine import driver_connection, transaction
from netkeep.store.models import ContactRow, DetailRow, TouchpointRow, WordRow
from netkeep.store.reader import Reader, damaged, stored_cadence

R = TypeVar("R", bound=SQLModel)

INDEXED = ("name", "company", "city", "school", "met")  # the fields whose words can be asked for
BATCH = 500  # people written between two reports of progress


class Writer:
    """Changes the file; `ask` answers questions about it as it is within the transaction."""

    def __init__(self, session: Session, ask: Reader, now: datetime, today: date) -> None:
        self.ask = ask
        self._session = session
        self._now = now.isoformat(timespec="seconds")
        self._today = today

    def add(
        self,
        people: Sequence[ContactFields],
        progress: Callable[[int], None] = lambda added: None,
    ) -> Sequence[int]:
        """Add people; return their ids in the same order.

        `progress` is told now and then how many more are in.
        """
        next_id = self._last_id("contact") + 1
        ids = range(next_id, next_id + len(people))
        for start in range(0, len(people), BATCH):
            batch = slice(start, start + BATCH)
            some = dict(zip(ids[batch], people[batch], strict=True))
            rows = [self._new_row(contact_id, new) for contact_id, new in some.items()]
            self._insert(ContactRow, rows)
            self._insert(WordRow, (word for row in rows for word in _words(row)))
            self._insert(
                DetailRow,
                (
                    entry
                    for contact_id, new in some.items()
                    for detail in Detail
                    for entry in _entries(contact_id, detail, entries(new, detail))
                ),
            )
            progress(len(some))
        return ids

    def edit(
        self, contact_id: int, fields: ContactFields, lists: Mapping[Detail, ListChange]
    ) -> Contact:
        """Change fields and lists of one contact."""
        row = self._row(contact_id)
        self._apply(row, fields)
        self._save(row)
        for detail, change in lists.items():
            self._change_list(contact_id, detail, change)
        self._session.flush()
        return self.ask.contact(contact_id)

    def log(self, contact_ids: Sequence[int], new: TouchpointFields) -> list[Touchpoint]:
        """Log one touchpoint for each contact; one that becomes the latest ends a snooze."""
        logged = []
        for contact_id in contact_ids:
            row = self._row(contact_id)
            if row.last_touch_on is None or new["day"] >= row.last_touch_on:
                row.last_touch_on = new["day"]
                row.snoozed_until = None
            self._save(row)
            touchpoint = TouchpointRow(
                contact_id=contact_id,
                day=new["day"],
                channel=new.get("channel", Channel.other),
                purpose=new.get("purpose", Purpose.catch_up),
                direction=new.get("direction", Direction.out),
                note=new.get("note"),
                created_at=self._now,
                updated_at=self._now,
            )
            self._session.add(touchpoint)
            logged.append(touchpoint)
        self._session.flush()
        return [self.ask.touchpoint(touchpoint.id or 0) for touchpoint in logged]

    def amend(self, touchpoint_id: int, fields: TouchpointFields) -> Touchpoint:
        """Change one touchpoint."""
        touchpoint = self._touchpoint_row(touchpoint_id)
        for name, value in fields.items():
            setattr(touchpoint, name, value)
        touchpoint.updated_at = self._now
        self._session.add(touchpoint)
        self._find_latest(touchpoint.contact_id)
        self._session.flush()
        return self.ask.touchpoint(touchpoint_id)

    def delete(self, touchpoint_id: int) -> Touchpoint:
        """Delete one touchpoint and return it; the one before it, if any, is the latest again."""
        touchpoint = self.ask.touchpoint(touchpoint_id)
        self._session.delete(self._touchpoint_row(touchpoint_id))
        self._find_latest(touchpoint.contact_id)
        self._session.flush()
        return touchpoint

    def snooze(self, contact_ids: Sequence[int], until: date | None) -> list[Contact]:
        """Hide contacts from the agenda until a day, or no longer.

        Raises NotOnTheAgendaError if one of them never is on it.
        """
        for contact_id in contact_ids:
            row = self._row(contact_id)
            if row.status != Status.active:
                raise NotOnTheAgendaError(row.name, contact_id, row.status)
            row.snoozed_until = until
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
            row.snoozed_until = None
            self._save(row)
        self._session.flush()
        return self.ask.contacts_named(contact_ids)

    def _new_row(self, contact_id: int, new: ContactFields) -> dict[str, Any]:
        # Plain values: an import makes thousands, of which the session need not keep track.
        row = dict.fromkeys(ContactRow.model_fields) | _stored(new)
        row |= {"id": contact_id, "created_at": self._now, "updated_at": self._now}
        return row | _derived(row)

    def _apply(self, row: ContactRow, fields: ContactFields) -> None:
        if "status" in fields:
            row.dropped_on = row.drop_reason = row.snoozed_until = None
        for name, value in _stored(fields).items():
            setattr(row, name, value)
        if not fields.keys().isdisjoint(INDEXED):
            self._session.execute(delete(WordRow).where(col(WordRow.contact_id) == row.id))
            self._insert(WordRow, _words(row.model_dump()))

    def _save(self, row: ContactRow) -> None:
        for name, value in _derived(row.model_dump()).items():
            setattr(row, name, value)
        row.updated_at = self._now
        self._session.add(row)

    def _find_latest(self, contact_id: int) -> None:
        self._session.flush()
        days = select(func.max(TouchpointRow.day)).where(TouchpointRow.contact_id == contact_id)
        row = self._row(contact_id)
        row.last_touch_on = self._session.exec(days).one()
        self._save(row)

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
        self._insert(DetailRow, _entries(contact_id, detail, values))

    def _insert(self, table: type[Any], rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert many rows by one statement."""
        if values := list(rows):
            self._session.execute(insert(table), values)

    def _last_id(self, table: str) -> int:
        """The highest id ever given in this table."""
        given = text("SELECT seq FROM sqlite_sequence WHERE name = :table")
        return int(self._session.execute(given, {"table": table}).scalar() or 0)

    def _get(self, table: type[R], row_id: int) -> R | None:
        try:
            return self._session.get(table, row_id)
        except ValueError as error:  # a day that is none
            raise damaged(error) from error

    def _row(self, contact_id: int) -> ContactRow:
        row = self._get(ContactRow, contact_id)
        if row is None:
            raise NoSuchPersonError(f"#{contact_id}")
        return row

    def _touchpoint_row(self, touchpoint_id: int) -> TouchpointRow:
        row = self._get(TouchpointRow, touchpoint_id)
        if row is None:
            raise NoSuchTouchpointError(touchpoint_id)
        return row


@contextmanager
def open_writer(path: Path, now: datetime, today: date) -> Iterator[Writer]:
    """A writer whose every change is committed together at the end, or none of them.

    `now` is an aware UTC time for the audit columns, `today` the local day.
    """
    # Flushed only when a verb has set everything that belongs together.
    with transaction(path) as connection, Session(connection, autoflush=False) as session:
        yield Writer(session, Reader(driver_connection(connection)), now, today)
        session.flush()


def _stored(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are columns, as they hold them: a cadence and a birthday are text."""
    lists = {detail.field for detail in Detail}
    return {
        name: str(value) if name in {"cadence", "birthday"} and value is not None else value
        for name, value in fields.items()
        if name not in lists
    }


def _derived(row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that follow from the rest of the row, by the rules of the domain."""
    return {
        "key": key(row["name"]),
        "due_on": due_on(
            status=Status(row["status"]),
            cadence=stored_cadence(row["cadence"]),
            last_touch_on=row["last_touch_on"],
            first_due_on=row["first_due_on"],
            snoozed_until=row["snoozed_until"],
        ),
    }


def _words(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for field in INDEXED:
        for word in set(key(row[field] or "").split()):
            yield {"field": field, "word": word, "contact_id": row["id"]}


def _entries(contact_id: int, detail: Detail, values: Sequence[str]) -> Iterator[dict[str, Any]]:
    for position, value in enumerate(distinct(detail, values)):
        yield {
            "contact_id": contact_id,
            "detail": detail,
            "position": position,
            "key": detail_key(detail, value),
            "value": value,
        }
