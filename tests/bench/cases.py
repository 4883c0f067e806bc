"""What is timed, and what it may take."""

import sys
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from tests.bench.cast import CANDIDATE, DUE, RARE_WORD, WHO

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
FLOORS = {
    "python": [sys.executable, "-c", "pass"],
    "sqlite3": [sys.executable, "-I", "-c", "import sqlite3"],
    "sqlmodel": [sys.executable, "-c", "import sqlmodel"],
    "hello": [sys.executable, "-c", HELLO],
    "write": [sys.executable, "-c", WRITE, "{written}"],
}


class File(Enum):
    """What a command finds: itself, or a copy of its own."""

    the_network = auto()
    a_copy = auto()  # as on most of a day, with the backup of the day made
    a_copy_of_a_new_day = auto()
    the_imported = auto()  # a copy of what the first import made
    none = auto()


class Case(NamedTuple):
    """A command of netkeep, `{...}` in it for a path; `lines` is how many it has to print."""

    name: str
    arguments: list[str]
    file: File = File.the_network
    lines: int | None = None
    on_terminal: bool = False
    dated: int = 0


DATED = 200  # due for something dated, in networks where anybody is
LATER = ["--from", "2027-05-01", "--to", "2027-05-04"]

READING = [
    Case("due", ["due"], lines=DUE),
    Case("due of 220", ["due"], lines=DUE + DATED, dated=DATED),
    Case("due --count", ["due", "--count"], lines=1),
    Case("due --by", ["due", "--by", "in 1 month"]),
    Case("due -f json", ["due", "-f", "json"]),
    Case("list --limit 20", ["list", "--limit", "20"], lines=20),
    Case("list --city", ["list", "--city", "City 7", "--limit", "20"]),
    Case("list", ["list"]),
    Case("show", ["show", WHO]),
    Case("brief", ["brief", WHO]),
    Case("brief of the first", ["brief"]),
    Case("find", ["find", RARE_WORD], lines=DUE),
    Case("find a common word", ["find", "engineer", "--limit", "20"], lines=20),
    Case("timeline --limit 20", ["timeline", "--limit", "20"], lines=20),
    Case("timeline of one", ["timeline", WHO], lines=5),
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
    Case("prompt", ["prompt"], lines=1),
    Case("prompt --oneline", ["prompt", "--oneline"], lines=1),
    Case("prompt of 220", ["prompt"], lines=1, dated=DATED),
    Case("complete a name", ["--complete-names", "ada-l", "people"]),
    Case("complete a late name", ["--complete-names", "radia-y", "people"]),
    Case("due, table", ["due"], on_terminal=True),
    Case("list --limit 20, table", ["list", "--limit", "20"], on_terminal=True),
    Case("show, table", ["show", WHO], on_terminal=True),
    Case("brief, table", ["brief", WHO], on_terminal=True),
    Case("find, table", ["find", RARE_WORD], on_terminal=True),
    Case("stats, table", ["stats"], on_terminal=True),
]
WRITING = [
    Case("log", ["log", WHO, "-n", "About zebras"], File.a_copy, lines=1),
    Case("log as an ask", ["log", WHO, "-p", "ask"], File.a_copy),
    Case("log, new day", ["log", WHO, "-n", "About zebras"], File.a_copy_of_a_new_day, lines=1),
    Case("add", ["add", "Mary Somerville", "--city", "London"], File.a_copy, lines=1),
    Case("snooze", ["snooze", WHO, "2w"], File.a_copy, lines=1),
    Case("edit", ["edit", WHO, "--title", "Analyst"], File.a_copy),
    Case("keep", ["keep", f"#{CANDIDATE}"], File.a_copy),
    Case("drop", ["drop", WHO, "--reason", "moved"], File.a_copy),
    Case("merge", ["merge", "#30", "#31"], File.a_copy),
    Case("forget", ["forget", "#30", "--yes"], File.a_copy),
    Case("news", ["news", WHO, "Promoted"], File.a_copy),
    Case("visit", ["visit", WHO, *LATER], File.a_copy),
    Case("visit --trip", ["visit", "--trip", "City 7", *LATER], File.a_copy),
    Case("promise", ["promise", WHO, "send it", "--by", "friday"], File.a_copy),
    Case("done", ["done", "1"], File.a_copy),
    Case("round add", ["round", "add", "--preset", "holidays"], File.a_copy),
    Case("round remove", ["round", "remove", "greetings"], File.a_copy),
    Case("me TEXT", ["me", "Started anew"], File.a_copy),
    Case("amend", ["amend", "1", "--note", "About zebras"], File.a_copy),
    Case("undo", ["undo"], File.a_copy),
    Case("backup", ["backup"], File.a_copy),
    Case("restore", ["restore", "{backup}", "--yes"], File.a_copy),
    Case("import of 10,000 more", ["import", "{10000}"], File.a_copy, lines=1),
]
# Which have nothing to do with the size of a network.
SIZELESS = [
    Case("--version", ["--version"], File.none, lines=1),
    Case("--help", ["--help"], File.none),
    Case("due --help", ["due", "--help"], File.none),
    Case("config", ["config"], File.none),
    Case("completion bash", ["completion", "bash"], File.none),
    Case("add the first", ["add", "Mary Somerville"], File.none, lines=1),
    Case("import of 10,000", ["import", "{10000}"], File.none, lines=1),
    Case("import of 10,000 again", ["import", "{10000}"], File.the_imported, lines=1),
    Case("import of 100,000", ["import", "{100000}"], File.none, lines=1),
]


def is_wanted(name: str, only: Sequence[str] | None) -> bool:
    """Whether a name begins as one of those asked for does."""
    return only is None or name.startswith(tuple(only))


class Limit(NamedTuple):
    """How many times as much a case may take, at a size, as another one; 0 is no size."""

    case: str
    size: int
    times: float
    other: str
    other_size: int = 0
    of: str = "time"


LOOKED_AT = ["due", "list --limit 20", "show", "brief"]
LIMITS = [
    *(Limit(case, 1_000, 1.25, "hello") for case in LOOKED_AT),
    *(Limit(f"{case}, table", 1_000, 1.9, "hello") for case in LOOKED_AT),
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
    Limit("complete a name", 100_000, 2.5, "sqlite3"),
    Limit("complete a late name", 100_000, 2.5, "sqlite3"),
    Limit("prompt", 100_000, 2.5, "sqlite3"),
    Limit("import of 10,000", 0, 5, "sqlmodel"),
    Limit("import of 10,000 again", 0, 1, "import of 10,000"),
    Limit("--version", 0, 1.05, "hello"),
]
