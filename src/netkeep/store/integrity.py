"""Check whether the file is damaged, and whether a backup has changed since it was made."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from netkeep import atomic
from netkeep.errors import DamagedFileError
from netkeep.store.connection import revision

MAX_MESSAGES = 10  # of SQLite's integrity check
CHECKSUM = ".sha256"  # the suffix of the file beside a backup with its checksum


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


def checksum_file(backup: Path) -> Path:
    """Return the path of the checksum of a backup."""
    return backup.with_name(backup.name + CHECKSUM)


def write_checksum(backup: Path) -> None:
    """Write the SHA-256 of a backup beside it, in the format of `sha256sum --check`."""
    with suppress(OSError):  # a full disk; the backup is useful without a checksum too
        path = checksum_file(backup)
        atomic.make_file(path)
        path.write_text(f"{_sha256(backup)}  {backup.name}\n")


def wrong_checksum(backup: Path) -> str | None:
    """Return what is wrong if a backup does not match its checksum; None without a checksum."""
    try:
        written = checksum_file(backup).read_text().split()
        if not written or written[0] == _sha256(backup):
            return None
    except (OSError, UnicodeDecodeError):
        return None
    return "its SHA-256 has changed since it was made"


def _sha256(path: Path) -> str:
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
