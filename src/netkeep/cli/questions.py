"""Questions on the terminal; each has a flag or an argument that answers it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TypeVar

from netkeep.domain.people import contact_id
from netkeep.errors import BadValueError
from netkeep.output.streams import say, to_terminal
from netkeep.output.text import shown

T = TypeVar("T")


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    streams = (sys.stdin, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams)


def ask(question: str, parse: Callable[[str], T], default: str = "") -> T:
    """Ask until the answer is a value; an empty answer is the default. EOFError at the end."""
    while True:
        answer = _read_line(f"{question} [{default}]: " if default else f"{question}: ")
        try:
            return parse(answer.strip() or default)
        except BadValueError as error:
            say("; ".join(filter(None, [error.sentence, error.hint])))


def confirm(question: str) -> bool:
    """Ask for yes or no; anything but yes is no."""
    return _read_line(f"{question} [y/N]: ").strip().lower() in {"y", "yes"}


def choose(question: str, choices: Mapping[int, T]) -> T:
    """Ask which of the choices it is, by its number."""
    for choice in choices.values():
        say(f"  {choice}")

    def chosen(answer: str) -> T:
        number = contact_id(answer)
        if number is None or number not in choices:
            raise BadValueError(f"one of {', '.join(map(str, choices))}")
        return choices[number]

    return ask(question, chosen)


def _read_line(prompt: str) -> str:
    """One line from the terminal; EOFError at the end of input.

    The prompt goes to standard error, but for a terminal on both, which can edit the line.
    """
    if to_terminal():
        import readline  # noqa: F401, PLC0415 - gives input() its keys

        return input(shown(prompt))
    sys.stderr.write(shown(prompt))
    sys.stderr.flush()
    answer = sys.stdin.readline()
    if not answer:
        raise EOFError
    return answer
