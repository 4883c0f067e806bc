"""netkeep balance: the people you lean on."""

import typer

from netkeep.cli import agenda
from netkeep.cli.context import Context, what_first
from netkeep.cli.options import (
    FormatOption,
    LimitOption,
)
from netkeep.domain.balance import Balance, ledger, lopsided
from netkeep.output.printing import print_records


def balance(ctx: typer.Context, limit: LimitOption = None, chosen: FormatOption = None) -> None:
    """List the people you lean on.

    They are those you asked more than all else, or asked and never thanked. The most lopsided come
    first. Give something, or say thanks: netkeep log ada -p thank.

    Examples:
        netkeep balance
        netkeep balance --limit 5 --format json
    """
    here: Context = ctx.obj
    with here.reader() as ask:
        asked = ask.asked()
        touchpoints = ask.touchpoints_with(asked)
        occasions = ask.occasions(asked)
        people = [
            (one, ledger(touchpoints[one.id], occasions)) for one in ask.contacts_named(asked)
        ]
        first = None if people else what_first(ask)
    leaning = lopsided(people)[:limit]
    if not leaning:
        agenda.say_why_none(first, "You lean on nobody.", chosen)
    print_records(leaning, Balance, chosen)
