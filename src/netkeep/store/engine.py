"""The one transaction of a command that changes something."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import configure_mappers
from sqlalchemy.pool import NullPool

from netkeep.store.backups import back_up, is_daily_due, refuse_if_lost
from netkeep.store.file import (
    REVISION,
    connect_to_write,
    create,
    exists,
    has_contents,
    primary_code,
    revision,
    usable,
)

# It has a traceback of its own for an interrupt that comes just when it closes a connection.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())


@contextmanager
def transaction(
    path: Path, now: datetime, *, backup: str | None = None, foreign_keys: bool = True
) -> Iterator[Connection]:
    """A BEGIN IMMEDIATE transaction on the file, committed if all goes well.

    The file and its schema are made, or brought up to date, in the same transaction, so that
    many first commands at once make one schema, and one that fails leaves none behind. The first
    one of a day makes a backup before it changes anything, and so does any that has a reason of
    its own for one. `now` is an aware UTC time.
    """
    if not exists(path):
        refuse_if_lost(path)
        create(path)
    if not has_contents(path):
        # Alembic takes as long to import as SQLModel: not while others wait for the file.
        import_module("netkeep.store.migrations")
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: connect_to_write(path, foreign_keys=foreign_keys),
        poolclass=NullPool,
    )
    event.listen(engine, "begin", _begin_immediate)
    configure_mappers()  # which takes 8 ms, and is left to the first query: not with the lock held
    with usable(path):
        try:
            with engine.begin() as connection:
                _prepare(connection, path, now, backup)
                yield connection
        except DBAPIError as error:
            if isinstance(error.orig, sqlite3.Error):
                raise error.orig from error
            raise


def _prepare(connection: Connection, path: Path, now: datetime, backup: str | None) -> None:
    """Back up what is there, if it is time to, and bring its schema up to date."""
    found = revision(driver_connection(connection), path)
    if found is None:
        refuse_if_lost(path)
    elif found != REVISION:
        back_up(path, now, "migration")
    elif backup or is_daily_due(path, now):
        back_up(path, now, backup or "daily")
    if found != REVISION:
        from netkeep.store.migrations import upgrade

        upgrade(connection, driver_connection(connection))


def driver_connection(connection: Connection) -> sqlite3.Connection:
    """The plain connection underneath, for the questions of the reader."""
    plain = connection.connection.dbapi_connection
    assert isinstance(plain, sqlite3.Connection)
    return plain


def _begin_immediate(connection: Connection) -> None:
    """Begin before anything is read; left to itself the driver does so at the first write.

    A hundred writers at once may have to wait long for each other: only where none of them gets on
    with it in the time SQLite waits is the file busy.
    """
    plain = driver_connection(connection)
    while True:
        before = _version(plain)
        try:
            plain.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if primary_code(error) != sqlite3.SQLITE_BUSY or _version(plain) == before:
                raise
        else:
            return


def _version(connection: sqlite3.Connection) -> int:
    """What changes whenever somebody else has changed the file."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
