"""Copies of the file, in a folder beside it, and the way back from one."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from netkeep import atomic
from netkeep.domain.maintenance import DAMAGED, Backup, Retention, to_keep
from netkeep.errors import DamagedFileError, FileError, ForeignFileError, reason
from netkeep.store.checking import refuse_damaged
from netkeep.store.file import (
    BUSY_SECONDS,
    FOR_WRITING,
    busy,
    connect,
    connect_again,
    create,
    forget_damage,
    has_contents,
    primary_code,
    usable,
    worded,
)

STALE_SECONDS = 3_600  # after which what is not in place was left by a killed process
_NAME = re.compile(r"([0-9]{8}T[0-9]{6}Z)-([a-z]+)(?:-[0-9]+)?\.db")
_OF_THE_COPY = {
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY),
}


def folder_of(path: Path) -> Path:
    """Where the backups of a file are."""
    return path.with_name(f"{path.name}-backups")


def backups(path: Path) -> list[Backup]:
    """The backups of a file, newest first; FileError if they cannot be looked at."""
    found = []
    try:
        with os.scandir(folder_of(path)) as entries:
            for entry in entries:
                name = _NAME.fullmatch(entry.name)
                made_at = _time_in(name[1]) if name else None
                if name and made_at and entry.is_file(follow_symlinks=False):
                    found.append(Backup(entry.name, made_at, name[2], entry.stat().st_size))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise FileError(f"{folder_of(path)} cannot be looked at: {reason(error)}") from None
    return sorted(found, key=lambda one: (one.made_at, one.name), reverse=True)


def stamp(now: datetime) -> str:
    """An aware UTC time as the names of backups have it."""
    return f"{now:%Y%m%dT%H%M%SZ}"


def refuse_if_lost(path: Path) -> None:
    """Raise FileError if a file that is missing or empty was not always so."""
    if backups(path):
        what = "is empty" if path.exists() else "is missing"
        raise FileError(
            f"{path} {what}, and there are backups of it",
            f"put one back: netkeep restore; or begin anew: move {folder_of(path)} away",
        )


def is_daily_due(path: Path, now: datetime) -> bool:
    """Whether it is the first write of a day, and something changed since the last backup."""
    if not has_contents(path):
        return False
    today = now.astimezone().date()
    # One of a clock that was ahead is no reason to make none.
    newest = next((one for one in backups(path) if one.day <= today), None)
    return newest is None or (
        newest.day < today and newest.made_at.timestamp() < path.stat().st_mtime
    )


def back_up(
    path: Path, now: datetime, why: str, connection: sqlite3.Connection | None = None
) -> Backup:
    """Make a backup among the others.

    The file has to be known to be ours; it is opened unless a connection to it is given. FileError
    if there is nothing to copy, if it is not whole, or if the copy cannot be written.
    """
    place = _place(path, now, why)
    copy_to(path, place, connection)
    return _made(path, place)


def let_go(path: Path, now: datetime, keeping: Retention) -> None:
    """Remove the backups that are too old to be kept.

    Those of a later time, of a clock that was ahead, neither go nor push others out.
    """
    earlier = {one for one in backups(path) if one.made_at <= now}
    for old in earlier - to_keep([*earlier], keeping):
        atomic.remove(folder_of(path) / old.name)


def copy_to(
    path: Path, target: Path, connection: sqlite3.Connection | None = None, *, force: bool = False
) -> None:
    """Copy the file, as it is at one moment, to a new one that is whole and on the disk.

    FileError as of `back_up`, or if there is something already and `force` is not set.
    """
    if not has_contents(path):
        raise FileError(f"{path} is not there, or empty: there is nothing to back up")
    with _aside(target, force=force) as aside, usable(path):
        if connection:
            _vacuum_into(connection, aside, target)
        else:
            with closing(connect_again(path)) as own:
                _vacuum_into(own, aside, target)
        with closing(connect(aside)) as copy:
            refuse_damaged(copy, path)


def restore(path: Path, source: Path, now: datetime) -> Backup | None:
    """Write what a backup holds into the file; return the backup of what was there, if anything.

    FileError if the backup is not whole; the file is then as it was, as it is if anything fails.
    """
    with worded(source), closing(connect(source)) as copy:
        try:
            refuse_damaged(copy, source)
        except DamagedFileError as error:
            hint = "choose another one: netkeep restore"
            raise FileError(error.sentence, hint) from None
        try:
            kept = _restore_over(path, copy, now)
        except (DamagedFileError, ForeignFileError) as error:
            if isinstance(error, ForeignFileError) and not backups(path):
                raise  # it never was ours
            kept = _restore_over_damaged(path, copy, now)
    forget_damage(path)
    return kept


def _restore_over(path: Path, copy: sqlite3.Connection, now: datetime) -> Backup | None:
    """Keep what is there and write over it, with nobody else writing in between."""
    there = has_contents(path)
    create(path)
    with worded(path), closing(connect(path, *FOR_WRITING)) as alone:
        alone.execute("BEGIN IMMEDIATE")
        alone.execute("PRAGMA locking_mode=EXCLUSIVE")  # the lock stays after the transaction
        alone.execute("COMMIT")
        kept = back_up(path, now, "restore", alone) if there else None
        _write_over(path, copy, alone)
    return kept


def _restore_over_damaged(path: Path, copy: sqlite3.Connection, now: datetime) -> Backup:
    """Keep what is there byte by byte, and write the file anew: SQLite cannot read it."""
    place = _place(path, now, DAMAGED)
    with _aside(place, force=False) as aside:
        shutil.copyfile(path, aside)
    os.truncate(path, 0)
    try:
        with worded(path), closing(connect(path, *FOR_WRITING)) as connection:
            _write_over(path, copy, connection)
    except BaseException:  # an interrupt too
        shutil.copyfile(place, path)
        raise
    return _made(path, place)


def _write_over(path: Path, copy: sqlite3.Connection, connection: sqlite3.Connection) -> None:
    deadline = time.monotonic() + BUSY_SECONDS

    def give_up(*_: int) -> None:
        if time.monotonic() > deadline:
            raise busy(path)

    copy.backup(connection, progress=give_up)


def _vacuum_into(connection: sqlite3.Connection, aside: Path, target: Path) -> None:
    try:
        connection.execute("VACUUM INTO ?", [str(aside.absolute())])
    except sqlite3.Error as error:
        if primary_code(error) in _OF_THE_COPY:
            raise FileError(f"{target} cannot be written: {error}") from error
        raise


def _place(path: Path, now: datetime, why: str) -> Path:
    """A place for a new backup that no other has."""
    folder = folder_of(path)
    try:
        atomic.make_folder(folder)
        for left in folder.glob(f".*{atomic.TEMPORARY}*"):
            if now.timestamp() - left.stat().st_mtime > STALE_SECONDS:
                atomic.remove(left)
    except OSError as error:
        raise FileError(f"{folder} cannot be used: {reason(error)}") from None
    name = f"{stamp(now)}-{why}"
    names = (name if number == 1 else f"{name}-{number}" for number in itertools.count(1))
    return next(place for place in (folder / f"{each}.db" for each in names) if not place.exists())


@contextmanager
def _aside(target: Path, *, force: bool) -> Iterator[Path]:
    """A new file to write to, moved to its place once it is whole and on the disk."""
    if not force and os.path.lexists(target):
        raise _there_already(target)
    if target.exists() and not target.is_file():
        raise FileError(f"{target} is not a file")
    try:
        aside = atomic.make_temporary(target)
        try:
            yield aside
            atomic.sync(aside)
            atomic.move_into_place(aside, target, force=force)
            atomic.sync(target.parent)
        finally:
            atomic.remove(aside)
    except FileExistsError:
        raise _there_already(target) from None
    except OSError as error:
        raise FileError(f"{target} cannot be written: {reason(error)}") from None


def _there_already(target: Path) -> FileError:
    return FileError(f"{target} is there already", "to write over it: --force")


def _made(path: Path, place: Path) -> Backup:
    return next(one for one in backups(path) if one.name == place.name)


def _time_in(text: str) -> datetime | None:
    """The time in the name of a backup, None if there is no such time, or day."""
    try:
        at = datetime.fromisoformat(text)
        at.astimezone()
    except (ValueError, OverflowError):
        return None
    return at
