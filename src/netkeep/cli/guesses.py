"""Guess the command that the user meant, for the hint of an error.

This is loaded only after a command line has failed. Guesses have the words that the user typed, so
that they can be run as they are.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from difflib import get_close_matches
from itertools import chain, takewhile
from typing import Any

from typer import TyperException

from netkeep.cli.synonyms import COMMANDS, LISTS, OPTIONS
from netkeep.cli.typed_line import TypedLine, flags_of, in_place, understand
from netkeep.domain.people import SMALL_WORDS
from netkeep.domain.text import key
from netkeep.errors import NetkeepError
from netkeep.store.connection import open_snapshot
from netkeep.store.queries.agenda import load_open_promises

# The commands that refuse a word in the wrong place as a value, and how many people they need.
UNORDERED = {"import": 0, "merge": 2, "snooze": 1}
SLOTS = {"{}", "PERSON", "PEOPLE", "TEXT", "ID", "NAME"}
LENGTHS = {"day": "d", "week": "w", "month": "m", "year": "y"}
SIMILAR = 0.75  # of two words that differ by a slip
SETTINGS = "to change a setting, edit the file that this prints: netkeep config --path"


def guess(root: Any, arguments: Sequence[str], error: Any) -> str | None:
    """Return a hint for a command line that failed; None without a guess that can be run."""
    hint = _guess(root, arguments, error)
    return hint if hint and _can_be_parsed(root, hint) else None


def _can_be_parsed(root: Any, hint: str) -> bool:
    """Return whether the command takes the words and options of a hint, or it is a template."""
    match = re.fullmatch("(?:try|put several words in quotes): netkeep (.*)", hint)
    words = shlex.split(match[1], comments=True) if match else []
    line = TypedLine(root, words)
    is_template = any(re.match("[A-Z]{2,}", word) for word in words)
    if line.command is None or is_template or {"or", "--help"} & {*words}:
        return True
    try:
        line.command.make_context(line.name, [*line.rest])
    except (NetkeepError, TyperException):
        return False
    return True


def _guess(root: Any, arguments: Sequence[str], error: Any) -> str | None:
    parts = (token.split("=", 1) if token.startswith("--") else [token] for token in arguments)
    line = TypedLine(root, [*chain.from_iterable(parts)])
    message = error.sentence if isinstance(error, NetkeepError) else error.format_message()
    if hint := _guess_phrase(line):
        return hint
    if message.startswith("No such command"):
        return _guess_command(line)
    if message.startswith("No such option"):
        return _guess_option(line, error.option_name)
    if hint := _guess_value(line, message):
        return hint
    if line.name == "done":
        return _guess_done(line)
    if isinstance(error, NetkeepError):
        hint = _guess_people(line, getattr(error, "text", None))
    elif "unexpected extra argument" in message or (line.words and message.startswith("Missing")):
        hint = _guess_words(line)
    return hint or _guess_subject(line, line.words)


def guess_list(root: Any, words: Sequence[str]) -> str | None:
    """Return a hint for words of `list` that are no name; None without a guess."""
    line = TypedLine(root, ["list", *words])
    if hint := _guess_phrase(line):
        return hint
    meaning = understand(line)
    placed = meaning.line.hint(line) if meaning else None
    return placed if meaning and not meaning.text else _guess_subject(line, words) or placed


def _guess_people(line: TypedLine, typed: str | None) -> str | None:
    """Return a hint for a text that is no person, or another value that was refused."""
    meaning = understand(line)
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


def _guess_value(line: TypedLine, message: str) -> str | None:
    """Join the words that are the value of an option, and name the option of a value."""
    refused = {*re.split(r'[\s"()]+', message)}
    rest: list[str] = []
    waiting = line.rest
    while waiting:
        flag, waiting = waiting[0], waiting[1:]
        rest.append(flag)
        words = [*takewhile(lambda each: not each.startswith("-"), waiting)]
        if flag not in line.flags or line.flags[flag].is_flag or not words:
            continue
        count = line.count_value(flag, words)
        option = line.flags[flag]
        choice = [] if line.takes(flag, words[0]) else line.choice(words[0])
        if choice and option.metavar == "DAY" and count == 1:  # --by phone
            rest[-1:] = choice
        else:
            is_text = option.type.name == "str" and option.metavar not in line.parsers
            if is_text and (rest[1:] or not line.arguments) and refused & {*words}:
                count = len(words)
            rest.append(" ".join(words[:count]))
        waiting = waiting[count:]
    return line.with_rest(rest).hint(line)


def _guess_done(line: TypedLine) -> str | None:
    """Return a hint for several ids in one word, or the promises that may be meant."""
    if all(re.fullmatch("(#?[0-9]+,?)+|and|,", word) for word in line.words):
        ids = dict.fromkeys(re.findall("[0-9]+", " ".join(line.words)))
        return line.with_rest([*ids, *line.options]).hint(line)
    typed = key(" ".join(line.words)).split()
    with open_snapshot(line.context.path, now=None) as connection:
        promises = load_open_promises(connection) if connection else []
    lines = [
        f"{line.with_rest([str(each.id)])}  # {each.what}"
        for each in promises
        if all(f" {word}" in f" {key(f'{each.name} {each.what}')}" for word in typed)
    ]
    return f"try: {', or '.join(lines[:3])}" if lines else None


def _guess_phrase(line: TypedLine) -> str | None:
    """Return a hint for a word with the one after it, such as `add note`."""
    words = [word.lstrip("-").lower() for word in line.rest]
    index = next((i for i, word in enumerate(words) if not word.isdigit()), None)
    if index is None:
        phrase, rest = line.name.lower(), line.rest
        if line.command and rest:
            return None
    else:
        phrase = f"{line.name.lower()} {words[index]}"
        rest = [*line.rest[:index], *line.rest[index + 1 :]]
    return _suggest(line, phrase, rest)


def _guess_subject(line: TypedLine, words: Sequence[str]) -> str | None:
    """Return a hint for words such as `history` after a command or as an option."""
    word = "".join(words[:1]).lstrip("-").lower()
    meant = {template.split()[0] for template in COMMANDS.get(word, ())}
    shows = {*LISTS, "list", "timeline"}
    if line.name not in shows or not meant <= shows or word in line.root.commands:
        return None
    return _suggest(line, word, words[1:]) if COMMANDS.get(word) != (line.name,) else None


def _guess_command(line: TypedLine) -> str | None:
    typed, rest = line.first.lower(), line.rest
    words = [line.first, *rest]
    parts = [*typed.split("-"), *rest]
    if typed in SMALL_WORDS and rest:
        return _guess_command(TypedLine(line.root, [*line.globals, *rest]))
    if typed in {"set", "cadence", "every", "frequency"} and rest and not line.count_name(rest):
        return SETTINGS
    if hint := _suggest(line, typed, rest):
        return hint
    if "-" in typed and parts[0] in line.root.commands:
        return f"try: {in_place(TypedLine(line.root, [*line.globals, *parts]))}"
    if count := line.count_name(words):
        name = " ".join(words[:count])
        verb, rest = "".join(words[count : count + 1]), [name, *words[count + 1 :]]
        if verb in line.root.commands:
            return f"try: {_fill(line, f'{verb} {{}}', rest)}"
        return _suggest(line, verb, rest) or f"try: {_fill(line, 'show PERSON', words)}"
    meaning = understand(TypedLine(line.root, [*line.globals, "list", *words]))
    if meaning and not meaning.text:
        return meaning.line.hint(line)
    for command in get_close_matches(typed, line.root.commands, 1):
        return f"try: {_fill(line, f'{command} {{}}', rest)}"
    for word in get_close_matches(typed, COMMANDS, 1, SIMILAR):
        return _suggest(line, word, rest)
    return None


def _suggest(line: TypedLine, typed: str, rest: Sequence[str]) -> str | None:
    """Return a hint with the lines of COMMANDS for a word; None if it has none."""
    templates = COMMANDS.get(typed, ())
    fitting = [each for each in templates if bool(rest) == bool(SLOTS & {*each.split()})]
    suggestions = [str(_fill(line, each, rest)) for each in fitting or templates]
    return f"try: {', or '.join(suggestions)}" if suggestions else None


def _fill(line: TypedLine, template: str, rest: Sequence[str]) -> TypedLine:
    """Return a command line from a template of COMMANDS and what was typed after the word."""
    words = [*takewhile(lambda word: not word.startswith("-"), rest)]
    options = rest[len(words) :]
    tokens = template.split()
    most, longest = len(words) if "PEOPLE" in tokens else 1, 1 if "--name" in tokens else 3
    people, text = line.split_people(words, most, longest)
    if not people:
        people, text = words[:1] or ["PERSON"], words[1:]
    slots = {
        "{}": words,
        **dict.fromkeys(("PERSON", "PEOPLE"), people),
        "TEXT": [" ".join(text) or "TEXT"],
        "ID": re.findall("[0-9]+", " ".join(words)) or ["ID"],
        "NAME": [" ".join(words) or "NAME"],
    }
    filled = chain.from_iterable(slots.get(token, [token]) for token in tokens)
    meant = TypedLine(line.root, [*line.globals, *filled])
    known = {each for each in options if each.startswith("-")} <= {*meant.flags}
    if known or SLOTS & {*tokens}:  # else they belong to the words that are left out
        meant = meant.with_rest([*meant.rest, *options])
    return in_place(meant)


def _guess_option(line: TypedLine, option: str) -> str | None:
    if option in line.globals:
        return _guess_moved(line, option)
    if line.command is None:
        return None
    index = line.rest.index(option)
    before, after = line.rest[:index], line.rest[index + 1 :]
    roots = flags_of(line.root)
    if option in roots and not roots[option].hidden:
        count = 0 if roots[option].is_flag else 1
        moved = [*line.globals, option, *after[:count]]
        rest = [*line.name.split(), *before, *after[count:]]
        return f"try: {TypedLine(line.root, [*moved, *rest])}"
    if option == "--name" and line.arguments == ["[NAME]"]:  # the name is an argument
        return line.with_rest([*before, *after]).hint(line)
    if hint := _guess_flag(line, before, after, OPTIONS.get(option, "").split()):
        return hint
    strange = {word for word in line.rest if word.startswith("-") and word not in line.flags}
    words = [
        OPTIONS.get(word, word).split()[0].lstrip("-").replace("-", " ")
        if word in strange
        else word
        for word in line.rest
    ]
    unit = LENGTHS.get(option.strip("-s"))
    if unit and "".join(after[:1]).isdigit():
        words[index : index + 2] = [f"{after[0]}{unit}"]
    meaning = understand(line.with_rest(words))
    typed = {word.lstrip("-") for word in line.words} | {"PERSON"}
    if meaning and {*meaning.people, *meaning.text} <= typed:
        return meaning.line.hint(line)
    close = get_close_matches(option, line.flags, 1, SIMILAR) if option.startswith("--") else []
    return (
        _guess_flag(line, before, after, close)
        or _guess_elsewhere(line, option)
        or _guess_subject(line, [option, *before, *after])
    )


def _guess_moved(line: TypedLine, option: str) -> str | None:
    """Return a hint with an option after its command, if it was typed before it."""
    index = line.globals.index(option)
    tokens = [*line.globals[index + 1 :], line.first, *line.rest]
    for count in (0, 1):  # words of its value
        meant = TypedLine(line.root, [*line.globals[:index], *tokens[count:]])
        if option in meant.flags and meant.flags[option].is_flag == (count == 0):
            return meant.with_rest([*meant.rest, option, *tokens[:count]]).hint(line)
    return None


def _guess_flag(
    line: TypedLine, before: Sequence[str], after: Sequence[str], flags: Sequence[str]
) -> str | None:
    """Return a hint with the first of these options that the command has and that takes a value."""
    values = [*takewhile(lambda word: not word.startswith("-"), after)]
    for flag in flags:
        if flag in line.flags:
            count = line.count_value(flag, values)
            if not count or not values or line.takes(flag, " ".join(values[:count])):
                rest = [*before, *line.option(flag, values[:count]), *after[count:]]
                meant = line.with_rest(rest)
                others = [each for each in rest if each[:2] == "--" and each not in line.flags]
                hint = _guess_option(meant, others[0]) if others else None
                return hint or in_place(meant).hint(line)
    return None


def _guess_elsewhere(line: TypedLine, option: str) -> str | None:
    """Return a hint for an option of other commands: the line that works, or the commands."""
    named = line.takes_people and line.name in LISTS and line.split_people(line.words, 1)[0]
    name, more = ("edit", "") if named else ("list", LISTS.get(line.name, ""))
    meant = TypedLine(line.root, [*line.globals, name, *line.rest])
    if line.name in LISTS and {word for word in line.rest if word.startswith("-")} <= {
        *meant.flags
    }:
        more = "" if option in more else more
        return f"try: {in_place(meant.with_rest([*line.rest, *more.split()]))}"
    having = [
        name
        for name in line.root.list_commands(None)
        if option in flags_of(line.root.get_command(None, name))
    ]
    if having:
        return f"{option} is an option of: {', '.join(f'netkeep {name}' for name in having[:5])}"
    return None


def _guess_words(line: TypedLine) -> str | None:
    """Return a hint for words that are more than the arguments of the command."""
    if line.name == "config":
        return SETTINGS
    if hint := in_place(line).hint(line):
        return hint
    if not line.arguments:
        brief = TypedLine(line.root, [*line.globals, "brief", " ".join(line.words)])
        return f"try: {brief}" if line.find_people(brief.words[0]) else None
    emails = [word for word in line.words if "@" in word and "--email" in line.flags]
    words = [word for word in line.words if word not in emails]
    options = [*line.options, *(token for email in emails for token in ("--email", email))]
    last = len(line.arguments) - 1
    if line.takes_people and not last:
        return None  # several people
    if emails and " " in words[0] and words[1:]:  # a whole name, and more about the person
        options += ["--company", " ".join(words[1:])]
        del words[1:]
    return line.with_rest([*words[:last], " ".join(words[last:]), *options]).hint(line)
