"""The commands with their options and arguments, for the completion scripts and the man page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from netkeep.domain.rounds import PRESETS

# How to complete a value: as one of several words, separated by spaces, or in one of these ways.
# All but `@files`, without the `@`, are arguments of `netkeep --complete-names`.
NOTHING, FILES, PEOPLE = "", "@files", "@people"
CANDIDATES, EVERYBODY = "@candidates", "@everybody"
NAMES = {PEOPLE, CANDIDATES, EVERYBODY}
NAMES_FOR = {"keep": CANDIDATES, "show": EVERYBODY, "forget": EVERYBODY}  # all others: PEOPLE


class Parameter(NamedTuple):
    """An option, or an argument, which has no flags.

    `value` is how to complete it, None for an option without a value.
    """

    flags: tuple[str, ...]
    help: str
    metavar: str
    value: str | None
    is_repeatable: bool


class Command(NamedTuple):
    """A command; `path` is how to call it, such as `round add`; empty for netkeep itself.

    `help` is the first sentence of the `description`.
    """

    path: str
    help: str
    options: list[Parameter]
    arguments: list[Parameter]
    subcommands: list[Command]
    description: str

    @property
    def name(self) -> str:
        """The last word of the path."""
        return self.path.rpartition(" ")[2]

    def walk(self) -> Iterator[Command]:
        """Yield this command and all its subcommands."""
        yield self
        for subcommand in self.subcommands:
            yield from subcommand.walk()


HELP = Parameter(("-h", "--help"), "Show this message and exit.", "", None, is_repeatable=False)


def read_command(command: Any, path: str = "") -> Command:
    """Read a command of Typer, with its subcommands."""
    parameters: dict[str, list[Parameter]] = {"option": [], "argument": []}
    for parameter in command.params:
        if not getattr(parameter, "hidden", False):
            parameters[parameter.param_type_name].append(_read_parameter(parameter, path))
    names = command.list_commands(None) if hasattr(command, "list_commands") else []
    return Command(
        path,
        re.split(r"[.:](?:\s|$)", command.help, maxsplit=1)[0].replace("\n", " "),
        [*parameters["option"], HELP],
        parameters["argument"],
        [read_command(command.get_command(None, name), f"{path} {name}".strip()) for name in names],
        command.help,
    )


def _read_parameter(parameter: Any, path: str) -> Parameter:
    choices = "|".join(getattr(parameter.type, "choices", ()))
    metavar = parameter.metavar or choices or parameter.name.upper()
    if parameter.param_type_name == "argument":
        return Parameter((), "", metavar, _value(parameter, path), parameter.nargs < 0)
    flags = (*parameter.opts, *parameter.secondary_opts)
    value = None if parameter.is_flag else _value(parameter, path)
    return Parameter(flags, parameter.help, metavar, value, parameter.multiple)


def _value(parameter: Any, path: str) -> str:
    metavar = parameter.metavar or ""
    if choices := getattr(parameter.type, "choices", ()):
        return " ".join(choices)
    if metavar == "PRESET":
        return " ".join(PRESETS)
    if "PERSON" in metavar:
        return NAMES_FOR.get(path, PEOPLE)
    return FILES if "FILE" in metavar or "PATH" in metavar else NOTHING
