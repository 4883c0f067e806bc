"""Derived values: columns of a contact, and the rows that searches read.

Every write updates those of the contacts it touches; `doctor` checks all of them. After a change by
another program, the next write of that contact updates them.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from netkeep.domain.contact import FIELDS, Detail, Status, detail_key
from netkeep.domain.due import due_on
from netkeep.domain.text import key
from netkeep.store.journal import DERIVED_COLUMNS
from netkeep.store.queries import ID_LIST, damaged, id_list, parse_day
from netkeep.store.queries.contacts import load_positions, parse_cadence

if TYPE_CHECKING:
    from sqlmodel import Session

BATCH = 500  # contacts compared at once
COLUMNS = DERIVED_COLUMNS["contact"]
_INDEXED = [field.name for field in FIELDS.values() if field.indexed]
_SEARCHED = [field.name for field in FIELDS.values() if field.searched]
_SOURCE_COLUMNS = list(
    dict.fromkeys(
        ("id", "status", "cadence", "first_due_on", "snoozed_until", *_INDEXED, *_SEARCHED)
    )
)

Word = tuple[str, str]  # a field, and a word in it
Source = tuple[str, int]  # a table, and an id in it
Entry = tuple[str, int]  # (list of a contact, position)


class Derived(NamedTuple):
    """All derived values of one contact.

    `entry_keys` has the keys of e-mails, phones, URLs and tags. `passages` has the keys of the
    texts of each source, one per line, in any order.
    """

    columns: Mapping[str, str | None]
    entry_keys: Mapping[Entry, str]
    words: frozenset[Word]
    passages: Mapping[Source, str]


class Difference(NamedTuple):
    """A contact whose stored derived values are wrong."""

    contact_id: int
    name: str
    stored: Derived
    expected: Derived

    def __str__(self) -> str:
        """`Ada Lovelace (#1): due_on is 2099-01-01, but should be 2026-12-01`."""
        wrong = [
            f"{column} is {self.stored.columns[column]}, but should be {value}"
            for column, value in self.expected.columns.items()
            if self.stored.columns[column] != value
        ]
        if not _same_rows(self.stored, self.expected):
            wrong.append("the search index is out of date")
        return f"{self.name} (#{self.contact_id}): {'; '.join(wrong)}"


def all_differences(connection: sqlite3.Connection) -> Iterator[Difference]:
    """Yield every contact whose stored derived values are wrong."""
    ids = [contact_id for (contact_id,) in connection.execute("SELECT id FROM contact ORDER BY id")]
    for start in range(0, len(ids), BATCH):
        yield from _differences(connection, [id_list(ids[start : start + BATCH])])


def update_derived(
    session: Session,
    connection: sqlite3.Connection,
    contact_ids: Iterable[int],
    *,
    columns: Collection[str] = COLUMNS,
) -> None:
    """Update the derived values of contacts; delete those of deleted contacts.

    `connection` is the driver's, in the transaction of the session. Of the columns of contacts,
    update only these.
    """
    from sqlmodel import col, delete, insert

    from netkeep.store.schema import PassageRow, WordRow

    ids = sorted(contact_ids)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        bound = [id_list(batch)]
        wrong = list(_differences(connection, bound))
        for each in wrong:
            _update_columns(session, each, columns)
        there = connection.execute(f"SELECT id FROM contact WHERE id IN {ID_LIST}", bound)
        deleted = {*batch} - {contact_id for (contact_id,) in there}
        outdated = [*(each.contact_id for each in wrong), *deleted]
        if not outdated:
            continue
        for table in (WordRow, PassageRow):
            session.execute(delete(table).where(col(table.contact_id).in_(outdated)))
        word_rows = [
            {"field": field, "word": word, "contact_id": each.contact_id}
            for each in wrong
            for field, word in each.expected.words
        ]
        passage_rows = [
            {"source": source, "source_id": source_id, "contact_id": each.contact_id, "key": text}
            for each in wrong
            for (source, source_id), text in each.expected.passages.items()
        ]
        for table, rows in ((WordRow, word_rows), (PassageRow, passage_rows)):
            if rows:
                session.execute(insert(table), rows)


def _update_columns(session: Session, wrong: Difference, columns: Collection[str]) -> None:
    from sqlmodel import col, update

    from netkeep.store.schema import ContactRow, DetailRow

    values = {
        name: value if name == "key" or value is None else date.fromisoformat(value)
        for name, value in wrong.expected.columns.items()
        if name in columns and value != wrong.stored.columns[name]
    }
    if values:
        session.execute(
            update(ContactRow).where(col(ContactRow.id) == wrong.contact_id).values(values)
        )
    for (detail, position), entry_key in wrong.expected.entry_keys.items():
        if entry_key != wrong.stored.entry_keys[detail, position]:
            session.execute(
                update(DetailRow)
                .where(
                    col(DetailRow.contact_id) == wrong.contact_id,
                    col(DetailRow.detail) == detail,
                    col(DetailRow.position) == position,
                )
                .values(key=entry_key)
            )


def _differences(connection: sqlite3.Connection, bound: list[str]) -> Iterator[Difference]:
    """Yield the contacts whose stored derived values are wrong; `bound` has the ids of ID_LIST."""
    stored = _load_stored(connection, bound)
    for contact_id, (name, expected) in _expected(connection, bound).items():
        is_same = stored[contact_id].columns == expected.columns
        if not (is_same and _same_rows(stored[contact_id], expected)):
            yield Difference(contact_id, name, stored[contact_id], expected)


def _expected(connection: sqlite3.Connection, bound: list[str]) -> dict[int, tuple[str, Derived]]:
    """Return the name and the correct derived values of each contact, by id."""
    lists: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    entry_keys: defaultdict[int, dict[Entry, str]] = defaultdict(dict)
    for contact_id, detail, position, value in connection.execute(
        f"SELECT contact_id, detail, position, value FROM detail WHERE contact_id IN {ID_LIST}"
        " ORDER BY contact_id, detail, position",
        bound,
    ):
        lists[contact_id, detail].append(value)
        entry_keys[contact_id][detail, position] = detail_key(Detail(detail), value)
    positions = load_positions(connection, ID_LIST, bound)
    passages, last_touches = _load_history(connection, bound)
    result = {}
    for values in connection.execute(
        f"SELECT {', '.join(_SOURCE_COLUMNS)} FROM contact WHERE id IN {ID_LIST}", bound
    ):
        row = dict(zip(_SOURCE_COLUMNS, values, strict=True))
        contact_id = row["id"]
        texts = [row[name] for name in _SEARCHED]
        texts += [value for detail in Detail for value in lists.get((contact_id, detail), ())]
        if text := _keys([*texts, *map(str, positions.get(contact_id, ()))]):
            passages[contact_id]["contact", contact_id] = text
        last_touch_on = last_touches.get(contact_id)
        columns = {
            "key": key(row["name"]),
            "last_touch_on": last_touch_on,
            "due_on": _due_on(
                row["status"],
                row["cadence"],
                last_touch_on,
                row["first_due_on"],
                row["snoozed_until"],
            ),
        }
        keys = list(map(key, [row[name] or "" for name in _INDEXED]))
        words = frozenset(
            (name, word) for name, text in zip(_INDEXED, keys, strict=True) for word in text.split()
        )
        result[contact_id] = (
            row["name"],
            Derived(columns, entry_keys[contact_id], words, passages[contact_id]),
        )
    return result


def _load_history(
    connection: sqlite3.Connection, bound: list[str]
) -> tuple[defaultdict[int, dict[Source, str]], dict[int, str]]:
    """Return passages of touchpoints and occasions, and the latest touchpoint, by contact id."""
    passages: defaultdict[int, dict[Source, str]] = defaultdict(dict)
    last_touches: dict[int, str] = {}
    for touchpoint_id, contact_id, day, note in connection.execute(
        f"SELECT id, contact_id, day, note FROM touchpoint WHERE contact_id IN {ID_LIST}", bound
    ):
        last_touches[contact_id] = max(day, last_touches.get(contact_id, ""))
        if note and (text := key(note)):
            passages[contact_id]["touchpoint", touchpoint_id] = text
    for occasion_id, contact_id, *written in connection.execute(
        f"SELECT id, contact_id, text, city FROM occasion WHERE contact_id IN {ID_LIST}", bound
    ):
        if text := _keys(written):
            passages[contact_id]["occasion", occasion_id] = text
    return passages, last_touches


@lru_cache(maxsize=10_000)  # many contacts share the same days and cadences
def _due_on(
    status: str,
    cadence: str | None,
    last_touch_on: str | None,
    first_due_on: str | None,
    snoozed_until: str | None,
) -> str | None:
    """Return the due date, computed from stored values."""
    try:
        day = due_on(
            status=Status(status),
            cadence=parse_cadence(cadence),
            last_touch_on=parse_day(last_touch_on),
            first_due_on=parse_day(first_due_on),
            snoozed_until=parse_day(snoozed_until),
        )
    except (ValueError, TypeError) as error:
        raise damaged(error) from error
    return None if day is None else day.isoformat()


def _load_stored(connection: sqlite3.Connection, bound: list[str]) -> dict[int, Derived]:
    """Return the stored derived values of each contact, by id."""
    words: defaultdict[int, set[Word]] = defaultdict(set)
    for contact_id, field, word in connection.execute(
        f"SELECT contact_id, field, word FROM word WHERE contact_id IN {ID_LIST}", bound
    ):
        words[contact_id].add((field, word))
    passages: defaultdict[int, dict[Source, str]] = defaultdict(dict)
    for contact_id, source, source_id, text in connection.execute(
        f"SELECT contact_id, source, source_id, key FROM passage WHERE contact_id IN {ID_LIST}",
        bound,
    ):
        passages[contact_id][source, source_id] = text
    entry_keys: defaultdict[int, dict[Entry, str]] = defaultdict(dict)
    for contact_id, detail, position, entry_key in connection.execute(
        f"SELECT contact_id, detail, position, key FROM detail WHERE contact_id IN {ID_LIST}", bound
    ):
        entry_keys[contact_id][detail, position] = entry_key
    return {
        contact_id: Derived(
            dict(zip(COLUMNS, columns, strict=True)),
            entry_keys[contact_id],
            frozenset(words[contact_id]),
            passages[contact_id],
        )
        for contact_id, *columns in connection.execute(
            f"SELECT id, {', '.join(COLUMNS)} FROM contact WHERE id IN {ID_LIST}", bound
        )
    }


def _keys(texts: Iterable[str | None]) -> str:
    """Return the keys of these texts, one per line."""
    return "\n".join(filter(None, map(key, filter(None, texts))))


def _same_rows(stored: Derived, expected: Derived) -> bool:
    """Return whether keys, words and passages are the same, ignoring the order of their lines."""
    if stored.entry_keys != expected.entry_keys or stored.words != expected.words:
        return False
    if stored.passages.keys() != expected.passages.keys():
        return False
    return all(
        text == stored.passages[source]
        or sorted(text.split("\n")) == sorted(filter(None, stored.passages[source].split("\n")))
        for source, text in expected.passages.items()
    )
