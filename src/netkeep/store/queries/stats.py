"""Queries for `stats`: counts of contacts and touchpoints."""

from datetime import date

from netkeep.domain.contact import Kind, Status
from netkeep.domain.stats import Group, Introduced, Introducer, Silence, TouchpointCount
from netkeep.domain.touchpoint import Channel, Direction, Purpose
from netkeep.store.queries import Connection, first_value, select
from netkeep.store.queries.contacts import parse_cadence

_INTRODUCED = "SELECT id, name, status, via_id FROM contact"


def count_groups(connection: Connection) -> list[Group]:
    """Count the contacts by status, kind and cadence."""
    return select(
        connection,
        "SELECT status, kind, cadence, count(*) FROM contact"
        " GROUP BY status, kind, cadence ORDER BY status, kind, count(*) DESC, cadence",
        (),
        lambda row: Group(Status(row[0]), Kind(row[1]), parse_cadence(row[2]), int(row[3])),
    )


def count_touchpoints(connection: Connection, since: date, until: date) -> list[TouchpointCount]:
    """Count touchpoints by channel, purpose and direction; `since` and `until` are inclusive."""
    return select(
        connection,
        "SELECT channel, purpose, direction, count(*) FROM touchpoint"
        " WHERE day BETWEEN ? AND ? GROUP BY channel, purpose, direction",
        [str(since), str(until)],
        lambda row: TouchpointCount(
            Channel(row[0]), Purpose(row[1]), Direction(row[2]), int(row[3])
        ),
    )


def longest_silences(connection: Connection, today: date, limit: int) -> list[Silence]:
    """Return the active contacts whose latest touchpoint is the oldest."""
    return select(
        connection,
        "SELECT id, name, kind, cadence, last_touch_on FROM contact"
        " WHERE status = 'active' AND last_touch_on <= ? ORDER BY last_touch_on, id LIMIT ?",
        [str(today), limit],
        lambda row: Silence(
            id=row["id"],
            name=row["name"],
            kind=Kind(row["kind"]),
            cadence=parse_cadence(row["cadence"]),
            last_touch_on=date.fromisoformat(row["last_touch_on"]),
            days=(today - date.fromisoformat(row["last_touch_on"])).days,
        ),
    )


def count_never_touched(connection: Connection) -> int:
    """Count the active contacts without a touchpoint."""
    counts = select(
        connection,
        "SELECT count(*) FROM contact WHERE status = 'active' AND last_touch_on IS NULL",
        (),
        first_value,
    )
    return sum(counts)


def top_introducers(connection: Connection, limit: int) -> list[Introducer]:
    """Return the contacts who introduced the most others."""
    return select(
        connection,
        "SELECT id, name, introduced FROM contact JOIN"
        " (SELECT via_id AS introducer, count(*) AS introduced FROM contact"
        " WHERE via_id > 0 GROUP BY via_id ORDER BY introduced DESC, via_id LIMIT ?)"
        " ON id = introducer ORDER BY introduced DESC, id",
        [limit],
        lambda row: Introducer(*row),
    )


def load_introductions(connection: Connection) -> list[Introduced]:
    """Return every contact who was introduced by another, or introduced another."""
    return select(
        connection,
        # Every id is above 0; for IS NOT NULL SQLite would read every contact.
        f"{_INTRODUCED} WHERE via_id > 0 UNION {_INTRODUCED}"
        " WHERE id IN (SELECT via_id FROM contact WHERE via_id > 0)",
        (),
        lambda row: Introduced(row["id"], row["name"], Status(row["status"]), row["via_id"]),
    )
