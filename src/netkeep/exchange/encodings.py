"""Decode files: from UTF-8, UTF-16 or the encoding that the user names."""

from __future__ import annotations

import codecs

from netkeep.errors import BadValueError

HINT = "name its encoding, such as --encoding cp1252, or save it as UTF-8"
ENCODINGS = "cp1252 (Western Europe), cp1250 (Central Europe), latin-1 or shift_jis"


def parse_encoding(name: str) -> str:
    """Return Python's name of a text encoding, or raise BadValueError."""
    try:
        b"BEGIN".decode(name)
        codec = codecs.lookup(name)
    except (LookupError, UnicodeError, ValueError):
        raise BadValueError(f'there is no encoding "{name}"', f"try {ENCODINGS}") from None
    return codec.name


def decode(content: bytes, encoding: str | None = None) -> str:
    """Decode a file, from UTF-8 unless another encoding is given; raise BadValueError.

    UTF-16 is recognised by its byte order mark or by the zeros in its first two characters.
    """
    utf_16 = None if encoding else _utf_16(content)
    if not (encoding or utf_16):
        refuse_nul(content)
        content = content.removeprefix(codecs.BOM_UTF8)
    return _decode(content, encoding or utf_16 or "UTF-8").removeprefix("\ufeff")


def to_ascii_superset(content: bytes, encoding: str | None = None) -> bytes:
    """Convert a file in UTF-16 to UTF-8; return any other unchanged but for a byte order mark.

    Each line of a vCard may have its own encoding, so the lines are decoded later, one by one.
    """
    if _utf_16(content) if encoding is None else not is_ascii_superset(encoding):
        return decode(content, encoding).encode()
    refuse_nul(content)
    return content.removeprefix(codecs.BOM_UTF8)


def is_ascii_superset(encoding: str) -> bool:
    """Return whether ASCII characters are encoded as in ASCII, unlike in UTF-16."""
    return "BEGIN:".encode(encoding) == b"BEGIN:"


def refuse_nul(content: bytes) -> None:
    """Raise BadValueError if there is a zero byte, which text never has."""
    before, nul, _ = content.partition(b"\0")
    if nul:
        number = len((before + b".").splitlines())
        raise BadValueError(f"line {number} is not text: it has a NUL in it", HINT)


def _utf_16(content: bytes) -> str | None:
    """Return the name of the encoding if this is UTF-16: half of the bytes of ASCII are zeros."""
    start = content[:4]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    zeros = [byte == 0 for byte in start]
    if zeros == [False, True, False, True]:
        return "UTF-16-LE"
    return "UTF-16-BE" if zeros == [True, False, True, False] else None


def _decode(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, errors="ignore")
        raise BadValueError(
            f"line {before.count(chr(10)) + 1} is not {encoding} text", HINT
        ) from None
