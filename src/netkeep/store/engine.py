"""The one transaction of a command that changes something."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from netkeep.store.file import (
    REVISION,
    connect_to_write,
    create,
    exists,
    revision,
    usable,
)


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
        _refuse_if_lost(path)
        create(path)
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: connect_to_write(path, foreign_keys=foreign_keys),
        poolclass=NullPool,
    )
    event.listen(engine, "begin", _begin_immediate)
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
    from netkeep.store.backups import back_up, is_daily_due  # noqa: PLC0415 - only writing does

    found = revision(driver_connection(connection), path)
    if found is None:
        _refuse_if_lost(path)
    elif found != REVISION:
        back_up(path, now, "migration")
    elif backup or is_daily_due(path, now):
        back_up(path, now, backup or "daily")
    if found != REVISION:
        # Alembic takes as long to import as SQLModel; only a new schema needs it.
        from netkeep.store.migrations import upgrade  # noqa: PLC0415

        upgrade(connection, driver_connection(connection))


def _refuse_if_lost(path: Path) -> None:
    from netkeep.store.backups import refuse_if_lost  # noqa: PLC0415 - seldom of use

    refuse_if_lost(path)


def driver_connection(connection: Connection) -> sqlite3.Connection:
    """The plain connection underneath, for the questions of the reader."""
    plain = connection.connection.dbapi_connection
    assert isinstance(plain, sqlite3.Connection)  # noqa: S101 - narrows the type for mypy
    return plain


def _begin_immediate(connection: Connection) -> None:
    # Left to itself the driver begins at the first write, after the reads it depends on.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
