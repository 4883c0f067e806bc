"""netkeep's own CSV comes back as it was, or export says what it does not hold."""

from pathlib import Path

import pytest

from tests.conftest import Netkeep


@pytest.fixture
def people(netkeep: Netkeep) -> None:
    """Add people with a value in every column that is not about touchpoints."""
    netkeep("add", "Zoe; the Great", "--note", "one\n\n=two; three\\; four", "--tag", "a; b\\")
    netkeep(
        "add", "Ada Lovelace", "-k", "friend", "-e", "none", "--via", "zoe", "--phone", "+44 1234"
    )
    netkeep("add", "=Bea", "--company", "Initech, Inc", "--title", "CTO", "--birthday", "29 feb")
    netkeep("news", "bea", "moved", "--company", "Hooli, ", "--title", "CEO", "--on", "2026-11-20")
    netkeep("add", "Cid", "--candidate", "--url", "https://x.example/a;b")
    netkeep("add", "Dan")
    netkeep("forget", "cid", "--yes")
    netkeep("drop", "dan", "--reason", "moved; away")
    netkeep("snooze", "ada", "2w")


def export(netkeep: Netkeep, *arguments: str) -> tuple[str, str]:
    said = netkeep(*arguments, "export", "--as", "csv", err=None)
    return said.out, said.err


@pytest.mark.usefixtures("people")
def test_a_csv_comes_back_as_the_same_bytes(netkeep: Netkeep, tmp_path: Path) -> None:
    first, said = export(netkeep)
    assert said == "CSV leaves out news; to export everything: --as json\n"
    assert r"CTO, Initech\\, Inc (until " in first
    (tmp_path / "people.csv").write_text(first, newline="")
    other = ("--db", str(tmp_path / "other.db"))
    netkeep(*other, "import", str(tmp_path / "people.csv"))
    assert export(netkeep, *other) == (first, "")
    again = netkeep(*other, "import", str(tmp_path / "people.csv"))
    assert again.out == "Imported no one; 4 were known already.\n"
    assert export(netkeep, *other) == (first, "")


def test_what_a_csv_does_not_hold_is_said(netkeep: Netkeep, tmp_path: Path) -> None:
    netkeep("add", "Ada", "--tag", "chess")
    netkeep("log", "ada", "-p", "ask")
    netkeep("me", "New job")
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Bea\nX-A:1\nEND:VCARD\n"
    (tmp_path / "bea.vcf").write_text(card)
    netkeep("import", str(tmp_path / "bea.vcf"))
    assert export(netkeep)[1] == (
        "CSV leaves out touchpoints, promises, news of your own,"
        " values outside the fields of netkeep;"
        " to export everything: --as json\n"
    )


def test_rows_that_were_changed_in_a_spreadsheet_are_people_too(
    netkeep: Netkeep, tmp_path: Path
) -> None:
    netkeep("add", "Ada")
    header, ada = export(netkeep)[0].splitlines()
    copied = ada.replace("Ada", "Bea")
    dated = ada.replace("1,Ada", "2,Cid").replace("T", " at ")
    (tmp_path / "people.csv").write_text("\n".join((header, ada, copied, dated, "")))
    netkeep("--db", str(tmp_path / "other.db"), "import", str(tmp_path / "people.csv"), err=None)
    there = netkeep("--db", str(tmp_path / "other.db"), "list", "-f", "json")
    assert sorted(there.names) == ["Ada", "Bea", "Cid"]
