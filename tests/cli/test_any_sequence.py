"""Any sequence of commands leaves no problems, and can be undone and redone."""

import sqlite3
import tempfile
from contextlib import closing, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from netkeep.cli.app import run

NAMES = ["Ada Lovelace", "Grace Hopper", "Alan Turing", "Ada King", "★", "José O'Brien"]
PEOPLE = st.sampled_from([*map(str, range(2, 7)), *NAMES[:4]])
DAYS = st.sampled_from(["2026-07-01", "2026-11-01", "2026-11-20", "yesterday", "today"])
LATER = st.sampled_from(["tomorrow", "2026-12-01", "in 3 weeks"])
TEXTS = st.sampled_from(
    ["hello", "Spoke about compilers", "naïve 👩‍🚀\nsecond line", "x" * 300, "%_'\"\\"]
)
CARD = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:{}\r\nEMAIL:{}@x.example\r\nROLE:none\r\nEND:VCARD\r\n"
NOT_COMPARED = ("change", "changed_row", "sqlite_sequence")


def dump(path: Path) -> list[str]:
    """Return all rows of a file, except the records of changes."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name not in NOT_COMPARED
        ]
        return [
            f"{table}: {row}"
            for table in sorted(tables)
            for row in sorted(map(repr, connection.execute(f'SELECT * FROM "{table}"')))
        ]


class AnySequence(RuleBasedStateMachine):
    """Run commands in any order, and keep the contents of the file after each change."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "netkeep.db"
        self.call("add", "Nobody")
        self.call("forget", "Nobody", "--yes")
        self.dumps = [dump(self.path)]
        self.undone: list[list[str]] = []
        for name in NAMES[:4]:
            self.change("add", name, "--last", "2026-08-01")
            self.change("log", name, "-p", "ask", "--on", "2026-09-01", "-n", "Asked for advice")
        self.change("me", "Moved to Boston")
        self.copies: list[tuple[str, list[str]]] = []

    def call(self, *command: str, text: str | None = None) -> int:
        out, err = StringIO(), StringIO()
        if text is not None:
            file = Path(self.folder.name) / "in"
            file.write_text(text)
            command = (*command, str(file))
        with redirect_stdout(out), redirect_stderr(err):
            code = run(["--db", str(self.path), *command])
        assert code in {0, 1, 2, 3}, (command, err.getvalue())
        assert "internal error" not in err.getvalue(), (command, err.getvalue())
        self.output = out.getvalue()
        return code

    def change(self, *command: str, text: str | None = None) -> None:
        """Run a command, and record the contents if it changed them."""
        code = self.call(*command, text=text)
        now = dump(self.path)
        if now != self.dumps[-1]:
            assert code == 0
            self.dumps.append(now)
            self.undone.clear()

    @rule(name=st.sampled_from(NAMES), candidate=st.booleans(), via=PEOPLE, day=DAYS)
    def add(self, name: str, candidate: bool, via: str, day: str) -> None:
        more = ["--candidate"] if candidate else ["--last", day, "-t", "chess"]
        self.change("add", name, "--force", *more, "--via", via)
        self.change("add", name, "--force", "--email", f"{len(self.dumps)}@x.example", *more)

    @rule(person=PEOPLE, other=PEOPLE, day=DAYS, text=TEXTS)
    def log(self, person: str, other: str, day: str, text: str) -> None:
        self.change("log", person, other, "--on", day, "-n", text)

    @rule(person=PEOPLE, day=DAYS, purpose=st.sampled_from(["ask", "thank", "give"]))
    def log_for(self, person: str, day: str, purpose: str) -> None:
        self.change("log", person, "--on", day, "-p", purpose)

    @rule(person=PEOPLE, text=TEXTS, day=LATER)
    def log_next(self, person: str, text: str, day: str) -> None:
        self.change("log", person, "--next", text, "--by", day)

    @rule(touchpoint=st.integers(1, 9), day=DAYS, text=TEXTS)
    def amend(self, touchpoint: int, day: str, text: str) -> None:
        self.change("amend", str(touchpoint), "--on", day, "-n", text)

    @rule(touchpoint=st.integers(1, 9))
    def delete(self, touchpoint: int) -> None:
        self.change("amend", str(touchpoint), "--delete")

    @rule(person=PEOPLE, text=TEXTS, every=st.sampled_from(["10d", "3m", "none"]))
    def edit(self, person: str, text: str, every: str) -> None:
        self.change("edit", person, "--note", text, "-e", every, "--add-tag", "chess")

    @rule(person=PEOPLE, name=st.sampled_from(NAMES), other=PEOPLE)
    def rename(self, person: str, name: str, other: str) -> None:
        self.change("edit", person, "--name", name, "--via", other, "--remove-tag", "chess")

    @rule(person=PEOPLE, day=LATER)
    def snooze(self, person: str, day: str) -> None:
        self.change("snooze", person, day)

    @rule(person=PEOPLE)
    def keep(self, person: str) -> None:
        self.change("keep", person)

    @rule(person=PEOPLE, text=TEXTS)
    def drop(self, person: str, text: str) -> None:
        self.change("drop", person, "--reason", text.partition("\n")[0])

    @rule(person=PEOPLE, other=PEOPLE)
    def merge(self, person: str, other: str) -> None:
        self.change("merge", person, other)

    @rule(person=PEOPLE, text=TEXTS, day=DAYS, company=st.sampled_from(["Initech", "Engines"]))
    def news(self, person: str, text: str, day: str, company: str) -> None:
        self.change("news", person, text, "--on", day, "--company", company)

    @rule(person=PEOPLE, day=LATER)
    def visit(self, person: str, day: str) -> None:
        self.change("visit", person, "--from", day, "--to", "2027-01-01", "--city", "Boston")

    @rule(person=PEOPLE, text=TEXTS, day=LATER)
    def promise(self, person: str, text: str, day: str) -> None:
        self.change("promise", person, text, "--by", day)

    @rule(occasion=st.integers(1, 6))
    def done(self, occasion: int) -> None:
        self.change("done", str(occasion))

    @rule(name=st.sampled_from(["holidays", "summer"]))
    def add_round(self, name: str) -> None:
        self.change("round", "add", "--preset", name, "--tag", "chess", "--kind", "friend")

    @rule(name=st.sampled_from(["holidays", "summer"]))
    def remove_round(self, name: str) -> None:
        self.change("round", "remove", name)

    @rule(text=TEXTS)
    def me(self, text: str) -> None:
        self.change("me", text)

    @rule(news=st.integers(1, 2))
    def remove_own_news(self, news: int) -> None:
        self.change("me", "--remove", str(news))

    @rule(names=st.lists(st.sampled_from(NAMES), max_size=4), keep=st.booleans())
    def import_cards(self, names: list[str], keep: bool) -> None:
        cards = "".join(CARD.format(name, len(name)) for name in names)
        self.change("import", *(["--keep"] if keep else []), text=cards)

    @rule()
    def import_itself(self) -> None:
        self.call("export", "-")
        self.change("import", text=self.output)

    @rule(count=st.integers(1, 3))
    def undo(self, count: int) -> None:
        is_possible = len(self.dumps) > count
        assert self.call("undo", str(count)) == (0 if is_possible else 1)
        for _ in range(count if is_possible else 0):
            self.undone.append(self.dumps.pop())
        assert dump(self.path) == self.dumps[-1]

    @rule(count=st.integers(1, 3))
    def redo(self, count: int) -> None:
        is_possible = len(self.undone) >= count
        assert self.call("redo", str(count)) == (0 if is_possible else 1)
        for _ in range(count if is_possible else 0):
            self.dumps.append(self.undone.pop())
        assert dump(self.path) == self.dumps[-1]

    @rule()
    def fix(self) -> None:
        self.call("doctor", "--fix")
        assert dump(self.path) == self.dumps[-1]

    @rule(person=PEOPLE)
    def forget(self, person: str) -> None:
        if self.call("forget", person, "--yes") == 0:
            self.dumps, self.undone = [dump(self.path)], []

    @rule()
    def backup(self) -> None:
        name = str(Path(self.folder.name) / f"{len(self.copies)}.db")
        assert self.call("backup", name) == 0
        self.copies.append((name, self.dumps[-1]))

    @rule(number=st.integers(0, 5))
    def restore(self, number: int) -> None:
        if number < len(self.copies):
            name, contents = self.copies[number]
            assert self.call("restore", name, "--yes") == 0
            self.dumps, self.undone = [contents], []  # undo does not go back past a restore
            assert dump(self.path) == contents

    @invariant()
    def doctor_finds_no_problems(self) -> None:
        assert self.call("doctor") == 0, self.output

    def teardown(self) -> None:
        if not hasattr(self, "dumps"):
            return
        dumps = self.dumps
        for before in reversed(dumps[:-1]):
            assert self.call("undo") == 0
            assert dump(self.path) == before
        for after in dumps[1:]:
            assert self.call("redo") == 0
            assert dump(self.path) == after
        self.folder.cleanup()


def test_any_sequence_can_be_undone_and_redone(
    home: Path, capsys: pytest.CaptureFixture[str], thorough: bool
) -> None:
    run_state_machine_as_test(
        AnySequence,
        settings=settings(
            max_examples=200 if thorough else 3,
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )
