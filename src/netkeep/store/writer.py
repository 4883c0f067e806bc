"""The writer: the only thing that changes the file, in one transaction a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session

from netkeep.domain.maintenance import Retention
from netkeep.store.backups import let_go
from netkeep.store.engine import driver_connection, transaction
from netkeep.store.history_verbs import HistoryVerbs
from netkeep.store.journal import journal
from netkeep.store.reader import Reader


class Writer(HistoryVerbs):
    """Every verb, on one session."""


@contextmanager
def open_writer(
    path: Path,
    now: datetime,
    today: date,
    command: str,
    keeping: Retention,
    *,
    backup_first: bool = False,
) -> Iterator[Writer]:
    """A writer whose every change is committed together at the end, or none of them.

    `now` is an aware UTC time for the audit columns, `today` the local day. What `command` changes
    is one change in the journal. `keeping` says which backups are let go of before it.
    """
    backup = command if backup_first else None
    # Flushed only when a verb has set everything that belongs together.
    with (
        transaction(path, now, backup=backup) as connection,
        Session(connection, autoflush=False) as session,
    ):
        let_go(path, now, keeping)
        plain = driver_connection(connection)
        with journal(plain, now, command):
            yield Writer(session, Reader(plain), now, today)
            session.flush()
