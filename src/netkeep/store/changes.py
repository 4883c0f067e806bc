"""What every verb works with: one session in one transaction, and the derived rows kept right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import text
from sqlmodel import Session, SQLModel, col, delete

from netkeep.domain.contact import ContactFields
from netkeep.domain.search import contact_passages
from netkeep.errors import NoSuchPersonError
from netkeep.store.derived import INDEXED, derived, passage, stored, words
from netkeep.store.filter import marks
from netkeep.store.models import ContactRow, PassageRow, WordRow
from netkeep.store.reader import Reader
from netkeep.store.rows import damaged

R = TypeVar("R", bound=SQLModel)


class Changes:
    """Changes the file; `ask` answers questions about it as it is within the transaction."""

    def __init__(self, session: Session, ask: Reader, now: datetime, today: date) -> None:
        self.ask = ask
        self._session = session
        self._now = now.isoformat(timespec="seconds")
        self._today = today

    def _apply(self, row: ContactRow, fields: ContactFields) -> None:
        if "status" in fields:
            row.dropped_on = row.drop_reason = None
            self._end_snooze(row)
        for name, value in stored(fields).items():
            setattr(row, name, value)
        if not fields.keys().isdisjoint(INDEXED):
            self._session.execute(delete(WordRow).where(col(WordRow.contact_id) == row.id))
            self._insert(WordRow, words(row.model_dump()))

    def _end_snooze(self, row: ContactRow) -> None:
        row.snoozed_until, row.snoozes = None, 0

    def _save(self, row: ContactRow) -> None:
        for name, value in derived(row.model_dump()).items():
            setattr(row, name, value)
        row.updated_at = self._now
        self._session.add(row)

    def _write_contact_passage(self, contact_id: int) -> None:
        self._session.flush()
        texts = (passage.text for passage in contact_passages(self.ask.contact(contact_id)))
        self._write_passage("contact", contact_id, contact_id, texts)

    def _write_passage(
        self, source: str, source_id: int, contact_id: int, texts: Iterable[str | None]
    ) -> None:
        """Put the key of these texts in place of what was written there before."""
        self._erase_passages(source, [source_id])
        row = passage(source, source_id, contact_id, filter(None, texts))
        if row["key"]:
            self._insert(PassageRow, [row])

    def _erase_passages(self, source: str, source_ids: Sequence[int]) -> None:
        self._session.execute(
            delete(PassageRow).where(
                col(PassageRow.source) == source, col(PassageRow.source_id).in_(source_ids)
            )
        )

    def _insert(self, table: type[Any], rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert rows past SQLAlchemy, which takes twice as long for thousands of them.

        All have the same columns, as the driver takes them: text and whole numbers.
        """
        if values := list(rows):
            columns = tuple(values[0])
            names = ", ".join(f'"{one}"' for one in columns)
            self._session.connection().exec_driver_sql(
                f"INSERT INTO {table.__tablename__} ({names}) VALUES ({marks(columns)})",
                [tuple(row.values()) for row in values],
            )

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
