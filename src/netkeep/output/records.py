"""Serialize records as JSON, TSV and CSV; fields and their order are those of the domain values."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from netkeep.domain.serialize import json_value
from netkeep.output.sanitizer import escape_csv, escape_json, escape_tsv


def to_json(records: Sequence[NamedTuple]) -> str:
    """Return one JSON array (RFC 8259), with one record per line."""
    if not records:
        return "[]\n"
    return "[" + ",".join(f"\n{_json_object(record)}" for record in records) + "\n]\n"


def record_to_json(record: NamedTuple) -> str:
    """Return one JSON object."""
    return f"{_json_object(record)}\n"


def to_tsv(records: Sequence[NamedTuple]) -> str:
    """Return one line per record, without a header; tab, newline and backslash are escaped."""
    return "".join("\t".join(_cells(record, escape_tsv)) + "\n" for record in records)


def to_csv(records: Sequence[NamedTuple], record_type: type[NamedTuple]) -> str:
    """Return CSV with a header (RFC 4180, but with LF line ends) that no spreadsheet executes."""
    import csv

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(record_type._fields)
    writer.writerows(_cells(record, escape_csv) for record in records)
    return text.getvalue()


def _cells(record: NamedTuple, escape: Callable[[str], str]) -> list[str]:
    return [_cell(value, escape) for value in record]


def _cell(value: Any, escape: Callable[[str], str]) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():  # not escaped: -3 is a number, not a formula
            return str(value)
        case date():
            return value.isoformat()
        case tuple() if not hasattr(value, "_fields"):
            return escape("; ".join(map(str, value)))
        case _:
            return escape(str(value))


def _json_object(record: NamedTuple) -> str:
    import json

    return escape_json(json.dumps(json_value(record), ensure_ascii=False))
