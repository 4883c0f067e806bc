"""The CSV of contacts that netkeep itself writes (output/records.py, `list -f csv`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from netkeep.domain.contact import Contact, Detail, own_uid
from netkeep.errors import BadValueError
from netkeep.exchange.csv_rows import READERS, Draft, drafts
from netkeep.exchange.plan import Record, Skipped

HEADER = Contact._fields[: Contact._fields.index("uid") + 1]  # what came later need not be there
DERIVED = ("id", "due_on", "last_touch_on", "created_at", "updated_at", "snoozes")
OF_OTHERS = {"via": "whom they were met through", "worked": "where they worked"}

_QUOTE = re.compile(r"\A'(?=['=+@-])")  # as escape_csv quotes what a spreadsheet would run


def is_header(columns: Sequence[str]) -> bool:
    """Whether these are the columns of such a file; others may follow."""
    return tuple(columns[: len(HEADER)]) == HEADER


def read(text: str, today: date) -> list[Record | Skipped]:
    """Every row after the header; BadValueError if this is not such a file.

    Not taken: `id`, `due_on`, `last_touch_on`, `created_at`, `updated_at` and `snoozes`, which are
    derived, or of the file they were written from, but to know again who it is; `via` and `worked`,
    which need more than their text, and are said to be left out. `dropped_on`, `drop_reason` and
    columns after ours go to `extra`.

    Not read back as it was: a list with `; ` inside an entry; a character that was written as its
    escape.
    """
    columns, rows = drafts(text, today)
    if not is_header(columns):
        raise BadValueError(
            f"this is not a CSV of netkeep: its columns are not {', '.join(HEADER)}",
            "write one: netkeep list --status all -f csv",
        )
    return [_record(draft) for draft in rows]


def _record(draft: Draft) -> Record | Skipped:
    draft.cells = [
        (column, _QUOTE.sub("", text) if column in HEADER else text) for column, text in draft.cells
    ]
    derived = {column: draft.take(column) for column in DERIVED}
    for column, words in OF_OTHERS.items():
        if draft.take(column):
            draft.left_out.append(words)
    if "cadence" not in dict(draft.cells):
        draft.fields["cadence"] = None
    for field in READERS:
        draft.fill(field, field)
    for detail in Detail:
        for entry in filter(None, draft.take(detail.field).split("; ")):
            draft.add(detail, entry)
    record = draft.record(draft.take_name("name"))
    if isinstance(record, Skipped) or not derived["id"].isdecimal():
        return record
    return record._replace(own_uid=own_uid(int(derived["id"]), derived["created_at"]))
