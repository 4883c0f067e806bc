"""Commands take as many steps of SQLite in a large network as in a small one."""

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

SMALL, LARGE = 1_000, 10_000  # people; 20 of them are due
MAX_GROWTH = 1.1  # at most, from the small network to the large one
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
    "--complete-names zoe people",  # the last of all names
)
# Tables that may be scanned: lists of given ids, and tables that do not grow with the network.
SHORT = {
    *("json_each", "pragma_table_info", "one", "alembic_version", "sqlite_sequence"),
    *("round", "round_part", "own_news", "change"),
    *(f"(subquery-{number})" for number in range(1, 12, 2)),
}


@dataclass
class Watch:
    """The statements that were executed, and the steps that SQLite took for them."""

    statements: list[str] = field(default_factory=list)
    steps: int = 0

    def begin(self, connection: sqlite3.Connection) -> None:
        connection.set_trace_callback(self._note)
        connection.set_progress_handler(self._step, 1)

    def scanned(self, path: Path) -> set[str]:
        """Return the tables that were scanned, by themselves or by an index."""
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
        if not statement.startswith("--"):  # a statement of a trigger begins so
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
def copy_of(networks: dict[int, Path], tmp_path: Path) -> Callable[[int], Path]:
    """Copy a network that is unchanged since its backup, so that no backup is made."""

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
    """Run a command on a file, and watch every connection that it opens."""
    connect = sqlite3.connect

    # Up to this size, a file is checked in a time that grows with it.
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
Copy = Callable[[int], Path]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_take_as_many_steps_in_a_large_network_as_in_a_small_one(
    watched: Run, copy_of: Copy, command: str
) -> None:
    few, many = watched(command, copy_of(SMALL)), watched(command, copy_of(LARGE))
    assert len(many.statements) == len(few.statements)
    assert 0 < many.steps <= few.steps * MAX_GROWTH


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_scans_a_large_table(watched: Run, copy_of: Copy, command: str) -> None:
    path = copy_of(SMALL)
    assert watched(command, path).scanned(path) == set()


NEEDED_INDEXES = [
    ("due", "contact_by_due"),
    ("due", "contact_by_birthday"),
    ("prompt", "contact_by_due"),
    ("show lovelace", "touchpoint_by_contact"),
    ("brief lovelace", "touchpoint_by_contact"),
    ("log lovelace --purpose ask", "touchpoint_by_contact"),
    ("--complete-names ada-love people", "contact_by_name"),
]


@pytest.mark.parametrize(("command", "index"), NEEDED_INDEXES)
def test_command_takes_more_steps_without_its_index(
    watched: Run, copy_of: Copy, command: str, index: str
) -> None:
    few, many = copy_of(SMALL), copy_of(LARGE)
    for path in (few, many):
        change(path, f"DROP INDEX {index}")
    assert watched(command, many).steps > watched(command, few).steps * MAX_GROWTH


@pytest.mark.parametrize(
    ("command", "index"), NEEDED_INDEXES[:-1]
)  # the last one uses another index
def test_command_scans_a_table_without_its_index(
    watched: Run, copy_of: Copy, command: str, index: str
) -> None:
    path = copy_of(SMALL)
    change(path, f"DROP INDEX {index}")
    assert watched(command, path).scanned(path) & {"contact", "touchpoint", "t"}
