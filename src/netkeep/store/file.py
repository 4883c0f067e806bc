"""The database file: whose it is, how it is opened, and why it cannot be used."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from netkeep import atomic
from netkeep.errors import DamagedFileError, FileError, ForeignFileError, reason

if TYPE_CHECKING:
    from pathlib import Path  # 3 ms, which a glance has not

APPLICATION_ID = 0x6E6B6570  # "nkep", in the header of the file
FIRST_REVISION = "0001"
REVISION = "0005"  # the newest in store/migrations/versions
BUSY_SECONDS = 15

HEADER_BYTES = 100
FOR_WRITING = ("journal_mode=DELETE", "synchronous=EXTRA", "secure_delete=ON")
DAMAGE_BYTES = 1000  # at most, of what was seen


class _Connection(sqlite3.Connection):
    """A connection that is never closed over half a change, which others would have to clear up.

    SQLAlchemy does so when it is interrupted, and a statement that is still open keeps SQLite from
    rolling back by itself.
    """

    def close(self) -> None:
        """Take back what is not committed, and close."""
        with suppress(sqlite3.Error):
            self.rollback()
        super().close()


def exists(path: Path | str) -> bool:
    """Whether there is a file; FileError if that cannot be told, or if it is something else."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        if os.path.islink(path):
            raise FileError(f"{path} is a link to nothing") from None
        return False
    except (OSError, ValueError) as error:
        raise FileError(f"{path} cannot be opened: {reason(error)}") from None
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
        atomic.make_folder(path.parent)
        atomic.make_file(path)
    except FileExistsError:
        return  # another first command was faster
    except OSError as error:
        raise FileError(f"{path} cannot be created: {reason(error)}") from None


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open the file to look at it; read-write, so that a hot journal can be rolled back."""
    return connect(path, "query_only=ON")


def connect_to_write(path: Path, *, foreign_keys: bool = True) -> sqlite3.Connection:
    """Open the file to change it, so that a commit is on the disk and nothing erased remains.

    DamagedFileError if it was ever seen to be.
    """
    seen = seen_damage(path)
    if seen:
        raise DamagedFileError(path, seen)
    return connect(path, *FOR_WRITING, f"foreign_keys={foreign_keys:d}")


def revision(connection: sqlite3.Connection, path: Path | str) -> str | None:
    """The schema revision of the file, None if it is empty; FileError if it is not for us."""
    if connection.execute("PRAGMA application_id").fetchone() == (0,):
        return None  # empty: any other file without our mark was refused before it was opened
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    found = "none" if row is None else str(row[0])
    if not re.fullmatch("[0-9]{4}", found) or found < FIRST_REVISION:
        raise DamagedFileError(path, f"its schema revision is {found!a}")
    if found > REVISION:
        raise FileError(
            f"{path} was written by a newer netkeep (schema {found}, this one knows {REVISION})",
            "install the newest netkeep",
        )
    return found


@contextmanager
def worded(path: Path | str) -> Iterator[None]:
    """Turn what SQLite says of a file that cannot be used into a FileError."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # a constraint of the schema: a fault in netkeep, not in the file
    except (sqlite3.Error, UnicodeDecodeError) as error:  # of text, or of names in the schema
        raise _file_error(path, error) from error


@contextmanager
def usable(path: Path) -> Iterator[None]:
    """As `worded`; once damage has been seen it is noted, and nothing more is written."""
    try:
        with worded(path):
            yield
    except DamagedFileError as error:
        note_damage(path, error)
        raise


def damage_note(path: Path) -> Path:
    """Where it is noted what damage was seen."""
    return path.with_name(f"{path.name}-damaged")


def note_damage(path: Path, error: DamagedFileError) -> None:
    """Note beside the file what damage was seen, if nothing is noted yet."""
    note = damage_note(path)
    with suppress(OSError):  # where nothing can be written, nothing can be lost
        atomic.make_file(note)
        note.write_text(error.what, "utf-8", "backslashreplace")


