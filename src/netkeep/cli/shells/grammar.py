"""What may be typed after `netkeep`, read off the commands themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from netkeep.domain.rounds import PRESETS

# What completes a value or an argument: words with a space between them, or one of these.
NOTHING, FILES, PEOPLE, EVERYBODY = "", "@files", "@people", "@everybody"

MEANING_THE_DROPPED = {"keep", "show", "forget"}


class Option(NamedTuple):
    """One option: its flags, what it is for, and what completes its value, if it takes one."""

    flags: tuple[str, ...]
    help: str
    metavar: str = ""
    value: str | None = None
    is_repeatable: bool = False


class Argument(NamedTuple):
    """One argument, or any number of them, and what completes it."""

    metavar: str
    value: str
    is_repeatable: bool = False


class Command(NamedTuple):
    """One command, by the words that call it: `round add`; all of netkeep is the empty one."""

    words: str
    help: str
    options: tuple[Option, ...]
    arguments: tuple[Argument, ...]
    subcommands: tuple[str, ...] = ()


HELP = Option(("-h", "--help"), "Show this message and exit.")


def commands(found: Any, words: str = "") -> Iterator[Command]:
    """A command of Typer's, and all below it."""
    visible = [one for one in found.params if not getattr(one, "hidden", False)]
    below = tuple(found.list_commands(None)) if hasattr(found, "list_commands") else ()
    yield Command(
        words,
        re.split(r"[.:](?:\s|$)", found.help, maxsplit=1)[0].replace("\n", " "),
        (*(_option(one, words) for one in visible if one.param_type_name == "option"), HELP),
        tuple(_argument(one, words) for one in visible if one.param_type_name == "argument"),
        below,
    )
    for name in below:
        yield from commands(found.get_command(None, name), f"{words} {name}".strip())


def _option(one: Any, words: str) -> Option:
    flags = (*one.opts, *one.secondary_opts)
    if one.is_flag:
        return Option(flags, one.help)
    metavar = one.metavar or one.name.upper()
    return Option(flags, one.help, metavar, _value(one, words), one.multiple)


def _argument(one: Any, words: str) -> Argument:
    return Argument(one.metavar or one.name.upper(), _value(one, words), one.nargs < 0)


def _value(one: Any, words: str) -> str:
    metavar = one.metavar or ""
    if choices := getattr(one.type, "choices", ()):
        return " ".join(choices)
    if metavar == "PRESET":
        return " ".join(PRESETS)
    if "PERSON" in metavar:
        return EVERYBODY if words in MEANING_THE_DROPPED else PEOPLE
    return FILES if "FILE" in metavar or "PATH" in metavar else NOTHING
