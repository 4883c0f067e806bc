"""netkeep doctor: the problems it finds, what it advises, and what --fix corrects."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from netkeep.store import doctor
from tests.conftest import Netkeep, change


@pytest.fixture
def ada(netkeep: Netkeep) -> None:
    netkeep("add", "Ada Lovelace", "-k", "coworker", "--last", "2026-08-20", "-t", "chess")
    netkeep("log", "ada", "-n", "Spoke about compilers")


def faults(netkeep: Netkeep) -> list[str]:
    return [fault["what"] for fault in netkeep("doctor", "-f", "json", code=1).json]


def test_doctor_finds_no_problems(netkeep: Netkeep, ada: None) -> None:
    assert netkeep("doctor").out == "No problems found.\n"
    assert netkeep("doctor", "-f", "json").json == []


def test_doctor_without_a_database_creates_none(netkeep: Netkeep, database: Path) -> None:
    netkeep("doctor")
    assert not database.exists()


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        (
            "UPDATE contact SET due_on = '2099-01-01'",
            "Ada Lovelace (#1): due_on is 2099-01-01, but should be 2027-02-23",
        ),
        (
            "UPDATE contact SET last_touch_on = NULL",
            "Ada Lovelace (#1): last_touch_on is None, but should be 2026-11-23",
        ),
        ("UPDATE contact SET key = 'x'", "Ada Lovelace (#1): key is x, but should be ada lovelace"),
        (
            "DELETE FROM word",
            "Ada Lovelace (#1): the search index is out of date",
        ),
        (
            "UPDATE passage SET key = 'x' WHERE source = 'touchpoint'",
            "Ada Lovelace (#1): the search index is out of date",
        ),
    ],
)
def test_fix_corrects_derived_values(
    netkeep: Netkeep, database: Path, ada: None, sql: str, what: str
) -> None:
    before = netkeep("export", "-").out
    change(database, sql)
    assert netkeep("doctor", code=1).out == f"{what}\n  netkeep doctor --fix\n"
    assert netkeep("doctor", "--fix").out == f"Found and repaired: {what}\nNo problems found.\n"
    assert netkeep("export", "-").out == before
    assert netkeep("find", "compilers", "-f", "json").names == ["Ada Lovelace"]


def test_fix_can_be_undone(netkeep: Netkeep, database: Path, ada: None) -> None:
    change(database, "UPDATE contact SET due_on = '2099-01-01'")
    netkeep("doctor", "--fix")
    assert "due 2099-01-01 (was: 2027-02-23)" in netkeep("undo").out
    assert netkeep("show", "ada", "-f", "json").json["due_on"] == "2099-01-01"


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        (
            "UPDATE sqlite_sequence SET seq = 0",
            "the counter for new ids in the table contact is lost",
        ),
        ("UPDATE contact SET met_on = '2026-02-30'", "met_on of contact [1] cannot be read"),
        ("UPDATE contact SET cadence = 'often'", "cadence of contact [1] cannot be read: 'often'"),
        ("UPDATE contact SET birthday = 'May'", "birthday of contact [1] cannot be read: 'May'"),
        ("UPDATE touchpoint SET created_at = ''", "created_at of touchpoint [1] cannot be read"),
        ("UPDATE contact SET snoozes = 'x'", "snoozes of contact is not a number (rows: 1)"),
        ("UPDATE contact SET note = x'ff'", "note of contact is not text (rows: 1)"),
    ],
)
def test_invalid_values_are_reported_and_not_fixed(
    netkeep: Netkeep, database: Path, ada: None, sql: str, what: str
) -> None:
    netkeep("backup")
    change(database, sql)
    before = database.read_bytes()
    found = faults(netkeep)
    assert any(what in each for each in found), found
    netkeep("doctor", "--fix", code=1)
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE contact SET note = 'Plays the oboe'",
        "UPDATE contact SET name = 'Ada King', company = 'Initech'",
        "UPDATE touchpoint SET note = 'About engines', day = '2026-11-01' WHERE id = 2",
        "DELETE FROM touchpoint",
        "CREATE INDEX mine ON contact (city)",
        "UPDATE change SET command = 'x'",
    ],
)
def test_fix_accepts_changes_of_another_program(
    netkeep: Netkeep, database: Path, ada: None, sql: str
) -> None:
    netkeep("add", "Grace Hopper")
    change(database, sql)
    netkeep("log", "grace")
    netkeep("undo")
    netkeep("doctor", "--fix")
    assert netkeep("doctor").out == "No problems found.\n"


@pytest.mark.parametrize("name", ["lovelace", "king", "Ada King"])
def test_derived_values_of_an_edited_contact_are_updated_at_its_next_write(
    netkeep: Netkeep, database: Path, ada: None, today: Callable[[str], None], name: str
) -> None:
    change(
        database,
        "UPDATE contact SET name = 'Ada King', company = 'Initech', note = 'Plays the oboe'",
    )
    today("2026-11-24")
    netkeep("log", name)
    assert netkeep("find", "oboe", "-f", "json").names == ["Ada King"]
    assert netkeep("find", "initech", "-f", "json").names == ["Ada King"]
    netkeep("show", "ada-king")
    netkeep("undo")
    netkeep("due")
    assert netkeep("find", "oboe", "-f", "json").names == ["Ada King"]
    netkeep("doctor", "--fix")
    assert netkeep("doctor").out == "No problems found.\n"


@pytest.mark.parametrize("sql", ["DELETE FROM contact", "UPDATE detail SET contact_id = 9"])
def test_fix_removes_rows_without_a_contact(
    netkeep: Netkeep, database: Path, ada: None, sql: str
) -> None:
    change(database, sql)
    assert any(
        "refers to a row of the table contact that does not exist" in what
        for what in faults(netkeep)
    )
    netkeep("add", "Grace Hopper")
    netkeep("doctor", "--fix")
    assert netkeep("doctor").out == "No problems found.\n"


def test_fix_removes_touchpoints_of_a_deleted_contact(
    netkeep: Netkeep, database: Path, ada: None
) -> None:
    change(database, "DELETE FROM contact")
    netkeep("doctor", "--fix")
    assert netkeep("timeline", "-f", "json", err=None).json == []


def test_changed_backup_is_reported(netkeep: Netkeep, database: Path, ada: None) -> None:
    (backup,) = database.with_name("netkeep.db-backups").glob("*.db")
    backup.write_bytes(backup.read_bytes().replace(b"Lovelace", b"Loveless"))
    what = "its SHA-256 has changed since it was made"
    assert faults(netkeep) == [f"{backup} is damaged: {what}"]
    assert what in netkeep("restore", backup.name, "--yes", code=4, err=None).err


def test_fix_makes_files_and_folders_private(netkeep: Netkeep, database: Path, ada: None) -> None:
    folder = database.with_name("netkeep.db-backups")
    (backup,) = folder.glob("*.db")
    open_to_others = [database, database.parent, folder, backup]
    for path in open_to_others:
        path.chmod(0o755)
    assert len(faults(netkeep)) == 4
    netkeep("doctor", "--fix")
    assert [path.stat().st_mode & 0o777 for path in open_to_others] == [0o600, 0o700, 0o700, 0o600]


def test_permissions_of_another_folder_are_not_checked(netkeep: Netkeep, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir(mode=0o755)
    file = str(tmp_path / "shared/play.db")
    netkeep("--db", file, "add", "Ada")
    netkeep("--db", file, "doctor")


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_old_journal_is_reported(netkeep: Netkeep, database: Path, ada: None, ending: str) -> None:
    left = database.with_name(f"netkeep.db{ending}")
    left.write_bytes(b"")
    netkeep("doctor")  # another process may be writing now
    os.utime(left, (0, 0))
    assert faults(netkeep) == [f"{left} was left by an interrupted command"]


@pytest.mark.parametrize(
    "name",
    [
        *("netkeep (conflicted copy 2026-11-25).db", "netkeep.sync-conflict-20261125-1200-ABC.db"),
        *("netkeep (1).db", "netkeep_conflict-20261125.db"),
    ],
)
def test_conflicted_copies_are_reported(
    netkeep: Netkeep, database: Path, ada: None, name: str
) -> None:
    sibling = database.with_name(name)
    sibling.write_bytes(database.read_bytes())
    (fault,) = netkeep("doctor", "-f", "json", code=1).json
    assert (
        fault["what"]
        == f"{sibling} looks like another version of the database, made by a program that"
        " synchronises files"
    )
    assert fault["advice"].startswith("to import its contacts: netkeep --db ")
    assert fault["advice"].endswith(" export other.json, then netkeep import other.json")


@pytest.mark.parametrize("folder", ["Dropbox", "OneDrive - Initech", "Nextcloud", "synced"])
def test_synchronised_folder_is_reported(netkeep: Netkeep, tmp_path: Path, folder: str) -> None:
    (tmp_path / folder / "people").mkdir(parents=True)
    (tmp_path / "synced").mkdir(exist_ok=True)
    (tmp_path / "synced/.stfolder").mkdir()
    file = tmp_path / folder / "people/netkeep.db"
    netkeep("--db", str(file), "add", "Ada")
    (fault,) = netkeep("--db", str(file), "doctor", "-f", "json", code=1).json
    assert (
        fault["what"]
        == f"{file} is in a folder that is synchronised between computers: {file.parent}"
    )
    assert fault["advice"].endswith("to share it with another computer: netkeep sync --init")


def test_network_file_systems_are_recognised() -> None:
    for kind in ("nfs4", "cifs", "smb3", "fuse.sshfs", "9p"):
        assert doctor.NETWORK.search(kind)
    for kind in ("ext4", "btrfs", "apfs", "tmpfs", "overlay", "fuse.gvfsd"):
        assert not doctor.NETWORK.search(kind)


def test_missing_recent_backup_is_reported(netkeep: Netkeep, database: Path, ada: None) -> None:
    (backup,) = database.with_name("netkeep.db-backups").glob("*.db")
    at = datetime.now(UTC) - timedelta(days=30)
    backup.rename(backup.with_name(f"{at:%Y%m%dT%H%M%SZ}-daily.db"))
    assert faults(netkeep) == ["the newest backup is 30 days older than the last change"]
