"""What kind of file it is that somebody wants to take people from, by what is in it."""

from __future__ import annotations

import itertools
import re

from netkeep.domain.text import LINE_LIMIT
from netkeep.errors import BadValueError
from netkeep.exchange import csv_text, google, linkedin, outlook, own_csv

CSV_KINDS = {"csv": own_csv.is_header, "google": google.is_header, "outlook": outlook.is_header}
OF_LINKEDIN = {"First Name", "Last Name", "Connected On"}

_VCARD = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN\s*:\s*VCARD\s", re.IGNORECASE)
_JSON = re.compile(r'\s*(?:\[\s*[\[\]{"0-9]|\{\s*["}])')  # no name of a column begins like this
_HINT = "say what it is with --as, or with --map which column is what"


def recognise(content: bytes) -> str:
    """One of linkedin, google, outlook, csv (netkeep's own), vcard and json, or BadValueError."""
    if _VCARD.match(content):  # an old card need not be UTF-8
        return "vcard"
    text = csv_text.decode(content)
    if _VCARD.match(text.encode()):
        return "vcard"
    return "json" if _JSON.match(text) else _csv_kind(text)


def _csv_kind(text: str) -> str:
    header: list[str] = []
    try:
        for _, row in itertools.islice(csv_text.numbered(text), linkedin.HEADER_WITHIN):
            columns = [cell.strip() for cell in row]
            if set(columns) >= OF_LINKEDIN:  # which notes may come before
                return "linkedin"
            if not header and any(columns):
                header = columns
                for kind, is_header in CSV_KINDS.items():
                    if is_header(header):
                        return kind
    except BadValueError as error:
        raise _unknown(error.sentence) from None
    if not text.strip():
        raise _unknown("it is empty")
    listed = ", ".join(filter(None, header))[:LINE_LIMIT]
    raise _unknown("it is no vCard and no JSON, and no CSV with columns it knows", listed)


def _unknown(reason: str, columns: str = "") -> BadValueError:
    hint = f"{_HINT}; its columns: {columns}" if columns else _HINT
    return BadValueError(f"netkeep does not know this file: {reason}", hint)
