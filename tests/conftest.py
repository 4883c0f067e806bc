"""Fixtures of all tests: an empty home, a fixed day, and netkeep as a function."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import Connection

from netkeep.cli.app import run
from netkeep.store import migrations
from netkeep.store.connection import APPLICATION_ID
from netkeep.store.transaction import transaction

settings.register_profile("default", deadline=None)
settings.load_profile("default")


TODAY = "2026-11-23"  # a Monday


@dataclass(frozen=True)
class Result:
    """What a command line printed, and its exit code."""

    out: str
    err: str
    code: int

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def names(self) -> list[str]:
        return [record["name"] for record in self.json]


Netkeep = Callable[..., Result]
Fails = Callable[..., str]
Process = Callable[..., subprocess.CompletedProcess[bytes]]
Configure = Callable[[str], Path]


def change(database: Path, *sql: str) -> None:
    """Execute SQL on a database, as another program would."""
    with closing(sqlite3.connect(database)) as connection, connection:
        for each in sql:
            connection.execute(each)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--thorough",
        action="store_true",
        help="Run all cases of the long tests, not only some of them.",
    )
    parser.addoption(
        "--redraw", action="store_true", help="Draw the pictures of tests/cli/pictures again."
    )
    parser.addoption(
        "--transcript", metavar="FILE", type=Path, help="Append what netkeep prints to this file."
    )


# Tests with one of these fixtures or in one of these modules are slow. They use processes,
# terminals, shells, servers, state machines or large files, or make a network for every test.
# The others take about a minute on two cores.
SLOW_FIXTURES = {"editor", "process", "terminal", "thorough"}
SLOW_MODULES = {
    "tests": ["architecture", "package"],
    "cli": [
        *("any_sequence", "at_once", "cut_off", "damage", "export", "find", "full_disk"),
        *("hostile_text", "import_at_scale", "import_cases", "import_formats", "list_show"),
        *("merge", "pictures", "processes", "promise", "recipes", "round", "scenarios", "stats"),
        *("sync", "sync_any_sequence", "sync_servers", "vdirsyncer", "visit"),
    ],
    "store": ["file", "migrations", "queries", "steady"],
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the slow tests, and without --thorough keep one in n cases of those marked sampled."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        in_folder = SLOW_MODULES.get(item.path.parent.name, [])
        if fixtures & SLOW_FIXTURES or item.path.stem.removeprefix("test_") in in_folder:
            item.add_marker(pytest.mark.slow)
    if not config.getoption("--thorough"):
        cases: Counter[str] = Counter()
        for item in list(items):
            if mark := item.get_closest_marker("sampled"):
                test = item.nodeid.partition("[")[0]
                if cases[test] % mark.args[0]:
                    items.remove(item)
                cases[test] += 1


@pytest.fixture(scope="session")
def thorough(pytestconfig: pytest.Config) -> bool:
    """Whether to run all cases of the long tests."""
    return bool(pytestconfig.getoption("--thorough"))


@pytest.fixture(scope="session")
def redraw(pytestconfig: pytest.Config) -> bool:
    """Whether to draw the pictures again, instead of comparing the output with them."""
    return bool(pytestconfig.getoption("--redraw"))


@pytest.fixture(scope="session")
def transcribe(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Append a text to the file of --transcript, if that is given."""
    path: Path | None = pytestconfig.getoption("--transcript")

    def write(text: str) -> None:
        if path:
            with path.open("a", encoding="utf-8", errors="replace") as file:
                file.write(text)

    return write


