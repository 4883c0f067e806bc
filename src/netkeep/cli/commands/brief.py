"""netkeep brief: one page about one person, to read before you write or call."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.agenda import load_agenda, load_brief, print_rest
from netkeep.cli.context import Context
from netkeep.cli.lists import print_first_step
from netkeep.cli.resolve import resolve_to_read
from netkeep.output.printing import print_page
from netkeep.store.queries.contacts import EVERYONE


def brief(
    ctx: typer.Context,
    person: Annotated[
        str | None,
        typer.Argument(metavar="[PERSON]", help="Who; the first on the agenda if left out."),
    ] = None,
    chosen: options.FormatOption = None,
) -> None:
    """Read up on one person before you write or call.

    Who they are, why now, what was said last, their news to ask about, yours that they have not
    heard, what you promised, and how to reach them.

    Examples:
        netkeep brief
        netkeep brief ada --format json
    """
    context: Context = ctx.obj
    named = None if person is None else resolve_to_read(context, person)
    page = None
    with context.reading() as connection:
        contact = named or next(iter(load_agenda(connection, EVERYONE, context.today)), None)
        if contact:
            page = load_brief(connection, contact.id, context.today)
    if page:
        print_page(page, chosen, today=context.today)
    else:
        print_first_step(context)
        print_rest(context, EVERYONE, 0, 0, context.today)
