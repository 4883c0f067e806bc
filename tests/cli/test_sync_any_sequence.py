"""Two computers and a phone that share one network, edited and carried in any order."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from netkeep.cli.app import run
from netkeep.exchange.shared_calendar import contact_of
from netkeep.store.queries.sync import uid_digest

PARTS = {"contacts": ".vcf", "history": ".ics", "tasks": ".ics"}
NAMES = ["Ada Lovelace", "Grace Hopper", "Alan Turing"]
PEOPLE = st.sampled_from(NAMES)
COMPUTERS = st.sampled_from("ab")
DAYS = st.sampled_from(["2026-11-01", "2026-11-20", "2026-11-22", "2026-11-23"])
NUMBERS = st.integers(0, 20)
TOKEN = re.compile(r"w[0-9]+w")
REMOVED = re.compile("^(.+): removed .+, which another device deleted", re.MULTILINE)
SETTINGS = """[sync]
contacts = "{0}/contacts"
history = "{0}/history"
tasks = "{0}/tasks"
"""
CARD = """BEGIN:VCARD
VERSION:3.0
N:{1};{0};;;
FN:{0} {1}
TITLE:{2}
UID:{3}
END:VCARD
"""
EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:phone
BEGIN:VEVENT
UID:{}
DTSTAMP:20261122T100000Z
DTSTART;VALUE=DATE:{}
SUMMARY:Lunch with {}
DESCRIPTION:{}
END:VEVENT
END:VCALENDAR
"""
TABLES = {
    "contact": "id",
    **dict.fromkeys(("detail", "extra", "position", "touchpoint", "occasion"), "contact_id"),
    **dict.fromkeys(("own_news", "round", "round_part")),
}
HISTORY = """SELECT name, touchpoint.note FROM touchpoint JOIN contact ON contact.id = contact_id
    UNION SELECT name, coalesce(text, '') || coalesce(occasion.city, '')
        FROM occasion JOIN contact ON contact.id = contact_id
"""
# What two computers have in common of each row; ids are each computer's own, and so are changes
# of candidates until they are kept.
QUERIES = [
    """SELECT name, status, kind, cadence, company, title, city, school, met, met_on, birthday,
        note, first_due_on, snoozed_until, last_touch_on, due_on, dropped_on, drop_reason, snoozes,
        (SELECT name FROM contact AS via WHERE via.id = contact.via_id),
        (SELECT group_concat(value, '|') FROM (SELECT detail || ' ' || value AS value FROM detail
            WHERE contact_id = contact.id ORDER BY detail, key))
        FROM contact WHERE drop_reason IS NOT 'deleted in the address book'
        AND status <> 'candidate'""",
    """SELECT name, day, channel, purpose, direction, touchpoint.note
        FROM touchpoint JOIN contact ON contact.id = contact_id
        WHERE drop_reason IS NOT 'deleted in the address book'""",
    """SELECT name, occasion.kind, day, until, text, occasion.city, yours, done_on
        FROM occasion JOIN contact ON contact.id = contact_id
        WHERE (occasion.kind <> 'promise' OR done_on IS NULL)
        AND drop_reason IS NOT 'deleted in the address book'""",
    "SELECT day, text FROM own_news",
    "SELECT name, begins, ends FROM round",
]


def unfolded(content: bytes) -> list[str]:
    return re.sub(r"\r?\n[ \t]", "", content.decode()).splitlines()


