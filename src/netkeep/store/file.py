"""The database file: whose it is, how it is opened, and why it cannot be used."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from netkeep.errors import FileError

APPLICATION_ID = 0x6E6B6570  # "nkep", in the header of the file
FIRST_REVISION = "0001"
REVISION = "0003"  # the newest in store/migrations/versions
BUSY_SECONDS = 15

FOLDER_MODE, FILE_MODE = 0o700, 0o600
HEADER_BYTES = 100


def exists(path: Path) -> bool:
    """Whether there is a file; FileError if that cannot be told, or if it is something else."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if path.is_symlink():
            raise FileError(f"{path} is a link to nothing") from None
        return False
    except (OSError, ValueError) as error:
        raise FileError(f"{path} cannot be opened: {_reason(error)}") from None
    if stat.S_ISDIR(mode):
        raise FileError(f"{path} is a folder, not a netkeep file", "name a file in it")
    if not stat.S_ISREG(mode):
        raise FileError(f"{path} is not a file")
    return True


def create(path: Path) -> None:
    """Make an empty file that only its owner can read, and the folders it is in, if not there."""
    if exists(path):
        return
    try:
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE)
    except FileExistsError:
        return  # another first command was faster
    except OSError as error:
        raise FileError(f"{path} cannot be created: {_reason(error)}") from None
    try:
        os.fchmod(descriptor, FILE_MODE)  # whatever the umask
    finally:
        os.close(descriptor)


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open the file to look at it; read-write, so that a hot journal can be rolled back."""
    return _connect(path, "query_only=ON")


def connect_to_write(path: Path) -> sqlite3.Connection:
    """Open the file to change it, so that a commit is on the disk and nothing erased remains."""
    return _connect(
        path, "journal_mode=DELETE", "synchronous=EXTRA", "foreign_keys=ON", "secure_delete=ON"
    )


def revision(connection: sqlite3.Connection, path: Path) -> str | None:
    """The schema revision of the file, None if it is empty; FileError if it is not for us."""
    if connection.execute("PRAGMA application_id").fetchone() == (0,):
        return None  # empty: any other file without our mark was refused before it was opened
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    found = "none" if row is None else str(row[0])
    if not re.fullmatch("[0-9]{4}", found) or found < FIRST_REVISION:
        raise FileError(
            f"{path} is damaged: its schema revision is {found!a}",
            "copy it somewhere safe before trying to mend it",
        )
    if found > REVISION:
        raise FileError(
            f"{path} was written by a newer netkeep (schema {found}, this one knows {REVISION})",
            "install the newest netkeep",
        )
    return found


@contextmanager
def usable(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a file that cannot be used into a FileError."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # a constraint of the schema: a fault in netkeep, not in the file
    except sqlite3.Error as error:
        raise _file_error(path, error) from error


def _connect(path: Path, *pragmas: str) -> sqlite3.Connection:
    _refuse_foreign(path)
    # A URI, so that a missing file is an error and not a new empty database.
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
    )
    try:
        for pragma in ("trusted_schema=OFF", *pragmas):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _refuse_foreign(path: Path) -> None:
    """Look at the header before SQLite does, which would tidy up after another program.

    A database begins with a magic string and has its application id, four bytes, at byte 68
    (https://sqlite.org/fileformat2.html, 1.3). An empty file is nobody's yet.
    """
    try:
        with path.open("rb") as file:
            header = file.read(HEADER_BYTES)
    except OSError as error:
        raise FileError(
            f"{path} cannot be opened: {_reason(error)}", "look at its owner and its mode"
        ) from None
    ours = header.startswith(b"SQLite format 3\0") and (
        int.from_bytes(header[68:72], "big") == APPLICATION_ID
    )
    if header.strip(b"\0") and not ours:
        raise FileError(f"{path} is not a netkeep file", "name another one with --db")


def _file_error(path: Path, error: sqlite3.Error) -> FileError:
    """Word an error by its primary result code (https://sqlite.org/rescode.html)."""
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return FileError(
                f"{path} is busy: something else has been writing to it for {BUSY_SECONDS} s",
                "try again in a moment",
            )
        case sqlite3.SQLITE_READONLY:
            return FileError(f"{path} may not be written to", "look at its owner and its mode")
        case sqlite3.SQLITE_FULL:
            return FileError(f"{path} cannot grow: the disk is full", "make room, and try again")
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return FileError(f"{path} cannot be opened", "look at its owner and its mode")
        case sqlite3.SQLITE_IOERR:
            return FileError(f"{path} cannot be read or written: {error}")
        case sqlite3.SQLITE_NOTADB:
            return FileError(f"{path} is not a netkeep file", "name another one with --db")
        case _:
            return FileError(
                f"{path} is damaged: {error}", "copy it somewhere safe before trying to mend it"
            )


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
