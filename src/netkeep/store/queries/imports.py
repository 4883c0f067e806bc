"""Queries for imports: the owners of addresses, known messages, and positions by source."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from netkeep.domain.contact import Status
from netkeep.domain.correspondence import Known
from netkeep.domain.jobs import SaidPosition
from netkeep.store.queries import ID_LIST, Connection, select


def load_owners(connection: Connection) -> dict[str, int | None]:
    """Return the id of the contact with each e-mail address and URL, by key of the address.

    The id is None if several contacts have the address, or a dropped one.
    """
    owners: dict[str, int | None] = {}
    sql = (
        "SELECT d.key, c.id, c.status FROM detail d JOIN contact c ON c.id = d.contact_id"
        " WHERE d.detail IN ('email', 'url')"
    )
    for key, contact_id, status in select(connection, sql, (), tuple):
        is_shared = key in owners
        owners[key] = None if is_shared or status == Status.dropped else contact_id
    return owners


def load_known_messages(connection: Connection, contact_id: int) -> dict[str, Known]:
    """Return the messages that imports logged for a contact, by digest."""
    sql = "SELECT digest, touchpoint_id, at FROM imported_message WHERE contact_id = ?"
    return dict(
        select(
            connection,
            sql,
            [contact_id],
            lambda row: (row[0], Known(row[1], datetime.fromisoformat(row[2]))),
        )
    )


def load_said_positions(
    connection: Connection, contact_ids: Sequence[int]
) -> dict[int, dict[str, SaidPosition]]:
    """Return the position that each source gave last for these contacts, by contact and source."""
    said: defaultdict[int, dict[str, SaidPosition]] = defaultdict(dict)
    sql = (
        "SELECT contact_id, source, company, title, is_gone FROM source_position"
        f" WHERE contact_id IN {ID_LIST}"
    )
    ids: list[Any] = [[*contact_ids]]
    for contact_id, source, company, title, is_gone in select(connection, sql, ids, tuple):
        said[contact_id][source] = SaidPosition(company, title, is_gone=bool(is_gone))
    return said


def load_contacts_of_source(connection: Connection, source: str) -> dict[int, bool]:
    """Return the contacts that a source has had, and whether they are gone from it, by id."""
    sql = "SELECT contact_id, is_gone FROM source_position WHERE source = ?"
    return {row[0]: bool(row[1]) for row in select(connection, sql, [source], tuple)}
