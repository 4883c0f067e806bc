"""Damaged files: refused with one line, found by doctor, and never changed."""

import random
import shutil
import sqlite3
import time
import types
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from netkeep.cli.app import run
from tests.conftest import Fails, Netkeep, Result, change, set_up_environment

Attempt = Callable[..., Result]

READING = (
    ["due", "--all", "-f", "json"],
    ["list", "--status", "all", "-f", "json"],
    ["timeline", "-f", "json"],
    ["find", "compilers", "-f", "json"],
    ["brief", "grace", "-f", "json"],
    ["round", "list", "-f", "json"],
    ["me", "-f", "json"],
    ["balance", "-f", "json"],
    ["stats", "-f", "json"],
    ["stats", "--tree", "-f", "json"],
    ["undo", "--list", "-f", "json"],
    ["export", "-"],
)
FEW_FLIPS, MANY_FLIPS = 10, 100
SEED = 20261123
PAGE = 4096  # bytes
BACKGROUND_SECONDS = 60  # to start a process that checks a small file


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Create a database with some of everything, and its backup, once for all tests."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patched:
        set_up_environment(patched, home)
        for command in (
            ["add", "Ada Lovelace", "-k", "coworker", "--last", "2026-07-01", "-t", "chess"],
            ["add", "Grace Hopper", "--email", "grace@yale.example", "--birthday", "1906-12-09"],
            ["add", "Alan Turing", "--candidate", "--via", "ada", "--phone", "+44 20 7946 0000"],
            ["log", "grace", "-c", "call", "-p", "ask", "-n", "Spoke about compilers"],
            ["news", "ada", "Promoted", "--title", "Principal", "--company", "Engines"],
            ["visit", "grace", "--from", "2026-11-24", "--to", "2026-11-28", "--city", "Boston"],
            ["promise", "ada", "send the slides", "--by", "2026-11-24"],
            ["round", "add", "--preset", "holidays"],
            ["me", "Started at Initech"],
            ["snooze", "ada", "2w"],
            ["drop", "alan", "--reason", "moved on"],
        ):
            assert run(command) == 0
    return home / ".local/share/netkeep"


@pytest.fixture
def whole(data_folder: Path, database: Path) -> bytes:
    """Copy the database and its backup into place, and return its content."""
    shutil.copytree(data_folder, database.parent)
    return database.read_bytes()


@pytest.fixture
def attempt(capsys: pytest.CaptureFixture[str]) -> Attempt:
    """Run a command that may refuse a damaged file with one line, but not fail otherwise."""

    def call(*command: str) -> Result:
        capsys.readouterr()
        code = run(command)
        captured = capsys.readouterr()
        result = Result(captured.out, captured.err, code)
        assert code in {0, 1, 3, 4}, result
        assert "internal error" not in result.err, result
        assert len(result.err.splitlines()) <= 2, result
        return result

    return call


def read_all(attempt: Attempt) -> list[str | None]:
    """Return the output of every reading command; None for those that refuse the file."""
    results = [attempt(*command) for command in READING]
    return [result.out if result.code == 0 else None for result in results]


