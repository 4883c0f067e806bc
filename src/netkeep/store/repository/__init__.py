"""The repository: everything that can be changed in the file, by subject, on one session."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from netkeep.domain.maintenance import Retention
from netkeep.store.repository.contacts import Contacts
from netkeep.store.repository.history import History
from netkeep.store.repository.occasions import Occasions
from netkeep.store.repository.touchpoints import Touchpoints
from netkeep.store.transaction import Transaction, transaction


class Repository:
    """Changes the file; all subjects share one transaction."""

    def __init__(self, transaction: Transaction, today: date, thank_you_days: int) -> None:
        self._transaction = transaction
        self.occasions = Occasions(transaction, today)
        self.touchpoints = Touchpoints(transaction, self.occasions, thank_you_days)
        self.contacts = Contacts(transaction, today, self.touchpoints)
        self.history = History(transaction, self.occasions)

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection for queries, which see everything that was written before."""
        return self._transaction.connection


@contextmanager
def open_repository(
    path: Path,
    now: datetime,
    today: date,
    command: str,
    *,
    thank_you_days: int,
    retention: Retention,
    backup_first: bool = False,
) -> Iterator[Repository]:
    """Open the repository; everything that is changed is committed at the end, or nothing is.

    `now` is an aware UTC time for the audit columns, `today` the local day. What `command` changes
    is one change to undo. A promise to say thanks is for `thank_you_days` after the ask; none is
    made for 0. Raise FileError if the file cannot be used.
    """
    backup_reason = command if backup_first else None
    with transaction(
        path, now, command=command, backup_reason=backup_reason, retention=retention
    ) as opened:
        yield Repository(opened, today, thank_you_days)
