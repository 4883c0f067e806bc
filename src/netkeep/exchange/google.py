"""The CSV of Google Contacts: "Google CSV", as exported now and as exported until 2024."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from netkeep.domain.contact import Detail
from netkeep.domain.text import key
from netkeep.errors import BadValueError
from netkeep.exchange.csv_rows import Address, Draft, Names, drafts
from netkeep.exchange.plan import Record, Skipped

BETWEEN = " ::: "  # what stands between the values of one cell
OF_GOOGLE = "* "  # what the name of a label begins with that Google gave, such as `* myContacts`
LISTS = {"E-mail": Detail.email, "Phone": Detail.phone, "Website": Detail.url}
PARTS = (  # of an address, in the order of ADR
    *("PO Box", "Extended Address", "Street", "City", "Region", "Postal Code", "Country"),
)


def is_header(columns: Sequence[str]) -> bool:
    """Whether these are the columns of such a file, as they are now or were."""
    there = set(columns)
    return {"First Name", "Labels"} <= there or (
        "Given Name" in there and not there.isdisjoint({"Group Membership", "Labels"})
    )


def read(text: str, today: date) -> list[Record | Skipped]:
    """Every row after the header; BadValueError if this is not such a file."""
    columns, rows = drafts(text, today)
    if not is_header(columns):
        raise BadValueError(
            "this is not a CSV of Google Contacts: it has no First Name and Labels",
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
        if not label.startswith(OF_GOOGLE):
            draft.add(Detail.tag, label)
    for group, detail in LISTS.items():
        for number in _numbers(draft, group):
            _add_entries(draft, detail, f"{group} {number}")
    numbers = _numbers(draft, "Address")
    draft.add_addresses([each for one in numbers for each in _addresses(draft, f"Address {one}")])
    return draft.record(name, *draft.else_named())


def _name(draft: Draft) -> str:
    """Given and family name, or the whole one, which older files have as well.

    The whole one is left, and so kept, if it does not say the same.
    """
    names = Names(
        family=draft.take("Last Name", "Family Name"),
        given=draft.take("First Name", "Given Name"),
        middle=draft.take("Middle Name", "Additional Name"),
        prefix=draft.take("Name Prefix"),
        suffix=draft.take("Name Suffix"),
    )
    draft.add_names(names)
    draft.keep_nickname()
    whole = draft.cell("Name")
    if not (names.given or names.family):
        return draft.take_name("Name") or names.label
    if key(whole) in {key(names.label), key(" ".join(names.in_full))}:
        draft.take("Name")
    return names.label


def _values(cell: str) -> list[str]:
    return [value for each in cell.split(BETWEEN) if (value := each.strip())]


def _numbers(draft: Draft, group: str) -> list[str]:
    """The numbers that `E-mail 1 - Value` and its like have, of which a row has something."""
    found = (re.fullmatch(rf"{group} ([0-9]+) - .+", column) for column, _ in draft.cells)
    return list(dict.fromkeys(each[1] for each in found if each))


def _add_entries(draft: Draft, detail: Detail, column: str) -> None:
    if values := _values(draft.take(f"{column} - Value")):
        label = _label(draft, column)
        for value in values:
            draft.add(detail, value, label)


def _addresses(draft: Draft, column: str) -> Iterator[tuple[str, Address]]:
    """An address and its label, or several if every part of it has as many values.

    "Formatted" is the parts once more, and left, and so kept, where it says what they do not.
    """
    parts = [draft.take(f"{column} - {part}") for part in PARTS]
    words = set(key(" ".join(parts)).split())
    if words and words >= set(key(draft.cell(f"{column} - Formatted")).split()):
        draft.take(f"{column} - Formatted")
    label = _label(draft, column) if words else ""
    for po_box, extended, street, *rest in _one_by_one(parts):
        yield label, Address(po_box, extended, (street,) if street else (), *rest)


def _one_by_one(parts: Sequence[str]) -> Iterator[Sequence[str]]:
    split = [_values(part) for part in parts]
    numbers = {len(values) for values in split if values}
    if len(numbers) > 1:  # nobody can tell which belongs to which
        yield parts
    else:
        for place in range(sum(numbers)):
            yield [values[place] if values else "" for values in split]


def _label(draft: Draft, column: str) -> str:
    """What an entry is called; the star is only Google's mark for its own names."""
    return draft.take(f"{column} - Label", f"{column} - Type").removeprefix("*").strip()
