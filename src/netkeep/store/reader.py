"""The reader: every question netkeep asks of its file, over one connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from netkeep.store.file import REVISION, connect_to_read, exists, revision, usable
from netkeep.store.search_questions import SearchQuestions


class Reader(SearchQuestions):
    """Answers questions about people, about reasons, and about what was written."""


@contextmanager
def open_reader(path: Path) -> Iterator[Reader]:
    """Everything asked of this reader is answered from one moment's contents of the file."""
    if not exists(path):
        yield Reader(None)
        return
    with usable(path), closing(connect_to_read(path)) as connection:
        found = revision(connection, path)
        if found is None:
            yield Reader(None)
            return
        if found < REVISION:
            # Only an old file pays for what changes its schema.
            from netkeep.store.engine import transaction  # noqa: PLC0415

            with transaction(path):
                pass
        connection.execute("BEGIN")
        yield Reader(connection)
