"""Read CSV with a column per field: netkeep's own (`list -f csv`), or any file with --map."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from netkeep.domain.contact import FIELDS, Contact, Detail, own_uid
from netkeep.errors import BadValueError
from netkeep.exchange.csv_rows import PARSERS, Draft, Names, drafts
from netkeep.exchange.plan import Record, Skipped

# The columns that every version of netkeep writes; fields added later follow.
OWN_HEADER = Contact._fields[: Contact._fields.index("uid") + 1]
DERIVED = ("id", "due_on", "last_touch_on", "created_at", "updated_at", "snoozes")
LEFT_OUT = {"via": "who introduced them", "worked": "where they worked"}

NAMES = ("name", "first", "last")
SEVERAL = ("note", *Detail)  # fields to which several columns may be mapped
SINGLE = (
    *(name for name, field in FIELDS.items() if field.fills and name not in SEVERAL),
    "kind",
)
TARGETS = (*NAMES, *SINGLE, *SEVERAL)

_QUOTE = re.compile(r"\A'(?=['=+@-])")  # added by escape_csv (output/streams.py)


def is_own_header(columns: Sequence[str]) -> bool:
    """Return whether these are the columns that netkeep writes; others may follow."""
    return tuple(columns[: len(OWN_HEADER)]) == OWN_HEADER


def read_own(text: str, today: date) -> list[Record | Skipped]:
    """Read all rows after the header; raise BadValueError if netkeep did not write it.

    DERIVED columns are not imported; `id` and `created_at` only identify the contact. LEFT_OUT
    columns cannot be restored from their text. `dropped_on`, `drop_reason` and additional columns
    become extra lines. List entries with `; ` in them and escaped characters are not restored
    exactly.
    """
    columns, rows = drafts(text, today)
    if not is_own_header(columns):
        raise BadValueError(
            f"this is not a CSV from netkeep: its columns are not {', '.join(OWN_HEADER)}",
            "write one: netkeep list --status all -f csv",
        )
    return [_own_record(draft) for draft in rows]


def _own_record(draft: Draft) -> Record | Skipped:
    draft.replace_cells(
        (column, _QUOTE.sub("", text) if column in OWN_HEADER else text)
        for column, text in draft.cells
    )
    derived = {column: draft.take(column) for column in DERIVED}
    draft.left_out += [label for column, label in LEFT_OUT.items() if draft.take(column)]
    if not draft.cell("cadence"):
        draft.fields["cadence"] = None
    for field in PARSERS:
        draft.fill(field, field)
    for detail in Detail:
        for entry in draft.take(detail.field).split("; "):
            draft.add(detail, entry)
    record = draft.record(draft.take_name("name"))
    if isinstance(record, Skipped) or not derived["id"].isdecimal():
        return record
    return record._replace(own_uid=own_uid(int(derived["id"]), derived["created_at"]))


def read_mapped(text: str, today: date, mapping: Mapping[str, str]) -> list[Record | Skipped]:
    """Read all rows after the header by a mapping of columns to fields.

    Raise BadValueError if a field or a column does not exist, or if a field with one value has two
    columns.
    """
    columns, rows = drafts(text, today)
    _check(mapping, columns)
    columns_of = {
        target: [column for column, mapped in mapping.items() if mapped == target]
        for target in TARGETS
    }
    return [_mapped_record(draft, columns_of) for draft in rows]


def _check(mapping: Mapping[str, str], columns: Sequence[str]) -> None:
    for column, field in mapping.items():
        if field not in TARGETS:
            raise BadValueError(
                f'--map: there is no field "{field}"', f"fields: {', '.join(TARGETS)}"
            )
        if column not in columns:
            raise BadValueError(
                f'the file has no column "{column}"', f"columns: {', '.join(filter(None, columns))}"
            )
    for field in (*NAMES, *SINGLE):
        if list(mapping.values()).count(field) > 1:
            raise BadValueError(
                f"--map: only one column can be {field}",
                f"these can have several columns: {', '.join(SEVERAL)}",
            )


def _mapped_record(draft: Draft, columns_of: Mapping[str, Sequence[str]]) -> Record | Skipped:
    names = Names(family=draft.take(*columns_of["last"]), given=draft.take(*columns_of["first"]))
    whole = "".join(map(draft.take_name, columns_of["name"]))
    draft.add_names(names, whole)
    for field in SINGLE:
        draft.fill(field, *columns_of[field])
    if notes := [note for column in columns_of["note"] if (note := draft.take(column))]:
        draft.fields["note"] = PARSERS["note"]("\n".join(notes), draft.today)
    for detail in Detail:
        # A semicolon may be part of a URL.
        separator = None if detail is Detail.url else ";"
        for column in columns_of[detail]:
            for entry in draft.take(column).split(separator):
                draft.add(detail, entry.strip())
    return draft.record(whole, names.label, *draft.fallback_names())
