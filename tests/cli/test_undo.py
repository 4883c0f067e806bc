"""netkeep undo, undo --list and redo, as on a terminal."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Fails, Netkeep, change


@pytest.fixture
def ada(netkeep: Netkeep) -> None:
    netkeep("add", "Ada Lovelace", "-k", "coworker", "--last", "2026-08-20")


def without_times(text: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "TIME", text)


def test_undo_prints_what_it_puts_back(netkeep: Netkeep, ada: None) -> None:
    before = netkeep("export", "-").out
    netkeep("log", "ada", "-c", "call", "-p", "ask", "-n", "Asked for advice")
    netkeep("edit", "ada", "--company", "Initech", "--add-tag", "chess")
    assert without_times(netkeep("undo", "2").out) == (
        "Undone: edit of TIME (change 3).\n"
        "  Ada Lovelace (#1): company none (was: Initech); tag chess gone\n"
        "Undone: log of TIME (change 2).\n"
        "  Ada Lovelace (#1): last touch 2026-08-20 (was: 2026-11-23);"
        " due 2026-11-20 (was: 2027-02-23)\n"
        "  promise #1, Ada Lovelace, thank Ada Lovelace: gone\n"
        "  touchpoint #2, call with Ada Lovelace on 2026-11-23: gone\n"
        "To redo all: netkeep redo 2\n"
    )
    assert netkeep("export", "-").out == before


def test_redo_applies_the_change_again(netkeep: Netkeep, ada: None) -> None:
    netkeep("promise", "ada", "send the slides", "--by", "friday")
    before = netkeep("export", "-").out
    netkeep("undo")
    assert without_times(netkeep("redo").out) == (
        "Redone: promise of TIME (change 2).\n  promise #1, Ada Lovelace, send the slides: new\n"
    )
    assert netkeep("export", "-").out == before


def test_dry_run_changes_nothing(netkeep: Netkeep, ada: None) -> None:
    netkeep("log", "ada")
    before = netkeep("export", "-").out
    assert without_times(netkeep("undo", "--dry-run").out).startswith("Would undo: log of TIME")
    assert netkeep("export", "-").out == before


def test_list_shows_the_newest_change_first(netkeep: Netkeep, ada: None) -> None:
    netkeep("drop", "ada", "--reason", "moved on")
    netkeep("undo")
    example = "To undo the newest three, for example: netkeep undo 3\n"
    assert without_times(netkeep("undo", "--list", "-f", "table", err=example).out) == (
        "when              command       what\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "TIME  drop, undone  Ada Lovelace (#1): status dropped (was: active)…\n"
        "TIME  add           Ada Lovelace (#1): new; touchpoint #1, other wi…\n"
    )
    newest, first = netkeep("undo", "--list", "-f", "json").json
    assert (newest["id"], newest["command"], newest["undone"]) == (2, "drop", True)
    assert (first["id"], first["command"], first["undone"]) == (1, "add", False)
    assert list(first) == ["id", "at", "command", "undone", "what"]
    assert len(netkeep("undo", "--list", "1", "-f", "json").json) == 1


def test_list_without_changes_is_empty(netkeep: Netkeep) -> None:
    first = 'You have no contacts yet. Add one: netkeep add "Ada Lovelace" --kind friend\n'
    assert netkeep("undo", "--list", "-f", "json", err=first).json == []
    netkeep("undo", "--list", "-f", "table", err=first)
    netkeep("add", "Ada")
    netkeep("add", "Grace")
    netkeep("forget", "ada", "--yes", err=None)  # which also erases the changes
    netkeep("undo", "--list", "-f", "table", err="There are no changes yet.\n")
    assert netkeep("undo", "--list", "-f", "json").json == []


def test_command_without_effect_is_not_listed(netkeep: Netkeep, ada: None) -> None:
    netkeep("promise", "ada", "call back", "--by", "friday")
    netkeep("done", "1")
    netkeep("done", "1", err=None)
    assert [one["command"] for one in netkeep("undo", "--list", "-f", "json").json] == [
        *("done", "promise", "add"),
    ]


def test_undo_of_restore_fails_and_names_the_backup_to_restore(
    netkeep: Netkeep, fails: Fails, ada: None
) -> None:
    netkeep("log", "ada")
    before = netkeep("export", "-").out
    daily = netkeep("restore", "-f", "json").json[0]["name"]
    netkeep("restore", daily, "--yes")
    kept = next(
        backup["name"]
        for backup in netkeep("restore", "-f", "json").json
        if backup["reason"] == "restore"
    )
    assert fails("undo", code=1) == (
        "netkeep: the last change was a restore, which cannot be undone\n"
        f"  to go back to the database as it was before: netkeep restore {kept}\n"
    )
    fails("undo", "--dry-run", code=1)
    assert netkeep("undo", "--list", "1", "-f", "json").json[0]["command"] == "restore"
    netkeep("restore", kept, "--yes")
    assert netkeep("export", "-").out == before
    netkeep("log", "ada")
    netkeep("undo")
    fails("undo", code=1)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["undo", "5"], "netkeep: only 1 change can be undone; nothing was changed\n"),
        (["redo"], "netkeep: there is nothing to redo\n"),
    ],
)
def test_undo_of_more_changes_than_exist_fails(
    netkeep: Netkeep, fails: Fails, ada: None, command: list[str], said: str
) -> None:
    before = netkeep("export", "-").out
    assert fails(*command, code=1) == f"{said}  list the changes: netkeep undo --list\n"
    assert netkeep("export", "-").out == before


@pytest.mark.parametrize("count", ["0", "-1", "x", ""])
def test_invalid_count_is_refused(fails: Fails, ada: None, count: str) -> None:
    fails("undo", "--", count, code=2)


def test_redo_after_another_change_fails(netkeep: Netkeep, fails: Fails, ada: None) -> None:
    netkeep("log", "ada")
    netkeep("undo")
    netkeep("log", "ada", "-c", "call")
    fails("redo", code=1)
    assert [one["channel"] for one in netkeep("timeline", "-f", "json").json] == ["call", "other"]


@pytest.mark.parametrize(
    ("sql", "since"),
    [
        ("UPDATE contact SET note = 'x'", "Ada Lovelace (#1) has changed"),
        ("DELETE FROM contact", "Ada Lovelace (#1) has changed"),
        ("INSERT INTO detail VALUES (1, 'tag', 0, 'go', 'go')", "detail (#1) has changed"),
    ],
)
def test_undo_of_rows_changed_by_another_program_fails(
    netkeep: Netkeep, fails: Fails, database: Path, ada: None, sql: str, since: str
) -> None:
    netkeep("edit", "ada", "--add-tag", "chess", "--company", "Initech")
    netkeep("edit", "ada", "--remove-tag", "chess", "--company", "none")
    change(database, sql)
    before = database.read_bytes()
    assert fails("undo", "2", code=1) == (
        f"netkeep: nothing was changed: {since} since `edit` (change 3)\n"
        "  list the changes: netkeep undo --list\n"
    )
    assert database.read_bytes() == before


def test_redo_fails_if_another_program_used_the_same_uid(
    netkeep: Netkeep, fails: Fails, database: Path, tmp_path: Path, ada: None
) -> None:
    card = tmp_path / "bea.vcf"
    card.write_text("BEGIN:VCARD\nVERSION:4.0\nUID:1\nFN:Bea\nEND:VCARD\n")
    netkeep("import", str(card))
    netkeep("undo")
    change(database, "UPDATE contact SET uid = '1'")
    before = database.read_bytes()
    assert fails("redo", code=1) == (
        "netkeep: nothing was changed: newer entries have taken the ids of `import` (change 2)\n"
        "  list the changes: netkeep undo --list\n"
    )
    assert database.read_bytes() == before


def test_undo_of_add_fails_if_another_program_added_a_touchpoint(
    netkeep: Netkeep, fails: Fails, database: Path, ada: None
) -> None:
    netkeep("backup")
    change(
        database,
        "INSERT INTO touchpoint (contact_id, day, channel, purpose, direction, created_at,"
        " updated_at) VALUES (1, '2026-11-01', 'call', 'ask', 'out', '', '')",
    )
    before = database.read_bytes()
    assert fails("undo", code=1) == (
        "netkeep: nothing was changed: newer entries depend on `add` (change 1)\n"
        "  list the changes: netkeep undo --list\n"
    )
    assert database.read_bytes() == before


def test_import_is_undone_as_one_change_with_a_count(netkeep: Netkeep, tmp_path: Path) -> None:
    file = tmp_path / "Connections.csv"
    people = "".join(f"Grace,No {number},\n" for number in range(1_000))
    file.write_text(f"First Name,Last Name,Connected On\n{people}")
    netkeep("import", str(file))
    before = netkeep("export", "-").out
    assert without_times(netkeep("undo").out) == (
        "Undone: import of TIME (change 1).\n  1,000 people: gone\nTo redo it: netkeep redo\n"
    )
    assert netkeep("list", "--status", "all", "-f", "json", err=None).json == []
    assert "  1,000 people: new\n" in netkeep("redo").out
    assert netkeep("export", "-").out == before


def test_merge_can_be_undone(netkeep: Netkeep, ada: None) -> None:
    netkeep("add", "Ada King", "--email", "ada@king.example", "--via", "ada")
    netkeep("log", "king", "-p", "ask")
    before = netkeep("export", "-").out
    netkeep("merge", "lovelace", "king")
    said = without_times(netkeep("undo").out)
    assert "  Ada King (#2): back\n" in said
    assert "with Ada King (#2) (was: Ada Lovelace (#1))\n" in said
    assert netkeep("export", "-").out == before


def test_newest_500_changes_are_kept(netkeep: Netkeep, database: Path) -> None:
    netkeep("add", "Ada")
    netkeep("backup")
    with closing(sqlite3.connect(database)) as connection, connection:
        numbers = [(number,) for number in range(2, 501)]
        connection.executemany("INSERT INTO change VALUES (?, '', 'x', 0)", numbers)
        connection.executemany(
            "INSERT INTO changed_row VALUES (?, 'contact', '[1]', '', '')", numbers
        )
    netkeep("log", "ada")
    with closing(sqlite3.connect(database)) as connection:
        for column, table in (("id", "change"), ("change_id", "changed_row")):
            kept = connection.execute(f"SELECT DISTINCT {column} FROM {table} ORDER BY 1")
            assert [number for (number,) in kept] == list(range(2, 502))


def test_undo_and_redo_print_json_and_tsv(netkeep: Netkeep, ada: None) -> None:
    netkeep("log", "ada", "-n", "back\\slash, tab\tand\nnewline")
    assert netkeep("undo", "-f", "json").json[0]["command"] == "log"
    assert netkeep("redo", "-f", "tsv").out.count("\n") == 1
