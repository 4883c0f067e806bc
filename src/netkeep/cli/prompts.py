"""Prompts on the terminal. Every prompt has a flag or an argument that replaces it."""

from __future__ import annotations

import io
import os
import select
import signal
import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import TextIO, TypeVar

from netkeep.domain.contact import Kind
from netkeep.domain.people import parse_id
from netkeep.errors import BadValueError, ConfirmationRequiredError, DeclinedError
from netkeep.output.streams import is_stdout_terminal, print_message, sanitize

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

ESCAPE, ASCII_KEYS, END_OF_INPUT = b"\x1b", b"\x7f", (b"", b"\x04")


def can_prompt() -> bool:
    """Return whether standard input and standard error are terminals."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def can_walk() -> bool:
    """Return whether standard output is a terminal too."""
    return can_prompt() and is_stdout_terminal()


def prompt(label: str, parse: Callable[[str], T], default: str = "") -> T:
    """Prompt until the answer can be parsed; an empty answer is the default.

    Raise EOFError at the end of input.
    """
    while True:
        answer = _read_line(f"{label} [{default}]: " if default else f"{label}: ")
        try:
            return parse(answer.strip() or default)
        except BadValueError as error:
            print_message("; ".join(filter(None, [error.sentence, error.hint])))


def confirm(question: str) -> bool:
    """Prompt for yes or no; anything but yes is no."""
    return _read_line(f"{question} [y/N]: ").strip().lower() in {"y", "yes"}


def require_confirmation(action: str, *, yes: bool) -> None:
    """Prompt before an action that erases, unless `yes` says that it is confirmed.

    Raise ConfirmationRequiredError if netkeep cannot prompt, DeclinedError if the answer is no.
    """
    if yes:
        return
    if not can_prompt():
        raise ConfirmationRequiredError(action)
    if not confirm(f"{action}?"):
        raise DeclinedError


def choose(label: str, choices: Mapping[int, T]) -> T:
    """List the choices and prompt for the number of one."""
    for choice in choices.values():
        print_message(f"  {choice}")

    def parse(answer: str) -> T:
        number = parse_id(answer)
        if number is None or number not in choices:
            raise BadValueError(
                f'"{answer}" is none of them; one of {", ".join(map(str, choices))}'
            )
        return choices[number]

    return prompt(label, parse)


def parse_choice(values: type[E], text: str) -> E:
    """Parse a value or a unique prefix of one, in any case. Raise BadValueError for other text."""
    typed = text.lower()
    matches = [value for value in values if value.startswith(typed)]
    if typed in matches:
        return values(typed)
    if len(matches) != 1:
        raise BadValueError(
            f'"{text}" is not a {values.__name__.lower()}', f"one of {', '.join(values)}"
        )
    return matches[0]


def prompt_for_kind(default: Kind) -> Kind:
    """Prompt for how you know a contact."""
    return prompt(f"Kind ({', '.join(Kind)})", partial(parse_choice, Kind), default)


def read_key(label: str) -> str:
    """Prompt for a single key. Return it in lower case, and a newline for Enter or the space bar.

    Raise EOFError at the end of input. The terminal mode is changed without a flush, which would
    lose keys that were typed ahead.
    """
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    settings = termios.tcgetattr(descriptor)

    def begin(*_: object) -> None:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        _print_label(label)

    # After Ctrl-Z and fg the shell has reset the terminal, and the prompt is no longer in view.
    previous = signal.signal(signal.SIGCONT, begin)
    try:
        begin()
        key = os.read(descriptor, 1)
        if key == ESCAPE or key > ASCII_KEYS:  # several bytes for one key
            while select.select([descriptor], [], [], 0)[0]:
                os.read(descriptor, 1)
    finally:
        signal.signal(signal.SIGCONT, previous)
        termios.tcsetattr(descriptor, termios.TCSADRAIN, settings)
    if key in END_OF_INPUT:
        raise EOFError
    pressed = key.decode("ascii", "replace").lower().replace("\r", "\n").replace(" ", "\n")
    print_message(pressed if pressed.isalnum() else "")
    return pressed


def _read_line(label: str) -> str:
    """Read one line from the terminal. Raise EOFError at the end of input.

    The label goes to standard error, or through input() where standard output is a terminal too,
    so that the line can be edited. Bytes that are not text become surrogates, which no parser
    accepts.
    """
    _replace_errors(sys.stdin, "surrogateescape")
    _replace_errors(sys.stdout, "backslashreplace")  # for characters the terminal does not have
    if is_stdout_terminal():
        import readline  # noqa: F401 - adds line editing to input()

        return input(sanitize(label))
    _print_label(label)
    answer = sys.stdin.readline()
    if not answer:
        raise EOFError
    return answer


def _replace_errors(stream: TextIO | None, errors: str) -> None:
    if isinstance(stream, io.TextIOWrapper) and stream.errors != errors:
        stream.reconfigure(errors=errors)


def _print_label(label: str) -> None:
    sys.stderr.write(sanitize(label))
    sys.stderr.flush()
