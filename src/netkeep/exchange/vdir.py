"""Folders of items, one in each file: a vdir, as vdirsyncer, khard and todoman keep it.

https://vdirsyncer.pimutils.org/en/stable/vdir.html
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from os import stat_result
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from netkeep.errors import reason
from netkeep.exchange.content_lines import has_surrogates, unfold

# Syncthing keeps the version that lost beside the other one:
# https://docs.syncthing.net/users/syncing.html#conflicting-changes
_CONFLICT = re.compile(r"\.sync-conflict-[0-9]{8}-[0-9]{6}(?:-[A-Z0-9]+)?")
MAX_BYTES = 10_000_000  # of an item; a card with a large photo has 1 MB


class Item(NamedTuple):
    """A file with one item; `stamp` changes whenever the file is written."""

    uid: str
    path: Path
    stamp: str
    content: bytes


class Folder(NamedTuple):
    """The items of a folder.

    `items` are those to read, by UID, and `unchanged` the files, by UID, whose stamp is the known
    one. `copies` are other versions of an item that Syncthing left. `problems` name the files that
    are left alone, with the reasons; `repeated` is one of them for each UID that several have.
    """

    items: Mapping[str, Item] = {}
    unchanged: Mapping[str, Path] = {}
    copies: tuple[Item, ...] = ()
    problems: Mapping[Path, str] = {}
    repeated: Mapping[str, Path] = {}

    def path(self, uid: str) -> Path | None:
        """Return the file of an item, if it has one."""
        item = self.items.get(uid)
        return item.path if item else self.unchanged.get(uid) or self.repeated.get(uid)

    def without(self, files: Collection[Path]) -> Folder:
        """Return the folder without the items in these files."""
        if not files:
            return self
        return self._replace(
            items={uid: item for uid, item in self.items.items() if item.path not in files},
            copies=tuple(copy for copy in self.copies if copy.path not in files),
        )

    def path_to_write(self, uid: str, path: Path, suffix: str) -> Path:
        """Return the file of an item, or a new one in the folder at `path`.

        The file may be one of the problems. It never is that of another item, however it is named.
        """
        if found := self.path(uid):
            return found
        new = path / file_name(uid, suffix)
        if new not in self.problems and new.exists():
            return path / file_name(f"{uid}\n", suffix)
        return new


NO_FOLDER = Folder()


def read_folder(path: Path, suffix: str, known: Mapping[str, tuple[str, str]]) -> Folder:
    """Read the items of a folder whose files have changed.

    `known` has, by the name of a file, its UID and its stamp when it was read last. Raise
    FileNotFoundError if there is no folder, and OSError if it cannot be read.
    """
    found: defaultdict[str, list[Item | Path]] = defaultdict(list)
    copies, problems = [], {}
    for file in sorted(path.iterdir()):
        if file.suffix.lower() != suffix or file.name.startswith("."):
            continue
        try:
            stamp = stamp_of(file.stat())
            uid, old_stamp = known.get(file.name, ("", ""))
            if stamp == old_stamp:
                found[uid].append(file)
                continue
            item = read_item(file)
        except OSError as error:
            problems[file] = reason(error)
            continue
        except ValueError as error:
            problems[file] = str(error)
            continue
        if _CONFLICT.search(file.stem):
            copies.append(item)
        else:
            found[item.uid].append(item)
    for uid, several in found.items():
        if len(several) > 1:
            problems |= {_path(each): f"more than one file has the UID {uid}" for each in several}
    single = {uid: several[0] for uid, several in found.items() if len(several) == 1}
    return Folder(
        items={uid: item for uid, item in single.items() if isinstance(item, Item)},
        unchanged={uid: file for uid, file in single.items() if isinstance(file, Path)},
        copies=tuple(copies),
        problems=problems,
        repeated={uid: _path(several[0]) for uid, several in found.items() if len(several) > 1},
    )


def _path(file: Item | Path) -> Path:
    return file.path if isinstance(file, Item) else file


def read_item(file: Path) -> Item:
    """Read a file of one item. Raise ValueError if it is not one, OSError if it is unreadable."""
    if has_surrogates(file.name):
        raise ValueError("its name is not UTF-8 text")
    status = file.stat()
    if not S_ISREG(status.st_mode):
        raise ValueError("it is not a file")
    if status.st_size > MAX_BYTES:
        raise ValueError(f"it has more than {MAX_BYTES // 1_000_000} MB")
    content = file.read_bytes()
    try:
        uids = _uids(content)
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8 text") from None
    if len(uids) != 1:
        raise ValueError("it has no UID" if not uids else "it has more than one UID")
    return Item(uids.pop(), file, stamp_of(status), content)


def _uids(content: bytes) -> set[str]:
    return {
        line.partition(b":")[2].strip().decode()
        for _, line in unfold(content)
        if line[:4].upper() in {b"UID:", b"UID;"}
    } - {""}


def uids_in(file: Path) -> set[str]:
    """Return the UIDs in a file, however many; none if it cannot be read."""
    try:
        return _uids(file.read_bytes()) if file.stat().st_size <= MAX_BYTES else set()
    except (OSError, ValueError):
        return set()


def stamp_of(status: stat_result) -> str:
    """Return a text that changes whenever a file is written or replaced."""
    return f"{status.st_mtime_ns}-{status.st_size}-{status.st_ino}"


def file_name(uid: str, suffix: str) -> str:
    """Return the name of a new file for a UID, which may hold anything; no other UID has it.

    It has no capitals, which some file systems do not tell apart.
    """
    name = re.sub(r"[^a-z0-9@._-]", "_", uid.lower()).lstrip(".")[:150]
    if name != uid:
        name += f"-{hashlib.sha256(uid.encode()).hexdigest()[:16]}"
    return f"{name}{suffix}"
