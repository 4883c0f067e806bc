"""The transaction of a command that changes the file."""

import itertools
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Executable, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import configure_mappers
from sqlalchemy.pool import NullPool
from sqlmodel import Session, SQLModel, insert, update

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
    refuse_damaged,
    revision,
)
from netkeep.store.derived import update_derived
from netkeep.store.journal import journal
from netkeep.store.queries import damaged
from netkeep.store.schema import ContactRow

# SQLAlchemy logs a traceback when an interrupt comes just as it closes a connection.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())

R = TypeVar("R", bound=SQLModel)
BATCH = 10_000  # rows written at once: SQLAlchemy holds each several times
CHECKED_BYTES = 4_000_000  # up to this size, the file is checked before each write (50 ms at most)


class Transaction:
    """An open transaction: a session to write with, and a connection for queries.

    `now` is the time of the transaction, in ISO 8601, as audit columns hold it. UIDs are made of it
    and of an id, so it has microseconds: two computers often have the same next id.
    """

    def __init__(self, session: Session, connection: sqlite3.Connection, now: datetime) -> None:
        self.session = session
        self.now = now.isoformat()
        self._connection = connection
        self._touched: set[int] = set()

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection for queries, which see all changes made so far."""
        self.flush()
        return self._connection

    def flush(self) -> None:
        """Write pending changes and update derived values."""
        self.session.flush()
        touched, self._touched = self._touched, set()
        if touched:
            update_derived(self.session, self._connection, touched)

    def touch(self, *contact_ids: int) -> None:
        """Note contacts whose derived values have to be updated."""
        self._touched.update(contact_ids)

    def contact_row(self, contact_id: int) -> ContactRow:
        """Return the row of a contact that is about to change; raise NoSuchPersonError."""
        row = self.get(ContactRow, contact_id)
        if row is None:
            raise NoSuchPersonError(f"#{contact_id}")
        self._touched.add(contact_id)
        return row

    def get(self, table: type[R], row_id: int) -> R | None:
        """Return the row with this id; raise DamagedFileError if a day in it is not valid."""
        try:
            return self.session.get(table, row_id)
        except ValueError as error:
            raise damaged(error) from error

    def insert(self, table: type[SQLModel], rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert many rows with the same columns; the session does not track them."""
        self._execute(insert(table), rows)

    def update(self, table: type[SQLModel], rows: Iterable[Mapping[str, Any]]) -> None:
        """Update many rows by their id, in the same columns; the session does not track them."""
        self._execute(update(table), rows)

    def _execute(self, statement: Executable, rows: Iterable[Mapping[str, Any]]) -> None:
        remaining = iter(rows)
        self.session.flush()
        while values := list(itertools.islice(remaining, BATCH)):
            self.session.execute(statement, values)

    def last_id(self, table: str) -> int:
        """Return the highest id ever used in a table."""
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

    The schema is created or migrated in the same transaction, so that concurrent first commands
    create it once, and a failed command leaves none behind. The changes of a `command` are recorded
    as one change that can be undone.

    A migration makes a backup first, and so does a transaction with a `backup_reason`. The first
    transaction of a day copies the file too; that copy is checked after the commit, without the
    lock, and a large one in the background. Once it is checked, older backups that `retention` does
    not keep are pruned. `now` is an aware UTC time.

    Raise FileError if the file cannot be used; DamagedFileError, after the commit, if the copy
    shows that the file is damaged.
    """
    if not exists(path):
        backup.refuse_if_lost(path)
        create(path)
    if not has_contents(path):
        # Alembic takes as long to import as SQLModel: import it before the lock is taken.
        import_module("netkeep.store.migrations")
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: connect(path, *PRAGMAS_TO_WRITE, f"foreign_keys={foreign_keys:d}"),
        poolclass=NullPool,
    )
    event.listen(engine, "begin", _begin_immediate)
    configure_mappers()  # 8 ms, which the first query would take while the lock is held
    with file_errors(path):
        try:
            with engine.begin() as connection:
                copy = _prepare(connection, path, now, backup_reason)
                # No autoflush: a row may violate constraints until all its columns are set.
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
    """Back up the file if a backup is due, and migrate its schema.

    Return the copy of a daily backup, which has yet to be checked.
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
            refuse_damaged(driver, path)
        if backup.is_daily_due(path, now):
            copy = backup.copy_unchecked(path, now, "daily")
    if found != REVISION:
        from netkeep.store.migrations import upgrade

        upgrade(connection, driver)
    return copy


def driver_connection(connection: Connection) -> sqlite3.Connection:
    """Return the driver's connection, for queries."""
    return cast(sqlite3.Connection, connection.connection.dbapi_connection)


def _begin_immediate(connection: Connection) -> None:
    """Begin the transaction before anything is read; the driver itself begins at the first write.

    A hundred concurrent writers may wait long for each other. The file counts as busy only if none
    of them commits within SQLite's busy timeout.
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
