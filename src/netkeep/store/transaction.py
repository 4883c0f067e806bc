"""The one transaction of a command that changes something."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import configure_mappers
from sqlalchemy.pool import NullPool
from sqlmodel import Session, SQLModel, insert

from netkeep.domain.maintenance import Retention
from netkeep.errors import DamagedFileError, NoSuchPersonError
from netkeep.store import backup
from netkeep.store.connection import (
    PRAGMAS_TO_WRITE,
    REVISION,
    connect,
    create,
    exists,
    file_errors,
    has_contents,
    primary_code,
    revision,
)
from netkeep.store.derived import update_derived
from netkeep.store.journal import journal
from netkeep.store.queries import damaged
from netkeep.store.schema import ContactRow

# SQLAlchemy logs a traceback when an interrupt comes just as it closes a connection.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())

R = TypeVar("R", bound=SQLModel)
CHECKED_BYTES = 4_000_000  # a file up to this size is checked before each write, in 50 ms at most


class Transaction:
    """An open transaction: a session to write with, and a connection for queries.

    `now` is the time of the transaction, in ISO 8601, as audit columns hold it.
    """

    def __init__(self, session: Session, connection: sqlite3.Connection, now: datetime) -> None:
        self.session = session
        self.now = now.isoformat(timespec="seconds")
        self._connection = connection
        self._touched: set[int] = set()

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection for queries, which see everything that was written before."""
        self.flush()
        return self._connection

    def flush(self) -> None:
        """Write what is pending, and the values that follow from it."""
        self.session.flush()
        touched, self._touched = self._touched, set()
        if touched:
            update_derived(self.session, self._connection, touched)

    def touch(self, *contact_ids: int) -> None:
        """Note contacts whose derived values have to be brought up to date."""
        self._touched.update(contact_ids)

    def contact_row(self, contact_id: int) -> ContactRow:
        """Return the row of a contact that is about to change; raise NoSuchPersonError."""
        row = self.get(ContactRow, contact_id)
        if row is None:
            raise NoSuchPersonError(f"#{contact_id}")
        self._touched.add(contact_id)
        return row

    def get(self, table: type[R], row_id: int) -> R | None:
        """Return the row of this id; raise DamagedFileError if a day in it is none."""
        try:
            return self.session.get(table, row_id)
        except ValueError as error:
            raise damaged(error) from error

    def insert(self, table: type[SQLModel], rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert many rows, all with the same columns, without the session keeping track."""
        if values := list(rows):
            self.session.flush()
            self.session.execute(insert(table), values)

    def last_id(self, table: str) -> int:
        """Return the highest id ever given in a table."""
        sql = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        row = self._connection.execute(sql, [table]).fetchone()
        return int(row[0]) if row else 0


@contextmanager
def transaction(
    path: Path,
    now: datetime,
    *,
    command: str | None = None,
    backup_reason: str | None = None,
    retention: Retention | None = None,
    foreign_keys: bool = True,
) -> Iterator[Transaction]:
    """Open a BEGIN IMMEDIATE transaction on the file, committed if the block succeeds.

    The file and its schema are made, or migrated, in the same transaction, so that many first
    commands at once make one schema, and one that fails leaves none behind. What a `command`
    changes is kept as one change that can be undone.

    A migration makes a backup first, and so does a transaction with a reason for one. The first
    one of a day copies the file too; that copy is checked only after the commit, a large one in the
    background, so that nobody waits for it with the lock held. Older backups that `retention` does
    not keep are pruned once it is found good. `now` is an aware UTC time.

    Raise FileError if the file cannot be used; DamagedFileError, after the commit, if the copy
    shows that the file is damaged.
    """
    if not exists(path):
        backup.refuse_if_lost(path)
        create(path)
    if not has_contents(path):
        # Alembic takes as long to import as SQLModel: not while others wait for the file.
        import_module("netkeep.store.migrations")
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: connect(path, *PRAGMAS_TO_WRITE, f"foreign_keys={foreign_keys:d}"),
        poolclass=NullPool,
    )
    event.listen(engine, "begin", _begin_immediate)
    configure_mappers()  # 8 ms that the first query would take with the lock held
    with file_errors(path):
        try:
            with engine.begin() as connection:
                copy = _prepare(connection, path, now, backup_reason)
                # Flushed only when everything that belongs together has been set.
                with Session(connection, autoflush=False) as session:
                    driver = driver_connection(connection)
                    opened = Transaction(session, driver, now)
                    journaled = journal(session, driver, now, command) if command else nullcontext()
                    with journaled:
                        yield opened
                        opened.flush()
        except DBAPIError as error:
            if isinstance(error.orig, sqlite3.Error):
                raise error.orig from error
            raise
    if copy:
        try:
            backup.confirm_daily(path, copy)
        except DamagedFileError as error:
            error.sentence = f"the change is saved, but {error.sentence}"
            raise
    if retention:
        backup.prune(path, now, retention)


def _prepare(connection: Connection, path: Path, now: datetime, reason: str | None) -> Path | None:
    """Back up the file if it is time to, and migrate its schema.

    Return the copy of a daily backup, which is still to be checked.
    """
    driver = driver_connection(connection)
    found = revision(driver, path)
    copy = None
    if found is None:
        backup.refuse_if_lost(path)
    elif found != REVISION or reason:
        copied = backup.copy_unchecked(path, now, reason or "migration")
        backup.confirm(path, copied)
    else:
        if path.stat().st_size <= CHECKED_BYTES or backup.is_suspect(path):
            backup.refuse_damaged(driver, path)
        if backup.is_daily_due(path, now):
            copy = backup.copy_unchecked(path, now, "daily")
    if found != REVISION:
        from netkeep.store.migrations import upgrade

        upgrade(connection)
    return copy


def driver_connection(connection: Connection) -> sqlite3.Connection:
    """Return the driver's connection underneath, for queries."""
    return cast(sqlite3.Connection, connection.connection.dbapi_connection)


def _begin_immediate(connection: Connection) -> None:
    """Begin before anything is read; left to itself the driver does so at the first write.

    A hundred writers at once may have to wait long for each other. The file is busy only if none
    of them commits in the time SQLite waits.
    """
    driver = driver_connection(connection)
    while True:
        before = _data_version(driver)
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if primary_code(error) != sqlite3.SQLITE_BUSY or _data_version(driver) == before:
                raise
        else:
            return


def _data_version(connection: sqlite3.Connection) -> int:
    """Return a number that changes when another process has changed the file."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
