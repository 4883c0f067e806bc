"""Backups: copies of the file in a folder beside it, and how to restore one."""

import itertools
import os
import re
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from netkeep import atomic
from netkeep.domain.maintenance import DAMAGED, Backup, Retention, backups_to_keep
from netkeep.errors import DamagedFileError, FileError, ForeignFileError, reason
from netkeep.store.connection import (
    BUSY_SECONDS,
    PRAGMAS_TO_WRITE,
    busy_error,
    connect,
    create,
    damage,
    file_errors,
    has_contents,
    primary_code,
    refuse_damaged,
    reopen,
)

WAITED_BYTES = 32 * 2**20  # checked in half a second; a larger copy is checked in the background

CHECKSUM = ".sha256"  # the suffix of the file beside a backup with its checksum
_NAME = re.compile(r"([0-9]{8}T[0-9]{6}Z)-([a-z]+)(?:-[0-9]+)?\.db")
_CANNOT_WRITE = {
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY),
}


def folder_of(path: Path) -> Path:
    """Return the folder with the backups of a file."""
    return path.parent / f"{path.name}-backups"  # with_name refuses `.` and `/`


def list_backups(path: Path) -> list[Backup]:
    """Return the backups of a file, newest first; raise FileError if they cannot be listed.

    A copy of a damaged file counts as older than a backup of the same second, which replaced it.
    """
    found = []
    try:
        with os.scandir(folder_of(path)) as entries:
            for entry in entries:
                name = _NAME.fullmatch(entry.name)
                made_at = _parse_time(name[1]) if name else None
                if name and made_at and entry.is_file(follow_symlinks=False):
                    found.append(Backup(entry.name, made_at, name[2], entry.stat().st_size))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise FileError(f"{folder_of(path)} cannot be read: {reason(error)}") from None
    return sorted(
        found,
        key=lambda backup: (backup.made_at, backup.reason != DAMAGED, backup.name),
        reverse=True,
    )


def stamp(now: datetime) -> str:
    """Format an aware UTC time as in the names of backups."""
    return f"{now:%Y%m%dT%H%M%SZ}"


def refuse_if_lost(path: Path) -> None:
    """Raise FileError if a missing or empty file has backups, and so lost its contents."""
    if list_backups(path):
        what = "is empty" if path.exists() else "is missing"
        raise FileError(
            f"{path} {what}, but it has backups",
            f"to restore one: netkeep restore; to start anew: move {folder_of(path)} elsewhere",
        )


def is_daily_due(path: Path, now: datetime) -> bool:
    """Return whether this is the first write of a day, and the file changed since its backup.

    A backup is also due if the newest one is a copy of a damaged file.
    """
    today = now.astimezone().date()
    for newest in list_backups(path):
        day = newest.made_at.astimezone().date()
        # Ignore backups of the future, made when the clock was ahead.
        if day <= today:
            return newest.reason == DAMAGED or (
                day < today and newest.made_at.timestamp() < path.stat().st_mtime
            )
    return True


def copy_unchecked(path: Path, now: datetime, why: str) -> Path:
    """Copy the file to a new backup, which confirm has to check, and return its path.

    The file has to be known as netkeep's. Raise FileError if the copy cannot be written.
    """
    place = _new_place(path, now, why)
    with _written_aside(place, force=False) as temporary:
        _copy(path, temporary, place)
    return place


def confirm(path: Path, backup: Path) -> None:
    """Check a new backup and write its checksum beside it.

    Raise DamagedFileError if the backup, and so the file, is damaged; the backup is removed.
    """
    try:
        _check(backup, path)
    except DamagedFileError:
        atomic.remove(backup)
        raise
    write_checksum(backup)


def confirm_daily(path: Path, backup: Path) -> None:
    """Check a new daily backup as confirm does; check a large one in the background.

    A large one that is damaged is renamed to a copy of a damaged file, so that the next transaction
    checks the file itself.
    """
    if backup.stat().st_size <= WAITED_BYTES:
        confirm(path, backup)
        return
    from subprocess import DEVNULL, Popen

    checking = Popen(
        [sys.executable, "-P", "-m", __name__, path, backup],
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=DEVNULL,
        start_new_session=True,  # so that closing the terminal does not end it
    )
    checking.returncode = 0  # Popen warns about a process that nothing waits for


