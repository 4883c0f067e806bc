"""The command line, as a table of contents."""

import inspect
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import copy
from functools import partial
from importlib import import_module
from itertools import takewhile
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from netkeep import __version__
from netkeep.errors import (
    AmbiguousPersonError,
    BadValueError,
    FileError,
    NetkeepError,
    NoSuchPersonError,
    reason,
)
from netkeep.output.streams import (
    Color,
    handle_output_error,
    print_message,
    shorten,
    use_color,
    write_output,
)

INTERRUPTED = 130  # exit codes
BUG = 1

# The options with a text of any words, by what help calls their value.
FREE_TEXT = {"CITY", "COMPANY", "NAME", "NOTE", "SCHOOL", "TEXT", "TITLE", "WHAT", "WHERE"}


# Every command and its function, by panel of `netkeep --help`. `round` is a group, whose module
# lists its own commands.
CONTENTS = {
    "Every day": {
        "due": "netkeep.cli.commands.due:due",
        "brief": "netkeep.cli.commands.brief:brief",
        "review": "netkeep.cli.commands.review:review",
        "log": "netkeep.cli.commands.log:log",
        "snooze": "netkeep.cli.commands.snooze:snooze",
        "prompt": "netkeep.cli.commands.due:prompt",
    },
    "People": {
        "add": "netkeep.cli.commands.add:add",
        "edit": "netkeep.cli.commands.edit:edit",
        "show": "netkeep.cli.commands.show:show",
        "list": "netkeep.cli.commands.list_:list_",
        "find": "netkeep.cli.commands.find:find",
        "keep": "netkeep.cli.commands.keep:keep",
        "drop": "netkeep.cli.commands.keep:drop",
        "triage": "netkeep.cli.commands.triage:triage",
        "merge": "netkeep.cli.commands.merge:merge",
        "forget": "netkeep.cli.commands.forget:forget",
    },
    "Reasons to reach out": {
        "news": "netkeep.cli.commands.news:news",
        "visit": "netkeep.cli.commands.visit:visit",
        "promise": "netkeep.cli.commands.promise:promise",
        "done": "netkeep.cli.commands.promise:done",
        "round": "netkeep.cli.commands.round_",
        "me": "netkeep.cli.commands.news:me",
    },
    "Looking back": {
        "timeline": "netkeep.cli.commands.timeline:timeline",
        "amend": "netkeep.cli.commands.amend:amend",
        "balance": "netkeep.cli.commands.balance:balance",
        "stats": "netkeep.cli.commands.stats:stats",
    },
    "Your data": {
        "import": "netkeep.cli.commands.import_:import_",
        "export": "netkeep.cli.commands.export:export",
        "sync": "netkeep.cli.commands.sync:sync",
        "undo": "netkeep.cli.commands.undo:undo",
        "redo": "netkeep.cli.commands.undo:redo",
        "backup": "netkeep.cli.commands.backup:backup",
        "restore": "netkeep.cli.commands.backup:restore",
        "doctor": "netkeep.cli.commands.doctor:doctor",
        "config": "netkeep.cli.commands.config:config",
        "completion": "netkeep.cli.commands.completion:completion",
        "help": "netkeep.cli.commands.help_:help_",
    },
}
PANELS = {name: panel for panel, commands in CONTENTS.items() for name in commands}


