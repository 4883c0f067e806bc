"""Files of older schemas: brought up to date by whatever comes first, wholly or not at all."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from netkeep.store import engine, migrations
from netkeep.store.engine import transaction
from netkeep.store.file import REVISION
from tests.builders import NOW
from tests.conftest import Netkeep

CONTACT = (
    "INSERT INTO contact (id, name, key, status, kind, company, note, created_at, updated_at)"
    " VALUES (?, ?, ?, 'active', 'other', ?, ?, '2026-01-01T00:00:00+00:00',"
    " '2026-01-01T00:00:00+00:00')"
)
TOUCHPOINT = (
    "INSERT INTO touchpoint"
    " (id, contact_id, day, channel, purpose, direction, note, created_at, updated_at)"
    " VALUES (?, ?, '2026-01-01', 'call', 'catch-up', 'out', ?, '2026-01-01T00:00:00+00:00',"
    " '2026-01-01T00:00:00+00:00')"
)


@pytest.fixture
def old(database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of the first schema, with somebody in it."""
    with monkeypatch.context() as patched:
        for module in (engine, migrations):
            patched.setattr(module, "REVISION", "0001")
        with transaction(database, NOW):
            pass
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(CONTACT, (1, "Zoë Quinn", "zoe quinn", "Café Ltd", "plays the O'Boe"))
        connection.execute(CONTACT, (2, "Ada", "ada", None, None))
        connection.execute("INSERT INTO detail VALUES (2, 'tag', 0, 'chess', 'Chess')")
        connection.execute(TOUCHPOINT, (1, 2, "Spoke about Compilers"))
        connection.execute(TOUCHPOINT, (2, 2, None))
    return database


def test_what_was_written_before_is_found(old: Path, netkeep: Netkeep) -> None:
    for words, names in (
        ("oboe", ["Zoë Quinn"]),
        ("zoe cafe", []),  # in a row, that is
        ("compilers", ["Ada"]),
        ("chess", ["Ada"]),
    ):
        assert netkeep("find", words, "-f", "json", err=None).names == names


def test_what_was_kept_before_is_as_it_was(old: Path, netkeep: Netkeep) -> None:
    contact = netkeep("show", "zoe", "-f", "json").json
    assert (contact["company"], contact["note"], contact["worked"]) == (
        *("Café Ltd", "plays the O'Boe", []),
    )
    assert len(netkeep("timeline", "-f", "json").json) == 2


@pytest.mark.parametrize(
    "command", [["due"], ["log", "ada"], ["news", "ada", "Promoted"], ["me", "moved"]], ids=" ".join
)
def test_whatever_comes_first_brings_a_file_up_to_date(
    old: Path, netkeep: Netkeep, command: list[str]
) -> None:
    netkeep(*command)
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (
            (REVISION,)
        )
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    old: Path, fails: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old.read_bytes()
    monkeypatch.setattr(migrations, "REVISION", "9999")
    fails("due", code=1)
    assert old.read_bytes() == before