def is_suspect(path: Path) -> bool:
    """Return whether the newest backup is a copy of a damaged file."""
    return any(backup.reason == DAMAGED for backup in list_backups(path)[:1])


def make_backup(path: Path, now: datetime, why: str) -> Backup:
    """Make a backup, and check it.

    Raise FileError if there is nothing to copy, if the file is damaged, or if the copy cannot be
    written.
    """
    _refuse_empty(path)
    place = _new_place(path, now, why)
    copy_to(path, place, force=False)
    write_checksum(place)
    return _backup_at(path, place)


def copy_to(path: Path, target: Path, *, force: bool) -> None:
    """Copy the file to a new file, and check the copy; raise FileError as make_backup does.

    An existing file is replaced only with `force`.
    """
    _refuse_empty(path)
    with _written_aside(target, force=force) as temporary, file_errors(path):
        _copy(path, temporary, target)
        _check(temporary, path)


def prune(path: Path, now: datetime, retention: Retention) -> None:
    """Remove the backups that are too old to be kept, unless the newest is not yet confirmed.

    Backups of the future, made when the clock was ahead, are kept and do not count.
    """
    earlier = [backup for backup in list_backups(path) if backup.made_at <= now]
    if len(earlier) < 2 or not checksum_file(folder_of(path) / earlier[0].name).exists():
        return
    for old in set(earlier) - backups_to_keep(earlier, retention):
        atomic.remove(folder_of(path) / old.name)
        atomic.remove(checksum_file(folder_of(path) / old.name))


def restore(path: Path, source: Path, now: datetime) -> Backup | None:
    """Replace the file by a backup; return the backup made of the file before, if there was one.

    Raise FileError if the backup is damaged. After any error the file is unchanged.
    """
    if wrong := wrong_checksum(source):
        raise FileError(f"{source} is damaged: {wrong}", "choose another one: netkeep restore")
    with file_errors(source), closing(connect(source)) as copy:
        try:
            refuse_damaged(copy, source)
        except DamagedFileError as error:
            raise FileError(error.sentence, "choose another one: netkeep restore") from None
        try:
            return _restore_over(path, copy, now)
        except (DamagedFileError, ForeignFileError) as error:
            if isinstance(error, ForeignFileError) and not list_backups(path):
                raise  # the file never was netkeep's
            return _restore_instead(path, copy, now)


