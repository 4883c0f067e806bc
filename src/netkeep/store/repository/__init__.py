"""The repository: all changes to the file, by subject, on one session."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass
class Repository:
    """Changes the file; all subjects share one transaction."""

    _transaction: Transaction
    _today: date
    _thank_you_days: int

    def merge(
        self,
        first: Contact,
        second: Contact,
        fields: ContactFields,
        lists: Mapping[Detail, ListChange],
    ) -> Contact:
        """Merge the second contact into the first, which gets these fields and list changes."""
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
        """Everything but contacts in an export of another file."""
        return History(self._transaction, self.occasions)

    @cached_property
    def imports(self) -> Imports:
        """Touchpoints and positions that imports find."""
        return Imports(self._transaction, self.occasions)

    @cached_property
    def sync(self) -> Sync:
        """The state of synchronisation, and changes from other computers."""
        return Sync(self._transaction, self.occasions, self.touchpoints)

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
    """Open the repository; at the end all changes are committed, or after an error none.

    `now` is an aware UTC time for the audit columns, `today` the local day. The changes of
    `command` can be undone as one; without a command they cannot be undone. A promise to say thanks
    is due `thank_you_days` after the ask; with 0 none is made. Raise FileError if the file cannot
    be used.
    """
    backup_reason = command if backup_first else None
    with transaction(
        path, now, command=command, backup_reason=backup_reason, retention=retention
    ) as opened:
        yield Repository(opened, today, thank_you_days)
