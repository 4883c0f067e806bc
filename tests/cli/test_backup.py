"""netkeep backup and restore, and automatic backups."""

import os
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from netkeep.store.transaction import transaction
from tests.builders import NOW
from tests.conftest import Fails, Netkeep


@pytest.fixture
def ada(netkeep: Netkeep) -> None:
    netkeep("add", "Ada Lovelace")


@pytest.fixture
def folder(database: Path) -> Path:
    return database.with_name("netkeep.db-backups")


def reasons(netkeep: Netkeep) -> list[str]:
    """Return the reasons of the backups, newest first."""
    return [one["reason"] for one in netkeep("restore", "-f", "json").json]


def make_backups_older(folder: Path, days: int) -> None:
    """Rename all backups as if they were made some days ago."""
    for number, backup in enumerate(sorted(folder.glob("*.db"))):
        at = datetime.now(UTC) - timedelta(days=days, seconds=-number)
        backup.rename(folder / f"{at:%Y%m%dT%H%M%SZ}-{backup.stem.split('-')[1]}.db")


def test_backup_is_a_complete_private_database(
    netkeep: Netkeep, database: Path, folder: Path, ada: None
) -> None:
    os.umask(0)
    try:
        said = netkeep("backup").out
    finally:
        os.umask(0o022)
    (backup,) = folder.glob("*.db")
    assert said == f"Backed up to {backup} ({-(-backup.stat().st_size // 1000)} KB).\n"
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert netkeep("--db", str(backup), "export", "-").out == netkeep("export", "-").out


def test_backup_is_written_to_a_given_file_or_folder(
    netkeep: Netkeep, fails: Fails, tmp_path: Path, ada: None
) -> None:
    file = tmp_path / "copy.db"
    netkeep("backup", str(file))
    assert fails("backup", str(file), code=4) == (
        f"netkeep: {file} exists already\n  to overwrite it: --force\n"
    )
    netkeep("log", "ada")
    netkeep("backup", str(file), "--force")
    assert netkeep("--db", str(file), "timeline").out == netkeep("timeline").out
    stick = tmp_path / "stick"
    stick.mkdir()
    made = netkeep("backup", str(stick), "-f", "json").json
    assert [one.name for one in stick.iterdir()] == [made["name"]]
    assert sorted(made) == ["bytes", "made_at", "name", "reason"]


def test_backup_replaces_a_link_and_not_its_target(
    netkeep: Netkeep, fails: Fails, tmp_path: Path, ada: None
) -> None:
    victim, link = tmp_path / "victim", tmp_path / "copy.db"
    victim.write_text("precious")
    link.symlink_to(victim)
    fails("backup", str(link), code=4)
    netkeep("backup", str(link), "--force")
    assert victim.read_text() == "precious"
    assert not link.is_symlink()


def test_backup_without_a_database_or_over_itself_is_refused(
    netkeep: Netkeep, fails: Fails, database: Path
) -> None:
    assert fails("backup", code=4) == (
        f"netkeep: {database} is missing or empty: there is nothing to back up\n"
    )
    netkeep("add", "Ada")
    fails("backup", str(database), "--force", code=2)
    fails("restore", str(database), "--yes", code=2)
    fails("backup", "", code=2)
    fails("backup", "/nowhere/at/all.db", code=4)
    fails("restore", "nothing.db", "--yes", code=2)


def test_first_change_of_a_day_makes_a_backup(netkeep: Netkeep, folder: Path, ada: None) -> None:
    assert reasons(netkeep) == []
    netkeep("log", "ada")
    netkeep("log", "ada")
    assert reasons(netkeep) == ["daily"]
    make_backups_older(folder, 1)
    netkeep("due", "--count")
    assert reasons(netkeep) == ["daily"]
    netkeep("log", "ada")
    netkeep("log", "ada")
    assert reasons(netkeep) == ["daily", "daily"]


def test_unchanged_database_is_not_backed_up_again(
    netkeep: Netkeep, database: Path, folder: Path, ada: None
) -> None:
    netkeep("backup")
    make_backups_older(folder, 1)
    long_ago = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    os.utime(database, (long_ago, long_ago))
    netkeep("log", "ada")
    assert reasons(netkeep) == ["manual"]