def damaged_backups(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield every backup that has changed since it was made, and what is wrong with it."""
    for backup in list_backups(path):
        place = folder_of(path) / backup.name
        if wrong := wrong_checksum(place):
            yield place, wrong


def _check(copy: Path, path: Path) -> None:
    """Raise DamagedFileError about the file at `path` if its copy is damaged."""
    with file_errors(path), closing(connect(copy, "query_only=ON")) as connection:
        refuse_damaged(connection, path)


def _restore_over(path: Path, copy: sqlite3.Connection, now: datetime) -> Backup | None:
    """Back up the present file and write over it, locked against other processes throughout."""
    is_there = has_contents(path)
    create(path)
    with file_errors(path), closing(connect(path, *PRAGMAS_TO_WRITE)) as alone:
        alone.execute("BEGIN IMMEDIATE")
        alone.execute("PRAGMA locking_mode=EXCLUSIVE")  # the lock stays after the transaction
        alone.execute("COMMIT")
        kept = _keep_present(path, alone, now) if is_there else None
        _write_over(path, copy, alone)
    return kept


def _keep_present(path: Path, alone: sqlite3.Connection, now: datetime) -> Backup:
    place = _new_place(path, now, "restore")
    with _written_aside(place, force=False) as temporary:
        try:
            _copy_pages(alone, temporary, place)
        except FileError as error:
            # A corrupt list of free pages raises the same error as a full disk: tell them apart.
            for message in damage(alone):
                raise DamagedFileError(path, message) from error
            raise
        _check(temporary, path)
    write_checksum(place)
    return _backup_at(path, place)


def _restore_instead(path: Path, copy: sqlite3.Connection, now: datetime) -> Backup:
    """Move a damaged file to its backups, which needs no space, and put a copy in its place."""
    place = _new_place(path, now, DAMAGED)
    with _written_aside(path, force=True) as temporary:
        with closing(reopen(temporary)) as connection, file_errors(path):
            _write_over(path, copy, connection)
        # The journals first: SQLite would apply them to the copy.
        for ending in ("-journal", "-wal", "-shm", ""):
            with suppress(FileNotFoundError):
                path.with_name(path.name + ending).replace(place.with_name(place.name + ending))
    return _backup_at(path, place)


def _write_over(path: Path, copy: sqlite3.Connection, connection: sqlite3.Connection) -> None:
    deadline = time.monotonic() + BUSY_SECONDS

    def give_up(*_: int) -> None:
        if time.monotonic() > deadline:
            raise busy_error(path)

    copy.backup(connection, progress=give_up)


def _copy(path: Path, temporary: Path, target: Path) -> None:
    """Copy a snapshot of the file, even while this process has a transaction on it."""
    with closing(reopen(path, "query_only=ON")) as source:
        _copy_pages(source, temporary, target)


def _copy_pages(source: sqlite3.Connection, temporary: Path, target: Path) -> None:
    """Copy page by page, so that a check of the copy finds the faults of the file.

    This takes a sixth of the time of VACUUM INTO, which writes every row again.
    """
    with closing(reopen(temporary, "journal_mode=OFF", "synchronous=OFF")) as copy:
        try:
            source.backup(copy)
        except sqlite3.Error as error:
            if primary_code(error) in _CANNOT_WRITE:
                raise FileError(f"{target} cannot be written: {error}") from error
            raise


def _refuse_empty(path: Path) -> None:
    if not has_contents(path):
        raise FileError(f"{path} is missing or empty: there is nothing to back up")


def _new_place(path: Path, now: datetime, why: str) -> Path:
    """Return a path for a new backup; remove files that killed processes left in the folder."""
    folder = folder_of(path)
    try:
        atomic.make_folder(folder)
        atomic.remove_leftovers(folder, now, suffix=f"{atomic.TEMPORARY}*")  # and their journals
    except OSError as error:
        raise FileError(f"{folder} cannot be used: {reason(error)}") from None
    name = f"{stamp(now)}-{why}"
    names = (name if number == 1 else f"{name}-{number}" for number in itertools.count(1))
    return next(place for place in (folder / f"{each}.db" for each in names) if not place.exists())


@contextmanager
def _written_aside(target: Path, *, force: bool) -> Iterator[Path]:
    """Yield a temporary file to write to; move it into place once it is complete and on disk."""
    if not force and os.path.lexists(target):
        raise _already_there(target)
    if target.exists() and not target.is_file():
        raise FileError(f"{target} is not a file")
    try:
        temporary = atomic.make_temporary(target)
        try:
            yield temporary
            atomic.sync(temporary)
            atomic.move_into_place(temporary, target, force=force)
            atomic.sync(target.parent)
        finally:
            atomic.remove(temporary)
    except FileExistsError:
        raise _already_there(target) from None
    except OSError as error:
        raise FileError(f"{target} cannot be written: {reason(error)}") from None


def _already_there(target: Path) -> FileError:
    return FileError(f"{target} exists already", "to overwrite it: --force")


def _backup_at(path: Path, place: Path) -> Backup:
    return next(backup for backup in list_backups(path) if backup.name == place.name)


def _parse_time(text: str) -> datetime | None:
    """Return the time in the name of a backup; None if there is no such time."""
    try:
        at = datetime.fromisoformat(text)
        at.astimezone()
    except (ValueError, OverflowError):
        return None
    return at


def _confirm_in_background(path: Path, backup: Path) -> None:
    try:
        _check(backup, path)
    except DamagedFileError:
        backup.rename(_new_place(path, _backup_at(path, backup).made_at, DAMAGED))
    else:
        write_checksum(backup)


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


if __name__ == "__main__":
    _confirm_in_background(*map(Path, sys.argv[1:]))
