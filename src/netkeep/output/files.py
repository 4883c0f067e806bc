"""Files for other programs: written aside, and moved into place whole."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from netkeep.errors import OutputError

FILE_MODE, FOLDER_MODE = 0o600, 0o700


def write_file(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file that only its owner can read; over another one only by force.

    OutputError if there is one, or something that is no file, or a link, or if it cannot be
    written; what was there is as it was.
    """
    _write({path: content}, force=force)


def write_folder(folder: Path, files: Mapping[str, bytes], *, force: bool) -> None:
    """Write files into a folder, which is made if it is not there; all of them, or none.

    OutputError as of write_file.
    """
    with _worded(folder, "made"):
        if folder.is_symlink():
            raise OutputError(f"{folder} is a link, and nothing is written through one")
        if folder.exists() and not folder.is_dir():
            raise OutputError(f"{folder} cannot be made: file exists")
        for missing in _missing(folder):
            missing.mkdir(mode=FOLDER_MODE)
            missing.chmod(FOLDER_MODE)  # whatever the umask
    _write({folder / name: content for name, content in files.items()}, force=force)


def _write(files: Mapping[Path, bytes], *, force: bool) -> None:
    """Write all of them aside, and only then move them into place."""
    with ExitStack() as leftovers:
        asides = {}
        for path, content in files.items():
            with _worded(path):
                _refuse(path, force=force)
                aside = path.with_name(f".{secrets.token_hex(8)}.netkeep")
                leftovers.callback(_remove, aside)
                _write_aside(aside, content)
                asides[path] = aside
        for path, aside in asides.items():
            with _worded(path):
                if force:
                    aside.replace(path)
                else:
                    path.hardlink_to(aside)  # which fails if another one was faster
    for folder in {path.parent for path in files}:
        _sync(folder)


def _write_aside(aside: Path, content: bytes) -> None:
    descriptor = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, FILE_MODE)  # whatever the umask
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def _remove(aside: Path) -> None:
    with suppress(OSError):  # what was moved into place, or never was there
        aside.unlink()


def _refuse(path: Path, *, force: bool) -> None:
    if path.is_symlink():
        raise OutputError(f"{path} is a link, and nothing is written through one")
    if path.is_dir():
        raise OutputError(f"{path} is a folder")
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is not a file")
    if path.exists() and not force:
        raise FileExistsError


def _missing(folder: Path) -> Iterable[Path]:
    """The folders on the way that are not there, the outermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    return reversed(missing)


def _sync(folder: Path) -> None:
    """Have the names of a folder on the disk, where one may look into it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _worded(path: Path, done: str = "written") -> Iterator[None]:
    """Turn what the system says of a path into a sentence that names it."""
    try:
        yield
    except FileExistsError:
        raise OutputError(f"{path} is there already", "to write over it: --force") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"{path} cannot be {done}: {reason}") from None
