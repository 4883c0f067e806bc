"""netkeep prompt: how many are due, in the prompt of a shell."""

from typing import Annotated

import typer

from netkeep.cli.agenda import print_prompt
from netkeep.cli.context import Context


def prompt(
    ctx: typer.Context,
    oneline: Annotated[bool, typer.Option("--oneline", help="Name the first of them.")] = False,
) -> None:
    """Say how many are due, for the prompt of a shell or a status bar.

    It says nothing at all if nobody is due, waits for nobody, and changes nothing. If the file
    cannot be used at once it says nothing either, and exits with 4: `netkeep due` says why.

    Examples:
        netkeep prompt
        netkeep prompt --oneline
    """
    context: Context = ctx.obj
    code = print_prompt(context.path, context.today, oneline=oneline)
    if code:
        raise typer.Exit(code)
