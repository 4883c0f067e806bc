"""Queries about people: who a name, an address or an id means, and who is the same person."""

from collections import defaultdict
from collections.abc import Sequence

from netkeep.domain.contact import Detail, Kind, Status, own_uid
from netkeep.domain.identity import LAST_DIGITS, MERGED_UID, Identity
from netkeep.domain.names import NICKNAME, nicknames
from netkeep.domain.people import Person
from netkeep.domain.text import key
from netkeep.store.queries import Connection, Row, placeholders, select
from netkeep.store.queries.contacts import EVERYONE, Filter

NAMES_COMPARED = 5_000  # to suggest one: comparing 100,000 takes seconds
_PERSON = "SELECT c.id, c.name, c.status, c.kind, c.company, c.key FROM contact c"
_LATEST_FIRST = "ORDER BY c.last_touch_on DESC, c.key, c.id"


def person_by_id(connection: Connection, contact_id: int) -> list[Person]:
    """Return the person with this id, in a list that is empty if there is none."""
    return select(connection, f"{_PERSON} WHERE c.id = ?", [contact_id], _person)


def people_by_word_starts(connection: Connection, typed: str, status: Status) -> list[Person]:
    """Return the people of a status whose names have words that start with those of this key."""
    where, values = Filter(texts={"name": typed}).where()
    # The plus sign keeps SQLite from reading everyone of the status.
    sql = f"{_PERSON} WHERE {where} AND +c.status = ? {_LATEST_FIRST}"
    return select(connection, sql, [*values, status], _person)


def people_containing(connection: Connection, typed: str, status: Status) -> list[Person]:
    """Return the people of a status with this key anywhere in the name; read all their names.

    Compare the name too: its stored key is outdated if another program changed the name.
    """
    sql = f"{_PERSON} WHERE c.status = ? AND (c.key LIKE ? OR c.name LIKE ?) {_LATEST_FIRST}"
    people = select(connection, sql, [status, *[f"%{typed}%"] * 2], _person)
    return [person._replace(key=key(person.name)) for person in people]


def people_by_key(
    connection: Connection, typed: str, statuses: Sequence[Status] = tuple(Status)
) -> list[Person]:
    """Return the people whose name has exactly this key."""
    # The condition on the status lets SQLite use the index on status and key.
    sql = f"{_PERSON} WHERE c.status IN ({placeholders(statuses)}) AND c.key = ? ORDER BY c.id"
    return select(connection, sql, [*statuses, typed], _person)


def people_by_detail(connection: Connection, detail: Detail, typed: str) -> list[Person]:
    """Return the people with an e-mail address, phone number or URL of this key."""
    sql = f"{_PERSON} JOIN detail d ON d.contact_id = c.id WHERE d.detail = ? AND d.key = ?"
    return select(connection, f"{sql} GROUP BY c.id ORDER BY c.id", [detail, typed], _person)


def people_by_last_digits(connection: Connection, typed: str) -> list[Person]:
    """Return the people with a phone number that ends in these digits; read every number."""
    sql = f"{_PERSON} JOIN detail d ON d.contact_id = c.id WHERE d.detail = ?"
    return select(
        connection,
        f"{sql} AND substr(d.key, ?) = ? GROUP BY c.id ORDER BY c.id",
        [Detail.phone, -LAST_DIGITS, typed],
        _person,
    )


def names_to_suggest(connection: Connection, typed: str) -> list[str]:
    """Return at most NAMES_COMPARED names, those with the same first letter first."""
    return select(
        connection,
        "SELECT name FROM contact WHERE status <> 'dropped'"
        " ORDER BY CASE WHEN key LIKE ? THEN 0 ELSE 1 END LIMIT ?",
        [f"{typed[:1]}%", NAMES_COMPARED],
        lambda row: str(row[0]),
    )


def load_identities(connection: Connection, which: Filter = EVERYONE) -> list[Identity]:
    """Return the identities of contacts, newest first, to find those of the same person."""
    where, values = which.where()
    chosen = f"contact_id IN (SELECT c.id FROM contact c WHERE {where})"
    keys: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    sql = f"SELECT contact_id, detail, key FROM detail WHERE detail <> 'tag' AND {chosen}"
    for contact_id, detail, value in select(connection, sql, values, tuple):
        keys[contact_id, detail].append(value)
    uids: defaultdict[int, list[str]] = defaultdict(list)
    names: defaultdict[int, list[str]] = defaultdict(list)
    sql = f"SELECT contact_id, line FROM extra WHERE (line LIKE ? OR line LIKE ?) AND {chosen}"
    lines = [f"{MERGED_UID}%", f"%{NICKNAME.rstrip(':')}%", *values]
    for contact_id, line in select(connection, sql, lines, tuple):
        if line.startswith(MERGED_UID):
            uids[contact_id].append(line.removeprefix(MERGED_UID))
        names[contact_id] += nicknames([line])
    return select(
        connection,
        "SELECT c.id, c.name, c.company, c.status, c.uid, c.created_at FROM contact c"
        f" WHERE {where} ORDER BY c.id DESC",
        values,
        lambda row: Identity(
            id=row["id"],
            name=row["name"],
            company=row["company"],
            status=Status(row["status"]),
            urls=tuple(keys[row["id"], Detail.url]),
            emails=tuple(keys[row["id"], Detail.email]),
            phones=tuple(keys[row["id"], Detail.phone]),
            uid=row["uid"],
            own_uid=own_uid(row["id"], row["created_at"]),
            other_uids=tuple(uids[row["id"]]),
            nicknames=tuple(names[row["id"]]),
        ),
    )


def _person(row: Row) -> Person:
    return Person(
        id=row["id"],
        name=row["name"],
        status=Status(row["status"]),
        kind=Kind(row["kind"]),
        company=row["company"],
        key=row["key"],
    )
