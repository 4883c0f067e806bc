"""netkeep completion: scripts for bash (3.2 or newer), zsh (5.0) and fish (3.1).

The placeholders in completion.bash, .zsh and .fish, such as @COMMANDS@, are filled in from the
commands.
"""

import re
import shlex
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from netkeep.cli.reference import FILES, NAMES, Command, Parameter, read_command
from netkeep.output.streams import write_output


class Shell(StrEnum):
    """A shell with a completion script."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"


def completion(
    ctx: typer.Context,
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")],
) -> None:
    """Print the completion script for your shell.

    It completes commands, options, values and names: ada-lovelace, or ada-lovelace-12 if two people
    have the same name. For bash, add the first line below to ~/.bashrc; for zsh, add the second to
    ~/.zshrc; for fish, run the third.

    Examples:
        source <(netkeep completion bash)
        source <(netkeep completion zsh)
        netkeep completion fish > ~/.config/fish/completions/netkeep.fish
    """
    root = read_command(ctx.find_root().command)
    match shell:
        case Shell.bash:
            parts = _bash_parts(root)
        case Shell.zsh:
            parts = _zsh_parts(root)
        case Shell.fish:
            parts = _fish_parts(root)
    script = Path(__file__).with_suffix(f".{shell}").read_text("utf-8")
    for name, part in parts.items():
        script = script.replace(f"@{name}@", part)
    write_output(script, "utf-8")


def _bash_parts(root: Command) -> dict[str, str]:
    commands, options = [], []
    for command in root.walk():
        flags = " ".join(flag for option in command.options for flag in option.flags)
        arguments = " ".join(
            f"'{argument.value}{'...' * argument.is_repeatable}'" for argument in command.arguments
        )
        subcommands = " ".join(subcommand.name for subcommand in command.subcommands)
        commands.append(
            f"    '{command.path}') options='{flags}'"
            f" arguments=({arguments}) subcommands='{subcommands}' ;;"
        )
        for option in command.options:
            if option.value is not None:
                patterns = "|".join(f"'{command.path} {flag}'" for flag in option.flags)
                options.append(f"    {patterns}) takes='{option.value}' ;;")
    return {"COMMANDS": "\n".join(commands), "OPTIONS": "\n".join(options)}


ZSH_GROUP = r"""{name}() {{
    local curcontext=$curcontext state state_descr line
    local -A opt_args
    local -a below
    below=(
{below}
    )
    _arguments -C -S \
{options}
        '1: :->command' '*:: :->after'
    {keep}case $state in
    command) _describe command below ;;
    after)
        case $line[1] in
{cases}
        esac
        ;;
    esac
}}"""
# zsh quotes the typed value in opt_args twice.
ZSH_KEEP_DB = r"""local -a netkeep_db=(${(Q)${(Q)opt_args[--db]}})
    """


def _zsh_parts(root: Command) -> dict[str, str]:
    groups = (_zsh_group(command) for command in root.walk() if command.subcommands)
    return {"FUNCTIONS": "\n\n".join(groups)}


def _zsh_group(group: Command) -> str:
    below = (
        shlex.quote(f"{subcommand.name}:{subcommand.help}") for subcommand in group.subcommands
    )
    specs = (spec for option in group.options for spec in _zsh_specs(option))
    cases = (f"{subcommand.name}) {_zsh_call(subcommand)} ;;" for subcommand in group.subcommands)
    return ZSH_GROUP.format(
        name=_zsh_function(group),
        below="\n".join(f"        {line}" for line in below),
        options=_zsh_lines(specs),
        keep="" if group.path else ZSH_KEEP_DB,
        cases="\n".join(f"        {case}" for case in cases),
    )


def _zsh_function(group: Command) -> str:
    return "_".join(["_netkeep", *group.path.split()])


def _zsh_call(command: Command) -> str:
    if command.subcommands:
        return _zsh_function(command)
    specs = [spec for option in command.options for spec in _zsh_specs(option)]
    for place, argument in enumerate(command.arguments, start=1):
        specs.append(f"{'*' if argument.is_repeatable else place}{_zsh_value(argument)}")
    return f"_arguments -S \\\n{_zsh_lines(specs)[:-2]}"


def _zsh_lines(specs: Iterable[str]) -> str:
    return "\n".join(f"            {shlex.quote(spec)} \\" for spec in specs)


def _zsh_specs(option: Parameter) -> Iterator[str]:
    """Yield a spec of _arguments (zshcompsys(1)) for each flag; one flag excludes the others."""
    before = "*" if option.is_repeatable else f"({' '.join(option.flags)})"
    help_text = re.sub(r"([\\\[\]])", r"\\\1", option.help)
    for flag in option.flags:
        if option.value is None:
            yield f"{before}{flag}[{help_text}]"
        else:
            joined = "=" if flag.startswith("--") else "+"
            yield f"{before}{flag}{joined}[{help_text}]{_zsh_value(option)}"


def _zsh_value(parameter: Parameter) -> str:
    metavar, value = parameter.metavar.replace(":", "\\:"), parameter.value
    if value == FILES:
        return f":{metavar}:_files"
    if value in NAMES:
        return f":{metavar}: _netkeep_names {value[1:]}"
    return f":{metavar}:({value})" if value else f":{metavar}:"


def _fish_parts(root: Command) -> dict[str, str]:
    commands = list(root.walk())
    paths = (_fish_quoted(command.path) for command in commands if command.path)
    taking = (
        _fish_quoted(f"{command.path} {flag}")
        for command in commands
        for option in command.options
        if option.value is not None
        for flag in option.flags
    )
    lines = (line for command in commands for line in _fish_lines(command))
    return {
        "COMMANDS": " ".join(paths),
        "TAKING": " ".join(taking),
        "LINES": "\n".join(lines),
    }


def _fish_lines(command: Command) -> Iterator[str]:
    at = f"__netkeep_at {_fish_quoted(command.path)}"
    complete = f"complete -c netkeep -n {_fish_quoted(at)}"
    for subcommand in command.subcommands:
        yield f"{complete} -a {_fish_quoted(subcommand.name)} -d {_fish_quoted(subcommand.help)}"
    for place, argument in enumerate(command.arguments):
        if argument.value:
            condition = f"{at} {'any' if argument.is_repeatable else place}"
            yield f"complete -c netkeep -n {_fish_quoted(condition)}{_fish_value(argument.value)}"
    for option in command.options:
        yield f"{complete}{_fish_flags(option)} -d {_fish_quoted(option.help)}"


def _fish_flags(option: Parameter) -> str:
    flags = "".join(
        f" -l {flag[2:]}" if flag.startswith("--") else f" -s {flag[1:]}" for flag in option.flags
    )
    if option.value is None:
        return flags
    return f"{flags} {'-r' if option.value == FILES else '-x'}{_fish_value(option.value)}"


def _fish_value(value: str) -> str:
    if value == FILES:
        return " -F"
    if value in NAMES:
        return f" -k -a '(__netkeep_names {value[1:]})'"
    return f" -a {_fish_quoted(value)}" if value else ""


def _fish_quoted(text: str) -> str:
    """Quote text for fish, where only backslash and ' are special within single quotes."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
