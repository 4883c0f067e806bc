"""Find everything that may be wrong with the file, and fix what is safe to fix."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

from netkeep.atomic import FILE_MODE, FOLDER_MODE
from netkeep.domain.maintenance import Fault
from netkeep.domain.occasions import Birthday
from netkeep.errors import DamagedFileError, FileError
from netkeep.store.backup import damaged_backups, folder_of, list_backups, refuse_if_lost
from netkeep.store.connection import (
    REVISION,
    connect,
    damage,
    file_errors,
    has_contents,
    revision,
)
from netkeep.store.derived import all_differences
from netkeep.store.journal import tables
from netkeep.store.queries.agenda import parse_month_day
from netkeep.store.queries.contacts import parse_cadence

if TYPE_CHECKING:
    from sqlmodel import Session

RESTORE = "restore a backup: netkeep restore"
FIX = "netkeep doctor --fix"
LEFTOVER_SECONDS = 60  # no process is still writing a journal of this age
BACKUP_DAYS = 7  # from the newest backup to the latest change

# The parsers of all columns that hold more than text.
_DAY, _TIME = date.fromisoformat, datetime.fromisoformat
_PARSERS: Mapping[str, Callable[[str], object]] = {
    **dict.fromkeys(("day", "until", "opens_on", "done_on", "met_on", "first_due_on"), _DAY),
    **dict.fromkeys(("snoozed_until", "last_touch_on", "due_on", "dropped_on"), _DAY),
    **dict.fromkeys(("created_at", "updated_at", "skipped_at", "at"), _TIME),
    **dict.fromkeys(("begins", "ends"), parse_month_day),
    "cadence": parse_cadence,
    "birthday": Birthday.from_text,
}
# Parts of paths under which programs keep files that they copy between machines.
_SYNCED = re.compile(
    r"dropbox|onedrive|google ?drive|my drive|icloud|mobile documents|cloudstorage|nextcloud"
    r"|owncloud|syncthing|pcloud|megasync|box sync|seafile",
    re.IGNORECASE,
)
_SYNC_FILES = (".stfolder", ".dropbox", ".sync", ".owncloudsync.log")
NETWORK = re.compile(r"nfs|cifs|smb|\bafs|9p|ncpfs|webdav|davfs|sshfs|rclone|s3fs|gcsfuse")
# "netkeep (conflicted copy 2026-11-25).db", "netkeep.sync-conflict-....db", "netkeep (1).db"
_CONFLICT = re.compile(r"conflict|\([0-9]+\)", re.IGNORECASE)


def examine(path: Path, own_folder: Path, now: datetime) -> list[Fault]:
    """Return everything that is wrong; raise FileError if the path is inaccessible.

    `own_folder` is the folder that netkeep makes; the mode of other folders is not checked.
    """
    if not has_contents(path):
        return list(_lost(path))
    try:
        with file_errors(path), closing(connect(path, "query_only=ON")) as connection:
            connection.execute("BEGIN")
            inside = list(_contents(connection, path))
    except DamagedFileError as error:
        inside = [Fault(error.sentence, RESTORE)]
    except FileError as error:
        return [Fault(error.sentence, error.hint or RESTORE)]
    return [*inside, *_surroundings(path, own_folder, now)]


def fix(path: Path, own_folder: Path, now: datetime) -> None:
    """Fix modes and, as one change that can be undone, orphans and derived values."""
    from netkeep.store.transaction import transaction

    for exposed, mode in _wrong_modes(path, own_folder):
        exposed.chmod(mode)
    with transaction(path, now, command="doctor") as opened:
        _remove_orphans(opened.session)
        opened.touch(*(each.contact_id for each in all_differences(opened.connection)))


def _lost(path: Path) -> Iterator[Fault]:
    try:
        refuse_if_lost(path)
    except FileError as error:
        yield Fault(error.sentence, RESTORE)


def _contents(connection: sqlite3.Connection, path: Path) -> Iterator[Fault]:
    """Yield what is wrong inside the file; check references only if all values can be read."""
    found = revision(connection, path)
    wrong = [Fault(message, RESTORE) for message in damage(connection)]
    if found != REVISION:
        old = f"the schema is revision {found}; the current one is {REVISION}"
        yield from wrong or [Fault(old, "netkeep due", mends=True)]
        return
    wrong += [*_wrong_types(connection), *_unreadable_values(connection), *_sequences(connection)]
    yield from wrong
    if wrong:
        return
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Fault(
            f"the table {table} refers to a row of the table {parent} that does not exist",
            FIX,
            mends=True,
        )
    for difference in all_differences(connection):
        yield Fault(str(difference), FIX, mends=True)


def _remove_orphans(session: Session) -> None:
    """Remove rows of contacts that another program deleted, and references to deleted rows."""
    from sqlmodel import col, delete, select, update

    from netkeep.store import schema

    contacts, touchpoints = select(schema.ContactRow.id), select(schema.TouchpointRow.id)
    tables_of_contacts: tuple[type[Any], ...] = (
        *(schema.TouchpointRow, schema.OccasionRow, schema.PositionRow, schema.DetailRow),
        *(schema.ExtraRow, schema.WordRow, schema.PassageRow),
        *(schema.ImportedMessageRow, schema.SourcePositionRow),
    )
    for table in tables_of_contacts:
        session.execute(delete(table).where(col(table.contact_id).not_in(contacts)))
    message = schema.ImportedMessageRow
    is_deleted = col(message.touchpoint_id).not_in(touchpoints)
    session.execute(update(message).where(is_deleted).values(touchpoint_id=None))
    via, occasion = col(schema.ContactRow.via_id), schema.OccasionRow
    session.execute(update(schema.ContactRow).where(via.not_in(contacts)).values(via_id=None))
    session.execute(delete(occasion).where(col(occasion.ask_id).not_in(touchpoints)))
    is_reopened = col(occasion.done_by_id).not_in(touchpoints)
    session.execute(update(occasion).where(is_reopened).values(done_on=None, done_by_id=None))
    part = schema.RoundPartRow
    session.execute(delete(part).where(col(part.round_id).not_in(select(schema.RoundRow.id))))


def _wrong_types(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Yield columns with values of another type: SQLite stores any value in any column."""
    for table in tables(connection):
        for column, declared in connection.execute(
            "SELECT name, type FROM pragma_table_info(?)", [table.name]
        ).fetchall():
            is_number = declared in {"INTEGER", "BOOLEAN"}
            (count,) = connection.execute(
                f'SELECT count(*) FROM "{table.name}" WHERE typeof("{column}") NOT IN (?, ?)',
                ["integer" if is_number else "text", "null"],
            ).fetchone()
            if count:
                what = f"{column} of {table.name} is not {'a number' if is_number else 'text'}"
                yield Fault(f"{what} (rows: {count:,})", RESTORE)


