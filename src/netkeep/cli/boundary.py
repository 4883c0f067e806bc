"""The one place where failures become a line on standard error and an exit code."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence

import typer

from netkeep.cli.app import app
from netkeep.errors import FileError, NetkeepError, reason
from netkeep.output.streams import give_up, keep_to_locale, say
from netkeep.output.text import shortened

INTERRUPTED = 130
FAULT = 1


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; never raises."""
    debug = "--debug" in arguments
    keep_to_locale()
    try:
        exit_code = _run(arguments)
    except NetkeepError as error:
        return _fail(error.sentence, error.hint, error.exit_code, debug)
    except typer.TyperException as error:
        return _fail(_usage(error), _usage_hint(error), error.exit_code, debug)
    except typer.Abort:  # the end of input at a question; Typer has ended the line
        return _fail("interrupted", None, INTERRUPTED, debug)
    except SystemExit:  # Rich and Typer, when whoever read their help has gone
        return 0
    except Exception as error:  # noqa: BLE001 - a fault of ours, and still no traceback
        sentence = f"a fault in netkeep: {type(error).__name__}: {error}"
        return _fail(sentence, "run it again with --debug, and report what it prints", FAULT, debug)
    if exit_code == INTERRUPTED:  # which is what Typer makes of Ctrl-C
        say("")
        return _fail("interrupted", None, INTERRUPTED, debug)
    return exit_code


def _run(arguments: Sequence[str]) -> int:
    try:
        exit_code: int = app(list(arguments), prog_name="netkeep", standalone_mode=False) or 0
        if sys.stdout is not None:
            sys.stdout.flush()  # help, which Typer prints by itself
    except OSError as error:
        if error.filename is not None:  # one of a file, which nobody has worded
            raise FileError(f"{error.filename} cannot be used: {reason(error)}") from error
        give_up(error)  # of printing
        return 0
    return exit_code


def _fail(sentence: str, hint: str | None, exit_code: int, debug: bool) -> int:
    if debug:
        for line in traceback.format_exc().rstrip("\n").split("\n"):
            say(line)
    say(f"netkeep: {shortened(sentence)}")
    if hint:
        say(f"  {shortened(hint)}")
    return exit_code


def _usage(error: typer.TyperException) -> str:
    """What Typer says of a wrong command line, as netkeep would say it."""
    message = error.format_message().rstrip(".").replace("\n\t", " ")  # a choice on each line
    return message[:1].lower() + message[1:]


def _usage_hint(error: typer.TyperException) -> str:
    if "unexpected extra argument" in error.format_message():
        return 'a name of several words is one argument: "ada lovelace" or ada-lovelace'
    context = getattr(error, "ctx", None)
    return f"see: {context.command_path if context else 'netkeep'} --help"
