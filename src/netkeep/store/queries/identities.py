"""Queries to find contacts of the same person."""

from collections import defaultdict

from netkeep.domain.contact import Detail, Status, own_uid
from netkeep.domain.identity import LAST_DIGITS, MERGED_UID, Identity
from netkeep.domain.names import NICKNAME, nicknames
from netkeep.domain.people import Person
from netkeep.store.queries import Connection, select
from netkeep.store.queries.contacts import EVERYONE, PERSON, Filter, to_person


def people_by_detail(connection: Connection, detail: Detail, typed: str) -> list[Person]:
    """Return the people with an e-mail address, phone number or URL of this key."""
    sql = f"{PERSON} JOIN detail d ON d.contact_id = c.id WHERE d.detail = ? AND d.key = ?"
    return select(connection, f"{sql} GROUP BY c.id ORDER BY c.id", [detail, typed], to_person)


def people_by_last_digits(connection: Connection, typed: str) -> list[Person]:
    """Return the people with a phone number that ends in these digits; read every number."""
    sql = f"{PERSON} JOIN detail d ON d.contact_id = c.id WHERE d.detail = ?"
    return select(
        connection,
        f"{sql} AND substr(d.key, ?) = ? GROUP BY c.id ORDER BY c.id",
        [Detail.phone, -LAST_DIGITS, typed],
        to_person,
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