def set_up_environment(patched: pytest.MonkeyPatch, home: Path) -> None:
    """Set the home, and the same day, locale and time zone on every machine."""
    for name in [name for name in os.environ if name.startswith(("NETKEEP_", "XDG_"))]:
        patched.delenv(name)
    for name in (
        *("VISUAL", "EDITOR", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "ZDOTDIR"),
        *("PYTHONDONTWRITEBYTECODE", "PYTHONIOENCODING", "PYTHONUTF8"),
    ):
        patched.delenv(name, raising=False)
    patched.setenv("HOME", str(home))
    patched.setenv("NETKEEP_TODAY", TODAY)
    patched.setenv("COLUMNS", "80")
    patched.setenv("TERM", "xterm")
    patched.setenv("LC_ALL", "C.UTF-8")
    patched.setenv("TZ", "UTC")
    time.tzset()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home and a fixed day, so that tests never use the real ones."""
    home = tmp_path / "home"
    home.mkdir()
    set_up_environment(monkeypatch, home)
    return home


@pytest.fixture
def database(home: Path) -> Path:
    """The path of the database, which does not exist yet."""
    return home / ".local/share/netkeep/netkeep.db"


@pytest.fixture
def config(home: Path) -> Path:
    """The path of config.toml, which does not exist yet."""
    return home / ".config/netkeep/config.toml"


@pytest.fixture
def configure(config: Path) -> Configure:
    """Write config.toml with this text, and return its path."""

    def write(text: str) -> Path:
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text(text)
        return config

    return write


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the current day."""
    return lambda day: monkeypatch.setenv("NETKEEP_TODAY", day)


@pytest.fixture(scope="session")
def schema_sql(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the SQL of an empty database, as the migrations create it."""
    path = tmp_path_factory.mktemp("schema") / "netkeep.db"
    with transaction(path, datetime.now(UTC)):
        pass
    with closing(sqlite3.connect(path)) as connection:
        dump = list(connection.iterdump())
    return [sql for sql in dump if sql not in {"BEGIN TRANSACTION;", "COMMIT;"}]


@pytest.fixture
def fast_creation(schema_sql: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Create databases from the SQL that the migrations made once: they take 100 ms for each."""
    upgrade = migrations.upgrade

    def create_or_upgrade(connection: Connection, driver: sqlite3.Connection) -> None:
        if driver.execute("SELECT * FROM sqlite_master").fetchone():
            upgrade(connection, driver)
            return
        for sql in (f"PRAGMA application_id={APPLICATION_ID}", *schema_sql):
            driver.execute(sql)

    monkeypatch.setattr(migrations, "upgrade", create_or_upgrade)


@pytest.fixture
def netkeep(
    capsys: pytest.CaptureFixture[str],
    fast_creation: None,
    transcribe: Callable[[str], None],
) -> Netkeep:
    """Run netkeep in this process. By default it must succeed without a message.

    `code` is the expected exit code and `err` the expected standard error; None accepts any.
    """

    def call(*arguments: str, code: int | None = 0, err: str | None = "") -> Result:
        capsys.readouterr()
        returned = run(arguments)
        captured = capsys.readouterr()
        transcribe(captured.out + captured.err)
        result = Result(captured.out, captured.err, returned)
        assert code is None or result.code == code, result
        assert err is None or result.err == err, result
        return result

    return call


@pytest.fixture
def fails(netkeep: Netkeep) -> Fails:
    """Run netkeep and expect an error: one line and at most one hint, nothing else."""

    def call(*arguments: str, code: int) -> str:
        result = netkeep(*arguments, code=code, err=None)
        lines = result.err.splitlines()
        assert result.out == ""
        assert 1 <= len(lines) <= 2, result
        assert lines[0].startswith("netkeep: "), result
        assert all(line.startswith("  ") for line in lines[1:]), result
        return result.err

    return call


@pytest.fixture
def process(transcribe: Callable[[str], None]) -> Process:
    """Run netkeep as a separate process, with its streams as bytes."""

    def call(*arguments: str | bytes, **options: Any) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "netkeep", *arguments]
        options.setdefault("capture_output", True)
        ended = subprocess.run(command, timeout=120, check=False, **options)
        transcribe(((ended.stdout or b"") + (ended.stderr or b"")).decode(errors="replace"))
        return ended

    return call
