"""The journal: every row that a command changes, recorded in the same transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sqlmodel import Session

MAX_CHANGES = 500  # changes
# The tables of entered data. All others are derived from these, or are never undone.
JOURNALED = (
    *("contact", "detail", "extra", "touchpoint", "position", "occasion"),
    *("round", "round_part", "own_news", "imported_message", "source_position"),
)
DERIVED_COLUMNS = {"contact": ("key", "last_touch_on", "due_on"), "detail": ("key",)}
# Columns that may differ when a change is undone. Skipping a candidate cannot be undone.
UNCOMPARED_COLUMNS = DERIVED_COLUMNS | {"contact": (*DERIVED_COLUMNS["contact"], "skipped_at")}


class Table(NamedTuple):
    """A table of the file, with its columns in order and its primary key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def uncompared(self) -> Sequence[str]:
        """The columns that may differ when a change is undone."""
        return UNCOMPARED_COLUMNS.get(self.name, ())

    @property
    def where(self) -> str:
        """The SQL condition for a row by its key, with placeholders."""
        return " AND ".join(f'"{column}" = ?' for column in self.key)

    def values_json(self, row: str = "") -> str:
        """Return SQL for the values of a row; in a trigger `row` is NEW or OLD."""
        return _json_array(self.columns, row)

    def triggers(self, change_id: int) -> list[str]:
        """Return SQL for temporary triggers that record every row of a change."""

        def record(row: str, before: str, after: str) -> str:
            return (
                " INSERT INTO changed_row (change_id, source, row_key, before, after)"
                f" VALUES ({change_id}, '{self.name}', {self.key_json(row)}, {before}, {after})"
                " ON CONFLICT DO UPDATE SET after = excluded.after;"
            )

        inserted = record("NEW", "NULL", self.values_json("NEW"))
        deleted = record("OLD", self.values_json("OLD"), "NULL")
        return [
            f'CREATE TEMP TRIGGER "{self.name} {event}" AFTER {event} ON main."{self.name}"'
            f" BEGIN{records} END"
            for event, records in (
                ("INSERT", inserted),
                ("UPDATE", deleted + inserted),  # two rows if the key changes, otherwise one
                ("DELETE", deleted),
            )
        ]

    def key_json(self, row: str = "") -> str:
        """Return SQL for the primary key of a row."""
        return _json_array(self.key, row)


def _json_array(columns: Iterable[str], row: str) -> str:
    prefix = f"{row}." if row else ""
    values = ", ".join(f'{prefix}"{column}"' for column in columns)
    return f"json_array({values})"


def tables(connection: sqlite3.Connection) -> list[Table]:
    """Return the journaled tables as they are in the file."""
    found = []
    for name in JOURNALED:
        columns = connection.execute("SELECT name, pk FROM pragma_table_info(?)", [name]).fetchall()
        keys = sorted((place, column) for column, place in columns if place)
        found.append(
            Table(name, tuple(column for column, _ in columns), tuple(column for _, column in keys))
        )
    return found


@contextmanager
def journal(
    session: Session, connection: sqlite3.Connection, now: datetime, command: str
) -> Iterator[None]:
    """Record everything the block changes as one change, unless no row differs in the end.

    Temporary triggers see every changed row, also those that SQLite deletes by cascade. Changes
    that were undone before can no longer be redone.
    """
    from sqlmodel import col, delete

    from netkeep.store.schema import ChangedRow

    change_id = _next_id(connection)
    for table in tables(connection):
        for trigger in table.triggers(change_id):
            connection.execute(trigger)
    yield
    session.flush()
    session.execute(
        delete(ChangedRow).where(
            col(ChangedRow.change_id) == change_id,
            col(ChangedRow.before).is_not_distinct_from(col(ChangedRow.after)),
        )
    )
    sql = "SELECT 1 FROM changed_row WHERE change_id = ? LIMIT 1"
    if connection.execute(sql, [change_id]).fetchone():
        add_change(session, connection, now, command)


def add_change(
    session: Session, connection: sqlite3.Connection, now: datetime, command: str
) -> None:
    """Add a change; remove undone changes, and those older than the newest MAX_CHANGES."""
    from sqlmodel import col, delete

    from netkeep.store.schema import ChangedRow, ChangeRow

    change_id = _next_id(connection)
    session.add(ChangeRow(id=change_id, at=now.isoformat(timespec="seconds"), command=command))
    session.flush()
    sql = (
        "SELECT id FROM change WHERE undone OR id <="
        " (SELECT id FROM change ORDER BY id DESC LIMIT 1 OFFSET ?)"
    )
    old = [row[0] for row in connection.execute(sql, [MAX_CHANGES])]
    if old:
        session.execute(delete(ChangedRow).where(col(ChangedRow.change_id).in_(old)))
        session.execute(delete(ChangeRow).where(col(ChangeRow.id).in_(old)))


def _next_id(connection: sqlite3.Connection) -> int:
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()
    return int(last) + 1
