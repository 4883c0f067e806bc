"""Read CSV (RFC 4180): from text to rows, and from rows to records."""

from __future__ import annotations

import csv
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any, NamedTuple, cast

from netkeep.domain.contact import (
    FIELDS,
    ContactFields,
    Detail,
    Kind,
    Status,
    detail_key,
    parse_detail,
)
from netkeep.domain.text import key, parse_line
from netkeep.errors import BadValueError
from netkeep.exchange import foreign_days, limits
from netkeep.exchange.content_lines import escape, is_fax_or_pager
from netkeep.exchange.names import clean_name, cut_reason
from netkeep.exchange.plan import Record, Skipped, unread_reason

COLUMN = "X-NETKEEP-COLUMN"  # for a cell with no field in netkeep and no property in vCard
PROPERTIES: Mapping[Detail, str] = {
    Detail.email: "EMAIL",
    Detail.phone: "TEL",
    Detail.url: "URL",
    Detail.tag: "CATEGORIES",
}

_QUOTED = re.compile(r'"[^"]*"')
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # the first line, for Excel
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BREAK = re.compile(r"\s*[\t\n\v\f\r\x85\u2028\u2029]\s*")
_CONTROL = re.compile(r"\s*[\x00-\x1f\x7f-\x9f\u2028\u2029]\s*")
_TOKEN = re.compile(r"[A-Za-z0-9-]+")


def numbered_rows(text: str, delimiter: str = "") -> Iterator[tuple[int, list[str]]]:
    """Yield rows with the number of the line on which each begins: cells may have line breaks.

    Without a delimiter, detect it from the first line; a first line of `sep=;` sets it and is not
    a row. Raise BadValueError if a row is not CSV.
    """
    separator = _SEPARATOR.match(text)
    start = separator.end() if separator else 0
    lines = _checked_lines(text, start, first := 2 if separator else 1)
    delimiter = separator[1] if separator else delimiter or _delimiter(text)
    csv.field_size_limit(limits.MAX_LINE_BYTES)  # notes may exceed the default of 128 KiB
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    number = first
    try:
        for count, row in enumerate(rows, 1):
            limits.check_rows(count)
            limits.check_cells(number, len(row))
            yield number, row
            number = rows.line_num + first
    except csv.Error as error:
        raise BadValueError(f"line {number} is not CSV: {error}") from None


def _checked_lines(text: str, start: int, first: int) -> Iterator[str]:
    for number, match in enumerate(_LINE.finditer(text, start), first):
        limits.check_line(number, match.end() - match.start())
        yield match[0]


def _delimiter(text: str) -> str:
    """Detect the delimiter: a comma, a semicolon (Excel in many languages) or a tab."""
    lines = (match[0] for match in _LINE.finditer(text))
    header = next((each for each in lines if each.strip()), "")
    unquoted = _QUOTED.sub("", header)
    return next((each for each in ",;\t" if each in unquoted), ",")


def drafts(
    text: str,
    today: date,
    rename: Callable[[Sequence[str]], list[str]] = list,
    delimiter: str = "",
    is_header: Callable[[Sequence[str]], bool] = any,
) -> tuple[list[str], Iterator[Draft]]:
    """Return the columns, and a draft of a record for each row that is not empty.

    The columns are those of the first row that is a header, renamed. An unused cell is kept with
    the original name of its column.
    """
    rows = numbered_rows(text, delimiter)
    headers = ([cell.strip(" \ufeff") for cell in row] for _, row in rows)
    original = next((header for header in headers if is_header(header)), [])
    columns = rename(original)
    named = dict(zip(columns, original, strict=True))
    filled = ((number, row) for number, row in rows if any(map(str.strip, row)))
    return columns, _within_limits(
        Draft(f"line {number}", columns, row, today, named) for number, row in filled
    )


