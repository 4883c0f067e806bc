"""The one transaction of a command that changes something."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from netkeep.store.file import REVISION, connect_to_write, create, revision, usable


@contextmanager
def transaction(path: Path) -> Iterator[Connection]:
    """A BEGIN IMMEDIATE transaction on the file, committed if all goes well.

    The file and its schema are made, or brought up to date, in the same transaction, so that
    many first commands at once make one schema, and one that fails leaves none behind.
    """
    create(path)
    engine = create_engine(
        "sqlite+pysqlite://", creator=lambda: connect_to_write(path), poolclass=NullPool
    )
    event.listen(engine, "begin", _begin_immediate)
    with usable(path):
        try:
            with engine.begin() as connection:
                if revision(driver_connection(connection), path) != REVISION:
                    # Alembic takes as long to import as SQLModel; only a new schema needs it.
                    from netkeep.store.migrations import upgrade  # noqa: PLC0415

                    upgrade(connection)
                yield connection
        except DBAPIError as error:
            if isinstance(error.orig, sqlite3.Error):
                raise error.orig from error
            raise


def driver_connection(connection: Connection) -> sqlite3.Connection:
    """The plain connection underneath, for the questions of the reader."""
    plain = connection.connection.dbapi_connection
    assert isinstance(plain, sqlite3.Connection)  # noqa: S101 - narrows the type for mypy
    return plain


def _begin_immediate(connection: Connection) -> None:
    # Left to itself the driver begins at the first write, after the reads it depends on.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
