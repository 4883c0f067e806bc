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
            metavar="WORDS...", help="Words or parts of words; quote words that belong together."
        ),
    ],
    limit: options.LimitOption = None,
    chosen: options.FormatOption = None,
) -> None:
    """Search everything you have written.

    A contact is found if every word occurs in a field, tag, note, news or touchpoint. The results
    start with the people you were in touch with most recently.

    Examples:
        netkeep find compilers
        netkeep find boston "open source" --limit 5
    """
    context: Context = ctx.obj
    keys = [parse_key(word, "word") for word in terms]
    with context.reading() as connection:
        results = search(connection, keys, limit)
    show_list(context, results, Find, chosen)
