"""Contacts: their fields, which one table describes, and their lists.

A new field is a line in FIELDS, an attribute of Contact and ContactFields, and a column with its
migration (store/schema.py). Options, forms, queries, merging and the formats follow from these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple, TypedDict, cast

from netkeep.domain.days import parse_past_day
from netkeep.domain.lengths import Length, parse_cadence
from netkeep.domain.occasions import Birthday, parse_birthday
from netkeep.domain.text import NAME_LIMIT, key, parse_line, parse_text
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
    """Whether someone is known only, let in, or taken out."""

    candidate = "candidate"
    active = "active"
    dropped = "dropped"


class Via(NamedTuple):
    """The contact through whom another one was met."""

    id: int
    name: str

    def __str__(self) -> str:
        """`Grace Hopper (#2)`."""
        return f"{self.name} (#{self.id})"


class Position(NamedTuple):
    """Where someone worked, as what, and the day it was no longer so."""

    company: str | None
    title: str | None
    until: date

    def __str__(self) -> str:
        """`Staff Engineer, Analytical Engines (until 2026-09-16)`."""
        return f"{', '.join(filter(None, (self.title, self.company)))} (until {self.until})"


class Contact(NamedTuple):
    """One person, as kept; field by field what `list` and `show` print.

    `uid` is what another address book knows them by, if they came from one (RFC 6350, 6.7.6).
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

    @property
    def own_uid(self) -> str:
        """What netkeep itself would export them by."""
        return own_uid(self.id, self.created_at.isoformat())


def own_uid(contact_id: int, created_at: str) -> str:
    """What netkeep exports someone by who came from no other address book: always the same.

    `created_at` is an ISO 8601 time; a UUID made from a name (RFC 9562, 5.5).
    """
    import uuid

    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"netkeep:{created_at}#{contact_id}"))


