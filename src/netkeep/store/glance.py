"""A glance at the file, for who cannot wait: the completion of names, and the prompt of a shell."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from netkeep.errors import FileError
from netkeep.store.file import REVISION, connect_again, exists, refuse_foreign, revision, worded

PATIENCE_SECONDS = 0.2  # for a lock: a commit takes a few hundredths


@contextmanager
def glance(path: Path) -> Iterator[sqlite3.Connection | None]:
    """The file as it is at this moment; None if nobody is in it, since it is not there or empty.

    FileError if it cannot be used at once: an older schema is left to a command that may change it.
    """
    if not exists(path):
        yield None
        return
    with worded(path):
        refuse_foreign(path)
        with closing(connect_again(path, "query_only=ON", seconds=PATIENCE_SECONDS)) as connection:
            found = revision(connection, path)
            if found is not None and found < REVISION:
                raise FileError(
                    f"{path} is of an older netkeep", "bring it up to date: netkeep due"
                )
            connection.execute("BEGIN")
            yield None if found is None else connection
