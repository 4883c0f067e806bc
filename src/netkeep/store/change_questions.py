"""Questions about what commands changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from netkeep.domain.change import Change, Describer, RowChange
from netkeep.errors import NothingToUndoError
from netkeep.store.images import tables
from netkeep.store.people_questions import PeopleQuestions

CROWD = 50  # rows of a change that is told by numbers


class ChangeQuestions(PeopleQuestions):
    """What commands changed, newest first."""

    def changes(
        self, limit: int, *, undone: bool | None = None, back: bool = False
    ) -> list[Change]:
        """The newest changes, of `undone` ones the next to be done again, each in words.

        With `back` the words say what undoing it puts back.
        """
        order = "id" if undone else "id DESC"
        which = "1" if undone is None else f"undone = {undone:d}"
        return self._all(
            f"SELECT id, at, command, undone FROM change WHERE {which} ORDER BY {order} LIMIT ?",
            [limit],
            lambda row: Change(
                row["id"],
                datetime.fromisoformat(row["at"]),
                row["command"],
                bool(row["undone"]),
                tuple(self._words(row["id"], back=back)),
            ),
        )

    def changes_back(self, count: int, *, again: bool) -> list[Change]:
        """The newest changes in words of putting them back, or the next to be done again.

        NothingToUndoError if there are fewer.
        """
        found = self.changes(count, undone=again, back=not again)
        if len(found) < count:
            raise NothingToUndoError(len(found), again=again)
        return found

    def _words(self, change_id: int, *, back: bool) -> list[str]:
        rows = self._row_changes(change_id)
        if back:
            rows = [row.reversed() for row in rows]
        names = {row.row["id"]: row.row["name"] for row in rows if row.source == "contact"}

        def name(contact_id: int) -> str:
            if contact_id not in names:
                people = self.people_with_id(contact_id)
                names[contact_id] = people[0].name if people else f"#{contact_id}"
            return str(names[contact_id])

        describer = Describer(name, "back" if back else "new")
        if len(rows) <= CROWD:
            return describer.describe(rows)
        return list(describer.describe_counts(self._counts(change_id, back=back)))

    def _row_changes(self, change_id: int) -> list[RowChange]:
        """Some more than a crowd at most."""
        if self._connection is None:
            return []
        columns = {table.name: table.columns for table in tables(self._connection)}
        return self._all(
            "SELECT source, before, after FROM image WHERE change_id = ?"
            " ORDER BY source, row_key LIMIT ?",
            [change_id, CROWD + 1],
            lambda row: RowChange(
                row["source"],
                _by_column(columns[row["source"]], row["before"]),
                _by_column(columns[row["source"]], row["after"]),
            ),
        )

    def _counts(self, change_id: int, *, back: bool) -> Mapping[tuple[str, str], int]:
        added, gone = ("gone", "added") if back else ("added", "gone")
        counted = self._all(
            "SELECT source, CASE WHEN before IS NULL THEN ? WHEN after IS NULL THEN ?"
            " ELSE 'changed' END AS state, count(*) FROM image WHERE change_id = ?"
            " GROUP BY source, state",
            [added, gone, change_id],
            tuple,
        )
        return {(source, state): count for source, state, count in counted}


def _by_column(columns: Sequence[str], image: str | None) -> Mapping[str, Any] | None:
    """A row by column; what was added to the table since is None."""
    if image is None:
        return None
    values = json.loads(image)
    return dict(zip(columns, values + [None] * (len(columns) - len(values)), strict=True))
