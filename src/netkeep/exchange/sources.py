"""The formats an import reads, each by its reader."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from netkeep.domain.text import LINE_LIMIT
from netkeep.errors import BadValueError
from netkeep.exchange import csv_rows, google, linkedin, mapped, outlook, own_csv, own_json, vcard
from netkeep.exchange.own_json import Dump
from netkeep.exchange.plan import Record, Skipped

CSV_KINDS = {"csv": own_csv.is_header, "google": google.is_header, "outlook": outlook.is_header}
OF_LINKEDIN = {"First Name", "Last Name", "Connected On"}

_VCARD = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN\s*:\s*VCARD\s", re.IGNORECASE)
_JSON = re.compile(r'\s*(?:\[\s*[\[\]{"0-9]|\{\s*["}])')  # no name of a column begins like this
_HINT = "say what it is with --as, or with --map which column is what"


def recognise(content: bytes) -> str:
    """One of linkedin, google, outlook, csv (netkeep's own), vcard and json, or BadValueError."""
    if _VCARD.match(content):  # an old card need not be UTF-8
        return "vcard"
    text = csv_rows.decode(content)
    if _VCARD.match(text.encode()):
        return "vcard"
    return "json" if _JSON.match(text) else _csv_kind(text)


def _csv_kind(text: str) -> str:
    header: list[str] = []
    try:
        for _, row in itertools.islice(csv_rows.numbered(text), linkedin.HEADER_WITHIN):
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


class Source(StrEnum):
    """What a file may be; csv and json are netkeep's own."""

    linkedin = "linkedin"
    google = "google"
    outlook = "outlook"
    csv = "csv"
    vcard = "vcard"
    json = "json"


_CSV_READERS = {Source.google: google.read, Source.outlook: outlook.read, Source.csv: own_csv.read}


def read(
    content: bytes, source: Source | None, mapping: Mapping[str, str], today: date
) -> tuple[Sequence[Record | Skipped], Dump]:
    """The people of a file, and the whole history of one that netkeep exported.

    With a mapping of columns to fields it is any CSV; else what it is said to be, or what its
    content says. BadValueError if it cannot be read at all.
    """
    if mapping:
        return mapped.read(csv_rows.decode(content), today, mapping), Dump()
    source = source or Source(recognise(content))
    if source is Source.json:
        dump, skipped = own_json.read(content, today)
        return [*own_json.records(dump), *skipped], dump
    if source is Source.vcard:
        return vcard.read(content, today), Dump()
    if source is Source.linkedin:
        return linkedin.read(content, today), Dump()
    return _CSV_READERS[source](csv_rows.decode(content), today), Dump()