def test_import_and_merge_make_a_backup_first(netkeep: Netkeep, tmp_path: Path, ada: None) -> None:
    netkeep("add", "Ada King")
    before = netkeep("list").out
    netkeep("merge", "lovelace", "king")
    file = tmp_path / "people.vcf"
    file.write_text("BEGIN:VCARD\nVERSION:4.0\nFN:Grace\nEND:VCARD\n")
    netkeep("import", str(file))
    assert sorted(reasons(netkeep)) == ["daily", "import", "merge"]
    names = [one["name"] for one in netkeep("restore", "-f", "json").json]
    netkeep("restore", next(name for name in names if "merge" in name), "--yes")
    assert netkeep("list").out == before


def test_old_backups_are_pruned(netkeep: Netkeep, folder: Path, ada: None) -> None:
    netkeep("backup")
    (backup,) = folder.glob("*.db")
    for day in range(1, 40):
        at = datetime.now(UTC) - timedelta(days=day)
        (folder / f"{at:%Y%m%dT%H%M%SZ}-daily.db").write_bytes(backup.read_bytes())
    (folder / "notes.txt").write_text("mine")
    netkeep("backup")
    assert 9 <= len(reasons(netkeep)) <= 14
    assert (folder / "notes.txt").exists()


def test_restore_backs_up_the_current_database(netkeep: Netkeep, ada: None) -> None:
    netkeep("backup")
    then = netkeep("export", "-").out
    netkeep("log", "ada")
    now = netkeep("export", "-").out
    (backup,) = netkeep("restore", "-f", "json").json
    first, second = netkeep("restore", backup["name"].removesuffix(".db"), "-y").out.splitlines()
    assert first == f"Put back {backup['name']}."
    kept = second.removeprefix("The previous database is kept. To go back: netkeep restore ")
    assert netkeep("export", "-").out == then
    netkeep("restore", kept, "--yes")
    assert netkeep("export", "-").out == now


@pytest.mark.parametrize("folder", [".", "..", "/"])
def test_folder_as_database_has_no_backups(netkeep: Netkeep, folder: str) -> None:
    assert netkeep("--db", folder, "restore", "-f", "json", err=None).json == []


def test_restore_requires_confirmation(netkeep: Netkeep, fails: Fails, ada: None) -> None:
    netkeep("backup")
    (backup,) = netkeep("restore", "-f", "json").json
    assert fails("restore", backup["name"], code=5) == (
        "netkeep: confirmation required to"
        f" replace the database with {backup['name']}\n"
        "  to confirm: --yes\n"
    )


def test_restore_writes_into_the_existing_file(netkeep: Netkeep, database: Path, ada: None) -> None:
    netkeep("backup")
    netkeep("log", "ada")
    with closing(sqlite3.connect(database)) as reading:
        assert reading.execute("SELECT count(*) FROM touchpoint").fetchone() == (1,)
        inode = database.stat().st_ino
        netkeep("restore", netkeep("restore", "-f", "json").json[-1]["name"], "--yes")
        assert reading.execute("SELECT count(*) FROM touchpoint").fetchone() == (0,)
    assert database.stat().st_ino == inode


@pytest.mark.parametrize("gone", ["missing", "empty", "garbage"])
def test_lost_database_with_backups_is_not_created_again(
    netkeep: Netkeep, fails: Fails, database: Path, ada: None, gone: str
) -> None:
    netkeep("log", "ada")
    backup = netkeep("restore", "-f", "json").json[0]["name"]
    database.unlink()
    if gone != "missing":
        database.touch(0o600)
        database.write_bytes(b"garbage" if gone == "garbage" else b"")
    for command in (["due"], ["list"], ["add", "Grace"], ["log", "ada"], ["undo"], ["backup"]):
        fails(*command, code=4)
    if gone == "garbage":
        assert database.read_bytes() == b"garbage"
    else:
        assert fails("due", code=4) == (
            f"netkeep: {database} is {gone}, but it has backups\n"
            "  to restore one: netkeep restore; to start anew:"
            f" move {database}-backups elsewhere\n"
        )
        assert (database.read_bytes() if gone == "empty" else database.exists()) in {b"", False}
    assert netkeep("doctor", code=1).out
    netkeep("restore", backup, "--yes")
    assert netkeep("list", "-f", "json").names == ["Ada Lovelace"]
    netkeep("doctor")


def test_file_of_another_program_is_not_overwritten(
    netkeep: Netkeep, fails: Fails, tmp_path: Path, ada: None
) -> None:
    copy, notes = tmp_path / "copy.db", tmp_path / "notes.txt"
    netkeep("backup", str(copy))
    notes.write_text("precious")
    fails("--db", str(notes), "restore", str(copy), "--yes", code=4)
    fails("--db", str(notes), "backup", code=4)
    fails("restore", str(notes), "--yes", code=4)
    assert notes.read_text() == "precious"


