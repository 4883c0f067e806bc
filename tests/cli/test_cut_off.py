"""An import interrupted at any moment: it is complete or undone, and the file is usable."""

import re
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from itertools import product
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from tests.cli.terminal import accept_ctrl_c
from tests.cli.test_at_once import LINKEDIN, ended, start
from tests.cli.test_processes import NETKEEP, without_coverage
from tests.conftest import TODAY, Netkeep

ROWS = 5_000
FEW, MANY = 1, 50  # moments of each signal
SEED = 20_261_123
STARTUP = 0.1  # the share of the time that Python takes to start
# A shell shows death by SIGINT as 130, too. `python -m` ends so even if the interrupt is handled,
# when it comes while code from a string is executed, as for dataclasses.
EXIT_CODES = {
    signal.SIGKILL: {-signal.SIGKILL},
    signal.SIGINT: {130, -signal.SIGINT},
    signal.SIGTERM: {-signal.SIGTERM},
}


class CompletedImport(NamedTuple):
    """An import without an interrupt: its file, its time, and an export after it."""

    file: Path
    seconds: float
    export: str


def start_import(file: Path, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*NETKEEP, "import", str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=without_coverage() | {"NETKEEP_TODAY": TODAY} | environment,
        preexec_fn=accept_ctrl_c,
    )


def without_times(export: str) -> str:
    """Return an export without the times at which its rows were written."""
    return re.sub(r'"\d{4}-\d\d-\d\dT[^"]*"', "null", export)


def exported(netkeep: Netkeep) -> str:
    return without_times(netkeep("export", err=None).out)


@pytest.fixture(scope="module")
def completed(tmp_path_factory: pytest.TempPathFactory) -> CompletedImport:
    home = tmp_path_factory.mktemp("completed")
    here = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "NETKEEP_DB": str(home / "x.db")}
    file = home / "Connections.csv"
    file.write_text(
        LINKEDIN
        + "".join(
            f"Grace,No {row},linkedin.com/in/{row},{row}@x.example,Initech,,05 Sep 2017\n"
            for row in range(ROWS)
        )
    )
    begun = time.monotonic()
    with start_import(file, **here) as process:
        assert process.wait() == 0
    seconds = time.monotonic() - begun
    export = subprocess.check_output([*NETKEEP, "export"], env=without_coverage() | here, text=True)
    return CompletedImport(file, seconds, without_times(export))


def files_beside(database: Path) -> set[str]:
    """Return the names of the files beside the database, except its backups."""
    names = {path.name for path in database.parent.glob("*")}
    return names - {database.name, f"{database.name}-backups"}


def is_sound(database: Path) -> bool:
    with closing(sqlite3.connect(database)) as connection:
        checks = "PRAGMA integrity_check", "PRAGMA foreign_key_check"
        return [connection.execute(check).fetchall() for check in checks] == [[("ok",)], []]


def is_interrupt_message(err: str) -> bool:
    """Whether this is netkeep's message for Ctrl-C, or Python's before netkeep has started."""
    return err == "\nnetkeep: interrupted\n" or not re.search(r"netkeep/[\w/]*\.py", err)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Put the signal and its moment into the names of the tests."""
    if "share" not in metafunc.fixturenames:
        return
    count, random = MANY if metafunc.config.getoption("--thorough") else FEW, Random(SEED)
    metafunc.parametrize(
        ("sent", "share", "first"),
        [
            (sent, STARTUP + (1 - STARTUP) * (turn + random.random()) / count, index % 2 == 1)
            for index, (sent, turn) in enumerate(product(EXIT_CODES, range(count)))
        ],
        ids=lambda value: getattr(value, "name", str(value)[:5]),
    )


def test_interrupted_import_is_complete_or_undone(
    netkeep: Netkeep,
    database: Path,
    completed: CompletedImport,
    sent: signal.Signals,
    share: float,
    first: bool,
) -> None:
    before = exported(netkeep)
    if not first:
        netkeep("me", "Started at Initech")
        netkeep("me", "--remove", "1")
    process = start_import(completed.file)
    time.sleep(share * completed.seconds)
    process.send_signal(sent)
    err = process.communicate(timeout=60)[1]
    assert process.returncode in EXIT_CODES[sent] | {0}
    assert err == "" or (sent == signal.SIGINT and is_interrupt_message(err))
    assert files_beside(database) <= (
        set() if sent == signal.SIGINT else {f"{database.name}-journal"}
    )
    left = exported(netkeep)
    assert left == completed.export or (left == before and process.returncode != 0)
    netkeep("add", "Ada")
    assert files_beside(database) == set()
    assert is_sound(database)


def test_concurrent_commands_after_a_kill_succeed(
    netkeep: Netkeep, database: Path, completed: CompletedImport
) -> None:
    netkeep("add", "Ada")
    contents = database.read_bytes()
    process = start_import(completed.file)
    while database.stat().st_size == len(contents):  # until pages are written to it
        assert process.poll() is None, "it was over before it wrote a page"
        time.sleep(0.001)
    process.kill()
    process.communicate()
    assert files_beside(database) == {f"{database.name}-journal"}
    after = [start("log", "ada") if turn % 2 else start("show", "ada") for turn in range(10)]
    assert [(one.code, one.err) for one in map(ended, after)] == [(0, "")] * 10
    assert len(netkeep("timeline", "-f", "json").json) == 5
    assert netkeep("list", "--status", "all", "-f", "json").names == ["Ada"]
