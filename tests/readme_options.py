"""Every option, read off the commands; `python -m tests.readme_options` writes it down."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from netkeep.cli.app import CONTENTS, app

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- every option -->\n", "<!-- that was every option -->\n"


def every_option() -> str:
    """A table for each command, folded up in its panel, as it stands between the two comments."""
    netkeep = typer.main.get_command(app)
    panels = (
        _folded(panel, [_command(netkeep, name) for name in names])
        for panel, names in CONTENTS.items()
    )
    return "\n" + "\n".join([_folded("Before any command", [_table("", netkeep)]), *panels]) + "\n"


def written(readme: str) -> str:
    """A README with the options as they are now."""
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}{every_option()}{END}{after}"


def _folded(heading: str, tables: list[str]) -> str:
    return "\n".join(
        [f"<details><summary>{heading}</summary>\n", *filter(None, tables), "</details>\n"]
    )


def _command(group: Any, name: str, words: str = "") -> str:
    found = group.get_command(None, name)
    called = f"{words} {name}".strip()
    below = found.list_commands(None) if hasattr(found, "list_commands") else []
    return "\n".join(
        filter(None, [_table(called, found), *(_command(found, one, called) for one in below)])
    )


def _table(words: str, command: Any) -> str:
    """What one command takes; its first row is how it is called, and what for."""
    rows = list(_rows(command))
    if not rows:
        return ""
    arguments = [one.metavar for one in command.params if one.param_type_name == "argument"]
    called = _cell(" ".join(["netkeep", *words.split(), *arguments]))
    return "\n".join([f"| {called} | {_summary(command)} |", "|---|---|", *rows]) + "\n"


def _rows(command: Any) -> Iterator[str]:
    visible = [one for one in command.params if not getattr(one, "hidden", False)]
    for one in sorted(visible, key=lambda one: one.param_type_name):
        typed = one.metavar if one.param_type_name == "argument" else _flags(one)
        yield f"| {_cell(typed)} | {_escaped(one.help)}{_otherwise(one)} |"


def _flags(option: Any) -> str:
    flags = ", ".join([*option.opts, *option.secondary_opts])
    return flags if option.is_flag else f"{flags} {option.metavar or '|'.join(option.type.choices)}"


def _otherwise(one: Any) -> str:
    """What it is without being given, if not nothing."""
    if one.envvar:
        return f" Without it, {_cell(one.envvar)} names it."
    if one.default is None or getattr(one, "is_flag", False):
        return ""
    return f" Without it: {_cell(str(one.default))}."


def _summary(command: Any) -> str:
    return _escaped(command.help.split("\n\n")[0])


def _cell(words: str) -> str:
    return f"`{_escaped(words)}`"


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    README.write_text(written(README.read_text()))
