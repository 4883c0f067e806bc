"""Records in the formats other programs read; the fields are those of the domain, in order."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from netkeep.domain.serialize import json_value
from netkeep.output.sanitizer import escape_csv, escape_json, escape_tsv


def to_json(records: Sequence[NamedTuple]) -> str:
    """One JSON array (RFC 8259), a record a line."""
    return (
        "[" + ",".join(f"\n{_json(record)}" for record in records) + ("\n]\n" if records else "]\n")
    )


def record_to_json(record: NamedTuple) -> str:
    """One JSON object."""
    return f"{_json(record)}\n"


def to_tsv(records: Sequence[NamedTuple]) -> str:
    """One line a record, no header, nothing cut off; tab, newline and backslash escaped."""
    return "".join("\t".join(_cells(record, escape_tsv)) + "\n" for record in records)


def to_csv(records: Sequence[NamedTuple], record_type: type[NamedTuple]) -> str:
    """CSV with a header (RFC 4180, but for its line ends), and cells that no spreadsheet runs."""
    import csv

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(record_type._fields)
    writer.writerows(_cells(record, escape_csv) for record in records)
    return text.getvalue()


def _cells(record: NamedTuple, escaped: Callable[[str], str]) -> list[str]:
    return [_cell(value, escaped) for value in record]


def _cell(value: Any, escaped: Callable[[str], str]) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():  # ours, so -3 is a number and no formula
            return str(value)
        case date():
            return value.isoformat()
        case tuple() if not hasattr(value, "_fields"):
            return escaped("; ".join(map(str, value)))
        case _:
            return escaped(str(value))


def _json(record: NamedTuple) -> str:
    import json

    return escape_json(json.dumps(json_value(record), ensure_ascii=False))
