"""Contacts: their fields, described by one table (FIELDS), and their lists.

A new field is a line in FIELDS, an attribute of Contact and ContactFields, and a column with its
migration (store/schema.py). Options, forms, queries, merging and formats are derived from these.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple, Self, TypedDict, cast

from netkeep.domain.days import Length, parse_cadence, parse_past_day
from netkeep.domain.occasions import Birthday, parse_birthday
from netkeep.domain.text import (
    LINE_LIMIT,
    NAME_LIMIT,
    join_texts,
    key,
    parse_line,
    parse_text,
    split_texts,
)
from netkeep.errors import BadValueError


class Kind(StrEnum):
    """How you know someone; each kind has a default cadence of its own."""

    friend = "friend"
    relative = "relative"
    coworker = "coworker"
    association = "association"
    professor = "professor"
    alumni = "alumni"
    client = "client"
    mentor = "mentor"
    other = "other"


class Status(StrEnum):
    """Whether a contact is only imported, accepted or dropped."""

    candidate = "candidate"
    active = "active"
    dropped = "dropped"


class Via(NamedTuple):
    """The contact who introduced another."""

    id: int
    name: str

    def __str__(self) -> str:
        """`Grace Hopper (#2)`."""
        return f"{self.name} (#{self.id})"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Parse what __str__ returns; raise ValueError for anything else."""
        match = re.fullmatch(r"(.*) \(#(\d{1,18})\)", text, re.DOTALL)
        if match is None:
            raise ValueError(f"{text} is no contact")
        return cls(int(match[2]), match[1])


class Position(NamedTuple):
    """A past position: the company, the title, and the day it was known to have ended."""

    company: str | None
    title: str | None
    until: date

    def __str__(self) -> str:
        """`Staff Engineer, Analytical Engines (until 2026-09-16)`."""
        return f"{', '.join(filter(None, (self.title, self.company)))} (until {self.until})"

    @property
    def cell(self) -> str:
        """As __str__, but so that it can be read back: `, Initech (until 2026-09-16)`."""
        parts = [self.title or "", *([self.company] if self.company else [])]
        return f"{join_texts(parts, ', ')} (until {self.until})"

    @classmethod
    def from_cell(cls, cell: str) -> Self:
        """Parse what `cell` returns; raise ValueError for anything else."""
        match = re.fullmatch(r"(.*) \(until (\d{4}-\d\d-\d\d)\)", cell, re.DOTALL)
        title, company, *more = (*split_texts(match[1], ", "), "") if match else ("", "", "")
        if match is None or any(more) or not (title or company):
            raise ValueError(f"{cell} is no position")
        return cls(company or None, title or None, date.fromisoformat(match[2]))


class Contact(NamedTuple):
    """One contact, as stored; field by field what `list` and `show` print for programs.

    `uid` is the identifier in the address book it was imported from, if any (RFC 6350, 6.7.6).
    """

    id: int
    name: str
    status: Status
    kind: Kind
    cadence: Length | None
    due_on: date | None
    last_touch_on: date | None
    company: str | None
    title: str | None
    city: str | None
    school: str | None
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    urls: tuple[str, ...]
    tags: tuple[str, ...]
    met: str | None
    met_on: date | None
    via: Via | None
    birthday: Birthday | None
    note: str | None
    first_due_on: date | None
    snoozed_until: date | None
    dropped_on: date | None
    drop_reason: str | None
    created_at: datetime
    updated_at: datetime
    worked: tuple[Position, ...]
    uid: str | None
    snoozes: int

    def values_for(self, record_type: type[NamedTuple]) -> dict[str, Any]:
        """Return the values of the fields that a record type shares with Contact."""
        return {
            name: value for name, value in self._asdict().items() if name in record_type._fields
        }

    @property
    def own_uid(self) -> str:
        """The identifier that netkeep exports for a contact without a uid."""
        return own_uid(self.id, self.created_at.isoformat())


def is_linkedin(place: str) -> bool:
    """Return whether you met someone on LinkedIn."""
    return place.casefold() == "linkedin"


