"""What follows from the rows of people: as it has to be, and put right."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from netkeep.domain.contact import Contact
from netkeep.domain.due import due_on
from netkeep.domain.finding import texts_of
from netkeep.domain.occasions import Occasion
from netkeep.domain.text import key
from netkeep.domain.touchpoint import Touchpoint
from netkeep.store import derived
from netkeep.store.reader import Reader

BATCH = 500  # people looked at together

Derived = Mapping[str, Sequence[Mapping[str, Any]]]  # the rows of each table


def true_columns(contact: Contact, touchpoints: Iterable[Touchpoint]) -> dict[str, Any]:
    """The columns of a contact that follow from the rest."""
    last_touch_on = max((one.day for one in touchpoints), default=None)
    due = due_on(
        status=contact.status,
        cadence=contact.cadence,
        last_touch_on=last_touch_on,
        first_due_on=contact.first_due_on,
        snoozed_until=contact.snoozed_until,
    )
    return {"key": key(contact.name), "last_touch_on": last_touch_on, "due_on": due}


def true_rows(
    contact: Contact, touchpoints: Iterable[Touchpoint], occasions: Iterable[Occasion]
) -> Derived:
    """The rows of `word` and `passage` that follow from somebody and all that hangs on them."""
    texts = [passage.text for passage in texts_of(contact)]
    passages = chain(
        [derived.passage("contact", contact.id, contact.id, texts)],
        (derived.passage("touchpoint", one.id, contact.id, _set(one.note)) for one in touchpoints),
        (
            derived.passage("occasion", one.id, contact.id, _set(one.text, one.city))
            for one in occasions
        ),
    )
    return {
        "word": list(derived.words(contact._asdict())),
        "passage": [passage for passage in passages if passage["key"]],
    }


def in_batches(
    ask: Reader, contact_ids: Sequence[int]
) -> Iterator[tuple[Contact, list[Touchpoint], list[Occasion]]]:
    """Those of these people who are there, with all that hangs on them."""
    for start in range(0, len(contact_ids), BATCH):
        some = contact_ids[start : start + BATCH]
        touchpoints = ask.touchpoints_with(some)
        for facts in ask.facts(some):
            yield facts.contact, touchpoints.get(facts.contact.id, []), list(facts.occasions)


def derive_rows(connection: sqlite3.Connection, contact_ids: Sequence[int]) -> None:
    """Put the rows right that follow from these people; those of whoever is gone go too."""
    for table in ("word", "passage"):
        connection.executemany(
            f"DELETE FROM {table} WHERE contact_id = ?", [(one,) for one in contact_ids]
        )
    for contact, touchpoints, occasions in in_batches(Reader(connection), contact_ids):
        rows = true_rows(contact, touchpoints, occasions)
        connection.executemany("INSERT INTO word VALUES (:field, :word, :contact_id)", rows["word"])
        connection.executemany(
            "INSERT INTO passage VALUES (:source, :source_id, :contact_id, :key)", rows["passage"]
        )


def _set(*texts: str | None) -> Iterator[str]:
    return filter(None, texts)
