"""In a script: no command waits for input, and an option answers each question."""

import shlex
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from netkeep.cli.app import PANELS
from tests.conftest import Netkeep, Process

# Commands that ask a question on a terminal, and their exit code without one.
ASKING = {
    "add": 2,
    "add 'Ada Lovelace'": 1,
    "log ada": 3,
    "log grace -n -": 2,
    "snooze ada 2w": 3,
    "show ada": 3,
    "edit grace": 2,
    "merge ada grace": 3,
    "forget grace": 5,
    "restore copy.db": 5,
    "review": 5,
    "triage": 5,
}
# Commands with the answer, by an option, an id or standard input; and that input.
ANSWERED = {
    "add Emmy": "",
    "add 'Ada Lovelace' --force": "",
    "log 1": "",
    "log grace -n -": "Spoke about compilers",
    "snooze 1 2w": "",
    "show 1": "",
    "edit grace --city Boston": "",
    "merge 1 2": "",
    "forget grace --yes": "",
    "restore copy.db --yes": "",
    "due -f json": "",
    "list --status candidate": "",
    "config -f json": "",
}


EVERY = 4  # one command of so many is tested in a run that is not thorough


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Start a process for every command in a thorough run, else for some of them."""
    commands: dict[str, Iterable[str]] = {
        "test_question_without_a_terminal_is_an_error": ASKING,
        "test_option_or_input_answers_the_question": ANSWERED,
        "test_no_command_waits_for_input": PANELS,
    }
    every = 1 if metafunc.config.getoption("--thorough") else EVERY
    metafunc.parametrize("command", list(commands[metafunc.function.__name__])[::every])


@pytest.fixture(autouse=True)
def network(netkeep: Netkeep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    netkeep("add", "Ada Lovelace")
    netkeep("add", "Ada Byron")
    netkeep("add", "Grace Hopper")
    netkeep("backup", "copy.db")


def test_question_without_a_terminal_is_an_error(
    process: Process, netkeep: Netkeep, command: str
) -> None:
    before = netkeep("export").out
    ended = process(*shlex.split(command), stdin=subprocess.DEVNULL)
    said = ended.stderr.decode().splitlines()
    assert (ended.returncode, ended.stdout) == (ASKING[command], b"")
    assert 1 <= len(said) <= 2
    assert said[0].startswith("netkeep: ")
    assert all(line.startswith("  ") for line in said[1:])
    assert netkeep("export").out == before


def test_option_or_input_answers_the_question(process: Process, command: str) -> None:
    ended = process(*shlex.split(command), input=ANSWERED[command].encode())
    assert ended.returncode == 0, ended.stderr


def test_no_command_waits_for_input(process: Process, command: str) -> None:
    ended = process(command, stdin=subprocess.DEVNULL)
    assert ended.returncode in {0, 1, 2, 3, 5}
    assert b"Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) <= 2
