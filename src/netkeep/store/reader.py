"""The reader: every question netkeep asks of its file, over one connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from netkeep.store.file import REVISION, connect_to_read, exists, revision, usable
from netkeep.store.questions import Questions
from netkeep.store.search_questions import SearchQuestions

Q = TypeVar("Q", bound=Questions)


class Reader(SearchQuestions):
    """Answers questions about people, about reasons, and about what was written."""


@contextmanager
def open_reader(path: Path, now: datetime, questions: type[Q]) -> Iterator[Q]:
    """Everything asked of this reader is answered from one moment's contents of the file.

    `now` is an aware UTC time, of the backup that is made before an old schema is changed.
    """
    if not exists(path):
        _refuse_if_lost(path)
        yield questions(None)
        return
    with usable(path), closing(connect_to_read(path)) as connection:
        found = revision(connection, path)
        if found is None:
            _refuse_if_lost(path)
            yield questions(None)
            return
        if found < REVISION:
            # Only an old file pays for what changes its schema.
            from netkeep.store.engine import transaction

            with transaction(path, now):
                pass
        connection.execute("BEGIN")
        yield questions(connection)


def _refuse_if_lost(path: Path) -> None:
    from netkeep.store.backups import refuse_if_lost

    refuse_if_lost(path)
