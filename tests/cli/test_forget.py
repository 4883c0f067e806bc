"""netkeep forget: erase a contact from the file for good."""

from pathlib import Path

import pytest

from tests.conftest import Fails, Netkeep

MARKS = [b"Lovelace", b"engines.example", b"cannibal", b"difference", b"Somerville", b"ada-tag"]


@pytest.fixture
def ada(netkeep: Netkeep) -> None:
    """Add a contact with rows in every table, several changes and an earlier name."""
    netkeep("add", "Ada Lovelace", "--email", "ada@engines.example", "-t", "ada-tag")
    netkeep("add", "Augusta Lovelace", "-n", "a cannibal of books", "--company", "Somerville")
    netkeep("log", "ada", "-p", "ask", "-n", "the difference engine " * 300)
    netkeep("news", "augusta", "Left Somerville", "--company", "Engines")
    netkeep("promise", "ada", "read about difference engines", "--by", "friday")
    netkeep("visit", "augusta", "--from", "tomorrow", "--to", "friday")
    netkeep("add", "Grace Hopper", "--via", "ada")
    netkeep("merge", "ada", "augusta")
    netkeep("edit", "ada", "--name", "A. King")
    netkeep("undo")


def test_forget_erases_everything_about_a_contact_from_the_file(
    netkeep: Netkeep, database: Path, ada: None
) -> None:
    assert all(mark in database.read_bytes() for mark in MARKS)
    backups = [one["name"] for one in netkeep("restore", "-f", "json").json]
    first, second = netkeep("forget", "ada", "--yes").out.splitlines()
    assert first == "Erased Ada Lovelace (#1), and the history of all changes."
    assert second.startswith("Still in 3 backups: ")
    assert all(name in second for name in backups)
    content = database.read_bytes()
    assert [mark for mark in MARKS if mark.lower() in content.lower()] == []
    grace = netkeep("show", "grace", "-f", "json").json
    assert (grace["name"], grace["via"]) == ("Grace Hopper", None)
    netkeep("doctor")


def test_forget_cannot_be_undone(netkeep: Netkeep, fails: Fails, ada: None) -> None:
    netkeep("forget", "ada", "--yes")
    fails("undo", code=1)
    fails("redo", code=1)
    fails("show", "ada", code=3)
    netkeep("log", "grace")
    netkeep("undo")


def test_forget_requires_confirmation(netkeep: Netkeep, fails: Fails, ada: None) -> None:
    assert fails("forget", "ada", code=5) == (
        "netkeep: confirmation required to erase Ada Lovelace (#1),"
        " 1 touchpoint and the history of all changes for good\n"
        "  to confirm: --yes\n"
    )
    assert len(netkeep("list", "-f", "json").json) == 2


def test_forget_names_others_whose_notes_have_the_name(netkeep: Netkeep, ada: None) -> None:
    netkeep("log", "grace", "-n", "Spoke about Ada Lovelace")
    said = netkeep("forget", "ada", "--yes").out.splitlines()
    assert said[1] == "The name is still in notes about others: Grace Hopper (#3)."


def test_forget_of_an_unknown_name_fails(fails: Fails, ada: None) -> None:
    fails("forget", "zoe", "--yes", code=3)


def test_forget_names_backups_made_before_a_merge(netkeep: Netkeep, database: Path) -> None:
    netkeep("add", "Beatrix Quux", "-n", "a secret")
    first = netkeep("backup", "-f", "json").json["name"]
    left = database.with_name("netkeep.db-backups") / ".0123.netkeep"
    left.touch()
    netkeep("add", "Bea Q")
    netkeep("merge", "2", "1")
    assert first in netkeep("forget", "2", "--yes").out
    assert not left.exists()
