"""Limits of an import, so that a hostile file takes neither hours nor gigabytes.

Google allows 25,000 contacts and LinkedIn 30,000 connections, so real address books are smaller.
"""

from __future__ import annotations

import re
import sys

from netkeep.errors import BadValueError

MAX_BYTES = 100_000_000  # in a file, most of which may be photos
MAX_CSV_BYTES = 25_000_000  # in a CSV, which has no photos
MAX_RECORDS = 100_000  # people in a file
MAX_ROWS = 200_000  # in a CSV, with empty rows and the notes before the header
MAX_FILE_LINES = 3_000_000  # in a file of cards, folded
MAX_PROPERTIES = 500_000  # in a file of cards: unfolded lines
MAX_VALUES = 2_000_000  # in a file: texts between the commas and semicolons of cards and cells
MAX_JSON_BYTES = 75_000_000  # of JSON in memory, where an emoji makes every character 4 bytes long
MAX_JSON_VALUES = 2_000_000  # in JSON, counted by commas; 60,000 people have 1,900,000
MAX_JSON_CONTAINERS = 450_000  # objects and lists in JSON, of up to 500 bytes each
MAX_JSON_RECORDS = 500_000  # in a list of JSON, such as the touchpoints
MAX_LINES = 10_000  # in a card
MAX_CELLS = 1_000  # in a row
MAX_LINE_BYTES = 1_000_000  # in a line that is not a photo
HINT = "split the file"

# Only the beginning of these properties is read.
_BINARY = re.compile(rb"(?:[\w.-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)


def check_bytes(count: int) -> None:
    """Raise BadValueError if a file is too large."""
    if count > MAX_BYTES:
        raise BadValueError(f"the file has more than {MAX_BYTES // 1_000_000} MB", HINT)


def check_csv_bytes(count: int) -> None:
    """Raise BadValueError if a CSV is too large."""
    if count > MAX_CSV_BYTES:
        raise BadValueError(f"the CSV has more than {MAX_CSV_BYTES // 1_000_000} MB", HINT)


def check_records(count: int) -> None:
    """Raise BadValueError if there are too many people in a file."""
    if count > MAX_RECORDS:
        raise BadValueError(f"the file has more than {MAX_RECORDS:,} people", HINT)


def check_rows(count: int) -> None:
    """Raise BadValueError if there are too many rows in a CSV."""
    if count > MAX_ROWS:
        raise BadValueError(f"the file has more than {MAX_ROWS:,} rows", HINT)


def check_values(count: int) -> None:
    """Raise BadValueError if there are too many values in a file."""
    if count > MAX_VALUES:
        raise BadValueError(f"the file has more than {MAX_VALUES:,} values", HINT)


def check_cards(content: bytes) -> None:
    """Raise BadValueError if a file of cards has too many lines or values."""
    lines = max(content.count(b"\n"), content.count(b"\r"))  # CRLF is one line end
    if lines > MAX_FILE_LINES:
        raise BadValueError(f"the file has more than {MAX_FILE_LINES:,} lines", HINT)
    if lines - sum(map(content.count, (b"\n ", b"\n\t", b"\r ", b"\r\t"))) > MAX_PROPERTIES:
        raise BadValueError(f"the file has more than {MAX_PROPERTIES:,} properties", HINT)
    check_values(sum(map(content.count, (b",", b";", b"\\"))))


def check_json(text: str) -> None:
    """Raise BadValueError if a JSON file has too many values; call it before parsing."""
    if sys.getsizeof(text) > MAX_JSON_BYTES:
        megabytes = MAX_JSON_BYTES // 1_000_000
        raise BadValueError(f"the JSON needs more than {megabytes} MB of memory", HINT)
    if text.count(",") > MAX_JSON_VALUES:
        raise BadValueError(f"the file has more than {MAX_JSON_VALUES:,} values", HINT)
    if text.count("{") + text.count("[") > MAX_JSON_CONTAINERS:
        raise BadValueError(
            f"the file has more than {MAX_JSON_CONTAINERS:,} objects and lists", HINT
        )


def check_json_records(name: str, count: int) -> None:
    """Raise BadValueError if a list in a JSON file is too long."""
    if count > MAX_JSON_RECORDS:
        raise BadValueError(f"the file has more than {MAX_JSON_RECORDS:,} {name}", HINT)


def check_lines(count: int) -> None:
    """Raise BadValueError if a card has too many lines."""
    if count > MAX_LINES:
        raise BadValueError(f"the card has more than {MAX_LINES:,} lines")


def check_cells(number: int, count: int) -> None:
    """Raise BadValueError if the row on line `number` has too many cells."""
    if count > MAX_CELLS:
        raise BadValueError(f"line {number} has more than {MAX_CELLS:,} cells")


def check_line(number: int, length: int) -> None:
    """Raise BadValueError if line `number` is too long."""
    if length > MAX_LINE_BYTES:
        raise BadValueError(f"line {number} has more than {MAX_LINE_BYTES:,} bytes")


def check_card_line(number: int, line: bytes) -> None:
    """Raise BadValueError if line `number` of a card is too long, unless it is a photo."""
    if not _BINARY.match(line):
        check_line(number, len(line))