def forget_damage(path: Path) -> None:
    """Take the note away, once the file is known to be whole; FileError if it stays."""
    atomic.remove(damage_note(path))
    if os.path.lexists(damage_note(path)):
        raise FileError(f"{damage_note(path)} cannot be removed", "remove it yourself")


def seen_damage(path: Path) -> str | None:
    """What damage is noted, None for none; whatever stands in the place of the note is one."""
    note = damage_note(path)
    if not os.path.lexists(note):
        return None
    try:
        descriptor = os.open(note, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(DAMAGE_BYTES).decode(errors="replace") or "it was seen before"
    except OSError as error:
        return f"what was seen cannot be read: {reason(error)}"


def connect(path: Path, *pragmas: str) -> sqlite3.Connection:
    """Open the file; FileError if it is not ours, or cannot be looked at."""
    refuse_foreign(path)
    return connect_again(path, *pragmas)


def connect_again(
    path: Path | str, *pragmas: str, seconds: float = BUSY_SECONDS
) -> sqlite3.Connection:
    """Open a file that is known to be ours, perhaps within a transaction on it.

    To look at it in any other way would then give up all locks that this process has on it
    (https://sqlite.org/howtocorrupt.html, 2.2). `seconds` is how long to wait for theirs.
    """
    connection = sqlite3.connect(
        _uri(path),
        uri=True,
        timeout=seconds,
        isolation_level=None,
        factory=_Connection,
    )
    try:
        for pragma in ("trusted_schema=OFF", *pragmas):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _uri(path: Path | str) -> str:
    """A URI (https://sqlite.org/uri.html), so that a missing file is an error and not a new one."""
    name = os.path.abspath(path)
    for character in "%?#":
        name = name.replace(character, f"%{ord(character):x}")
    return f"file://{name}?mode=rw"


def refuse_foreign(path: Path | str) -> None:
    """Look at the header before SQLite does, which would tidy up after another program.

    A database begins with a magic string and has its application id, four bytes, at byte 68
    (https://sqlite.org/fileformat2.html, 1.3). An empty file is nobody's yet.
    """
    try:
        with open(path, "rb") as file:
            header = file.read(HEADER_BYTES)
    except OSError as error:
        raise FileError(
            f"{path} cannot be opened: {reason(error)}", "look at its owner and its mode"
        ) from None
    ours = header.startswith(b"SQLite format 3\0") and (
        int.from_bytes(header[68:72], "big") == APPLICATION_ID
    )
    if header.strip(b"\0") and not ours:
        raise ForeignFileError(path)


def _file_error(path: Path | str, error: Exception) -> FileError:
    """Word an error by its primary result code (https://sqlite.org/rescode.html)."""
    match primary_code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return busy(path)
        case sqlite3.SQLITE_READONLY:
            return FileError(f"{path} may not be written to", "look at its owner and its mode")
        case sqlite3.SQLITE_FULL:
            return FileError(f"{path} cannot grow: the disk is full", "make room, and try again")
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return FileError(f"{path} cannot be opened", "look at its owner and its mode")
        case sqlite3.SQLITE_IOERR:
            return FileError(f"{path} cannot be read or written: {error}")
        case sqlite3.SQLITE_NOTADB:
            return ForeignFileError(path)
        case _:
            return DamagedFileError(path, error)


def busy(path: Path | str) -> FileError:
    """What to raise when a lock was waited for in vain."""
    return FileError(
        f"{path} is busy: something else has been writing to it for {BUSY_SECONDS} s",
        "try again in a moment",
    )


def primary_code(error: Exception) -> int:
    """The primary result code of an error; of one without any, that of damage."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)) & 0xFF


def has_contents(path: Path) -> bool:
    """Whether there is a file with anything in it; FileError as of `exists`."""
    return exists(path) and path.stat().st_size > 0