def _within_limits(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield each draft; raise BadValueError if there are too many drafts or values."""
    count = 0
    for number, draft in enumerate(drafts, 1):
        limits.check_records(number)
        yield draft
        count += draft.entry_count
        limits.check_values(count)


class Names(NamedTuple):
    """The parts of a name, in the order of N (RFC 6350, 6.2.2)."""

    family: str = ""
    given: str = ""
    middle: str = ""
    prefix: str = ""
    suffix: str = ""

    @property
    def label(self) -> str:
        """The given and family names, or all parts if both are empty."""
        return " ".join(filter(None, (self.given, self.family))) or self.full

    @property
    def value(self) -> str:
        """The value of N."""
        return ";".join(map(escape, self))

    @property
    def full(self) -> str:
        """All parts, in the order in which they are spoken."""
        parts = (self.prefix, self.given, self.middle, self.family, self.suffix)
        return " ".join(filter(None, parts))


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
        """The value of ADR, with commas between streets."""
        streets = ",".join(map(escape, self.streets))
        before, after = map(escape, self[:2]), map(escape, self[3:])
        return ";".join((*before, streets, *after))


NO_RENAMES: Mapping[str, str] = {}


class Draft:
    """A row on its way to a record, with the cells that are not used yet.

    Cells that are never used become extra lines with their column, so that no cell is lost.
    """

    def __init__(
        self,
        place: str,
        columns: Sequence[str],
        row: Sequence[str],
        today: date,
        original: Mapping[str, str] = NO_RENAMES,
    ) -> None:
        names = itertools.chain(columns, itertools.repeat(""))
        self.place, self.today, self.original = place, today, original
        self._cells: dict[str, list[str]] = {}
        for number, (name, cell) in enumerate(zip(names, row, strict=False), 1):
            if text := cell.strip():
                self._cells.setdefault(name or f"column {number}", []).append(text)
        self.fields: dict[str, Any] = {}
        self.extra: list[str] = []
        self.left_out: list[str] = []
        self.unread: list[str] = []
        self.entry_count = 0
        self._full_name = ""
        self._entries: dict[Detail, dict[str, str]] = {}

    @property
    def cells(self) -> list[tuple[str, str]]:
        """The unused cells, each with its column."""
        return [(name, text) for name, texts in self._cells.items() for text in texts]

    def replace_cells(self, cells: Iterable[tuple[str, str]]) -> None:
        """Replace all unused cells, given with their columns."""
        self._cells = {}
        for name, text in cells:
            self._cells.setdefault(name, []).append(text)

    def cell(self, column: str) -> str:
        """Return an unused cell, stripped; empty if there is none."""
        texts = self._cells.get(column)
        return texts[0] if texts else ""

    def take(self, *columns: str) -> str:
        """Return the first of these cells that is not empty, and mark it as used."""
        for column in columns:
            if column in self._cells:
                texts = self._cells[column]
                text = texts.pop(0)
                if not texts:
                    del self._cells[column]
                return text
        return ""

    def take_name(self, column: str) -> str:
        """Return a cell with a name; mark it as used only if clean_name leaves it unchanged."""
        text = self.cell(column)
        is_exact = clean_name(text) == unicodedata.normalize("NFC", text)
        return self.take(column) if is_exact else text

    def fill(self, field: str, *columns: str) -> None:
        """Set a field from the first valid one of these cells."""
        for column in columns:
            self.put(field, column, self.cell(column))

    def put(self, field: str, column: str, text: str) -> None:
        """Set a field if it is empty, and mark the cell as used; report an invalid text."""
        if text and field not in self.fields:
            try:
                self.fields[field] = PARSERS[field](text, self.today)
            except (BadValueError, ValueError) as error:
                reason = error.sentence if isinstance(error, BadValueError) else f'"{text}"'
                self.unread.append(unread_reason(field, reason))
            else:
                self.take(column)

    def add(self, detail: Detail, text: str, label: str = "") -> None:
        """Add a valid entry to a list; add an extra line for a label or an invalid entry."""
        if not text:
            return
        self.entry_count += 1
        limits.check_values(self.entry_count)
        is_complete = False
        is_fax = detail is Detail.phone and is_fax_or_pager(set(key(label).split()))
        with suppress(BadValueError):
            if is_fax:
                raise BadValueError("this is not a phone number")
            entry = parse_detail(detail, text)
            entries = self._entries.setdefault(detail, {})
            entries.setdefault(detail_key(detail, entry), entry)
            is_complete = not label
        if not is_complete:
            # In a URI, commas and semicolons are not escaped (RFC 6350, 5.2).
            value = escape(text, keep=";," if detail is Detail.url else "")
            self.extra.append(f"{PROPERTIES[detail]}{type_parameter(label)}:{value}")

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """The added entries by field, without duplicates."""
        return {detail.field: tuple(entries.values()) for detail, entries in self._entries.items()}

    def keep(self, name: str, *parts: str) -> None:
        """Keep a property without a field as an extra line, unless it is empty."""
        if any(parts):
            self.extra.append(f"{name}:{';'.join(map(escape, parts))}")

    def keep_department(self, *columns: str) -> None:
        """Keep the first of these cells as a department of the company."""
        if department := self.take(*columns):
            self.keep("ORG", self.fields.get("company", ""), department)

    def add_names(self, names: Names, whole: str = "") -> None:
        """Keep the parts of a name, unless the name as a whole is enough to restore them."""
        is_more = names.middle or names.prefix or names.suffix or (names.given and names.family)
        label = unicodedata.normalize("NFC", names.label)
        if is_more or (any(names) and clean_name(whole or label) != label):
            self.keep("N", *names)
            self._full_name = " ".join(names.full.split())

    def add_addresses(self, addresses: Iterable[tuple[str, Address]]) -> None:
        """Set the city to the first one; keep all addresses if they have more than that city."""
        filled = [(label, address) for label, address in addresses if any(address)]
        for _, address in filled:
            self.put("city", "", address.city)
        if filled != [("", Address(city=self.fields.get("city", "")))]:
            for label, address in filled:
                self.extra.append(f"ADR{type_parameter(label)}:{address.value}")

    def record(self, *names: str) -> Record | Skipped:
        """Return the record with the first valid name; Skipped if there is none."""
        text, name = next(((each, name) for each in names if (name := clean_name(each))), ("", ""))
        if not name:
            return Skipped(self.place, "no name")
        if reason := cut_reason(text):
            self.unread.append(unread_reason("name", reason))
        if unicodedata.normalize("NFC", self._full_name) not in {"", name}:
            self.keep("FN", name)  # a vCard would otherwise use the name in N
        fields = cast(ContactFields, {"name": name, **self.fields, **self.lists})
        unused = (
            column_line(self.original.get(column, column), text) for column, text in self.cells
        )
        return Record(
            self.place,
            fields,
            (*self.extra, *unused),
            tuple(self.left_out),
            unread=tuple(self.unread),
        )

    def fallback_names(self) -> tuple[str, ...]:
        """Return names for a row without one: the company, or else the first e-mail address."""
        return self.fields.get("company", ""), *self.lists.get("emails", ())[:1]


def column_line(column: str, text: str) -> str:
    """Return a cell without a field as a content line."""
    return f"{COLUMN};X-NAME={_quoted(column)}:{escape(text)}"


def type_parameter(label: str) -> str:
    """Return a label as a parameter such as `;TYPE=work` (RFC 6350, 5.6); empty without a label."""
    if not label:
        return ""
    value = {"mobile": "cell"}.get(label.lower(), label.lower())  # RFC 6350, 6.4.1
    return f";TYPE={value if _TOKEN.fullmatch(value) else _quoted(label)}"


def _quoted(text: str) -> str:
    """Quote the value of a parameter, which cannot have quotes or line breaks (RFC 6350, 3.3)."""
    return '"' + " ".join(_CONTROL.sub(" ", text).split()).replace('"', "'") + '"'


def _parse_line(name: str, text: str, today: date) -> Any:
    return FIELDS[name].parse(_BREAK.sub(" ", text), today)


# The parsers of cells by field, in the order in which an import lists the fields.
PARSERS: dict[str, Callable[[str, date], Any]] = {
    **{
        name: partial(_parse_line, name)
        for name in FIELDS
        if name not in {"name", "cadence", "note"}
    },
    "met_on": foreign_days.parse_past_day,
    "birthday": foreign_days.parse_birthday,
    "uid": lambda text, today: parse_line(_BREAK.sub(" ", text), "uid"),
    "note": FIELDS["note"].parse,
    "kind": lambda text, today: Kind(text.lower()),
    "status": lambda text, today: Status(text),
    "cadence": FIELDS["cadence"].parse,
    "first_due_on": lambda text, today: date.fromisoformat(text),
    "snoozed_until": lambda text, today: date.fromisoformat(text),
}
