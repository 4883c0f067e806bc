"""netkeep find: search everything you have written."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.lists import show_list
from netkeep.cli.options import parse_key
from netkeep.domain.search import Find
from netkeep.store.queries.search import search


def find(
    ctx: typer.Context,
    terms: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS...",
            help='Words, or parts of words. Put a phrase in quotes: "open source".',
        ),
    ],
    limit: options.LimitOption = None,
    chosen: options.FormatOption = None,
) -> None:
    """Search everything you have written.

    Finds the people for whom every word occurs somewhere: in a field, a tag, a note, news or a
    touchpoint. People you were in touch with most recently come first.

    Examples:
        netkeep find compilers
        netkeep find boston "open source" --limit 5
    """
    context: Context = ctx.obj
    keys = [parse_key(word, "word") for word in terms]
    with context.reading() as connection:
        results = search(connection, keys, limit)
    show_list(context, results, Find, chosen)
