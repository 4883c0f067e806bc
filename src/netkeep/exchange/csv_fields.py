"""Read CSV with a column per field.

It is netkeep's own (`list -f csv`), one whose columns are named like fields, or any with --map.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from netkeep.domain.contact import FIELDS, Contact, Detail, Position, Via
from netkeep.domain.text import key, parse_line, split_texts
from netkeep.errors import BadValueError
from netkeep.exchange import outlook
from netkeep.exchange.columns import canonical
from netkeep.exchange.csv_rows import PARSERS, Draft, Names, drafts
from netkeep.exchange.own_json import TOO_LARGE
from netkeep.exchange.plan import Record, Skipped

# The columns that every version of netkeep writes; fields added later follow.
OWN_HEADER = Contact._fields[: Contact._fields.index("uid") + 1]
DERIVED = ("due_on", "last_touch_on")


def _count(text: str, least: int) -> int:
    if not least <= int(text) < TOO_LARGE:
        raise ValueError(f"{text} is too small or too large")
    return int(text)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return moment


HISTORY: dict[str, Callable[[str], Any]] = {
    "id": lambda cell: _count(cell, 1),
    "via": lambda cell: Via.from_text(cell) if cell else None,
    "dropped_on": lambda cell: date.fromisoformat(cell) if cell else None,
    "drop_reason": lambda cell: parse_line(cell, "reason") if cell else None,
    "created_at": _moment,
    "updated_at": _moment,
    "worked": lambda cell: tuple(map(Position.from_cell, filter(None, split_texts(cell, "; ")))),
    "snoozes": lambda cell: _count(cell or "0", 0),  # older files have no such column
}
NO_CONTACT: dict[str, Any] = {
    **dict.fromkeys(Contact._fields),
    **{detail.field: () for detail in Detail},
}

NAMES = ("name", "first", "last")
SEVERAL = ("note", *Detail)  # fields to which several columns may be mapped
SINGLE = (
    *(name for name, field in FIELDS.items() if field.fills and name not in SEVERAL),
    "kind",
)
TARGETS = (*NAMES, *SINGLE, *SEVERAL)

# The field of each column, by the key of its name: the names of fields, and of Outlook's columns.
_OUTLOOK = {
    "Display Name": "name",
    "First Name": "first",
    "Last Name": "last",
    "Company": "company",
    "Job Title": "title",
    "Schools": "school",
    "Birthday": "birthday",
    "Notes": "note",
    "Categories": "tag",
    "Web Page": "url",
    **dict.fromkeys(outlook.EMAILS, "email"),
    **dict.fromkeys(outlook.PHONES, "phone"),
}
_FIELD_NAMES = {
    **{key(field): field for field in TARGETS},
    **{detail.field: detail.value for detail in Detail},
    "full name": "name",
    "phone number": "phone",
    "role": "title",
    "employer": "company",
}

_QUOTE = re.compile(r"\A'(?=['=+@-])")  # added by escape_csv (output/streams.py)


def is_own_header(columns: Sequence[str]) -> bool:
    """Return whether these are the columns that netkeep writes; others may follow."""
    return tuple(columns[: len(OWN_HEADER)]) == OWN_HEADER


def read_own(text: str, today: date) -> list[Record | Skipped]:
    """Read all rows after the header; raise BadValueError if netkeep did not write it.

    DERIVED columns follow from others. HISTORY columns complete the contact of a record. In a row
    where one of them is not valid, such as a row added in a spreadsheet, they become extra lines,
    as do additional columns. Escaped characters are not restored exactly.
    """
    columns, rows = drafts(text, today)
    if not is_own_header(columns):
        raise BadValueError(
            "this is not a CSV from netkeep: it has other columns",
            "to write one: netkeep list --status all -f csv",
        )
    records: list[Record | Skipped] = []
    ids: set[int] = set()
    for draft in rows:
        records.append(_own_record(draft, ids))
    return [
        record._replace(left_out=(*record.left_out, "who introduced them"))
        if isinstance(record, Record) and _has_lost_via(record, ids)
        else record
        for record in records
    ]


def _has_lost_via(record: Record, ids: Container[int]) -> bool:
    """Whether the person who introduced someone is not in the file."""
    contact = record.contact
    return contact is not None and contact.via is not None and contact.via.id not in ids


def _own_record(draft: Draft, ids: set[int]) -> Record | Skipped:
    """Return the record of a row; ids of earlier rows are not those of another contact."""
    draft.replace_cells(
        (column, _QUOTE.sub("", text) if column in OWN_HEADER else text)
        for column, text in draft.cells
    )
    for column in DERIVED:
        draft.take(column)
    if not draft.cell("cadence"):
        draft.fields["cadence"] = None
    for field in PARSERS:
        draft.fill(field, field)
    for detail in Detail:
        for entry in split_texts(draft.take(detail.field), "; "):
            draft.add(detail, entry)
    history = _history(draft)
    if history and history["id"] not in ids:
        for column in HISTORY:
            draft.take(column)
        record = draft.record(draft.take_name("name"))
        if isinstance(record, Record):
            contact = Contact(**{**NO_CONTACT, **record.fields, **history})
            ids.add(contact.id)
            return record._replace(own_uid=contact.own_uid, contact=contact)
        return record
    for column in ("id", "created_at", "updated_at"):
        draft.take(column)
    return draft.record(draft.take_name("name"))


def _history(draft: Draft) -> dict[str, Any] | None:
    """Return the values of HISTORY columns; None if one is not as netkeep writes it."""
    try:
        return {column: parse(draft.cell(column)) for column, parse in HISTORY.items()}
    except (BadValueError, ValueError):
        return None


def named_fields(columns: Sequence[str]) -> dict[str, str]:
    """Return the mapping of columns that are named like fields; empty if none is a name."""
    mapping: dict[str, str] = {}
    for column in columns:
        [outlook_name] = canonical([column])
        field = _FIELD_NAMES.get(key(column)) or _OUTLOOK.get(outlook_name)
        if field and (field in SEVERAL or field not in mapping.values()):
            mapping[column] = field
    is_complete = len(mapping) > 1 or len(columns) == 1
    return mapping if is_complete and not {*NAMES}.isdisjoint(mapping.values()) else {}


def read_mapped(text: str, today: date, mapping: Mapping[str, str]) -> list[Record | Skipped]:
    """Read all rows after the header by a mapping of columns to fields.

    Without a mapping, take the columns that are named like fields. Raise BadValueError if a field
    or a column does not exist, or if a field with one value has two columns.
    """
    columns, rows = drafts(text, today)
    mapping = mapping or named_fields(columns)
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
                f"--map: only one column can go into {field}",
                f"several columns can go into: {', '.join(SEVERAL)}",
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
