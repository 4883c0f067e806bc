"""Queries for synchronisation: the state after the last one, and the UIDs of rows."""

import hashlib
import uuid
from collections.abc import Sequence
from typing import NamedTuple

from netkeep.store.queries import ID_LIST, Connection, select

DIGEST = "sha256:"  # begins what is left of the UID of an erased item
# The table of the rows of each type of item.
TABLES = {
    "touchpoint": "touchpoint",
    "visit": "occasion",
    "news": "occasion",
    "own-news": "own_news",
    "round": "round",
}


class SyncItem(NamedTuple):
    """One row of sync_item (store/schema.py)."""

    part: str
    uid: str
    type: str
    row_id: int | None = None
    ours: str | None = None
    theirs: str | None = None
    writing: str | None = None
    carried: str | None = None
    file: str | None = None
    stamp: str | None = None


def load_sync_items(connection: Connection, part: str) -> dict[str, SyncItem]:
    """Return the items of a part as they were after the last synchronisation, by UID."""
    columns = ", ".join(SyncItem._fields)
    sql = f"SELECT {columns} FROM sync_item WHERE part = ? AND uid NOT LIKE ?"
    values = [part, f"{DIGEST}%"]
    items = select(connection, sql, values, lambda row: SyncItem(*row))
    return {item.uid: item for item in items}


def load_digests(connection: Connection) -> set[str]:
    """Return the digests of the UIDs of forgotten contacts, their history and their tasks."""
    sql = "SELECT uid FROM sync_item WHERE uid LIKE ?"
    return set(select(connection, sql, [f"{DIGEST}%"], lambda row: row[0]))


def load_created_at(connection: Connection, table: str) -> dict[int, str]:
    """Return the time when each row of a table was made, in ISO 8601, by id."""
    return dict(select(connection, f'SELECT id, created_at FROM "{table}"', (), tuple))


def names_by_id(connection: Connection, contact_ids: Sequence[int]) -> dict[int, str]:
    """Return the names of contacts by id."""
    sql = f"SELECT id, name FROM contact WHERE id IN {ID_LIST}"
    return dict(select(connection, sql, [[*contact_ids]], tuple))


def row_uid(table: str, row_id: int, created_at: str) -> str:
    """Return the UID of a row that was made here, the same in every copy of the file."""
    return name_uid(table, f"{created_at}#{row_id}")


def name_uid(type_: str, name: str) -> str:
    """Return a UID that every computer gives what has this name (RFC 9562, 5.5)."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"netkeep:{type_}:{name}"))


def uid_digest(uid: str) -> str:
    """Return the digest that replaces the UIDs of a forgotten contact and its touchpoints."""
    return f"{DIGEST}{hashlib.sha256(uid.encode()).hexdigest()}"
