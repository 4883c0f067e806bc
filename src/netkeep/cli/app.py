"""The command line, as a table of contents."""

import builtins
import inspect
import re
from collections.abc import Callable
from importlib import import_module
from keyword import iskeyword
from types import ModuleType
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from netkeep import __version__
from netkeep.output.streams import answer

PANELS = {
    "Every day": "due brief review log snooze prompt",
    "People": "add edit show list find keep drop triage merge forget",
    "Reasons to reach out": "news visit promise done round me",
    "Looking back": "timeline amend balance stats",
    "Your data": "import export undo redo backup restore doctor config completion",
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
        """Make the command of this name, of a file in the folder of its panel."""
        for panel, names in PANELS.items():
            if cmd_name in names.split():
                # Python has words of its own: the command list is the function list_ of list_.py.
                name = (
                    f"{cmd_name}_" if iskeyword(cmd_name) or cmd_name in dir(builtins) else cmd_name
                )
                module = import_module(f"netkeep.cli.{panel.lower().replace(' ', '_')}.{name}")
                return _made(cmd_name, getattr(module, name, module), panel)
        return None


def _made(name: str, found: Callable[..., None] | ModuleType, panel: str) -> Any:
    """Make a command of a function, or a group of a module that lists its own commands."""
    made = typer.Typer(add_completion=False, rich_markup_mode="rich")
    if not isinstance(found, ModuleType):
        made.command(name, rich_help_panel=panel, help=unwrapped(found.__doc__))(found)
        return typer.main.get_command(made)
    for each in found.COMMANDS:
        made.command(each.__name__.rstrip("_"), help=unwrapped(each.__doc__))(each)
    made.callback(help=unwrapped(found.__doc__))(lambda: None)
    group = typer.main.get_group(made)
    group.name, group.rich_help_panel = name, panel
    return group


def unwrapped(docstring: str | None) -> str:
    """Join the lines of each paragraph, which Rich would else break as the source does."""
    return re.sub(r"(?<=\S)\n(?=\S)", " ", inspect.cleandoc(docstring or ""))


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
    # 8 ms, of which --help and --version have no need.
    from netkeep.cli.invocation import Invocation  # noqa: PLC0415

    ctx.obj = Invocation.begin(db, today, ctx.invoked_subcommand)
