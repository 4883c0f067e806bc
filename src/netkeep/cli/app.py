"""The command line, as a table of contents."""

import inspect
import re
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from netkeep import __version__
from netkeep.cli.invocation import Invocation
from netkeep.output.streams import answer

PANELS = {
    "Every day": "due log snooze",
    "People": "add edit show list keep drop",
    "Looking back": "timeline amend",
    "Your data": "import",
}


class Commands(TyperGroup):
    """The commands, each made only when it is called: making all of them takes 15 ms."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        # Known by name, for the list in --help and for "Did you mean"; made in get_command.
        self.commands = {name: TyperCommand(name) for name in " ".join(PANELS.values()).split()}

    def list_commands(self, ctx: object) -> list[str]:  # noqa: ARG002
        """Name the commands in the order of the panels."""
        return list(self.commands)

    def get_command(self, ctx: object, cmd_name: str) -> Any:  # noqa: ARG002
        """Make the command of this name, a function in the file of its panel."""
        for panel, names in PANELS.items():
            if cmd_name in names.split():
                module = import_module(f"netkeep.cli.{panel.lower().replace(' ', '_')}")
                function = getattr(module, cmd_name, None) or getattr(module, f"{cmd_name}_")
                single = typer.Typer(add_completion=False, rich_markup_mode="rich")
                help_text = unwrapped(function.__doc__)
                single.command(cmd_name, rich_help_panel=panel, help=help_text)(function)
                return typer.main.get_command(single)
        return None


def unwrapped(docstring: str) -> str:
    """Join the lines of each paragraph, which Rich would else break as the source does."""
    return re.sub(r"(?<=\S)\n(?=\S)", " ", inspect.cleandoc(docstring))


app = typer.Typer(
    cls=Commands,
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

    Everything is in one file on this machine, for your eyes only.

    Examples:
        netkeep add "Ada Lovelace" --kind coworker
        netkeep log ada --channel call
        netkeep due
    """
    if ctx.invoked_subcommand is None:
        ctx.get_help()
        raise typer.Exit
    ctx.obj = Invocation.begin(db, today)
