"""An import cut off at any moment: the file is as it was or as it was to be, and goes on."""

import re
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from tests.cli.terminal import accept_ctrl_c
from tests.cli.test_at_once import LINKEDIN, ended, start
from tests.cli.test_processes import NETKEEP, unfollowed
from tests.conftest import TODAY, Netkeep

ROWS = 5_000
FEW, MANY = 1, 50  # moments of each signal
SEED = 20_261_123
STARTED = 0.1  # of its time an import is at its work, and no longer Python starting
# Killed by SIGINT is what a shell calls 130, too. `python -m` ends so, whatever is made of the
# interrupt, if it comes in the midst of what is executed from a string, as dataclasses are.
ENDS = {
    signal.SIGKILL: {-signal.SIGKILL},
    signal.SIGINT: {130, -signal.SIGINT},
    signal.SIGTERM: {-signal.SIGTERM},
}


class Undisturbed(NamedTuple):
    """An import that nobody cuts off: of what, how long it takes, and what comes of it."""

    file: Path
    seconds: float
    export: str


def start_import(file: Path, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*NETKEEP, "import", str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=unfollowed() | {"NETKEEP_TODAY": TODAY} | environment,
        preexec_fn=accept_ctrl_c,
    )


def timeless(export: str) -> str:
    """An export without the instants at which it was all written."""
    return re.sub(r'"\d{4}-\d\d-\d\dT[^"]*"', "null", export)


def exported(netkeep: Netkeep) -> str:
    return timeless(netkeep("export", err=None).out)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    home = tmp_path_factory.mktemp("undisturbed")
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
    export = subprocess.check_output([*NETKEEP, "export"], env=unfollowed() | here, text=True)
    return Undisturbed(file, seconds, timeless(export))


def beside(database: Path) -> set[str]:
    """What lies beside the file, but for its backups."""
    names = {path.name for path in database.parent.glob("*")}
    return names - {database.name, f"{database.name}-backups"}


def is_sound(database: Path) -> bool:
    with closing(sqlite3.connect(database)) as connection:
        checks = "PRAGMA integrity_check", "PRAGMA foreign_key_check"
        return [connection.execute(check).fetchall() for check in checks] == [[("ok",)], []]


def tells_of_interrupt(err: str) -> bool:
    """Whether this is what netkeep says of Ctrl-C, or Python before it has got to netkeep."""
    return err == "\nnetkeep: interrupted\n" or not re.search(r"netkeep/[\w/]*\.py", err)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Have the name of a test that fails say when it was cut off."""
    if "share" not in metafunc.fixturenames:
        return
    count, random = MANY if metafunc.config.getoption("--thorough") else FEW, Random(SEED)
    metafunc.parametrize(
        ("sent", "share", "first"),
        [
            (sent, STARTED + (1 - STARTED) * (turn + random.random()) / count, turn % 2 == 1)
            for sent in ENDS
            for turn in range(count)
        ],
        ids=lambda value: getattr(value, "name", str(value)[:5]),
    )


def test_it_is_wholly_there_or_not_at_all(
    netkeep: Netkeep,
    database: Path,
    undisturbed: Undisturbed,
    sent: signal.Signals,
    share: float,
    first: bool,
) -> None:
    before = exported(netkeep)
    if not first:
        netkeep("me", "Started at Initech")
        netkeep("me", "--remove", "1")
    process = start_import(undisturbed.file)
    time.sleep(share * undisturbed.seconds)
    process.send_signal(sent)
    err = process.communicate(timeout=60)[1]
    assert process.returncode in ENDS[sent] | {0}
    assert err == "" or (sent == signal.SIGINT and tells_of_interrupt(err))
    assert beside(database) <= (set() if sent == signal.SIGINT else {f"{database.name}-journal"})
    left = exported(netkeep)
    assert left == undisturbed.export or (left == before and process.returncode != 0)
    netkeep("add", "Ada")
    assert beside(database) == set()
    assert is_sound(database)


def test_ten_commands_at_once_go_on_after_a_kill(
    netkeep: Netkeep, database: Path, undisturbed: Undisturbed
) -> None:
    netkeep("add", "Ada")
    contents = database.read_bytes()
    process = start_import(undisturbed.file)
    while database.stat().st_size == len(contents):  # until pages are written to it
        assert process.poll() is None, "it was over before it wrote a page"
        time.sleep(0.001)
    process.kill()
    process.communicate()
    assert beside(database) == {f"{database.name}-journal"}
    after = [start("log", "ada") if turn % 2 else start("show", "ada") for turn in range(10)]
    assert [(one.code, one.err) for one in map(ended, after)] == [(0, "")] * 10
    assert len(netkeep("timeline", "-f", "json").json) == 5
    assert netkeep("list", "--status", "all", "-f", "json").names == ["Ada"]
