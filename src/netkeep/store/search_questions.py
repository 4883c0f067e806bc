"""The question behind `find`: who has these words in anything ever written about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from netkeep.domain.contact import Contact
from netkeep.domain.finding import Find, Passage, find, texts_of
from netkeep.domain.occasions import Occasion
from netkeep.domain.touchpoint import Touchpoint
from netkeep.store.reason_questions import ReasonQuestions


class SearchQuestions(ReasonQuestions):
    """What was written about whom."""

    def find(self, words: Sequence[str], limit: int | None) -> list[Find]:
        """Whoever has each of these keys in some text, the latest touchpoint first.

        Looks at the key of every text there is, and at nothing else of those without the words.
        """
        has = "SELECT contact_id AS id FROM passage WHERE key LIKE ?"
        ids = self._all(
            f"SELECT c.id FROM ({' INTERSECT '.join([has] * len(words))}) AS one"
            " CROSS JOIN contact c ON c.id = one.id WHERE c.status <> 'dropped'"
            " GROUP BY c.id ORDER BY c.last_touch_on DESC, c.id LIMIT ?",
            [*(f"%{word}%" for word in words), -1 if limit is None else limit],
            lambda row: int(row[0]),
        )
        touchpoints = self.touchpoints_with(ids)
        occasions: defaultdict[int, list[Occasion]] = defaultdict(list)
        for occasion in self.occasions(ids):
            occasions[occasion.contact_id].append(occasion)
        found = (
            find(words, one, _passages(one, touchpoints.get(one.id, ()), occasions[one.id]))
            for one in self.contacts_named(ids)
        )
        return [one for one in found if one]


def _passages(
    contact: Contact, touchpoints: Sequence[Touchpoint], occasions: Sequence[Occasion]
) -> Iterator[Passage]:
    """Everything written about someone, the newest touchpoint and occasion first."""
    yield from texts_of(contact)
    for touchpoint in reversed(touchpoints):
        if touchpoint.note:
            yield Passage(f"{touchpoint.channel} on {touchpoint.day}", touchpoint.note)
    for occasion in reversed(occasions):
        yield Passage(f"{occasion.kind} of {occasion.day}", occasion.text or occasion.city or "")
