"""The journal: every row that a command changed, kept in the same transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlmodel import Session, col, delete

from netkeep.store.queries.changes import Table, tables
from netkeep.store.schema import ChangedRow, ChangeRow

KEPT = 500  # changes


@contextmanager
def journal(
    session: Session, connection: sqlite3.Connection, now: datetime, command: str
) -> Iterator[None]:
    """Keep everything that is changed in the block as one change, unless it comes to nothing.

    Temporary triggers see every row, however it is changed, also what SQLite deletes along with a
    contact. What had been undone cannot be done again after it.
    """
    change_id = _next_id(connection)
    for table in tables(connection):
        for trigger in _triggers(table, change_id):
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
    """Add a change; remove those that were undone, and those beyond the newest KEPT."""
    change_id = _next_id(connection)
    session.add(ChangeRow(id=change_id, at=now.isoformat(timespec="seconds"), command=command))
    session.flush()
    sql = (
        "SELECT id FROM change WHERE undone OR id <="
        " (SELECT id FROM change ORDER BY id DESC LIMIT 1 OFFSET ?)"
    )
    old = [row[0] for row in connection.execute(sql, [KEPT])]
    if old:
        session.execute(delete(ChangedRow).where(col(ChangedRow.change_id).in_(old)))
        session.execute(delete(ChangeRow).where(col(ChangeRow.id).in_(old)))


def _next_id(connection: sqlite3.Connection) -> int:
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()
    return int(last) + 1


def _triggers(table: Table, change_id: int) -> Iterator[str]:
    new, old = table.values_json("NEW"), table.values_json("OLD")
    for event, row, before, after in (
        ("INSERT", "NEW", "NULL", new),
        ("UPDATE", "NEW", old, new),
        ("DELETE", "OLD", old, "NULL"),
    ):
        yield (
            f'CREATE TEMP TRIGGER "{table.name} {event}" AFTER {event} ON main."{table.name}" BEGIN'
            " INSERT INTO changed_row (change_id, source, row_key, before, after)"
            f" VALUES ({change_id}, '{table.name}', {table.key_json(row)}, {before}, {after})"
            " ON CONFLICT DO UPDATE SET after = excluded.after; END"
        )
