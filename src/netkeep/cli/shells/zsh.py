"""Completion in zsh, 5.0 and newer."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator

from netkeep.cli.shells.grammar import EVERYBODY, FILES, PEOPLE, Command, Option

SCRIPT = r"""# Completion of netkeep in zsh. In ~/.zshrc:  source <(netkeep completion zsh)
#
# Only names ask netkeep, which gives letters, digits and dashes; nothing is ever evaluated.

(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }

_netkeep_names() {
    local -a names expl
    names=(${(f)"$(command netkeep --complete-names "$PREFIX" $1 $netkeep_db 2>/dev/null)"})
    # -U: what begins as typed is for netkeep to say, for it knows that José is jose.
    _wanted people expl person compadd -U -i "$IPREFIX" -a names
}

@FUNCTIONS@

compdef _netkeep netkeep
"""

GROUP = r"""{name}() {{
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
# What opt_args has of an option is quoted as it was typed, and then once more.
KEEP_DB = r"""local -a netkeep_db=(${(Q)${(Q)opt_args[--db]}})
    """


def script(commands: Iterable[Command]) -> str:
    """The script to source."""
    commands = list(commands)
    groups = (_group(one, commands) for one in commands if one.subcommands)
    return SCRIPT.replace("@FUNCTIONS@", "\n\n".join(groups))


def _group(group: Command, commands: Iterable[Command]) -> str:
    below = [one for one in commands if one.words and one.words.rpartition(" ")[0] == group.words]
    name = _function(group)
    return GROUP.format(
        name=name,
        below="\n".join(
            f"        {shlex.quote(f'{one.words.split()[-1]}:{one.help}')}" for one in below
        ),
        options=_lines(spec for option in group.options for spec in _option(option)),
        keep="" if group.words else KEEP_DB,
        cases="\n".join(f"        {one.words.split()[-1]}) {_call(one)} ;;" for one in below),
    )


def _function(group: Command) -> str:
    """The name of the function that completes a group."""
    return "_netkeep" + "".join(f"_{word}" for word in group.words.split())


def _call(command: Command) -> str:
    if command.subcommands:
        return _function(command)
    specs = [spec for option in command.options for spec in _option(option)]
    for place, argument in enumerate(command.arguments, start=1):
        where = "*" if argument.is_repeatable else place
        specs.append(f"{where}:{_plain(argument.metavar)}:{_action(argument.value)}")
    return f"_arguments -S \\\n{_lines(specs)[:-2]}"


def _lines(specs: Iterable[str]) -> str:
    return "\n".join(f"            {shlex.quote(spec)} \\" for spec in specs)


def _option(option: Option) -> Iterator[str]:
    """A spec of _arguments (zshcompsys(1)) for each flag, of which one bars the others."""
    before = "*" if option.is_repeatable else f"({' '.join(option.flags)})"
    for flag in option.flags:
        help_text = option.help.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        if option.value is None:
            yield f"{before}{flag}[{help_text}]"
        else:
            joined = "=" if flag.startswith("--") else "+"
            value = f":{_plain(option.metavar)}:{_action(option.value)}"
            yield f"{before}{flag}{joined}[{help_text}]{value}"


def _plain(metavar: str) -> str:
    return metavar.replace(":", "\\:")


def _action(value: str) -> str:
    if value == FILES:
        return "_files"
    if value in {PEOPLE, EVERYBODY}:
        return f" _netkeep_names {value[1:]}"
    return f"({value})" if value else ""
