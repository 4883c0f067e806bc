"""`netkeep sync`: two computers and other programs share one folder."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from netkeep.cli.sync.items import Write, carry_out
from netkeep.errors import OutputError
from tests.cli.shared_files import file_with, rewrite, write
from tests.conftest import TODAY, Configure, Fails, Netkeep, Result
from tests.test_atomic import max_file_size

SETTINGS = """[sync]
contacts = "{0}/contacts"
history = "{0}/history"
tasks = "{0}/tasks"
"""
KILLED = """
import os, signal, sys
from pathlib import Path
from netkeep.__main__ import main
done, most = 0, int(sys.argv[1])
def counted(function, is_of_sync):
    def call(self, *arguments, **options):
        global done
        if not is_of_sync(self):
            return function(self, *arguments, **options)
        if most:
            function(self, *arguments, **options)
            done += 1
        if done == most:
            os.kill(os.getpid(), signal.SIGKILL)
    return call
Path.replace = counted(Path.replace, lambda path: path.name.endswith(".netkeep"))
Path.unlink = counted(Path.unlink, lambda path: path.suffix in {".vcf", ".ics"})
sys.argv[1:] = ["sync"]
main()
"""
STANDARD_CARD = """BEGIN:VCARD
VERSION:3.0
N:{1};{0};;;
FN:{0} {1}
EMAIL:{2}
UID:{3}
END:VCARD
"""
EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:phone
BEGIN:VEVENT
UID:{uid}
DTSTAMP:20261122T100000Z
DTSTART;VALUE=DATE:{day}
SUMMARY:{summary}
{more}END:VEVENT
END:VCALENDAR
"""


STRANGE_CARD = """BEGIN:VCARD
VERSION:3.0
FN:Alan Turing
UID:{}
{}END:VCARD
"""
STRANGE_EVENT = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:{}
DTSTART;VALUE=DATE:20261122
SUMMARY:Lunch with Ada Lovelace
{}END:VEVENT
END:VCALENDAR
"""
STRANGE_TASK = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VTODO
UID:{}
DUE;VALUE=DATE:20261122
{}END:VTODO
END:VCALENDAR
"""
UNKNOWN = ", which this version of netkeep does not know"
TOUCHPOINT = "X-NETKEEP-TYPE:touchpoint\nADA\n"
# By folder: what is strange in a file, and why it is left alone. ADA stands for X-NETKEEP-CONTACT.
STRANGE = {
    "contacts/{}.vcf": (
        STRANGE_CARD,
        {
            "X-NETKEEP-KIND:alien\n": f'its kind is "alien"{UNKNOWN}',
            "X-NETKEEP-STATUS:asleep\n": f'its status is "asleep"{UNKNOWN}',
            "X-NETKEEP-CADENCE:sometimes\n": f'its cadence is "sometimes"{UNKNOWN}',
            "X-NETKEEP-MET-ON:2026-02-31\n": f'its met on is "2026-02-31"{UNKNOWN}',
            "X-NETKEEP-SNOOZED-UNTIL:later\n": f'its snoozed until is "later"{UNKNOWN}',
            "X-NETKEEP-SNOOZES:-1\n": f'its snoozes is "-1"{UNKNOWN}',
            "X-NETKEEP-DROPPED-ON:once\n": f'its dropped on is "once"{UNKNOWN}',
            "END:VCARD\nBEGIN:VCARD\nFN:Grace Hopper\n": "it has 2 cards",
        },
    ),
    "history/{}.ics": (
        STRANGE_EVENT,
        {
            "X-NETKEEP-TYPE:gift\n": f'its type is "gift"{UNKNOWN}',
            f"{TOUCHPOINT}X-NETKEEP-CHANNEL:telepathy\n": f'its channel is "telepathy"{UNKNOWN}',
            f"{TOUCHPOINT}X-NETKEEP-PURPOSE:bribe\n": f'its purpose is "bribe"{UNKNOWN}',
            f"{TOUCHPOINT}X-NETKEEP-DIRECTION:up\n": f'its direction is "up"{UNKNOWN}',
            f"{TOUCHPOINT}DESCRIPTION:\0\n": "the text is not valid text: '\\x00'",
            "X-NETKEEP-TYPE:touchpoint\n": '"Lunch with Ada Lovelace" is left alone:'
            " its contact is not in this database",
            "X-NETKEEP-TYPE:news\nADA\nX-NETKEEP-TEXT: \n": "it has no text",
            "X-NETKEEP-TYPE:news\nADA\nX-NETKEEP-TEXT:x\nX-NETKEEP-OPENS-ON:soon\n": (
                f'its opens on is "soon"{UNKNOWN}'
            ),
            "X-NETKEEP-TYPE:round\n": "it has no name",
            "X-NETKEEP-TYPE:round\nX-NETKEEP-NAME:x\nX-NETKEEP-KINDS:friend,alien\n": (
                f'its kinds is "alien"{UNKNOWN}'
            ),
            "X-NETKEEP-TYPE:round\nX-NETKEEP-NAME:x\nX-NETKEEP-TAGS:\1\n": (
                "the tag has a control character or a line break in it: '\\x01'"
            ),
            "RRULE:FREQ=SOMETIMES;;\n": '"Lunch with Ada Lovelace" on 2026-11-22 is left alone:'
            " it recurs",
            "DESCRIPTION:caf\xe9\n": "it is not UTF-8 text",
            "END:VEVENT\nBEGIN:VEVENT\nUID:another\n": "it has more than one UID",
        },
    ),
    "tasks/{}.ics": (
        STRANGE_TASK,
        {
            "ADA\nX-NETKEEP-TEXT:\0\n": "the text is not valid text: '\\x00'",
            "DESCRIPTION:caf\xe9\n": "it is not UTF-8 text",
        },
    ),
    "history/whole-{}.ics": (
        "{1}",
        {
            "": "it has no UID",
            "rubbish": "it has no UID",
            "UID:\xe9": "it is not UTF-8 text",
            "UID:1": "it has no VEVENT",
            STRANGE_EVENT.format("2", "").replace("20261122", "20261399"): "it has no day",
            STRANGE_EVENT.format("3", "").replace("20261122", "99991231"): "it has no day",
            STRANGE_EVENT.format("4", "").replace("END:", "X-"): "it has no VEVENT",
        },
    ),
    "contacts/whole-{}.vcf": ("{1}", {"": "it has no UID", "\xff\xfeU\0I\0": "it has no UID"}),
    "tasks/whole-{}.ics": ("{1}", {"": "it has no UID", "UID:5": "it has no VTODO"}),
}


