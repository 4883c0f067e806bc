"""Guess the command that the user meant, for the hint of an error.

This is loaded only after a command line has failed. Guesses have the words that the user typed, so
that they can be run as they are.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

from netkeep.config import find_database
from netkeep.domain.contact import Kind
from netkeep.domain.days import Toward, parse_day
from netkeep.domain.people import Tier, match_people
from netkeep.domain.text import SYNONYMS, key, parse_choice
from netkeep.domain.touchpoint import Channel, Purpose
from netkeep.errors import AmbiguousPersonError, BadValueError, NoSuchPersonError
from netkeep.store.connection import open_snapshot
from netkeep.store.queries import contacts as queries

# The command lines that may be meant, by the typed word. {} is everything typed after it, {0} the
# first word of that, {1} the rest.
COMMANDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("delete", "rm", "remove", "del"), ("drop {}", "forget {}")),
    **dict.fromkeys(("erase", "destroy", "purge"), ("forget {}",)),
    **dict.fromkeys(("archive", "unfollow", "reject", "disable", "ignore"), ("drop {}",)),
    **dict.fromkeys(("search", "grep", "query", "where"), ("find {}",)),
    **dict.fromkeys(("history", "activity", "interactions", "touchpoints"), ("timeline {}",)),
    **dict.fromkeys(
        ("remind", "reminder", "todo", "task", "followup", "schedule"),
        ("promise {0} {1} --by DAY",),
    ),
    **dict.fromkeys(("cadence", "every", "frequency"), ("edit {0} --every {1}",)),
    **dict.fromkeys(("note", "notes", "annotate"), ("edit {0} --add-note {1}",)),
    **dict.fromkeys(("new", "create", "insert"), ("add {}",)),
    **dict.fromkeys(("ls", "contacts", "people", "all"), ("list {}",)),
    **dict.fromkeys(("candidates", "inbox"), ("list --status candidate",)),
    **dict.fromkeys(("today", "agenda", "next", "overdue", "now", "status"), ("due",)),
    **dict.fromkeys(("tomorrow", "upcoming", "soon", "week"), ("due --by tomorrow", "due --by 7d")),
    **dict.fromkeys(
        ("view", "open", "get", "info", "card", "whois", "who", "contact"), ("show {}",)
    ),
    **dict.fromkeys(("update", "change", "set", "modify"), ("edit {}",)),
    **dict.fromkeys(("tag", "label"), ("edit {0} --add-tag {1}",)),
    **dict.fromkeys(("untag", "unlabel"), ("edit {0} --remove-tag {1}",)),
    **dict.fromkeys(("touch", "contacted", "talk", "talked", "spoke", "called"), ("log {}",)),
    **dict.fromkeys(("meet", "met"), ("log {} --channel meeting",)),
    **dict.fromkeys(
        ("postpone", "later", "defer", "hide", "wait", "pause", "skip"), ("snooze {}",)
    ),
    **dict.fromkeys(("accept", "approve", "restore-contact"), ("keep {}",)),
    **dict.fromkeys(("dedupe", "duplicates", "dups"), ("merge --suggest",)),
    **dict.fromkeys(("holidays", "season"), ("round add --preset holidays",)),
    **dict.fromkeys(("trip", "travel"), ("visit --trip CITY --from DAY --to DAY",)),
    **dict.fromkeys(("settings", "preferences", "configure"), ("config",)),
    **dict.fromkeys(("report", "statistics", "dashboard"), ("stats",)),
    **dict.fromkeys(("check", "repair", "fsck"), ("doctor",)),
    **dict.fromkeys(("load", "sync-from"), ("import {}",)),
    **dict.fromkeys(("dump", "save"), ("export {}",)),
    **dict.fromkeys(("introduce", "introductions", "tree"), ("stats --tree",)),
    **{purpose: (f"log {{}} --purpose {purpose}",) for purpose in ("thank", "congratulate", "ask")},
    "birthdays": ("due --by 31d",),
    "birthday": ("edit {0} --birthday {1}",),
    "promises": ("due --by 31d",),
    "rename": ("edit {0} --name {1}",),
    "unsnooze": ("snooze {} none",),
    "visits": ("due --by 31d",),
    "version": ("--version",),
    **dict.fromkeys(("usage", "man", "manual"), ("help {}",)),
    "init": ("add {}",),
}
COMMANDS |= {
    word: (f"log {{}} --channel {channel}",)
    for word, channel in ({each.value: each.value for each in Channel} | SYNONYMS).items()
    if word not in COMMANDS and channel != Channel.other
}
# The options that may be meant, by the typed option; the first that the command has is suggested.
OPTIONS = {
    **dict.fromkeys(("-n", "--max", "--number", "--top", "-l", "--last"), "--limit"),
    **dict.fromkeys(("--date", "--day", "--when", "-d"), "--on"),
    **dict.fromkeys(("--on", "--until", "--before", "--within", "--due"), "--by --to"),
    **dict.fromkeys(("--from", "--after"), "--since"),
    **dict.fromkeys(("--cadence", "--frequency"), "--every"),
    **dict.fromkeys(("--type", "--via", "--method"), "--channel --kind"),
    **dict.fromkeys(("--message", "-m", "--comment", "--text"), "--note"),
    **dict.fromkeys(("--org", "--organization", "--employer"), "--company"),
    **dict.fromkeys(("--tags", "--label", "--group"), "--tag"),
    **dict.fromkeys(("--mail", "--e-mail"), "--email"),
    **dict.fromkeys(("--mobile", "--tel"), "--phone"),
    **dict.fromkeys(("--job", "--role", "--position"), "--title"),
    **dict.fromkeys(("--order", "--order-by"), "--sort"),
    **dict.fromkeys(("--output", "-o"), "--format"),
    **dict.fromkeys(("--confirm", "--no-input"), "--yes"),
    **{f"--{status}": f"--status={status}" for status in ("active", "all", "dropped")},
    "--candidates": "--status=candidate",
    "--where": "--met",
    "--why": "--reason",
}


def guess(root: Any, arguments: Sequence[str], error: Any) -> str | None:
    """Return a hint for a command line that failed; None without a guess."""
    line = _Line(root, arguments)
    if isinstance(error, NoSuchPersonError | AmbiguousPersonError):
        return _guess_people(line, error)
    message = error.format_message()
    if message.startswith("No such command") and line.command is None:
        return _guess_command(line)
    if message.startswith("No such option"):
        return _guess_option(line, error.option_name)
    if "unexpected extra argument" in message:
        return _guess_words(line)
    if message.startswith("Missing option '--by'"):
        return _guess_day(line)
    return None


def _guess_people(line: _Line, error: NoSuchPersonError | AmbiguousPersonError) -> str | None:
    if line.command is None or error.text not in line.words:
        return None
    index = line.words.index(error.text)
    people, rest = line.words[:index], line.words[index:]
    whole = " ".join(line.words)
    if len(line.words) > 1 and len(line.find_people(whole)) == 1:
        return _words_hint(line.typed([whole]))
    if not people or isinstance(error, AmbiguousPersonError):
        return None
    if any(line.find_people(word) for word in rest[1:]):  # a misspelt name among others
        return None
    options: list[str] = []
    if line.name == "log":
        options = _log_options(rest)
    elif line.name == "keep" and (kind := _choice(Kind, " ".join(rest))):
        options = ["--kind", kind]
    elif line.name == "drop":
        options = ["--reason", " ".join(rest)]
    # A single word may also be a misspelt name, or the name of a person who was not added yet.
    if not options or (
        options in (["-n", error.text], ["--reason", error.text]) and " " not in error.text
    ):
        return None
    return f"try: {line.typed(people, options)}"


class _Line:
    """A command line, split into global options, the command, its words and its options."""

    def __init__(self, root: Any, arguments: Sequence[str]) -> None:
        self.root = root
        self.globals, rest = _split_options(root, list(arguments), until_word=True)
        self.first = rest[0] if rest else ""
        self.command = root.get_command(None, self.first)
        self.name, rest = self.first, rest[1:]
        if hasattr(self.command, "commands") and rest and rest[0] in self.command.commands:
            self.command = self.command.commands[rest[0]]
            self.name, rest = f"{self.name} {rest[0]}", rest[1:]
        self.rest = rest
        self.options: list[str] = []
        self.words = rest
        if self.command:
            self.options, self.words = _split_options(self.command, rest)

    def typed(self, words: Sequence[str], options: Sequence[str] = (), name: str = "") -> str:
        """Return the command line, quoted, with these words and additional options."""
        return quoted(
            [
                "netkeep",
                *self.globals,
                *(name or self.name).split(),
                *words,
                *self.options,
                *options,
            ]
        )

    def guess(self, template: str) -> str:
        """Return a command line from a template of COMMANDS."""
        words = [*takewhile(lambda word: not word.startswith("-"), self.rest)]
        options = self.rest[len(words) :]
        first, rest = words[:1], words[1:]
        text = template.replace(" --by DAY", "") if "--by" in options else template
        text = text.replace("{0}", quoted(first) or "PERSON")
        text = text.replace("{1}", quoted([" ".join(rest)]) if rest else "TEXT")
        text = text.replace("{}", quoted(words))
        parts = quoted(["netkeep", *self.globals]), text, quoted(options)
        return " ".join(" ".join(parts).split())

    def find_people(self, text: str) -> list[Any]:
        """Return the people who may be meant."""
        db = os.environ.get("NETKEEP_DB") or None
        if "--db" in self.globals:
            db = self.globals[self.globals.index("--db") + 1]
        with open_snapshot(find_database(db), now=None) as connection:
            if connection is None or not key(text):
                return []

            def read(tier: Tier, status: Any) -> Any:
                if tier is Tier.anywhere:
                    return []
                return queries.people_by_word_starts(connection, key(text), status)

            return match_people(text, queries.people_by_key(connection, key(text)), read)


def quoted(words: Sequence[str]) -> str:
    """Quote and join words for a shell, with double quotes if possible."""
    return " ".join(
        f'"{word}"' if " " in word and not set(word) & set('"\\$`!') else shlex.quote(word)
        for word in words
    )


def _split_options(
    command: Any, tokens: list[str], *, until_word: bool = False
) -> tuple[list[str], list[str]]:
    """Return the options with their values, and the words between them."""
    takes_value = {
        flag: not option.is_flag
        for option in command.params
        if option.param_type_name == "option"
        for flag in (*option.opts, *option.secondary_opts)
    }
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
            if takes_value.get(each):
                options += [value for value in [next(waiting, None)] if value is not None]
    return options, words


def _guess_command(line: _Line) -> str | None:
    if templates := COMMANDS.get(line.first.lower()):
        return f"try: {', or '.join(line.guess(template) for template in templates)}"
    name = " ".join([line.first, *(word for word in line.rest if not word.startswith("-"))])
    for text in (name, line.first):
        if line.find_people(text):
            return f"try: {quoted(['netkeep', *line.globals, 'show', text])}"
    return None


def _guess_option(line: _Line, option: str) -> str | None:
    root_flags = {flag for each in line.root.params for flag in each.opts}
    if line.command is None:
        return None
    if option in root_flags:
        index = next(i for i, token in enumerate(line.rest) if token.split("=")[0] == option)
        end = index + 1
        takes_value = any(option in each.opts and not each.is_flag for each in line.root.params)
        if takes_value and "=" not in line.rest[index]:
            end += 1
        moved, others = line.rest[index:end], [*line.rest[:index], *line.rest[end:]]
        return f"try: {quoted(['netkeep', *line.globals, *moved, *line.name.split(), *others])}"
    if option == "--name" and line.name == "add":
        rest = [token for token in line.rest if token != option]
        return f"try: {quoted(['netkeep', *line.globals, 'add', *rest])}"
    own = {flag for each in line.command.params for flag in each.opts}
    for meant in OPTIONS.get(option, "").split():
        if meant.partition("=")[0] in own:
            rest = [meant if token == option else token for token in line.rest]
            return f"try: {quoted(['netkeep', *line.globals, *line.name.split(), *rest])}"
    having = [
        name
        for name in line.root.list_commands(None)
        if any(option in each.opts for each in line.root.get_command(None, name).params)
    ]
    close = option.startswith("--") and any(flag.startswith(option[:4]) for flag in own)
    if having and not close:
        return f"{option} is an option of: {', '.join(f'netkeep {name}' for name in having[:5])}"
    return None


def _guess_words(line: _Line) -> str | None:
    text = " ".join(line.words)
    if line.name == "config":
        return "to change a setting, edit the file that this prints: netkeep config --path"
    if line.name in {"due", "review", "triage", "prompt", "balance", "stats"}:
        if line.name == "due" and _is_day(text):
            return f"try: {line.typed([], ['--by', text])}"
        own = {flag for each in line.command.params for flag in each.opts}
        if "--kind" in own and (kind := _choice(Kind, text) or _choice(Kind, text.rstrip("s"))):
            return f"try: {line.typed([], ['--kind', kind])}"
        if line.find_people(text):
            return f"try: {quoted(['netkeep', *line.globals, 'brief', text])}"
        return None
    arguments = [each for each in line.command.params if each.param_type_name == "argument"]
    if not arguments:
        return None
    last = len(arguments) - 1
    return _words_hint(line.typed([*line.words[:last], " ".join(line.words[last:])]))


def _guess_day(line: _Line) -> str:
    """Take the last words of a promise, such as `by friday`, for the day."""
    *words, last = line.words
    if words and _is_day(last):
        if words[-1].lower() in {"by", "on"}:
            words.pop()
        return f"try: {line.typed(words, ['--by', last])}"
    return f"try: {line.typed(line.words)} --by DAY"


def _words_hint(command_line: str) -> str:
    return f"put several words in quotes: {command_line}"


def _log_options(words: Sequence[str]) -> list[str]:
    """Return the words after the people of `log` as options."""
    options: list[str] = []
    for index, word in enumerate(words):
        if channel := _choice(Channel, word):
            options += ["--channel", channel]
        elif purpose := _choice(Purpose, word):
            options += ["--purpose", purpose]
        elif _is_day(word):
            options += ["--on", word]
        else:
            return [*options, "-n", " ".join(words[index:])]
    return options


def _choice(values: Any, text: str) -> str | None:
    """Return the value that a word of at least three letters stands for; None for other words."""
    with suppress(BadValueError):
        if len(text) > 2:
            return str(parse_choice(values, text, "value"))
    return None


def _is_day(text: str) -> bool:
    try:
        parse_day(text, datetime.now(UTC).astimezone().date(), Toward.PAST)
    except BadValueError:
        return False
    return True