def test_backup_within_a_transaction_keeps_its_lock(
    netkeep: Netkeep, database: Path, ada: None
) -> None:
    begin = (
        "import sqlite3, sys; connection = sqlite3.connect(sys.argv[1], timeout=0);"
        "connection.execute('BEGIN IMMEDIATE')"
    )
    with transaction(database, NOW, backup_reason="import"):
        ended = subprocess.run(
            [sys.executable, "-c", begin, str(database)], capture_output=True, check=False
        )
    assert b"database is locked" in ended.stderr


def test_old_temporary_file_of_a_killed_backup_is_removed(
    netkeep: Netkeep, folder: Path, ada: None
) -> None:
    netkeep("backup")
    left, new = folder / ".0123.netkeep", folder / ".4567.netkeep"
    left.touch()
    new.touch()
    os.utime(left, (0, 0))
    netkeep("backup")
    assert (left.exists(), new.exists()) == (False, True)


def test_backups_with_future_dates_remove_no_others(
    netkeep: Netkeep, folder: Path, ada: None
) -> None:
    netkeep("backup")
    (backup,) = folder.glob("*.db")
    for day in range(1, 21):
        at = datetime.now(UTC) + timedelta(days=day)
        (folder / f"{at:%Y%m%dT%H%M%SZ}-daily.db").write_bytes(backup.read_bytes())
    yesterday = datetime.now(UTC) - timedelta(days=1)
    backup.rename(folder / f"{yesterday:%Y%m%dT%H%M%SZ}-manual.db")
    netkeep("log", "ada")
    assert (folder / netkeep("backup", "-f", "json").json["name"]).exists()
    assert sorted(reasons(netkeep)) == ["daily"] * 21 + ["manual"] * 2


@pytest.mark.parametrize("name", ["20261399T000000Z-daily.db", "00000000T000000Z-daily.db"])
def test_file_with_an_invalid_date_is_not_a_backup(
    netkeep: Netkeep, folder: Path, ada: None, name: str
) -> None:
    folder.mkdir(mode=0o700)
    (folder / name).touch(0o600)
    netkeep("log", "ada")
    assert reasons(netkeep) == ["daily"]


def test_special_file_is_not_overwritten(
    netkeep: Netkeep, fails: Fails, tmp_path: Path, ada: None
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert fails("backup", str(pipe), "--force", code=4) == f"netkeep: {pipe} is not a file\n"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_restore_backs_up_what_was_written_while_it_waited(
    netkeep: Netkeep, database: Path, folder: Path, ada: None
) -> None:
    netkeep("backup")
    (backup,) = folder.glob("*.db")
    writer = sqlite3.connect(database, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE contact SET note = 'late'")
    restore = [sys.executable, "-m", "netkeep", "restore", backup.name, "--yes"]
    with subprocess.Popen(restore, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as waiting:
        time.sleep(1)
        writer.execute("COMMIT")
        writer.close()
        waiting.communicate()
    kept = [one for one in folder.glob("*.db") if one != backup]
    assert [b"late" in one.read_bytes() for one in kept] == [True]


def test_backup_works_on_a_file_system_without_hard_links(
    netkeep: Netkeep, fails: Fails, tmp_path: Path, ada: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    netkeep("backup", str(tmp_path / "copy.db"))
    fails("backup", str(tmp_path / "copy.db"), code=4)
    netkeep("log", "ada")
    assert reasons(netkeep) == ["daily"]


def test_path_that_is_not_utf_8_is_backed_up_restored_and_undone(
    netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / os.fsdecode(b"\xffen\xe9")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("file names have to be UTF-8 here")
    monkeypatch.setenv("NETKEEP_DB", str(folder / "n%20?#.db"))
    netkeep("add", "Ada")
    netkeep("log", "ada")
    netkeep("undo")
    netkeep("redo")
    copy = folder / "copy.db"
    assert netkeep("backup", str(copy)).out.startswith(f"Backed up to {tmp_path}/\\udcffen\\udce9/")
    netkeep("add", "Bea")
    netkeep("restore", str(copy), "--yes")
    assert netkeep("list", "-f", "json").names == ["Ada"]
    (before, *_) = netkeep("restore", "-f", "json").json
    netkeep("restore", before["name"], "--yes")
    assert netkeep("list", "-f", "json").names == ["Ada", "Bea"]
    assert netkeep("doctor").out == "No problems found.\n"
