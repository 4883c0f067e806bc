"""Standard output, which is the answer, and standard error, which is everything else."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from netkeep.errors import OutputError, reason
from netkeep.output.sanitizer import sanitize


def use_locale_encoding() -> None:
    """Say everything in ASCII under LC_ALL=C, where Python would use UTF-8 all the same (PEP 540).

    Without any locale, as containers are, names are better kept whole.
    """
    if os.environ.get("LC_ALL") not in {"C", "POSIX"}:
        return
    if os.environ.get("PYTHONIOENCODING") or os.environ.get("PYTHONUTF8"):
        return
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="ascii", errors="backslashreplace")


def write_output(text: str, encoding: str | None = None) -> None:
    """Write the answer, in the terminal's encoding if not told otherwise, and flush it.

    A reader that has gone away wants no more of it; any other failure is an OutputError.
    """
    if sys.stdout is None:
        raise OutputError("the answer cannot be written: standard output is closed")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        handle_output_error(error)


def handle_output_error(error: OSError) -> None:
    """Write nothing more of the answer; OutputError unless it is only that nobody reads on."""
    _abandon(sys.stdout.fileno())
    if not isinstance(error, BrokenPipeError):
        raise OutputError(f"the answer cannot be written: {reason(error)}") from None


def print_message(text: str) -> None:
    """Say one line beside the answer."""
    if sys.stderr is None:
        return
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")
    try:
        sys.stderr.write(f"{sanitize(text)}\n")
        sys.stderr.flush()
    except OSError:
        _abandon(sys.stderr.fileno())


def is_stdout_terminal() -> bool:
    """Whether the answer goes to a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def _abandon(descriptor: int) -> None:
    """Send what is left to nowhere, so that Python's last flush does not fail as well."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


@contextmanager
def progress_bar(label: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, gone at the end; yields what to tell how many more steps are done.

    Of `total` steps, or of nobody knows how many.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda steps: None
        return
    # 60 ms, and only whoever watches pays them.
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda steps: bar.advance(task, steps)
