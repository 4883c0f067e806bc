"""The question behind `find`: who has these words in anything ever written about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from netkeep.domain.contact import Contact
from netkeep.domain.occasions import Occasion
from netkeep.domain.search import Find, Passage, contact_passages, find_terms
from netkeep.domain.touchpoint import Touchpoint
from netkeep.store import rows
from netkeep.store.filter import ID_LIST, id_list
from netkeep.store.reason_questions import ReasonQuestions


class SearchQuestions(ReasonQuestions):
    """What was written about whom."""

    def find(self, words: Sequence[str], limit: int | None) -> list[Find]:
        """Whoever has each of these keys in some text, the latest touchpoint first.

        Looks at the key of every text there is, and at nothing else of those without the words.
        """
        having = [
            set(self._all("SELECT contact_id FROM passage WHERE key LIKE ?", [f"%{word}%"], _id))
            for word in dict.fromkeys(words)
        ]
        ids = self._all(
            f"SELECT id FROM contact WHERE id IN {ID_LIST} AND status <> 'dropped'"
            " ORDER BY last_touch_on DESC, id LIMIT ?",
            [id_list(sorted(set.intersection(*having))), -1 if limit is None else limit],
            _id,
        )
        touchpoints = self.touchpoints_with(ids)
        occasions: defaultdict[int, list[Occasion]] = defaultdict(list)
        for occasion in self.occasions(ids):
            occasions[occasion.contact_id].append(occasion)
        found = (
            find_terms(words, one, _passages(one, touchpoints.get(one.id, ()), occasions[one.id]))
            for one in self.contacts_named(ids)
        )
        return [one for one in found if one]


def _id(row: rows.Row) -> int:
    return int(row[0])


def _passages(
    contact: Contact, touchpoints: Sequence[Touchpoint], occasions: Sequence[Occasion]
) -> Iterator[Passage]:
    """Everything written about someone, the newest touchpoint and occasion first."""
    yield from contact_passages(contact)
    for touchpoint in reversed(touchpoints):
        if touchpoint.note:
            yield Passage(f"{touchpoint.channel} on {touchpoint.day}", touchpoint.note)
    for occasion in reversed(occasions):
        yield Passage(f"{occasion.kind} of {occasion.day}", occasion.text or occasion.city or "")
