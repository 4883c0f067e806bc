"""CSV (RFC 4180): from bytes to numbered rows."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple, cast

from netkeep.domain.contact import (
    FIELDS,
    ContactFields,
    Detail,
    Kind,
    Status,
    distinct,
    parse_detail,
)
from netkeep.domain.text import NAME_LIMIT, line
from netkeep.errors import BadValueError
from netkeep.exchange.content_lines import escape
from netkeep.exchange.plan import Record, Skipped

csv.field_size_limit(2**31 - 1)  # a note may be longer than the 128 KiB that csv takes by itself

_QUOTED = re.compile(r'"[^"]*"')


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 if it begins with its mark; else BadValueError."""
    is_utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = _decoded(content, "UTF-16") if is_utf_16 else ""
    before, nul, _ = (text.encode() if is_utf_16 else content).partition(b"\0")
    if nul:
        row = before.count(b"\n") + 1
        raise BadValueError(f"line {row} is not text", "save it as CSV UTF-8")
    return text if is_utf_16 else decode_utf_8(content)


def decode_utf_8(content: bytes) -> str:
    """The text of a file in UTF-8, without its mark; BadValueError that names the line if not."""
    return _decoded(content.removeprefix(codecs.BOM_UTF8), "UTF-8")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content[: error.start].decode(encoding).count("\n") + 1
        raise BadValueError(f"line {row} is not {encoding} text", "save it as CSV UTF-8") from None


