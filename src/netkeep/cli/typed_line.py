"""A command line that failed, and what its words may mean.

This is loaded only after a command line has failed.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import chain, islice, pairwise, takewhile
from typing import Any, NamedTuple

from netkeep.cli.context import Context
from netkeep.cli.synonyms import CHANNELS, OPTIONS, PAST, PLACES
from netkeep.domain.contact import Status
from netkeep.domain.days import Toward, parse_cadence, parse_day
from netkeep.domain.people import SMALL_WORDS, Person, Tier, match_people, parse_id
from netkeep.domain.rounds import parse_month_day
from netkeep.domain.text import key, parse_choice
from netkeep.errors import BadValueError
from netkeep.store.connection import open_snapshot
from netkeep.store.queries import contacts as queries


class TypedLine:
    """A command line, split into global options, the command, its words and its options."""

    def __init__(self, root: Any, arguments: Sequence[str]) -> None:
        self.root = root
        self.globals, rest = _split_options(flags_of(root), list(arguments), until_word=True)
        self.first, self.rest = "".join(rest[:1]), rest[1:]
        self.name, self.command = self.first, root.get_command(None, self.first)
        if "".join(self.rest[:1]) in getattr(self.command, "commands", {}):
            self.command = self.command.commands[self.rest[0]]
            self.name, self.rest = f"{self.first} {self.rest[0]}", self.rest[1:]
        self.flags = flags_of(self.command)
        self.options, self.words = _split_options(self.flags, self.rest)
        self.arguments = [
            each.metavar or ""
            for each in getattr(self.command, "params", ())
            if each.param_type_name == "argument"
        ]
        self.toward = Toward.PAST if self.name in PAST else Toward.FUTURE
        self.takes_people = any("PERSON" in metavar for metavar in self.arguments)

    def with_rest(self, rest: Sequence[str]) -> TypedLine:
        """Return the line with these words and options after the command."""
        return TypedLine(self.root, [*self.globals, *self.name.split(), *rest])

    def __str__(self) -> str:
        """The line as it is typed, quoted."""
        return quoted(["netkeep", *self.globals, *self.name.split(), *self.rest])

    def hint(self, typed: TypedLine) -> str | None:
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
        if not words or words[0] in SMALL_WORDS:
            return 0
        if parse_id(words[0]) is not None:
            return 1
        single = [*takewhile(lambda word: " " not in word and word not in SMALL_WORDS, words[:3])]
        counts: list[int] = [*range(len(single), 1, -1), 1]
        return next((count for count in counts if self.find_people(" ".join(words[:count]))), 0)

    def split_people(
        self, words: Sequence[str], most: int, longest: int = 3
    ) -> tuple[list[str], list[str]]:
        """Return the people named one after the other, each at most so many words, and the rest."""
        starts = (start for start, _ in enumerate(words) if self.count_name(words[start:]))
        start = next(starts, len(words))
        people: list[str] = []
        others, words = list(words[:start]), words[start:]
        while words and len(people) < most and (not people or words[1:]):
            count = min(self.count_name(words), longest)
            if count:
                people.append(" ".join(words[:count]))
            elif words[0] not in SMALL_WORDS:
                break
            words = words[count or 1 :]
        if others and others[-1] in SMALL_WORDS:
            others.pop()
        return people, [*others, *words]

    def is_day(self, text: str) -> bool:
        """Return whether the command takes a text as a day."""
        with suppress(BadValueError):
            none = text == "none" and self.name == "snooze"
            return none or bool(parse_day(text, self.context.today, self.toward))
        return False

    def split_day(self, words: Sequence[str]) -> tuple[Sequence[str], list[str]]:
        """Return the words without the day at their end, and the day, if there is one."""
        typed = [(count, " ".join(words[-count:])) for count in (3, 2, 1) if count <= len(words)]
        for count, day in (*typed, *((1, f"a {word}") for word in words[-1:])):  # `week` is a week
            if self.is_day(day):
                rest = list(words[:-count])
                while rest and rest[-1].lower() in SMALL_WORDS:
                    rest.pop()
                return rest, [day]
        return words, []

    def count_day(self, words: Sequence[str]) -> int:
        """Return how many of the first words are a day."""
        counts = (count for count in (3, 2, 1) if count <= len(words))
        return next((count for count in counts if self.is_day(" ".join(words[:count]))), 0)

    def choice(self, word: str) -> list[str]:
        """Return the option that a word such as `call` is a value of, and the value."""
        for flag, option in self.flags.items():
            choices = getattr(option.type, "choices", None)
            for each in (word, CHANNELS.get(word, word)):
                with suppress(BadValueError):
                    if choices and flag.startswith("--") and len(word) > 2:
                        return [flag, parse_choice(choices, each, "value")]
        return []

    def flag(self, typed: str) -> str | None:
        """Return the option that is meant by the name of one, if the command has it."""
        names = (typed, *OPTIONS.get(typed, "").split())
        return next((name for name in names if name in self.flags), None)

    def takes(self, flag: str, value: str) -> bool:
        """Return whether a text is a value of an option."""
        option = self.flags[flag]
        with suppress(BadValueError):
            if choices := getattr(option.type, "choices", None):
                return bool(parse_choice(choices, value, "value"))
            if parse := self.parsers.get(option.metavar):
                parse(value)
            return option.metavar != "N" or value.isdigit()
        return False

    @cached_property
    def parsers(self) -> dict[str, Callable[[str], object]]:
        """What parses the values of options, by metavar."""
        return {
            "DAY": lambda text: parse_day(text, self.context.today, self.toward),
            "MM-DD": parse_month_day,
            **dict.fromkeys(("CADENCE", "LENGTH"), lambda text: parse_cadence(_length(text))),
        }

    def count_value(self, flag: str, words: Sequence[str]) -> int:
        """Return how many of the words after an option are its value."""
        if self.flags[flag].is_flag:
            return 0
        counts = (3, 2) if self.flags[flag].metavar in self.parsers else ()
        most = len(words)
        return next((n for n in counts if n <= most and self.takes(flag, " ".join(words[:n]))), 1)

    def option(self, flag: str, words: Sequence[str]) -> list[str]:
        """Return an option with its value, or several times if the value is a list."""
        option, value = self.flags[flag], " ".join(words)
        if option.is_flag:
            return [flag]
        if option.multiple and value:
            return [token for each in value.split(",") for token in (flag, each.strip())]
        is_length = option.metavar in {"CADENCE", "LENGTH"}
        return [
            flag,
            _length(value) if is_length else value or option.metavar or flag.strip("-").upper(),
        ]


def _length(text: str) -> str:
    return f"{text}d" if text.isdigit() else text


def quoted(words: Sequence[str]) -> str:
    """Quote and join words for a shell, with double quotes if possible."""
    return " ".join(
        f'"{word}"' if " " in word and not set(word) & set('"\\$`!') else shlex.quote(word)
        for word in words
    )


def flags_of(command: Any) -> dict[str, Any]:
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
        if not each.startswith("-") or each == "-" or each[1:].isdigit():
            if until_word:
                return options, [each, *waiting]
            words.append(each)
        else:
            options.append(each)
            if each in flags and not flags[each].is_flag:
                options += islice(waiting, 1)
    return options, words


class Meaning(NamedTuple):
    """A command line with each word in its place, the people in it, and the other text."""

    line: TypedLine
    people: list[str]
    text: list[str]


def understand(line: TypedLine) -> Meaning | None:
    """Put each word of a command line into its place; None if a word has no place."""
    day_options, text_option = PLACES.get(line.name, ("", "WORDS"))
    words: Sequence[str] = line.words
    days: list[str] = []
    free = [each for each in day_options.split() if each not in line.options]
    for _ in free:
        words, day = line.split_day(words)
        days = [*day, *days]
    before, people, text, options = _sort_words(line, words, len(free) - len(days))
    days = [*before, *days]
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
        options += chain.from_iterable(zip(free, days, strict=False))
    return Meaning(_complete(line, words, options), people, text)


def _complete(line: TypedLine, words: Sequence[str], options: Sequence[str]) -> TypedLine:
    """Return the line with words and options, and placeholders for those that are missing."""
    words = words or re.findall("^[A-Z]+", "".join(line.arguments))
    missing = [
        [flag, option.metavar]
        for flag, option in line.flags.items()
        if option.required and flag not in options
    ]
    return line.with_rest([*words, *options, *chain.from_iterable(missing)])


def _sort_words(
    line: TypedLine, words: Sequence[str], most_days: int
) -> tuple[list[str], list[str], list[str], list[str]]:
    """Return days, the people, the other text, and the options, also those typed as words."""
    days: list[str] = []
    people: list[str] = []
    text: list[str] = []
    options = list(line.options)
    text_option = PLACES.get(line.name, ("", "WORDS"))[1]
    while words:
        word, count = words[0].lower(), 1
        flag = line.flag(f"--{word}")
        named = line.count_name(words) if line.takes_people else 0
        day = line.count_day(words) if len(days) < most_days else 0
        if word in SMALL_WORDS and not (flag and line.flags[flag].metavar in {"CITY", "COMPANY"}):
            pass
        elif day > (1 if named else 0):
            count = day
            days.append(" ".join(words[:count]))
        elif named:
            count = named
            people.append(" ".join(words[:count]))
        elif choice := line.choice(word):
            if choice[0] in options:
                index = options.index(choice[0])
                del options[index : index + 2]
            options += choice
        elif flag:
            value = [*takewhile(lambda each: not line.flag(f"--{each}"), words[1:])]
            count += 0 if line.flags[flag].is_flag else len(value)
            options += line.option(flag, words[1:count])
        elif text_option == "WORDS" or (" " in word and not text):
            text.append(words[0])
        else:
            if text_option == "TEXT" and not people:  # a text about a person: send slides to ada
                people, words = line.split_people(words, 1)
            break
        words = words[count:]
    return days, people, [*text, *words], options


def in_place(line: TypedLine) -> TypedLine:
    """Return the line with each word in its place, as far as the places are known."""
    meaning = understand(line) if line.takes_people or line.name in PLACES else None
    return meaning.line if meaning else line
