"""Files of older schemas: any first command migrates them, completely or not at all.

`old_files` holds what the code of each revision wrote, as SQL; see `build_old_files.py`.
"""

import re
import shlex
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from netkeep.store.backup import folder_of, list_backups
from netkeep.store.connection import FIRST_REVISION, REVISION, create
from tests.cli.terminal import accept_ctrl_c
from tests.cli.test_cut_off import EXIT_CODES, files_beside, is_interrupt_message, is_sound
from tests.cli.test_processes import NETKEEP, run_concurrently, without_coverage
from tests.conftest import TODAY, Fails, Netkeep, Process

FOLDER = Path(__file__).with_name("old_files")
OLD_FILES = sorted(script for script in FOLDER.glob("*.sql") if script.stem[:4] < REVISION)
OLDEST = OLD_FILES[0]
FIRST_UNDOABLE = "0004"
FIRST_COMMANDS = [
    *("due", "list --status all", "show ada", "brief ada", "find ada", "timeline", "balance"),
    *("add Dora", "log ada", "news ada Promoted", "me moved", "edit ada --city Rome"),
    *("keep emilie", "snooze zoe 2w", "visit zoe --from wed --to sat", "promise ada x --by wed"),
    *("drop ada", "merge 5 6", "amend 1 --delete", "round list", "export -", "undo --list"),
    *("forget ada --yes", "doctor --fix"),
]

COPIES = 200  # of all rows of an old file
STEP = 100  # between the ids of two copies
FEW, MANY = 1, 50  # moments of each signal
SEED = 20_261_125
STARTUP_SECONDS = 0.1  # seconds

Contents = Mapping[str, list[dict[str, Any]]]


class OldFile(NamedTuple):
    """A file of an older schema, and its contents."""

    path: Path
    revision: str
    schema: list[str]
    columns: Mapping[str, list[str]]
    contents: Contents


class SlowMigration(NamedTuple):
    """A larger old file, the seconds a first command takes, and the schema after it."""

    old: OldFile
    seconds: float
    schema: list[str]


def load(script: Path, path: Path) -> Path:
    create(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script.read_text("utf-8"))
    return path


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def revision(path: Path) -> str:
    ((found,),) = query(path, "SELECT version_num FROM alembic_version")
    return str(found)


def schema(path: Path) -> list[str]:
    return sorted(sql for (sql,) in query(path, "SELECT sql FROM sqlite_master WHERE sql <> ''"))


