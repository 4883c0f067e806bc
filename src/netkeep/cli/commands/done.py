"""netkeep done: promises settled."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.fields import parse_ids
from netkeep.domain.occasions import Occasion
from netkeep.output import sentences
from netkeep.output.printing import print_results
from netkeep.output.streams import print_message
from netkeep.store.queries.agenda import load_occasions_by_id


def done(
    ctx: typer.Context,
    typed: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...", help="The number of a promise, visit or news, as `brief` says."
        ),
    ],
    chosen: options.ResultOption = None,
) -> None:
    """Settle promises.

    A visit or news that is off can be settled by its number too.

    Examples:
        netkeep done 3
        netkeep done 3 8
    """
    context: Context = ctx.obj
    ids = parse_ids(typed, "promise")
    with context.reading() as connection:
        load_occasions_by_id(connection, ids)
    with context.writing() as repository:
        occasions = load_occasions_by_id(repository.connection, ids)
        settled = repository.occasions.settle(ids, context.today)
    for occasion in occasions:
        if occasion.done_on:
            print_message(f"#{occasion.id} was done on {occasion.done_on}: {occasion.what}")
    print_results(map(sentences.settled, settled), settled, Occasion, chosen)
