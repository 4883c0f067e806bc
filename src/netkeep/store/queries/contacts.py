"""Queries for contacts, and for the people that a typed name may mean."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

from netkeep.domain.contact import Contact, Detail, Kind, Position, Status, Via
from netkeep.domain.days import Length, find_length
from netkeep.domain.occasions import Birthday
from netkeep.domain.people import Person
from netkeep.domain.text import AFTER_EVERY_LETTER, key
from netkeep.errors import NoSuchPersonError
from netkeep.store.queries import (
    ID_LIST,
    Connection,
    Row,
    damaged,
    placeholders,
    select,
)


class Sort(StrEnum):
    """An order for contacts."""

    name = "name"
    last = "last"
    due = "due"
    added = "added"


_ORDERS = {
    Sort.name: "c.key, c.id",
    Sort.last: "c.last_touch_on, c.id",  # the longest silence first; SQLite puts nulls first
    Sort.due: "c.due_on IS NULL, c.due_on, c.id",
    Sort.added: "c.id DESC",
}
_TAGGED = "(SELECT contact_id FROM detail WHERE detail = 'tag' AND key = ?)"
_WORD_STARTS = "SELECT contact_id FROM word WHERE field = ? AND word >= ? AND word < ?"

NAMES_COMPARED = 5_000  # to suggest one: comparing 100,000 takes seconds
_ANY_STATUS = f"({', '.join(repr(str(status)) for status in Status)})"
PERSON = "SELECT c.id, c.name, c.status, c.kind, c.company, c.key FROM contact c"
_LATEST_FIRST = "ORDER BY c.last_touch_on DESC, c.key, c.id"


class Filter(NamedTuple):
    """Conditions to select contacts by; all have to hold, and those not set always do.

    `texts` maps an indexed field, such as city, to a key: each word of the key has to start a word
    of the field; None is no condition. With `quiet_since`, there is no touchpoint after that day.
    """

    statuses: Sequence[Status] = ()
    ids: Sequence[int] | None = None
    kind: Kind | None = None
    tags: Sequence[str] = ()
    without_tags: Sequence[str] = ()
    texts: Mapping[str, str | None] = MappingProxyType({})
    quiet_since: date | None = None

    @property
    def is_everyone(self) -> bool:
        """Whether no condition is set."""
        return not any(self._conditions())

    def where(self) -> tuple[str, list[Any]]:
        """Return the SQL condition and its bound values."""
        conditions = list(self._conditions())
        where = " AND ".join(["1", *(condition for condition, _ in conditions)])
        return where, [value for _, values in conditions for value in values]

    def _conditions(self) -> Iterator[tuple[str, Sequence[Any]]]:
        if self.statuses:
            yield f"c.status IN ({placeholders(self.statuses)})", self.statuses
        if self.ids is not None:
            yield f"c.id IN {ID_LIST}", [[*self.ids]]
        if self.kind:
            yield "c.kind = ?", [self.kind]
        if self.quiet_since:
            since = self.quiet_since.isoformat()
            yield "(c.last_touch_on IS NULL OR c.last_touch_on <= ?)", [since]
        for tag in self.tags:
            yield f"c.id IN {_TAGGED}", [tag]
        for tag in self.without_tags:
            yield f"c.id NOT IN {_TAGGED}", [tag]
        for field, text in self.texts.items():
            # The longest word is likely the rarest: it comes first.
            starts = sorted(dict.fromkeys((text or "").split()), key=len, reverse=True)
            if starts:
                # Not as separate conditions: SQLite would read all contacts of each word.
                having = " INTERSECT ".join([_WORD_STARTS] * len(starts))
                bounds = ((field, start, start + AFTER_EVERY_LETTER) for start in starts)
                yield f"c.id IN ({having})", list(chain.from_iterable(bounds))


EVERYONE = Filter()


@lru_cache(maxsize=100)  # many contacts share a few cadences
def parse_cadence(text: str | None) -> Length | None:
    """Parse the cadence in a column; raise DamagedFileError if it is not valid."""
    length = None if text is None else find_length(text)
    if text is not None and length is None:
        raise damaged(f"{text!a} is not a cadence")
    return length


# The parsers of the columns of a contact that hold more than text or a number.
_PARSERS: Mapping[str, Callable[[Any], Any]] = {
    "status": Status,
    "kind": Kind,
    "cadence": parse_cadence,
    "birthday": Birthday.from_text,
    **dict.fromkeys(("due_on", "last_touch_on", "met_on", "first_due_on"), date.fromisoformat),
    **dict.fromkeys(("snoozed_until", "dropped_on"), date.fromisoformat),
    **dict.fromkeys(("created_at", "updated_at"), datetime.fromisoformat),
}
_LISTS = {detail.field: detail for detail in Detail}
_COLUMNS = [name for name in Contact._fields if name not in {*_LISTS, "via", "worked"}]
_CONTACT = f"""
    SELECT {", ".join(f"c.{name}" for name in _COLUMNS)}, c.via_id, via.name AS via_name
    FROM contact c LEFT JOIN contact via ON via.id = c.via_id"""


def count_by_status(connection: Connection) -> dict[Status, int]:
    """Return the number of contacts of each status."""
    sql = "SELECT status, count(*) FROM contact GROUP BY status"
    counts = dict(select(connection, sql, (), tuple))
    return {status: counts.get(status, 0) for status in Status}


def load_contacts(
    connection: Connection, which: Filter, sort: Sort = Sort.name, limit: int | None = None
) -> list[Contact]:
    """Return the selected contacts, with all their lists, in this order."""
    where, values = which.where()
    chosen = f"FROM contact c WHERE {where} ORDER BY {_ORDERS[sort]} LIMIT ?"
    values.append(-1 if limit is None else limit)
    positions = load_positions(connection, f"(SELECT c.id {chosen})", values)
    lists: defaultdict[tuple[int, str], list[str]] = defaultdict(list)  # by id and Detail
    sql = f"SELECT contact_id, detail, value FROM detail WHERE contact_id IN (SELECT c.id {chosen})"
    order = "contact_id, detail, position"
    for contact_id, detail, value in select(connection, f"{sql} ORDER BY {order}", values, tuple):
        lists[contact_id, detail].append(value)

    def build(row: Row) -> Contact:
        values = {name: row[name] for name in _COLUMNS}
        for name, parse in _PARSERS.items():
            if values[name] is not None:
                values[name] = parse(values[name])
        for field, detail in _LISTS.items():
            values[field] = tuple(lists.get((row["id"], detail), ()))
        via = None if row["via_id"] is None else Via(row["via_id"], row["via_name"])
        return Contact(**values, via=via, worked=tuple(positions.get(row["id"], ())))

    return select(
        connection, f"{_CONTACT} WHERE {where} ORDER BY {_ORDERS[sort]} LIMIT ?", values, build
    )


def load_positions(
    connection: Connection, ids: str, values: Sequence[Any]
) -> Mapping[int, list[Position]]:
    """Return the past positions of contacts, newest first, by contact id.

    `ids` is SQL for the ids of the contacts, which binds `values`.
    """
    positions: defaultdict[int, list[Position]] = defaultdict(list)
    sql = f"SELECT contact_id, company, title, until FROM position WHERE contact_id IN {ids}"
    order = "contact_id DESC, until DESC, id DESC"  # the index read backwards
    for contact_id, company, title, until in select(
        connection, f"{sql} ORDER BY {order}", values, tuple
    ):
        positions[contact_id].append(Position(company, title, date.fromisoformat(until)))
    return positions


def load_skips(connection: Connection) -> dict[int, datetime]:
    """Return when each skipped candidate was last skipped, by id."""
    sql = "SELECT id, skipped_at FROM contact WHERE status = 'candidate' AND skipped_at IS NOT NULL"
    return dict(select(connection, sql, (), lambda row: (row[0], datetime.fromisoformat(row[1]))))


def load_contact(connection: Connection, contact_id: int) -> Contact:
    """Return the contact with this id; raise NoSuchPersonError."""
    (contact,) = load_contacts_by_id(connection, [contact_id])
    return contact


def load_contacts_by_id(connection: Connection, contact_ids: Sequence[int]) -> list[Contact]:
    """Return the contacts with these ids, in the same order; raise NoSuchPersonError."""
    contacts = {
        contact.id: contact for contact in load_contacts(connection, Filter(ids=contact_ids))
    }
    try:
        return [contacts[contact_id] for contact_id in contact_ids]
    except KeyError as missing:
        raise NoSuchPersonError(f"#{missing.args[0]}") from None


def load_extra_lines(connection: Connection, contact_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the imported content lines that no field holds, by contact id."""
    lines: defaultdict[int, list[str]] = defaultdict(list)
    sql = f"SELECT contact_id, line FROM extra WHERE contact_id IN {ID_LIST}"
    ids = [[*contact_ids]]
    for contact_id, line in select(connection, f"{sql} ORDER BY contact_id, position", ids, tuple):
        lines[contact_id].append(line)
    return lines