def format_met(place: str | None, day: date | None) -> str:
    """Return `met on 2026-11-21 at PyCon`, or `connected on LinkedIn, 2026-11-21`."""
    if place and is_linkedin(place):
        return f"connected on {place}, {day}" if day else f"connected on {place}"
    parts = [f"on {day}" if day else "", f"at {place}" if place else ""]
    return " ".join(filter(None, ["met", *parts])) if any(parts) else ""


def own_uid(contact_id: int, created_at: str) -> str:
    """Return the identifier to export for a contact without a uid; it never changes.

    It is a name-based UUID (RFC 9562, 5.5). `created_at` is an ISO 8601 time.
    """
    import uuid

    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"netkeep:{created_at}#{contact_id}"))


class ContactFields(TypedDict, total=False):
    """Fields of a contact to set: one left out keeps its value, None clears it.

    A new contact needs at least a name, a status, a kind and a cadence.
    """

    name: str
    status: Status
    kind: Kind
    cadence: Length | None
    company: str | None
    title: str | None
    city: str | None
    school: str | None
    met: str | None
    met_on: date | None
    via_id: int | None
    birthday: Birthday | None
    note: str | None
    first_due_on: date | None
    snoozed_until: date | None
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    urls: tuple[str, ...]
    tags: tuple[str, ...]
    uid: str | None


class Detail(StrEnum):
    """A kind of entry in the lists of a contact."""

    email = "email"
    phone = "phone"
    url = "url"
    tag = "tag"

    @cached_property  # read a hundred thousand times by an import
    def field(self) -> str:
        """The field of a contact that has the list."""
        return f"{self}s"

    @property
    def label(self) -> str:
        """The name of an entry in a sentence."""
        return {"email": "e-mail address", "phone": "phone number", "url": "URL"}.get(self, "tag")


_SHAPES = {
    Detail.email: (r"[^\s@]+@[^\s@]+", "ada@engines.example"),
    # At least two digits, with punctuation around them, and an extension.
    Detail.phone: (r"[+(]?\W*[0-9].*[0-9]\W*", "+44 20 7946 0000"),
    Detail.url: (r"(?:[a-zA-Z][a-zA-Z0-9+.-]*://)?[^\s/?#]+\.\S*\w\S*", "https://ada.example"),
    Detail.tag: (r".*\w.*", "chess"),
}


def parse_detail(detail: Detail, text: str) -> str:
    """Parse one entry of a list, or raise BadValueError."""
    value = parse_line(text, detail.label)
    shape, example = _SHAPES[detail]
    if not re.fullmatch(shape, value):
        article = "an" if detail is Detail.email else "a"
        raise BadValueError(f'"{value}" is not {article} {detail.label}', f"try {example}")
    return value


def parse_mailbox(text: str) -> tuple[str, str | None]:
    """Split `Grace Hopper <grace@yale.example>` (RFC 5322, 3.4) into the name and the address.

    Without a name return "", without an address None. email.utils.parseaddr will not do: it takes
    `Grace <3` for an address, and reads only `Hopper` of `Hopper, Grace <...>`.
    """
    stripped = text.strip()
    if match := re.fullmatch(r"(.*?)\s*<([^<>\s]+@[^<>\s]+)>", stripped):
        from email.utils import unquote  # 10 ms

        return unquote(match[1]), match[2]
    if re.fullmatch(_SHAPES[Detail.email][0], stripped):
        return "", stripped
    return text, None


def detail_key(detail: Detail, value: str) -> str:
    """Return the key by which entries of a list are compared.

    Case is ignored in e-mails. Phones are compared by their digits, without 00 at the start, which
    stands for the plus sign of an international number (ITU-T E.123), tags by key, and URLs without
    scheme, `www.` and closing slash, ignoring case in the host (RFC 3986, 6.2.2.1).
    """
    if detail is Detail.email:
        return value.casefold()
    if detail is Detail.phone:
        digits = "".join(filter(str.isdecimal, value))
        return digits.removeprefix("00") or digits
    if detail is Detail.url:
        scheme, separator, rest = value.partition("://")
        bare = (rest if separator and scheme.lower() in {"http", "https"} else value).rstrip("/")
        host = bare.partition("/")[0].partition("?")[0].partition("#")[0]
        return host.casefold().removeprefix("www.") + bare[len(host) :]
    return key(value) or value


