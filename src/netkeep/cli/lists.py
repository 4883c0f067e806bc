"""Print lists, and messages for empty ones."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from netkeep.cli.context import Context
from netkeep.domain.contact import Status
from netkeep.errors import ADD_EXAMPLE
from netkeep.output.printing import Format, print_records
from netkeep.output.streams import print_message
from netkeep.output.values import pluralize
from netkeep.store.queries.contacts import count_by_status

R = TypeVar("R", bound=NamedTuple)

FIRST_STEP = f"You have no contacts yet. Add one: {ADD_EXAMPLE}"
# The message for an empty list of these records; other lists have none.
EMPTY = {
    "Balance": "Your balance is even: you give as much as you ask.",
    "Change": "There are no changes yet.",
    "Contact": "No contact matches.",
    "Find": "Nothing was found.",
    "Pair": "No two contacts look like the same person.",
    "Touchpoint": "No touchpoint matches.",
}


def print_first_step(context: Context) -> bool:
    """If no contact is active yet, print what to do first; return whether it was printed."""
    with context.reading() as connection:
        counts = count_by_status(connection)
    candidates = counts[Status.candidate]
    if not sum(counts.values()):
        print_message(FIRST_STEP)
    elif candidates and not counts[Status.active]:
        waiting = pluralize(candidates, "candidate", "candidates")
        print_message(f"{waiting} to triage: netkeep triage")
    else:
        return False
    return True


def show_list(
    context: Context,
    records: Sequence[R],
    record_type: type[R],
    chosen: Format | None,
    *,
    empty: str = "",
) -> bool:
    """Print a list; if it is empty, print what to do first, or for people that it is empty.

    `empty` says so, EMPTY by default. Return whether the list is a table, for people.
    """
    is_table = print_records(records, record_type, chosen)
    empty = empty or EMPTY.get(record_type.__name__, "")
    if not records and not print_first_step(context) and empty and is_table:
        print_message(empty)
    return is_table