class ContactFields(TypedDict, total=False):
    """Fields of a contact to be set: one left out stays as it is, None clears it.

    Someone new has at least name, status, kind and cadence.
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


class Field(NamedTuple):
    """A field of a contact that people set.

    `parse` makes a value of what was typed on a day, or raises BadValueError. `help` describes
    the option. A field that `fills` is taken over by merge and import where it is empty. The words
    of one that is `indexed` are looked up by `list` and by names; `find` reads one that is
    `searched`.
    """

    name: str
    parse: Callable[[str, date], Any]
    help: str
    metavar: str = ""  # the name in capitals if empty
    fills: bool = True
    indexed: bool = False
    searched: bool = False


def _one_line(name: str, limit: int | None = None) -> Callable[[str, date], str]:
    return lambda text, today: parse_line(text, name, limit) if limit else parse_line(text, name)


FIELDS = {
    field.name: field
    for field in (
        Field(
            "name",
            _one_line("name", NAME_LIMIT),
            "Another name.",
            fills=False,
            indexed=True,
            searched=True,
        ),
        Field(
            "cadence",
            lambda text, today: parse_cadence(text),
            "How often: 10d, 2w, 3m, 1y or none.",
            fills=False,
        ),
        Field("company", _one_line("company"), "Where they work.", indexed=True, searched=True),
        Field("title", _one_line("title"), "What they do there.", searched=True),
        Field("city", _one_line("city"), "Where they live.", indexed=True, searched=True),
        Field("school", _one_line("school"), "School.", indexed=True, searched=True),
        Field("met", _one_line("met"), "Where you met.", "WHERE", indexed=True, searched=True),
        Field(
            "met_on",
            lambda text, today: parse_past_day(text, today, "the day you met"),
            "The day you met.",
            "DAY",
        ),
        Field("birthday", parse_birthday, 'Birthday: 1990-12-10, or "10 dec" alone.', "DAY"),
        Field(
            "note",
            lambda text, today: parse_text(text, "note"),
            "Anything worth remembering.",
            searched=True,
        ),
    )
}


def parse_field(name: str, text: str, today: date) -> Any:
    """Parse what was typed for a field; raise BadValueError."""
    return FIELDS[name].parse(text, today)


class Detail(StrEnum):
    """The name of one of the lists."""

    email = "email"
    phone = "phone"
    url = "url"
    tag = "tag"

    @cached_property  # an import asks for it a hundred thousand times
    def field(self) -> str:
        """The name of the list among the fields of a contact."""
        return f"{self}s"

    @property
    def label(self) -> str:
        """What it is called in a sentence."""
        return {"email": "e-mail address", "phone": "phone number", "url": "URL"}.get(self, "tag")


_SHAPES = {
    Detail.email: (r"[^\s@]+@[^\s@]+", "ada@engines.example"),
    # At least two digits, and what people write around them, an extension included.
    Detail.phone: (r"[+(]?\W*[0-9].*[0-9]\W*", "+44 20 7946 0000"),
    Detail.url: (r"(?:[a-zA-Z][a-zA-Z0-9+.-]*://)?[^\s/?#]+\.\S*\w\S*", "https://ada.example"),
    Detail.tag: (r".*\w.*", "chess"),
}


def parse_detail(detail: Detail, text: str) -> str:
    """One entry as it is kept, or BadValueError if it is not of its kind."""
    value = parse_line(text, detail.label)
    shape, example = _SHAPES[detail]
    if not re.fullmatch(shape, value):
        article = "an" if detail is Detail.email else "a"
        raise BadValueError(f'"{value}" is not {article} {detail.label}', f"try {example}")
    return value


def detail_key(detail: Detail, value: str) -> str:
    """What two entries of a list share when they are the same one.

    E-mails regardless of case; phones by their digits; URLs without scheme, `www.` and closing
    slash, the host regardless of case (RFC 3986, 6.2.2.1); tags by key.
    """
    if detail is Detail.email:
        return value.casefold()
    if detail is Detail.phone:
        return "".join(filter(str.isdecimal, value))
    if detail is Detail.url:
        scheme, found, rest = value.partition("://")
        bare = (rest if found and scheme.lower() in {"http", "https"} else value).rstrip("/")
        host = bare.partition("/")[0].partition("?")[0].partition("#")[0]
        return host.casefold().removeprefix("www.") + bare[len(host) :]
    return key(value) or value


def distinct(detail: Detail, values: Sequence[str]) -> tuple[str, ...]:
    """The entries in their order, each once, as it was written first."""
    entries: dict[str, str] = {}
    for value in values:
        entries.setdefault(detail_key(detail, value), value)
    return tuple(entries.values())


def new_values(detail: Detail, there: Sequence[str], values: Sequence[str]) -> tuple[str, ...]:
    """Those of the values that are not there yet."""
    keys = {detail_key(detail, value) for value in there}
    return tuple(value for value in values if detail_key(detail, value) not in keys)


class ListChange(NamedTuple):
    """What to change of one list: put others instead (None: keep those there), add, remove."""

    replace: tuple[str, ...] | None = None
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    def applied(self, detail: Detail, present: Sequence[str]) -> tuple[str, ...]:
        """The list after the change; BadValueError if what is to go is not in it."""
        kept = {
            detail_key(detail, value): value
            for value in distinct(detail, present if self.replace is None else self.replace)
        }
        gone = {detail_key(detail, value): value for value in self.remove}
        for key_gone, value in gone.items():
            if key_gone not in kept:
                raise BadValueError(f'there is no {detail.label} "{value}" to remove')
            del kept[key_gone]
        return distinct(detail, [*kept.values(), *self.add])


def entries(fields: ContactFields, detail: Detail) -> tuple[str, ...]:
    """One of the lists among the fields, empty if it was left out."""
    found: tuple[str, ...] | None = cast(Mapping[str, Any], fields).get(detail.field)
    return found or ()
