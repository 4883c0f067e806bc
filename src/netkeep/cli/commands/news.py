"""netkeep news: something to congratulate on."""

from typing import Annotated

import typer

from netkeep.cli import options, resolve
from netkeep.cli.context import Context
from netkeep.cli.fields import fields_typed
from netkeep.domain.days import past_day
from netkeep.domain.text import line
from netkeep.output import sentences
from netkeep.output.printing import print_result


def news(
    ctx: typer.Context,
    person: options.PersonArgument,
    words: Annotated[str, typer.Argument(metavar="TEXT", help="What there is to congratulate on.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="The day of it; today if left out.")
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TITLE", help="What they do now.")
    ] = None,
    company: Annotated[
        str | None, typer.Option("--company", metavar="COMPANY", help="Where they work now.")
    ] = None,
    chosen: options.ResultOption = None,
) -> None:
    """Note news of someone, to congratulate them on.

    It is on the agenda for 30 days, or until you are in touch. A new title or company is theirs
    from now on; what was there before stays in their history.

    Examples:
        netkeep news ada "Promoted to Principal Engineer" --title "Principal Engineer"
        netkeep news grace "Published a book" --on "3 days ago"
    """
    here: Context = ctx.obj
    text = line(words, "news")
    day = here.today if on is None else past_day(on, here.today, "news")
    fields = fields_typed(here, title=title, company=company)
    contact_id = resolve.person(here, person).id
    with here.writer() as write:
        occasion = write.news(contact_id, text, day, fields)
        contact = write.ask.contact(contact_id)
    print_result(sentences.news_noted(occasion, contact, fields, here.today), occasion, chosen)
