"""Files for other programs: all of them written, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from netkeep import files
from netkeep.errors import OutputError, reason


def write_file(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file that only its owner can read; over another one only by force.

    OutputError if there is one, or something that is no file, or a link, or if it cannot be
    written; what was there is as it was.
    """
    _write({path: content}, force=force)


def write_folder(folder: Path, contents: Mapping[str, bytes], *, force: bool) -> None:
    """Write files into a folder, which is made if it is not there; all of them, or none.

    OutputError as of write_file.
    """
    with _worded(folder, "made"):
        if folder.is_symlink():
            raise OutputError(f"{folder} is a link, and nothing is written through one")
        if folder.exists() and not folder.is_dir():
            raise OutputError(f"{folder} cannot be made: file exists")
        files.make_folder(folder)
    _write({folder / name: content for name, content in contents.items()}, force=force)


def _write(contents: Mapping[Path, bytes], *, force: bool) -> None:
    """Write all of them aside, and only then move them into place."""
    with ExitStack() as leftovers:
        asides = {}
        for path, content in contents.items():
            with _worded(path):
                _refuse(path, force=force)
                asides[path] = files.make_aside(path)
                leftovers.callback(files.remove, asides[path])
                asides[path].write_bytes(content)
                files.sync(asides[path])
        for path, aside in asides.items():
            with _worded(path):
                files.move_into_place(aside, path, force=force)
    for folder in {path.parent for path in contents}:
        files.sync(folder)


def _refuse(path: Path, *, force: bool) -> None:
    if path.is_symlink():
        raise OutputError(f"{path} is a link, and nothing is written through one")
    if path.is_dir():
        raise OutputError(f"{path} is a folder")
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is not a file")
    if path.exists() and not force:
        raise FileExistsError


@contextmanager
def _worded(path: Path, done: str = "written") -> Iterator[None]:
    """Turn what the system says of a path into a sentence that names it."""
    try:
        yield
    except FileExistsError:
        raise OutputError(f"{path} is there already", "to write over it: --force") from None
    except OSError as error:
        raise OutputError(f"{path} cannot be {done}: {reason(error)}") from None
