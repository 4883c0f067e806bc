"""Let users edit text in their editor, and never lose it."""

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
from netkeep.cli.prompts import can_prompt, confirm
from netkeep.errors import (
    AmbiguousPersonError,
    BadValueError,
    EditorError,
    NetkeepError,
    NoSuchPersonError,
    reason,
)
from netkeep.output.streams import is_stdout_terminal, print_message, sanitize, shorten

T = TypeVar("T")

FALLBACKS = ("nano", "vi")  # if neither VISUAL nor EDITOR is set
MISTAKES = (BadValueError, NoSuchPersonError, AmbiguousPersonError)  # the user can edit again
STDERR = 2


def can_edit() -> bool:
    """Return whether there is a terminal, or VISUAL or EDITOR names a program."""
    return can_prompt() or _named_editor() is not None


@contextmanager
def edit_text(
    text: str, name: str, parse: Callable[[str], T], *, confirm_retry: bool = False
) -> Iterator[T | None]:
    """Let the user edit a text; yield what `parse` returns, None if it is unchanged or empty.

    If `parse` rejects the text on a terminal, open the editor again with the error in a comment at
    the top; with `confirm_retry`, prompt first and add no comment. The text is in a private file
    with this name, which is removed at the end. After an error, also in the body of the `with`, the
    edited text stays in that file, or in the one that a killed editor saved beside it, and the
    error names the file.
    """
    draft = _private_folder() / name
    try:
        _write(draft, text)
        yield _edit_until_parsed(draft, text, parse, confirm_retry=confirm_retry)
    except BaseException as error:
        written = _find_written(draft, text)
        if written is None:
            shutil.rmtree(draft.parent, ignore_errors=True)
            raise
        kept = f"your text is kept in {written}"
        if isinstance(error, NetkeepError):
            error.hint = "; ".join(filter(None, [kept, error.hint]))
        else:
            print_message(kept)
        raise
    shutil.rmtree(draft.parent, ignore_errors=True)  # with the backup files of editors


def _edit_until_parsed(
    draft: Path, text: str, parse: Callable[[str], T], *, confirm_retry: bool
) -> T | None:
    rejected, remark = None, ""
    while True:
        _run_editor(draft)
        written = _read(draft).removeprefix(remark)
        if not _is_changed(written, text):
            return None
        try:
            return parse(written)
        except MISTAKES as mistake:
            # The same text again: the user has given up, or the editor is a program.
            if not can_prompt() or written == rejected:
                raise
            lines = [shorten(line) for line in (mistake.sentence, mistake.hint) if line]
            print_message("; ".join(lines))
            if confirm_retry and not confirm("Edit the text again?"):
                raise
            rejected = written
            remark = "" if confirm_retry else "".join(f"# {sanitize(line)}\n" for line in lines)
            _write(draft, remark + written)


def _find_written(draft: Path, text: str) -> Path | None:
    """Return the file with the edited text; None if nothing was edited."""
    files = [draft, *(path for path in sorted(draft.parent.glob("*")) if path.is_file())]
    return next((path for path in files if _is_changed(_read(path), text)), None)


def _is_changed(written: str, text: str) -> bool:
    return written.strip() not in {"", text.strip()}


def _run_editor(draft: Path) -> None:
    """Run the editor on the file. Raise EditorError if it cannot be run, or fails."""
    command = _editor_command()
    # While the editor runs, only the editor handles Ctrl-C. Unlike SIG_IGN, a handler is not
    # inherited by it.
    previous = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        ended = subprocess.run(
            [*command, str(draft)], check=False, stdout=None if is_stdout_terminal() else STDERR
        )
    except (OSError, ValueError) as error:
        raise EditorError(f"{command[0]} cannot be run: {reason(error)}") from None
    finally:
        signal.signal(signal.SIGINT, previous)
    if ended.returncode < 0:
        raise EditorError(f"{command[0]} was killed by signal {-ended.returncode}")
    if ended.returncode:
        raise EditorError(f"{command[0]} failed with exit code {ended.returncode}")


def _editor_command() -> list[str]:
    """Split the editor's command into words. Raise EditorError if there is none."""
    named = _named_editor() or (next(filter(shutil.which, FALLBACKS), "") if can_prompt() else "")
    try:
        command = shlex.split(named)
    except ValueError as error:
        raise EditorError(f"{named} is not a command: {reason(error)}") from None
    if not command:
        raise EditorError("no editor is installed")
    return command


def _named_editor() -> str | None:
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or None


def _private_folder() -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix="netkeep-"))
    except OSError as error:
        raise EditorError(f"the temporary file cannot be written: {reason(error)}") from None


def _write(draft: Path, text: str) -> None:
    write_file(draft, text.encode(errors="surrogateescape"), force=True)


def _read(path: Path) -> str:
    """Read the file; invalid bytes become surrogates. Return "" if the file is gone."""
    try:
        return path.read_bytes().decode("utf-8-sig", errors="surrogateescape")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise EditorError(f"{path} cannot be read: {reason(error)}") from None
