"""netkeep help: print the help of a command, a page of the manual, or the man page."""

from typing import Annotated, Any

import typer

from netkeep.errors import BadValueError
from netkeep.output.manual import find_topics, print_topic, topics
from netkeep.output.streams import write_output


def help_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[COMMAND|TOPIC]", help="A command, such as round add, or a topic."),
    ] = None,
    man: Annotated[
        bool, typer.Option("--man", help="Print a man page; to read it, pipe it to `man -l -`.")
    ] = False,
) -> None:
    """Show the help of a command, or a page of the manual.

    Without an argument, list all commands and topics.

    Examples:
        netkeep help
        netkeep help log
        netkeep help rules
    """
    if man:
        _print_man_page(ctx)
    elif words and words[0] in topics():
        print_topic(words[0])
    elif words:
        _print_command_help(ctx, words)
    else:
        ctx.find_root().get_help()
        lines = (f"  {topic:<15} {summary}\n" for topic, summary in topics().items())
        write_output(f"Topics of the manual, for netkeep help TOPIC:\n\n{''.join(lines)}")


def _print_command_help(ctx: typer.Context, words: list[str]) -> None:
    context: Any = ctx.find_root()
    for word in words:
        command = context.command
        found = hasattr(command, "get_command") and command.get_command(context, word)
        if not found:
            text = " ".join(words)
            pages = ", ".join(f"netkeep help {topic}" for topic in find_topics(text))
            raise BadValueError(
                f'there is no command or topic "{text}"',
                f"it is explained in: {pages}" if pages else "see: netkeep help",
            )
        context = type(ctx)(found, info_name=word, parent=context)
    context.get_help()


def _print_man_page(ctx: typer.Context) -> None:
    from netkeep.cli.app import PANELS
    from netkeep.cli.man import man_page
    from netkeep.cli.reference import read_command

    write_output(man_page(read_command(ctx.find_root().command), PANELS))