@dataclass
class Shared:
    """A folder that the computers `a` and `b` share."""

    folder: Path
    a: Netkeep
    b: Netkeep

    def sync(self, *computers: Netkeep) -> None:
        """Synchronise these computers, in order, or both."""
        for computer in computers or (self.a, self.b):
            computer("sync", err=None)

    def files(self, part: str) -> list[Path]:
        """The files of a part, without that of the task which is always there."""
        return sorted(set(self.folder.joinpath(part).iterdir()) - {self.placeholder})

    @property
    def placeholder(self) -> Path:
        return self.folder / "tasks/netkeep-tasks.ics"

    def file(self, part: str, containing: str) -> Path:
        """The one file of a part with this text."""
        return file_with(self.files(part), containing)

    def snapshot(self) -> dict[Path, tuple[bytes, int]]:
        return snapshot(self.folder)


def own_lines(content: bytes) -> list[bytes]:
    """The lines of a file that another program wrote."""
    return [line for line in content.splitlines() if not line.startswith(b"X-NETKEEP-")]


def snapshot(folder: Path) -> dict[Path, tuple[bytes, int]]:
    """All files in a folder: what is in them, and when they were changed."""
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def shared(netkeep: Netkeep, home: Path, monkeypatch: pytest.MonkeyPatch) -> Shared:
    folder = home / "shared"

    def computer(name: str) -> Netkeep:
        root = home / name
        (root / "config/netkeep").mkdir(parents=True)
        (root / "config/netkeep/config.toml").write_text(SETTINGS.format(folder))

        def call(*arguments: str, code: int = 0, err: str | None = "") -> Result:
            monkeypatch.setenv("XDG_CONFIG_HOME", str(root / "config"))
            monkeypatch.setenv("XDG_DATA_HOME", str(root / "data"))
            return netkeep(*arguments, code=code, err=err)

        return call

    return Shared(folder, computer("a"), computer("b"))


@pytest.fixture
def ada(shared: Shared) -> Shared:
    """Ada, kept on both computers."""
    shared.a(*("add", "Ada Lovelace", "-k", "coworker", "--last", "2026-08-20"))
    shared.sync()
    return shared


def contact(computer: Netkeep, name: str = "ada") -> Any:
    return computer("show", name, "-f", "json").json


def agenda(computer: Netkeep) -> Any:
    """The whole agenda without ids, which are each computer's own."""
    nudges = computer("due", "--all", "-f", "json", err=None).json
    for nudge in nudges:
        del nudge["id"]
        for reason in nudge["reasons"]:
            reason["text"] = re.sub("#[0-9]+", "#", reason["text"])
            del reason["id"]
    return nudges


def add_everything(computer: Netkeep) -> None:
    """Add one row of everything that travels, and change Ada."""
    computer("add", "Alan Turing", "--last", "2026-08-20", err=None)
    computer("edit", "ada", "--city", "London", err=None)
    computer("log", "ada", "-n", "talked")
    computer("promise", "alan", "send the slides", "--by", "fri", err=None)
    computer("news", "alan", "Promoted", err=None)
    computer("visit", "alan", "--from", "wed", "--to", "sat", "--city", "Boston", err=None)
    computer(*("round", "add", "autumn", "--from", "11-01", "--to", "11-30", "-k", "other"))
    computer("me", "New job")


def assert_everything_is_there_once(shared: Shared, city: str | None = "London") -> None:
    """Check both computers and the folder, which a further sync does not change."""
    before = shared.snapshot()
    shared.sync()
    assert shared.snapshot() == before
    assert agenda(shared.a) == agenda(shared.b)
    for computer in (shared.a, shared.b):
        names = computer("list", "--status", "all", "-f", "json").names
        assert names == ["Ada Lovelace", "Alan Turing"]
        assert contact(computer)["city"] == city
        days = [each["day"] for each in computer("timeline", "-f", "json").json]
        assert days == [TODAY, "2026-08-20", "2026-08-20"]
        brief = computer("brief", "alan", "-f", "json").json
        assert [len(brief[name]) for name in ("promises", "visits", "news")] == [1, 1, 1]
        assert len(computer("round", "list", "-f", "json").json) == 1
        assert len(computer("me", "-f", "json").json) == 1
    assert [len(shared.files(part)) for part in ("contacts", "history", "tasks")] == [2, 7, 1]


def test_second_computer_has_the_same_agenda(shared: Shared) -> None:
    a = shared.a
    a(*("add", "Ada Lovelace", "-k", "coworker", "--last", "2026-08-20", "--company", "Engines"))
    a(*("add", "Grace Hopper", "-k", "mentor", "--via", "ada", "--birthday", "24 nov"))
    a(*("add", "Alan Turing", "-e", "none", "-t", "chess", "--phone", "+44 20 7946 0000"))
    a("add", "Candidate", "--candidate")
    a("news", "ada", "Promoted", "--title", "CTO")
    a(*("visit", "grace", "--from", "wed", "--to", "sat", "--city", "Boston"))
    a(*("round", "add", "autumn", "--from", "11-01", "--to", "11-30", "--tag", "chess"))
    a("me", "New job")
    a(*("log", "grace", "-p", "ask", "-n", "asked, for; \\ x"), err=None)
    a("promise", "alan", "send the slides", "--by", "today")
    a("drop", "grace", "--reason", "retired")
    a("keep", "grace")
    a("snooze", "ada", "2w")
    shared.sync()
    assert agenda(shared.a) == agenda(shared.b) != []
    names = shared.b("list", "--status", "all", "-f", "json").names
    assert names == ["Ada Lovelace", "Alan Turing", "Grace Hopper"]
    assert contact(shared.b, "grace")["via"]["name"] == "Ada Lovelace"
    assert contact(shared.b)["worked"] == contact(shared.a)["worked"] != []
    assert [news["text"] for news in shared.b("me", "-f", "json").json] == ["New job"]


def test_further_sync_changes_no_file(ada: Shared) -> None:
    before = ada.snapshot()
    ada.sync()
    assert ada.snapshot() == before


def test_change_on_one_computer_arrives_on_the_other(ada: Shared) -> None:
    ada.b("edit", "ada", "--city", "London", "--add-tag", "chess", err=None)
    ada.sync(ada.b, ada.a)
    assert (contact(ada.a)["city"], contact(ada.a)["tags"]) == ("London", ["chess"])
    ada.a("edit", "ada", "--city", "none", "--every", "2w", err=None)
    ada.sync()
    assert (contact(ada.b)["city"], contact(ada.b)["cadence"]) == (None, "2 weeks")