def columns(path: Path) -> dict[str, list[str]]:
    """Return the columns of every table, without the checksums that 0006 drops."""
    tables = query(path, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return {
        table: sorted(
            name for _, name, *_ in query(path, f"PRAGMA table_info({table})") if name != "seal"
        )
        for (table,) in tables
        if table not in {"alembic_version", "seal", "image", "changed_row"}
    }


def contents(path: Path, of: Mapping[str, list[str]]) -> Contents:
    """Return every row of these tables and columns, sorted."""
    return {
        table: sorted(
            (
                dict(zip(names, row, strict=True))
                for row in query(path, f"SELECT {', '.join(map(quoted, names))} FROM {table}")
            ),
            key=repr,
        )
        for table, names in of.items()
    }


def quoted(name: str) -> str:
    return f'"{name}"'


def read_old_file(path: Path) -> OldFile:
    return OldFile(path, revision(path), schema(path), columns(path), contents(path, columns(path)))


def entered(found: Contents) -> Contents:
    """Leave out keys and search rows: each revision has its own, which doctor checks."""
    return {
        table: sorted(
            ({name: value for name, value in row.items() if name != "key"} for row in rows),
            key=repr,
        )
        for table, rows in found.items()
        if table not in {"word", "passage"}
    }


def is_unchanged(old: OldFile) -> bool:
    return entered(contents(old.path, old.columns)) == entered(old.contents)


def touchpoints(path: Path) -> int:
    return len(query(path, "SELECT id FROM touchpoint"))


def stem(script: Path) -> str:
    return script.stem


@pytest.fixture(params=OLD_FILES, ids=stem)
def old(request: pytest.FixtureRequest, database: Path) -> OldFile:
    return read_old_file(load(request.param, database))


@pytest.fixture
def oldest(database: Path) -> OldFile:
    return read_old_file(load(OLDEST, database))


@pytest.fixture
def fresh(netkeep: Netkeep, tmp_path: Path) -> Path:
    """A file that the current code created."""
    path = tmp_path / "fresh.db"
    netkeep("--db", str(path), "add", "Ada")
    return path


def test_old_files_include_every_revision() -> None:
    revisions = {script.stem[:4] for script in FOLDER.glob("*.sql")}
    assert revisions == {f"{one:04}" for one in range(int(FIRST_REVISION), int(REVISION) + 1)}


def test_file_of_the_newest_revision_has_the_current_schema(
    netkeep: Netkeep, database: Path, fresh: Path
) -> None:
    load(FOLDER / f"{REVISION}.sql", database)
    assert schema(database) == schema(fresh)
    assert netkeep("doctor").out == "No problems found.\n"
    assert netkeep("redo").out.startswith("Redone: log")
    netkeep("doctor")


def test_old_file_has_the_revision_in_its_name(
    old: OldFile, request: pytest.FixtureRequest
) -> None:
    assert f"[{old.revision}" in request.node.name
    assert is_sound(old.path)


def test_migration_keeps_all_rows(old: OldFile, netkeep: Netkeep) -> None:
    netkeep("due")
    assert is_unchanged(old)
    assert files_beside(old.path) == set()


def test_migrated_file_has_no_problems(old: OldFile, netkeep: Netkeep) -> None:
    netkeep("due")
    assert netkeep("doctor").out == "No problems found.\n"


def test_migrated_file_has_the_schema_of_a_new_file(
    old: OldFile, netkeep: Netkeep, fresh: Path
) -> None:
    netkeep("due")
    assert schema(old.path) == schema(fresh)
    assert revision(old.path) == revision(fresh) == REVISION


def test_migration_backs_up_the_old_file_and_restore_works(old: OldFile, netkeep: Netkeep) -> None:
    netkeep("due")
    (backup,) = netkeep("restore", "-f", "json").json
    assert backup["reason"] == "migration"
    copy = folder_of(old.path) / backup["name"]
    assert read_old_file(copy) == old._replace(path=copy)
    netkeep("log", "ada")
    netkeep("restore", backup["name"], "--yes")
    assert read_old_file(old.path) == old
    netkeep("due")
    assert is_unchanged(old)
    netkeep("doctor")


def test_migrated_contacts_are_listed_and_exported_with_their_history(
    old: OldFile, netkeep: Netkeep
) -> None:
    listed = netkeep("list", "--status", "all", "-f", "json").json
    assert len(listed) == len(old.contents["contact"])
    assert {one["status"] for one in listed} == {"active", "candidate", "dropped"}
    assert len(netkeep("timeline", "-f", "json").json) == len(old.contents["touchpoint"])
    exported = netkeep("export", "-").json
    assert [one["id"] for one in exported["contacts"]] == sorted(one["id"] for one in listed)
    for table in ("touchpoint", "occasion", "round"):
        assert len(exported[f"{table}s"]) == len(old.contents.get(table, []))
    ada = netkeep("show", "ada", "-f", "json").json
    assert ada["emails"] == ["ada@engines.example", "ada@home.example"]
    assert ada["note"].startswith('Plays chess.\n\n\t"Quoted"')
    assert len(ada["worked"]) == len(old.contents.get("position", []))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("oboe", ["Zoë Quinn"]),
        ("zoe cafe", []),  # the words have to be in a row
        ("cafe ltd", ["Zoë Quinn"]),
        ("strasse zweite", ["Ada Lovelace"]),
        ("eclair", ["Zoë Quinn"]),
        ("obrien", ["O'Brien, Pat", "Pat O'Brien"]),
    ],
)
def test_text_of_an_old_file_is_found(
    old: OldFile, netkeep: Netkeep, words: str, names: list[str]
) -> None:
    assert sorted(netkeep("find", words, "-f", "json", err=None).names) == names


def test_changes_after_a_migration_can_be_undone(old: OldFile, netkeep: Netkeep) -> None:
    netkeep("log", "ada", "zoe")
    netkeep("edit", "ada", "--add-tag", "aaa", "--remove-tag", "schach")
    netkeep("undo", "2")
    before, after = entered(old.contents), entered(contents(old.path, old.columns))
    others = before.keys() - {"sqlite_sequence", "change"}  # ids are never reused
    assert {one: after[one] for one in others} == {one: before[one] for one in others}
    netkeep("redo", "2")
    assert touchpoints(old.path) == len(old.contents["touchpoint"]) + 2
    netkeep("doctor")


