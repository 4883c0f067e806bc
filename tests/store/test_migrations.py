"""Files of older schemas: brought up to date by whatever comes first, wholly or not at all.

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
from tests.cli.test_cut_off import ENDS, beside, is_sound, tells_of_interrupt
from tests.cli.test_processes import NETKEEP, at_once, unfollowed
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

COPIES = 200  # of all that an old file holds
STEP = 100  # between the ids of two copies
FEW, MANY = 1, 50  # moments of each signal
SEED = 20_261_125
STARTED = 0.1  # seconds

Contents = Mapping[str, list[dict[str, Any]]]


class Old(NamedTuple):
    """A file of an older schema, and what is in it."""

    path: Path
    revision: str
    schema: list[str]
    columns: Mapping[str, list[str]]
    contents: Contents


class Slow(NamedTuple):
    """A bigger one, how long a first command takes, and the schema it is to have then."""

    old: Old
    seconds: float
    schema: list[str]


def load(script: Path, path: Path) -> Path:
    create(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script.read_text("utf-8"))
    return path


def ask(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def revision(path: Path) -> str:
    ((found,),) = ask(path, "SELECT version_num FROM alembic_version")
    return str(found)


def schema(path: Path) -> list[str]:
    return sorted(sql for (sql,) in ask(path, "SELECT sql FROM sqlite_master WHERE sql <> ''"))


def columns(path: Path) -> dict[str, list[str]]:
    """Return the columns of every table, without the seals that 0006 drops."""
    tables = ask(path, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return {
        table: sorted(
            name for _, name, *_ in ask(path, f"PRAGMA table_info({table})") if name != "seal"
        )
        for (table,) in tables
        if table not in {"alembic_version", "seal", "image", "changed_row"}
    }


def contents(path: Path, of: Mapping[str, list[str]]) -> Contents:
    """Every row of these tables and columns, in no order."""
    return {
        table: sorted(
            (
                dict(zip(names, row, strict=True))
                for row in ask(path, f"SELECT {', '.join(map(quoted, names))} FROM {table}")
            ),
            key=repr,
        )
        for table, names in of.items()
    }


def quoted(name: str) -> str:
    return f'"{name}"'


def look(path: Path) -> Old:
    return Old(path, revision(path), schema(path), columns(path), contents(path, columns(path)))


def entered(found: Contents) -> Contents:
    """Leave out keys and what searches read: each revision has its own, which doctor checks."""
    return {
        table: sorted(
            ({name: value for name, value in row.items() if name != "key"} for row in rows),
            key=repr,
        )
        for table, rows in found.items()
        if table not in {"word", "passage"}
    }


def is_unchanged(old: Old) -> bool:
    return entered(contents(old.path, old.columns)) == entered(old.contents)


def touchpoints(path: Path) -> int:
    return len(ask(path, "SELECT id FROM touchpoint"))


def stem(script: Path) -> str:
    return script.stem


@pytest.fixture(params=OLD_FILES, ids=stem)
def old(request: pytest.FixtureRequest, database: Path) -> Old:
    return look(load(request.param, database))


@pytest.fixture
def oldest(database: Path) -> Old:
    return look(load(OLDEST, database))


@pytest.fixture
def fresh(netkeep: Netkeep, tmp_path: Path) -> Path:
    """A file that this netkeep made."""
    path = tmp_path / "fresh.db"
    netkeep("--db", str(path), "add", "Ada")
    return path


def test_there_is_a_file_of_every_revision() -> None:
    revisions = {script.stem[:4] for script in FOLDER.glob("*.sql")}
    assert revisions == {f"{one:04}" for one in range(int(FIRST_REVISION), int(REVISION) + 1)}


def test_that_of_the_newest_is_as_netkeep_would_write_it(
    netkeep: Netkeep, database: Path, fresh: Path
) -> None:
    load(FOLDER / f"{REVISION}.sql", database)
    assert schema(database) == schema(fresh)
    assert netkeep("doctor").out == "No problems found.\n"
    assert netkeep("redo").out.startswith("Done again: log")
    netkeep("doctor")


def test_each_is_of_the_revision_it_is_called_by(old: Old, request: pytest.FixtureRequest) -> None:
    assert f"[{old.revision}" in request.node.name
    assert is_sound(old.path)


def test_all_that_was_there_is_there_unchanged(old: Old, netkeep: Netkeep) -> None:
    netkeep("due")
    assert is_unchanged(old)
    assert beside(old.path) == set()


def test_nothing_is_wrong_with_it_then(old: Old, netkeep: Netkeep) -> None:
    netkeep("due")
    assert netkeep("doctor").out == "No problems found.\n"


def test_its_schema_is_that_of_a_new_file(old: Old, netkeep: Netkeep, fresh: Path) -> None:
    netkeep("due")
    assert schema(old.path) == schema(fresh)
    assert revision(old.path) == revision(fresh) == REVISION


def test_a_backup_holds_it_as_it_was_and_can_be_put_back(old: Old, netkeep: Netkeep) -> None:
    netkeep("due")
    (backup,) = netkeep("restore", "-f", "json").json
    assert backup["reason"] == "migration"
    copy = folder_of(old.path) / backup["name"]
    assert look(copy) == old._replace(path=copy)
    netkeep("log", "ada")
    netkeep("restore", backup["name"], "--yes")
    assert look(old.path) == old
    netkeep("due")
    assert is_unchanged(old)
    netkeep("doctor")


def test_people_are_listed_and_exported_with_their_history(old: Old, netkeep: Netkeep) -> None:
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
        ("zoe cafe", []),  # in a row, that is
        ("cafe ltd", ["Zoë Quinn"]),
        ("strasse zweite", ["Ada Lovelace"]),
        ("eclair", ["Zoë Quinn"]),
        ("obrien", ["O'Brien, Pat", "Pat O'Brien"]),
    ],
)
def test_what_was_written_before_is_found(
    old: Old, netkeep: Netkeep, words: str, names: list[str]
) -> None:
    assert sorted(netkeep("find", words, "-f", "json", err=None).names) == names


def test_what_comes_after_can_be_undone(old: Old, netkeep: Netkeep) -> None:
    netkeep("log", "ada", "zoe")
    netkeep("edit", "ada", "--add-tag", "aaa", "--remove-tag", "schach")
    netkeep("undo", "2")
    before, after = entered(old.contents), entered(contents(old.path, old.columns))
    others = before.keys() - {"sqlite_sequence", "change"}  # no id is given twice
    assert {one: after[one] for one in others} == {one: before[one] for one in others}
    netkeep("redo", "2")
    assert touchpoints(old.path) == len(old.contents["touchpoint"]) + 2
    netkeep("doctor")


@pytest.mark.parametrize("command", FIRST_COMMANDS)
def test_whatever_comes_first_brings_a_file_up_to_date(
    oldest: Old, netkeep: Netkeep, command: str
) -> None:
    netkeep(*shlex.split(command), err=None)
    assert revision(oldest.path) == REVISION
    netkeep("doctor")


def test_the_doctor_does_not_take_an_old_file_for_damaged(old: Old, netkeep: Netkeep) -> None:
    said = f"the schema is of revision {old.revision}, and not yet {REVISION}\n  netkeep due\n"
    assert netkeep("doctor", code=1).out == said
    assert look(old.path) == old
    netkeep("due")
    netkeep("doctor")


def test_an_old_file_that_is_damaged_is_left_alone(
    oldest: Old, netkeep: Netkeep, fails: Fails
) -> None:
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


def test_a_migration_that_fails_leaves_the_file_as_it_was(old: Old, fails: Fails) -> None:
    with closing(sqlite3.connect(old.path)) as connection:
        connection.execute("DROP INDEX detail_by_key")  # as the last script does
    before = old.path.read_bytes()
    assert "no such index: detail_by_key" in fails("due", code=4)
    assert old.path.read_bytes() == before


def test_concurrent_first_commands_all_succeed(
    oldest: Old, netkeep: Netkeep, fresh: Path, thorough: bool
) -> None:
    count = 10 if thorough else 3
    commands = [["log", "ada"], ["due"]] * count
    assert at_once(*commands) == [(0, b"")] * 2 * count
    assert touchpoints(oldest.path) == len(oldest.contents["touchpoint"]) + count
    assert schema(oldest.path) == schema(fresh)
    assert [one["reason"] for one in netkeep("restore", "-f", "json").json] == ["migration"]
    netkeep("doctor")


@pytest.mark.parametrize(
    "old", [one for one in OLD_FILES if one.stem >= FIRST_UNDOABLE], ids=stem, indirect=True
)
def test_what_was_changed_before_can_be_undone(old: Old, netkeep: Netkeep) -> None:
    count = sum(not change["undone"] for change in old.contents["change"])
    netkeep("undo", str(count))
    netkeep("doctor")
    netkeep("redo", str(count))
    assert is_unchanged(old)
    netkeep("doctor")


@pytest.fixture
def with_letters(database: Path) -> Old:
    """A file whose keys have letters such as ø, and phone numbers with 00."""
    return look(load(FOLDER / "0009.sql", database))


def test_letters_are_found_as_they_are_typed(with_letters: Old, netkeep: Netkeep) -> None:
    assert netkeep("log", "soren").out.startswith("Logged a touchpoint with Søren Ørsted")
    for words in ("soren orsted", "maersk", "oeuvre", "lodz", "aesir"):
        assert "Søren Ørsted" in netkeep("find", words, "-f", "json", err=None).names
    for option, text in (("--city", "thorshofn"), ("--company", "maersk"), ("--tag", "lodz")):
        assert netkeep("list", option, text, "-f", "json").names == ["Søren Ørsted"]
    assert ("Đặng Tết", "dang tet") in ask(with_letters.path, "SELECT name, key FROM round")
    assert ask(with_letters.path, "SELECT key FROM round_part WHERE part = 'tag' ORDER BY key") == [
        *[("aesir",), ("chess",), ("lodz",)]
    ]
    netkeep("round", "remove", "dang tet")
    netkeep("doctor")


def test_names_are_completed_as_they_are_typed(
    with_letters: Old, netkeep: Netkeep, process: Process
) -> None:
    netkeep("due")
    assert process("--complete-names", "sor", "people").stdout == b"soren-orsted\n"


def test_entries_that_have_the_same_key_now_stay_until_the_list_is_edited(
    with_letters: Old, netkeep: Netkeep
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
    """Add copies of everybody, and of all that hangs on them."""
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
    """SQL for what a column of a copy is."""
    if name == "uid":
        return "uid || copy"
    return f"{name} + {STEP} * copy" if re.fullmatch("(.*_)?id", name) else quoted(name)


def start_due(**environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*NETKEEP, "due"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=unfollowed() | {"NETKEEP_TODAY": TODAY} | environment,
        preexec_fn=accept_ctrl_c,
    )


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Slow]:
    @cache
    def make(script: Path) -> Slow:
        home = tmp_path_factory.mktemp("slow")
        path = load(script, home / "slow" / "old.db")
        multiply(path)
        copy = home / "copy" / "old.db"
        create(copy)
        copy.write_bytes(path.read_bytes())
        begun = time.monotonic()
        with start_due(HOME=str(home), XDG_CONFIG_HOME=str(home), NETKEEP_DB=str(copy)) as process:
            assert process.wait() == 0
        return Slow(look(path), time.monotonic() - begun, schema(copy))

    return make


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Have the name of a test that fails say when it was cut off."""
    if "share" not in metafunc.fixturenames:
        return
    count, random = MANY if metafunc.config.getoption("--thorough") else FEW, Random(SEED)
    metafunc.parametrize(
        ("script", "sent", "share"),
        [
            (OLD_FILES[-turn % len(OLD_FILES)], sent, (turn + random.random()) / count)
            for sent in ENDS
            for turn in range(count)
        ],
        ids=lambda value: getattr(value, "stem", getattr(value, "name", str(value)[:5])),
    )


def test_a_first_command_that_is_cut_off_leaves_an_old_file_or_a_new_one(
    netkeep: Netkeep,
    database: Path,
    slow: Callable[[Path], Slow],
    script: Path,
    sent: signal.Signals,
    share: float,
) -> None:
    before, seconds, new_schema = slow(script)
    create(database)
    database.write_bytes(before.path.read_bytes())
    before = before._replace(path=database)
    process = start_due()
    time.sleep(STARTED + share * (seconds - STARTED))
    process.send_signal(sent)
    err = process.communicate(timeout=60)[1]
    assert process.returncode in ENDS[sent] | {0}
    assert err == "" or (sent == signal.SIGINT and tells_of_interrupt(err))
    assert beside(database) <= (set() if sent == signal.SIGINT else {f"{database.name}-journal"})
    assert is_sound(database)
    assert all(is_sound(folder_of(database) / one.name) for one in list_backups(database))
    if revision(database) == REVISION:
        assert schema(database) == new_schema
        assert is_unchanged(before)
    else:
        assert process.returncode != 0
        assert look(database) == before
    netkeep("due", "--count")
    assert is_unchanged(before)
    netkeep("doctor")
