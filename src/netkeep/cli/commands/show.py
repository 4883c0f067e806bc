"""netkeep show: everything about one person."""

import typer

from netkeep.cli import options, resolve
from netkeep.cli.agenda import nudge_of
from netkeep.cli.context import Context
from netkeep.domain.stats import by_month, first_month
from netkeep.output.printing import print_contact

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
    here: Context = ctx.obj
    contact_id = resolve.looked_up(here, person).id
    with here.reader() as ask:
        contact = ask.contact(contact_id)
        latest = ask.timeline(contact_id=contact.id, limit=LATEST)
        days = ask.touchpoints_by_day(first_month(here.today), here.today, contact_id)
        nudge = nudge_of(ask, contact_id, here.today)
    months = by_month(days, here.today)
    print_contact(contact, nudge.reasons if nudge else (), latest, months, chosen)
