"""Prompts on the terminal. Every prompt can be replaced by a flag or an argument."""

import io
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from shutil import get_terminal_size
from typing import TextIO, TypeVar

from netkeep.cli.keys import ENTER, ESCAPE, StepBackError, print_label, read_key, read_line
from netkeep.domain.contact import Kind
from netkeep.domain.people import Person, parse_id, word_starts_match
from netkeep.domain.text import key, parse_choice
from netkeep.errors import BadValueError, ConfirmationRequiredError, DeclinedError
from netkeep.output.streams import is_stdout_terminal, print_message, sanitize, separator

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
S = TypeVar("S", bound=str)

COLON = ": "  # after the last label of a menu
PAGE = 20  # people printed at once
QUIT = "q"


def can_prompt() -> bool:
    """Return whether standard input and standard error are terminals."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def can_walk() -> bool:
    """Return whether standard input, output and error are terminals."""
    return can_prompt() and is_stdout_terminal()


def prompt(
    label: str, parse: Callable[[str], T], default: str = "", *, can_go_back: bool = False
) -> T:
    """Prompt until the answer can be parsed; an empty answer is the default.

    Raise EOFError at the end of input, and with `can_go_back` StepBackError for Esc.
    """
    suffix = f" [{default}]" if default else ""
    while True:
        answer = _read_line(f"{label}{suffix}{COLON}", can_go_back=can_go_back)
        try:
            return parse(answer.strip() or default)
        except BadValueError as error:
            print_message("; ".join(filter(None, [error.sentence, error.hint])))


def confirm(question: str) -> bool:
    """Prompt for yes or no; anything but yes is no."""
    return _read_line(f"{question} [y/N]: ").strip().lower() in {"y", "yes"}


def require_confirmation(action: str, *, yes: bool) -> None:
    """Prompt before an action that erases data, unless `yes` confirms it.

    Raise ConfirmationRequiredError if netkeep cannot prompt, DeclinedError if the answer is no.
    """
    if yes:
        return
    if not can_prompt():
        raise ConfirmationRequiredError(action)
    if not confirm(f"{action}?"):
        raise DeclinedError


def choose_person(label: str, people: Sequence[Person]) -> Person:
    """Print the people, PAGE at a time, and prompt for the id or the name of one.

    Raise DeclinedError for q and Esc.
    """
    waiting = list(people)

    def parse(answer: str) -> list[Person]:
        """Return the people who match; none, to show more of them, for an empty answer."""
        typed, number = key(answer), parse_id(answer)
        if answer.lower() == QUIT:
            raise DeclinedError
        if waiting and not answer:
            return []
        if number is not None:
            matches = [person for person in people if person.id == number]
        else:
            matches = [
                person for person in people if typed and word_starts_match(typed, person.key)
            ]
        if not matches:
            raise BadValueError(f'"{answer}" is not one of these', "type a number or a name")
        return matches

    while True:
        for person in waiting[:PAGE]:
            print_message(f"  {person}")
        del waiting[:PAGE]
        more = f", Enter for more ({len(waiting):,} left)" if waiting else ""
        question = f"{label} Type a number or a name{more}, or q to stop"
        try:
            matches = prompt(question, parse, can_go_back=True)
        except StepBackError:
            raise DeclinedError from None
        if len(matches) == 1:
            return matches[0]
        waiting = matches or waiting


def prompt_for_kind(default: Kind) -> Kind:
    """Prompt for how you know a contact."""
    return prompt(f"Kind ({', '.join(Kind)})", partial(parse_choice, Kind, what="kind"), default)


def choice_keys(values: Iterable[E]) -> dict[str, E]:
    """Return the values by key: the first letter of each that is not the key of another."""
    keys: dict[str, E] = {}
    for value in values:
        keys[next(letter for letter in value if letter not in keys)] = value
    return keys


def read_choice(question: str, choices: Mapping[str, S], default: S | None = None) -> S:
    """Print the choices and prompt for the key of one; Enter is the default, if there is one.

    Raise StepBackError for Esc, EOFError for q and at the end of input.
    """
    enter = [f"Enter for {default}"] if default else []
    *lines, last_line = menu_lines([*_choice_labels(choices), *enter, "Esc back"])
    while True:
        for line in (question, *lines):
            print_message(line)
        key = read_key(f"{last_line}{COLON}")
        if key == ESCAPE:
            raise StepBackError
        if key == QUIT:
            raise EOFError
        if key == ENTER and default:
            return default
        if key in choices:
            return choices[key]


def _choice_labels(choices: Mapping[str, str]) -> list[str]:
    """Return a label per choice: `[c]oworker`, or `[x] drop` if the key is not in its name."""
    return [
        choice.replace(key, f"[{key}]", 1) if key in choice else f"[{key}] {choice}"
        for key, choice in choices.items()
    ]


def menu_lines(labels: Sequence[str]) -> list[str]:
    """Join labels to lines that fit the terminal; no label is split."""
    from rich.cells import cell_len  # the walks print pages with Rich anyway

    width = get_terminal_size().columns - len(COLON)
    first, *others = labels
    lines = [first]
    for label in others:
        longer = f"{lines[-1]}{separator()}{label}"
        if cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(label)
    return lines


def _read_line(label: str, *, can_go_back: bool = False) -> str:
    """Prompt for one line. Raise EOFError at the end of input.

    The label is printed on standard error, or by input() if standard output is a terminal too, so
    that the line can be edited. Invalid bytes become surrogates, which no parser accepts.
    """
    _replace_errors(sys.stdin, "surrogateescape")
    _replace_errors(sys.stdout, "backslashreplace")  # for characters that cannot be encoded
    if is_stdout_terminal():
        if can_go_back:
            return read_line(label)
        import readline  # noqa: F401 - adds line editing to input()

        return input(sanitize(label))
    print_label(label)
    answer = sys.stdin.readline()
    if not answer:
        raise EOFError
    return answer


def _replace_errors(stream: TextIO | None, errors: str) -> None:
    if isinstance(stream, io.TextIOWrapper) and stream.errors != errors:
        stream.reconfigure(errors=errors)
