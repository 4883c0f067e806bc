"""netkeep news: something to congratulate on."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.fields import contact_fields
from netkeep.cli.resolve import resolve_person
from netkeep.domain.days import parse_past_day
from netkeep.domain.text import parse_line
from netkeep.output import sentences
from netkeep.output.printing import print_result
from netkeep.store.queries.contacts import load_contact


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
    context: Context = ctx.obj
    text = parse_line(words, "news")
    day = context.today if on is None else parse_past_day(on, context.today, "news")
    fields = contact_fields(context, {"title": title, "company": company})
    contact_id = resolve_person(context, person).id
    with context.writing() as repository:
        occasion = repository.occasions.add_news(contact_id, text, day, fields)
        contact = load_contact(repository.connection, contact_id)
    print_result(sentences.news_noted(occasion, contact, fields, context.today), occasion, chosen)
