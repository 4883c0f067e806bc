"""The agenda as every command sees it: asked of the file, and decided by the one rule."""

from __future__ import annotations

from datetime import date, timedelta

from netkeep.domain.agenda import Nudge, agenda, first_opening
from netkeep.domain.days import LAST
from netkeep.store.filter import Filter
from netkeep.store.reason_questions import ReasonQuestions

HORIZONS = (1, 7, 31, 366, 4_000)  # days to look ahead, no further than somebody is found


def nudges(ask: ReasonQuestions, which: Filter, today: date, by: date | None = None) -> list[Nudge]:
    """The agenda of these contacts today, or by a day to come."""
    rounds = ask.rounds()
    return agenda(ask.on_agenda(which, rounds, today, by or today), rounds, today, by)


def nudge_of(ask: ReasonQuestions, contact_id: int, today: date) -> Nudge | None:
    """The nudge of one contact, if they are on the agenda today."""
    return next(iter(agenda(ask.facts([contact_id]), ask.rounds(), today)), None)


def next_day(ask: ReasonQuestions, which: Filter, today: date, after: date) -> date | None:
    """The day on which the next of these comes on the agenda, where nobody is up to a day."""
    rounds = ask.rounds()
    for days in HORIZONS:
        by = min(after + timedelta(days=days), LAST)
        ahead = ask.on_agenda(which, rounds, today, by)
        if day := first_opening(ahead, rounds, today, by):
            return day
    return None
