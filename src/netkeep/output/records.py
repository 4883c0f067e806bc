"""Serialize records as JSON, TSV and CSV; fields and their order are those of the domain values."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from netkeep.domain.serialize import json_value
from netkeep.output.streams import escape_csv, escape_json, escape_tsv


def to_json(records: Sequence[NamedTuple]) -> str:
    """Return one JSON array (RFC 8259), with one record per line."""
    if not records:
        return "[]\n"
    return "[" + ",".join(f"\n{record_to_json(record)}" for record in records) + "\n]\n"


def record_to_json(record: NamedTuple) -> str:
    """Return one JSON object, on one line."""
    import json

    return escape_json(json.dumps(json_value(record), ensure_ascii=False))


def to_tsv(records: Sequence[NamedTuple]) -> str:
    """Return one line per record, without a header; tab, newline and backslash are escaped."""
    return "".join("\t".join(map(escape_tsv, _texts(record))) + "\n" for record in records)


def to_csv(records: Sequence[NamedTuple], record_type: type[NamedTuple]) -> str:
    """Return CSV with a header (RFC 4180, but with LF line ends) that no spreadsheet executes."""
    import csv

    csv_text = io.StringIO()
    writer = csv.writer(csv_text, lineterminator="\n")
    writer.writerow(record_type._fields)
    for record in records:
        # Numbers are not escaped: -3 is a number, not a formula.
        writer.writerow(
            text if isinstance(value, int) else escape_csv(text)
            for value, text in zip(record, _texts(record), strict=True)
        )
    return csv_text.getvalue()


def _texts(record: NamedTuple) -> list[str]:
    return [_text(value) for value in record]


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case tuple() if not hasattr(value, "_fields"):
            return "; ".join(map(str, value))
        case _:
            return str(value)
