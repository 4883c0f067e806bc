"""The first run: every command that only looks says what to do first, and makes no file."""

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
# What each says first of all; most of them to add somebody.
SAID = {
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
# What has an answer before there is anybody, and what, by its purpose, says nothing.
ANSWERING = {"stats": FIRST, "export": FIRST, "prompt": "", "doctor": "", "config": ""}
OF_THE_FILE = {"undo --list", "restore"}


def test_no_command_is_forgotten() -> None:
    tried = {line.split()[0] for line in (*SAID, *ANSWERING)}
    assert tried | WRITING | WALKS | {"completion", "help"} == set(PANELS)


@pytest.mark.parametrize("command", SAID)
def test_in_a_pipe_the_answer_is_empty_in_every_format(
    netkeep: Netkeep, home: Path, command: str
) -> None:
    words = shlex.split(command)
    assert netkeep(*words, err=SAID[command]).out == ""
    assert netkeep(*words, "-f", "tsv", err=SAID[command]).out == ""
    assert netkeep(*words, "-f", "table", err=SAID[command]).out == ""
    assert netkeep(*words, "-f", "csv", err=SAID[command]).out.count("\n") <= 1
    assert netkeep(*words, "-f", "json", err=SAID[command]).out in {"[]\n", ""}
    assert not any(home.iterdir())


@pytest.mark.parametrize("command", ANSWERING)
def test_what_answers_all_the_same_makes_no_file(
    netkeep: Netkeep, home: Path, command: str
) -> None:
    netkeep(command, err=ANSWERING[command])
    assert not any(home.iterdir())


@pytest.mark.parametrize("command", [*SAID, *ANSWERING, *sorted(WALKS)])
def test_on_a_terminal_one_line_says_what_to_do_first(
    terminal: Terminal, home: Path, command: str
) -> None:
    said, code = ending(terminal.run(*shlex.split(command)))
    assert code == 0
    if command not in {"prompt", "doctor", "config", "export"}:
        assert said == SAID.get(command, NO_CANDIDATES if command == "triage" else FIRST)
    assert not any(home.iterdir())


@pytest.mark.parametrize("command", ["undo", "undo 3", "redo", "undo --dry-run"])
def test_undo_without_a_file_makes_none(fails: Fails, home: Path, command: str) -> None:
    fails(*command.split(), code=1)
    assert not any(home.iterdir())


@pytest.mark.parametrize("command", ["log ada", "edit ada -k friend", "round remove summer"])
def test_what_would_change_something_fails(fails: Fails, home: Path, command: str) -> None:
    fails(*command.split(), code=3)
    assert not any(home.iterdir())


@pytest.mark.parametrize(
    "command", [line for line in SAID if SAID[line] == FIRST and line not in OF_THE_FILE]
)
def test_a_file_without_anybody_is_as_good_as_none(netkeep: Netkeep, command: str) -> None:
    netkeep("me", "Started at Initech")
    assert netkeep(*shlex.split(command), err=FIRST).out == ""
