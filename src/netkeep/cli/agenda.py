"""Load the agenda: read the facts from the file, and let the domain decide."""

from collections.abc import Sequence
from datetime import date, timedelta

from netkeep.cli.context import Context
from netkeep.domain.agenda import Nudge, agenda, first_opening
from netkeep.domain.brief import Brief, brief
from netkeep.domain.days import LAST, format_day
from netkeep.domain.due import State
from netkeep.domain.rounds import Round, RoundProgress, round_progress
from netkeep.output.sentences import more_than_today
from netkeep.output.streams import print_message
from netkeep.store.queries import Connection
from netkeep.store.queries import agenda as queries
from netkeep.store.queries.contacts import EVERYONE, Filter
from netkeep.store.queries.touchpoints import load_timeline

HORIZONS = (1, 7, 31, 366, 4_000)  # days to look ahead, one after the other


def load_soon(connection: Connection, which: Filter, today: date, by: date) -> list[Nudge]:
    """Return the nudges of selected contacts due by a later day, without those for rounds only."""
    return [
        nudge
        for nudge in load_agenda(connection, which, today, by)
        if nudge.state is State.soon and not nudge.is_for_rounds_only
    ]


def load_agenda(
    connection: Connection, which: Filter, today: date, by: date | None = None
) -> list[Nudge]:
    """Return the agenda of the selected contacts today, or by a later day."""
    rounds = queries.load_rounds(connection)
    facts = queries.load_agenda_facts(connection, which, rounds, today, by or today)
    return agenda(facts, rounds, today, by)


def load_nudge(connection: Connection, contact_id: int, today: date) -> Nudge | None:
    """Return the nudge of one contact today; None if not on the agenda."""
    facts = queries.load_facts(connection, [contact_id])
    return next(iter(agenda(facts, queries.load_rounds(connection), today)), None)


def load_round_progress(connection: Connection, round_: Round, today: date) -> RoundProgress:
    """Return the progress of a round in this year's window."""
    window = round_.season.this_year(today)
    return round_progress(round_, window, queries.first_touch_days(connection, round_, window))


def load_brief(connection: Connection, contact_id: int, today: date) -> Brief:
    """Return the brief of one contact."""
    (facts,) = queries.load_facts(connection, [contact_id])
    touchpoints = load_timeline(connection, contact_id=contact_id)
    unheard = queries.load_own_news(connection, after=facts.contact.last_touch_on)
    return brief(facts, touchpoints, unheard, queries.load_rounds(connection), today)


def print_more(
    context: Context,
    listed: Sequence[Nudge],
    which: Filter = EVERYONE,
    *,
    shown: int | None = None,
    command: str = "due",
) -> None:
    """Print how many more are due than today's list has, or if none, when the next one is due.

    `shown` is how many of the list are shown, all by default. `command` shows the others.
    """
    with context.reading() as connection:
        due = queries.count_due(connection, which, context.today)
        rounds = queries.load_open_rounds(connection, context.today, which)
    due -= sum(nudge.due_on is not None and nudge.due_on <= context.today for nudge in listed)
    hidden = 0 if shown is None else len(listed) - shown
    left = [each._replace(left=each.left - sum(map(each.is_reason_for, listed))) for each in rounds]
    more = more_than_today(due + hidden, left, f"netkeep {command} --all", context.today)
    if more and not listed:
        start = (
            "Today's list is done." if which.is_everyone else "None of them are on today's list."
        )
        more = f"{start} {more}"
    if more:
        print_message(more)
    elif not listed:
        print_rest(context, listed, which, context.today, shown=0)


def print_rest(
    context: Context, nudges: Sequence[Nudge], which: Filter, by: date, *, shown: int
) -> None:
    """Print how many of these nudges are not shown, or if none, when the next one is due."""
    if shown < len(nudges):
        print_message(f"{len(nudges) - shown:,} more.")
    elif not nudges and (day := _find_next_day(context, which, by)):
        print_message(f"No one is due. The next person is due on {format_day(day)}.")


def _find_next_day(context: Context, which: Filter, after: date) -> date | None:
    with context.reading() as connection:
        rounds = queries.load_rounds(connection)
        for days in HORIZONS:
            by = min(after + timedelta(days=days), LAST)
            facts = queries.load_agenda_facts(connection, which, rounds, context.today, by)
            if day := first_opening(facts, rounds, context.today, by):
                return day
    return None
