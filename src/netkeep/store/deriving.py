"""What follows from the rows of people: as it has to be, and put right."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from netkeep.domain.contact import Contact
from netkeep.domain.occasions import Occasion
from netkeep.domain.search import contact_passages
from netkeep.domain.touchpoint import Touchpoint
from netkeep.store import derived
from netkeep.store.filter import ID_LIST, id_list
from netkeep.store.images import DERIVED
from netkeep.store.reader import Reader

BATCH = 500  # people looked at together

Word = tuple[str, str]  # a field, and a word in it
Passage = tuple[str, int, str]  # a source, the id there, and its key


class Derived(NamedTuple):
    """All that follows from what is known of one contact."""

    columns: Mapping[str, str | None]
    words: frozenset[Word]
    passages: frozenset[Passage]


class Wrong(NamedTuple):
    """A contact of whom something is not as it follows from the rest."""

    contact: Contact
    is_: Derived
    has_to_be: Derived

    def __str__(self) -> str:
        """`Ada Lovelace (#1): due_on is 2099-01-01, and has to be 2026-12-01`."""
        told = [
            f"{column} is {self.is_.columns[column]}, and has to be {value}"
            for column, value in self.has_to_be.columns.items()
            if self.is_.columns[column] != value
        ]
        if self.is_[1:] != self.has_to_be[1:]:
            told.append("what `find` and names are looked up in is not right")
        return f"{self.contact.name} (#{self.contact.id}): {'; '.join(told)}"


def derive(
    contact: Contact, touchpoints: Sequence[Touchpoint], occasions: Iterable[Occasion]
) -> Derived:
    """All that follows from a contact and what hangs on them."""
    last_touch_on = max((one.day for one in touchpoints), default=None)
    row = derived.stored(contact._asdict()) | {"last_touch_on": last_touch_on}
    columns = {"last_touch_on": last_touch_on} | derived.derived(row)
    passages = [
        derived.passage("contact", contact.id, contact.id, _texts(contact)),
        *(
            derived.passage("touchpoint", t.id, contact.id, filter(None, [t.note]))
            for t in touchpoints
        ),
        *(
            derived.passage("occasion", o.id, contact.id, filter(None, [o.text, o.city]))
            for o in occasions
        ),
    ]
    return Derived(
        {name: None if value is None else str(value) for name, value in columns.items()},
        frozenset((row["field"], row["word"]) for row in derived.words(contact._asdict())),
        frozenset((row["source"], row["source_id"], row["key"]) for row in passages if row["key"]),
    )


def wrong(connection: sqlite3.Connection) -> Iterator[Wrong]:
    """Everybody of whom something is not as it follows from the rest."""
    ids = [contact_id for (contact_id,) in connection.execute("SELECT id FROM contact ORDER BY id")]
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        there = _there(connection, some)
        for contact, has_to_be in _derived(connection, some):
            if not _same(there[contact.id], has_to_be):
                yield Wrong(contact, there[contact.id], has_to_be)


def derive_rows(connection: sqlite3.Connection, contact_ids: Sequence[int]) -> None:
    """Put the rows right that follow from these people; those of whoever is gone go too."""
    for table in ("word", "passage"):
        connection.execute(
            f"DELETE FROM {table} WHERE contact_id IN {ID_LIST}", [id_list(contact_ids)]
        )
    for start in range(0, len(contact_ids), BATCH):
        for contact, rows in _derived(connection, contact_ids[start : start + BATCH]):
            connection.executemany(
                "INSERT INTO word (field, word, contact_id) VALUES (?, ?, ?)",
                [(*word, contact.id) for word in rows.words],
            )
            connection.executemany(
                "INSERT INTO passage (source, source_id, key, contact_id) VALUES (?, ?, ?, ?)",
                [(*passage, contact.id) for passage in rows.passages],
            )


def _derived(
    connection: sqlite3.Connection, contact_ids: Sequence[int]
) -> Iterator[tuple[Contact, Derived]]:
    """What has to follow from those of these people who are there."""
    ask = Reader(connection)
    touchpoints = ask.touchpoints_with(contact_ids)
    for facts in ask.facts(contact_ids):
        contact = facts.contact
        yield contact, derive(contact, touchpoints.get(contact.id, []), facts.occasions)


def _there(connection: sqlite3.Connection, contact_ids: Sequence[int]) -> Mapping[int, Derived]:
    """What is said in the file to follow from these people."""
    ids = [id_list(contact_ids)]
    words: defaultdict[int, set[Word]] = defaultdict(set)
    for contact_id, *word in connection.execute(
        f"SELECT contact_id, field, word FROM word WHERE contact_id IN {ID_LIST}", ids
    ):
        words[contact_id].add(tuple(word))
    passages: defaultdict[int, set[Passage]] = defaultdict(set)
    for contact_id, *passage in connection.execute(
        f"SELECT contact_id, source, source_id, key FROM passage WHERE contact_id IN {ID_LIST}", ids
    ):
        passages[contact_id].add(tuple(passage))
    return {
        contact_id: Derived(
            dict(zip(DERIVED["contact"], columns, strict=True)),
            frozenset(words[contact_id]),
            frozenset(passages[contact_id]),
        )
        for contact_id, *columns in connection.execute(
            f"SELECT id, {', '.join(DERIVED['contact'])} FROM contact WHERE id IN {ID_LIST}", ids
        )
    }


def _same(is_: Derived, has_to_be: Derived) -> bool:
    """Whether they say the same: in a file of an older schema, the lines in any order."""
    return (
        is_.columns == has_to_be.columns
        and is_.words == has_to_be.words
        and _lines(is_.passages) == _lines(has_to_be.passages)
    )


def _lines(passages: Iterable[Passage]) -> set[tuple[str, int, tuple[str, ...]]]:
    return {
        (source, source_id, tuple(sorted(filter(None, keys.split("\n")))))
        for source, source_id, keys in passages
        if keys
    }


def _texts(contact: Contact) -> Iterator[str]:
    return (passage.text for passage in contact_passages(contact))
