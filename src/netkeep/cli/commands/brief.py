"""netkeep brief: one page about one person, to read before you write or call."""

from typing import Annotated

import typer

from netkeep.cli import agenda, resolve
from netkeep.cli.agenda import brief_of
from netkeep.cli.context import Context, what_first
from netkeep.cli.options import FormatOption
from netkeep.output.printing import print_brief
from netkeep.output.streams import print_message
from netkeep.store.filter import Filter


def brief(
    ctx: typer.Context,
    person: Annotated[
        str | None,
        typer.Argument(metavar="[PERSON]", help="Who; the first on the agenda if left out."),
    ] = None,
    chosen: FormatOption = None,
) -> None:
    """Read up on one person before you write or call.

    Who they are, why now, what was said last, their news to ask about, yours that they have not
    heard, what you promised, and how to reach them.

    Examples:
        netkeep brief
        netkeep brief ada --format json
    """
    here: Context = ctx.obj
    named = None if person is None else resolve.looked_up(here, person)
    page = first = next_day = None
    with here.reader() as ask:
        someone = named or next(iter(agenda.nudges(ask, Filter(), here.today)), None)
        if someone:
            page = brief_of(ask, someone.id, here.today)
        else:
            first = what_first(ask)
            next_day = agenda.next_day(ask, Filter(), here.today, here.today)
    if first:
        print_message(first)
    if page:
        print_brief(page, here.today, chosen)
    else:
        agenda.say_what_is_left(0, 0, next_day)