class LazyCommands(TyperGroup):
    """The commands, each built only when it is called: building all of them takes 15 ms."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        # Names only, for --help and "Did you mean"; get_command builds the commands.
        self.commands = {name: TyperCommand(name) for name in PANELS}

    def list_commands(self, ctx: object) -> list[str]:
        """Return the names of the commands in the order of the panels."""
        return list(self.commands)

    def get_command(self, ctx: object, cmd_name: str) -> Any:
        """Build the command with this name; None if there is none."""
        panel = PANELS.get(cmd_name)
        if panel is None:
            return None
        module_name, _, function = CONTENTS[panel][cmd_name].partition(":")
        module = import_module(module_name)
        typer_app = typer.Typer(name=cmd_name, add_completion=False, rich_markup_mode="rich")
        if function:
            _add_command(typer_app, cmd_name, getattr(module, function), panel)
        else:
            group_help = join_lines(module.__doc__)
            typer_app.callback(cls=DefaultList, help=group_help, rich_help_panel=panel)(
                lambda: None
            )
            for subcommand in module.COMMANDS:
                _add_command(typer_app, subcommand.__name__.rstrip("_"), subcommand)
        command = typer.main.get_command(typer_app)
        for each in (command, *getattr(command, "commands", {}).values()):
            _accept_prefixes(each)
            _hide_types(each)
            _add_json_option(each)
        return command


def _accept_prefixes(command: Any) -> None:
    """Parse the choices of a command with parse_choice, which accepts prefixes and synonyms."""
    for parameter in command.params:
        if hasattr(parameter.type, "choices"):
            parameter.type.convert = _convert_choice


def _hide_types(command: Any) -> None:
    """Show no <str> or <parse_count> beside the arguments in the help."""
    for parameter in command.params:
        if parameter.param_type_name == "argument" and not hasattr(parameter.type, "choices"):
            parameter.type = copy(parameter.type)  # one object may be the type of many
            parameter.type.get_metavar = lambda **_: ""


def _add_json_option(command: Any) -> None:
    """Add --json to a command with --format, as a short form of --format json."""
    for position, parameter in enumerate(command.params, start=1):
        if "--format" in parameter.opts:
            option = TyperOption(
                param_decls=["--json"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=partial(_choose_json, parameter.name),
                help="The same as --format json.",
            )
            command.params.insert(position, option)
            return


def _choose_json(name: str, ctx: Any, _: object, wanted: bool) -> None:
    if wanted:
        ctx.default_map = {name: "json"}


def _convert_choice(value: str, parameter: Any, _: object) -> Any:
    from netkeep.domain.text import parse_choice

    is_option = parameter.param_type_name == "option"
    name = parameter.opts[-1] if is_option else parameter.metavar
    return parse_choice(parameter.type.choices, value, f"value for {name}")


class Command(TyperCommand):
    """A command that refuses a word which may belong to the text before it, or be a person.

    `edit donald --name Don Knuth` would make `Donald Knuth` a `Don`.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments; raise BadValueError for `PERSON --name Don Knuth`."""
        if any(each.nargs == -1 for each in self.params):
            self._refuse_unquoted(list(args))
        return super().parse_args(ctx, args)

    def _refuse_unquoted(self, args: list[str]) -> None:
        own = [each for each in self.params if isinstance(each, TyperOption)]
        options = {flag: each for each in own for flag in each.opts}
        person_before = False
        waiting = iter(enumerate(args, start=1))
        for place, arg in waiting:
            option = options.get(arg)
            if option is None or option.is_flag:
                person_before |= not arg.startswith("-")
                continue
            words = [*takewhile(lambda word: not word.startswith("-"), args[place:])]
            is_text = option.metavar in FREE_TEXT and len(words) > 1 and " " not in words[0]
            if is_text and person_before:
                from netkeep.cli.typed_line import quoted

                whole = [*args[:place], " ".join(words), *args[place + len(words) :]]
                line = quoted(["netkeep", self.name or "", *whole])
                raise BadValueError(
                    f'"{words[1]}" may belong to the text of {arg}, or be another argument',
                    f"put several words in quotes: {line}",
                )
            next(waiting, None)  # the value


class DefaultList(TyperGroup):
    """A group of commands that runs `list` if no command is named."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Insert `list` if there are no arguments, or before options other than --help."""
        first = args[0] if args else "-"
        if first.startswith("-") and first not in ctx.help_option_names:
            args = ["list", *args]
        return super().parse_args(ctx, args)


def _add_command(
    typer_app: typer.Typer, name: str, function: Callable[..., None], panel: str | None = None
) -> None:
    help_text = join_lines(function.__doc__)
    typer_app.command(name, cls=Command, rich_help_panel=panel, help=help_text)(function)


def join_lines(docstring: str | None) -> str:
    """Join the lines of each paragraph: Rich would keep the line breaks of the source."""
    return re.sub(r"(?<=\S)\n(?=\S)", " ", inspect.cleandoc(docstring or ""))


