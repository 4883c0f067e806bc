"""Read the CSV of contacts that Outlook, outlook.com and Thunderbird export, in 7 languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from netkeep.domain.contact import Detail
from netkeep.domain.text import key
from netkeep.errors import BadValueError
from netkeep.exchange.columns import canonical
from netkeep.exchange.csv_rows import Address, Draft, Names, drafts
from netkeep.exchange.plan import Record, Skipped

HEADER = {"First Name", "Last Name", "E-mail Address"}
THUNDERBIRD_HEADER = {"Display Name", "E-mail Address", "Birth Day"}
BIRTH = ("Birth Year", "Birth Month", "Birth Day")
EMAILS = ("E-mail Address", "E-mail 2 Address", "E-mail 3 Address")
# The TYPE on a vCard (RFC 6350, 6.4.1) by column; no fax, pager or phone of another person.
PHONES = {
    "Mobile Phone": "cell",
    "Mobile Phone 2": "cell",
    "Business Phone": "work",
    "Business Phone 2": "work",
    "Home Phone": "home",
    "Home Phone 2": "home",
    "Primary Phone": "",
    "Other Phone": "",
    "Car Phone": "car",
}
PLACES = {"Business": "work", "Home": "home", "Other": ""}

_NO_DAY = re.compile(r"0+[./-]0+[./-]0+")


def is_header(columns: Sequence[str]) -> bool:
    """Return whether these are the columns of such a file."""
    names = set(canonical(columns))
    return names >= HEADER or names >= THUNDERBIRD_HEADER


def read(text: str, today: date) -> list[Record | Skipped]:
    """Read all rows after the header; raise BadValueError for another kind of file."""
    columns, rows = drafts(text, today, canonical)
    if not is_header(columns):
        raise BadValueError(
            "this is not a CSV from Outlook: it has no First Name, Last Name or E-mail Address",
            "in Outlook, export the contacts to comma separated values",
        )
    return [_record(draft) for draft in rows]


def _record(draft: Draft) -> Record | Skipped:
    names = Names(
        family=draft.take("Last Name"),
        given=draft.take("First Name"),
        middle=draft.take("Middle Name"),
        prefix=draft.take("Title"),
        suffix=draft.take("Suffix"),
    )
    whole = draft.cell("Display Name")
    if key(whole) in {key(names.label), key(names.full)} or not (names.given or names.family):
        whole = draft.take_name("Display Name")
    draft.add_names(names)
    draft.keep("NICKNAME", draft.take("Nickname"))
    draft.fill("company", "Company")
    draft.fill("title", "Job Title")
    draft.fill("school", "Schools")
    draft.keep_department("Department")
    draft.fill("note", "Notes")
    _add_birthday(draft)
    for column in EMAILS:
        draft.add(Detail.email, draft.take(column))
    for column, label in PHONES.items():
        draft.add(Detail.phone, draft.take(column), label)
    for column in ("Web Page", "Personal Web Page"):
        draft.add(Detail.url, draft.take(column))
    for category in draft.take("Categories").split(";"):
        draft.add(Detail.tag, category.strip())
    draft.add_addresses([_address(draft, place, label) for place, label in PLACES.items()])
    return draft.record(names.label or whole, *draft.fallback_names())


def _add_birthday(draft: Draft) -> None:
    """Add the birthday, which Thunderbird writes in three columns.

    Outlook writes days in the local format of the computer, which is not in the file: `2/13/1984`
    is in February, but `2/3/1984` is 3 February in the United States and 2 March nearly everywhere
    else.
    """
    for column in ("Birthday", "Anniversary"):
        if _NO_DAY.fullmatch(draft.cell(column)):
            draft.take(column)
    draft.fill("birthday", "Birthday")
    year, month, day = map(draft.cell, BIRTH)
    if year or month or day:
        draft.put("birthday", "", f"{year.zfill(4) if year else '-'}-{month:>02}-{day:>02}")
        if "birthday" in draft.fields:
            for column in BIRTH:
                draft.take(column)


def _address(draft: Draft, place: str, label: str) -> tuple[str, Address]:
    """Return an address, with its label if the address has more than a city."""
    streets = (draft.take(f"{place} {street}") for street in ("Street", "Street 2", "Street 3"))
    address = Address(
        po_box=draft.take(f"{place} Address PO Box"),
        streets=tuple(filter(None, streets)),
        city=draft.take(f"{place} City"),
        region=draft.take(f"{place} State"),
        code=draft.take(f"{place} Postal Code"),
        country=draft.take(f"{place} Country/Region", f"{place} Country"),
    )
    return "" if address == Address(city=address.city) else label, address
