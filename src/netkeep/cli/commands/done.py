"""netkeep done: promises settled."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.fields import numbers
from netkeep.domain.occasions import Occasion
from netkeep.output import sentences
from netkeep.output.printing import print_results
from netkeep.output.streams import print_message


def done(
    ctx: typer.Context,
    words: Annotated[
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
    here: Context = ctx.obj
    asked = numbers(words, "promise")
    with here.reader() as ask:
        for number in asked:
            ask.occasion(number)
    with here.writer() as write:
        occasions = [write.ask.occasion(number) for number in asked]
        settled = write.done(asked, here.today)
    for occasion in occasions:
        if occasion.done_on:
            print_message(f"#{occasion.id} was done on {occasion.done_on}: {occasion.what}")
    print_results(map(sentences.settled, settled), settled, Occasion, chosen)
