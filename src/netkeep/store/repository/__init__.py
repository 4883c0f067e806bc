"""The repository: everything that can be changed in the file, by subject, on one session."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from netkeep.domain.contact import Contact, ContactFields, Detail, ListChange
from netkeep.domain.maintenance import Retention
from netkeep.store.queries.contacts import load_contact
from netkeep.store.repository.contacts import Contacts
from netkeep.store.repository.history import History
from netkeep.store.repository.imports import Imports
from netkeep.store.repository.occasions import Occasions
from netkeep.store.repository.sync import Sync
from netkeep.store.repository.touchpoints import Touchpoints
from netkeep.store.transaction import Transaction, transaction


class Repository:
    """Changes the file; all subjects share one transaction."""

    def __init__(self, transaction: Transaction, today: date, thank_you_days: int) -> None:
        self._transaction = transaction
        self._today = today
        self._thank_you_days = thank_you_days

    def merge(
        self,
        first: Contact,
        second: Contact,
        fields: ContactFields,
        lists: Mapping[Detail, ListChange],
    ) -> Contact:
        """Move everything of the second contact to the first, which gains these, and delete it."""
        self.contacts.merge(first, second, fields, lists)
        self.touchpoints.update_thank_yous(first.id)
        return load_contact(self.connection, first.id)

    @cached_property
    def contacts(self) -> Contacts:
        """Contacts and their lists."""
        return Contacts(self._transaction, self._today)

    @cached_property
    def touchpoints(self) -> Touchpoints:
        """Touchpoints, and the promises to say thanks that follow from them."""
        return Touchpoints(self._transaction, self.occasions, self._thank_you_days)

    @cached_property
    def occasions(self) -> Occasions:
        """News, visits, promises, rounds and your own news."""
        return Occasions(self._transaction, self._today)

    @cached_property
    def history(self) -> History:
        """What an export of another file holds besides contacts."""
        return History(self._transaction, self.occasions)

    @cached_property
    def imports(self) -> Imports:
        """Touchpoints that an import finds, and what each source said of positions."""
        return Imports(self._transaction, self.occasions)

    @cached_property
    def sync(self) -> Sync:
        """The state of synchronisation, and what only another computer can bring."""
        return Sync(self._transaction, self.touchpoints)

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection for queries, which see everything that was written before."""
        return self._transaction.connection


@contextmanager
def open_repository(
    path: Path,
    now: datetime,
    today: date,
    command: str | None,
    *,
    thank_you_days: int,
    retention: Retention,
    backup_first: bool = False,
) -> Iterator[Repository]:
    """Open the repository; everything that is changed is committed at the end, or nothing is.

    `now` is an aware UTC time for the audit columns, `today` the local day. What `command` changes
    is one change to undo; without a command there is nothing to undo. A promise to say thanks is
    for `thank_you_days` after the ask; none is made for 0. Raise FileError if the file cannot
    be used.
    """
    backup_reason = command if backup_first else None
    with transaction(
        path, now, command=command, backup_reason=backup_reason, retention=retention
    ) as opened:
        yield Repository(opened, today, thank_you_days)
