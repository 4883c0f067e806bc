"""The formats that an import reads: detect the format of a file, and read it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from netkeep.domain.text import LINE_LIMIT
from netkeep.errors import BadValueError
from netkeep.exchange import (
    csv_fields,
    csv_rows,
    encodings,
    google,
    limits,
    linkedin,
    outlook,
    own_json,
    vcard,
)
from netkeep.exchange.own_json import Dump
from netkeep.exchange.plan import Record, Skipped


class Source(StrEnum):
    """The format of a file; `csv` and `json` are netkeep's own."""

    linkedin = "linkedin"
    google = "google"
    outlook = "outlook"
    csv = "csv"
    vcard = "vcard"
    json = "json"


CSV_READERS = {  # the test of the header, and the reader
    Source.csv: (csv_fields.is_own_header, csv_fields.read_own),
    Source.google: (google.is_header, google.read),
    Source.outlook: (outlook.is_header, outlook.read),
}

_VCARD = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN\s*:\s*VCARD\s", re.IGNORECASE)
_JSON = re.compile(r'\s*(?:\[\s*[\[\]{"0-9]|\{\s*["}])')  # no column name begins like this
MAX_START = 1_000  # characters to search for the start of a vCard
_HINT = "name the format with --as, or the columns with --map"


def read(
    content: bytes,
    source: Source | None,
    mapping: Mapping[str, str],
    today: date,
    encoding: str | None = None,
) -> tuple[Sequence[Record | Skipped], Dump]:
    """Read the people in a file, and everything else in netkeep's own JSON.

    With a `mapping` of columns to fields, the file is any CSV; otherwise it has the given format or
    the detected one, or columns that are named like fields. Raise BadValueError if it cannot be
    read.
    """
    limits.check_bytes(len(content))
    source = None if mapping else source or detect(content, encoding)
    if source is Source.vcard:
        return vcard.read(content, today, encoding), Dump()  # lines have encodings of their own
    text = encodings.decode(content, encoding)
    if source is not Source.json:
        limits.check_csv_bytes(len(text))
    if source is None:
        return csv_fields.read_mapped(text, today, mapping), Dump()
    if source is Source.json:
        dump, skipped = own_json.read(text, today)
        return [*own_json.records(dump), *skipped], dump
    if source is Source.linkedin:
        return linkedin.read(text, today), Dump()
    _, read_csv = CSV_READERS[source]
    return read_csv(text, today), Dump()


def detect(content: bytes, encoding: str | None = None) -> Source | None:
    """Return the format of a file by its content, or raise BadValueError.

    A CSV whose columns are only named like fields has no format.
    """
    if _VCARD.match(content):  # before decoding: lines have encodings of their own
        return Source.vcard
    text = encodings.decode(content, encoding)
    if _VCARD.match(text[:MAX_START].encode()):
        return Source.vcard
    return Source.json if _JSON.match(text) else _detect_csv(text)


def _detect_csv(text: str) -> Source | None:
    limits.check_csv_bytes(len(text))
    header: list[str] = []
    try:
        rows = csv_rows.numbered_rows(text)
        for _, row in itertools.islice(rows, linkedin.MAX_LINES_TO_HEADER):
            cells = [cell.strip() for cell in row]
            if linkedin.is_header(cells):  # notes may precede it
                return Source.linkedin
            if not header and any(cells):
                header = cells
                for source, (is_header, _) in CSV_READERS.items():
                    if is_header(header):
                        return source
    except BadValueError as error:
        raise _unknown(error.sentence) from None
    if not text.strip():
        raise _unknown("the file is empty")
    if csv_fields.named_fields(header):
        return None
    listed = ", ".join(filter(None, header))[:LINE_LIMIT]
    raise _unknown("this is not a vCard, JSON, or CSV with known columns", listed)


def _unknown(reason: str, columns: str = "") -> BadValueError:
    hint = f"{_HINT}; the columns of the file: {columns}" if columns else _HINT
    return BadValueError(f"the format is not recognised: {reason}", hint)
