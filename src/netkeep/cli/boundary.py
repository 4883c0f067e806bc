"""The one place where failures become a line on standard error and an exit code."""

from __future__ import annotations

import traceback
from collections.abc import Sequence

import typer

from netkeep.cli.app import app
from netkeep.errors import NetkeepError
from netkeep.output.streams import say

INTERRUPTED = 130
FAULT = 1


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; never raises."""
    debug = "--debug" in arguments
    try:
        exit_code: int = app(list(arguments), prog_name="netkeep", standalone_mode=False) or 0
    except NetkeepError as error:
        return _fail(error.sentence, error.hint, error.exit_code, debug)
    except typer.TyperException as error:
        return _fail(_usage(error), _usage_hint(error), error.exit_code, debug)
    except typer.Abort:  # the end of input at a question; Typer has ended the line
        return _fail("interrupted", None, INTERRUPTED, debug)
    except Exception as error:  # noqa: BLE001 - a fault of ours, and still no traceback
        sentence = f"a fault in netkeep: {type(error).__name__}: {error}"
        return _fail(sentence, "run it again with --debug, and report what it prints", FAULT, debug)
    if exit_code == INTERRUPTED:  # which is what Typer makes of Ctrl-C
        say("")
        return _fail("interrupted", None, INTERRUPTED, debug)
    return exit_code


def _fail(sentence: str, hint: str | None, exit_code: int, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    say(f"netkeep: {sentence}")
    if hint:
        say(f"  {hint}")
    return exit_code


def _usage(error: typer.TyperException) -> str:
    """What Typer says of a wrong command line, as netkeep would say it."""
    message = error.format_message().rstrip(".")
    return message[:1].lower() + message[1:]


def _usage_hint(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    return f"see: {context.command_path if context else 'netkeep'} --help"
