"""Keys of letters such as ø, and of phone numbers that begin with 00.

Those of contacts are derived, and brought up to date after every migration. These are of rounds,
where tables hold them and where undo would put them back.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from netkeep.domain.contact import Detail, detail_key
from netkeep.domain.text import key

revision = "0010"
down_revision = "0009"

ROUND = ("id", "name", "key", "begins", "ends", "created_at", "updated_at")
ROUND_PART = ("round_id", "part", "key", "value")


def upgrade() -> None:
    """Let entries and rounds have the same key, as some have now; update the keys of rounds."""
    op.drop_index("detail_by_key", "detail")
    op.create_index("detail_by_key", "detail", ["detail", "key", "contact_id"])
    op.drop_index("round_by_key", "round")
    op.create_index("round_by_key", "round", ["key"])
    connection = op.get_bind()
    for table, columns, primary_key in (
        ("round", ROUND, ROUND[:1]),
        ("round_part", ROUND_PART, ROUND_PART[:3]),
    ):
        _update_rows(connection, table, columns, primary_key)
        _update_changes(connection, table, columns, primary_key)


def _current_key(row: dict[str, Any]) -> str:
    if "name" in row:
        return key(row["name"])
    return detail_key(Detail.tag, row["value"]) if row["part"] == "tag" else str(row["key"])


def _update_rows(
    connection: sa.Connection, table: str, columns: Sequence[str], primary_key: Sequence[str]
) -> None:
    """Update the keys of a table; of two tags of a round with the same key one keeps its own."""
    where = " AND ".join(f"{column} = ?" for column in primary_key)
    rows = connection.exec_driver_sql(f"SELECT {', '.join(columns)} FROM {table}").all()
    for row in (dict(zip(columns, values, strict=True)) for values in rows):
        connection.exec_driver_sql(
            f"UPDATE OR IGNORE {table} SET key = ? WHERE {where}",
            (_current_key(row), *(row[column] for column in primary_key)),
        )


def _update_changes(
    connection: sa.Connection, table: str, columns: Sequence[str], primary_key: Sequence[str]
) -> None:
    """Update the keys in the rows before and after each change, which undo compares and writes."""
    sql = "SELECT change_id, row_key, before, after FROM changed_row WHERE source = ?"
    for change_id, row_key, *sides in connection.exec_driver_sql(sql, (table,)).all():
        updated: list[str | None] = []
        new_key = row_key
        for side in sides:
            row = dict(zip(columns, json.loads(side or "null") or (), strict=False))
            if row:
                row["key"] = _current_key(row)
                new_key = _json(row[column] for column in primary_key)
            updated.append(_json(row.values()) if row else None)
        connection.exec_driver_sql(
            "UPDATE OR IGNORE changed_row SET row_key = ?, before = ?, after = ?"
            " WHERE change_id = ? AND source = ? AND row_key = ?",
            (new_key, *updated, change_id, table, row_key),
        )


def _json(values: Iterable[Any]) -> str:
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))
