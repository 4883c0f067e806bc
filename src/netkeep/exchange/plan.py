"""What an import will do, decided before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from netkeep.domain.contact import ContactFields, Status
from netkeep.domain.details import Detail, detail_key
from netkeep.domain.people import Identity
from netkeep.domain.text import key

PROFILE = "linkedin.com/in/"


class Record(NamedTuple):
    """One person of a file, cleaned, and the place it stands at, such as `line 57` or `card 3`.

    `extra` is what netkeep has no field for, as content lines of a vCard (RFC 6350, 3.3), unfolded;
    `left_out` names what is not kept at all, such as a photo.
    """

    place: str
    fields: ContactFields
    extra: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class Skipped(NamedTuple):
    """A row that is not taken in, and why."""

    place: str
    reason: str

    def __str__(self) -> str:
        """`line 57: no name`."""
        return f"{self.place}: {self.reason}"


class Plan(NamedTuple):
    """Whom an import adds, whom it finds already there, and what it leaves out."""

    new: Sequence[Record]
    unchanged: int
    skipped: Sequence[Skipped]


def decide(rows: Iterable[Record | Skipped], kept: Iterable[Identity]) -> Plan:
    """Tell those who are new from those already there, or already seen in the same file.

    The same person has the same profile URL; or the same e-mail, or else name and company,
    unless both have a profile URL and they differ.
    """
    seen = {mark: identity for identity in kept for mark in _marks(identity)}
    new: list[Record] = []
    skipped: list[Skipped] = []
    unchanged = 0
    places: dict[Identity, str] = {}
    for row in rows:
        if isinstance(row, Skipped):
            skipped.append(row)
            continue
        identity = _identity(row)
        same = _find(identity, seen)
        if same is None:
            new.append(row)
            places[identity] = row.place
            seen.update((mark, identity) for mark in _marks(identity))
        elif same in places:
            skipped.append(Skipped(row.place, f"the same person as on {places[same]}"))
        elif same.status is Status.dropped:
            skipped.append(Skipped(row.place, f"{same.name} was dropped"))
        else:
            unchanged += 1
    return Plan(new, unchanged, skipped)


def _identity(record: Record) -> Identity:
    return Identity(
        name=record.fields["name"],
        company=record.fields.get("company"),
        status=Status.candidate,
        urls=tuple(detail_key(Detail.url, url) for url in record.fields.get("urls", ())),
        emails=tuple(detail_key(Detail.email, to) for to in record.fields.get("emails", ())),
    )


def _marks(identity: Identity) -> Iterator[tuple[str, ...]]:
    """What someone is known by, the surest first."""
    yield from (("url", url) for url in identity.urls)
    yield from (("email", email) for email in identity.emails)
    yield "name", key(identity.name) or identity.name, key(identity.company or "")


def _find(identity: Identity, seen: Mapping[tuple[str, ...], Identity]) -> Identity | None:
    profiles = _profiles(identity)
    for mark in _marks(identity):
        same = seen.get(mark)
        if same is None:
            continue
        theirs = _profiles(same)
        if not (profiles and theirs and profiles.isdisjoint(theirs)):
            return same
    return None


def _profiles(identity: Identity) -> set[str]:
    return {url for url in identity.urls if url.startswith(PROFILE)}
