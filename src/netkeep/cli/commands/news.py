"""netkeep news and me: note news of contacts, and your own."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.fields import contact_fields, parse_ids
from netkeep.cli.resolve import resolve_person
from netkeep.domain.days import parse_past_day
from netkeep.domain.occasions import OwnNews
from netkeep.domain.text import parse_line
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.printing import print_records, print_result
from netkeep.output.streams import print_message
from netkeep.store.queries.agenda import load_own_news
from netkeep.store.queries.contacts import load_contact


def news(
    ctx: typer.Context,
    person: options.PersonArgument,
    text: Annotated[
        str,
        typer.Argument(metavar="TEXT", help='The news: "Promoted to Principal Engineer".'),
    ],
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAY", help="The day of the news. By default, today."),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TITLE", help="The new job title.")
    ] = None,
    company: Annotated[
        str | None, typer.Option("--company", metavar="COMPANY", help="The new company.")
    ] = None,
    chosen: options.ResultOption = None,
) -> None:
    """Note someone's news, so that you can congratulate them.

    They are on the agenda for 30 days, or until you log a touchpoint. A new title or company
    replaces the old one, which is kept as an earlier position.

    Examples:
        netkeep news ada "Promoted to Chief Engineer" --title "Chief Engineer"
        netkeep news grace "Published a book" --on "3 days ago"
    """
    context: Context = ctx.obj
    text = parse_line(text, "news")
    day = context.today if on is None else parse_past_day(on, context.today, "news")
    fields = contact_fields(context, {"title": title, "company": company})
    contact_id = resolve_person(context, person).id
    with context.writing() as repository:
        occasion = repository.occasions.add_news(contact_id, text, day, fields)
        contact = load_contact(repository.connection, contact_id)
    print_result(sentences.news_noted(occasion, contact, fields, context.today), occasion, chosen)


def me(
    ctx: typer.Context,
    text: Annotated[
        str | None,
        typer.Argument(metavar="[TEXT]", help="Your news. Without it, list your news."),
    ] = None,
    remove: Annotated[
        str | None, typer.Option("--remove", metavar="ID", help="Remove the news with this id.")
    ] = None,
    chosen: options.FormatOption = None,
) -> None:
    """Note your own news, or list it.

    Everyone you contact from today on counts as having heard your news. `netkeep me` lists your
    news and how many people have heard it; a brief shows the news that the person has not heard.

    Examples:
        netkeep me "Started at Initech"
        netkeep me
        netkeep me --remove 2
    """
    context: Context = ctx.obj
    if text is not None and remove is not None:
        raise BadValueError("TEXT and --remove cannot be used together", "leave one out")
    if text is not None:
        text = parse_line(text, "news")
        with context.writing() as repository:
            noted = repository.occasions.add_own_news(text)
        print_result(sentences.own_news_noted(noted), noted, chosen)
    elif remove is not None:
        (number,) = parse_ids([remove], "piece of news", "netkeep me")
        with context.writing() as repository:
            removed = repository.occasions.remove_own_news(number)
        print_result(sentences.own_news_removed(removed), removed, chosen)
    else:
        with context.reading() as connection:
            own_news = load_own_news(connection)
        if not own_news:
            print_message('You have no news of your own yet. Try: netkeep me "Started at Initech"')
        print_records(own_news, OwnNews, chosen)
