"""Make text safe to print: on a terminal, and as a cell of TSV, CSV or JSON."""

from __future__ import annotations

import re

# Control characters (C0, DEL, C1), bidi controls (UAX #9, 2), line separators and surrogates.
# Joiners and variation selectors stay: scripts and emoji need them.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_SHORT_ESCAPES = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
MAX_LENGTH = 500  # characters of a line on standard error


def sanitize(text: str) -> str:
    """Replace every character that could move the cursor or turn the line with a visible escape."""
    return _UNSAFE.sub(lambda match: _escape(match[0]), text)


def sanitize_lines(text: str) -> str:
    """Sanitize the text, but keep its line breaks."""
    return "\n".join(map(sanitize, text.replace("\r\n", "\n").split("\n")))


def shorten(sentence: str) -> str:
    """Cut a sentence that repeats very long input, for an error message."""
    return sentence if len(sentence) <= MAX_LENGTH else f"{sentence[:MAX_LENGTH]}..."


def escape_tsv(text: str) -> str:
    """Return the text as a cell of TSV. Backslashes are doubled, so it can be read back."""
    return sanitize(text.replace("\\", "\\\\"))


def escape_csv(text: str) -> str:
    """Return the text as a cell of CSV, with a quote before a formula a spreadsheet would run.

    The characters are those of OWASP, "CSV Injection". A leading quote gets another one, so that
    the cell can be read back.
    """
    lines = sanitize_lines(text)
    return f"'{lines}" if lines.startswith(("=", "+", "-", "@", "'")) else lines


def escape_json(document: str) -> str:
    """Replace the unsafe characters in the strings of a JSON document with JSON escapes."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", document)


def _escape(character: str) -> str:
    code = ord(character)
    return _SHORT_ESCAPES.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
