"""netkeep me: your own news."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.fields import parse_ids
from netkeep.domain.occasions import OwnNews
from netkeep.domain.text import parse_line
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.printing import print_records, print_result
from netkeep.output.streams import print_message
from netkeep.store.queries.agenda import load_own_news


def me(
    ctx: typer.Context,
    words: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="What you have to tell.")
    ] = None,
    remove: Annotated[
        str | None, typer.Option("--remove", metavar="ID", help="Take a piece of news away.")
    ] = None,
    chosen: options.FormatOption = None,
) -> None:
    """Note your own news, or list it.

    Whoever you are in touch with on the day of it or later has heard it. The list says how many
    have; the brief of someone says what they have not.

    Examples:
        netkeep me "Started at Initech"
        netkeep me
        netkeep me --remove 2
    """
    context: Context = ctx.obj
    if words is not None and remove is not None:
        raise BadValueError("me takes either news to tell or --remove", "see: netkeep me --help")
    if words is not None:
        text = parse_line(words, "news")
        with context.writing() as repository:
            told = repository.occasions.add_own_news(text)
        print_result(sentences.own_news_noted(told), told, chosen)
    elif remove is not None:
        (number,) = parse_ids([remove], "piece of news")
        with context.writing() as repository:
            removed = repository.occasions.remove_own_news(number)
        print_result(sentences.own_news_removed(removed), removed, chosen)
    else:
        with context.reading() as connection:
            everything = load_own_news(connection)
        if not everything:
            print_message('Nothing of yours is noted yet. Try: netkeep me "Started at Initech"')
        print_records(everything, OwnNews, chosen)
