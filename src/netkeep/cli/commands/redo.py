"""netkeep redo: what was undone done again."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.domain.change import Change
from netkeep.output import sentences
from netkeep.output.printing import print_results


def redo(
    ctx: typer.Context,
    count: Annotated[
        int, typer.Argument(metavar="[N]", min=1, max=options.MOST, help="How many changes.")
    ] = 1,
    chosen: options.ResultOption = None,
) -> None:
    """Do again what was undone last, or the last N.

    Once something else has been changed, what was undone stays undone.

    Examples:
        netkeep redo
    """
    context: Context = ctx.obj
    from netkeep.store.undo import put_back

    done = put_back(context.path, context.now, count, again=True)
    print_results(sentences.put_back("Done again", done), done, Change, chosen)
