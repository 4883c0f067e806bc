"""Completion in fish, 3.1 and newer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from netkeep.cli.shells.grammar import EVERYBODY, FILES, PEOPLE, Command, Option

SCRIPT = r"""# Completion of netkeep in fish. Once:
#   netkeep completion fish > ~/.config/fish/completions/netkeep.fish
#
# Only names ask netkeep, which gives letters, digits and dashes; nothing is ever evaluated.

set -g __netkeep_commands @COMMANDS@
set -g __netkeep_taking @TAKING@

# The words of the command that is typed, then how many of its arguments there are.
function __netkeep_typed
    set -l command ''
    set -l place 0
    set -l skip 0
    for token in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
        else if string match -q -- '-*' $token
            contains -- "$command $token" $__netkeep_taking; and set skip 1
        else if contains -- (string trim -- "$command $token") $__netkeep_commands
            set command (string trim -- "$command $token")
        else
            set place (math $place + 1)
        end
    end
    printf '%s\n' $command $place
end

# Whether it is this command; with a number, whether it is this argument of it.
function __netkeep_at
    set -l typed (__netkeep_typed)
    test "$typed[1]" = "$argv[1]"; or return
    set -q argv[2]; or return 0
    test $typed[2] = $argv[2]; or test $argv[2] = any
end

function __netkeep_names
    set -l typed (commandline -ct | string replace -r -- '^--?[a-z-]+=' '')
    set -l tokens (commandline -opc)
    set -l db
    for place in (seq (count $tokens))
        if test "$tokens[$place]" = --db; and set -q tokens[(math $place + 1)]
            set db $tokens[(math $place + 1)]
        else if string match -q -- '--db=*' $tokens[$place]
            set db (string replace -- '--db=' '' $tokens[$place])
        end
    end
    command netkeep --complete-names "$typed" $argv[1] $db 2>/dev/null
end

complete -c netkeep -e
complete -c netkeep -f
@LINES@
"""


def script(commands: Iterable[Command]) -> str:
    """The script to source."""
    commands = list(commands)
    taking = (
        _quoted(f"{command.words} {flag}")
        for command in commands
        for option in command.options
        if option.value is not None
        for flag in option.flags
    )
    lines = (line for command in commands for line in _lines(command, commands))
    return (
        SCRIPT.replace("@COMMANDS@", " ".join(_quoted(one.words) for one in commands if one.words))
        .replace("@TAKING@", " ".join(taking))
        .replace("@LINES@", "\n".join(lines))
    )


def _lines(command: Command, commands: Iterable[Command]) -> Iterator[str]:
    at = f"__netkeep_at {_quoted(command.words)}"
    for one in commands:
        parent, _, name = one.words.rpartition(" ")
        if one.words and parent == command.words:
            yield f"{_complete(at)} -a {_quoted(name)} -d {_quoted(one.help)}"
    for place, argument in enumerate(command.arguments):
        if argument.value:
            where = "any" if argument.is_repeatable else place
            yield f"{_complete(f'{at} {where}')}{_completed(argument.value)}"
    for option in command.options:
        yield f"{_complete(at)}{_flags(option)} -d {_quoted(option.help)}"


def _complete(condition: str) -> str:
    return f"complete -c netkeep -n {_quoted(condition)}"


def _flags(option: Option) -> str:
    flags = "".join(
        f" -l {flag[2:]}" if flag.startswith("--") else f" -s {flag[1:]}" for flag in option.flags
    )
    if option.value is None:
        return flags
    return f"{flags} {'-r' if option.value == FILES else '-x'}{_completed(option.value)}"


def _completed(value: str) -> str:
    if value == FILES:
        return " -F"
    if value in {PEOPLE, EVERYBODY}:
        return f" -a '(__netkeep_names {value[1:]})'"
    return f" -a {_quoted(value)}" if value else ""


def _quoted(text: str) -> str:
    """One word of fish, where in single quotes only these two are not themselves."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