app = typer.Typer(
    cls=LazyCommands,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        write_output(f"netkeep {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def netkeep(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Option("--db", metavar="PATH", envvar="NETKEEP_DB", help="The database file to use."),
    ] = None,
    color: Annotated[
        Color,
        typer.Option(
            "--color",
            metavar="WHEN",
            callback=use_color,
            is_eager=True,  # before --help
            help="When to use colour: auto, always or never.",
        ),
    ] = Color.auto,
    debug: Annotated[
        bool, typer.Option("--debug", help="Print the traceback of an error.")
    ] = False,
    today: Annotated[
        str | None, typer.Option("--today", metavar="DATE", envvar="NETKEEP_TODAY", hidden=True)
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "-V", "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Keep in touch with your professional network: who should hear from you, and why.

    Everything is stored in one file on this computer, which only you can read.

    Examples:
        netkeep add "Ada Lovelace" --kind coworker
        netkeep log ada --channel call
        netkeep due
    """
    if ctx.invoked_subcommand is None:
        ctx.get_help()
        raise typer.Exit
    # Takes 8 ms, and --help and --version do not need it.
    from netkeep.cli.context import Context

    ctx.obj = Context.create(db, today, ctx.invoked_subcommand)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; never raise.

    This is the only place that turns an error into a line on standard error and an exit code.
    """
    debug = "--debug" in arguments
    try:
        exit_code = _run(arguments)
    except (NoSuchPersonError, AmbiguousPersonError, BadValueError) as error:
        hint = _guess(arguments, error) or error.hint
        return _fail(error.sentence, hint, error.exit_code, debug)
    except NetkeepError as error:
        return _fail(error.sentence, error.hint, error.exit_code, debug)
    except typer.TyperException as error:
        guess = _guess(arguments, error)
        sentence, hint = _usage_sentence(error, guess), guess or _usage_hint(error, arguments)
        return _fail(sentence, hint, error.exit_code, debug)
    except typer.Abort:  # the end of input at a prompt; Typer has ended the line
        return _fail("interrupted", None, INTERRUPTED, debug)
    except SystemExit:  # from Rich and Typer, if the pipe that reads their help is closed
        return 0
    except Exception as error:  # noqa: BLE001 - a bug too becomes a line and an exit code
        sentence = f"internal error: {type(error).__name__}: {error}"
        return _fail(
            sentence,
            "this is a bug: run the command again with --debug, and report the output",
            BUG,
            debug,
        )
    if exit_code == INTERRUPTED:  # Typer returns this for Ctrl-C
        print_message("")
        return _fail("interrupted", None, INTERRUPTED, debug)
    return exit_code


def _run(arguments: Sequence[str]) -> int:
    try:
        exit_code: int = app(list(arguments), prog_name="netkeep", standalone_mode=False) or 0
        if sys.stdout is not None:
            sys.stdout.flush()  # for help, which Typer prints itself
    except OSError as error:
        if error.filename is not None:  # a file error that no other code has handled
            raise FileError(f"{error.filename} cannot be used: {reason(error)}") from error
        handle_output_error(error)  # printing failed
        return 0
    return exit_code


def _fail(sentence: str, hint: str | None, exit_code: int, debug: bool) -> int:
    if debug:
        for line in traceback.format_exc().rstrip("\n").split("\n"):
            print_message(line)
    print_message(f"netkeep: {shorten(sentence)}")
    if hint:
        print_message(f"  {shorten(hint)}")
    return exit_code


def _guess(arguments: Sequence[str], error: Exception) -> str | None:
    """Return a hint with the command that was likely meant; None without a guess."""
    with suppress(Exception):  # a bug in a guess must not hide the error itself
        from netkeep.cli.guesses import guess

        return guess(typer.main.get_command(app), arguments, error)
    return None


def _usage_sentence(error: typer.TyperException, guess: str | None) -> str:
    """Format Typer's message about a wrong command line like netkeep's own messages."""
    message = error.format_message().rstrip(".").replace("\n\t", " ")  # one choice per line
    if guess:  # better than the similar words that Typer suggests
        message = re.split(r"\. Did you mean| \((?:Possible|Did)", message)[0]
    return message[:1].lower() + message[1:]


def _usage_hint(error: typer.TyperException, arguments: Sequence[str]) -> str:
    if context := getattr(error, "ctx", None):
        return f"see: {context.command_path} --help"
    command = next((each for each in arguments if each in PANELS), "")
    return f"see: {' '.join(filter(None, ['netkeep', command]))} --help"