def test_conflict_is_the_folders_and_is_reported_and_undone(ada: Shared) -> None:
    ada.a("edit", "ada", "--city", "Paris", err=None)
    ada.b("edit", "ada", "--city", "London", err=None)
    ada.sync(ada.b)
    told = ada.a("sync", err=None).err
    assert told == "Ada Lovelace: city is now London, as in the folder (was: Paris)\n"
    assert contact(ada.a)["city"] == "London"
    ada.a("undo", err=None)
    assert contact(ada.a)["city"] == "Paris"
    ada.sync()
    assert contact(ada.b)["city"] == "Paris"


def test_notes_changed_on_both_are_joined(ada: Shared) -> None:
    ada.a("edit", "ada", "-n", "one", err=None)
    ada.b("edit", "ada", "-n", "two", err=None)
    ada.sync(ada.b, ada.a, ada.b)
    assert contact(ada.a)["note"] == contact(ada.b)["note"] == "two\n\none"


def test_lists_are_merged_as_sets(ada: Shared) -> None:
    ada.a("edit", "ada", "--email", "x@x.example", "--email", "y@x.example", err=None)
    ada.sync()
    ada.a("edit", "ada", "--remove-email", "x@x.example", err=None)
    ada.b("edit", "ada", "--add-email", "z@x.example", err=None)
    ada.sync(ada.b, ada.a, ada.b)
    assert contact(ada.a)["emails"] == contact(ada.b)["emails"] == ["y@x.example", "z@x.example"]


def test_properties_that_a_phone_removes_are_written_back(ada: Shared) -> None:
    card = ada.file("contacts", "Ada")
    lines = card.read_text().splitlines()
    write(card, "\n".join(line for line in lines if not line.startswith("X-NETKEEP")) + "\n")
    ada.sync()
    assert contact(ada.a)["kind"] == contact(ada.b)["kind"] == "coworker"
    assert "X-NETKEEP-KIND:coworker" in card.read_text()


def test_properties_of_other_programs_stay(ada: Shared) -> None:
    card = ada.file("contacts", "Ada")
    more = "PHOTO;ENCODING=b;TYPE=JPEG:AAAA\nIMPP:xmpp:ada@x.example\nEND:VCARD"
    rewrite(card, ("END:VCARD", more))
    ada.b("edit", "ada", "--title", "Countess", err=None)
    ada.sync()
    text = card.read_text()
    assert "PHOTO;ENCODING=b;TYPE=JPEG:AAAA" in text
    assert "IMPP:xmpp:ada@x.example" in text
    assert "TITLE:Countess" in text


def test_new_card_of_someone_here_is_bound(ada: Shared) -> None:
    ada.a("add", "Grace Hopper", "--email", "grace@x.example", "--city", "Yale")
    card = STANDARD_CARD.format("Grace", "Hopper", "grace@x.example", "phone-1")
    write(ada.folder / "contacts/p.vcf", card.replace("END:", "TITLE:Admiral\nEND:"))
    ada.sync()
    assert contact(ada.a, "grace")["title"] == "Admiral"
    assert len(ada.files("contacts")) == 2
    assert "ADR:;;;Yale" in (ada.folder / "contacts/p.vcf").read_text()


def test_new_card_of_an_unknown_person_is_a_candidate_whose_file_stays(ada: Shared) -> None:
    path = ada.folder / "contacts/any name.vcf"
    write(path, STANDARD_CARD.format("Alan", "Turing", "alan@x.example", "phone-2"))
    before = path.read_bytes()
    ada.sync()
    assert ada.b("list", "--status", "candidate", "-f", "json").names == ["Alan Turing"]
    assert path.read_bytes() == before
    ada.a("keep", "alan", "-k", "friend", err=None)
    ada.sync()
    assert "X-NETKEEP-KIND:friend" in path.read_text()
    assert contact(ada.b, "alan")["status"] == "active"


def test_deleted_card_drops_the_contact(ada: Shared) -> None:
    ada.file("contacts", "Ada").unlink()
    ada.sync()
    for computer in (ada.a, ada.b):
        assert contact(computer)["status"] == "dropped"
        assert contact(computer)["drop_reason"] == "deleted in the address book"
    assert ada.files("contacts") == []
    ada.a("keep", "ada", err=None)
    ada.sync()
    assert len(ada.files("contacts")) == 1
    assert contact(ada.b)["status"] == "active"


def test_deleted_card_of_a_changed_contact_is_written_again(ada: Shared) -> None:
    ada.a("edit", "ada", "--city", "London", err=None)
    ada.file("contacts", "Ada").unlink()
    told = ada.a("sync", err=None).err
    assert told.startswith("Ada Lovelace was deleted in the folder, but changed here")
    assert "London" in ada.file("contacts", "Ada").read_text()


def test_dropped_contact_keeps_the_card(ada: Shared) -> None:
    ada.a("drop", "ada", "--reason", "moved", err=None)
    ada.sync()
    assert contact(ada.b)["drop_reason"] == "moved"
    assert "X-NETKEEP-STATUS:dropped" in ada.file("contacts", "Ada").read_text()


def test_forgotten_contact_leaves_nothing(ada: Shared, home: Path) -> None:
    ada.a("log", "ada", "-n", "a secret word", "--on", "2026-08-22")
    ada.a("promise", "ada", "send the slides", "--by", "fri")
    ada.sync()
    assert len(ada.files("tasks")) == 2
    ada.a("forget", "ada", "--yes", err=None)
    data = (home / "a/data/netkeep/netkeep.db").read_bytes()
    assert b"Lovelace" not in data
    assert b"a secret word" not in data
    ada.sync(ada.a)
    assert [path for path in ada.folder.rglob("*") if path.is_file()] == [ada.placeholder]
    ada.sync(ada.b)
    assert contact(ada.b)["status"] == "dropped"


def test_forgotten_contact_stays_forgotten_though_changed_elsewhere(ada: Shared) -> None:
    ada.a("log", "ada", "-n", "one", "--on", "2026-11-01")
    ada.sync()
    ada.b("forget", "ada", "--yes", err=None)
    ada.a("edit", "ada", "--city", "London", err=None)
    ada.a("amend", "2", "-n", "two", err=None)
    ada.a("log", "ada", "-n", "three", err=None)
    ada.a("visit", "ada", "--from", "wed", "--city", "Boston", err=None)
    ada.a("news", "ada", "Promoted", err=None)
    ada.a("promise", "ada", "send the slides", "--by", "fri", err=None)
    ada.sync(ada.a, ada.b)
    assert [path for path in ada.folder.rglob("*") if path.is_file()] == [ada.placeholder]
    assert ada.b("list", "--status", "all", "-f", "json", err=None).json == []
    told = ada.a("sync", "-f", "json", "--allow-removals", err=None).err
    assert told == (
        "Ada Lovelace: removed 1 news item, 3 touchpoints, 1 visit, which another device deleted."
        " To undo this sync: netkeep undo\n"
    )
    assert contact(ada.a)["status"] == "dropped"
    assert contact(ada.a)["city"] == "London"
    assert ada.a("timeline", "-f", "json", err=None).json == []
    ada.a("undo", err=None)
    assert len(ada.a("timeline", "-f", "json").json) == 3