def person_by_id(connection: Connection, contact_id: int) -> list[Person]:
    """Return the person with this id, in a list that is empty if there is none."""
    return select(connection, f"{PERSON} WHERE c.id = ?", [contact_id], to_person)


def people_by_word_starts(connection: Connection, typed: str, status: Status) -> list[Person]:
    """Return the people of a status whose names have words that start with those of this key."""
    where, values = Filter(texts={"name": typed}).where()
    # The plus sign keeps SQLite from reading everyone of the status.
    sql = f"{PERSON} WHERE {where} AND +c.status = ? {_LATEST_FIRST}"
    return select(connection, sql, [*values, status], to_person)


def people_containing(connection: Connection, typed: str, status: Status) -> list[Person]:
    """Return the people of a status with this key anywhere in the name; read all their names.

    Compare the name too: its stored key is outdated if another program changed the name.
    """
    sql = f"{PERSON} WHERE c.status = ? AND (c.key LIKE ? OR c.name LIKE ?) {_LATEST_FIRST}"
    people = select(connection, sql, [status, *[f"%{typed}%"] * 2], to_person)
    return [person._replace(key=key(person.name)) for person in people]


def people_by_key(connection: Connection, typed: str) -> list[Person]:
    """Return the people whose name has exactly this key."""
    # The condition on the status lets SQLite use the index on status and key.
    sql = f"{PERSON} WHERE c.status IN {_ANY_STATUS} AND c.key = ? ORDER BY c.id"
    return select(connection, sql, [typed], to_person)


def names_to_suggest(connection: Connection, typed: str) -> list[str]:
    """Return at most NAMES_COMPARED names: the same first letter first, then active contacts."""
    return select(
        connection,
        "SELECT name FROM contact WHERE status <> 'dropped'"
        " ORDER BY CASE WHEN key LIKE ? THEN 0 ELSE 1 END, status LIMIT ?",
        [f"{typed[:1]}%", NAMES_COMPARED],
        lambda row: str(row[0]),
    )


def to_person(row: Row) -> Person:
    """Return a row of PERSON."""
    return Person(
        id=row["id"],
        name=row["name"],
        status=Status(row["status"]),
        kind=Kind(row["kind"]),
        company=row["company"],
        key=row["key"],
    )
