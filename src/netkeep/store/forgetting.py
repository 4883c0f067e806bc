"""Erasing somebody for good."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path

from netkeep.domain.backups import Backup
from netkeep.domain.contact import Contact
from netkeep.errors import FileError
from netkeep.store.backups import backups, folder_of
from netkeep.store.engine import driver_connection, transaction
from netkeep.store.file import FOR_WRITING, connect, usable, worded
from netkeep.store.images import reseal

ROOM = 3  # times the size of the file: for a backup, and to write it anew beside itself


def forget(path: Path, now: datetime, contact: Contact) -> None:
    """Erase a contact and all that hangs on them, and what could be undone with it.

    The history of changes goes as a whole: it may hold them in any change, by any name. What is
    left is written anew, so that nothing of them stays in the file.
    """
    size, room = path.stat().st_size, shutil.disk_usage(path.parent).free
    if room < ROOM * size:
        raise FileError(
            f"{path} cannot be written anew: the disk is full", "make room, and try again"
        )
    with transaction(path, now, backup="forget") as connection:
        plain = driver_connection(connection)
        plain.execute("DELETE FROM contact WHERE id = ?", [contact.id])
        plain.execute("DELETE FROM image")
        plain.execute("DELETE FROM change")
        reseal(plain)
    with usable(path), closing(connect(path, *FOR_WRITING)) as alone:
        alone.execute("VACUUM")


def holding(path: Path, contact: Contact) -> list[Backup]:
    """The backups that still hold a contact."""
    return [one for one in backups(path) if _holds(folder_of(path) / one.name, contact)]


def _holds(backup: Path, contact: Contact) -> bool:
    """Whether somebody is in a backup, or may be: one that cannot be read is not known not to."""
    try:
        with worded(backup), closing(connect(backup, "query_only=ON")) as connection:
            found = connection.execute(
                "SELECT 1 FROM contact WHERE id = ? AND created_at = ?",
                [contact.id, contact.created_at.isoformat()],
            )
            return found.fetchone() is not None
    except FileError:
        return True
