"""Standard output, standard error, and the sanitizer of all text that is shown."""

import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TextIO

from netkeep.errors import OutputError, reason

# Control characters (C0, DEL, C1), bidi controls (UAX #9, 2), line separators and surrogates.
# Joiners and variation selectors stay: scripts and emoji need them.
_UNSAFE = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
_SHORT_ESCAPES = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
DUMB_TERMINALS = {"dumb", "unknown"}  # values of TERM
MAX_LENGTH = 500  # characters in a line on standard error
MIN_WIDTH = 20  # columns; a terminal that reports fewer does not know its width


def use_locale_encoding() -> None:
    """Print in ASCII under LC_ALL=C, for which Python would use UTF-8 (PEP 540).

    Without any locale, as in most containers, keep UTF-8, so that names are readable.
    """
    if os.environ.get("LC_ALL") not in {"C", "POSIX"}:
        return
    if os.environ.get("PYTHONIOENCODING") or os.environ.get("PYTHONUTF8"):
        return
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="ascii", errors="backslashreplace")


def is_stdout_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


class Color(StrEnum):
    """When to use colour."""

    auto = "auto"
    always = "always"
    never = "never"


def use_color(when: Color) -> None:
    """Set NO_COLOR or FORCE_COLOR in the environment; `auto` leaves them unchanged.

    Rich, Typer's help and the programs that netkeep starts, such as a pager, read them too.
    """
    variables = {Color.always: "FORCE_COLOR", Color.never: "NO_COLOR"}
    if when in variables:
        for variable in variables.values():
            os.environ.pop(variable, None)
        os.environ[variables[when]] = "1"


def has_color() -> bool:
    """Return whether standard output is coloured (https://no-color.org, https://force-color.org).

    NO_COLOR comes before FORCE_COLOR, and both come before what the terminal can do.
    """
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (
        is_stdout_terminal() and os.environ.get("TERM") not in DUMB_TERMINALS
    )


def write_output(text: str, encoding: str | None = None) -> None:
    """Write to standard output and flush it; the default encoding is the terminal's.

    Raise OutputError if that fails. A closed pipe is not a failure.
    """
    if sys.stdout is None:
        raise OutputError("the output cannot be written: standard output is closed")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        handle_output_error(error)


def handle_output_error(error: OSError) -> None:
    """Discard the rest of the output, and raise OutputError unless a pipe was closed."""
    _redirect_to_null(sys.stdout.fileno())
    if not isinstance(error, BrokenPipeError):
        raise OutputError(f"the output cannot be written: {reason(error)}") from None


def print_message(text: str) -> None:
    """Print one line on standard error, wrapped at words on a terminal."""
    if sys.stderr is None:
        return
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")
    try:
        sys.stderr.write(f"{wrap(sanitize(text), sys.stderr)}\n")
        sys.stderr.flush()
    except OSError:
        _redirect_to_null(sys.stderr.fileno())


def wrap(line: str, stream: TextIO | None) -> str:
    """Wrap a line at words if the stream is a terminal; keep its indentation."""
    if stream is None or not stream.isatty():
        return line
    width = os.get_terminal_size(stream.fileno()).columns
    if len(line) <= width or width < MIN_WIDTH:
        return line
    import textwrap

    return textwrap.fill(
        line,
        width,
        subsequent_indent=" " * (len(line) - len(line.lstrip(" "))),
        break_long_words=False,
        break_on_hyphens=False,
    )


@contextmanager
def progress_bar(label: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show a progress bar on standard error if it is a terminal, and remove it at the end.

    Yield a function that takes the number of steps completed since its last call. Without a
    `total` number of steps, the bar only shows activity.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda steps: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda steps: bar.advance(task, steps)


def _redirect_to_null(descriptor: int) -> None:
    """Send buffered output to the null device, so that Python's final flush succeeds."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, descriptor)
    os.close(null)


def separator() -> str:
    """Return the separator of parts of a line on standard error: a dot if it can be shown."""
    encoding = (sys.stderr and sys.stderr.encoding) or "utf-8"
    return " · " if encoding.lower().startswith("utf") else ", "


def sanitize(text: str) -> str:
    """Replace characters that could move the cursor or reverse the text by visible escapes."""
    if text.isprintable():  # as nearly every text is, so that the pattern is seldom compiled
        return text
    return re.sub(_UNSAFE, lambda match: _escape(match[0]), text)


def sanitize_lines(text: str) -> str:
    """Sanitize the text, but keep its line breaks."""
    return "\n".join(map(sanitize, text.replace("\r\n", "\n").split("\n")))


def shorten(sentence: str) -> str:
    """Cut an error message that repeats very long input."""
    return sentence if len(sentence) <= MAX_LENGTH else f"{sentence[:MAX_LENGTH]}..."


def escape_tsv(text: str) -> str:
    """Return the text as a cell of TSV. Backslashes are doubled, so that it can be parsed."""
    return sanitize(text.replace("\\", "\\\\"))


def escape_csv(text: str) -> str:
    """Return the text as a cell of CSV, with a quote before a formula a spreadsheet would run.

    Formulas start with the characters in OWASP's "CSV Injection". A leading quote is doubled, so
    that the cell can be parsed.
    """
    lines = sanitize_lines(text)
    return f"'{lines}" if lines.startswith(("=", "+", "-", "@", "'")) else lines


def escape_json(document: str) -> str:
    """Replace the unsafe characters in the strings of a JSON document with JSON escapes."""
    return re.sub(_UNSAFE, lambda match: f"\\u{ord(match[0]):04x}", document)


def _escape(character: str) -> str:
    code = ord(character)
    return _SHORT_ESCAPES.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
