"""Whether a file is whole: every page, every reference, every bit of every row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from netkeep.errors import DamagedFileError
from netkeep.store.file import REVISION, revision
from netkeep.store.images import seals, true_seals
from netkeep.store.journal import change_seals

SHOWN = 10  # of what SQLite finds wrong


def refuse_damaged(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DamagedFileError, or what SQLite raises, unless the file is as netkeep wrote it."""
    found = revision(connection, path)
    if found is None:
        raise DamagedFileError(path, "there is nothing in it")
    # What seals are made of may change with a revision: those of an older one cannot be checked.
    is_sealed = found == REVISION
    for wrong in chain(broken(connection), unsealed(connection) if is_sealed else ()):
        raise DamagedFileError(path, wrong)


def broken(connection: sqlite3.Connection) -> Iterator[str]:
    """What SQLite finds wrong with pages, indexes, constraints and references."""
    for (said,) in connection.execute(f"PRAGMA integrity_check({SHOWN})"):
        if said != "ok":
            yield str(said)
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"a row of {table} belongs to none of {parent}"


def unsealed(connection: sqlite3.Connection) -> Iterator[str]:
    """Which tables, and which changes, are not as they were written."""
    there = seals(connection)
    for table, seal in true_seals(connection):
        if there.get(table) != seal:
            yield f"something in {table} is not as it was written"
    for change_id, has, seal in change_seals(connection):
        if has != seal:
            yield f"what change {change_id} was is not as it was written"
