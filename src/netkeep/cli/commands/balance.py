"""netkeep balance: list lopsided relationships."""

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.lists import show_list
from netkeep.domain.balance import Balance, ledger, lopsided
from netkeep.store.queries.agenda import ids_with_asks, load_occasions
from netkeep.store.queries.contacts import load_contacts_by_id
from netkeep.store.queries.touchpoints import load_touchpoints


def balance(
    ctx: typer.Context, limit: options.LimitOption = None, chosen: options.FormatOption = None
) -> None:
    """List people you ask for help more often than you help them.

    Also lists people you asked for something and have not thanked. The least balanced come first.
    After you have helped or thanked someone, log it: `netkeep log ada -p thank`.

    Examples:
        netkeep balance
        netkeep balance --limit 5 --format json
    """
    context: Context = ctx.obj
    with context.reading() as connection:
        asked_ids = ids_with_asks(connection)
        touchpoints = load_touchpoints(connection, asked_ids)
        occasions = load_occasions(connection, asked_ids)
        people = [
            (contact, ledger(touchpoints[contact.id], occasions))
            for contact in load_contacts_by_id(connection, asked_ids)
        ]
    show_list(context, lopsided(people)[:limit], Balance, chosen)