def as_bytes(lines: list[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def uid_of(content: bytes) -> str:
    return next(line[4:] for line in unfolded(content) if line.startswith("UID:"))


@dataclass
class Computer:
    """One computer: its database, its folders, and what its carrier took last."""

    root: Path
    messages: list[str] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)  # values of what sync said that it removed
    carried: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        config = self.root / "config/netkeep"
        config.mkdir(parents=True, exist_ok=True)
        config.joinpath("config.toml").unlink(missing_ok=True)
        config.joinpath("config.toml").write_text(SETTINGS.format(self.root))
        for part in PARTS:
            (self.root / part).mkdir(exist_ok=True)

    @property
    def database(self) -> Path:
        return self.root / "netkeep.db"

    def call(self, *command: str) -> tuple[int, str]:
        out, err = StringIO(), StringIO()
        os.environ["XDG_CONFIG_HOME"] = str(self.root / "config")
        with redirect_stdout(out), redirect_stderr(err):
            code = run(["--db", str(self.database), *command])
        assert code in {0, 1, 2, 3}, (command, err.getvalue())
        assert "internal error" not in err.getvalue(), (command, err.getvalue())
        self.messages.append(err.getvalue())
        return code, out.getvalue()

    def sync(self) -> None:
        before = self.history()
        code, _ = self.call("sync", "--allow-removals")
        assert code == 0, self.messages[-1]
        after = self.history()
        for name in REMOVED.findall(self.messages[-1]):
            self.removed |= before[name] - after[name]

    def files(self) -> dict[tuple[str, str], Path]:
        return {
            (part, uid_of(path.read_bytes())): path
            for part in PARTS
            for path in (self.root / part).iterdir()
        }

    def tokens(self, person: str | None = None) -> set[str]:
        """Every value in the database, or of one person, that was entered anywhere."""
        if not self.database.exists():
            return set()
        of_person = "WHERE {} IN (SELECT id FROM contact WHERE name = ?)"
        with closing(sqlite3.connect(self.database)) as connection:
            return {
                token
                for table, column in TABLES.items()
                if column or not person
                for row in connection.execute(
                    f"SELECT * FROM {table} {of_person.format(column) if person else ''}",
                    [person] if person else [],
                )
                for token in TOKEN.findall(repr(row))
            }

    def history(self) -> dict[str, set[str]]:
        """The values in touchpoints and occasions, by name."""
        found = defaultdict(set)
        if self.database.exists():
            with closing(sqlite3.connect(self.database)) as connection:
                for name, text in connection.execute(HISTORY):
                    found[name].update(TOKEN.findall(text or ""))
        return found

    def erased(self) -> set[str]:
        """The digests of UIDs that `forget` left."""
        with closing(sqlite3.connect(self.database)) as connection:
            uids = connection.execute("SELECT uid FROM sync_item WHERE uid LIKE 'sha256:%'")
            return {uid for (uid,) in uids}

    def shared(self) -> list[list[Any]]:
        """What a computer has in common with all others."""
        with closing(sqlite3.connect(self.database)) as connection:
            return [sorted(connection.execute(query), key=repr) for query in QUERIES]

    def snapshot(self) -> dict[Path, tuple[bytes, int]]:
        return {
            path: (path.read_bytes(), path.stat().st_mtime_ns)
            for part in PARTS
            for path in (self.root / part).iterdir()
        }


def copy_computer(here: Path, there: Path) -> None:
    shutil.copytree(here, there, copy_function=os.link, ignore=shutil.ignore_patterns("*.db"))
    shutil.copy(here / "netkeep.db", there)


class TwoComputersAndAPhone(RuleBasedStateMachine):
    """Each computer has a folder that is carried to a server, whose items the phone edits."""

    beginning: ClassVar[tempfile.TemporaryDirectory[str] | None] = None

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name)
        self.server: dict[tuple[str, str], bytes] = {}
        self.entered: set[str] = set()
        self.replaced: set[str] = set()  # values that a person removed where they were seen
        self.erased: set[str] = set()  # digests of UIDs of forgotten contacts and their history
        self.count = 10
        if self.beginning:  # linked, so that the files have the same stamps
            for name in "ab":
                copy_computer(Path(self.beginning.name) / name, root / name)
        self.computers = {name: Computer(root / name) for name in "ab"}
        if not self.beginning:
            for number, name in enumerate(NAMES[:2]):
                city = ("--city", f"w{number}w")
                self.by_hand("a", "add", name, "--last", "2026-07-20", "-k", "friend", *city)
            self.by_hand("a", "log", NAMES[0], "-n", "w2w", "--on", "2026-08-01")
            self.settle()
            beginning = type(self).beginning = tempfile.TemporaryDirectory()
            for name in "ab":
                copy_computer(root / name, Path(beginning.name) / name)
        files = self.computers["a"].files()
        self.server = {key: path.read_bytes() for key, path in files.items()}
        for computer in self.computers.values():
            computer.carried = dict(self.server)

    def teardown(self) -> None:
        if not hasattr(self, "folder"):
            return
        try:
            self.settle()
            self.settle()
            self.check()
        finally:
            self.folder.cleanup()

    def token(self) -> str:
        self.count += 1
        return f"w{self.count}w"

    def by_hand(self, name: str, *command: str) -> bool:
        computer = self.computers[name]
        before = computer.tokens()
        code, _ = computer.call(*command)
        after = computer.tokens()
        self.entered |= after - before
        self.replaced |= before - after
        return code == 0

    # What is done on a computer.

    @rule(name=COMPUTERS, person=PEOPLE, option=st.sampled_from(["city", "title", "company"]))
    def edit(self, name: str, person: str, option: str) -> None:
        self.by_hand(name, "edit", person, f"--{option}", self.token())

    @rule(name=COMPUTERS, person=PEOPLE, option=st.sampled_from(["-n", "--add-note"]))
    def edit_note(self, name: str, person: str, option: str) -> None:
        self.by_hand(name, "edit", person, option, self.token())

    @rule(name=COMPUTERS, person=PEOPLE, option=st.sampled_from(["--add-tag", "-t"]))
    def tag(self, name: str, person: str, option: str) -> None:
        self.by_hand(name, "edit", person, option, self.token())

    @rule(name=COMPUTERS, person=PEOPLE)
    def add_email(self, name: str, person: str) -> None:
        self.by_hand(name, "edit", person, "--add-email", f"{self.token()}@x.example")

    @rule(name=COMPUTERS, person=PEOPLE)
    def clear(self, name: str, person: str) -> None:
        self.by_hand(name, "edit", person, "--city", "none", "--tag", "none", "-e", "none")

    @rule(name=COMPUTERS, person=PEOPLE, cadence=st.sampled_from(["10d", "2m", "1y"]))
    def set_cadence(self, name: str, person: str, cadence: str) -> None:
        self.by_hand(name, "edit", person, "-e", cadence)

    @rule(name=COMPUTERS, person=PEOPLE)
    def add(self, name: str, person: str) -> None:
        self.by_hand(name, "add", person, "--last", "2026-07-20", "--school", self.token())

    @rule(
        name=COMPUTERS, person=PEOPLE, day=DAYS, purpose=st.sampled_from(["ask", "give", "thank"])
    )
    def log(self, name: str, person: str, day: str, purpose: str) -> None:
        self.by_hand(name, "log", person, "--on", day, "-p", purpose, "-n", self.token())

    @rule(name=COMPUTERS, number=NUMBERS, delete=st.booleans())
    def amend(self, name: str, number: int, *, delete: bool) -> None:
        computer = self.computers[name]
        with closing(sqlite3.connect(computer.database)) as connection:
            ids = [id_ for (id_,) in connection.execute("SELECT id FROM touchpoint")]
        if ids:
            how = ("--delete",) if delete else ("-n", self.token(), "-c", "call")
            self.by_hand(name, "amend", str(ids[number % len(ids)]), *how)

    @rule(name=COMPUTERS, person=PEOPLE)
    def promise(self, name: str, person: str) -> None:
        self.by_hand(name, "promise", person, self.token(), "--by", "today")

    @rule(name=COMPUTERS, number=NUMBERS)
    def done(self, name: str, number: int) -> None:
        computer = self.computers[name]
        with closing(sqlite3.connect(computer.database)) as connection:
            ids = [id_ for (id_,) in connection.execute("SELECT id FROM occasion")]
        if ids:
            self.by_hand(name, "done", str(ids[number % len(ids)]))

    @rule(name=COMPUTERS, person=PEOPLE)
    def news(self, name: str, person: str) -> None:
        self.by_hand(name, "news", person, self.token())

    @rule(name=COMPUTERS, person=PEOPLE)
    def visit(self, name: str, person: str) -> None:
        visit = ("--from", "today", "--to", "fri", "--city", self.token())
        self.by_hand(name, "visit", person, *visit)

    @rule(name=COMPUTERS)
    def own_news(self, name: str) -> None:
        self.by_hand(name, "me", self.token())

    @rule(name=COMPUTERS, tag=st.sampled_from(["spring", "autumn"]))
    def add_round(self, name: str, tag: str) -> None:
        dates = ("--from", "11-01", "--to", "11-30", "--tag", self.token())
        self.by_hand(name, "round", "add", tag, *dates)

    @rule(name=COMPUTERS, person=PEOPLE, length=st.sampled_from(["1w", "3w"]))
    def snooze(self, name: str, person: str, length: str) -> None:
        self.by_hand(name, "snooze", person, length)

    @rule(name=COMPUTERS, person=PEOPLE)
    def drop(self, name: str, person: str) -> None:
        self.by_hand(name, "drop", person, "--reason", self.token())

    @rule(name=COMPUTERS, person=PEOPLE)
    def keep(self, name: str, person: str) -> None:
        self.by_hand(name, "keep", person)

    @rule(name=COMPUTERS, person=PEOPLE, other=PEOPLE)
    def merge(self, name: str, person: str, other: str) -> None:
        self.by_hand(name, "merge", person, other, "--yes")

    @rule(name=COMPUTERS, person=PEOPLE)
    def forget(self, name: str, person: str) -> None:
        everywhere = [each.tokens(person) for each in self.computers.values()]
        if self.by_hand(name, "forget", person, "--yes"):
            self.erased |= self.computers[name].erased()
            items = [item for key, item in self.server.items() if self.is_erased(key[1], item)]
            self.replaced |= set().union(*everywhere, TOKEN.findall(repr(items)))

    def is_erased(self, uid: str, content: bytes) -> bool:
        """Return whether an item is of someone who was forgotten, so that its values are too."""
        return not self.erased.isdisjoint(map(uid_digest, (uid, contact_of(content) or "")))

    @rule(name=COMPUTERS)
    def undo(self, name: str) -> None:
        self.by_hand(name, "undo")

    # What is done on the phone, which works on the server's items.

    def change_item(
        self, part: str, number: int, changed: Callable[[list[str]], list[str]], *, drops: bool
    ) -> None:
        """Change an item, and drop the properties that this phone does not know."""
        keys = self.keys(part)
        if not keys:
            return
        key = keys[number % len(keys)]
        lines = unfolded(self.server[key])
        if drops:
            lines = [line for line in lines if not line.startswith("X-")]
        self.put(key, as_bytes(changed(lines)))

    def keys(self, part: str) -> list[tuple[str, str]]:
        """The items that people see; a finished task is hidden."""
        return sorted(
            key
            for key, content in self.server.items()
            if key[0] == part and b"STATUS:COMPLETED" not in content
        )

    def put(self, key: tuple[str, str], content: bytes) -> None:
        before, after = (
            {*TOKEN.findall(each.decode())} for each in (self.server.get(key, b""), content)
        )
        if not self.is_erased(key[1], content):
            self.entered |= after - before
        self.replaced |= before - after
        self.server[key] = content

    @rule(
        number=NUMBERS, drops=st.booleans(), name=st.sampled_from(["TITLE", "NOTE", "CATEGORIES"])
    )
    def edit_card(self, number: int, name: str, *, drops: bool) -> None:
        def changed(lines: list[str]) -> list[str]:
            others = [line for line in lines if not line.startswith((name, "END:"))]
            return [*others, f"{name}:{self.token()}", "END:VCARD"]

        self.change_item("contacts", number, changed, drops=drops)

    @rule(number=NUMBERS, drops=st.booleans())
    def edit_event(self, number: int, *, drops: bool) -> None:
        def changed(lines: list[str]) -> list[str]:
            others = [line for line in lines if not line.startswith(("DESCRIPTION", "END:"))]
            return [*others, f"DESCRIPTION:{self.token()}", "END:VEVENT", "END:VCALENDAR"]

        self.change_item("history", number, changed, drops=drops)

    @rule(number=NUMBERS, drops=st.booleans(), text=st.booleans())
    def tick_task(self, number: int, *, drops: bool, text: bool) -> None:
        def changed(lines: list[str]) -> list[str]:
            lines = [line for line in lines if not line.startswith("STATUS")]
            added = f"\\n{self.token()}" if text else ""
            lines = [f"{line}{added}" if line.startswith("DESC") else line for line in lines]
            return [*lines[:-2], "STATUS:COMPLETED", *lines[-2:]]

        self.change_item("tasks", number, changed, drops=drops)

    @rule(number=NUMBERS, drops=st.booleans())
    def move_task(self, number: int, *, drops: bool) -> None:
        def changed(lines: list[str]) -> list[str]:
            return ["DUE;VALUE=DATE:20261201" if line.startswith("DUE") else line for line in lines]

        self.change_item("tasks", number, changed, drops=drops)

    @rule(part=st.sampled_from(sorted(PARTS)), number=NUMBERS)
    def delete_item(self, part: str, number: int) -> None:
        keys = self.keys(part)
        if keys:
            self.put(keys[number % len(keys)], b"")
            del self.server[keys[number % len(keys)]]

    @rule(person=PEOPLE)
    def new_card(self, person: str) -> None:
        uid = f"phone-{self.count}"
        card = CARD.format(*person.split(), self.token(), uid)
        self.put(("contacts", uid), as_bytes(card.splitlines()))

    @rule(person=PEOPLE, day=DAYS)
    def new_event(self, person: str, day: str) -> None:
        uid = f"phone-{self.count}"
        event = EVENT.format(uid, day.replace("-", ""), person, self.token())
        self.put(("history", uid), as_bytes(event.splitlines()))

    # What synchronises.

    @rule(name=COMPUTERS)
    def sync(self, name: str) -> None:
        self.computers[name].sync()

    @rule(name=COMPUTERS)
    def carry(self, name: str) -> None:
        """Do what vdirsyncer does: carry what changed on one side, resolve what changed on both."""
        computer = self.computers[name]
        files = computer.files()
        for key in sorted({*files, *self.server, *computer.carried}):
            path, there, old = files.get(key), self.server.get(key), computer.carried.get(key)
            here = path.read_bytes() if path else None
            if here == there:
                new = here
            elif here == old:
                new = there
            elif there == old or there is None:
                new = here
            elif here is None:
                new = there
            else:
                new = self.resolved(computer, key, here, there)
            if new is None:
                computer.carried.pop(key, None)
                self.server.pop(key, None)
                if path:
                    path.unlink()
                continue
            computer.carried[key] = self.server[key] = new
            if new != here:
                path = path or computer.root / key[0] / f"{key[1]}{PARTS[key[0]]}"
                path.unlink(missing_ok=True)
                path.write_bytes(new)

    def resolved(
        self, computer: Computer, key: tuple[str, str], here: bytes, there: bytes
    ) -> bytes:
        if key[0] == "tasks":  # "b wins" in the configuration that netkeep prints
            return there
        paths = [computer.root / name for name in ("first", "second")]
        for path, content in zip(paths, (here, there), strict=True):
            path.write_bytes(content)
        code, _ = computer.call("sync", "--resolve", *map(str, paths))
        assert code == 0, computer.messages[-1]
        first, second = (path.read_bytes() for path in paths)
        assert first == second
        return first

    def round(self, name: str) -> None:
        self.carry(name)
        self.sync(name)
        self.carry(name)

    def settle(self) -> None:
        for name in "abab":
            self.round(name)

    def check(self) -> None:
        a, b = self.computers.values()
        contents = [
            {key: path.read_bytes() for key, path in computer.files().items()}
            for computer in (a, b)
        ]
        assert contents[0] == contents[1] == self.server
        if not self.erased:  # a contact is erased on one computer, and dropped on the others
            assert a.shared() == b.shared()
        before = [a.snapshot(), b.snapshot()]
        a.sync()
        b.sync()
        assert [a.snapshot(), b.snapshot()] == before
        kept = a.tokens() | b.tokens() | set(TOKEN.findall(repr(self.server)))
        told = set(TOKEN.findall(repr([a.messages, b.messages]))) | a.removed | b.removed
        lost = self.entered - self.replaced - kept - told
        assert lost == set()


def test_all_that_is_entered_arrives_everywhere(
    monkeypatch: pytest.MonkeyPatch, *, thorough: bool
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "")  # is put back at the end
    run_state_machine_as_test(
        TwoComputersAndAPhone,
        settings=settings(
            max_examples=300 if thorough else 5,
            stateful_step_count=25 if thorough else 15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
