"""Records in the formats other programs read; the fields are those of the domain, in order."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from netkeep.domain.birthdays import Birthday
from netkeep.domain.lengths import Length
from netkeep.domain.rounds import MonthDay
from netkeep.output.text import csv_cell, json_text, tsv_cell

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

WRITTEN = (Length, Birthday, MonthDay)  # as people write them


def to_json(records: Sequence[DataclassInstance]) -> str:
    """One JSON array (RFC 8259), a record a line."""
    return (
        "[" + ",".join(f"\n{_json(record)}" for record in records) + ("\n]\n" if records else "]\n")
    )


def one_to_json(record: DataclassInstance) -> str:
    """One JSON object."""
    return f"{_json(record)}\n"


def to_tsv(records: Sequence[DataclassInstance]) -> str:
    """One line a record, no header, nothing cut off; tab, newline and backslash escaped."""
    return "".join("\t".join(_cells(record, tsv_cell)) + "\n" for record in records)


def to_csv(records: Sequence[DataclassInstance], record_type: type[DataclassInstance]) -> str:
    """CSV with a header (RFC 4180, but for its line ends), and cells that no spreadsheet runs."""
    import csv  # noqa: PLC0415 - with json 3 ms, and TSV needs neither

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field.name for field in fields(record_type))
    writer.writerows(_cells(record, csv_cell) for record in records)
    return text.getvalue()


def _cells(record: DataclassInstance, escaped: Callable[[str], str]) -> list[str]:
    return [_cell(getattr(record, field.name), escaped) for field in fields(record)]


def _cell(value: Any, escaped: Callable[[str], str]) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():  # ours, so -3 is a number and no formula
            return str(value)
        case tuple():
            return escaped("; ".join(map(str, value)))
        case date():
            return value.isoformat()
        case _:
            return escaped(str(value))


def _json(record: DataclassInstance) -> str:
    import json  # noqa: PLC0415 - see to_csv

    return json_text(json.dumps(record, default=_json_value, ensure_ascii=False))


def _json_value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, WRITTEN):
        return str(value)
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no form in JSON")