def test_contact_forgotten_by_mistake_comes_back(ada: Shared, home: Path) -> None:
    ada.a("log", "ada", "-n", "one", err=None)
    ada.sync()
    ada.b("forget", "ada", "--yes", err=None)
    ada.sync(ada.b)
    ada.a("sync", "--allow-removals", err=None)
    backups = (home / "b/data/netkeep/netkeep.db-backups").iterdir()
    (backup,) = (path.name for path in backups if path.name.endswith("-forget.db"))
    ada.b("restore", backup, "--yes", err=None)
    ada.a("undo", err=None)
    ada.sync(ada.a, ada.b, ada.a)
    for computer in (ada.a, ada.b):
        assert contact(computer)["status"] == "active"
        assert len(computer("timeline", "-f", "json").json) == 2


def test_forgotten_contact_stays_forgotten_though_written_again(ada: Shared) -> None:
    ada.b("forget", "ada", "--yes", err=None)
    ada.sync(ada.b)
    ada.a("edit", "ada", "--city", "London", err=None)
    told = ada.a("sync", err=None).err
    assert (
        "Ada Lovelace was deleted in the folder, but changed here, so it is written there again"
        in told
    )
    ada.sync(ada.b)
    assert ada.b("list", "--status", "all", "-f", "json", err=None).json == []
    assert ada.files("contacts") == []
    ada.a("log", "ada", "-n", "a secret word", err=None)
    ada.sync()
    assert ada.files("history") == []
    before = ada.snapshot()
    ada.sync()
    assert ada.snapshot() == before


def test_contact_that_was_merged_into_a_forgotten_one_stays_forgotten(ada: Shared) -> None:
    ada.a("add", "Ada King", "--last", "2026-10-01")
    ada.sync()
    ada.b("merge", "ada-lovelace", "ada-king", err=None)
    ada.b("forget", "ada", "--yes", err=None)
    ada.a("edit", "ada-king", "--city", "London", err=None)
    ada.sync(ada.a, ada.b)
    assert ada.b("list", "--status", "all", "-f", "json", err=None).json == []
    assert [path for path in ada.folder.rglob("*") if path.is_file()] == [ada.placeholder]


def test_forgotten_contact_that_is_imported_again_is_shared(ada: Shared, home: Path) -> None:
    ada.a("export", str(home / "ada.vcf"), err=None)
    ada.b("forget", "ada", "--yes", err=None)
    ada.sync(ada.b)
    ada.b("import", str(home / "ada.vcf"), err=None)
    ada.b("keep", "ada", err=None)
    ada.sync(ada.b, ada.a, ada.b)
    assert contact(ada.b)["status"] == "active"
    assert len(ada.files("contacts")) == 1


def test_merge_travels_as_a_merge(ada: Shared) -> None:
    ada.a("add", "Ada King", "--last", "2026-10-01")
    ada.sync()
    ada.a("merge", "ada-lovelace", "ada-king", err=None)
    ada.sync()
    assert ada.b("list", "--status", "all", "-f", "json").names == ["Ada Lovelace"]
    assert len(ada.files("contacts")) == 1
    days = [each["day"] for each in ada.b("timeline", "ada", "-f", "json").json]
    assert days == ["2026-10-01", "2026-08-20"]


def test_touchpoint_is_amended_and_deleted_there(ada: Shared) -> None:
    ada.a("log", "ada", "--on", "2026-11-20", "-n", "talked")
    ada.sync()
    event = ada.file("history", "talked")
    rewrite(event, ("DTSTART;VALUE=DATE:20261120", "DTSTART;VALUE=DATE:20261119"))
    rewrite(event, ("DTEND;VALUE=DATE:20261121", "DTEND;VALUE=DATE:20261120"))
    ada.sync()
    latest = ada.b("timeline", "ada", "-f", "json").json[0]
    assert (latest["day"], latest["note"]) == ("2026-11-19", "talked")
    event.unlink()
    ada.sync()
    assert len(ada.b("timeline", "ada", "-f", "json").json) == 1
    assert len(ada.a("timeline", "ada", "-f", "json").json) == 1


@pytest.mark.parametrize(
    ("summary", "more"),
    [
        ("Lunch with Ada Lovelace", ""),
        ("lunch ada", ""),
        ("Lunch!", "ATTENDEE;CN=Ada:mailto:Ada@x.example\n"),
    ],
)
def test_event_of_a_phone_is_a_touchpoint(ada: Shared, summary: str, more: str) -> None:
    ada.a("edit", "ada", "--email", "ada@x.example", err=None)
    path = ada.folder / "history/phone.ics"
    write(path, EVENT.format(uid="e1", day="20261122", summary=summary, more=more))
    before = path.read_bytes()
    ada.sync()
    for computer in (ada.a, ada.b):
        latest = computer("timeline", "ada", "-f", "json").json[0]
        assert (latest["day"], latest["channel"]) == ("2026-11-22", "meal")
        assert len(computer("timeline", "-f", "json").json) == 2
    assert own_lines(path.read_bytes()) == before.splitlines()


def test_event_of_a_phone_is_with_the_same_person_everywhere(ada: Shared) -> None:
    ada.b("add", "Ada King")
    event = EVENT.format(uid="e1", day="20261122", summary="Lunch with Ada", more="")
    write(ada.folder / "history/phone.ics", event)
    ada.sync()
    (latest,) = ada.b("timeline", "--since", "2026-11-22", "-f", "json").json
    assert (latest["name"], latest["day"]) == ("Ada Lovelace", "2026-11-22")
    before = ada.snapshot()
    ada.sync()
    assert ada.snapshot() == before


