"""Questions that only `stats` asks: people and touchpoints, counted."""

from __future__ import annotations

from datetime import date

from netkeep.domain.contact import Kind, Status
from netkeep.domain.load import Group
from netkeep.domain.stats import Introduced, Introducer, Silence, TouchpointCount
from netkeep.domain.touchpoint import Channel, Direction, Purpose
from netkeep.store import rows
from netkeep.store.reason_questions import ReasonQuestions

_INTRODUCED = "SELECT id, name, status, via_id FROM contact"


class StatsQuestions(ReasonQuestions):
    """How many there are of whom, and of what."""

    def groups(self) -> list[Group]:
        """Everybody, counted by status, kind and cadence."""
        return self._all(
            "SELECT status, kind, cadence, count(*) FROM contact"
            " GROUP BY status, kind, cadence ORDER BY status, kind, count(*) DESC, cadence",
            (),
            lambda row: Group(
                Status(row[0]), Kind(row[1]), rows.stored_cadence(row[2]), int(row[3])
            ),
        )

    def sorts(self, since: date, until: date) -> list[TouchpointCount]:
        """The touchpoints of these days, both included, counted by all that sorts them."""
        return self._all(
            "SELECT channel, purpose, direction, count(*) FROM touchpoint"
            " WHERE day BETWEEN ? AND ? GROUP BY channel, purpose, direction",
            [str(since), str(until)],
            lambda row: TouchpointCount(
                Channel(row[0]), Purpose(row[1]), Direction(row[2]), int(row[3])
            ),
        )

    def silences(self, today: date, limit: int) -> list[Silence]:
        """The active people whose latest touchpoint is the oldest."""
        return self._all(
            "SELECT id, name, kind, cadence, last_touch_on FROM contact"
            " WHERE status = 'active' AND last_touch_on <= ? ORDER BY last_touch_on, id LIMIT ?",
            [str(today), limit],
            lambda row: Silence(
                id=row["id"],
                name=row["name"],
                kind=Kind(row["kind"]),
                cadence=rows.stored_cadence(row["cadence"]),
                last_touch_on=date.fromisoformat(row["last_touch_on"]),
                days=(today - date.fromisoformat(row["last_touch_on"])).days,
            ),
        )

    def no_word_yet(self) -> int:
        """How many active people there was never a touchpoint with."""
        counted = self._all(
            "SELECT count(*) FROM contact WHERE status = 'active' AND last_touch_on IS NULL",
            (),
            lambda row: int(row[0]),
        )
        return sum(counted)

    def introducers(self, limit: int) -> list[Introducer]:
        """Those who introduced the most people."""
        return self._all(
            "SELECT id, name, introduced FROM contact JOIN"
            " (SELECT via_id AS introducer, count(*) AS introduced FROM contact"
            " WHERE via_id > 0 GROUP BY via_id ORDER BY introduced DESC, via_id LIMIT ?)"
            " ON id = introducer ORDER BY introduced DESC, id",
            [limit],
            lambda row: Introducer(*row),
        )

    def introduced(self) -> list[Introduced]:
        """Everybody who was introduced by somebody, or introduced somebody."""
        return self._all(
            # An id is above 0, and for what is only not null SQLite looks at everybody.
            f"{_INTRODUCED} WHERE via_id > 0 UNION {_INTRODUCED}"
            " WHERE id IN (SELECT via_id FROM contact WHERE via_id > 0)",
            (),
            lambda row: Introduced(row["id"], row["name"], Status(row["status"]), row["via_id"]),
        )
