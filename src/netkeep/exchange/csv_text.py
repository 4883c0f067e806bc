"""CSV (RFC 4180): from bytes to numbered rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from netkeep.errors import BadValueError

csv.field_size_limit(2**31 - 1)  # a note may be longer than the 128 KiB that csv takes by itself

_QUOTED = re.compile(r'"[^"]*"')


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 if it begins with its mark; else BadValueError."""
    is_utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = _decoded(content, "UTF-16") if is_utf_16 else ""
    before, nul, _ = (text.encode() if is_utf_16 else content).partition(b"\0")
    if nul:
        row = before.count(b"\n") + 1
        raise BadValueError(f"line {row} is not text", "save it as CSV UTF-8")
    return text if is_utf_16 else decode_utf_8(content)


def decode_utf_8(content: bytes) -> str:
    """The text of a file in UTF-8, without its mark; BadValueError that names the line if not."""
    return _decoded(content.removeprefix(codecs.BOM_UTF8), "UTF-8")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content[: error.start].decode(encoding).count("\n") + 1
        raise BadValueError(f"line {row} is not {encoding} text", "save it as CSV UTF-8") from None


def numbered(text: str, delimiter: str = "") -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line each begins on; a quoted cell may hold line breaks.

    The delimiter is the one the first line has, unless given. BadValueError names the line that
    what is no CSV begins on.
    """
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text), strict=True
    )
    first = 1
    try:
        for row in rows:
            yield first, row
            first = rows.line_num + 1
    except csv.Error as error:
        raise BadValueError(f"line {first} is not CSV: {error}") from None


def _delimiter(text: str) -> str:
    """A comma, or what Excel writes where that is the decimal mark, or a tab."""
    header = next((each for each in io.StringIO(text, newline="") if each.strip()), "")
    bare = _QUOTED.sub("", header)
    return next((each for each in ",;\t" if each in bare), ",")