@pytest.mark.parametrize(
    ("summary", "why"),
    [("Dentist", "no contact matches it"), ("Lunch Ada", "it matches 2 contacts")],
)
def test_event_that_means_no_one_or_several_is_left_alone_and_named(
    ada: Shared, summary: str, why: str
) -> None:
    ada.a("add", "Ada King", err=None)
    path = ada.folder / "history/phone.ics"
    write(path, EVENT.format(uid="e1", day="20261122", summary=summary, more=""))
    before = path.read_bytes()
    told = ada.a("sync", err=None).err
    assert told == f'"{summary}" on 2026-11-22 is left alone: {why}\n'
    assert len(ada.a("timeline", "-f", "json").json) == 1
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "ticked",
    [
        "STATUS:COMPLETED",
        "STATUS:NEEDS-ACTION\nPERCENT-COMPLETE:100",
        "STATUS:NEEDS-ACTION\nCOMPLETED:20261123T120000Z",
    ],
)
def test_ticked_task_is_a_touchpoint(ada: Shared, ticked: str) -> None:
    task = ada.file("tasks", "Get in touch with Ada Lovelace")
    assert "DUE;VALUE=DATE:20261120" in task.read_text()
    rewrite(task, ("STATUS:NEEDS-ACTION", ticked), ("every 3 months", "every 3 months\\nWell!"))
    ada.sync()
    for computer in (ada.a, ada.b):
        latest = computer("timeline", "ada", "-f", "json").json[0]
        assert (latest["day"], latest["note"]) == (TODAY, "Well!")
        assert len(computer("timeline", "-f", "json").json) == 2
    assert ada.files("tasks") == []


def test_text_of_a_task_whose_contact_is_gone_is_reported(ada: Shared) -> None:
    task = ada.file("tasks", "Get in touch with Ada Lovelace")
    rewrite(
        task,
        ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"),
        ("every 3 months", "every 3 months\\nWell!"),
    )
    ada.a("undo", err=None)
    told = ada.a("sync", err=None).err
    assert told == (
        f"the task in {task} is done, but its contact is not in this database"
        " (text of the task: Well!)\n"
    )


def test_task_ticked_on_an_earlier_day(ada: Shared) -> None:
    task = ada.file("tasks", "Get in touch")
    rewrite(task, ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED\nCOMPLETED:20261121T120000Z"))
    ada.sync(ada.a)
    assert ada.a("timeline", "ada", "-f", "json").json[0]["day"] == "2026-11-21"


def test_task_moved_later_is_a_snooze(ada: Shared) -> None:
    task = ada.file("tasks", "Get in touch")
    rewrite(task, ("DUE;VALUE=DATE:20261120", "DUE;VALUE=DATE:20261205"))
    ada.sync()
    for computer in (ada.a, ada.b):
        assert contact(computer)["snoozed_until"] == "2026-12-05"


def test_finished_task_keeps_the_list_from_becoming_empty(ada: Shared) -> None:
    text = ada.placeholder.read_text()
    assert "STATUS:COMPLETED" in text
    ada.placeholder.unlink()
    ada.sync()
    assert ada.placeholder.read_text() == text


def test_ticked_task_that_both_computers_see_is_one_touchpoint(ada: Shared) -> None:
    ada.b("log", "ada", "--on", "2026-11-01", "-n", "unsynced")
    task = ada.file("tasks", "Get in touch")
    rewrite(task, ("every 3 months", "every 3 months\\nWell!"))
    rewrite(task, ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))
    ticked = task.read_bytes()
    ada.sync(ada.a)
    (event,) = [path for path in ada.files("history") if "Well!" in path.read_text()]
    (ada.folder / "elsewhere").mkdir()
    event.rename(ada.folder / "elsewhere" / event.name)  # it has not arrived at b yet
    task.write_bytes(ticked)
    ada.sync(ada.b)
    (ada.folder / "elsewhere" / event.name).replace(event)
    ada.sync(ada.b, ada.a)
    for computer in (ada.a, ada.b):
        assert len(computer("timeline", "ada", "-f", "json").json) == 3


def test_text_of_a_ticked_task_is_added_to_the_touchpoint_of_that_day(ada: Shared) -> None:
    ada.a("log", "ada", "-n", "called")
    task = ada.file("tasks", "Get in touch")
    rewrite(task, ("every 3 months", "every 3 months\\nWell!"))
    rewrite(task, ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))
    ada.sync()
    for computer in (ada.a, ada.b):
        assert computer("timeline", "ada", "-f", "json").json[0]["note"] == "Well!\n\ncalled"


def test_rows_of_the_same_second_and_id_stay_apart(ada: Shared) -> None:
    time.sleep(1 - time.time() % 1)  # both computers begin in the same second
    ada.a("add", "Alan Turing")
    ada.b("add", "Grace Hopper")
    time.sleep(1 - time.time() % 1)
    ada.a("log", "ada", "--on", "2026-11-01", "-n", "one")
    ada.b("log", "ada", "--on", "2026-11-02", "-n", "two")
    ada.sync(ada.a, ada.b, ada.a)
    for computer in (ada.a, ada.b):
        names = computer("list", "-f", "json").names
        assert names == ["Ada Lovelace", "Alan Turing", "Grace Hopper"]
        notes = [each["note"] for each in computer("timeline", "ada", "-f", "json").json]
        assert notes == ["two", "one", None]


def test_rounds_of_one_name_are_one(ada: Shared) -> None:
    ada.a("round", "add", "spring", "--from", "04-01", "--to", "04-30", "--tag", "chess", err=None)
    ada.b("round", "add", "Spring", "--from", "04-01", "--to", "04-30", "--tag", "tea", err=None)
    ada.sync(ada.a, ada.b, ada.a)
    for computer in (ada.a, ada.b):
        (spring,) = computer("round", "list", "-f", "json").json
        assert spring["tags"] == ["chess", "tea"]


def test_deleted_task_is_not_shown_again_for_that_day(
    ada: Shared, today: Callable[[str], None]
) -> None:
    ada.file("tasks", "Get in touch").unlink()
    ada.sync()
    assert ada.files("tasks") == []
    assert agenda(ada.a) == agenda(ada.b) != []
    ada.a("log", "ada", "--on", "2026-11-21")
    today("2027-02-25")
    ada.sync()
    assert len(ada.files("tasks")) == 1


def test_deleted_task_that_another_computer_had_not_seen_comes_back_once(ada: Shared) -> None:
    for computer in (ada.a, ada.b):
        computer("edit", "ada", "-e", "2w", err=None)
    ada.sync(ada.a)
    for number in (1, 0):
        ada.file("tasks", "Get in touch with Ada Lovelace").unlink()
        ada.sync(ada.b, ada.a)
        assert len(ada.files("tasks")) == number


def test_ticked_promise_is_done(ada: Shared) -> None:
    ada.a("promise", "ada", "send the slides", "--by", "fri")
    ada.sync()
    assert "send the slides" in str(ada.b("brief", "ada", "-f", "json").json["promises"])
    task = ada.file("tasks", "send the slides")
    rewrite(task, ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))
    ada.sync()
    for computer in (ada.a, ada.b):
        assert computer("brief", "ada", "-f", "json").json["promises"] == []


