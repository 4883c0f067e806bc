"""Whether a file is whole: every page, every reference, every bit of every row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from netkeep.errors import DamagedError
from netkeep.store.file import revision
from netkeep.store.images import seals, true_seals

FIRST_SEALED = "0004"


def refuse_damaged(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DamagedError, or what SQLite raises, unless all of the file is as netkeep wrote it."""
    for fault in faults(connection, path):
        raise DamagedError(path, fault)


def faults(connection: sqlite3.Connection, path: Path) -> Iterator[str]:
    """What is wrong with the file; FileError if it is not for us."""
    found = revision(connection, path)
    for (said,) in connection.execute("PRAGMA integrity_check(10)"):
        if said != "ok":
            yield str(said)
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"a row of {table} belongs to none of {parent}"
    if found is not None and found >= FIRST_SEALED:
        there = seals(connection)
        for table, seal in true_seals(connection):
            if there.get(table) != seal:
                yield f"a row of {table} is not as it was written"
