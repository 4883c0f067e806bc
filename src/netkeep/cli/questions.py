"""Questions on the terminal; each has a flag or an argument that answers it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from netkeep.errors import BadValueError
from netkeep.output.streams import say
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


def choose(question: str, choices: Sequence[object]) -> int:
    """Ask which of the choices it is; return its place, from 0."""
    for number, choice in enumerate(choices, 1):
        say(f"{number:3}  {choice}")

    def place(answer: str) -> int:
        if answer.isascii() and answer.isdecimal() and 1 <= int(answer[:9]) <= len(choices):
            return int(answer) - 1
        raise BadValueError(f"a number from 1 to {len(choices)}")

    return ask(question, place)


def _read_line(prompt: str) -> str:
    """One line from the terminal; the prompt goes to standard error."""
    sys.stderr.write(shown(prompt))
    sys.stderr.flush()
    answer = sys.stdin.readline()
    if not answer:
        raise EOFError
    return answer