def test_promise_of_one_computer_is_done_on_the_other(ada: Shared) -> None:
    ada.a("promise", "ada", "send the slides", "--by", "fri")
    ada.sync()
    (promise,) = ada.b("brief", "ada", "-f", "json").json["promises"]
    ada.b("done", str(promise["id"]))
    ada.sync(ada.b, ada.a)
    assert ada.a("brief", "ada", "-f", "json").json["promises"] == []


def test_unreadable_item_is_left_alone_and_named(ada: Shared) -> None:
    card = ada.file("contacts", "Ada")
    card.write_bytes(b"rubbish")
    told = ada.a("sync", err=None).err
    assert told == f"{card} is left alone: it has no UID\n"
    assert card.read_bytes() == b"rubbish"
    assert contact(ada.a)["status"] == "active"


@pytest.mark.skipif(sys.platform == "darwin", reason="file names are UTF-8")
def test_file_whose_name_is_not_utf_8_is_left_alone(ada: Shared) -> None:
    content = STANDARD_CARD.format("Alan", "Turing", "alan@x.example", "alan-1")
    (ada.folder / "contacts/caf\udce9.vcf").write_text(content)
    told = f"{ada.folder}/contacts/caf\\udce9.vcf is left alone: its name is not UTF-8 text\n"
    for computer in (ada.a, ada.b):
        assert computer("sync", err=None).err == told


def test_unreadable_task_that_is_always_there_is_left_alone(ada: Shared) -> None:
    ada.a("add", "Alan Turing", err=None)
    ada.sync(ada.a)
    assert ada.placeholder.exists()
    rewrite(ada.placeholder, ("VTODO", "VJOURNAL"))
    for computer in (ada.a, ada.b):
        told = computer("sync", err=None).err
        assert told == f"{ada.placeholder} is left alone: it has no VTODO\n"
        assert computer("list", "-f", "json").names == ["Ada Lovelace", "Alan Turing"]


def test_strange_items_are_left_alone_and_named_and_the_rest_is_synchronised(
    ada: Shared,
) -> None:
    lines = ada.file("contacts", "Ada").read_text().splitlines()
    (uid,) = [line[4:] for line in lines if line.startswith("UID:")]
    expected = {}
    for name, (template, items) in STRANGE.items():
        for number, (strange, why) in enumerate(items.items()):
            path = ada.folder / name.format(number)
            content = template.format(f"strange-{number}", strange)
            content = content.replace("ADA\n", f"X-NETKEEP-CONTACT:{uid}\n")
            path.write_bytes(content.replace("\n", "\r\n").encode("latin-1"))
            expected[path] = why
    (ada.folder / "contacts/folder.vcf").mkdir()
    (ada.folder / "history/lost.ics").symlink_to("nowhere")
    os.mkfifo(ada.folder / "tasks/pipe.ics")
    expected |= {
        ada.folder / "contacts/folder.vcf": "it is not a file",
        ada.folder / "history/lost.ics": "no such file or directory",
        ada.folder / "tasks/pipe.ics": "it is not a file",
    }
    before = {path: path.read_bytes() for path in expected if path.is_file()}
    ada.a("edit", "ada", "--city", "London", err=None)
    for computer in (ada.a, ada.b):
        told = computer("sync", err=None).err.splitlines()
        assert sorted(told) == sorted(
            why if why.startswith('"') else f"{path} is left alone: {why}"
            for path, why in expected.items()
        )
        assert contact(computer)["city"] == "London"
        assert computer("list", "--status", "all", "-f", "json").names == ["Ada Lovelace"]
        assert len(computer("timeline", "-f", "json").json) == 1
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(
    ("part", "known", "strange", "why"),
    [
        ("contacts", "KIND:coworker", "KIND:alien", 'its kind is "alien"'),
        ("contacts", "CADENCE:3 months", "CADENCE:sometimes", 'its cadence is "sometimes"'),
        ("history", "CHANNEL:other", "CHANNEL:telepathy", 'its channel is "telepathy"'),
        ("history", "TYPE:touchpoint", "TYPE:gift", 'its type is "gift"'),
        ("history", "CONTACT:", "CONTACT:no", "its contact is not in this database"),
        ("history", "TRANSP:", "DESCRIPTION:\0\nTRANSP:", "the text is not valid text"),
        ("tasks", "every 3", "\0 every 3", "the text is not valid text"),
        ("tasks", "VTODO", "VJOURNAL", "it has no VTODO"),
    ],
)
def test_item_that_became_strange_is_left_alone_until_it_can_be_read(
    ada: Shared, part: str, known: str, strange: str, why: str
) -> None:
    path = ada.file(part, known)
    old = path.read_bytes()
    rewrite(path, (known, strange))
    new = path.read_bytes()
    ada.a("log", "ada", "--on", "2026-11-01", "-n", "one")
    ada.a("add", "Alan Turing")
    assert f"{path} is left alone: {why}" in ada.a("sync", err=None).err
    assert f"{path} is left alone: {why}" in ada.b("sync", err=None).err
    assert path.read_bytes() == new
    assert ada.b("list", "-f", "json").names == ["Ada Lovelace", "Alan Turing"]
    path.write_bytes(old)
    ada.sync()
    assert agenda(ada.a) == agenda(ada.b)
    assert len(ada.b("timeline", "ada", "-f", "json").json) == 2


def test_file_with_the_name_of_another_item_is_not_overwritten(ada: Shared) -> None:
    ada.a("add", "Grace Hopper", err=None)
    ada.sync(ada.a)
    graces, adas = ada.file("contacts", "Grace"), ada.file("contacts", "Ada")
    adas.replace(graces)
    ada.a("edit", "grace", "--city", "Yale", err=None)
    ada.a("edit", "ada", "--city", "London", err=None)
    ada.sync(ada.a, ada.b, ada.a)
    assert "London" in graces.read_text()
    assert len(ada.files("contacts")) == 2
    for computer in (ada.a, ada.b):
        assert contact(computer, "grace")["city"] == "Yale"
        assert contact(computer)["city"] == "London"


def test_long_name_is_cut_and_named_as_by_an_import(ada: Shared) -> None:
    path = ada.folder / "contacts/long.vcf"
    write(path, STANDARD_CARD.format("x" * 250, "Long", "x@x.example", "phone-1"))
    before = path.read_bytes()
    cut = f"{path}: the name: it has 255 characters and is cut to 200; the full text is kept\n"
    assert ada.a("sync", err=None).err == cut
    ada.a("sync")
    assert path.read_bytes() == before
    assert ada.a("list", "--status", "candidate", "-f", "json").names == ["x" * 200]
    ada.a("keep", "xxx", err=None)
    ada.sync()
    assert "x" * 250 in "".join(path.read_text().split("\n "))


