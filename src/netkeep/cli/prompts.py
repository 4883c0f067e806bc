"""Questions on the terminal; each has a flag or an argument that answers it."""

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
from netkeep.output.sanitizer import sanitize
from netkeep.output.streams import is_stdout_terminal, print_message

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

ESCAPE, ASCII_KEYS, END_OF_INPUT = b"\x1b", b"\x7f", (b"", b"\x04")


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def can_walk() -> bool:
    """Whether somebody is there to read as well."""
    return can_ask() and is_stdout_terminal()


def ask(question: str, parse: Callable[[str], T], default: str = "") -> T:
    """Ask until the answer is a value; an empty answer is the default. EOFError at the end."""
    while True:
        answer = _read_line(f"{question} [{default}]: " if default else f"{question}: ")
        try:
            return parse(answer.strip() or default)
        except BadValueError as error:
            print_message("; ".join(filter(None, [error.sentence, error.hint])))


def confirm(question: str) -> bool:
    """Ask for yes or no; anything but yes is no."""
    return _read_line(f"{question} [y/N]: ").strip().lower() in {"y", "yes"}


def agree(what: str, *, yes: bool) -> None:
    """Go on only if somebody agrees; ConfirmationRequiredError if nobody can, DeclinedError if not."""
    if yes:
        return
    if not can_ask():
        raise ConfirmationRequiredError(what)
    if not confirm(f"{what}?"):
        raise DeclinedError


def choose(question: str, choices: Mapping[int, T]) -> T:
    """Ask which of the choices it is, by its number."""
    for choice in choices.values():
        print_message(f"  {choice}")

    def chosen(answer: str) -> T:
        number = parse_id(answer)
        if number is None or number not in choices:
            raise BadValueError(
                f'"{answer}" is none of them; one of {", ".join(map(str, choices))}'
            )
        return choices[number]

    return ask(question, chosen)


def one_of(values: type[E], text: str) -> E:
    """The value that was typed, or of which enough letters were; for `ask`."""
    typed = text.lower()
    found = [value for value in values if value.startswith(typed)]
    if typed in found:
        return values(typed)
    if len(found) != 1:
        raise BadValueError(
            f'"{text}" is not a {values.__name__.lower()}', f"one of {', '.join(values)}"
        )
    return found[0]


def ask_kind(usual: Kind) -> Kind:
    """Ask how you know a contact."""
    return ask(f"Kind ({', '.join(Kind)})", partial(one_of, Kind), usual)


def press(question: str) -> str:
    """Ask for a single key, and return it; a space is Enter, a capital its small letter.

    EOFError at the end of input. The terminal is switched without a flush, which would lose what
    was typed ahead.
    """
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)

    def begin(*_: object) -> None:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        _prompt(question)

    # Whoever stops netkeep and comes back has a shell's terminal, and no question on it.
    stopped = signal.signal(signal.SIGCONT, begin)
    try:
        begin()
        key = os.read(descriptor, 1)
        if key == ESCAPE or key > ASCII_KEYS:  # a key that is sent as several bytes
            while select.select([descriptor], [], [], 0)[0]:
                os.read(descriptor, 1)
    finally:
        signal.signal(signal.SIGCONT, stopped)
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
    if key in END_OF_INPUT:
        raise EOFError
    pressed = key.decode("ascii", "replace").lower().replace("\r", "\n").replace(" ", "\n")
    print_message(pressed if pressed.isalnum() else "")
    return pressed


def _read_line(prompt: str) -> str:
    """One line from the terminal; EOFError at the end of input.

    The prompt goes to standard error, but for a terminal on both, which can edit the line. Bytes
    that are no text are left as surrogates, which no value has.
    """
    _replace_errors(sys.stdin, "surrogateescape")
    _replace_errors(sys.stdout, "backslashreplace")  # a prompt may have what a terminal has not
    if is_stdout_terminal():
        import readline  # noqa: F401 - gives input() its keys

        return input(sanitize(prompt))
    _prompt(prompt)
    answer = sys.stdin.readline()
    if not answer:
        raise EOFError
    return answer


def _replace_errors(stream: TextIO | None, errors: str) -> None:
    if isinstance(stream, io.TextIOWrapper) and stream.errors != errors:
        stream.reconfigure(errors=errors)


def _prompt(text: str) -> None:
    sys.stderr.write(sanitize(text))
    sys.stderr.flush()
