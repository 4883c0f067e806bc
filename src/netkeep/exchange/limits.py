"""How much an import reads at most, so that a hostile file costs neither hours nor gigabytes."""

from __future__ import annotations

import re

from netkeep.errors import BadValueError

MAX_BYTES = 100_000_000  # of a file
MAX_RECORDS = 200_000  # people of a file
MAX_FILE_LINES = 3_000_000  # of a file of cards
MAX_LINES = 10_000  # of a card
MAX_LINE_BYTES = 1_000_000  # of a line that is no photo
HINT = "split the file"

# Of these only the beginning is read.
_BINARY = re.compile(rb"(?:[\w.-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)


def check_bytes(count: int) -> None:
    """Raise BadValueError if a file is too large."""
    if count > MAX_BYTES:
        raise BadValueError(f"the file has more than {MAX_BYTES // 1_000_000} MB", HINT)


def check_records(count: int) -> None:
    """Raise BadValueError if there are too many people in a file."""
    if count > MAX_RECORDS:
        raise BadValueError(f"the file has more than {MAX_RECORDS:,} people", HINT)


def check_file_lines(content: bytes) -> None:
    """Raise BadValueError if a file of cards has too many lines."""
    if content.count(b"\n") + content.count(b"\r") > 2 * MAX_FILE_LINES:  # CRLF counts twice
        raise BadValueError(f"the file has more than {MAX_FILE_LINES:,} lines", HINT)


def check_lines(count: int) -> None:
    """Raise BadValueError if a card has too many lines."""
    if count > MAX_LINES:
        raise BadValueError(f"the card has more than {MAX_LINES:,} lines")


def check_line(number: int, length: int) -> None:
    """Raise BadValueError if a line is too long."""
    if length > MAX_LINE_BYTES:
        raise BadValueError(f"line {number} has {length:,} bytes; {MAX_LINE_BYTES:,} is the most")


def shortened(number: int, line: bytes) -> bytes:
    """Return a line of a card, and only the beginning of a photo."""
    if len(line) > MAX_LINE_BYTES and _BINARY.match(line):
        return line[:MAX_LINE_BYTES]
    check_line(number, len(line))
    return line
