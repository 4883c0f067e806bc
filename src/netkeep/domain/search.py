"""Search everything written about a contact."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from netkeep.domain.contact import FIELDS, Contact, Detail, Status
from netkeep.domain.text import key, key_with_positions

LABELS = {Detail.email: "e-mail", Detail.url: "URL"}
CONTEXT = 30  # characters shown before and after a term


class Passage(NamedTuple):
    """A text about a contact and where it is: in a field, a tag, news or a touchpoint."""

    where: str
    text: str

    def __str__(self) -> str:
        """`note: ... plays chess on Sundays ...`."""
        return f"{self.where}: {self.text}"


class Find(NamedTuple):
    """A contact with all the terms searched for; field by field what `find` prints."""

    id: int
    name: str
    status: Status
    last_touch_on: date | None
    company: str | None
    found: tuple[Passage, ...]
    email: str | None
    phone: str | None


def field_passages(values: Mapping[str, Any]) -> Iterator[Passage]:
    """Yield the searched fields and lists of a contact, from its values by field name."""
    for field in FIELDS.values():
        if field.searched and values.get(field.name):
            yield Passage(field.name, values[field.name])
    for detail in Detail:
        for entry in values.get(detail.field) or ():
            yield Passage(LABELS.get(detail, detail), entry)
    for position in values.get("worked") or ():
        yield Passage("worked", str(position))


def find_terms(terms: Sequence[str], contact: Contact, passages: Iterable[Passage]) -> Find | None:
    """Return the first passage with each term; None if a term is in no passage. Terms are keys."""
    passages = list(passages)
    matches: dict[Passage, str] = {}
    for term in terms:
        first = next((passage for passage in passages if term in key(passage.text)), None)
        if first is None:
            return None
        matches.setdefault(first, term)
    return Find(
        **contact.values_for(Find),
        found=tuple(
            Passage(passage.where, excerpt(passage.text, term)) for passage, term in matches.items()
        ),
        email=next(iter(contact.emails), None),
        phone=next(iter(contact.phones), None),
    )


def excerpt(text: str, term: str) -> str:
    """Return the part of a text around a term, on one line; an ellipsis marks each cut."""
    line = " ".join(text.split())
    folded, positions = key_with_positions(line)
    index = folded.index(term)
    start, end = positions[index], positions[index + len(term) - 1] + 1
    first, last = max(0, start - CONTEXT), min(len(line), end + CONTEXT)
    if first:
        first = line.find(" ", first, start) + 1 or first
    if last < len(line):
        last = max(line.rfind(" ", end, last), end) if " " in line[end:last] else last
    return f"{'…' if first else ''}{line[first:last]}{'…' if last < len(line) else ''}"
