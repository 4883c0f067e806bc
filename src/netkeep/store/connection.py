"""Open the database file, check it, and explain why it cannot be used."""

import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from netkeep import atomic
from netkeep.errors import DamagedFileError, FileError, ForeignFileError, reason

APPLICATION_ID = 0x6E6B6570  # "nkep", in the header of the file
FIRST_REVISION = "0001"
REVISION = "0010"  # the newest in store/migrations/versions
BUSY_SECONDS = 15
MAX_MESSAGES = 10  # of SQLite's integrity check
PROMPT_SECONDS = 0.2  # how long a shell prompt waits for a lock; a commit takes about 0.03 s

HEADER_BYTES = 100
MAGIC = b"SQLite format 3\0"
# Commits survive a power failure, and erased data does not remain in the file.
PRAGMAS_TO_WRITE = ("journal_mode=DELETE", "synchronous=EXTRA", "fullfsync=ON", "secure_delete=ON")


@contextmanager
def open_snapshot(path: Path, now: datetime | None) -> Iterator[sqlite3.Connection | None]:
    """Open a snapshot of the file for queries; yield None if the file is missing or empty.

    An older schema is migrated first; `now`, an aware UTC time, is the time of the backup that is
    made before. Without it, for shell prompts and completions, wait for a lock only PROMPT_SECONDS
    and do not migrate. Raise FileError if the file cannot be used.
    """
    if not has_contents(path):
        if now:
            _refuse_if_lost(path)
        yield None
        return
    seconds = BUSY_SECONDS if now else PROMPT_SECONDS
    with file_errors(path), closing(connect(path, "query_only=ON", seconds=seconds)) as connection:
        found = revision(connection, path)
        if found is not None and found < REVISION:
            if now is None:
                hint = "to update the file, run another command, such as: netkeep due"
                raise FileError(f"{path} was written by an older netkeep", hint)
            _migrate(path, now)
        connection.execute("BEGIN")
        if found is None and now:
            _refuse_if_lost(path)
        yield None if found is None else connection


def _refuse_if_lost(path: Path) -> None:
    from netkeep.store.backup import refuse_if_lost

    refuse_if_lost(path)


def _migrate(path: Path, now: datetime) -> None:
    from netkeep.store.transaction import transaction

    with transaction(path, now):
        pass


def exists(path: Path) -> bool:
    """Return whether the file exists; raise FileError if it is not a file or inaccessible."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if path.is_symlink():
            raise FileError(f"{path} is a link to a file that does not exist") from None
        return False
    except (OSError, ValueError) as error:
        raise FileError(f"{path} cannot be opened: {reason(error)}") from None
    if stat.S_ISDIR(mode):
        raise FileError(f"{path} is a folder, not a netkeep file", "name a file in it")
    if not stat.S_ISREG(mode):
        raise FileError(f"{path} is not a file")
    return True


def has_contents(path: Path) -> bool:
    """Return whether the file exists and is not empty; raise FileError as exists does."""
    return exists(path) and path.stat().st_size > 0


def create(path: Path) -> None:
    """Make an empty file that only its owner can read, and its folders, if it is missing."""
    if exists(path):
        return
    try:
        atomic.make_folder(path.parent)
        atomic.make_file(path)
    except FileExistsError:
        return  # another process was faster
    except OSError as error:
        raise FileError(f"{path} cannot be created: {reason(error)}") from None


def connect(path: Path, *pragmas: str, seconds: float | None = None) -> sqlite3.Connection:
    """Open the file; raise FileError if it is not netkeep's, or cannot be opened.

    `seconds` is how long to wait for the locks of other processes, BUSY_SECONDS if left out.
    """
    refuse_foreign(path)
    return reopen(path, *pragmas, seconds=seconds)


def reopen(path: Path, *pragmas: str, seconds: float | None = None) -> sqlite3.Connection:
    """Open a file that is known to be netkeep's, even during a transaction on it.

    Reading the file by other means than SQLite would release the locks of this process
    (https://sqlite.org/howtocorrupt.html, 2.2).
    """
    connection = sqlite3.connect(
        _uri(path),
        uri=True,
        timeout=BUSY_SECONDS if seconds is None else seconds,
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


class _Connection(sqlite3.Connection):
    """A connection that rolls back before it closes.

    If SQLAlchemy closes it after an interrupt, an open statement keeps SQLite from rolling back by
    itself, and the journal file would stay for other processes to clean up.
    """

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self.rollback()
        super().close()


def _uri(path: Path) -> str:
    """Return a URI (https://sqlite.org/uri.html) that does not create a missing file."""
    name = str(path.absolute())
    for character in "%?#":
        name = name.replace(character, f"%{ord(character):x}")
    return f"file://{name}?mode=rw"


def refuse_foreign(path: Path) -> None:
    """Raise FileError unless the header is netkeep's or empty.

    A database begins with a magic string and has its application id, four bytes, at byte 68
    (https://sqlite.org/fileformat2.html, 1.3). The header is read without SQLite, which would
    already change a foreign file, for example apply its journal.
    """
    try:
        with path.open("rb") as file:
            header = file.read(HEADER_BYTES)
    except OSError as error:
        raise FileError(
            f"{path} cannot be opened: {reason(error)}", "check its owner and mode"
        ) from None
    application_id = int.from_bytes(header[68:72], "big")
    if header.strip(b"\0") and (not header.startswith(MAGIC) or application_id != APPLICATION_ID):
        raise ForeignFileError(path)


def revision(connection: sqlite3.Connection, path: Path) -> str | None:
    """Return the schema revision, None if the file is empty; raise FileError if it is unknown."""
    if connection.execute("PRAGMA application_id").fetchone() == (0,):
        return None  # empty; connect refuses any other file without an application id
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


def damage(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what SQLite finds wrong with pages, indexes and constraints."""
    for (message,) in connection.execute(f"PRAGMA integrity_check({MAX_MESSAGES})"):
        if message != "ok":
            yield str(message)


def refuse_damaged(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DamagedFileError, or an error of SQLite, if the file is damaged."""
    if revision(connection, path) is None:
        raise DamagedFileError(path, "it is empty")
    for message in damage(connection):
        raise DamagedFileError(path, message)


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about a file that cannot be used into a FileError."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # a constraint of the schema: a bug in netkeep, not a damaged file
    except (sqlite3.Error, UnicodeDecodeError) as error:  # undecodable text, or names in the schema
        raise _file_error(path, error) from error


def _file_error(path: Path, error: Exception) -> FileError:
    """Word an error by its primary result code (https://sqlite.org/rescode.html)."""
    match primary_code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return busy_error(path)
        case sqlite3.SQLITE_READONLY:
            return FileError(f"{path} is read-only", "check its owner and mode")
        case sqlite3.SQLITE_FULL:
            return FileError(
                f"{path} cannot be written: the disk is full", "free some space, and try again"
            )
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return FileError(f"{path} cannot be opened", "check its owner and mode")
        case sqlite3.SQLITE_IOERR:
            return FileError(f"{path} cannot be read or written: {error}")
        case sqlite3.SQLITE_NOTADB:
            return ForeignFileError(path)
        case _:
            return DamagedFileError(path, error)


def busy_error(path: Path) -> FileError:
    """Return the error for a lock that another process did not release in time."""
    return FileError(
        f"{path} is busy: another process has been writing to it for {BUSY_SECONDS} s",
        "try again in a moment",
    )


def primary_code(error: Exception) -> int:
    """Return the primary result code of an error; SQLITE_CORRUPT for an error without a code."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)) & 0xFF