def is_damaged(database: Path) -> bool:
    """Return whether SQLite itself finds damage, or cannot read the file."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            return connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return True


def test_flipped_bit_found_by_sqlite_is_refused_and_a_backup_restored(
    attempt: Attempt, netkeep: Netkeep, database: Path, whole: bytes, thorough: bool
) -> None:
    netkeep("backup")
    backup = netkeep("restore", "-f", "json").json[0]["name"]
    expected = netkeep("export").out
    chance = random.Random(SEED)
    damaged = 0
    while damaged < (MANY_FLIPS if thorough else FEW_FLIPS):
        place = chance.randrange(len(whole) * 8)
        flipped = bytearray(whole)
        flipped[place // 8] ^= 1 << place % 8
        database.write_bytes(flipped)
        if not is_damaged(database):
            continue
        damaged += 1
        assert attempt("doctor").code in {1, 4}, place
        assert attempt("log", "grace").code == 4, place
        assert database.read_bytes() == flipped, place
        assert attempt("restore", backup, "--yes").code == 0, place
        assert netkeep("export").out == expected, place
        assert netkeep("doctor").out == "No problems found.\n", place
        for left in database.with_name("netkeep.db-backups").glob("*-damaged*"):
            left.unlink()


def truncated(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def cut_to_one_page(whole: bytes) -> bytes:
    return whole[:PAGE]


def line_endings_converted(whole: bytes) -> bytes:
    return whole.replace(b"\n", b"\r\n")


def conflict_marker(whole: bytes) -> bytes:
    return b"<<<<<<< HEAD\n" + whole


def garbage(whole: bytes) -> bytes:
    return random.Random(SEED).randbytes(len(whole))


def zeros(whole: bytes) -> bytes:
    return bytes(len(whole))


@pytest.mark.parametrize(
    "damage",
    [truncated, cut_to_one_page, line_endings_converted, conflict_marker, garbage, zeros],
    ids=lambda damage: damage.__name__,
)
def test_damaged_file_is_refused_and_left_unchanged(
    fails: Fails, database: Path, whole: bytes, damage: Callable[[bytes], bytes]
) -> None:
    damaged = damage(whole)
    database.write_bytes(damaged)
    for command in (*READING, ["log", "ada"], ["undo"], ["backup"]):
        fails(*command, code=4)
        assert database.read_bytes() == damaged


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Damage many pages in a thorough run, else a few."""
    if "page" in metafunc.fixturenames:
        step = 3 if metafunc.config.getoption("--thorough") else 12
        metafunc.parametrize("page", range(0, 60, step))


def test_page_of_zeros_that_changes_an_answer_is_reported(
    attempt: Attempt, database: Path, whole: bytes, page: int
) -> None:
    expected = read_all(attempt)
    page %= len(whole) // PAGE
    damaged = whole[: page * PAGE] + bytes(PAGE) + whole[(page + 1) * PAGE :]
    database.write_bytes(damaged)
    answers = read_all(attempt)
    if answers != expected:
        assert attempt("doctor").code in {1, 4}
        assert attempt("log", "ada").code == 4
    assert database.read_bytes() == damaged


@pytest.mark.parametrize(
    "command", ["list --json", "export", "show ada", "log ada", "forget 1 --yes"]
)
def test_text_that_another_program_stored_as_bytes_is_reported(
    netkeep: Netkeep, database: Path, fails: Fails, command: str
) -> None:
    netkeep("add", "Ada")
    change(database, "UPDATE contact SET name = x'ff'")
    before = database.read_bytes()
    assert " is damaged: " in fails(*command.split(), code=4)
    assert database.read_bytes() == before


