"""The brief of one contact, put together from what the file knows."""

from __future__ import annotations

from datetime import date

from netkeep.domain.brief import Brief, brief
from netkeep.store.reader import Reader


def brief_of(ask: Reader, contact_id: int, today: date) -> Brief:
    """The brief of one contact."""
    (facts,) = ask.facts([contact_id])
    latest = ask.timeline(contact_id=contact_id)
    unheard = ask.own_news(after=facts.contact.last_touch_on)
    return brief(facts, latest, unheard, ask.rounds(), today)
