"""Undo and redo: put back the rows of a change as they were before or after it."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlmodel import col, update

from netkeep.domain.change import Change
from netkeep.errors import NothingToUndoError, RestoredError, UndoConflictError
from netkeep.store.backup import list_backups, refuse_if_lost, stamp
from netkeep.store.connection import REVISION, connect, has_contents, revision
from netkeep.store.derived import update_derived
from netkeep.store.journal import Table, add_change, tables
from netkeep.store.queries import placeholders
from netkeep.store.queries.changes import RESTORE, load_changes_to_put_back
from netkeep.store.repository.sync import forget_rows
from netkeep.store.schema import ChangeRow
from netkeep.store.transaction import Transaction, transaction


def put_back(path: Path, now: datetime, count: int, *, again: bool) -> list[Change]:
    """Undo the newest changes, or with `again` redo the last undone ones; return them.

    Put back all of them or none. Raise NothingToUndoError if there are fewer, RestoredError if one
    is a restore, and UndoConflictError if a row has changed since, or another row refers to one
    that would be deleted.
    """
    if not has_contents(path):
        refuse_if_lost(path)
        raise NothingToUndoError(0, again=again)
    # Without foreign keys: every row is put back by itself, so SQLite must not cascade deletes.
    with transaction(path, now, foreign_keys=False) as opened:
        connection = opened.connection
        try:
            changes = load_changes_to_put_back(connection, count, again=again)
        except RestoredError as error:
            names = (backup.name for backup in list_backups(path))
            kept = next((name for name in names if name.startswith(stamp(error.at))), None)
            raise RestoredError(error.at, kept) from None
        for change in changes:
            _put_rows(opened, change, again=again)
        if opened.connection.execute("PRAGMA foreign_key_check").fetchone():
            raise UndoConflictError(f"newer entries depend on {_name(changes[-1])}")
        return changes


def note_restore(path: Path, now: datetime) -> None:
    """Record a restore as a change, so that undo does not go back beyond it.

    Leave a file with an older schema unchanged: it is migrated at the next command.
    """
    with closing(connect(path)) as connection:
        if revision(connection, path) != REVISION:
            return
    with transaction(path, now) as opened:
        add_change(opened.session, opened.connection, now, RESTORE)


class _RowVersions(NamedTuple):
    """A row of a table: its key, the values it has to have now, and those to put back."""

    table: Table
    key: list[Any]
    now: list[Any] | None
    then: list[Any] | None

    def __str__(self) -> str:
        """`Ada Lovelace (#1)`, `touchpoint (#57)`."""
        row = dict(zip(self.table.columns, self.now or self.then or (), strict=False))
        what = row["name"] if self.table.name in {"contact", "round"} else self.table.name
        return f"{what} (#{self.key[0]})"

    @property
    def contact_ids(self) -> Iterator[int]:
        """Yield the ids of the contacts that the row belongs to, now and then."""
        column = "id" if self.table.name == "contact" else "contact_id"
        if column in self.table.columns:
            place = self.table.columns.index(column)
            yield from (values[place] for values in (self.now, self.then) if values)


def _put_rows(opened: Transaction, change: Change, *, again: bool) -> None:
    connection = opened.connection
    rows = list(_row_versions(connection, change, again=again))
    for row in rows:  # delete all before inserting any: two rows may have swapped a unique value
        _delete(connection, row, change)
    try:
        for row in rows:
            _insert(connection, row)
    except sqlite3.IntegrityError:
        raise UndoConflictError(f"newer entries have taken the ids of {_name(change)}") from None
    if change.command.split()[0] == "sync" and not again:
        gone = [(row.table.name, row.key[0]) for row in rows if row.then is None]
        forget_rows(opened.session, gone)
    contact_ids = {contact_id for row in rows for contact_id in row.contact_ids}
    update_derived(opened.session, connection, contact_ids, columns=["key"])
    opened.session.execute(
        update(ChangeRow).where(col(ChangeRow.id) == change.id).values(undone=not again)
    )


def _row_versions(
    connection: sqlite3.Connection, change: Change, *, again: bool
) -> Iterator[_RowVersions]:
    by_name = {table.name: table for table in tables(connection)}
    for source, row_key, before, after in connection.execute(
        "SELECT source, row_key, before, after FROM changed_row WHERE change_id = ?", [change.id]
    ):
        now, then = (before, after) if again else (after, before)
        yield _RowVersions(by_name[source], json.loads(row_key), _values(now), _values(then))


def _delete(connection: sqlite3.Connection, row: _RowVersions, change: Change) -> None:
    """Delete a row; raise UndoConflictError if it has changed since."""
    found = connection.execute(
        f'SELECT {row.table.values_json()} FROM "{row.table.name}" WHERE {row.table.where}', row.key
    ).fetchone()
    if not _same(row.table, _values(found and found[0]), row.now):
        raise UndoConflictError(f"{row} has changed since {_name(change)}")
    connection.execute(f'DELETE FROM "{row.table.name}" WHERE {row.table.where}', row.key)


def _insert(connection: sqlite3.Connection, row: _RowVersions) -> None:
    if row.then is not None:
        columns = ", ".join(f'"{column}"' for column in row.table.columns[: len(row.then)])
        connection.execute(
            f'INSERT INTO "{row.table.name}" ({columns}) VALUES ({placeholders(row.then)})',
            row.then,
        )


def _name(change: Change) -> str:
    return f"`{change.command}` (change {change.id})"


def _values(row: str | None) -> list[Any] | None:
    return None if row is None else json.loads(row)


def _same(table: Table, now: list[Any] | None, left: list[Any] | None) -> bool:
    """Return whether a row is the same as the change left it, except for uncompared columns.

    Columns that were added to the table since have to be empty.
    """
    if now is None or left is None:
        return now is left
    compared = [
        index for index, column in enumerate(table.columns) if column not in table.uncompared
    ]
    return all(
        now[index] == left[index] if index < len(left) else not now[index] for index in compared
    )
