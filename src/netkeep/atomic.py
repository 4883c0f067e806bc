"""Write private files atomically: to a temporary file, then moved into place."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from netkeep.errors import OutputError, reason

LEFT_AFTER = 3600  # seconds, after which no command is still about to move a file into place
FILE_MODE, FOLDER_MODE = 0o600, 0o700
TEMPORARY = ".netkeep"  # the suffix of temporary files


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can open, and its missing parents. Raise OSError."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        with suppress(FileExistsError):  # another process was faster
            each.mkdir(mode=FOLDER_MODE)
            each.chmod(FOLDER_MODE)  # mkdir applies the umask


def make_temporary(path: Path) -> Path:
    """Make an empty file next to `path` that only its owner can read. Raise OSError."""
    temporary = path.with_name(f".{os.urandom(8).hex()}{TEMPORARY}")
    make_file(temporary)
    return temporary


def make_file(path: Path) -> None:
    """Make an empty file that only its owner can read. Raise OSError, also if it exists."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE)
    try:
        with suppress(PermissionError):  # a file system without modes
            os.fchmod(descriptor, FILE_MODE)  # open applies the umask
    finally:
        os.close(descriptor)


def move_into_place(temporary: Path, path: Path, *, force: bool) -> None:
    """Move a file into place; replace another file only with `force`. Raise OSError."""
    if not force:
        try:
            path.hardlink_to(temporary)  # fails if another process was faster
        except FileExistsError:
            raise
        except OSError:  # a file system without links: create the file first
            make_file(path)
        else:
            temporary.unlink()
            return
    temporary.replace(path)


def remove(path: Path) -> None:
    """Remove a file, if it exists and can be removed."""
    with suppress(OSError):
        path.unlink()


def sync(path: Path) -> None:
    """Flush a file or folder to the disk, unless it cannot be opened. Raise OSError."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_file(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file that only its owner can read; replace another file only with `force`.

    Raise OutputError if the file exists, is a link or not a file, or cannot be written; an existing
    file is then unchanged.
    """
    _write({path: content}, force=force)


def write_folder(folder: Path, contents: Mapping[str, bytes], *, force: bool) -> None:
    """Write files, by name, into a folder, which is made if it is missing.

    Raise OutputError as write_file does.
    """
    with _output_errors(folder, "made"):
        if folder.is_symlink():
            raise OutputError(f"{folder} is a link, and nothing is written through one")
        if folder.exists() and not folder.is_dir():
            raise OutputError(f"{folder} cannot be made: file exists")
        make_folder(folder)
    _write({folder / name: content for name, content in contents.items()}, force=force)


def remove_leftovers(folder: Path, now: datetime, *, suffix: str = TEMPORARY) -> None:
    """Remove the temporary files of commands that were killed an hour ago or earlier.

    `suffix` may have wildcards. Raise OSError.
    """
    for left in folder.glob(f".*{suffix}"):
        if now.timestamp() - left.stat().st_mtime > LEFT_AFTER:
            remove(left)


def _write(contents: Mapping[Path, bytes], *, force: bool) -> None:
    """Write all temporary files before moving any into place."""
    with ExitStack() as cleanup:
        temporaries = {}
        for path, content in contents.items():
            with _output_errors(path):
                _refuse_to_replace(path, force=force)
                temporaries[path] = make_temporary(path)
                cleanup.callback(remove, temporaries[path])
                temporaries[path].write_bytes(content)
                sync(temporaries[path])
        for path, temporary in temporaries.items():
            with _output_errors(path):
                move_into_place(temporary, path, force=force)
    for folder in {path.parent for path in contents}:
        sync(folder)


def _refuse_to_replace(path: Path, *, force: bool) -> None:
    if path.is_symlink():
        raise OutputError(f"{path} is a link, and nothing is written through one")
    if path.is_dir():
        raise OutputError(f"{path} is a folder")
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is not a file")
    if path.exists() and not force:
        raise FileExistsError


@contextmanager
def _output_errors(path: Path, done: str = "written") -> Iterator[None]:
    """Turn an OSError into an OutputError that names the path."""
    try:
        yield
    except FileExistsError:
        raise OutputError(f"{path} exists already", "to overwrite it: --force") from None
    except OSError as error:
        raise OutputError(f"{path} cannot be {done}: {reason(error)}") from None
