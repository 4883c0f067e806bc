"""The command line, as a table of contents."""

from __future__ import annotations

from typing import Annotated

import typer

from netkeep import __version__
from netkeep.cli import every_day, looking_back, people, your_data
from netkeep.cli.invocation import Invocation
from netkeep.output.streams import answer

PANELS = {
    "Every day": (every_day.due, every_day.log, every_day.snooze),
    "People": (people.add, people.edit, people.show, people.list_, people.keep, people.drop),
    "Looking back": (looking_back.timeline, looking_back.amend),
    "Your data": (your_data.import_,),
}

app = typer.Typer(
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        answer(f"netkeep {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def netkeep(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Option("--db", metavar="PATH", envvar="NETKEEP_DB", help="The file to use."),
    ] = None,
    debug: Annotated[  # noqa: ARG001 - boundary.py looks for it
        bool, typer.Option("--debug", help="Show the traceback of a failure.")
    ] = False,
    today: Annotated[
        str | None, typer.Option("--today", metavar="DATE", envvar="NETKEEP_TODAY", hidden=True)
    ] = None,
    version: Annotated[  # noqa: ARG001 - its callback does all
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Keep in touch with your professional network: who should hear from you, and why.

    Examples:
        netkeep add "Ada Lovelace" --kind coworker
        netkeep log ada --channel call
        netkeep due
    """
    if ctx.invoked_subcommand is None:
        ctx.get_help()
        raise typer.Exit
    ctx.obj = Invocation.begin(db, today)


for panel, commands in PANELS.items():
    for command in commands:
        app.command(command.__name__.rstrip("_"), rich_help_panel=panel)(command)
