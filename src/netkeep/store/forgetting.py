"""Erasing somebody for good."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from netkeep import atomic
from netkeep.domain.contact import Contact, own_uid
from netkeep.domain.maintenance import Backup
from netkeep.domain.text import key
from netkeep.errors import FileError
from netkeep.store.backups import backups, folder_of
from netkeep.store.engine import driver_connection, transaction
from netkeep.store.file import FOR_WRITING, connect, usable, worded
from netkeep.store.history_verbs import NICKNAME
from netkeep.store.images import reseal
from netkeep.store.people_questions import ANOTHER_UID

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
    for left in folder_of(path).glob(f".*{atomic.TEMPORARY}*"):  # of a backup that was killed
        atomic.remove(left)


def holding(path: Path, contact: Contact, extra: Iterable[str]) -> list[Backup]:
    """The backups that still hold a contact, or whoever was merged into them.

    `extra` are their kept lines, of which some tell who that was.
    """
    names = [one.removeprefix(NICKNAME) for one in extra if one.startswith(NICKNAME)]
    uids = [one.removeprefix(ANOTHER_UID) for one in extra if one.startswith(ANOTHER_UID)]
    keys = {key(name) for name in (contact.name, *names)}
    known_by = {contact.own_uid, *uids}
    return [one for one in backups(path) if _holds(folder_of(path) / one.name, keys, known_by)]


def _holds(backup: Path, keys: Collection[str], uids: Collection[str]) -> bool:
    """Whether somebody is in a backup, or may be: one that cannot be read is not known not to."""
    try:
        with worded(backup), closing(connect(backup, "query_only=ON")) as connection:
            return any(
                name in keys or own_uid(contact_id, created_at) in uids
                for contact_id, created_at, name in connection.execute(
                    "SELECT id, created_at, key FROM contact"
                )
            )
    except FileError:
        return True
