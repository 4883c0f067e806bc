"""import: several files and folders, as one change."""

import json
import mailbox
import os
import sqlite3
import threading
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.conftest import Fails, Netkeep

CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:{0}\nEMAIL:{0}@x.example\nEND:VCARD\n"
ME = ("--me", "me@home.example")
LINKEDIN = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ada,King,,ada@x.example,{},Analyst,17 Feb 2023\n"
)
EVENT = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:{0}
DTSTART;VALUE=DATE:202611{0}
ORGANIZER:mailto:me@home.example
ATTENDEE:mailto:Ada@x.example
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "contacts"
    folder.mkdir()
    (folder / "a.vcf").write_text(CARD.format("Ada"))
    (folder / "b.VCF").write_text(CARD.format("Bob") + "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n")
    (folder / "notes.txt").write_text("no card")
    (folder / ".hidden.vcf").write_text("no card")
    return folder


@pytest.fixture
def message() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "me@home.example", "Ada@x.example"
    message["Date"] = "Fri, 20 Nov 2026 09:00:00 +0000"
    message["Message-ID"] = "<1@x.example>"
    return message


def everyone(netkeep: Netkeep) -> list[str]:
    return sorted(netkeep("list", "--status", "all", "-f", "json", err=None).names)


def test_a_folder_is_one_change(netkeep: Netkeep, folder: Path, database: Path) -> None:
    said = netkeep("import", f"{folder}/", err=f"left out card 2 of {folder}/b.VCF: no name\n")
    assert said.out == ("Imported 2 people as candidates. Keep or drop them: netkeep triage\n")
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM change").fetchone() == (1,)
    again = netkeep("import", str(folder), err=f"left out card 2 of {folder}/b.VCF: no name\n")
    assert again.out == "Imported no one; 2 were known already.\n"
    netkeep("undo")
    assert everyone(netkeep) == []


def test_files_of_several_formats_are_one_change(
    netkeep: Netkeep, folder: Path, tmp_path: Path
) -> None:
    more = tmp_path / "Connections.csv"
    more.write_text(LINKEDIN.format("Initech"))
    said = netkeep(
        *("import", str(folder / "a.vcf"), str(more)),
        err=f"left out line 2 of {more}: the same person as card 1 of {folder}/a.vcf;"
        " the name Ada King is kept as a nickname\n",
    )
    assert said.out.startswith("Imported 1 person as a candidate.")
    assert len(netkeep("undo", "--list", "-f", "json").json) == 1


def test_job_changes_are_those_of_each_source(
    netkeep: Netkeep, folder: Path, tmp_path: Path
) -> None:
    connections = tmp_path / "Connections.csv"
    for company in ("Initech", "Hooli"):
        connections.write_text(LINKEDIN.format(company))
        said = netkeep("import", str(folder / "a.vcf"), str(connections), "--keep", err=None)
    assert said.out.splitlines()[1] == (
        "1 person changed jobs. To see who: netkeep due. To undo the import: netkeep undo"
    )
    assert netkeep("show", "ada", "-f", "json").json["company"] == "Hooli"
    assert "no longer among" not in netkeep("import", str(connections)).out


def test_a_dry_run_writes_nothing(netkeep: Netkeep, folder: Path, database: Path) -> None:
    said = netkeep("import", str(folder), "--dry-run", err=None)
    assert said.out == (
        f"new: Ada (card 1 of {folder}/a.vcf)\nnew: Bob (card 1 of {folder}/b.VCF)\n"
        "Nothing was written; an import would give: 2 new, 0 updated, 0 unchanged, 1 left out.\n"
    )
    assert not database.exists()


