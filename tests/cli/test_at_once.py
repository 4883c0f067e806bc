"""Many commands at once: none fails, every change is saved, and each waits for locks."""

import json
import shlex
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from netkeep.store.connection import BUSY_SECONDS
from tests.cli.test_processes import NETKEEP, without_coverage
from tests.conftest import Netkeep, Result

WRITERS, READERS = 18, 10  # each command once
MANY_WRITERS, MANY_READERS = 100, 20  # in a thorough run
LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


class Written(NamedTuple):
    """An export: touchpoints by their note, occasions by text or city, the rest by name."""

    people: dict[str, dict[str, Any]]
    touchpoints: dict[str, dict[str, Any]]
    occasions: dict[str, dict[str, Any]]
    rounds: set[str]
    own_news: set[str]


class Change(NamedTuple):
    """A command, whether an export shows its effect, and the commands to run before.

    N stands for a word that is different in each, ID for the id from the last command before.
    """

    command: str
    seen: Callable[[Written, str], bool]
    before: tuple[str, ...] = ()


CHANGES = [
    Change("add N -e 2w", lambda then, n: n in then.people),
    Change("log ada -n N", lambda then, n: then.touchpoints[n]["name"] == "Ada"),
    Change("edit ada --add-tag N", lambda then, n: n in then.people["Ada"]["tags"]),
    Change("edit ada --add-email N@x.org", lambda then, n: f"{n}@x.org" in emails(then, "Ada")),
    Change(
        "snooze ID 2w",
        lambda then, n: then.people[n]["snoozed_until"] == "2026-12-07",
        ("add N",),
    ),
    Change("news ada N", lambda then, n: then.occasions[n]["kind"] == "news"),
    Change(
        "visit ID --from wed --to sat --city N",
        lambda then, n: then.occasions[n]["name"] == n,
        ("add N",),
    ),
    Change("promise ada N --by friday", lambda then, n: not then.occasions[n]["done_on"]),
    Change(
        "done ID",
        lambda then, n: then.occasions[n]["done_on"] == "2026-11-23",
        ("promise ada N --by friday",),
    ),
    Change("me N", lambda then, n: n in then.own_news),
    Change("me --remove ID", lambda then, n: n not in then.own_news, ("me N",)),
    Change("drop ID --reason N", lambda then, n: then.people[n]["drop_reason"] == n, ("add N",)),
    Change("keep ID", lambda then, n: is_active(then.people[n]), ("add N --candidate",)),
    Change("round add N --from 12-01 --to 12-24", lambda then, n: n in then.rounds),
    Change(
        "round remove N",
        lambda then, n: n not in then.rounds,
        ("round add N --from 12-01 --to 12-24",),
    ),
    Change("amend ID -n N", lambda then, n: then.touchpoints[n]["name"] == "Ada", ("log ada",)),
    Change(
        "merge N ID",
        lambda then, n: n in then.people and f"Of {n}" not in then.people,
        ("add N", "add 'Of N'"),
    ),
    Change("import N.csv", lambda then, n: f"{n}@x.example" in emails(then, f"Row {n}")),
]
QUERIES = [
    "due -f json",
    "list -f json --status all",
    "show ada -f json",
    "brief ada -f json",
    "find ada -f json",
    "timeline -f json",
    "balance -f json",
    "stats -f json",
    "round list -f json",
    "export -",
]


def is_active(person: dict[str, Any]) -> bool:
    return bool(person["status"] == "active")


def emails(then: Written, name: str) -> list[str]:
    return list(then.people[name]["emails"])


def start(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*NETKEEP, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=without_coverage(),
    )


def ended(process: "subprocess.Popen[str]") -> Result:
    out, err = process.communicate(timeout=300)
    return Result(out, err, process.returncode)


def prepare(netkeep: Netkeep, change: Change, word: str) -> list[str]:
    """Run the commands before a change, and return the command itself."""
    made = 0
    for command in change.before:
        record = netkeep(*shlex.split(command.replace("N", word)), "-f", "json").json
        made = (record[0] if isinstance(record, list) else record)["id"]
    Path(f"{word}.csv").write_text(f"{LINKEDIN}Row,{word},,{word}@x.example,,,05 Sep 2017\n")
    return shlex.split(change.command.replace("N", word).replace("ID", str(made)))


def read_export(netkeep: Netkeep) -> Written:
    export = netkeep("export").json
    return Written(
        {each["name"]: each for each in export["contacts"]},
        {each["note"]: each for each in export["touchpoints"]},
        {each["text"] or each["city"]: each for each in export["occasions"]},
        {each["name"] for each in export["rounds"]},
        {each["text"] for each in export["own_news"]},
    )


def test_concurrent_writers_and_readers_lose_nothing(
    netkeep: Netkeep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, thorough: bool
) -> None:
    writer_count, reader_count = (MANY_WRITERS, MANY_READERS) if thorough else (WRITERS, READERS)
    monkeypatch.chdir(tmp_path)
    netkeep("add", "Ada")
    changes = {f"n{turn}": each for turn, each in enumerate(islice(cycle(CHANGES), writer_count))}
    writers = {word: prepare(netkeep, change, word) for word, change in changes.items()}
    readers = [shlex.split(each) for each in islice(cycle(QUERIES), reader_count)]
    commands = list(writers.values())
    for place, reader in enumerate(readers):
        commands.insert(place * (len(commands) // reader_count), reader)
    started = [start(*command) for command in commands]
    results = list(zip(commands, map(ended, started), strict=True))
    assert [one for one in results if (one[1].code, one[1].err) != (0, "")] == []
    for command, result in results:
        assert command not in readers or json.loads(result.out) is not None
    then = read_export(netkeep)
    assert [writers[word] for word, each in changes.items() if not each.seen(then, word)] == []


@pytest.fixture
def lock_holder(netkeep: Netkeep, database: Path) -> Iterator[sqlite3.Connection]:
    """Hold an exclusive lock on the file, as another program would."""
    netkeep("add", "Ada")
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield connection


def test_commands_wait_for_a_lock_of_three_seconds(
    netkeep: Netkeep, lock_holder: sqlite3.Connection
) -> None:
    waiting = [start("log", "ada"), start("list")]
    time.sleep(3)
    assert [one.poll() for one in waiting] == [None, None]
    lock_holder.execute("COMMIT")
    assert [(one.code, one.err) for one in map(ended, waiting)] == [(0, ""), (0, "")]
    assert len(netkeep("timeline", "-f", "json").json) == 1


def test_commands_fail_after_15_seconds_of_a_lock(
    netkeep: Netkeep, lock_holder: sqlite3.Connection, database: Path
) -> None:
    begun = time.monotonic()
    waiting = [start("log", "ada"), start("list")]
    results = [ended(one) for one in waiting]
    assert BUSY_SECONDS <= time.monotonic() - begun < 2 * BUSY_SECONDS
    busy = (
        f"netkeep: {database} is busy: another process has been writing to it for 15 s\n"
        "  try again in a moment\n"
    )
    assert results == [Result("", busy, 4)] * 2
    lock_holder.execute("COMMIT")
    netkeep("log", "ada")
    assert len(netkeep("timeline", "-f", "json").json) == 1
