"""Where a file is, and what lies beside it: modes, leftovers, and who else may touch it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from shlex import quote

from netkeep.atomic import FILE_MODE, FOLDER_MODE
from netkeep.domain.maintenance import Fault
from netkeep.store.backups import backups, folder_of

LEFTOVER_SECONDS = 60  # after which a journal is nobody's who is still writing
BACKUP_DAYS = 7  # that may have gone by between a backup and a change
# Parts of paths that programs which copy files between machines keep them under.
SYNCED = re.compile(
    r"dropbox|onedrive|google ?drive|my drive|icloud|mobile documents|cloudstorage|nextcloud"
    r"|owncloud|syncthing|pcloud|megasync|box sync|seafile",
    re.IGNORECASE,
)
SYNC_MARKS = (".stfolder", ".dropbox", ".sync", ".owncloudsync.log")
NETWORK = re.compile(r"nfs|cifs|smb|\bafs|9p|ncpfs|webdav|davfs|sshfs|rclone|s3fs|gcsfuse")
# "netkeep (conflicted copy 2026-11-25).db", "netkeep.sync-conflict-....db", "netkeep (1).db"
CONFLICT = re.compile(r"conflict|\([0-9]+\)", re.IGNORECASE)


def wrong_modes(path: Path, own_folder: Path) -> list[tuple[Path, int]]:
    """What others than the owner may look into or write, and the mode it has to have.

    `own_folder` is the one netkeep makes; any other a file is in may be whatever it is.
    """
    private = [(path, FILE_MODE), (folder_of(path), FOLDER_MODE)]
    private += [(folder_of(path) / one.name, FILE_MODE) for one in backups(path)]
    if path.parent == own_folder:
        private.append((own_folder, FOLDER_MODE))
    return [
        (one, mode)
        for one, mode in private
        if one.exists() and not one.is_symlink() and one.stat().st_mode & 0o777 & ~mode
    ]


def faults_around(path: Path, own_folder: Path, now: datetime) -> Iterator[Fault]:
    """What is wrong around a file that exists."""
    for one, mode in wrong_modes(path, own_folder):
        is_ = stat.S_IMODE(one.stat().st_mode)
        yield Fault(
            f"{one} can be used by others than you: its mode is {is_:03o}",
            f"chmod {mode:o} {quote(str(one))}",
            mends=True,
        )
    for needed in (path, path.parent, folder_of(path)):
        if needed.exists() and not os.access(needed, os.W_OK):
            yield Fault(f"{needed} may not be written to", "look at its owner and its mode")
    for ending in ("-journal", "-wal", "-shm"):
        left = path.with_name(path.name + ending)
        if left.exists() and now.timestamp() - left.stat().st_mtime > LEFTOVER_SECONDS:
            yield Fault(
                f"{left} is left over from something that was cut off",
                "netkeep has read the file since and needs it no more: remove it",
            )
    for sibling in sorted(path.parent.iterdir()):
        if sibling.name.startswith(path.stem) and CONFLICT.search(sibling.name[len(path.stem) :]):
            yield Fault(
                f"{sibling} looks like another version of the file, made by what copies it",
                f"see what it holds: netkeep --db {quote(str(sibling))} list; keep one of the two",
            )
    yield from _shared(path)
    yield from _old_backups(path)


def _shared(path: Path) -> Iterator[Fault]:
    advice = "two machines that write at once lose data; keep it elsewhere: --db, NETKEEP_DB"
    real = path.resolve()
    marks = [mark for folder in real.parents for mark in SYNC_MARKS if (folder / mark).exists()]
    named = [part for part in real.parts[:-1] if SYNCED.search(part)]
    if marks or named:
        yield Fault(f"{path} is in a folder that is copied between machines: {real.parent}", advice)
    kind = _file_system(real)
    if NETWORK.search(kind):
        yield Fault(f"{path} is on a network: {kind}", advice)


def _file_system(path: Path) -> str:
    """What kind of file system a path is on, empty where that cannot be told."""
    try:
        mounts = Path("/proc/self/mounts").read_text(errors="replace").splitlines()
    except OSError:
        return ""
    kinds = {}
    for mount in mounts:
        _, point, kind, *_ = mount.split(" ")
        kinds[Path(point.replace("\\040", " "))] = kind
    return next((kinds[one] for one in path.parents if one in kinds), "")


def _old_backups(path: Path) -> Iterator[Fault]:
    there = backups(path)
    if not there:
        return
    days = (path.stat().st_mtime - there[0].made_at.timestamp()) / 86_400
    if days > BACKUP_DAYS:
        yield Fault(
            f"the newest backup is {days:.0f} days older than what changed last",
            "make one: netkeep backup",
        )