def test_one_file_that_cannot_be_read_stops_the_import(
    netkeep: Netkeep, folder: Path, fails: Fails
) -> None:
    (folder / "c.vcf").write_text("nothing")
    assert fails("import", str(folder), code=2).splitlines()[0] == (
        f"netkeep: {folder}/c.vcf: the format is not recognised:"
        " this is not a vCard, JSON, or CSV with known columns"
    )
    assert fails("import", str(folder / "a.vcf"), str(folder / "none.vcf"), code=2) == (
        f"netkeep: {folder}/none.vcf cannot be read: no such file or directory\n"
    )
    assert everyone(netkeep) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_is_not_yours_is_named(folder: Path, fails: Fails) -> None:
    (folder / "b.VCF").chmod(0)
    assert fails("import", str(folder), code=2) == (
        f"netkeep: {folder}/b.VCF cannot be read: permission denied\n"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_mail_that_is_not_yours_is_left_out_and_such_a_folder_is_named(
    netkeep: Netkeep, tmp_path: Path, message: EmailMessage, fails: Fails
) -> None:
    inbox = tmp_path / "Mail" / "INBOX"
    inbox.parent.mkdir()
    mailbox.Maildir(inbox).add(message)
    (inbox.parent / "one.eml").write_bytes(message.as_bytes())
    (inbox.parent / "one.eml").chmod(0)
    netkeep("import", str(inbox.parent), *ME, err="left out 1 message that cannot be read\n")
    (inbox / "new").chmod(0)
    assert fails("import", str(inbox.parent), *ME, code=2) == (
        f"netkeep: {inbox}/new cannot be read: permission denied\n"
    )


def test_a_folder_without_anything_to_import_is_refused(fails: Fails, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert fails("import", str(tmp_path / "empty"), code=2) == (
        f"netkeep: {tmp_path}/empty has no address book, no mail and no calendar\n"
        "  in a folder, netkeep reads Maildirs, and files that end in .vcf, .csv, .json, .eml,"
        " .ics\n"
    )


def test_a_message_next_to_cards_is_not_your_mail(
    netkeep: Netkeep, folder: Path, message: EmailMessage
) -> None:
    (folder / "saved.eml").write_bytes(message.as_bytes())
    (folder / "b.VCF").unlink()
    said = netkeep("import", str(folder), err=None)
    assert said.err == (
        f"left out {folder}/saved.eml:"
        " in a folder with address books, other files are not imported\n"
    )
    assert said.out.startswith("Imported 1 person as a candidate.")


def test_a_card_in_a_maildir_is_no_address_book(
    netkeep: Netkeep, tmp_path: Path, message: EmailMessage
) -> None:
    netkeep("add", "Ada", "--email", "ada@x.example")
    maildir = mailbox.Maildir(tmp_path / "INBOX")
    maildir.add(message)
    (tmp_path / "INBOX" / "attachment.vcf").write_text(CARD.format("Bob"))
    said = netkeep("import", str(tmp_path / "INBOX"), *ME)
    assert said.out == "Logged 1 touchpoint with 1 person; 0 messages were known already.\n"
    assert everyone(netkeep) == ["Ada"]


def test_a_folder_of_events_is_a_calendar(netkeep: Netkeep, tmp_path: Path) -> None:
    netkeep("add", "Ada", "--email", "ada@x.example")
    (tmp_path / "calendar").mkdir()
    for day in ("18", "19"):
        (tmp_path / "calendar" / f"{day}.ics").write_text(EVENT.format(day))
    said = netkeep("import", str(tmp_path / "calendar"), *ME)
    assert said.out == "Logged 2 touchpoints with 1 person; 0 messages were known already.\n"


def test_people_and_mail_can_be_imported_together(
    netkeep: Netkeep, folder: Path, tmp_path: Path, message: EmailMessage
) -> None:
    netkeep("import", str(folder), err=None)
    (folder / "a.vcf").write_text(CARD.format("Ada").replace("FN", "TITLE:CTO\nFN"))
    (tmp_path / "sent.eml").write_bytes(message.as_bytes())
    said = netkeep("import", str(folder), str(tmp_path / "sent.eml"), *ME, err=None)
    assert said.out == (
        "Imported no one; 1 was updated; 1 was known already.\n"
        "Logged 1 touchpoint with 1 person; 0 messages were known already.\n"
    )
    netkeep("undo")
    assert netkeep("timeline", "-f", "json", err=None).json == []
    assert netkeep("list", "--status", "all", "ada", "-f", "json").json[0]["title"] is None


def test_a_whole_history_can_be_imported_with_an_address_book(
    netkeep: Netkeep, folder: Path, tmp_path: Path
) -> None:
    netkeep("add", "Zoe", "--email", "zoe@x.example")
    netkeep("add", "Ada L", "--email", "ada@x.example", "--via", "zoe")
    netkeep("log", "ada", "--on", "2026-11-20", "-n", "Lunch")
    (tmp_path / "all.json").write_text(netkeep("export").out)
    netkeep("forget", "zoe", "--yes")
    netkeep("forget", "ada", "--yes")
    netkeep("import", str(folder), str(tmp_path / "all.json"), err=None)
    assert everyone(netkeep) == ["Ada L", "Bob", "Zoe"]
    assert netkeep("show", "ada", "-f", "json").json["via"]["name"] == "Zoe"
    assert netkeep("timeline", "-f", "json").json[0]["note"] == "Lunch"
    (tmp_path / "more.json").write_text((tmp_path / "all.json").read_text())
    before = netkeep("export").out
    again = netkeep("import", str(tmp_path / "all.json"), str(tmp_path / "more.json"), err=None)
    assert again.out.startswith("Imported no one; ")
    assert netkeep("export").out == before


def test_csv_files_of_netkeep_may_have_the_same_people(netkeep: Netkeep, tmp_path: Path) -> None:
    netkeep("add", "Ada", "--email", "ada@x.example")
    netkeep("add", "Ada", "--email", "ada@x.example", "--force")
    everything = json.loads(netkeep("list", "-f", "json").out)
    assert len(everything) == 2
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(netkeep("list", "-f", "csv").out)
    netkeep("--db", str(tmp_path / "new.db"), "import", *map(str, tmp_path.glob("?.csv")), err=None)
    assert len(netkeep("--db", str(tmp_path / "new.db"), "list", "-f", "json").json) == 2


def test_a_pipe_is_read_once(netkeep: Netkeep, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=[CARD.format("Ada")])
    writer.start()
    said = netkeep("import", str(pipe))
    writer.join()
    assert said.out.startswith("Imported 1 person as a candidate.")
