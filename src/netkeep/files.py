"""New files: made aside for their owner alone, and moved into place whole."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path  # 3 ms, which a glance at the file has not

FILE_MODE, FOLDER_MODE = 0o600, 0o700
ASIDE = ".netkeep"  # the suffix of what is not yet, or was never, moved into place


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into, and those on the way to it. OSError."""
    for missing in _missing(folder):
        with suppress(FileExistsError):  # another process was faster
            missing.mkdir(mode=FOLDER_MODE)
            missing.chmod(FOLDER_MODE)  # whatever the umask


def make_aside(path: Path) -> Path:
    """Make an empty file, which only its owner can read, beside where it will be. OSError."""
    aside = path.with_name(f".{os.urandom(8).hex()}{ASIDE}")
    make_file(aside)
    return aside


def make_file(path: Path) -> None:
    """Make an empty file that only its owner can read. OSError, if anything is there too."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE)
    try:
        with suppress(PermissionError):  # of a file system that knows no modes
            os.fchmod(descriptor, FILE_MODE)  # whatever the umask
    finally:
        os.close(descriptor)


def move_into_place(aside: Path, path: Path, *, force: bool) -> None:
    """Move a file to its place; over another one only by force. OSError."""
    if not force:
        try:
            path.hardlink_to(aside)  # which fails if another one was faster
        except FileExistsError:
            raise
        except OSError:  # a file system that knows no links: the name is taken first
            make_file(path)
        else:
            aside.unlink()
            return
    aside.replace(path)


def remove(aside: Path) -> None:
    """Remove what is there, if it is."""
    with suppress(OSError):
        aside.unlink()


def sync(path: Path) -> None:
    """Have a file, or the names of a folder, on the disk. OSError, but not for want of a look."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _missing(folder: Path) -> Iterable[Path]:
    """The folders on the way that are not there, the outermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    return reversed(missing)
