"""Erase a contact for good."""

import shutil
from collections.abc import Collection, Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlmodel import col, delete

from netkeep import atomic
from netkeep.domain.contact import Contact, own_uid
from netkeep.domain.identity import MERGED_UID
from netkeep.domain.maintenance import Backup
from netkeep.domain.names import nicknames
from netkeep.domain.text import key
from netkeep.errors import FileError
from netkeep.store.backup import folder_of, list_backups
from netkeep.store.connection import PRAGMAS_TO_WRITE, connect, file_errors
from netkeep.store.repository.sync import forget_items
from netkeep.store.schema import ChangedRow, ChangeRow, ContactRow
from netkeep.store.transaction import transaction

NEEDED_SPACE = 3  # times the size of the file: for a backup, and to rewrite the file


def forget(path: Path, now: datetime, contact: Contact) -> None:
    """Erase a contact with everything about it, and the history of changes.

    Any change may hold data of the contact. The file is rewritten, so that none of it remains in
    free pages. Raise FileError if there is no space for that.
    """
    if shutil.disk_usage(path.parent).free < NEEDED_SPACE * path.stat().st_size:
        raise FileError(
            f"{path} cannot be rewritten: the disk is full", "free some space, and try again"
        )
    with transaction(path, now, backup_reason="forget") as opened:
        forget_items(opened.session, contact.id)
        opened.session.execute(delete(ContactRow).where(col(ContactRow.id) == contact.id))
        opened.session.execute(delete(ChangedRow))
        opened.session.execute(delete(ChangeRow))
    with file_errors(path), closing(connect(path, *PRAGMAS_TO_WRITE)) as connection:
        connection.execute("VACUUM")
    for left in folder_of(path).glob(f".*{atomic.TEMPORARY}*"):  # left by a killed process
        atomic.remove(left)


def backups_with(path: Path, contact: Contact, extra_lines: Iterable[str]) -> list[Backup]:
    """Return the backups that still hold a contact, or a contact that was merged into it.

    The extra lines of the contact name the merged ones.
    """
    lines = list(extra_lines)
    uids = [line.removeprefix(MERGED_UID) for line in lines if line.startswith(MERGED_UID)]
    keys = {key(name) for name in (contact.name, *nicknames(lines))}
    return [
        backup
        for backup in list_backups(path)
        if _may_hold(folder_of(path) / backup.name, keys, {contact.own_uid, *uids})
    ]


def _may_hold(backup: Path, keys: Collection[str], uids: Collection[str]) -> bool:
    """Return whether a backup holds a contact, or cannot be read."""
    try:
        with file_errors(backup), closing(connect(backup, "query_only=ON")) as connection:
            return any(
                name in keys or own_uid(contact_id, created_at) in uids
                for contact_id, created_at, name in connection.execute(
                    "SELECT id, created_at, key FROM contact"
                )
            )
    except FileError:
        return True
