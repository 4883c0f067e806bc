"""Completion scripts for bash (3.2 or newer), zsh (5.0) and fish (3.1), made from the commands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from netkeep.domain.rounds import PRESETS

# How a value is completed: as one of these words with a space between them, or in one of these
# ways. `@people` and `@everybody` are the arguments of `netkeep --complete-names`.
NOTHING, FILES, PEOPLE, EVERYBODY = "", "@files", "@people", "@everybody"
ACCEPTING_DROPPED = {"keep", "show", "forget"}


class Parameter(NamedTuple):
    """An option, or an argument, which has no flags; `value` is None for an option without one."""

    flags: tuple[str, ...]
    help: str
    metavar: str
    value: str | None
    is_repeatable: bool


class Command(NamedTuple):
    """A command; `path` is what is typed to call it: `round add`, and nothing for netkeep."""

    path: str
    help: str
    options: list[Parameter]
    arguments: list[Parameter]
    subcommands: list[Command]

    @property
    def name(self) -> str:
        """Return the last word of the path."""
        return self.path.rpartition(" ")[2]

    def walk(self) -> Iterator[Command]:
        """Yield this command and all below it."""
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
    )


def _read_parameter(parameter: Any, path: str) -> Parameter:
    metavar = parameter.metavar or parameter.name.upper()
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
        return EVERYBODY if path in ACCEPTING_DROPPED else PEOPLE
    return FILES if "FILE" in metavar or "PATH" in metavar else NOTHING


BASH = r"""# Completion of netkeep in bash. In ~/.bashrc:  source <(netkeep completion bash)
#
# Only names come from netkeep, as letters, digits and dashes; nothing is ever evaluated.

# Set options, arguments and subcommands to what may follow a command.
_netkeep_command() {
    case $1 in
@COMMANDS@
    *) return 1 ;;
    esac
}

# Set takes to how the value of an option of a command is completed; fail if it has none.
_netkeep_option() {
    case "$1 $2" in
@OPTIONS@
    *) return 1 ;;
    esac
}

