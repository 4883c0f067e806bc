"""Load today's list, and print it for a shell prompt, which loads nothing else of the program."""

from datetime import date
from pathlib import Path

from netkeep.config import config_path, load
from netkeep.domain.agenda import Nudge, todays_list
from netkeep.errors import NetkeepError
from netkeep.output.streams import write_output
from netkeep.output.values import due_summary
from netkeep.store.connection import open_snapshot
from netkeep.store.queries import Connection
from netkeep.store.queries import agenda as queries
from netkeep.store.queries.contacts import EVERYONE, Filter


def load_todays_list(connection: Connection, which: Filter, today: date, cap: int) -> list[Nudge]:
    """Return the nudges of selected contacts on today's list."""
    facts, touched, rounds = queries.load_todays_facts(connection, today)
    nudges = todays_list(facts, touched, rounds, today, cap)
    if which.is_everyone:
        return nudges
    selected = set(queries.select_filtered(connection, [nudge.id for nudge in nudges], which))
    return [nudge for nudge in nudges if nudge.id in selected]


def print_prompt(path: Path, today: date, *, oneline: bool) -> int:
    """Print how many are on today's list, or nothing if it is done; return the exit code."""
    try:
        cap = load(config_path()).daily_cap
        with open_snapshot(path, now=None) as connection:
            due = load_todays_list(connection, EVERYONE, today, cap)
        write_output(due_summary(due, oneline=oneline))
    except NetkeepError as error:
        return error.exit_code
    return 0
