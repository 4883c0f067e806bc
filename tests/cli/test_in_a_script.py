"""In a script: what asks on a terminal waits for nobody, and takes its answer from a flag."""

import shlex
import subprocess
from pathlib import Path

import pytest

from netkeep.cli.app import PANELS
from tests.conftest import Netkeep, Process

# What asks on a terminal, and the exit code where nobody can answer.
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
# The same without a question: by a flag, an id, or what comes in.
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


@pytest.fixture(autouse=True)
def network(netkeep: Netkeep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    netkeep("add", "Ada Lovelace")
    netkeep("add", "Ada Byron")
    netkeep("add", "Grace Hopper")
    netkeep("backup", "copy.db")


@pytest.mark.parametrize("command", ASKING)
def test_where_nobody_can_answer_it_ends_with_a_line(
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


@pytest.mark.parametrize("command", ANSWERED)
def test_every_question_has_an_answer_that_can_be_given_with_it(
    process: Process, command: str
) -> None:
    ended = process(*shlex.split(command), input=ANSWERED[command].encode())
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("command", PANELS)
def test_no_command_waits_for_anybody(process: Process, command: str) -> None:
    ended = process(command, stdin=subprocess.DEVNULL)
    assert ended.returncode in {0, 1, 2, 3, 5}
    assert b"Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) <= 2
