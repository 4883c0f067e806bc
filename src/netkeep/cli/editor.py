"""Text written in somebody's own editor, and never lost."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from netkeep.atomic import write_file
from netkeep.cli.prompts import can_ask, confirm
from netkeep.errors import (
    AmbiguousPersonError,
    BadValueError,
    EditorError,
    NetkeepError,
    NoSuchPersonError,
    reason,
)
from netkeep.output.sanitizer import sanitize, shorten
from netkeep.output.streams import is_stdout_terminal, print_message

T = TypeVar("T")

USUAL = ("nano", "vi")  # where neither VISUAL nor EDITOR names one
MISTAKES = (BadValueError, NoSuchPersonError, AmbiguousPersonError)  # that another try puts right
STDERR = 2


def can_edit() -> bool:
    """Whether there is somebody to write, or a program that does it for them."""
    return can_ask() or _named() is not None


@contextmanager
def edited(
    text: str, name: str, read: Callable[[str], T], *, asks: bool = False
) -> Iterator[T | None]:
    """What `read` makes of a text once it was changed in an editor; None if it was not.

    On a terminal a mistake opens the editor again, with the mistake on top; or, if `asks`, once
    somebody wants it to. An empty text is no change. The text is in a private file of this name,
    which is gone at the end; but if it cannot be read, or what is done with it fails, whatever was
    written stays there, or in what a dying editor saved beside it, and the file is named.
    """
    draft = _private_folder() / name
    try:
        _write(draft, text)
        yield _read(draft, text, read, asks=asks)
    except BaseException as error:
        left = _left(draft, text)
        if left is None:
            shutil.rmtree(draft.parent, ignore_errors=True)
            raise
        kept = f"what you wrote is kept in {left}"
        if isinstance(error, NetkeepError):
            error.hint = "; ".join(filter(None, [kept, error.hint]))
        else:
            print_message(kept)
        raise
    shutil.rmtree(draft.parent, ignore_errors=True)  # with what editors leave beside a file


def _read(draft: Path, text: str, read: Callable[[str], T], *, asks: bool) -> T | None:
    mistaken, remark = None, ""
    while True:
        _open(draft)
        written = _content(draft).removeprefix(remark)
        if not _is_new(written, text):
            return None
        try:
            return read(written)
        except MISTAKES as mistake:
            # Whoever leaves a mistake as it is has given up, or is a program.
            if not can_ask() or written == mistaken:
                raise
            said = [shorten(line) for line in (mistake.sentence, mistake.hint) if line]
            print_message("; ".join(said))
            if asks and not confirm("Edit it again?"):
                raise
            mistaken = written
            remark = "" if asks else "".join(f"# {sanitize(line)}\n" for line in said)
            _write(draft, remark + written)


def _left(draft: Path, text: str) -> Path | None:
    """The file in which something is that was written; None if there is none."""
    files = [draft, *(one for one in sorted(draft.parent.glob("*")) if one.is_file())]
    return next((one for one in files if _is_new(_content(one), text)), None)


def _is_new(written: str, text: str) -> bool:
    return written.strip() not in {"", text.strip()}


def _open(draft: Path) -> None:
    """Let the editor have the file; EditorError if it cannot, or does not end well."""
    command = _editor()
    # Ctrl-C is the editor's as long as it runs. Unlike SIG_IGN, this is not passed on to it.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        ended = subprocess.run(
            [*command, str(draft)], check=False, stdout=None if is_stdout_terminal() else STDERR
        )
    except (OSError, ValueError) as error:
        raise EditorError(f"{command[0]} cannot be run: {reason(error)}") from None
    finally:
        signal.signal(signal.SIGINT, before)
    if ended.returncode < 0:
        raise EditorError(f"{command[0]} was killed by signal {-ended.returncode}")
    if ended.returncode:
        raise EditorError(f"{command[0]} failed with exit code {ended.returncode}")


def _editor() -> list[str]:
    """The words of the command; EditorError if there is none."""
    named = _named() or (next(filter(shutil.which, USUAL), "") if can_ask() else "")
    try:
        command = shlex.split(named)
    except ValueError as error:
        raise EditorError(f"{named} is no command: {reason(error)}") from None
    if not command:
        raise EditorError("there is no editor here")
    return command


def _named() -> str | None:
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or None


def _private_folder() -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix="netkeep-"))
    except OSError as error:
        raise EditorError(f"there is no room for a text: {reason(error)}") from None


def _write(draft: Path, text: str) -> None:
    write_file(draft, text.encode(errors="surrogateescape"), force=True)


def _content(draft: Path) -> str:
    """What is in the file, bytes that are no text as surrogates; nothing, if it is gone."""
    try:
        return draft.read_bytes().decode("utf-8-sig", errors="surrogateescape")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise EditorError(f"{draft} cannot be read: {reason(error)}") from None