def distinct(detail: Detail, values: Sequence[str]) -> tuple[str, ...]:
    """Return the entries without duplicates, each in its first spelling."""
    entries: dict[str, str] = {}
    for value in values:
        entries.setdefault(detail_key(detail, value), value)
    return tuple(entries.values())


def new_values(detail: Detail, present: Sequence[str], values: Sequence[str]) -> tuple[str, ...]:
    """Return the values that are not present yet."""
    keys = {detail_key(detail, value) for value in present}
    return tuple(value for value in values if detail_key(detail, value) not in keys)


class ListChange(NamedTuple):
    """A change to one list: replace all its entries (None: keep them), add some, remove some."""

    replace: tuple[str, ...] | None = None
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    def apply(self, detail: Detail, present: Sequence[str]) -> tuple[str, ...]:
        """Return the list after the change; raise BadValueError if an entry to remove is absent."""
        kept = {
            detail_key(detail, value): value
            for value in distinct(detail, present if self.replace is None else self.replace)
        }
        for entry_key, value in {detail_key(detail, value): value for value in self.remove}.items():
            if kept.pop(entry_key, None) is None:
                raise BadValueError(f'there is no {detail.label} "{value}" to remove')
        return distinct(detail, [*kept.values(), *self.add])


class Field(NamedTuple):
    """A field of a contact that users set.

    `parse` parses a text typed today, or raises BadValueError. `help` describes the option. With
    `fills`, merging and importing set the field if it is empty. With `indexed`, its words are
    indexed, for `list` and to look up names. With `searched`, `find` searches it.
    """

    name: str
    parse: Callable[[str, date], Any]
    help: str
    metavar: str = ""  # the name in capitals if empty
    fills: bool = True
    indexed: bool = False
    searched: bool = False


def _line_parser(name: str, limit: int = LINE_LIMIT) -> Callable[[str, date], str]:
    return lambda text, today: parse_line(text, name, limit)


FIELDS = {
    field.name: field
    for field in (
        Field(
            "name",
            _line_parser("name", NAME_LIMIT),
            "The new name.",
            fills=False,
            indexed=True,
            searched=True,
        ),
        Field(
            "cadence",
            lambda text, today: parse_cadence(text),
            "How often to be in touch: 10d, 2w, 3m, 1y or none.",
            fills=False,
        ),
        Field("company", _line_parser("company"), "Where they work.", indexed=True, searched=True),
        Field("title", _line_parser("title"), "Their job title.", searched=True),
        Field("city", _line_parser("city"), "Where they live.", indexed=True, searched=True),
        Field("school", _line_parser("school"), "School.", indexed=True, searched=True),
        Field("met", _line_parser("met"), "Where you met.", "WHERE", indexed=True, searched=True),
        Field(
            "met_on",
            lambda text, today: parse_past_day(text, today, "the day you met"),
            "The day you met.",
            "DAY",
        ),
        Field(
            "birthday", parse_birthday, 'Birthday: 1990-12-10, or "10 dec" without the year.', "DAY"
        ),
        Field(
            "note",
            lambda text, today: parse_text(text, "note"),
            "Anything worth remembering.",
            searched=True,
        ),
    )
}


def _editable() -> tuple[str, ...]:
    names = list(FIELDS)
    names.insert(names.index("birthday"), "via")
    names.insert(names.index("cadence"), "kind")
    place = names.index("met")
    return (*names[:place], *Detail, *names[place:])


EDITABLE = _editable()  # all that users can set, in the order of the form


def entries(fields: ContactFields, detail: Detail) -> tuple[str, ...]:
    """Return one list among the fields; empty if it is left out."""
    values: tuple[str, ...] | None = cast(Mapping[str, Any], fields).get(detail.field)
    return values or ()
