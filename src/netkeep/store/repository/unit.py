"""What all subjects of the repository share: the transaction, the clock and the settings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, insert

from netkeep.domain.contact import ContactFields, Detail
from netkeep.errors import NoSuchPersonError
from netkeep.store.schema import ContactRow
from netkeep.store.transaction import Transaction

R = TypeVar("R", bound=SQLModel)

_LISTS = {detail.field for detail in Detail}
_STORED_AS_TEXT = {"cadence", "birthday"}


class Unit:
    """One unit of work: a transaction, and the time it is made at."""

    def __init__(
        self, opened: Transaction, now: datetime, today: date, thank_you_days: int
    ) -> None:
        self._transaction = opened
        self.session: Session = opened.session
        self.now = now.isoformat(timespec="seconds")
        self.today = today
        self.thank_you_days = thank_you_days

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection for queries, which see everything that was written before."""
        return self._transaction.connection

    def touch(self, *contact_ids: int) -> None:
        """Note contacts whose derived values have to be brought up to date."""
        self._transaction.touch(*contact_ids)

    def get(self, table: type[R], row_id: int) -> R | None:
        """Return the row of this id."""
        return self._transaction.get(table, row_id)

    def contact_row(self, contact_id: int) -> ContactRow:
        """Return the row of a contact that is about to change; raise NoSuchPersonError."""
        row = self.get(ContactRow, contact_id)
        if row is None:
            raise NoSuchPersonError(f"#{contact_id}")
        self.touch(contact_id)
        return row

    def insert(self, table: type[SQLModel], rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert many rows, all with the same columns, without the session keeping track."""
        if values := list(rows):
            self.session.flush()
            self.session.execute(insert(table), values)

    def last_id(self, table: str) -> int:
        """Return the highest id ever given in a table."""
        sql = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        row = self.connection.execute(sql, [table]).fetchone()
        return int(row[0]) if row else 0


def columns_of(fields: ContactFields) -> dict[str, Any]:
    """Return fields as the columns of a contact hold them; lists are no columns."""
    return {
        name: str(value) if name in _STORED_AS_TEXT and value is not None else value
        for name, value in fields.items()
        if name not in _LISTS
    }
