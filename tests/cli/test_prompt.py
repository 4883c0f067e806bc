"""prompt: prints the count of `due --count`, or nothing, and never an error."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.terminal import needs
from tests.conftest import Configure, Netkeep, Process
from tests.documents import recipes

NAMES = ("Ada Lovelace", "Grace Hopper", "Alan Turing")


@pytest.fixture
def people(netkeep: Netkeep) -> None:
    for name in NAMES:
        netkeep("add", name, "--last", "2026-01-01")
    netkeep("add", "Not due", "--last", "yesterday")
    netkeep("add", "Candidate", "--candidate")


@pytest.fixture(params=["fast", "slow"])
def prompt(request: pytest.FixtureRequest, process: Process) -> Callable[..., tuple[bytes, int]]:
    """Run prompt as shells do, without Typer, or with an option that needs Typer."""

    def run_prompt(*options: str) -> tuple[bytes, int]:
        usual = [] if request.param == "fast" else ["--debug"]
        ended = process(*usual, "prompt", *options)
        assert ended.stderr == b""
        return ended.stdout, ended.returncode

    return run_prompt


@pytest.mark.usefixtures("people")
def test_prompt_prints_how_many_are_due(
    netkeep: Netkeep, prompt: Callable[..., tuple[bytes, int]]
) -> None:
    assert prompt() == (b"3 due\n", 0)
    assert netkeep("due", "--count").out == "3\n"
    assert prompt("--oneline") == (b"3 due: Ada Lovelace, Alan Turing, Grace Hopper\n", 0)
    assert netkeep("due", "--oneline").out.encode() == prompt("--oneline")[0]


def test_prompt_is_silent_without_contacts_or_due_contacts(
    netkeep: Netkeep, prompt: Callable[..., tuple[bytes, int]], database: Path
) -> None:
    assert prompt() == prompt("--oneline") == (b"", 0)
    assert not database.exists()
    netkeep("add", "Ada", "--last", "today")
    assert prompt() == prompt("--oneline") == (b"", 0)


@pytest.mark.usefixtures("people")
def test_prompt_has_the_count_of_due_on_any_day(
    netkeep: Netkeep, prompt: Callable[..., tuple[bytes, int]], today: Callable[[str], None]
) -> None:
    netkeep("news", "ada", "Promoted")
    netkeep("snooze", "alan", "2w")
    netkeep("edit", "not-due", "--birthday", "10 dec")
    netkeep("round", "add", "--preset", "holidays")
    for day in ("2026-11-24", "2026-12-09", "2026-12-31", "2027-03-01"):
        today(day)
        count = netkeep("due", "--count").out.strip()
        assert prompt() == (b"" if count == "0" else f"{count} due\n".encode(), 0)


@pytest.mark.parametrize("state", ["folder", "text", "newer", "older", "busy", "damaged"])
@pytest.mark.usefixtures("people")
def test_prompt_is_silent_about_an_unusable_database(
    database: Path, prompt: Callable[..., tuple[bytes, int]], state: str
) -> None:
    changes = {
        "newer": "UPDATE alembic_version SET version_num = '9999'",
        "older": "UPDATE alembic_version SET version_num = '0001'",
        "busy": "BEGIN EXCLUSIVE",
        "damaged": "UPDATE contact SET cadence = 'seldom'",
    }
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        if state == "folder":
            database.unlink()
            database.mkdir()
        elif state == "text":
            database.write_text("text")
        else:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute(changes[state])
        before = sorted(database.parent.iterdir())
        begun = time.monotonic()
        assert prompt() == (b"", 4)
        assert time.monotonic() - begun < 10, "it waited"
        assert sorted(database.parent.iterdir()) == before


@pytest.mark.usefixtures("people")
def test_prompt_is_silent_about_an_invalid_day(
    process: Process, today: Callable[[str], None]
) -> None:
    today("someday")
    ended = process("prompt")
    assert (ended.stdout, ended.stderr, ended.returncode) == (b"", b"", 2)


@pytest.mark.usefixtures("people")
def test_prompt_uses_the_db_option(
    netkeep: Netkeep, database: Path, monkeypatch: pytest.MonkeyPatch, process: Process
) -> None:
    elsewhere = database.rename(Path.home() / "x.db")
    assert netkeep("prompt").out == ""
    assert netkeep("--db", str(elsewhere), "prompt").out == "3 due\n"
    monkeypatch.setenv("NETKEEP_DB", "~/x.db")
    assert process("prompt").stdout == b"3 due\n"


@pytest.mark.usefixtures("people")
def test_prompt_uses_the_database_setting(
    database: Path, prompt: Callable[..., tuple[bytes, int]], process: Process, configure: Configure
) -> None:
    database.rename(Path.home() / "x.db")
    configure("daily_cap = 5")
    assert prompt() == (b"", 0)
    configure('"database" = "~/x.db"')
    assert prompt() == (b"3 due\n", 0)
    assert process("--complete-names", "gra", "people").stdout == b"grace-hopper\n"


@pytest.mark.usefixtures("people")
def test_prompt_is_silent_about_invalid_settings(process: Process, configure: Configure) -> None:
    config = configure('database = "x.db"')
    ended = process("prompt")
    assert (ended.stdout, ended.stderr, ended.returncode) == (b"", b"", 2)
    config.unlink()
    config.mkdir()
    ended = process("prompt")
    assert (ended.stdout, ended.stderr, ended.returncode) == (b"", b"", 2)
    assert process("--complete-names", "gra", "people").stdout == b""


@pytest.mark.parametrize(
    ("shell", "program"),
    [
        (["bash", "--norc"], '{}; printf "%s" "${{PS1@P}}"'),
        (["zsh", "-f"], '{}; precmd; print -nP "$PROMPT"'),
        (["fish", "--no-config"], "{}; fish_right_prompt"),
    ],
    ids=["bash", "zsh", "fish"],
)
def test_prompts_of_the_manual_show_how_many_are_due(
    netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch, shell: list[str], program: str
) -> None:
    needs(shell[0])
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    (line,) = re.findall(rf"^(.*?) +# {shell[0]}$", recipes()["prompts"], re.M)

    def shown() -> str:
        return subprocess.run(
            [*shell, "-c", program.format(line)], capture_output=True, check=True, text=True
        ).stdout

    assert "due" not in shown()
    netkeep("add", "Ada", "--last", "2026-01-01")
    assert shown().startswith("1 due")


def test_prompt_escapes_control_characters_in_names(netkeep: Netkeep, database: Path) -> None:
    netkeep("add", "Ada", "--last", "2026-01-01")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE contact SET name = 'x' || char(27) || '[2J' || char(8238)")
    assert netkeep("prompt", "--oneline").out == "1 due: x\\x1b[2J\\u202e\n"
