"""What a command asks of the file takes as many steps in a large network as in a small one."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from netkeep.__main__ import _run
from netkeep.store import transaction
from netkeep.store.backup import folder_of, stamp
from tests.bench.networks import make_network
from tests.conftest import change

SMALL, LARGE = 1_000, 10_000  # people, of whom 20 are due
MORE_STEPS = 1.1  # times as many, at most
COMMANDS = (
    "due",
    "list --limit 20",
    "show lovelace",
    "brief lovelace",
    "log lovelace",
    "log lovelace --purpose ask",
    "snooze lovelace 2w",
    "add Mary",
    "prompt",
    "--complete-names ada-love people",
    "--complete-names zoe people",  # after all other names in the order of names
)
# What may be gone through from end to end: tables as short as what is asked for, and those that
# are as short in any network.
SHORT = {
    *("json_each", "pragma_table_info", "one", "alembic_version", "sqlite_sequence"),
    *("round", "round_part", "own_news", "change"),
    *(f"(subquery-{number})" for number in range(1, 12, 2)),
}


@dataclass
class Watch:
    """What the file was asked, and how many steps of SQLite's machine it took."""

    statements: list[str] = field(default_factory=list)
    steps: int = 0

    def begin(self, connection: sqlite3.Connection) -> None:
        connection.set_trace_callback(self._note)
        connection.set_progress_handler(self._step, 1)

    def scanned(self, path: Path) -> set[str]:
        """The tables that were gone through from end to end, or an index of them."""
        with closing(sqlite3.connect(path)) as other:
            plans = [
                row[3]
                for statement in self.statements
                if statement.lstrip().startswith(("SELECT", "UPDATE", "DELETE"))
                for row in other.execute(f"EXPLAIN QUERY PLAN {statement}")
            ]
        assert plans
        return {plan.split()[1] for plan in plans if plan.startswith("SCAN")} - SHORT

    def _note(self, statement: str) -> None:
        if not statement.startswith("--"):  # which is one of a trigger
            self.statements.append(statement)

    def _step(self) -> int:
        self.steps += 1
        return 0


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    made = {people: tmp_path_factory.mktemp("network") / "netkeep.db" for people in (SMALL, LARGE)}
    for people, path in made.items():
        make_network(path, people)
    return made


@pytest.fixture
def own(networks: dict[int, Path], tmp_path: Path) -> Callable[[int], Path]:
    """Make a copy of a network, unchanged since its backup, be it midnight meanwhile."""

    def copy(people: int) -> Path:
        path = tmp_path / f"{people}.db"
        shutil.copyfile(networks[people], path)
        os.utime(path, (0, 0))
        folder_of(path).mkdir()
        (folder_of(path) / f"{stamp(datetime.now(UTC))}-daily.db").touch()
        return path

    return copy


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Path], Watch]:
    """Run a command on a file, and watch every connection it makes."""
    connect = sqlite3.connect

    # The check of a small file takes longer the larger the file is, up to the limit.
    monkeypatch.setattr(transaction, "CHECKED_BYTES", 0)

    def run(command: str, path: Path) -> Watch:
        watch = Watch()

        def connect_and_watch(*arguments: Any, **options: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*arguments, **options)
            watch.begin(connection)
            return connection

        monkeypatch.setenv("NETKEEP_DB", str(path))
        with monkeypatch.context() as patched:
            patched.setattr(sqlite3, "connect", connect_and_watch)
            assert _run(command.split()) == 0
        return watch

    return run


Run = Callable[[str, Path], Watch]
Own = Callable[[int], Path]


@pytest.mark.parametrize("command", COMMANDS)
def test_many_people_are_no_more_work_than_few(watched: Run, own: Own, command: str) -> None:
    few, many = watched(command, own(SMALL)), watched(command, own(LARGE))
    assert len(many.statements) == len(few.statements)
    assert 0 < many.steps <= few.steps * MORE_STEPS


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_goes_through_everybody(watched: Run, own: Own, command: str) -> None:
    path = own(SMALL)
    assert watched(command, path).scanned(path) == set()


WITHOUT = [
    ("due", "contact_by_due"),
    ("due", "contact_by_birthday"),
    ("prompt", "contact_by_due"),
    ("show lovelace", "touchpoint_by_contact"),
    ("brief lovelace", "touchpoint_by_contact"),
    ("log lovelace --purpose ask", "touchpoint_by_contact"),
    ("--complete-names ada-love people", "contact_by_name"),
]


@pytest.mark.parametrize(("command", "index"), WITHOUT)
def test_without_its_index_a_command_takes_more_steps(
    watched: Run, own: Own, command: str, index: str
) -> None:
    few, many = own(SMALL), own(LARGE)
    for path in (few, many):
        change(path, f"DROP INDEX {index}")
    assert watched(command, many).steps > watched(command, few).steps * MORE_STEPS


@pytest.mark.parametrize(("command", "index"), WITHOUT[:-1])  # the last finds another index
def test_without_its_index_a_command_goes_through_everybody(
    watched: Run, own: Own, command: str, index: str
) -> None:
    path = own(SMALL)
    change(path, f"DROP INDEX {index}")
    assert watched(command, path).scanned(path) & {"contact", "touchpoint", "t"}