def test_copy_of_a_promise_is_no_second_promise(ada: Shared) -> None:
    ada.a("promise", "ada", "send the slides", "--by", "fri")
    ada.sync()
    task = ada.file("tasks", "send the slides")
    (uid,) = [line for line in task.read_text().splitlines() if line.startswith("UID:")]
    write(ada.folder / "tasks/copy.ics", task.read_text().replace(uid, "UID:copy"))
    ada.sync(ada.a, ada.b, ada.a, ada.b)
    for computer in (ada.a, ada.b):
        assert len(computer("brief", "ada", "-f", "json").json["promises"]) == 1


def test_files_of_one_uid_are_left_alone_and_named(ada: Shared) -> None:
    card = ada.file("contacts", "Ada")
    copy = card.with_name("copy.vcf")
    copy.write_bytes(card.read_bytes())
    ada.a("edit", "ada", "--city", "London", err=None)
    told = ada.a("sync", err=None).err
    assert told.count("more than one file has the UID") == 2
    assert copy.read_bytes() == card.read_bytes()
    assert contact(ada.a)["status"] == "active"


def test_files_of_one_uid_do_not_become_more(ada: Shared) -> None:
    ada.a("add", "Bob Ross")
    card = ada.a("export", "-", "--as", "vcard", err=None).out
    bob = next(each for each in re.findall("(?s)BEGIN:.*?END:VCARD\r?\n", card) if "Bob" in each)
    folder = ada.file("contacts", "Ada").parent
    for name in ("1.vcf", "2.vcf"):
        write(folder / name, bob)
    told = ada.a("sync", err=None).err
    assert told.count("more than one file has the UID") == 2
    assert len(list(folder.glob("*.vcf"))) == 3


def test_syncthing_copy_is_merged_and_removed(ada: Shared) -> None:
    card = ada.file("contacts", "Ada")
    copy = card.with_name(f"{card.stem}.sync-conflict-20261123-101112-ABCDEFG.vcf")
    write(copy, card.read_text().replace("END:VCARD", "TITLE:Countess\nPHOTO:x:y\nEND:VCARD"))
    rewrite(card, ("END:VCARD", "ADR:;;;London;;;\nEND:VCARD"))
    ada.sync()
    assert not copy.exists()
    assert "PHOTO:x:y" in card.read_text()
    for computer in (ada.a, ada.b):
        assert (contact(computer)["title"], contact(computer)["city"]) == ("Countess", "London")


def test_folder_that_lost_many_items_changes_nothing(ada: Shared) -> None:
    for number in range(5):
        ada.a("add", f"Person {number}")
    ada.sync()
    for card in ada.files("contacts"):
        card.unlink()
    refused = ada.a("sync", code=5, err=None).err
    assert "6 of 6 items are gone" in refused
    assert contact(ada.a)["status"] == "active"
    ada.a("sync", "--allow-removals", err=None)
    assert contact(ada.a)["status"] == "dropped"


def test_missing_folder_changes_nothing(ada: Shared) -> None:
    ada.folder.rename(ada.folder.with_name("elsewhere"))
    assert "is missing; nothing was changed" in ada.a("sync", code=5, err=None).err


def test_dry_run_writes_nothing(ada: Shared, home: Path) -> None:
    ada.a("edit", "ada", "--city", "London", err=None)
    ada.b("log", "ada", "-n", "talked", err=None)
    ada.file("tasks", "Get in touch").unlink()
    before = snapshot(home)
    report = ada.a("sync", "--dry-run", "-f", "json", err=None).json
    assert report[0]["changed_there"] == 1
    ada.b("sync", "--dry-run", err=None)
    assert snapshot(home) == before
    ada.sync(ada.a)
    assert snapshot(home) != before


def test_dry_run_of_a_first_sync_writes_nothing(shared: Shared, home: Path) -> None:
    shared.a("add", "Ada Lovelace")
    shared.a("sync", "--dry-run", err=None)
    assert not shared.folder.exists()
    shared.sync(shared.a)
    before = snapshot(home)
    assert shared.b("sync", "--dry-run", "-f", "json", err=None).json[0]["added_here"] == 1
    assert snapshot(home) == before


def test_sync_is_one_change_to_undo(ada: Shared) -> None:
    ada.a("add", "Alan Turing")
    ada.a("log", "ada", "-n", "more")
    ada.sync()
    ada.b("undo", err=None)
    assert ada.b("list", "-f", "json").names == ["Ada Lovelace"]
    ada.sync(ada.b)


def test_sync_that_was_cut_off_before_its_files_is_finished(
    ada: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada.a("edit", "ada", "--city", "London", err=None)
    with monkeypatch.context() as cut:
        cut.setattr("netkeep.cli.sync.run.carry_out", lambda writes: [])
        ada.a("sync", err=None)
    ada.a("edit", "ada", "--city", "Paris", err=None)
    rewrite(ada.file("contacts", "Ada"), ("END:VCARD", "TITLE:Countess\nEND:VCARD"))
    ada.sync()
    for computer in (ada.a, ada.b):
        assert (contact(computer)["title"], contact(computer)["city"]) == ("Countess", "Paris")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_file_that_cannot_be_read_is_left_alone(ada: Shared) -> None:
    ada.a("edit", "ada", "--city", "London", err=None)
    card = ada.file("contacts", "Ada")
    card.chmod(0)
    assert ada.a("sync", err=None).err == f"{card} is left alone: permission denied\n"
    card.chmod(0o600)
    ada.sync()
    assert contact(ada.b)["city"] == "London"


def test_folder_that_cannot_be_used_is_named(
    netkeep: Netkeep, configure: Configure, tmp_path: Path, fails: Fails
) -> None:
    folder = tmp_path / "shared"
    folder.symlink_to(folder)
    configure(SETTINGS.format(folder))
    netkeep("add", "Ada")
    assert fails("sync", code=1) == (
        f"netkeep: {folder}/contacts cannot be used: too many levels of symbolic links\n"
    )


def test_file_that_cannot_be_written_is_named_and_leaves_no_other(tmp_path: Path) -> None:
    path = tmp_path / "contacts" / "ada.vcf"
    path.parent.mkdir()
    path.write_bytes(b"old")
    with max_file_size(1_000), pytest.raises(OutputError) as error:
        carry_out([Write(path, b"x" * 1_001, None)])
    assert error.value.sentence == (
        f"the changes are saved, but {path} cannot be written: file too large"
    )
    assert [each.read_bytes() for each in path.parent.iterdir()] == [b"old"]


def test_sync_after_undo_loses_and_doubles_nothing(ada: Shared) -> None:
    add_everything(ada.b)
    ada.sync(ada.b, ada.a, ada.b)
    ada.a("undo", err=None)
    ada.sync(ada.a, ada.b, ada.a, ada.b)
    assert_everything_is_there_once(ada, city=None)  # which is what undo brought back


def test_sync_after_undo_of_what_a_phone_did_does_it_once(ada: Shared) -> None:
    ada.a("promise", "ada", "send the slides", "--by", "fri")
    ada.sync()
    task = ada.file("tasks", "Get in touch")
    rewrite(task, ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))
    rewrite(ada.file("tasks", "send"), ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))
    event = EVENT.format(uid="e1", day="20261122", summary="lunch ada", more="")
    write(ada.folder / "history/phone.ics", event)
    ada.sync(ada.a)
    ada.a("undo", err=None)
    ada.sync(ada.a, ada.b, ada.a)
    assert agenda(ada.a) == agenda(ada.b)
    for computer in (ada.a, ada.b):
        days = [each["day"] for each in computer("timeline", "-f", "json").json]
        assert days == [TODAY, "2026-11-22", "2026-08-20"]
    before = ada.snapshot()
    ada.sync()
    assert ada.snapshot() == before


