"""netkeep show: everything about one person."""

import typer

from netkeep.cli import options
from netkeep.cli.agenda import load_nudge
from netkeep.cli.context import Context
from netkeep.cli.resolve import resolve_to_read
from netkeep.domain.stats import by_month, first_month
from netkeep.output.printing import print_page
from netkeep.store.queries.contacts import count_touchpoints_by_day, load_contact, load_timeline

LATEST = 5  # touchpoints on a card


def show(
    ctx: typer.Context,
    person: options.PersonArgument,
    chosen: options.FormatOption = None,
) -> None:
    """Show everything about one person, the year, and the latest touchpoints.

    A person is named by any part of the name that is theirs alone, or by id.

    Examples:
        netkeep show ada
        netkeep show 12 --format json
    """
    context: Context = ctx.obj
    contact_id = resolve_to_read(context, person).id
    with context.reading() as connection:
        contact = load_contact(connection, contact_id)
        latest = load_timeline(connection, contact_id=contact.id, limit=LATEST)
        days = count_touchpoints_by_day(
            connection, first_month(context.today), context.today, contact_id
        )
        nudge = load_nudge(connection, contact_id, context.today)
    print_page(
        contact,
        chosen,
        reasons=nudge.reasons if nudge else (),
        latest=latest,
        months=by_month(days, context.today),
    )