def _unreadable_values(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Yield days, times, cadences and birthdays that cannot be parsed."""
    for table in tables(connection):
        for column in table.columns:
            parse = _PARSERS.get(column)
            if parse is None:
                continue
            # Parse each distinct value once: 100,000 rows have a few thousand days.
            wrong = [
                text
                for (text,) in connection.execute(
                    f'SELECT DISTINCT "{column}" FROM "{table.name}" WHERE "{column}" IS NOT NULL'
                )
                if not _is_readable(parse, text)
            ]
            for text in wrong:
                for (key,) in connection.execute(
                    f'SELECT {table.key_json()} FROM "{table.name}" WHERE "{column}" = ?', [text]
                ):
                    what = f"{column} of {table.name} {key} cannot be read: {text!a}"
                    yield Fault(what, RESTORE)


def _is_readable(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except (ValueError, TypeError, DamagedFileError):
        return False
    return True


def _sequences(connection: sqlite3.Connection) -> Iterator[Fault]:
    for table, last in connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
        (highest,) = connection.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"').fetchone()
        if last < highest:
            yield Fault(f"the counter for new ids in the table {table} is lost", RESTORE)


def _wrong_modes(path: Path, own_folder: Path) -> list[tuple[Path, int]]:
    """Return the paths that others than the owner can use, with the mode they should have."""
    private = [(path, FILE_MODE), (folder_of(path), FOLDER_MODE)]
    private += [(folder_of(path) / backup.name, FILE_MODE) for backup in list_backups(path)]
    if path.parent == own_folder:
        private.append((own_folder, FOLDER_MODE))
    return [
        (each, mode)
        for each, mode in private
        if each.exists() and not each.is_symlink() and each.stat().st_mode & 0o777 & ~mode
    ]


def _surroundings(path: Path, own_folder: Path, now: datetime) -> Iterator[Fault]:
    """Yield what is wrong with modes, folders, leftover files and backups."""
    for each, mode in _wrong_modes(path, own_folder):
        yield Fault(
            f"{each} can be used by other users: its mode is"
            f" {stat.S_IMODE(each.stat().st_mode):03o}",
            f"chmod {mode:o} {quote(str(each))}",
            mends=True,
        )
    for needed in (path, path.parent, folder_of(path)):
        if needed.exists() and not os.access(needed, os.W_OK):
            yield Fault(f"{needed} is read-only", "check its owner and mode")
    for ending in ("-journal", "-wal", "-shm"):
        left = path.with_name(path.name + ending)
        if left.exists() and now.timestamp() - left.stat().st_mtime > LEFTOVER_SECONDS:
            yield Fault(
                f"{left} was left by an interrupted command",
                "it is no longer needed: delete it",
            )
    for sibling in sorted(path.parent.iterdir()):
        if sibling.name.startswith(path.stem) and _CONFLICT.search(sibling.name[len(path.stem) :]):
            yield Fault(
                f"{sibling} looks like another version of the database, made by a program that"
                " synchronises files",
                f"to import its contacts: netkeep --db {quote(str(sibling))} export other.json,"
                " then netkeep import other.json",
            )
    for backup, wrong in damaged_backups(path):
        yield Fault(
            f"{backup} is damaged: {wrong}", "delete it, and make a new one: netkeep backup"
        )
    yield from _shared(path)
    yield from _old_backups(path)


def _shared(path: Path) -> Iterator[Fault]:
    advice = (
        "data is lost if two computers write to it; move it to another folder, and name it with"
        " --db or NETKEEP_DB"
    )
    many = f"{advice}; to share it with another computer: netkeep sync --init"
    real = path.resolve()
    is_synced = any((folder / name).exists() for folder in real.parents for name in _SYNC_FILES)
    if is_synced or any(_SYNCED.search(part) for part in real.parts[:-1]):
        yield Fault(
            f"{path} is in a folder that is synchronised between computers: {real.parent}", many
        )
    file_system = _file_system(real)
    if NETWORK.search(file_system):
        yield Fault(f"{path} is on a network: {file_system}", advice)


def _file_system(path: Path) -> str:
    """Return the type of the file system of a path; empty if it is not known."""
    try:
        mounts = Path("/proc/self/mounts").read_text(errors="replace").splitlines()
    except OSError:
        return ""
    types = {}
    for mount in mounts:
        _, point, type_, *_ = mount.split(" ")
        types[Path(point.replace("\\040", " "))] = type_
    return next((types[each] for each in path.parents if each in types), "")


def _old_backups(path: Path) -> Iterator[Fault]:
    backups = list_backups(path)
    if backups:
        days = (path.stat().st_mtime - backups[0].made_at.timestamp()) / 86_400
        if days > BACKUP_DAYS:
            yield Fault(
                f"the newest backup is {days:.0f} days older than the last change",
                "make one: netkeep backup",
            )
