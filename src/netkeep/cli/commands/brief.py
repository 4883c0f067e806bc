"""netkeep brief: one page about one person, to read before you write or call."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.agenda import load_brief, print_more
from netkeep.cli.context import Context
from netkeep.cli.lists import print_first_step
from netkeep.cli.resolve import resolve_to_read
from netkeep.cli.todays_list import load_todays_list
from netkeep.output.printing import print_page
from netkeep.store.queries.contacts import EVERYONE


def brief(
    ctx: typer.Context,
    person: Annotated[
        str | None,
        typer.Argument(
            metavar="[PERSON]", help="The person. By default, the first on today's list."
        ),
    ] = None,
    chosen: options.FormatOption = None,
) -> None:
    """Show what to know about a person before you write or call.

    Shows who they are, why now, what you talked about last, what to ask about, which of your news
    they have not heard, what you promised, and how to reach them.

    Examples:
        netkeep brief
        netkeep brief ada --format json
    """
    context: Context = ctx.obj
    contact_id = None if person is None else resolve_to_read(context, person).id
    page = None
    with context.reading() as connection:
        if contact_id is None:
            cap = context.settings.daily_cap
            nudges = load_todays_list(connection, EVERYONE, context.today, cap)
            contact_id = nudges[0].id if nudges else None
        if contact_id is not None:
            page = load_brief(connection, contact_id, context.today)
    if page:
        print_page(page, chosen, today=context.today)
    else:
        print_first_step(context)
        print_more(context, [])
