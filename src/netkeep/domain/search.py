"""Finding words in everything ever written about someone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from netkeep.domain.contact import FIELDS, Contact, Detail, Status
from netkeep.domain.text import key, key_with_positions

LABELS = {Detail.email: "e-mail", Detail.url: "URL"}
AROUND = 30  # characters shown before and after what was found


class Passage(NamedTuple):
    """One text about someone, and where it stands: a field, a tag, news, a touchpoint."""

    where: str
    text: str

    def __str__(self) -> str:
        """`note: ... plays chess on Sundays ...`."""
        return f"{self.where}: {self.text}"


class Find(NamedTuple):
    """Someone about whom the words were found; field by field what `find` prints."""

    id: int
    name: str
    status: Status
    last_touch_on: date | None
    company: str | None
    found: tuple[Passage, ...]


def field_passages(values: Mapping[str, Any]) -> Iterator[Passage]:
    """What the fields and lists of a contact say, in words; by the names Contact gives them."""
    for field in FIELDS.values():
        if field.searched and values.get(field.name):
            yield Passage(field.name, values[field.name])
    for detail in Detail:
        for entry in values.get(detail.field) or ():
            yield Passage(LABELS.get(detail, detail), entry)
    for position in values.get("worked") or ():
        yield Passage("worked", str(position))


def contact_passages(contact: Contact) -> Iterator[Passage]:
    """What the fields and lists of a contact that is kept say, in words."""
    return field_passages(contact._asdict())


def find_terms(words: Sequence[str], contact: Contact, passages: Iterable[Passage]) -> Find | None:
    """Where each of these keys first stands in the passages; None unless every one does."""
    passages = list(passages)
    found: dict[Passage, str] = {}
    for word in words:
        first = next((passage for passage in passages if word in key(passage.text)), None)
        if first is None:
            return None
        found.setdefault(first, word)
    return Find(
        id=contact.id,
        name=contact.name,
        status=contact.status,
        last_touch_on=contact.last_touch_on,
        company=contact.company,
        found=tuple(
            Passage(passage.where, excerpt(passage.text, word)) for passage, word in found.items()
        ),
    )


def excerpt(text: str, word: str) -> str:
    """The piece of a text around a word of its key, on one line, the rest as an ellipsis."""
    line = " ".join(text.split())
    folded, places = key_with_positions(line)
    at = folded.index(word)
    start, end = places[at], places[at + len(word) - 1] + 1
    first, last = max(0, start - AROUND), min(len(line), end + AROUND)
    if first:
        first = line.find(" ", first, start) + 1 or first
    if last < len(line):
        last = max(line.rfind(" ", end, last), end) if " " in line[end:last] else last
    return f"{'…' if first else ''}{line[first:last]}{'…' if last < len(line) else ''}"