_netkeep() {
    local options subcommands takes arguments words=() place=0 command='' option='' db='' ended=''
    local current word before='' count=0 broken='' redirected=''
    # Bash splits words at = and :, and netkeep accepts --kind friend for --kind=friend.
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if [[ $redirected == next ]]; then
            redirected=this
        elif [[ $word == [\<\>\&]* ]]; then
            redirected=next
        elif [[ $broken == next ]]; then
            words[count-1]+=$word
            broken=this
        elif ((count)) && [[ $word == [:=]* && ${words[count-1]} != --* ]]; then
            words[count-1]+=$word
            broken=next
        else
            broken='' redirected=''
            [[ $word == '=' ]] || words[count++]=$word
        fi
    done
    COMPREPLY=()
    if [[ $redirected ]]; then
        compopt -o default 2>/dev/null
        return
    elif [[ $broken ]]; then
        return
    fi
    current=${COMP_WORDS[COMP_CWORD]}
    if [[ $current == '=' ]]; then
        current=''
    elif ((${#words[@]})); then
        unset "words[${#words[@]}-1]"
    fi
    if [[ $current == --*=* ]]; then  # where COMP_WORDBREAKS has no =
        words+=("${current%%=*}")
        before=${current%%=*}=
        current=${current#*=}
    fi

    _netkeep_command ''
    for word in ${words[@]+"${words[@]}"}; do
        if [[ $option ]]; then
            [[ $option != --db ]] || db=${word//[\"\'\\]/}
            option=''
        elif [[ $word == -- ]]; then
            ended=1
        elif [[ ! $ended && $word == --*=* ]]; then
            [[ $word != --db=* ]] || db=${word#*=}
        elif [[ ! $ended && $word == -* ]]; then
            if _netkeep_option "$command" "$word"; then option=$word; fi
        elif [[ $subcommands ]] && _netkeep_command "${command:+$command }$word"; then
            command=${command:+$command }$word
        else
            place=$((place + 1))
        fi
    done

    if [[ $option ]]; then
        _netkeep_option "$command" "$option"
    elif [[ ! $ended && $current == -* ]]; then
        takes=$options
    elif [[ $subcommands ]]; then
        takes=$subcommands
    elif ((place < ${#arguments[@]})); then
        takes=${arguments[place]}
    elif [[ ${arguments[0]-} == *... ]]; then
        takes=${arguments[0]}
    else
        takes=''
    fi

    case $takes in
    @files*) compopt -o default 2>/dev/null ;;
    @*)
        takes=${takes%...}
        while IFS= read -r word; do
            COMPREPLY+=("$before$word")
        done < <(command netkeep --complete-names "$current" "${takes#@}" ${db:+"$db"} 2>/dev/null)
        ;;
    *)
        for word in $takes; do
            [[ $word != "$current"* ]] || COMPREPLY+=("$before$word")
        done
        ;;
    esac
}

complete -F _netkeep netkeep
"""


def bash_script(root: Command) -> str:
    """Return the script to source in bash."""
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
    return BASH.replace("@COMMANDS@", "\n".join(commands)).replace("@OPTIONS@", "\n".join(options))


ZSH = r"""# Completion of netkeep in zsh. In ~/.zshrc:  source <(netkeep completion zsh)
#
# Only names come from netkeep, as letters, digits and dashes; nothing is ever evaluated.

(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }

_netkeep_names() {
    local -a names expl
    names=(${(f)"$(command netkeep --complete-names "$PREFIX" $1 $netkeep_db 2>/dev/null)"})
    # -U: netkeep decides what matches, since it folds José to jose.
    _wanted people expl person compadd -U -i "$IPREFIX" -a names
}

@FUNCTIONS@

compdef _netkeep netkeep
"""
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
# opt_args quotes a value once as it was typed, and once more.
ZSH_KEEP_DB = r"""local -a netkeep_db=(${(Q)${(Q)opt_args[--db]}})
    """


def zsh_script(root: Command) -> str:
    """Return the script to source in zsh."""
    groups = (_zsh_group(command) for command in root.walk() if command.subcommands)
    return ZSH.replace("@FUNCTIONS@", "\n\n".join(groups))


def _zsh_group(group: Command) -> str:
    below = (shlex.quote(f"{each.name}:{each.help}") for each in group.subcommands)
    specs = (spec for option in group.options for spec in _zsh_specs(option))
    cases = (f"{each.name}) {_zsh_call(each)} ;;" for each in group.subcommands)
    return ZSH_GROUP.format(
        name=_zsh_function(group),
        below="\n".join(f"        {each}" for each in below),
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
    if value in {PEOPLE, EVERYBODY}:
        return f":{metavar}: _netkeep_names {value[1:]}"
    return f":{metavar}:({value})" if value else f":{metavar}:"


FISH = r"""# Completion of netkeep in fish. Once:
#   netkeep completion fish > ~/.config/fish/completions/netkeep.fish
#
# Only names come from netkeep, as letters, digits and dashes; nothing is ever evaluated.

set -g __netkeep_commands @COMMANDS@
set -g __netkeep_taking @TAKING@

# Print the path of the typed command, then the number of its arguments.
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

# Succeed at this command; with a number, only at this argument of it.
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


def fish_script(root: Command) -> str:
    """Return the script to source in fish."""
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
    return (
        FISH.replace("@COMMANDS@", " ".join(paths))
        .replace("@TAKING@", " ".join(taking))
        .replace("@LINES@", "\n".join(lines))
    )


def _fish_lines(command: Command) -> Iterator[str]:
    at = f"__netkeep_at {_fish_quoted(command.path)}"
    complete = f"complete -c netkeep -n {_fish_quoted(at)}"
    for each in command.subcommands:
        yield f"{complete} -a {_fish_quoted(each.name)} -d {_fish_quoted(each.help)}"
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
    if value in {PEOPLE, EVERYBODY}:
        return f" -a '(__netkeep_names {value[1:]})'"
    return f" -a {_fish_quoted(value)}" if value else ""


def _fish_quoted(text: str) -> str:
    """Quote text for fish, where only backslash and ' are special within single quotes."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
