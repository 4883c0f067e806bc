"""The journal: what each command changed, row by row, in the same transaction.

Triggers of the connection see every row, whichever way it is changed: what SQLite deletes along
with somebody too.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from netkeep.store.images import Table, add_to_seals, digest, sealed, tables

KEPT = 500  # changes


@contextmanager
def journal(connection: sqlite3.Connection, now: datetime, command: str) -> Iterator[None]:
    """Keep all that is changed meanwhile as one change, unless it comes to nothing.

    What had been undone cannot be done again after it.
    """
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()
    change_id = last + 1
    for table in tables(connection):
        for trigger in _triggers(table, change_id):
            connection.execute(trigger)
    yield
    connection.execute("DELETE FROM image WHERE change_id = ? AND before IS after", [change_id])
    at = now.isoformat(timespec="seconds")
    added = _added(connection, change_id)
    if not added:
        return
    seal = seal_of(connection, change_id, head(change_id, at, command, undone=False))
    connection.execute(
        "INSERT INTO change (id, at, command, undone, seal) VALUES (?, ?, ?, 0, ?)",
        [change_id, at, command, seal],
    )
    add_to_seals(connection, added)
    _discard(connection)


def head(change_id: int, at: str, command: str, *, undone: bool) -> int:
    """What the row of a change adds to its seal."""
    return digest("change", str(change_id), at, command, str(int(undone)))


def seal_of(connection: sqlite3.Connection, change_id: int, head_digest: int) -> int:
    """What a change and its images are checked by."""
    images = connection.execute(
        "SELECT source, row_key, before, after FROM image WHERE change_id = ?", [change_id]
    )
    return sealed([head_digest, *(digest(*image) for image in images)])


def change_seals(connection: sqlite3.Connection) -> Iterator[tuple[int, int, int]]:
    """Every change, the seal it has, and the one it has to have."""
    for change_id, at, command, undone, seal in connection.execute(
        "SELECT id, at, command, undone, seal FROM change"
    ).fetchall():
        yield (
            change_id,
            seal,
            seal_of(connection, change_id, head(change_id, at, command, undone=undone)),
        )


def reseal_changes(connection: sqlite3.Connection) -> None:
    """Seal all changes as they are."""
    connection.executemany(
        "UPDATE change SET seal = ? WHERE id = ?",
        [(seal, change_id) for change_id, _, seal in change_seals(connection)],
    )


def _added(connection: sqlite3.Connection, change_id: int) -> Mapping[str, int]:
    """What a change adds to the seals of the tables."""
    digests: Counter[str] = Counter()
    for table in tables(connection):
        before, after = table.sealed_part("before"), table.sealed_part("after")
        for out, in_ in connection.execute(
            f"SELECT {before}, {after} FROM image WHERE change_id = ? AND source = ?",
            [change_id, table.name],
        ):
            digests[table.name] += digest(table.name, in_) - digest(table.name, out)
    return digests


def _triggers(table: Table, change_id: int) -> Iterator[str]:
    new, old = table.image("NEW"), table.image("OLD")
    for event, row, before, after in (
        ("INSERT", "NEW", "NULL", new),
        ("UPDATE", "NEW", old, new),
        ("DELETE", "OLD", old, "NULL"),
    ):
        yield (
            f'CREATE TEMP TRIGGER "{table.name} {event}" AFTER {event} ON main."{table.name}" BEGIN'
            " INSERT INTO image (change_id, source, row_key, before, after)"
            f" VALUES ({change_id}, '{table.name}', {table.row_key(row)}, {before}, {after})"
            " ON CONFLICT DO UPDATE SET after = excluded.after; END"
        )


def _discard(connection: sqlite3.Connection) -> None:
    """Forget the changes that were undone, and those too old to be."""
    gone = connection.execute(
        "SELECT id FROM change WHERE undone OR id <= ("
        "SELECT id FROM change ORDER BY id DESC LIMIT 1 OFFSET ?)",
        [KEPT],
    ).fetchall()
    for table, column in (("image", "change_id"), ("change", "id")):
        connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", gone)
