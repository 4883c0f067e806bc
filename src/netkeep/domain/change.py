"""What a command changed, and what undoing it puts back, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from netkeep.domain.contact import Detail

SILENT = {"id", "key", "created_at", "updated_at", "ask_id", "uid", "snoozes"}
AS_IT_WAS = "as it was"  # in all that anybody would want to know
PEOPLE = {"via_id", "contact_id"}
SHOWN = 60  # characters of a text
LABELS = {"last_touch_on": "last touch", "done_by_id": "done by touchpoint", "contact_id": "with"}
NOUNS = {
    "contact": ("person", "people"),
    "touchpoint": ("touchpoint", "touchpoints"),
    "occasion": ("promise, visit or news", "promises, visits and news"),
    "round": ("round", "rounds"),
    "own_news": ("piece of your news", "pieces of your news"),
}


class Change(NamedTuple):
    """One command that changed something; field by field what `undo --list` prints."""

    id: int
    at: datetime
    command: str
    undone: bool
    what: tuple[str, ...]


class RowChange(NamedTuple):
    """One row of a table before and after, by column; None where it is not there."""

    source: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def row(self) -> Mapping[str, Any]:
        """The row as it is or was."""
        return self.after or self.before or {}

    def reversed(self) -> RowChange:
        """What undoing it does."""
        return RowChange(self.source, self.after, self.before)


class Words(NamedTuple):
    """How to say it: who somebody is, and what to call a row that was not there before."""

    name: Callable[[int], str]
    come: str

    def all(self, rows: Sequence[RowChange]) -> list[str]:
        """Say `Ada Lovelace (#1): due on 2026-11-20, was 2027-02-22`, a line for each thing."""
        found = list(self._found(rows))
        told = [one for one in found if one[1] != AS_IT_WAS] or found
        return [f"{what}: {became}" for what, became in told]

    def _found(self, rows: Sequence[RowChange]) -> Iterator[tuple[str, str]]:
        """Who or what it was, and what became of it."""
        whole = {row.row["id"] for row in rows if row.source == "contact" and not _both(row)}
        lists: dict[int, list[str]] = {}
        for contact_id, told in self._lists(row for row in rows if row.source == "detail"):
            lists.setdefault(contact_id, []).append(told)
        for row in rows:
            if row.source == "contact":
                contact_id = row.row["id"]
                yield self._named(contact_id), self._contact(row, lists.pop(contact_id, []))
        for contact_id, told_all in lists.items():
            yield self._named(contact_id), "; ".join(told_all)
        for row in rows:
            hangs_on = row.row.get("contact_id") in whole and row.source in {"extra", "position"}
            if row.source not in {"contact", "detail", "round_part"} and not hangs_on:
                yield self._thing(row), self._state(row)

    def counted(self, counts: Mapping[tuple[str, str], int]) -> Iterator[str]:
        """Say `1,978 people: new`, by the table and by what became of its rows."""
        for (source, state), count in counts.items():
            if source in NOUNS:
                one, many = NOUNS[source]
                yield f"{count:,} {one if count == 1 else many}: {self._became(state)}"

    def _became(self, state: str) -> str:
        return self.come if state == "come" else state

    def _contact(self, row: RowChange, lists: Sequence[str]) -> str:
        state = self._state(row)
        if not _both(row):
            return state
        return "; ".join([*([] if state == AS_IT_WAS and lists else [state]), *lists])

    def _state(self, row: RowChange) -> str:
        if row.before is None:
            return self.come
        if row.after is None:
            return "gone"
        return "; ".join(self._differences(row.before, row.after)) or AS_IT_WAS

    def _differences(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
        for column, value in after.items():
            was = before.get(column)
            if value != was and column not in SILENT:
                now, then = self._value(column, value), self._value(column, was)
                yield f"{_label(column)} {now}, was {then}"

    def _value(self, column: str, value: Any) -> str:
        if value is None:
            return "none"
        return self._named(value) if column in PEOPLE else _short(str(value))

    def _lists(self, rows: Iterable[RowChange]) -> Iterator[tuple[int, str]]:
        """What came to and went from lists; what only moved within one is neither."""
        counts: Counter[tuple[int, str, str]] = Counter()
        for row in rows:
            for each, sign in ((row.before, -1), (row.after, 1)):
                if each:
                    counts[each["contact_id"], each["detail"], each["value"]] += sign
        for (contact_id, detail, value), count in counts.items():
            if count:
                state = self.come if count > 0 else "gone"
                yield contact_id, f"{Detail(detail).label} {value} {state}"

    def _thing(self, row: RowChange) -> str:
        it = row.row
        name = self.name(it["contact_id"]) if "contact_id" in it else ""
        match row.source:
            case "touchpoint":
                return f"touchpoint #{it['id']}, {it['channel']} with {name} on {it['day']}"
            case "occasion":
                what = _short(it["text"] or " to ".join(filter(None, [it["day"], it["until"]])))
                return f"{it['kind']} #{it['id']}, {name}, {what}"
            case "position":
                worked = ", ".join(filter(None, [it["title"], it["company"]]))
                return f"past position of {name}, {worked}"
            case "extra":
                return f"kept with {name}, {_short(it['line'])}"
            case "round":
                return f"the {it['name']} round"
            case _:
                return f"your news #{it['id']}, {_short(it['text'])}"

    def _named(self, contact_id: int) -> str:
        return f"{self.name(contact_id)} (#{contact_id})"


def _short(text: str) -> str:
    """As much of a text as fits a line beside others."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}..."


def _both(row: RowChange) -> bool:
    return row.before is not None and row.after is not None


def _label(column: str) -> str:
    return LABELS.get(column) or column.removesuffix("_id").removesuffix("_on").replace("_", " ")
