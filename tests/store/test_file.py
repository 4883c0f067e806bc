"""Files that cannot be used: one line, exit code 4, and the file is unchanged."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import netkeep.store.connection
from tests.conftest import Fails, Netkeep

READING = ["due"], ["list"], ["show", "ada"], ["timeline"]
WRITING = ["add", "Ada"], ["log", "1"], ["edit", "1", "-k", "friend"], ["snooze", "1", "2w"]
COMMANDS = [*READING, *WRITING, ["keep", "1"], ["drop", "1"], ["amend", "1", "-c", "call"]]


def of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (title)")


def empty_of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id=4660")
        connection.execute("VACUUM")


def executing(statement: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(statement)

    return change


@pytest.fixture
def file(netkeep: Netkeep, database: Path) -> Path:
    """A valid file with one contact."""
    netkeep("add", "Ada", "--last", "2026-01-01")
    netkeep("log", "ada")
    return database


@pytest.mark.sampled(4)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda path: path.write_bytes(b"Dear diary, " * 1_000), "is not a netkeep file"),
        (of_another_program, "is not a netkeep file"),
        (executing("UPDATE alembic_version SET version_num = '9999'"), "by a newer netkeep"),
        (executing("DELETE FROM alembic_version"), "is damaged"),
        (executing("DROP TABLE alembic_version"), "is damaged"),
        (executing("UPDATE alembic_version SET version_num = '0000'"), "is damaged"),
        (executing("UPDATE alembic_version SET version_num = ''"), "is damaged"),
        (empty_of_another_program, "is not a netkeep file"),
        (lambda path: path.write_bytes(path.read_bytes()[:5_000]), "is damaged"),
        (lambda path: (path.unlink(), path.mkdir()), "is a folder"),
    ],
    ids=[
        *(
            "text",
            "foreign",
            "newer",
            "no revision",
            "no revisions",
            "older than any",
            "blank",
        ),
        *("another's", "cut off", "folder"),
    ],
)
def test_every_command_refuses_an_unusable_file_and_leaves_it_unchanged(
    file: Path,
    fails: Fails,
    command: list[str],
    damage: Callable[[Path], object],
    sentence: str,
) -> None:
    damage(file)
    before = file.read_bytes() if file.is_file() else b""
    assert sentence in fails(*command, code=4)
    assert (file.read_bytes() if file.is_file() else b"") == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contact SET due_on = '2026-99-99', last_touch_on = '2026-99-99'",
        "UPDATE contact SET cadence = 'often'",
        "UPDATE contact SET created_at = 'once'",
        "UPDATE contact SET name = CAST(x'ff' AS TEXT)",
        "DROP TABLE detail",
    ],
)
def test_invalid_values_are_reported_as_damage(file: Path, fails: Fails, statement: str) -> None:
    executing(statement)(file)
    before = file.read_bytes()
    assert "is damaged" in fails("list", code=4)
    assert "is damaged" in fails("edit", "1", "--city", "Paris", code=4)
    assert file.read_bytes() == before


def test_empty_file_is_treated_as_missing(netkeep: Netkeep, database: Path) -> None:
    database.parent.mkdir(parents=True)
    database.touch()
    netkeep("list", err=None)
    assert database.read_bytes() == b""
    netkeep("add", "Ada")
    assert netkeep("list", "-f", "json").names == ["Ada"]


def test_journal_of_another_program_is_left_alone(tmp_path: Path, fails: Fails) -> None:
    path = tmp_path / "songs.db"
    with closing(sqlite3.connect(path)) as owner:
        owner.execute("PRAGMA journal_mode=WAL")
        owner.execute("CREATE TABLE songs (title)")
        owner.commit()
        copies = {name: path.with_name(name).read_bytes() for name in ("songs.db", "songs.db-wal")}
    for name, content in copies.items():
        path.with_name(name).write_bytes(content)
    for command in (["list"], ["add", "Ada"]):
        assert "is not a netkeep file" in fails("--db", str(path), *command, code=4)
    for name, content in copies.items():
        assert path.with_name(name).read_bytes() == content


def test_reading_creates_no_file(netkeep: Netkeep, database: Path) -> None:
    netkeep("due", err=None)
    assert not database.parent.exists()


@pytest.mark.parametrize("name", ["a b", "100%", "what?", "a#b", "naïve", "tab\there", "a&b=c"])
def test_path_may_contain_special_characters(netkeep: Netkeep, tmp_path: Path, name: str) -> None:
    path = tmp_path / name / f"{name}.db"
    netkeep("--db", str(path), "add", "Ada")
    assert netkeep("--db", str(path), "list", "-f", "json").names == ["Ada"]
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_tilde_is_expanded_to_the_home(netkeep: Netkeep, home: Path) -> None:
    netkeep("--db", "~/mine.db", "add", "Ada")
    assert (home / "mine.db").exists()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/dev/null/x.db", "not a directory"),
        ("file/x.db", "not a directory"),
        ("loop", "too many levels"),
        ("x" * 300, "file name too long"),
        ("nul\0", "embedded null"),
        ("", "is a folder"),
        ("/dev/null", "is not a file"),
        ("pipe", "is not a file"),
    ],
)
@pytest.mark.parametrize("command", [["add", "Ada"], ["list"]], ids=" ".join)
def test_invalid_path_is_reported(
    fails: Fails,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    sentence: str,
    command: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    Path("loop").symlink_to("loop")
    os.mkfifo("pipe")
    assert sentence in fails("--db", path, *command, code=4).lower()


def test_dangling_link_is_not_followed(
    fails: Fails, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("link").symlink_to("nowhere")
    for command in (["add", "Ada"], ["list"]):
        assert "is a link to a file that does not exist" in fails("--db", "link", *command, code=4)
    assert not Path("nowhere").exists()


def without_root_override(*command: str) -> list[str]:
    """Return a command that respects file permissions even if root runs it."""
    if os.geteuid() != 0:
        return [*command]
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root is bound by no mode, and setpriv is not installed")
    return [setpriv, "--bounding-set=-dac_override,-dac_read_search", *command]


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "command", "code", "sentence"),
    [
        (0o000, 0o700, "list", 4, b"cannot be opened"),
        (0o000, 0o700, "log", 4, b"cannot be opened"),
        (0o400, 0o500, "list", 0, b""),
        (0o400, 0o700, "log", 4, b"is read-only"),
        (0o600, 0o000, "list", 4, b"cannot be opened"),
        (0o600, 0o500, "log", 4, b"is read-only"),
    ],
)
def test_file_permissions_are_respected(
    file: Path,
    file_mode: int,
    folder_mode: int,
    command: str,
    code: int,
    sentence: bytes,
) -> None:
    before = file.read_bytes()
    file.chmod(file_mode)
    file.parent.chmod(folder_mode)
    arguments = [command] if command == "list" else [command, "1"]
    ended = subprocess.run(
        without_root_override(sys.executable, "-m", "netkeep", *arguments),
        capture_output=True,
        check=False,
    )
    file.parent.chmod(0o700)
    file.chmod(0o600)
    assert (ended.returncode, sentence in ended.stderr) == (code, True), ended
    assert file.read_bytes() == before


def test_file_that_cannot_grow_is_left_unchanged(file: Path) -> None:
    before = file.read_bytes()
    size = len(before)
    ended = subprocess.run(
        [sys.executable, "-m", "netkeep", "add", "Bea", "-n", "x" * 100_000],
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    assert ended.returncode == 4
    assert ended.stdout == b""
    assert ended.stderr.startswith(b"netkeep: ")
    assert file.read_bytes() == before


def test_file_locked_for_long_is_reported_as_busy(
    file: Path, fails: Fails, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(netkeep.store.connection, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(file, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        assert "is busy: another process has been writing" in fails("log", "ada", code=4)
        holder.execute("ROLLBACK")
        holder.execute("BEGIN EXCLUSIVE")
        assert "is busy" in fails("list", code=4)


def test_reader_rolls_back_the_journal_of_a_killed_writer(file: Path, netkeep: Netkeep) -> None:
    before = file.read_bytes()
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size=1")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE contact SET name = 'Lost', note = ?", ["x" * 100_000])
        journal = Path(f"{file}-journal")
        torn, hot = file.read_bytes(), journal.read_bytes()
        writer.execute("ROLLBACK")
    assert torn != before
    file.write_bytes(torn)
    journal.write_bytes(hot)
    assert netkeep("list", "-f", "json").names == ["Ada"]
    assert file.read_bytes() == before
