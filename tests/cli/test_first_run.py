"""The first run: every reading command says how to begin, and creates no file."""

import shlex
from pathlib import Path

import pytest

from netkeep.cli.app import PANELS
from tests.cli.terminal import Terminal, ending
from tests.conftest import Fails, Netkeep

ADD_EXAMPLE = 'netkeep add "Ada Lovelace" --kind friend'
FIRST = f"You have no contacts yet. Add one: {ADD_EXAMPLE}\n"
NO_ROUND = "You have no rounds yet. Add one: netkeep round add --preset holidays\n"
NO_CANDIDATES = "No candidates are waiting. To import some: netkeep import contacts.vcf\n"
WRITING = {
    *("log", "snooze", "add", "edit", "keep", "drop", "forget", "news", "visit", "promise"),
    *("done", "amend", "import", "redo", "backup", "sync"),
}
WALKS = {"review", "triage"}
# The hint of each command; most of them suggest to add a contact.
HINTS = {
    "due": FIRST,
    "due --by 'in 1 week'": FIRST,
    "brief": FIRST,
    "list": FIRST,
    "list --status all": FIRST,
    "find chess": FIRST,
    "timeline": FIRST,
    "show ada": FIRST,
    "brief ada": FIRST,
    "timeline ada": FIRST,
    "balance": FIRST,
    "stats --tree": FIRST,
    "merge --suggest": FIRST,
    "undo --list": FIRST,
    "restore": FIRST,
    "me": 'You have no news of your own yet. Try: netkeep me "Started at Initech"\n',
    "round list": NO_ROUND,
    "round show summer": NO_ROUND,
}
# Commands that have output without contacts, and their messages.
ANSWERING = {"stats": FIRST, "export": FIRST, "prompt": "", "doctor": "", "config": ""}
ABOUT_THE_FILE = {"undo --list", "restore"}


def test_every_command_is_tested() -> None:
    tried = {line.split()[0] for line in (*HINTS, *ANSWERING)}
    assert tried | WRITING | WALKS | {"completion", "help"} == set(PANELS)


@pytest.mark.parametrize("command", HINTS)
def test_output_is_empty_in_every_format_with_a_hint(
    netkeep: Netkeep, home: Path, command: str
) -> None:
    words = shlex.split(command)
    assert netkeep(*words, err=HINTS[command]).out == ""
    assert netkeep(*words, "-f", "tsv", err=HINTS[command]).out == ""
    assert netkeep(*words, "-f", "table", err=HINTS[command]).out == ""
    assert netkeep(*words, "-f", "csv", err=HINTS[command]).out.count("\n") <= 1
    assert netkeep(*words, "-f", "json", err=HINTS[command]).out in {"[]\n", ""}
    assert not any(home.iterdir())


@pytest.mark.parametrize("command", ANSWERING)
def test_command_that_works_without_contacts_creates_no_file(
    netkeep: Netkeep, home: Path, command: str
) -> None:
    netkeep(command, err=ANSWERING[command])
    assert not any(home.iterdir())


@pytest.mark.parametrize("command", [*HINTS, *ANSWERING, *sorted(WALKS)])
def test_terminal_shows_one_line_of_hint(terminal: Terminal, home: Path, command: str) -> None:
    said, code = ending(terminal.run(*shlex.split(command)))
    assert code == 0
    if command not in {"prompt", "doctor", "config", "export"}:
        assert said == HINTS.get(command, NO_CANDIDATES if command == "triage" else FIRST)
    assert not any(home.iterdir())


@pytest.mark.parametrize("command", ["undo", "undo 3", "redo", "undo --dry-run"])
def test_undo_creates_no_file(fails: Fails, home: Path, command: str) -> None:
    fails(*command.split(), code=1)
    assert not any(home.iterdir())


@pytest.mark.parametrize("command", ["log ada", "edit ada -k friend", "round remove summer"])
def test_change_of_a_missing_contact_fails_and_creates_no_file(
    fails: Fails, home: Path, command: str
) -> None:
    fails(*command.split(), code=3)
    assert not any(home.iterdir())


@pytest.mark.parametrize(
    "command", [line for line in HINTS if HINTS[line] == FIRST and line not in ABOUT_THE_FILE]
)
def test_database_without_contacts_gives_the_same_hints(netkeep: Netkeep, command: str) -> None:
    netkeep("me", "Started at Initech")
    assert netkeep(*shlex.split(command), err=FIRST).out == ""
