"""Read the CSV of Google Contacts, "Google CSV", as exported now and until 2024."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from netkeep.domain.contact import Detail
from netkeep.domain.text import key
from netkeep.errors import BadValueError
from netkeep.exchange.csv_rows import Address, Draft, Names, column_line, drafts
from netkeep.exchange.plan import Record, Skipped
from netkeep.exchange.vcard import GOOGLE_GROUPS

SEPARATOR = " ::: "  # between the values of a cell
BUILT_IN = "* "  # starts the name of a label of Google's own, such as `* starred`
LISTS = {"E-mail": Detail.email, "Phone": Detail.phone, "Website": Detail.url}
# In the order of ADR.
ADDRESS = ("PO Box", "Extended Address", "Street", "City", "Region", "Postal Code", "Country")


def is_header(columns: Sequence[str]) -> bool:
    """Return whether these are the columns of such a file, in its current or older form."""
    names = set(columns)
    return {"First Name", "Labels"} <= names or (
        "Given Name" in names and not names.isdisjoint({"Group Membership", "Labels"})
    )


def read(text: str, today: date) -> list[Record | Skipped]:
    """Read all rows after the header; raise BadValueError for another kind of file."""
    columns, rows = drafts(text, today)
    if not is_header(columns):
        raise BadValueError(
            "this is not a CSV from Google Contacts: it has no First Name or Labels",
            'in Google Contacts, choose Export, and "Google CSV"',
        )
    return [_record(draft) for draft in rows]


def _record(draft: Draft) -> Record | Skipped:
    name = _name(draft)
    draft.fill("company", "Organization Name", "Organization 1 - Name")
    draft.fill("title", "Organization Title", "Organization 1 - Title")
    draft.keep_department("Organization Department", "Organization 1 - Department")
    draft.fill("birthday", "Birthday")
    draft.fill("note", "Notes")
    if draft.take("Photo"):
        draft.left_out.append("a photo")
    for label in _values(draft.take("Labels", "Group Membership")):
        if not label.startswith(BUILT_IN):
            draft.add(Detail.tag, label)
        elif label not in GOOGLE_GROUPS:
            draft.extra.append(column_line("Labels", label))
    for group, detail in LISTS.items():
        for column in _columns(draft, group):
            if values := _values(draft.take(f"{column} - Value")):
                label = _label(draft, column)
                for value in values:
                    draft.add(detail, value, label)
    columns = _columns(draft, "Address")
    draft.add_addresses([address for column in columns for address in _addresses(draft, column)])
    return draft.record(name, *draft.fallback_names())


def _name(draft: Draft) -> str:
    """Return the given and family names, or if both are empty the whole name of older files.

    A whole name that differs from the parts becomes an extra line.
    """
    names = Names(
        family=draft.take("Last Name", "Family Name"),
        given=draft.take("First Name", "Given Name"),
        middle=draft.take("Middle Name", "Additional Name"),
        prefix=draft.take("Name Prefix"),
        suffix=draft.take("Name Suffix"),
    )
    draft.add_names(names)
    draft.keep("NICKNAME", draft.take("Nickname"))
    whole = draft.cell("Name")
    if not (names.given or names.family):
        return draft.take_name("Name") or names.label
    if key(whole) in {key(names.label), key(names.full)}:
        draft.take("Name")
    return names.label


def _values(cell: str) -> list[str]:
    return [value for each in cell.split(SEPARATOR) if (value := each.strip())]


def _columns(draft: Draft, group: str) -> list[str]:
    """Return the numbered columns of a group that this row fills, such as `E-mail 1`."""
    matches = (re.fullmatch(rf"({group} [0-9]+) - .+", column) for column, _ in draft.cells)
    return list(dict.fromkeys(match[1] for match in matches if match))


def _addresses(draft: Draft, column: str) -> Iterator[tuple[str, Address]]:
    """Yield an address with its label, or several if all parts have the same number of values.

    "Formatted" repeats the parts; if it has more, it becomes an extra line.
    """
    parts = [draft.take(f"{column} - {part}") for part in ADDRESS]
    in_parts = set(key(" ".join(parts)).split())
    if in_parts and in_parts >= set(key(draft.cell(f"{column} - Formatted")).split()):
        draft.take(f"{column} - Formatted")
    label = _label(draft, column) if in_parts else ""
    for po_box, extended, street, *rest in _split(parts):
        yield label, Address(po_box, extended, (street,) if street else (), *rest)


def _split(parts: Sequence[str]) -> Iterator[Sequence[str]]:
    values = [_values(part) for part in parts]
    counts = {len(several) for several in values if several}
    if len(counts) > 1:  # it is not clear which values belong together
        yield parts
    else:
        for index in range(sum(counts)):
            yield [several[index] if several else "" for several in values]


def _label(draft: Draft, column: str) -> str:
    """Return the label of an entry, without the star that marks Google's own labels."""
    return draft.take(f"{column} - Label", f"{column} - Type").removeprefix("*").strip()
