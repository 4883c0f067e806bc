"""Any other CSV, of which somebody says what its columns are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from netkeep.domain.contact import FIELDS, Detail
from netkeep.errors import BadValueError
from netkeep.exchange.csv_rows import READERS, Draft, Names, drafts
from netkeep.exchange.plan import Record, Skipped

NAMES = ("name", "first", "last")
SEVERAL = ("note", *Detail)  # what more than one column may be
SINGLE = (
    *(name for name, field in FIELDS.items() if field.fills and name not in SEVERAL),
    "kind",
)
TARGETS = (*NAMES, *SINGLE, *SEVERAL)


def read(text: str, today: date, mapping: Mapping[str, str]) -> list[Record | Skipped]:
    """Every row after the header, by what field each column is.

    BadValueError if there is no such field or no such column, or if two columns are to be the same
    field that holds one value.
    """
    columns, rows = drafts(text, today)
    _check(mapping, columns)
    of_field = {
        field: [column for column, mapped in mapping.items() if mapped == field]
        for field in TARGETS
    }
    return [_record(draft, of_field) for draft in rows]


def _check(mapping: Mapping[str, str], columns: Sequence[str]) -> None:
    for column, field in mapping.items():
        if field not in TARGETS:
            raise BadValueError(
                f'there is no field "{field}" for a column to be', f"fields: {', '.join(TARGETS)}"
            )
        if column not in columns:
            raise BadValueError(
                f'the file has no column "{column}"', f"columns: {', '.join(filter(None, columns))}"
            )
    for field in (*NAMES, *SINGLE):
        if list(mapping.values()).count(field) > 1:
            raise BadValueError(
                f"only one column can be {field}",
                f"fields that several columns can be: {', '.join(SEVERAL)}",
            )


def _record(draft: Draft, of_field: Mapping[str, Sequence[str]]) -> Record | Skipped:
    names = Names(family=draft.take(*of_field["last"]), given=draft.take(*of_field["first"]))
    whole = "".join(map(draft.take_name, of_field["name"]))
    draft.add_names(names, whole)
    for field in SINGLE:
        draft.fill(field, *of_field[field])
    if notes := [note for column in of_field["note"] if (note := draft.take(column))]:
        draft.fields["note"] = READERS["note"]("\n".join(notes), draft.today)
    for detail in Detail:
        for column in of_field[detail]:
            for entry in _entries(detail, draft.take(column)):
                draft.add(detail, entry)
    return draft.record(whole, names.label, *draft.else_named())


def _entries(detail: Detail, cell: str) -> list[str]:
    """What a cell holds of a list; only in a URL may a semicolon be part of one."""
    between = None if detail is Detail.url else ";"
    return [entry for each in cell.split(between) if (entry := each.strip())]
