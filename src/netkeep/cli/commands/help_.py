"""netkeep help: the help of netkeep or of one command."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from netkeep.errors import BadValueError


def help_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[COMMAND]", help="A command, such as round add.")
    ] = None,
) -> None:
    """Show the help of a command, as --help does.

    Without a command, list all of them.

    Examples:
        netkeep help
        netkeep help log
        netkeep help round add
    """
    context: Any = ctx.find_root()
    for word in words or ():
        command = context.command
        found = hasattr(command, "get_command") and command.get_command(context, word)
        if not found:
            raise BadValueError(
                f'there is no command "{" ".join(words or ())}"', "see: netkeep help"
            )
        context = type(ctx)(found, info_name=word, parent=context)
    context.get_help()
