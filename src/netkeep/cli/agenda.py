"""The agenda as every command sees it: asked of the file, and decided by the one rule."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from netkeep.domain.agenda import Nudge, agenda, first_opening
from netkeep.domain.brief import Brief, brief
from netkeep.domain.days import LAST, spoken_day
from netkeep.errors import NetkeepError
from netkeep.output import sentences
from netkeep.output.printing import Format, prints_table
from netkeep.output.streams import print_message, write_output
from netkeep.store.filter import Filter
from netkeep.store.reader import Reader
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


def brief_of(ask: Reader, contact_id: int, today: date) -> Brief:
    """The brief of one contact."""
    (facts,) = ask.facts([contact_id])
    latest = ask.timeline(contact_id=contact_id)
    unheard = ask.own_news(after=facts.contact.last_touch_on)
    return brief(facts, latest, unheard, ask.rounds(), today)


def say_why_none(first: str | None, otherwise: str, chosen: Format | None) -> None:
    """What to do first; or else, to people, that there is nothing."""
    if first:
        print_message(first)
    elif prints_table(chosen):
        print_message(otherwise)


def say_what_is_left(shown: int, due: int, next_day: date | None) -> None:
    """How many more there are, or when the next one falls due."""
    if due > shown:
        done = "" if shown else "Today's share is done. "
        more = sentences.pluralize(due - shown, "more is", "more are")
        print_message(f"{done}{more} on the list; to see everybody, add --all.")
    elif not due and next_day:
        print_message(f"Nobody is due. The next one is on {spoken_day(next_day)}.")


def print_prompt(path: Path, today: date, *, oneline: bool) -> int:
    """Print how many are due, nothing for nobody, and return the exit code."""
    from netkeep.store.glance import glance

    try:
        with glance(path) as connection:
            due = nudges(ReasonQuestions(connection), Filter(), today)
        write_output(sentences.due_summary(due, oneline=oneline))
    except NetkeepError as error:
        return error.exit_code
    return 0