@pytest.mark.parametrize("command", FIRST_COMMANDS)
def test_any_first_command_migrates_the_file(
    oldest: OldFile, netkeep: Netkeep, command: str
) -> None:
    netkeep(*shlex.split(command), err=None)
    assert revision(oldest.path) == REVISION
    netkeep("doctor")


def test_doctor_reports_an_old_schema_and_not_damage(old: OldFile, netkeep: Netkeep) -> None:
    said = f"the schema is revision {old.revision}; the current one is {REVISION}\n  netkeep due\n"
    assert netkeep("doctor", code=1).out == said
    assert read_old_file(old.path) == old
    netkeep("due")
    netkeep("doctor")


def test_damaged_old_file_is_not_migrated(oldest: OldFile, netkeep: Netkeep, fails: Fails) -> None:
    with closing(sqlite3.connect(oldest.path)) as connection, connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = 'CREATE INDEX contact_by_via ON contact (city)'"
            " WHERE name = 'contact_by_via'"
        )
    before = oldest.path.read_bytes()
    said = "missing from index contact_by_via"
    assert said in netkeep("doctor", code=1).out
    assert "is damaged" in fails("due", code=4)
    assert "is damaged" in fails("log", "zoe", code=4)
    assert oldest.path.read_bytes() == before


def test_failed_migration_leaves_the_file_unchanged(old: OldFile, fails: Fails) -> None:
    with closing(sqlite3.connect(old.path)) as connection:
        connection.execute("DROP INDEX detail_by_key")  # as the last script does
    before = old.path.read_bytes()
    assert "no such index: detail_by_key" in fails("due", code=4)
    assert old.path.read_bytes() == before


def test_concurrent_first_commands_all_succeed(
    oldest: OldFile, netkeep: Netkeep, fresh: Path, thorough: bool
) -> None:
    count = 10 if thorough else 3
    commands = [["log", "ada"], ["due"]] * count
    assert run_concurrently(*commands) == [(0, b"")] * 2 * count
    assert touchpoints(oldest.path) == len(oldest.contents["touchpoint"]) + count
    assert schema(oldest.path) == schema(fresh)
    assert [one["reason"] for one in netkeep("restore", "-f", "json").json] == ["migration"]
    netkeep("doctor")


@pytest.mark.parametrize(
    "old", [one for one in OLD_FILES if one.stem >= FIRST_UNDOABLE], ids=stem, indirect=True
)
def test_changes_before_a_migration_can_be_undone(old: OldFile, netkeep: Netkeep) -> None:
    count = sum(not change["undone"] for change in old.contents["change"])
    netkeep("undo", str(count))
    netkeep("doctor")
    netkeep("redo", str(count))
    assert is_unchanged(old)
    netkeep("doctor")


@pytest.fixture
def with_letters(database: Path) -> OldFile:
    """A file whose keys have letters such as ø, and phone numbers with 00."""
    return read_old_file(load(FOLDER / "0009.sql", database))


def test_letters_are_found_as_they_are_typed(with_letters: OldFile, netkeep: Netkeep) -> None:
    assert netkeep("log", "soren").out.startswith("Logged a touchpoint with Søren Ørsted")
    for words in ("soren orsted", "maersk", "oeuvre", "lodz", "aesir"):
        assert "Søren Ørsted" in netkeep("find", words, "-f", "json", err=None).names
    for option, text in (("--city", "thorshofn"), ("--company", "maersk"), ("--tag", "lodz")):
        assert netkeep("list", option, text, "-f", "json").names == ["Søren Ørsted"]
    assert ("Đặng Tết", "dang tet") in query(with_letters.path, "SELECT name, key FROM round")
    assert query(
        with_letters.path, "SELECT key FROM round_part WHERE part = 'tag' ORDER BY key"
    ) == [*[("aesir",), ("chess",), ("lodz",)]]
    netkeep("round", "remove", "dang tet")
    netkeep("doctor")


def test_names_are_completed_as_they_are_typed(
    with_letters: OldFile, netkeep: Netkeep, process: Process
) -> None:
    netkeep("due")
    assert process("--complete-names", "sor", "people").stdout == b"soren-orsted\n"


