"""Read LinkedIn's Connections.csv, from "Get a copy of your data"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date

from netkeep.domain.contact import Detail
from netkeep.errors import BadValueError
from netkeep.exchange.columns import canonical
from netkeep.exchange.csv_rows import Draft, Names, drafts
from netkeep.exchange.names import clean_name, make_n, split_suffix
from netkeep.exchange.plan import Record, Skipped

MAX_LINES_TO_HEADER = 50  # lines of notes may precede it
NAMES = {"First Name", "Last Name"}
PROFILE = NAMES | {"Web Page", "Company", "Job Title"}  # without the phones of Outlook


def is_header(columns: Sequence[str]) -> bool:
    """Return whether these are the columns of such a file, in any language of COLUMNS."""
    names = set(canonical(columns))
    return names >= NAMES | {"Connected On"} or (
        names >= PROFILE and len(columns) <= len(PROFILE) + 2
    )


def read(text: str, today: date) -> list[Record | Skipped]:
    """Read all rows after the header; raise BadValueError for another kind of file."""
    rows = itertools.count()

    def is_names(columns: Sequence[str]) -> bool:
        return next(rows) < MAX_LINES_TO_HEADER and set(canonical(columns)) >= NAMES

    # The notes before the header may have semicolons or tabs.
    columns, found = drafts(text, today, canonical, ",", is_names)
    if not columns:
        raise BadValueError(
            "this is not LinkedIn's Connections.csv: no line has First Name and Last Name",
            'ask LinkedIn for a copy of your data, and take "Connections.csv" out of it',
        )
    return [_record(draft) for draft in found]


def _record(draft: Draft) -> Record | Skipped:
    given, family = (" ".join(draft.take(name).split()) for name in ("First Name", "Last Name"))
    whole = f"{given} {family}".strip()
    family, suffix = split_suffix(family)
    names = Names(family=family, given=given, suffix=suffix)
    if make_n(clean_name(whole)).value != names.value:
        draft.add_names(names, whole)
    draft.fields["met"] = "LinkedIn"
    draft.fill("company", "Company")
    draft.fill("title", "Job Title")
    draft.fill("met_on", "Connected On")
    draft.add(Detail.url, draft.take("Web Page"))
    draft.add(Detail.email, draft.take("E-mail Address"))
    return draft.record(whole)
