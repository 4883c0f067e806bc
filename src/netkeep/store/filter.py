"""Which contacts are asked for, and in what order, in SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

from netkeep.domain.contact import Kind, Status
from netkeep.domain.text import AFTER_EVERY_LETTER

ID_LIST = "(SELECT value FROM json_each(?))"


class Sort(StrEnum):
    """An order for contacts."""

    name = "name"
    last = "last"
    due = "due"
    added = "added"


ORDERS = {
    Sort.name: "c.key, c.id",
    Sort.last: "c.last_touch_on, c.id",  # the longest silence first; SQLite puts nulls first
    Sort.due: "c.due_on IS NULL, c.due_on, c.id",
    Sort.added: "c.id DESC",
}


class Filter(NamedTuple):
    """Which contacts are asked for; what is not set does not narrow.

    `words` maps city, company, school and met to a key, every word of which must start a word
    there. `quiet_since` is the latest day of a last touchpoint.
    """

    statuses: Sequence[Status] = ()
    ids: Sequence[int] | None = None
    kind: Kind | None = None
    tags: Sequence[str] = ()
    without_tags: Sequence[str] = ()
    words: Mapping[str, str] = MappingProxyType({})
    quiet_since: date | None = None

    def where(self) -> tuple[str, list[Any]]:
        """The condition in SQL, and the values bound in it."""
        narrowed = list(self._conditions())
        where = " AND ".join(["1", *(condition for condition, _ in narrowed)])
        return where, [value for _, values in narrowed for value in values]

    def _conditions(self) -> Iterator[tuple[str, Sequence[Any]]]:
        if self.statuses:
            yield f"c.status IN ({marks(self.statuses)})", self.statuses
        if self.ids is not None:
            yield f"c.id IN {ID_LIST}", [id_list(self.ids)]
        if self.kind:
            yield "c.kind = ?", [self.kind]
        if self.quiet_since:
            since = self.quiet_since.isoformat()
            yield "(c.last_touch_on IS NULL OR c.last_touch_on <= ?)", [since]
        for tag in self.tags:
            yield f"c.id IN {_TAGGED}", [tag]
        for tag in self.without_tags:
            yield f"c.id NOT IN {_TAGGED}", [tag]
        for name, typed in self.words.items():
            # The longest first, which is likely the rarest.
            words = sorted(dict.fromkeys(typed.split()), key=len, reverse=True)
            if words:
                # As separate conditions each would be looked up whole, "ada" for thousands.
                having = " INTERSECT ".join([_WORD_STARTS] * len(words))
                bounds = ((name, word, word + AFTER_EVERY_LETTER) for word in words)
                yield f"c.id IN ({having})", list(chain.from_iterable(bounds))


_TAGGED = "(SELECT contact_id FROM detail WHERE detail = 'tag' AND key = ?)"
_WORD_STARTS = "SELECT contact_id FROM word WHERE field = ? AND word >= ? AND word < ?"


def id_list(ids: Sequence[int]) -> str:
    """Ids as the one value bound in ID_LIST, however many: SQLite takes 32,766 values at most."""
    return f"[{','.join(map(str, ids))}]"


def marks(values: Sequence[object]) -> str:
    """A question mark for each value to be bound."""
    return ", ".join("?" * len(values))
