"""The doctor: everything that may be wrong with the file, and what is safe to mend."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from netkeep.domain.birthdays import Birthday
from netkeep.domain.maintenance import Fault
from netkeep.errors import DamagedFileError, FileError
from netkeep.store import rows
from netkeep.store.backups import refuse_if_lost
from netkeep.store.checking import broken, unsealed
from netkeep.store.deriving import derive_rows, wrong
from netkeep.store.engine import driver_connection, transaction
from netkeep.store.file import (
    FOR_WRITING,
    REVISION,
    connect,
    connect_to_read,
    forget_damage,
    has_contents,
    note_damage,
    revision,
    worded,
)
from netkeep.store.images import reseal, tables
from netkeep.store.journal import journal
from netkeep.store.surroundings import faults_around, wrong_modes

RESTORE = "put a backup back: netkeep restore"
CHANGED = f"{RESTORE}; if you changed it yourself, and it is right: netkeep doctor --accept"

# How each column is read that holds more than text.
_DAY, _TIME = date.fromisoformat, datetime.fromisoformat
_READ: Mapping[str, Callable[[str], object]] = {
    **dict.fromkeys(("day", "until", "opens_on", "done_on", "met_on", "first_due_on"), _DAY),
    **dict.fromkeys(("snoozed_until", "last_touch_on", "due_on", "dropped_on"), _DAY),
    **dict.fromkeys(("created_at", "updated_at", "at"), _TIME),
    **dict.fromkeys(("begins", "ends"), rows.month_day),
    "cadence": rows.stored_cadence,
    "birthday": Birthday.from_text,
}


def examine(path: Path, own_folder: Path, now: datetime) -> list[Fault]:
    """Everything that is wrong; FileError if the file cannot even be looked for.

    Damage is noted, so that nothing more is written, and the note taken away if there is none.
    """
    if not has_contents(path):
        return list(_lost(path))
    try:
        with worded(path), closing(connect_to_read(path)) as connection:
            connection.execute("BEGIN")
            inside = list(_inside(connection, path))
    except DamagedFileError as error:
        inside = [Fault(error.sentence, RESTORE)]
    except FileError as error:
        return [Fault(error.sentence, error.hint or RESTORE)]
    damage = [fault for fault in inside if not fault.mends]
    if damage:
        note_damage(path, DamagedFileError(path, damage[0].what))
    else:
        forget_damage(path)
    return [*inside, *faults_around(path, own_folder, now)]


def mend(path: Path, own_folder: Path, now: datetime) -> None:
    """Put right what follows from other things, as one change that can be undone, and the modes."""
    for open_to_others, mode in wrong_modes(path, own_folder):
        open_to_others.chmod(mode)
    with transaction(path, now) as connection:
        plain = driver_connection(connection)
        with journal(plain, now, "doctor"):
            found = list(wrong(plain))
            for one in found:
                plain.execute(
                    "UPDATE contact SET key = :key, last_touch_on = :last_touch_on,"
                    " due_on = :due_on WHERE id = :id",
                    {**one.has_to_be.columns, "id": one.contact.id},
                )
            derive_rows(plain, [one.contact.id for one in found])


def accept(path: Path) -> None:
    """Take what is in the file for right, whoever wrote it; DamagedFileError if it makes no sense.

    What cannot be relied on to be undone is forgotten. FileError if there is nothing.
    """
    if not has_contents(path):
        raise FileError(f"{path} is not there, or empty: there is nothing to accept")
    with worded(path), closing(connect(path, *FOR_WRITING)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        if revision(connection, path) != REVISION:
            return  # nothing is sealed yet
        for fault in [*broken(connection), *(one.what for one in _unreadable(connection))]:
            raise DamagedFileError(path, fault)
        reseal(connection)
        if any(unsealed(connection)):
            connection.execute("DELETE FROM image")
            connection.execute("DELETE FROM change")
        connection.execute("COMMIT")
    forget_damage(path)


def _lost(path: Path) -> Iterator[Fault]:
    try:
        refuse_if_lost(path)
    except FileError as error:
        yield Fault(error.sentence, RESTORE)


def _inside(connection: sqlite3.Connection, path: Path) -> Iterator[Fault]:
    """What is wrong with the contents; where SQLite itself finds damage, no more is looked at."""
    found = revision(connection, path)
    damage = [Fault(what, RESTORE) for what in broken(connection)]
    if found != REVISION:
        old = f"the schema is of revision {found}, and not yet {REVISION}"
        yield from damage or [Fault(old, "netkeep due", mends=True)]
        return
    damage += [
        *(Fault(what, CHANGED) for what in unsealed(connection)),
        *_unreadable(connection),
        *_sequences(connection),
    ]
    yield from damage
    if damage:
        return
    for one in wrong(connection):
        yield Fault(str(one), "netkeep doctor --fix", mends=True)


def _unreadable(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Days, times, cadences and birthdays that are none."""
    for table in tables(connection):
        for column in table.columns:
            read = _READ.get(column)
            if read is None:
                continue
            for key, text in connection.execute(
                f'SELECT {table.row_key()}, "{column}" FROM "{table.name}"'
                f' WHERE "{column}" IS NOT NULL'
            ):
                try:
                    read(text)
                except (ValueError, TypeError, DamagedFileError):
                    yield Fault(f"{column} of {table.name} {key} cannot be read: {text!a}", RESTORE)


def _sequences(connection: sqlite3.Connection) -> Iterator[Fault]:
    for table, given in connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
        (highest,) = connection.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"').fetchone()
        if given < highest:
            yield Fault(f"the next id of {table} is not known any more", RESTORE)