def test_entries_that_have_the_same_key_now_stay_until_the_list_is_edited(
    with_letters: OldFile, netkeep: Netkeep
) -> None:
    soren = netkeep("show", "soren", "-f", "json").json
    assert soren["phones"] == ["+45 33 13 00 01", "0045 33 13 00 01"]
    assert soren["tags"] == ["Łódź", "Lodz", "Æsir"]
    same = ("add", "Søren Ørsted", "--phone", "+45 33130001")
    assert "has the same name" in netkeep(*same, code=1, err=None).err
    netkeep("edit", "soren", "--add-phone", "+45 1", "--add-tag", "navy")
    soren = netkeep("show", "soren", "-f", "json").json
    assert soren["phones"] == ["+45 33 13 00 01", "+45 1"]
    assert soren["tags"] == ["Łódź", "Æsir", "navy"]
    netkeep("undo")
    assert netkeep("show", "soren", "-f", "json").json["tags"] == ["Łódź", "Lodz", "Æsir"]
    netkeep("doctor")


def multiply(path: Path) -> None:
    """Add copies of all contacts, and of the rows that belong to them."""
    of_people = {
        table: names
        for table, names in columns(path).items()
        if table == "contact" or "contact_id" in names
    }
    with closing(sqlite3.connect(path)) as connection, connection:
        for table, names in of_people.items():
            connection.execute(
                "WITH RECURSIVE copies (copy) AS"
                f" (VALUES (1) UNION ALL SELECT copy + 1 FROM copies WHERE copy < {COPIES})"
                f" INSERT INTO {table} ({', '.join(map(quoted, names))})"
                f" SELECT {', '.join(map(copied, names))} FROM {table}, copies"
            )


def copied(name: str) -> str:
    """Return the SQL for a column of a copy."""
    if name == "uid":
        return "uid || copy"
    return f"{name} + {STEP} * copy" if re.fullmatch("(.*_)?id", name) else quoted(name)


def start_due(**environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*NETKEEP, "due"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=without_coverage() | {"NETKEEP_TODAY": TODAY} | environment,
        preexec_fn=accept_ctrl_c,
    )


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], SlowMigration]:
    @cache
    def make(script: Path) -> SlowMigration:
        home = tmp_path_factory.mktemp("slow")
        path = load(script, home / "slow" / "old.db")
        multiply(path)
        copy = home / "copy" / "old.db"
        create(copy)
        copy.write_bytes(path.read_bytes())
        begun = time.monotonic()
        with start_due(HOME=str(home), XDG_CONFIG_HOME=str(home), NETKEEP_DB=str(copy)) as process:
            assert process.wait() == 0
        return SlowMigration(read_old_file(path), time.monotonic() - begun, schema(copy))

    return make


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Put the file, the signal and its moment into the names of the tests."""
    if "share" not in metafunc.fixturenames:
        return
    count, random = MANY if metafunc.config.getoption("--thorough") else FEW, Random(SEED)
    metafunc.parametrize(
        ("script", "sent", "share"),
        [
            (OLD_FILES[-turn % len(OLD_FILES)], sent, (turn + random.random()) / count)
            for sent in EXIT_CODES
            for turn in range(count)
        ],
        ids=lambda value: getattr(value, "stem", getattr(value, "name", str(value)[:5])),
    )


def test_interrupted_migration_leaves_the_old_file_or_a_complete_new_one(
    netkeep: Netkeep,
    database: Path,
    slow: Callable[[Path], SlowMigration],
    script: Path,
    sent: signal.Signals,
    share: float,
) -> None:
    before, seconds, new_schema = slow(script)
    create(database)
    database.write_bytes(before.path.read_bytes())
    before = before._replace(path=database)
    process = start_due()
    time.sleep(STARTUP_SECONDS + share * (seconds - STARTUP_SECONDS))
    process.send_signal(sent)
    err = process.communicate(timeout=60)[1]
    assert process.returncode in EXIT_CODES[sent] | {0}
    assert err == "" or (sent == signal.SIGINT and is_interrupt_message(err))
    assert files_beside(database) <= (
        set() if sent == signal.SIGINT else {f"{database.name}-journal"}
    )
    assert is_sound(database)
    assert all(is_sound(folder_of(database) / one.name) for one in list_backups(database))
    if revision(database) == REVISION:
        assert schema(database) == new_schema
        assert is_unchanged(before)
    else:
        assert process.returncode != 0
        assert read_old_file(database) == before
    netkeep("due", "--count")
    assert is_unchanged(before)
    netkeep("doctor")