def numbered(text: str, delimiter: str = "") -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line each begins on; a quoted cell may hold line breaks.

    The delimiter is the one the first line has, unless given. BadValueError names the line that
    what is no CSV begins on.
    """
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text), strict=True
    )
    first = 1
    try:
        for row in rows:
            yield first, row
            first = rows.line_num + 1
    except csv.Error as error:
        raise BadValueError(f"line {first} is not CSV: {error}") from None


def _delimiter(text: str) -> str:
    """A comma, or what Excel writes where that is the decimal mark, or a tab."""
    header = next((each for each in io.StringIO(text, newline="") if each.strip()), "")
    bare = _QUOTED.sub("", header)
    return next((each for each in ",;\t" if each in bare), ",")


COLUMN = "X-NETKEEP-COLUMN"  # the name under which a cell is kept that no field and no card has
PROPERTIES: Mapping[Detail, str] = {
    Detail.email: "EMAIL",
    Detail.phone: "TEL",
    Detail.url: "URL",
    Detail.tag: "CATEGORIES",
}

_BREAK = re.compile(r"\s*[\t\n\v\f\r\x85\u2028\u2029]\s*")
_CONTROL = re.compile(r"\s*[\x00-\x1f\x7f-\x9f\u2028\u2029]\s*")
_TOKEN = re.compile(r"[A-Za-z0-9-]+")
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\s+[A-Za-z]+\s+[0-9]{4}")


def drafts(text: str, today: date) -> tuple[list[str], Iterator[Draft]]:
    """The columns, and a draft for each row that is not empty."""
    rows = ((number, row) for number, row in numbered(text) if any(map(str.strip, row)))
    _, header = next(rows, (1, []))
    columns = [name.strip() for name in header]
    return columns, (Draft(f"line {number}", columns, row, today) for number, row in rows)


class Names(NamedTuple):
    """The parts of a name, in the order of N (RFC 6350, 6.2.2)."""

    family: str = ""
    given: str = ""
    middle: str = ""
    prefix: str = ""
    suffix: str = ""

    @property
    def label(self) -> str:
        """Given and family name, or else whatever there is."""
        known = (self.given, self.family)
        return " ".join(filter(None, known)) or " ".join(filter(None, self.in_full))

    @property
    def in_full(self) -> tuple[str, ...]:
        """The parts in the order they are spoken in."""
        return self.prefix, self.given, self.middle, self.family, self.suffix


class Address(NamedTuple):
    """The parts of an address, in the order of ADR (RFC 6350, 6.3.1)."""

    po_box: str = ""
    extended: str = ""
    streets: tuple[str, ...] = ()
    city: str = ""
    region: str = ""
    code: str = ""
    country: str = ""

    @property
    def value(self) -> str:
        """As the value of ADR; commas are between streets."""
        streets = ",".join(map(escape, self.streets))
        before, after = map(escape, self[:2]), map(escape, self[3:])
        return ";".join((*before, streets, *after))


class Draft:
    """The record of a row in the making: what is taken of it, and the cells that are left.

    What is left in the end goes to `extra` under its column, so that no cell is ever lost.
    """

    def __init__(self, place: str, columns: Sequence[str], row: Sequence[str], today: date) -> None:
        names = itertools.chain(columns, itertools.repeat(""))
        self.place, self.today = place, today
        self.cells = [
            (name or f"column {number}", cell.strip())
            for number, (name, cell) in enumerate(zip(names, row, strict=False), 1)
            if cell.strip()
        ]
        self.fields: dict[str, Any] = {}
        self.extra: list[str] = []
        self.left_out: list[str] = []
        self.name_of_n = ""

    def cell(self, column: str) -> str:
        """What a column has, stripped; empty if that is taken, or there is no such column."""
        return next((text for name, text in self.cells if name == column), "")

    def take(self, *columns: str) -> str:
        """What the first of these columns with anything in it has, which is then accounted for."""
        for column in columns:
            if text := self.cell(column):
                self.cells.remove((column, text))
                return text
        return ""

    def take_name(self, column: str) -> str:
        """What a column has, to be the name; it is left as well if no name can be just that."""
        text = self.cell(column)
        return self.take(column) if _is_a_name(text) else text

    def fill(self, field: str, *columns: str) -> None:
        """Fill a field from the first of these columns whose value is good for it."""
        for column in columns:
            self.put(field, column, self.cell(column))

    def put(self, field: str, column: str, text: str) -> None:
        """Fill an empty field with what a column says; what is no good is left where it is."""
        if not text or field in self.fields:
            return
        try:
            self.fields[field] = READERS[field](text, self.today)
        except (BadValueError, ValueError):
            return
        self.take(column)

    def add(self, detail: Detail, text: str, label: str = "") -> None:
        """Add an entry to a list; one with a label, or no good for it, is kept as a line."""
        try:
            entries = (*self.fields.get(detail.field, ()), parse_detail(detail, text))
            self.fields[detail.field] = distinct(detail, entries)
            is_good = True
        except BadValueError:
            is_good = False
        if label or not is_good:
            # A URI is no text, and has its commas and semicolons as they are (RFC 6350, 5.2).
            value = escape(text, keep=";," if detail is Detail.url else "")
            self.extra.append(f"{PROPERTIES[detail]}{type_parameter(label)}:{value}")

    def add_cell(self, detail: Detail, column: str, label: str = "") -> None:
        """Add what a column has to a list."""
        if text := self.take(column):
            self.add(detail, text, label)

    def keep(self, name: str, *parts: str) -> None:
        """Keep a property that netkeep has no field for."""
        self.extra.append(f"{name}:{';'.join(map(escape, parts))}")

    def keep_nickname(self) -> None:
        """Keep the column of the nickname."""
        if nickname := self.take("Nickname"):
            self.keep("NICKNAME", nickname)

    def keep_department(self, *columns: str) -> None:
        """Keep the first of these columns as the part of the company that they work in."""
        if department := self.take(*columns):
            self.keep("ORG", self.fields.get("company", ""), department)

    def add_names(self, names: Names, whole: str = "") -> None:
        """Keep the parts of a name, if they say more than the whole one, or the one they make."""
        is_more = names.middle or names.prefix or names.suffix or (names.given and names.family)
        told = unicodedata.normalize("NFC", names.label)
        if is_more or (any(names) and mended(whole or told) != told):
            self.keep("N", *names)
            self.name_of_n = " ".join(" ".join(names.in_full).split())

    def add_addresses(self, addresses: Iterable[tuple[str, Address]]) -> None:
        """Take the first city there is; labels and addresses that are more than it are kept."""
        filled = [(label, address) for label, address in addresses if any(address)]
        for _, address in filled:
            self.put("city", "", address.city)
        if filled != [("", Address(city=self.fields.get("city", "")))]:
            for label, address in filled:
                self.extra.append(f"ADR{type_parameter(label)}:{address.value}")

    def record(self, *names: str) -> Record | Skipped:
        """The record under the first name there is, or Skipped; every cell left goes to `extra`."""
        name = next(filter(None, map(mended, names)), None)
        if name is None:
            return Skipped(self.place, "no name")
        if unicodedata.normalize("NFC", self.name_of_n) not in {"", name}:
            self.keep("FN", name)  # or N would tell the name, to whoever writes a card
        fields = cast(ContactFields, {"name": name, **self.fields})
        left = (column_line(column, text) for column, text in self.cells)
        return Record(self.place, fields, (*self.extra, *left), tuple(self.left_out))

    def else_named(self) -> tuple[str, ...]:
        """What somebody without a name is called by: the company, or else the first e-mail."""
        return self.fields.get("company", ""), *self.fields.get("emails", ())[:1]


def mended(name: str) -> str:
    """A name as near to the one given as a name can be, or nothing if none of it can be seen."""
    visible = unicodedata.normalize("NFC", _CONTROL.sub(" ", name).strip())
    try:
        return line(visible[:NAME_LIMIT], "name", NAME_LIMIT)
    except BadValueError:
        return ""


def _is_a_name(text: str) -> bool:
    return mended(text) == unicodedata.normalize("NFC", text)


def column_line(column: str, text: str) -> str:
    """A cell that netkeep has no field for, as a content line."""
    return f"{COLUMN};X-NAME={_in_quotes(column)}:{escape(text)}"


def type_parameter(label: str) -> str:
    """A label as the parameter TYPE, such as `;TYPE=work`; empty without one (RFC 6350, 5.6)."""
    if not label:
        return ""
    word = {"mobile": "cell"}.get(label.lower(), label.lower())  # RFC 6350, 6.4.1
    return f";TYPE={word if _TOKEN.fullmatch(word) else _in_quotes(label)}"


def _in_quotes(text: str) -> str:
    """Text as the value of a parameter, which has no quotes and no line breaks (RFC 6350, 3.3)."""
    return '"' + " ".join(_CONTROL.sub(" ", text).split()).replace('"', "'") + '"'


def _parse_line(name: str, text: str, today: date) -> Any:
    return FIELDS[name].parse(_BREAK.sub(" ", text), today)


def _day_met(text: str, today: date) -> Any:
    """A day with its year: `friday` says nothing in a file that was written on another day."""
    if not _DATED.fullmatch(text):
        raise BadValueError(f'"{text}" is not a day with its year', "try 2026-11-22")
    return FIELDS["met_on"].parse(text, today)


# What parses a cell, by field, in the order in which an import tells of them.
READERS: dict[str, Callable[[str, date], Any]] = {
    **{
        name: partial(_parse_line, name)
        for name in FIELDS
        if name not in {"name", "cadence", "note"}
    },
    "met_on": _day_met,
    "uid": lambda text, today: line(_BREAK.sub(" ", text), "uid"),
    "note": FIELDS["note"].parse,
    "kind": lambda text, today: Kind(text.lower()),
    "status": lambda text, today: Status(text),
    "cadence": FIELDS["cadence"].parse,
    "first_due_on": lambda text, today: date.fromisoformat(text),
    "snoozed_until": lambda text, today: date.fromisoformat(text),
}
