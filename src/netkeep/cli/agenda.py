"""The agenda as every command sees it: read from the file, and decided by the one rule."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from netkeep.domain.agenda import Nudge, agenda, first_opening
from netkeep.domain.brief import Brief, brief
from netkeep.domain.days import LAST, format_day
from netkeep.domain.rounds import Round, RoundProgress, round_progress
from netkeep.errors import NetkeepError
from netkeep.output.sentences import due_summary, pluralize
from netkeep.output.streams import print_message, write_output
from netkeep.store.connection import open_snapshot
from netkeep.store.queries import Connection
from netkeep.store.queries import agenda as queries
from netkeep.store.queries.contacts import EVERYONE, Filter, load_timeline

if TYPE_CHECKING:  # the prompt of a shell does not load it
    from netkeep.cli.context import Context

HORIZONS = (1, 7, 31, 366, 4_000)  # days to look ahead, no further than a contact is found


def load_agenda(
    connection: Connection, which: Filter, today: date, by: date | None = None
) -> list[Nudge]:
    """Return the agenda of these contacts today, or by a later day."""
    rounds = queries.load_rounds(connection)
    facts = queries.load_agenda_facts(connection, which, rounds, today, by or today)
    return agenda(facts, rounds, today, by)


def load_nudge(connection: Connection, contact_id: int, today: date) -> Nudge | None:
    """Return the nudge of one contact who is on the agenda today, else None."""
    facts = queries.load_facts(connection, [contact_id])
    return next(iter(agenda(facts, queries.load_rounds(connection), today)), None)


def load_round_progress(connection: Connection, round_: Round, today: date) -> RoundProgress:
    """Return the progress of a round in its window of this year."""
    window = round_.season.this_year(today)
    return round_progress(round_, window, queries.first_touch_days(connection, round_, window))


def load_brief(connection: Connection, contact_id: int, today: date) -> Brief:
    """Return the brief of one contact."""
    (facts,) = queries.load_facts(connection, [contact_id])
    touchpoints = load_timeline(connection, contact_id=contact_id)
    unheard = queries.load_own_news(connection, after=facts.contact.last_touch_on)
    return brief(facts, touchpoints, unheard, queries.load_rounds(connection), today)


def print_rest(context: Context, which: Filter, shown: int, total: int, by: date) -> None:
    """Print how many more there are than are shown, or when the next one falls due after `by`."""
    if total > shown:
        done = "" if shown else "Today's share is done. "
        more = pluralize(total - shown, "more is", "more are")
        print_message(f"{done}{more} on the list; to see everybody, add --all.")
    elif not total and (next_day := _find_next_day(context, which, by)):
        print_message(f"Nobody is due. The next one is on {format_day(next_day)}.")


def _find_next_day(context: Context, which: Filter, after: date) -> date | None:
    with context.reading() as connection:
        rounds = queries.load_rounds(connection)
        for days in HORIZONS:
            by = min(after + timedelta(days=days), LAST)
            facts = queries.load_agenda_facts(connection, which, rounds, context.today, by)
            if day := first_opening(facts, rounds, context.today, by):
                return day
    return None


def print_prompt(path: Path, today: date, *, oneline: bool) -> int:
    """Print how many are due, nothing if nobody is, and return the exit code."""
    try:
        with open_snapshot(path, now=None) as connection:
            due = load_agenda(connection, EVERYONE, today)
        write_output(due_summary(due, oneline=oneline))
    except NetkeepError as error:
        return error.exit_code
    return 0
