"""The one sanitiser: how any text is made safe to show."""

from __future__ import annotations

import re

# Control characters (C0, DEL, C1), bidi controls (UAX #9, 2), line separators and surrogates.
# Joiners and variation selectors stay: scripts and emoji need them.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
LONGEST = 500  # characters of a line on standard error
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def sanitize(text: str) -> str:
    """The text with everything that could move the cursor or turn the line made visible."""
    return _UNSAFE.sub(lambda found: _escape(found[0]), text)


def shorten(sentence: str) -> str:
    """What was typed, or is in a file, is repeated in an error, but not at any length."""
    return sentence if len(sentence) <= LONGEST else f"{sentence[:LONGEST]}..."


def escape_tsv(text: str) -> str:
    """The text as one cell of TSV: backslashes doubled, so that every escape can be undone."""
    return sanitize(text.replace("\\", "\\\\"))


def sanitize_lines(text: str) -> str:
    """The text as `shown`, its own line breaks kept."""
    return "\n".join(map(sanitize, text.replace("\r\n", "\n").split("\n")))


def escape_csv(text: str) -> str:
    """The text as one cell of CSV, with a quote before what a spreadsheet would run.

    The characters are those of OWASP, "CSV Injection"; a quote is quoted too, to be read back.
    """
    lines = sanitize_lines(text)
    return f"'{lines}" if lines.startswith(("=", "+", "-", "@", "'")) else lines


def escape_json(document: str) -> str:
    """A JSON document with unsafe characters in its strings as JSON's own escapes."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", document)


def _escape(character: str) -> str:
    code = ord(character)
    return _SHORT.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
