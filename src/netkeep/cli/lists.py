"""Lists on the screen, and what is said where one is empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from netkeep.domain.contact import Status
from netkeep.errors import ADD_EXAMPLE
from netkeep.output.printing import Format, print_records, prints_table
from netkeep.output.streams import print_message
from netkeep.store.queries import Connection
from netkeep.store.queries.contacts import count_by_status

R = TypeVar("R", bound=NamedTuple)

FIRST_STEP = f"Nobody is kept yet. Add the first: {ADD_EXAMPLE}"
# What people are told where a list of such records is empty; others are just empty.
EMPTY = {
    "Balance": "You lean on nobody.",
    "Change": "Nothing was changed yet.",
    "Find": "Nothing is found.",
    "Pair": "Nobody looks like somebody else.",
}


def first_step(connection: Connection) -> str | None:
    """Return what to do first where no contact is active yet, and so lists are empty; else None."""
    counts = count_by_status(connection)
    candidates = counts[Status.candidate]
    if not sum(counts.values()):
        return FIRST_STEP
    if candidates and not counts[Status.active]:
        return f"{candidates:,} waiting to be let in; see them: netkeep list --status candidate"
    return None


def show_list(
    records: Sequence[R], record_type: type[R], chosen: Format | None, first: str | None = None
) -> None:
    """Show a list; where it is empty, say what to do first, or to people that it is empty."""
    if first:
        print_message(first)
    elif not records and prints_table(chosen) and record_type.__name__ in EMPTY:
        print_message(EMPTY[record_type.__name__])
    print_records(records, record_type, chosen)
