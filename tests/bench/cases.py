"""The commands that are measured, and their limits."""

import sys
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from tests.bench.constants import CANDIDATE_ID, CONTACT, DUE, RARE_WORD

NETKEEP = [sys.executable, "-I", "-m", "netkeep"]
HELLO = """
import typer
app = typer.Typer()
@app.command()
def hello(name: str = "world"):
    print("hello", name)
app()
"""
WRITE = """
import sqlite3, sys
import sqlmodel, typer
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA synchronous=EXTRA")
connection.execute("BEGIN IMMEDIATE")
connection.execute("INSERT INTO written VALUES ('hello')")
connection.execute("COMMIT")
"""
CHECK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
print(connection.execute("PRAGMA integrity_check").fetchall())
print(connection.execute("PRAGMA foreign_key_check").fetchall())
"""
# What no such program can do without, and what commands are compared with.
FLOORS = {
    "python": [sys.executable, "-c", "pass"],
    "sqlite3": [sys.executable, "-I", "-c", "import sqlite3"],
    "sqlmodel": [sys.executable, "-c", "import sqlmodel"],
    "hello": [sys.executable, "-c", HELLO],
    "write": [sys.executable, "-c", WRITE, "{written}"],
}


class Database(Enum):
    """The database of a case. A copy is made for each run, since commands write to it."""

    shared = auto()
    copy = auto()  # has the backup of the day already
    copy_on_new_day = auto()
    copy_of_import = auto()  # as the first import of 10,000 left it
    copy_to_sync = auto()  # 3,000 contacts and 15,000 touchpoints, with empty folders
    copy_of_sync = auto()  # the same as the first sync left it, with its folders
    none = auto()


class Case(NamedTuple):
    """A command, with `{...}` for a path in its arguments; `lines` is how many it has to print."""

    name: str
    arguments: list[str]
    database: Database = Database.shared
    lines: int | None = None
    on_terminal: bool = False
    dated: int = 0  # contacts in the network with a dated reason
    program: list[str] = NETKEEP


CAP = 10  # contacts due by their cadence on today's list
DATED = 200
LATER = ["--from", "2027-05-01", "--to", "2027-05-04"]

READING = [
    Case("due", ["due"], lines=CAP),
    Case("due of 220", ["due", "--all"], lines=DUE + DATED, dated=DATED),
    Case("due --count", ["due", "--count"], lines=1),
    Case("due --by", ["due", "--by", "in 1 month"]),
    Case("due -f json", ["due", "-f", "json"]),
    Case("list --limit 20", ["list", "--limit", "20"], lines=20),
    Case("list --city", ["list", "--city", "City 7", "--limit", "20"]),
    Case("list", ["list"]),
    Case("show", ["show", CONTACT]),
    Case("brief", ["brief", CONTACT]),
    Case("brief of the first", ["brief"]),
    Case("find", ["find", RARE_WORD], lines=DUE),
    Case("find a common word", ["find", "engineer", "--limit", "20"], lines=20),
    Case("timeline --limit 20", ["timeline", "--limit", "20"], lines=20),
    Case("timeline of one", ["timeline", CONTACT], lines=5),
    Case("balance", ["balance"]),
    Case("stats", ["stats"]),
    Case("stats --tree", ["stats", "--tree"]),
    Case("round list", ["round", "list"], lines=1),
    Case("round show", ["round", "show", "greetings"]),
    Case("me", ["me"], lines=1),
    Case("merge --suggest", ["merge", "--suggest"]),
    Case("undo --list", ["undo", "--list"], lines=1),
    Case("undo --dry-run", ["undo", "--dry-run"]),
    Case("export as json", ["export", "-"]),
    Case("export as csv", ["export", "-", "--as", "csv"]),
    Case("export as ics", ["export", "-", "--as", "ics"]),
    Case("export as vcard", ["export", "{new}.vcf"]),
    Case("doctor", ["doctor"]),
    Case("sqlite checks", ["{database}"], program=[sys.executable, "-I", "-c", CHECK]),
    Case("prompt", ["prompt"], lines=1),
    Case("prompt --oneline", ["prompt", "--oneline"], lines=1),
    Case("prompt of 220", ["prompt"], lines=1, dated=DATED),
    Case("complete a name", ["--complete-names", "ada-l", "people"]),
    Case("complete a late name", ["--complete-names", "radia-y", "people"]),
    Case("due, table", ["due"], on_terminal=True),
    Case("list --limit 20, table", ["list", "--limit", "20"], on_terminal=True),
    Case("show, table", ["show", CONTACT], on_terminal=True),
    Case("brief, table", ["brief", CONTACT], on_terminal=True),
    Case("find, table", ["find", RARE_WORD], on_terminal=True),
    Case("stats, table", ["stats"], on_terminal=True),
]
WRITING = [
    Case("log", ["log", CONTACT, "-n", "About zebras"], Database.copy, lines=1),
    Case("log as an ask", ["log", CONTACT, "-p", "ask"], Database.copy),
    Case("log, new day", ["log", CONTACT, "-n", "About zebras"], Database.copy_on_new_day, lines=1),
    Case("add", ["add", "Mary Somerville", "--city", "London"], Database.copy, lines=1),
    Case("snooze", ["snooze", CONTACT, "2w"], Database.copy, lines=1),
    Case("edit", ["edit", CONTACT, "--title", "Analyst"], Database.copy),
    Case("keep", ["keep", f"#{CANDIDATE_ID}"], Database.copy),
    Case("drop", ["drop", CONTACT, "--reason", "moved"], Database.copy),
    Case("merge", ["merge", "#30", "#31"], Database.copy),
    Case("forget", ["forget", "#30", "--yes"], Database.copy),
    Case("news", ["news", CONTACT, "Promoted"], Database.copy),
    Case("visit", ["visit", CONTACT, *LATER], Database.copy),
    Case("visit --trip", ["visit", "--trip", "City 7", *LATER], Database.copy),
    Case("promise", ["promise", CONTACT, "send it", "--by", "friday"], Database.copy),
    Case("done", ["done", "1"], Database.copy),
    Case("round add", ["round", "add", "--preset", "holidays"], Database.copy),
    Case("round remove", ["round", "remove", "greetings"], Database.copy),
    Case("me TEXT", ["me", "Started anew"], Database.copy),
    Case("amend", ["amend", "1", "--note", "About zebras"], Database.copy),
    Case("undo", ["undo"], Database.copy),
    Case("backup", ["backup"], Database.copy),
    Case("restore", ["restore", "{backup}", "--yes"], Database.copy),
    Case("import of 10,000 more", ["import", "{10000}"], Database.copy, lines=1),
]
# Independent of the size of the network.
SIZELESS = [
    Case("--version", ["--version"], Database.none, lines=1),
    Case("--help", ["--help"], Database.none),
    Case("due --help", ["due", "--help"], Database.none),
    Case("config", ["config"], Database.none),
    Case("completion bash", ["completion", "bash"], Database.none),
    Case("add the first", ["add", "Mary Somerville"], Database.none, lines=1),
    Case("import of 10,000", ["import", "{10000}"], Database.none, lines=1),
    Case("import of 10,000 again", ["import", "{10000}"], Database.copy_of_import, lines=1),
    Case("import of 100,000", ["import", "{100000}"], Database.none, lines=1),
    Case("first sync", ["sync"], Database.copy_to_sync, lines=3),
    Case("sync again", ["sync"], Database.copy_of_sync, lines=3),
]


def is_wanted(name: str, only: Sequence[str] | None) -> bool:
    """Return whether a name begins with one of `only`, or there is no `only`."""
    return only is None or name.startswith(tuple(only))


class Limit(NamedTuple):
    """The most a case may take, as a multiple of another case or floor.

    Sizes are numbers of contacts, 0 where the size does not matter. `of` is time or memory.
    """

    case: str
    size: int
    times: float
    other: str
    other_size: int = 0
    of: str = "time"


MOST_USED = ["due", "list --limit 20", "show", "brief"]
LIMITS = [
    *(Limit(case, 1_000, 1.25, "hello") for case in MOST_USED),
    *(Limit(f"{case}, table", 1_000, 1.9, "hello") for case in MOST_USED),
    Limit("due", 100_000, 1.25, "hello"),
    Limit("due", 100_000, 1.1, "due", 1_000),
    Limit("due", 100_000, 1.1, "due", 1_000, "memory"),
    Limit("due of 220", 100_000, 1.1, "due of 220", 1_000),
    Limit("due of 220", 100_000, 1.1, "due of 220", 1_000, "memory"),
    Limit("find", 100_000, 6, "hello"),
    *(
        Limit(case, size, 1.2, "write")
        for case in ("log", "add", "snooze")
        for size in (1_000, 100_000)
    ),
    Limit("log, new day", 100_000, 3, "log", 100_000),
    Limit("doctor", 100_000, 3, "sqlite checks", 100_000),
    Limit("complete a name", 100_000, 2.5, "sqlite3"),
    Limit("complete a late name", 100_000, 2.5, "sqlite3"),
    Limit("prompt", 100_000, 2.5, "sqlite3"),
    Limit("import of 10,000", 0, 8, "sqlmodel"),
    Limit("import of 10,000 again", 0, 1, "import of 10,000"),
    Limit("first sync", 0, 60, "sqlmodel"),
    Limit("first sync", 0, 4, "sqlmodel", of="memory"),
    Limit("sync again", 0, 5, "sqlmodel"),
    Limit("--version", 0, 1.05, "hello"),
]