def test_damaged_backup_is_not_restored(
    netkeep: Netkeep, fails: Fails, database: Path, tmp_path: Path, whole: bytes
) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(whole[: len(whole) // 2])
    now = database.read_bytes()
    assert "is damaged: " in fails("restore", str(copy), "--yes", code=4)
    assert database.read_bytes() == now
    netkeep("doctor")


def test_damaged_file_that_cannot_be_copied_is_put_aside(
    netkeep: Netkeep, database: Path, whole: bytes
) -> None:
    """A corrupt list of free pages makes SQLite say that the disk is full."""
    netkeep("backup")
    backup = netkeep("restore", "-f", "json").json[0]["name"]
    expected = netkeep("export").out
    damaged = bytearray(whole)
    damaged[32:40] = (1).to_bytes(4, "big") + (1_000).to_bytes(
        4, "big"
    )  # the first page of the list, and its length
    database.write_bytes(damaged)
    assert (
        netkeep("restore", backup, "--yes")
        .out.splitlines()[1]
        .startswith("The damaged database is kept as ")
    )
    kept = [
        one["name"] for one in netkeep("restore", "-f", "json").json if one["reason"] == "damaged"
    ]
    folder = database.with_name("netkeep.db-backups")
    assert [(folder / name).read_bytes() for name in kept] == [damaged]
    assert netkeep("export").out == expected


def test_damage_of_a_large_file_is_reported_once_it_is_backed_up(
    fails: Fails, netkeep: Netkeep, database: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("netkeep.store.transaction.CHECKED_BYTES", 0)
    for backup in database.with_name("netkeep.db-backups").iterdir():
        backup.unlink()
    change(
        database,
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET sql = 'CREATE INDEX contact_by_via ON contact (birthday)'"
        " WHERE name = 'contact_by_via'",
    )
    assert "the change is saved, but" in fails("log", "grace", "-n", "x", code=4)
    assert list(database.with_name("netkeep.db-backups").iterdir()) == []


@pytest.fixture
def checked_in_background(monkeypatch: pytest.MonkeyPatch, database: Path, whole: bytes) -> Path:
    """Treat the file as a large one without a backup of today; return the folder of backups."""
    monkeypatch.setattr("netkeep.store.transaction.CHECKED_BYTES", 0)
    monkeypatch.setattr("netkeep.store.backup.WAITED_BYTES", 0)
    folder = database.with_name("netkeep.db-backups")
    for backup in folder.iterdir():
        backup.unlink()
    return folder


def wait_for(folder: Path, pattern: str) -> Path:
    """Return the file that another process makes."""
    deadline = time.monotonic() + BACKGROUND_SECONDS
    while not (found := list(folder.glob(pattern))):
        assert time.monotonic() < deadline, list(folder.iterdir())
        time.sleep(0.05)
    return found[0]


def test_large_file_gets_the_checksum_of_its_backup_in_the_background(
    netkeep: Netkeep, checked_in_background: Path
) -> None:
    netkeep("log", "grace", "-n", "x")
    checksum = wait_for(checked_in_background, "*-daily.db.sha256")
    assert checksum.with_suffix("").exists()
    assert netkeep("doctor").out == "No problems found.\n"


def test_older_backups_of_a_large_file_stay_until_the_newest_is_confirmed(
    netkeep: Netkeep, checked_in_background: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {checked_in_background / f"202001{day:02}T000000Z-daily.db" for day in range(1, 31)}
    for backup in old:
        backup.touch()
    with monkeypatch.context() as never_checked:
        never_checked.setattr("subprocess.Popen", lambda *_, **options: types.SimpleNamespace())
        netkeep("log", "grace", "-n", "x")
        netkeep("log", "grace", "-n", "y")
    (newest,) = set(checked_in_background.iterdir()) - old
    assert len(list(checked_in_background.iterdir())) == len(old) + 1
    newest.with_name(f"{newest.name}.sha256").touch()
    netkeep("log", "grace", "-n", "z")
    assert newest.exists()
    assert len(list(checked_in_background.glob("*.db"))) < len(old)


def test_large_file_found_damaged_in_the_background_is_refused_afterwards(
    fails: Fails, netkeep: Netkeep, database: Path, checked_in_background: Path
) -> None:
    change(
        database,
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET sql = 'CREATE INDEX contact_by_via ON contact (birthday)'"
        " WHERE name = 'contact_by_via'",
    )
    netkeep("log", "grace", "-n", "x")
    wait_for(checked_in_background, "*-damaged.db")
    before = database.read_bytes()
    assert "is damaged" in fails("log", "grace", "-n", "y", code=4)
    assert database.read_bytes() == before


def test_restore_over_a_damaged_file_backs_up_the_restored_database(
    netkeep: Netkeep, database: Path, whole: bytes
) -> None:
    backups = database.with_name("netkeep.db-backups")
    (newest,) = backups.glob("*.db")
    good = newest.replace(backups / "20260101T000000Z-daily.db")
    database.write_bytes(truncated(whole))
    netkeep("restore", good.name, "--yes")
    made = set(backups.glob("*.db")) - {good}
    assert sorted(path.stem.split("-")[1] for path in made) == ["daily", "damaged"]
    netkeep("log", "ada")
    assert set(backups.glob("*.db")) - {good} == made