def test_sync_after_undo_of_a_first_sync_follows_tasks(ada: Shared) -> None:
    ada.b("undo", err=None)
    task = ada.file("tasks", "Get in touch")
    rewrite(task, ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))
    ada.sync(ada.b)
    assert contact(ada.b)["last_touch_on"] == TODAY
    assert ada.files("tasks") == []


def test_card_that_changed_after_the_contact_was_undone_comes_back(ada: Shared) -> None:
    ada.a("add", "Alan Turing", "--last", "2026-11-01", err=None)
    ada.sync(ada.a)
    ada.a("undo", err=None)
    rewrite(ada.file("contacts", "Alan"), ("END:VCARD", "TITLE:Dr\nEND:VCARD"))
    event = ada.file("history", "Alan")
    rewrite(event, ("TRANSP", "DESCRIPTION:changed\nTRANSP"))
    ada.sync()
    for computer in (ada.a, ada.b):
        assert contact(computer, "alan")["title"] == "Dr"
        assert computer("timeline", "alan", "-f", "json").json[0]["note"] == "changed"


def test_sync_after_a_backup_was_restored_loses_and_doubles_nothing(
    ada: Shared, home: Path
) -> None:
    backup = home / "old.db"
    ada.a("backup", str(backup), err=None)
    add_everything(ada.a)
    ada.sync()
    ada.a("restore", str(backup), "--yes", err=None)
    ada.sync(ada.a, ada.b, ada.a, ada.b)
    assert_everything_is_there_once(ada)


@pytest.mark.parametrize("files", range(11))
def test_sync_that_is_killed_between_two_files_is_finished(
    ada: Shared, home: Path, files: int
) -> None:
    add_everything(ada.a)
    environment = os.environ | {
        "XDG_CONFIG_HOME": str(home / "a/config"),
        "XDG_DATA_HOME": str(home / "a/data"),
    }
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(files)], check=False, env=environment
    )
    assert killed.returncode == -signal.SIGKILL
    ada.sync(ada.b, ada.a, ada.b)
    assert_everything_is_there_once(ada)


def test_two_versions_are_merged_for_vdirsyncer(ada: Shared, tmp_path: Path) -> None:
    text = ada.file("contacts", "Ada").read_bytes().decode()
    first, second = tmp_path / "one", tmp_path / "two"
    write(first, text.replace("END:VCARD", "ADR:;;;London;;;\nLOGO:x:z\nEND:VCARD"))
    write(second, text.replace("END:VCARD", "TITLE:Countess\nPHOTO:x:y\nEND:VCARD"))
    ada.a("sync", "--resolve", str(first), str(second))
    assert first.read_bytes() == second.read_bytes()
    merged = first.read_text()
    assert all(
        line in merged for line in ("ADR:;;;London", "TITLE:Countess", "PHOTO:x:y", "LOGO:x:z")
    )


def test_two_versions_of_a_new_round_are_merged_for_vdirsyncer(ada: Shared, tmp_path: Path) -> None:
    ada.a("round", "add", "spring", "--from", "04-01", "--to", "04-30", "--tag", "chess", err=None)
    ada.sync(ada.a)
    text = ada.file("history", "Round: spring").read_bytes().decode()
    first, second = tmp_path / "one", tmp_path / "two"
    write(first, text)
    write(second, text.replace("TAGS:chess", "TAGS:tea"))
    ada.a("sync", "--resolve", str(first), str(second))
    assert "TAGS:chess,tea" in first.read_text()


def test_different_items_are_not_merged(ada: Shared, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, STANDARD_CARD.format("A", "B", "a@x.example", name))
    refused = ada.a(
        "sync", "--resolve", *(str(tmp_path / n) for n in ("one", "two")), code=2, err=None
    )
    assert "have different UIDs" in refused.err


def test_init_adds_the_settings_once(netkeep: Netkeep, home: Path) -> None:
    printed = netkeep("sync", "--init", err=None).out
    assert printed.count("[pair ") == 3
    assert (home / ".sync/netkeep/contacts").is_dir()
    assert netkeep("config", "-f", "json").out.count("/.sync/netkeep/") == 3
    assert "has a [sync] table already" in netkeep("sync", "--init", err=None).err


def test_undone_first_sync_of_a_computer_takes_nothing_from_the_others(ada: Shared) -> None:
    before = {path: content for path, (content, _) in ada.snapshot().items()}
    ada.b("undo", err=None)
    ada.sync(ada.b, ada.a)
    assert ada.b("list", "-f", "json").names == ["Ada Lovelace"]
    assert {path: content for path, (content, _) in ada.snapshot().items()} == before


def test_init_names_a_folder_that_cannot_be_made(netkeep: Netkeep, home: Path) -> None:
    (home / ".sync").symlink_to(home / ".sync")
    assert netkeep("sync", "--init", code=1, err=None).err.endswith(
        f"netkeep: {home}/.sync/netkeep cannot be used: too many levels of symbolic links\n"
    )


def test_init_prints_a_configuration_that_vdirsyncer_accepts(netkeep: Netkeep, home: Path) -> None:
    pytest.importorskip("vdirsyncer")
    config = home / "vdirsyncer"
    config.write_text(netkeep("sync", "--init", err=None).out)
    arguments = [sys.executable, "-m", "vdirsyncer", "-c", str(config), "sync", "none"]
    ended = subprocess.run(arguments, check=False, capture_output=True, text=True)
    assert ended.stderr.startswith("error: Pair none does not exist.")  # all else is read
