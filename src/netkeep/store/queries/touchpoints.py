"""Queries for touchpoints."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from netkeep.domain.touchpoint import Channel, Direction, Purpose, Touchpoint
from netkeep.errors import NoSuchTouchpointError
from netkeep.store.queries import ID_LIST, Connection, Row, select

_TOUCHPOINT = """
    SELECT t.id, t.day, t.contact_id, c.name, t.channel, t.purpose, t.direction, t.note,
           t.created_at, t.updated_at
    FROM touchpoint t JOIN contact c ON c.id = t.contact_id"""


def load_touchpoint(connection: Connection, touchpoint_id: int) -> Touchpoint:
    """Return the touchpoint with this id; raise NoSuchTouchpointError."""
    for found in select(connection, f"{_TOUCHPOINT} WHERE t.id = ?", [touchpoint_id], _touchpoint):
        return found
    raise NoSuchTouchpointError(touchpoint_id)


def load_touchpoints(
    connection: Connection, contact_ids: Sequence[int]
) -> dict[int, list[Touchpoint]]:
    """Return all touchpoints of these contacts, oldest first, by contact id."""
    touchpoints: defaultdict[int, list[Touchpoint]] = defaultdict(list)
    sql = f"{_TOUCHPOINT} WHERE t.contact_id IN {ID_LIST} ORDER BY t.day, t.id"
    for touchpoint in select(connection, sql, [[*contact_ids]], _touchpoint):
        touchpoints[touchpoint.contact_id].append(touchpoint)
    return touchpoints


def load_timeline(
    connection: Connection,
    *,
    contact_id: int | None = None,
    since: date | None = None,
    until: date | None = None,
    channel: Channel | None = None,
    purpose: Purpose | None = None,
    limit: int | None = None,
) -> list[Touchpoint]:
    """Return touchpoints, newest first; `since` and `until` are inclusive."""
    conditions = {
        "t.contact_id = ?": contact_id,
        "t.day >= ?": since and since.isoformat(),
        "t.day <= ?": until and until.isoformat(),
        "t.channel = ?": channel,
        "t.purpose = ?": purpose,
    }
    bound = {text: value for text, value in conditions.items() if value is not None}
    return select(
        connection,
        f"{_TOUCHPOINT} WHERE {' AND '.join(['1', *bound])} ORDER BY t.day DESC, t.id DESC LIMIT ?",
        [*bound.values(), -1 if limit is None else limit],
        _touchpoint,
    )


def count_touchpoints_by_day(
    connection: Connection, since: date, until: date, contact_id: int | None = None
) -> dict[date, int]:
    """Return the number of touchpoints on each day with any; `since` and `until` are inclusive."""
    where = "day BETWEEN ? AND ?"
    values: list[Any] = [str(since), str(until)]
    if contact_id is not None:
        where, values = f"{where} AND contact_id = ?", [*values, contact_id]
    sql = f"SELECT day, count(*) FROM touchpoint WHERE {where} GROUP BY day"
    counts = select(connection, sql, values, tuple)
    return {date.fromisoformat(day): count for day, count in counts}


def _touchpoint(row: Row) -> Touchpoint:
    return Touchpoint(
        id=row["id"],
        day=date.fromisoformat(row["day"]),
        contact_id=row["contact_id"],
        name=row["name"],
        channel=Channel(row["channel"]),
        purpose=Purpose(row["purpose"]),
        direction=Direction(row["direction"]),
        note=row["note"],
        created_at=datetime.fromisoformat(row["created_at"]),
        updated_at=datetime.fromisoformat(row["updated_at"]),
    )
