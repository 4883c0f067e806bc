"""Guess the command that the user meant, for the hint of an error.

This is loaded only after a command line has failed. Guesses have the words that the user typed, so
that they can be run as they are.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from itertools import chain, islice, pairwise, takewhile
from typing import Any, NamedTuple

from netkeep.cli.context import Context
from netkeep.cli.synonyms import COMMANDS, OPTIONS, PAST, PLACES, SMALL_WORDS
from netkeep.domain.contact import Status
from netkeep.domain.days import Toward, parse_cadence, parse_day
from netkeep.domain.people import Person, Tier, match_people, parse_id
from netkeep.domain.text import key, parse_choice
from netkeep.errors import BadValueError, NetkeepError
from netkeep.store.connection import open_snapshot
from netkeep.store.queries import contacts as queries

# The commands that refuse a word in the wrong place as a value, and how many people they need.
UNORDERED = {"import": 0, "merge": 2, "snooze": 1}
SETTINGS = "to change a setting, edit the file that this prints: netkeep config --path"


def guess(root: Any, arguments: Sequence[str], error: Any) -> str | None:
    """Return a hint for a command line that failed; None without a guess."""
    parts = (token.split("=", 1) if token.startswith("--") else [token] for token in arguments)
    line = _Line(root, [*chain.from_iterable(parts)])
    message = error.sentence if isinstance(error, NetkeepError) else error.format_message()
    if message.startswith("No such command"):
        return _guess_command(line)
    if message.startswith("No such option"):
        return _guess_option(line, error.option_name)
    if hint := _guess_value(line, message):
        return hint
    if isinstance(error, NetkeepError):
        return _guess_people(line, getattr(error, "text", None))
    if "unexpected extra argument" in message or (line.words and message.startswith("Missing")):
        return _guess_words(line)
    return None


class _Line:
    """A command line, split into global options, the command, its words and its options."""

    def __init__(self, root: Any, arguments: Sequence[str]) -> None:
        self.root = root
        self.globals, rest = _split_options(_flags(root), list(arguments), until_word=True)
        self.first, self.rest = "".join(rest[:1]), rest[1:]
        self.name, self.command = self.first, root.get_command(None, self.first)
        if "".join(self.rest[:1]) in getattr(self.command, "commands", {}):
            self.command = self.command.commands[self.rest[0]]
            self.name, self.rest = f"{self.first} {self.rest[0]}", self.rest[1:]
        self.flags = _flags(self.command)
        self.options, self.words = _split_options(self.flags, self.rest)
        self.arguments = [
            each.metavar or ""
            for each in getattr(self.command, "params", ())
            if each.param_type_name == "argument"
        ]
        self.toward = Toward.PAST if self.name in PAST else Toward.FUTURE
        self.takes_people = any("PERSON" in metavar for metavar in self.arguments)

    def with_rest(self, rest: Sequence[str]) -> _Line:
        """Return the line with these words and options after the command."""
        return _Line(self.root, [*self.globals, *self.name.split(), *rest])

    def __str__(self) -> str:
        """The line as it is typed, quoted."""
        return quoted(["netkeep", *self.globals, *self.name.split(), *self.rest])

    def hint(self, typed: _Line) -> str | None:
        """Return the line as a hint; None if it is the typed one."""
        if str(self) == str(typed):
            return None
        unquoted = (" ".join([each.name, *each.rest]) for each in (self, typed))
        only_quotes = len(set(unquoted)) == 1
        return f"{'put several words in quotes' if only_quotes else 'try'}: {self}"

    @cached_property
    def context(self) -> Context:
        """The context of the command, with its file and its day."""
        given = dict(pairwise(self.globals))
        db, today = (
            given.get(option) or os.environ.get(variable) or None
            for option, variable in (("--db", "NETKEEP_DB"), ("--today", "NETKEEP_TODAY"))
        )
        return Context.create(db, today, self.name)

    def find_people(self, text: str) -> list[Person]:
        """Return the people who may be meant."""
        with open_snapshot(self.context.path, now=None) as connection:
            if connection is None or not key(text):
                return []

            def read(tier: Tier, status: Status) -> list[Person]:
                if tier is Tier.anywhere:
                    return []
                return queries.people_by_word_starts(connection, key(text), status)

            return match_people(text, queries.people_by_key(connection, key(text)), read)

    def count_name(self, words: Sequence[str]) -> int:
        """Return how many of the first words name a person."""
        if words and parse_id(words[0]) is not None:
            return 1
        single = [*takewhile(lambda word: " " not in word and word not in SMALL_WORDS, words[:3])]
        counts: list[int] = [*range(len(single), 1, -1), 1]
        return next((count for count in counts if self.find_people(" ".join(words[:count]))), 0)

    def split_day(self, words: Sequence[str]) -> tuple[Sequence[str], list[str]]:
        """Return the words without the day at their end, and the day, if there is one."""
        typed = [(count, " ".join(words[-count:])) for count in (3, 2, 1) if count <= len(words)]
        for count, day in (*typed, *((1, f"a {word}") for word in words[-1:])):  # `week` is a week
            if _is_day(day, self.context.today, self.toward):
                rest = list(words[:-count])
                while rest and rest[-1].lower() in SMALL_WORDS:
                    rest.pop()
                return rest, [day]
        return words, []

    def choice(self, word: str) -> list[str]:
        """Return the option that a word such as `call` is a value of, and the value."""
        for flag, option in self.flags.items():
            choices = getattr(option.type, "choices", None)
            with suppress(BadValueError):
                if choices and flag.startswith("--") and len(word) > 2:
                    return [flag, parse_choice(choices, word, "value")]
        return []

    def flag(self, typed: str) -> str | None:
        """Return the option that is meant by the name of one, if the command has it."""
        names = (typed, *OPTIONS.get(typed, "").split())
        return next((name for name in names if name in self.flags), None)

    def option(self, flag: str, words: Sequence[str]) -> list[str]:
        """Return an option with its value, or several times if the value is a list."""
        value = " ".join(words)
        if not value:
            return [flag]
        if self.flags[flag].multiple:
            return [token for each in value.split(",") for token in (flag, each.strip())]
        return [flag, f"{value}d" if flag == "--every" and value.isdigit() else value]


def quoted(words: Sequence[str]) -> str:
    """Quote and join words for a shell, with double quotes if possible."""
    return " ".join(
        f'"{word}"' if " " in word and not set(word) & set('"\\$`!') else shlex.quote(word)
        for word in words
    )


def _flags(command: Any) -> dict[str, Any]:
    """Return the options of a command, by flag."""
    return {
        flag: each
        for each in getattr(command, "params", ())
        if each.param_type_name == "option"
        for flag in each.opts
    }


def _split_options(
    flags: Mapping[str, Any], tokens: list[str], *, until_word: bool = False
) -> tuple[list[str], list[str]]:
    """Return the options with their values, and the words between them."""
    options: list[str] = []
    words: list[str] = []
    waiting = iter(tokens)
    for each in waiting:
        if not each.startswith("-") or len(each) == 1:
            if until_word:
                return options, [each, *waiting]
            words.append(each)
        else:
            options.append(each)
            if each in flags and not flags[each].is_flag:
                options += islice(waiting, 1)
    return options, words


def _is_day(text: str, today: date, toward: Toward) -> bool:
    with suppress(BadValueError):
        return bool(parse_day(text, today, toward))
    return False


class _Meaning(NamedTuple):
    """A command line with each word in its place, the people in it, and the other text."""

    line: _Line
    people: list[str]
    text: list[str]


def _understand(line: _Line) -> _Meaning | None:
    """Put each word of a command line into its place; None if a word has no place."""
    day_options, text_option = PLACES.get(line.name, ("", "WORDS"))
    words: Sequence[str] = line.words
    days: list[str] = []
    for _ in day_options.split():
        words, day = line.split_day(words)
        days = [*day, *days]
    people, text, options = _sort_words(line, words)
    if not people and line.takes_people and not line.arguments[0].startswith("["):
        people, text = text[:1] or ["PERSON"], text[1:]
    if text and not text_option:
        return None
    words = people
    if text_option == "WORDS":
        words = [*people, *text]
    elif text_option == "TEXT":
        words = [*people, " ".join(text) or "TEXT"]
    elif text:
        options += [text_option, " ".join(text)]
    if day_options == "DAY":
        words = [*people, *days]
    else:
        options += chain.from_iterable(zip(day_options.split(), days, strict=False))
    for flag, option in line.flags.items():
        if option.required and flag not in options:
            options += [flag, option.metavar]
    return _Meaning(line.with_rest([*words, *options]), people, text)


def _sort_words(line: _Line, words: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """Return the people, the other text, and the options, also those typed as words."""
    people: list[str] = []
    text: list[str] = []
    options = list(line.options)
    while words:
        word, count = words[0].lower(), 1
        if word in SMALL_WORDS:
            pass
        elif line.takes_people and (named := line.count_name(words)):
            count = named
            people.append(" ".join(words[:count]))
        elif choice := line.choice(word):
            if choice[0] in options:
                index = options.index(choice[0])
                del options[index : index + 2]
            options += choice
        elif flag := line.flag(f"--{word}"):
            value = [*takewhile(lambda each: not line.flag(f"--{each}"), words[1:])]
            count += 0 if line.flags[flag].is_flag else len(value)
            options += line.option(flag, words[1:count])
        elif " " in word and not text:
            text.append(words[0])
        else:
            break
        words = words[count:]
    return people, [*text, *words], options


def _guess_people(line: _Line, typed: str | None) -> str | None:
    """Return a hint for a text that is no person, or another value that was refused."""
    meaning = _understand(line)
    if typed is None and meaning and line.name in UNORDERED:
        enough = len(meaning.people) >= UNORDERED[line.name]
        return meaning.line.hint(line) if enough else None
    if meaning is None or typed not in line.words or line.name == "merge":
        return None
    # The text may be a misspelt name, or that of a person who was not added yet.
    single_word = meaning.text == [typed] and " " not in typed and line.name != "visit"
    if typed in meaning.people or single_word:
        return None
    if any(line.find_people(word) for word in meaning.text[1:] if word not in SMALL_WORDS):
        return None
    return meaning.line.hint(line)


def _guess_value(line: _Line, message: str) -> str | None:
    """Add the words after the value of an option to the value, if one of them was refused."""
    for index, flag in enumerate(line.rest):
        option = line.flags.get(flag)
        value = [*takewhile(lambda each: not each.startswith("-"), line.rest[index + 1 :])]
        if not (index and option and option.type.name == "str" and len(value) > 1):
            continue
        joined = " ".join(value)
        if set(value).isdisjoint(re.split(r'[\s"()]+', message)):
            continue
        with suppress(BadValueError):
            if option.metavar == "DAY":
                parse_day(joined, line.context.today, line.toward)
            elif option.metavar == "CADENCE":
                parse_cadence(joined)
            rest = [*line.rest[: index + 1], joined, *line.rest[index + 1 + len(value) :]]
            return line.with_rest(rest).hint(line)
    return None


def _guess_command(line: _Line) -> str | None:
    typed, rest = line.first.lower(), line.rest
    if line.command:  # a group, with a word that is none of its commands
        typed, rest = f"{typed} {rest[0].lower()}", rest[1:]
        if typed not in COMMANDS:
            typed, rest = line.first, line.rest
    elif typed in SMALL_WORDS and rest:
        return _guess_command(_Line(line.root, [*line.globals, *rest]))
    elif typed == "set" and not line.count_name(rest):
        return SETTINGS
    templates = COMMANDS.get(typed, ())
    words = [line.first, *rest]
    if not templates and (count := line.count_name(words)):
        templates, rest = ("show PERSON",), words
        if (verb := "".join(words[count : count + 1])) in {*COMMANDS, *line.root.commands}:
            templates = COMMANDS.get(verb, (f"{verb} {{}}",))
            rest = [" ".join(words[:count]), *words[count + 1 :]]
    suggestions = (str(_fill(line, template, rest)) for template in templates)
    return f"try: {', or '.join(suggestions)}" if templates else None


def _fill(line: _Line, template: str, rest: Sequence[str]) -> _Line:
    """Return a command line from a template of COMMANDS and what was typed after the word."""
    words = [*takewhile(lambda word: not word.startswith("-"), rest)]
    count = max(1, line.count_name(words))
    slots = {
        "{}": words,
        "PERSON": [" ".join(words[:count]) or "PERSON"],
        "TEXT": [" ".join(words[count:]) or "TEXT"],
        "NAME": [" ".join(words) or "NAME"],
    }
    tokens = chain.from_iterable(slots.get(token, [token]) for token in template.split())
    meant = _Line(line.root, [*line.globals, *tokens, *rest[len(words) :]])
    meaning = _understand(meant) if meant.takes_people else None
    return meaning.line if meaning else meant


def _guess_option(line: _Line, option: str) -> str | None:
    if line.command is None:
        return None
    index = line.rest.index(option)
    before, after = line.rest[:index], line.rest[index + 1 :]
    roots = _flags(line.root)
    if option in roots and not roots[option].hidden:
        count = 0 if roots[option].is_flag else 1
        moved = [*line.globals, option, *after[:count]]
        rest = [*line.name.split(), *before, *after[count:]]
        return f"try: {_Line(line.root, [*moved, *rest])}"
    if option == "--name" and line.name == "add":  # the name is an argument
        return line.with_rest([*before, *after]).hint(line)
    if flag := line.flag(option):
        count = 0 if line.flags[flag].is_flag else 1
        meant = [*line.option(flag, after[:count]), *after[count:]]
        return line.with_rest([*before, *meant]).hint(line)
    words = (word if word in line.flags else word.lstrip("-") for word in line.rest)
    meaning = _understand(line.with_rest([*words]))
    if meaning and set(meaning.text) <= set(line.words):
        return meaning.line.hint(line)
    having = [
        name
        for name in line.root.list_commands(None)
        if option in _flags(line.root.get_command(None, name))
    ]
    close = option.startswith("--") and any(flag.startswith(option[:4]) for flag in line.flags)
    if having and not close:
        return f"{option} is an option of: {', '.join(f'netkeep {name}' for name in having[:5])}"
    return None


def _guess_words(line: _Line) -> str | None:
    """Return a hint for words that are more than the arguments of the command."""
    if line.name == "config":
        return SETTINGS
    if line.name in PLACES or line.takes_people:
        meaning = _understand(line)
        if meaning and (hint := meaning.line.hint(line)):
            return hint
    if not line.arguments:
        brief = _Line(line.root, [*line.globals, "brief", " ".join(line.words)])
        return f"try: {brief}" if line.find_people(brief.words[0]) else None
    emails = [word for word in line.words if "@" in word and "--email" in line.flags]
    words = [word for word in line.words if word not in emails]
    last = len(line.arguments) - 1
    options = [*line.options, *(token for email in emails for token in ("--email", email))]
    return line.with_rest([*words[:last], " ".join(words[last:]), *options]).hint(line)
