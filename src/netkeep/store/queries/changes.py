"""Queries for the changes that commands made."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from netkeep.domain.change import Change, Describer, RowChange
from netkeep.errors import NothingToUndoError, RestoredError
from netkeep.store.journal import tables
from netkeep.store.queries import Connection, select
from netkeep.store.queries.contacts import person_by_id

RESTORE = "restore"  # the command of a change that is a restore
MAX_ROWS = 50  # a change of more rows is described by counts


def load_changes(
    connection: Connection, limit: int, *, undone: bool | None = None, back: bool = False
) -> list[Change]:
    """Return the newest changes, or with `undone` the next ones to redo.

    Describe what each did, or with `back` what undoing it does.
    """
    order = "id" if undone else "id DESC"
    which = "1" if undone is None else f"undone = {undone:d}"
    return select(
        connection,
        f"SELECT id, at, command, undone FROM change WHERE {which} ORDER BY {order} LIMIT ?",
        [limit],
        lambda row: Change(
            row["id"],
            datetime.fromisoformat(row["at"]),
            row["command"],
            bool(row["undone"]),
            tuple(_describe(connection, row["id"], back=back)),
        ),
    )


def load_changes_to_put_back(connection: Connection, count: int, *, again: bool) -> list[Change]:
    """Return the changes to undo, or with `again` to redo.

    Raise NothingToUndoError if there are fewer, and RestoredError if one is a restore.
    """
    found = load_changes(connection, count, undone=again, back=not again)
    for change in found:
        if change.command == RESTORE:
            raise RestoredError(change.at)
    if len(found) < count:
        raise NothingToUndoError(len(found), again=again)
    return found


def load_snoozed_at(connection: Connection, contact_id: int) -> datetime | None:
    """Return when a contact was last snoozed; None if that is older than the recorded changes."""
    if connection is None:
        return None
    columns = next(table.columns for table in tables(connection) if table.name == "contact")
    sql = (
        "SELECT c.at, r.before, r.after FROM change c JOIN changed_row r ON r.change_id = c.id"
        " WHERE NOT c.undone AND r.source = 'contact' AND r.row_key = ? ORDER BY c.id DESC"
    )
    for at, *sides in select(connection, sql, [f"[{contact_id}]"], tuple):
        before, after = (_by_column(columns, side) or {} for side in sides)
        until = after.get("snoozed_until")
        # Another snooze until the same day only counts one more.
        is_another = after.get("snoozes", 0) > before.get("snoozes", 0)
        if until and (is_another or until != before.get("snoozed_until")):
            return datetime.fromisoformat(at)
    return None


def _describe(connection: Connection, change_id: int, *, back: bool) -> list[str]:
    rows = _load_row_changes(connection, change_id)
    if back:
        rows = [row.reversed() for row in rows]
    names = {row.row["id"]: row.row["name"] for row in rows if row.source == "contact"}

    def name(contact_id: int) -> str:
        if contact_id not in names:
            found = person_by_id(connection, contact_id)
            names[contact_id] = found[0].name if found else f"#{contact_id}"
        return str(names[contact_id])

    description = Describer(name, "back" if back else "new")
    if len(rows) <= MAX_ROWS:
        return description.describe(rows)
    return list(description.describe_counts(_count_rows(connection, change_id, back=back)))


def _load_row_changes(connection: Connection, change_id: int) -> list[RowChange]:
    """Return the rows of a change, at most one more than MAX_ROWS."""
    if connection is None:
        return []
    columns = {table.name: table.columns for table in tables(connection)}
    return select(
        connection,
        "SELECT source, before, after FROM changed_row WHERE change_id = ?"
        " ORDER BY source, row_key LIMIT ?",
        [change_id, MAX_ROWS + 1],
        lambda row: RowChange(
            row["source"],
            _by_column(columns[row["source"]], row["before"]),
            _by_column(columns[row["source"]], row["after"]),
        ),
    )


def _count_rows(
    connection: Connection, change_id: int, *, back: bool
) -> Mapping[tuple[str, str], int]:
    added, gone = ("gone", "added") if back else ("added", "gone")
    counts = select(
        connection,
        "SELECT source, CASE WHEN before IS NULL THEN ? WHEN after IS NULL THEN ?"
        " ELSE 'changed' END AS state, count(*) FROM changed_row WHERE change_id = ?"
        " GROUP BY source, state",
        [added, gone, change_id],
        tuple,
    )
    return {(source, state): count for source, state, count in counts}


def _by_column(columns: Sequence[str], row: str | None) -> Mapping[str, Any] | None:
    """Return the values of a row by column; columns added to the table since are None."""
    if row is None:
        return None
    values = json.loads(row)
    return dict(zip(columns, values + [None] * (len(columns) - len(values)), strict=True))
