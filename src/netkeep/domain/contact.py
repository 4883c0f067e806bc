"""The people netkeep keeps, and what each field of theirs may hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypedDict, cast

from netkeep.domain.birthdays import Birthday
from netkeep.domain.details import Detail
from netkeep.domain.lengths import Length


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
    import uuid  # noqa: PLC0415 - 1 ms, and only imports and exports need it

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


def entries(fields: ContactFields, detail: Detail) -> tuple[str, ...]:
    """One of the lists among the fields, empty if it was left out."""
    found: tuple[str, ...] | None = cast(Mapping[str, Any], fields).get(detail.field)
    return found or ()
