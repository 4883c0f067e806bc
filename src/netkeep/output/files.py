"""Files for other programs: written aside, and moved into place whole."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from netkeep.errors import OutputError

FILE_MODE, FOLDER_MODE = 0o600, 0o700


def write_file(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file that only its owner can read; over another one only by force.

    OutputError if there is one, or a link, or if it cannot be written; what was there is as it was.
    """
    _refuse(path, force=force)
    aside = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if force:
                aside.replace(path)
            else:
                path.hardlink_to(aside)  # which fails if another one was faster
        finally:
            aside.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {_reason(error)}") from None


def write_folder(folder: Path, files: Mapping[str, bytes], *, force: bool) -> None:
    """Write files into a folder, which is made if it is not there; none if one of them is there.

    OutputError as of write_file.
    """
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made: {_reason(error)}") from None
    for name in files:
        _refuse(folder / name, force=force)
    for name, content in files.items():
        write_file(folder / name, content, force=force)


def _refuse(path: Path, *, force: bool) -> None:
    if path.is_symlink():
        raise OutputError(f"{path} is a link, and nothing is written through one")
    if path.is_dir():
        raise OutputError(f"{path} is a folder")
    if path.exists() and not force:
        raise _exists(path)


def _exists(path: Path) -> OutputError:
    return OutputError(f"{path} is there already", "to write over it: --force")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
