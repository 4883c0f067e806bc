"""Two computers and a phone share one network through real servers, carried by vdirsyncer.

Radicale and Xandikos are the servers, todoman reads and ticks the tasks of the phone, and khard
reads its cards.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.cli.servers import send, served, served_by_xandikos
from tests.cli.shared_files import file_with, rewrite, write
from tests.conftest import TODAY, Netkeep, Result

MISSING = [
    name
    for name in ("vdirsyncer", "radicale", "xandikos", "todoman", "khard")
    if find_spec(name) is None
]
if MISSING:
    pytest.skip(
        f"NOT TESTED with real servers: {' and '.join(MISSING)} not installed",
        allow_module_level=True,
    )

SECONDS = 150  # that a server or a client may take
PARTS = ("contacts", "history", "tasks")
ADDRESS_BOOK = """<?xml version="1.0"?>
<mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><set><prop>
<resourcetype><collection/><C:addressbook/></resourcetype></prop></set></mkcol>"""
CALENDAR = """<?xml version="1.0"?>
<mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>
<resourcetype><collection/><C:calendar/></resourcetype></prop></set></mkcol>"""
TODOMAN = """path = "{0}/*"
cache_path = "{0}-cache.sqlite3"
date_format = "%Y-%m-%d"
time_format = "%H:%M"
default_list = "tasks"
"""
EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:phone
BEGIN:VEVENT
UID:{}
DTSTAMP:20261122T100000Z
DTSTART;VALUE=DATE:{}
SUMMARY:{}
END:VEVENT
END:VCALENDAR
"""
CARD = """BEGIN:VCARD
VERSION:3.0
N:Turing;Alan;;;
FN:Alan Turing
EMAIL:alan@x.example
UID:phone-1
END:VCARD
"""
CARD_OF_GRACE = """BEGIN:VCARD
VERSION:3.0
N:Hopper;Grace;;;
FN:Grace Hopper
EMAIL:grace@x.example
TITLE:Admiral
ADR:;;;Arlington;;;
UID:phone-2
END:VCARD
"""


def run(*command: str | Path, code: int = 0) -> str:
    """Run a module of Python; return what it printed."""
    ended = subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=SECONDS,
        check=False,
        text=True,
    )
    assert ended.returncode == code, ended.stdout
    return ended.stdout


@pytest.fixture(params=["radicale", "xandikos"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new server's address book and two calendars."""
    is_radicale = request.param == "radicale"
    serve, home = (served, "/me/") if is_radicale else (served_by_xandikos, "/me/calendars/")
    with serve(tmp_path, SECONDS) as port:
        for part in PARTS:
            body = ADDRESS_BOOK if part == "contacts" else CALENDAR
            send(port, "MKCOL", f"{home}{part}/", body, "application/xml")  # RFC 5689
        yield f"http://127.0.0.1:{port}{home}"


@dataclass
class Device:
    """A folder that vdirsyncer carries, and netkeep on it unless it is the phone."""

    root: Path
    netkeep: Netkeep

    def __call__(self, *arguments: str, code: int = 0, err: str | None = None) -> Result:
        return self.netkeep(*arguments, code=code, err=err)

    def carry(self) -> str:
        return run("vdirsyncer", "-c", self.root / "vdirsyncer", "sync")

    def contact(self, name: str = "ada-lovelace") -> Any:
        return self("show", name, "-f", "json").json

    def timeline(self) -> Any:
        return self("timeline", "ada-lovelace", "-f", "json").json

    def file(self, part: str, containing: str) -> Path:
        """The one file of a part with this text."""
        return file_with((self.root / part).iterdir(), containing)


@dataclass
class Phone(Device):
    """What a phone does with its cards, events and tasks."""

    def todo(self, *arguments: str) -> str:
        return run("todoman", "--config", self.root / "todoman.py", *arguments)

    def tick(self, summary: str) -> None:
        """Tick a task, as todoman does."""
        tasks = json.loads(self.todo("--porcelain", "list"))
        (task,) = [task for task in tasks if task["summary"] == summary]
        self.todo("done", str(task["id"]))

    def names(self) -> list[str]:
        listed = run("khard", "-c", self.root / "khard", "list", "--parsable", "--fields", "name")
        return sorted(filter(None, listed.splitlines()))


@pytest.fixture
def devices(
    netkeep: Netkeep, home: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[Device, Device, Phone]:
    """Two computers, configured as `netkeep sync --init` says, and a phone."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    vdirsyncer = netkeep("sync", "--init", err=None).out
    settings = (home / ".config/netkeep/config.toml").read_text()

    def configure(name: str) -> tuple[Path, Netkeep]:
        root = home / name
        (root / "config/netkeep").mkdir(parents=True)
        for part in PARTS:
            (root / part).mkdir()
        carry = json.dumps([sys.executable, "-m", "vdirsyncer", "-c", f"{root}/vdirsyncer", "sync"])
        text = settings.replace("~/.sync/netkeep", str(root))
        text = text.replace('# carry = ["vdirsyncer", "sync"]', f"carry = {carry}")
        assert carry in text
        (root / "config/netkeep/config.toml").write_text(text)
        text = vdirsyncer.replace("~/.sync/netkeep", str(root))
        text = text.replace("https://server.example/user/", url)
        text = text.replace("~/.local/share/vdirsyncer/status", str(root / "status"))
        text = text.replace('password.fetch = ["prompt", "Password"]', 'password = "x"')
        text = text.replace('username = "user"', 'username = "me"')
        (root / "vdirsyncer").write_text(text)

        def call(*arguments: str, code: int | None = 0, err: str | None = "") -> Result:
            monkeypatch.setenv("XDG_CONFIG_HOME", str(root / "config"))
            monkeypatch.setenv("XDG_DATA_HOME", str(root / "data"))
            return netkeep(*arguments, code=code, err=err)

        return root, call

    devices = Device(*configure("a")), Device(*configure("b")), Phone(*configure("phone"))
    (devices[2].root / "todoman.py").write_text(TODOMAN.format(devices[2].root / "lists"))
    (devices[2].root / "lists").mkdir()
    (devices[2].root / "lists/tasks").symlink_to(devices[2].root / "tasks")
    (devices[2].root / "khard").write_text(
        f"[addressbooks]\n[[phone]]\npath = {devices[2].root}/contacts\n"
    )
    for device in devices:
        run("vdirsyncer", "-c", device.root / "vdirsyncer", "discover")
    return devices


def agenda(computer: Device) -> Any:
    nudges = computer("due", "--all", "-f", "json").json
    for nudge in nudges:
        del nudge["id"]
        for reason in nudge["reasons"]:
            del reason["id"]
    return nudges


@pytest.mark.sampled(2)
def test_one_person_on_every_device(
    devices: tuple[Device, Device, Phone], today: Callable[[str], None]
) -> None:
    a, b, phone = devices

    # The first syncs bring everything to the phone and to the other computer.
    a("add", "Ada Lovelace", "-k", "coworker", "--last", "2026-08-20", "--email", "ada@x.example")
    a("log", "ada", "--on", "2026-08-10", "-n", "talked")
    a("log", "ada", "--on", "2026-08-11", "-n", "written")
    a("promise", "ada", "send the slides", "--by", "fri")
    a("me", "A new job")
    a("sync")
    phone.carry()
    assert phone.names() == ["Ada Lovelace"]
    assert "Get in touch with Ada Lovelace" in phone.todo("list")
    b("sync")
    assert agenda(a) == agenda(b) != []

    # All of them change.
    card = phone.file("contacts", "Ada")
    lines = [line for line in card.read_text().splitlines() if not line.startswith("X-NETKEEP")]
    lines[-1:] = ["ADR:;;;London;;;", "NOTE:two", "PHOTO;ENCODING=b;TYPE=JPEG:AAAA", "END:VCARD"]
    write(card, "\n".join([*lines, ""]))
    for uid, summary in (("lunch-1", "Lunch Ada Lovelace"), ("dentist", "Dentist")):
        path = phone.root / f"history/{uid}.ics"
        write(path, EVENT.format(uid, "20261122", summary))
    write(phone.root / "contacts/any name.vcf", CARD)
    event = phone.file("history", "talked")
    rewrite(event, ("VALUE=DATE:20260810", "VALUE=DATE:20260812"))
    rewrite(event, ("DTEND;VALUE=DATE:20260811", "DTEND;VALUE=DATE:20260813"))
    phone.file("history", "written").unlink()
    task = phone.file("tasks", "Get in touch")
    rewrite(task, ("every 3 months", "every 3 months\\nSaw her"))
    phone.tick("Get in touch with Ada Lovelace")
    phone.tick("send the slides (promised to Ada Lovelace)")
    a("edit", "ada", "--city", "Paris", "-n", "one", "--add-tag", "chess")
    b("edit", "ada", "--add-tag", "tea")
    a("sync", "--no-carry")
    phone.carry()
    assert "city is London in one version and Paris in the other; kept London" in a.carry()
    told = a("sync").err
    assert '"Dentist" on 2026-11-22 is left alone: no contact matches it' in told
    b("sync")
    a("sync")
    for computer in (a, b):
        contact = computer.contact()
        assert (contact["city"], contact["kind"]) == ("London", "coworker")
        assert contact["tags"] == ["chess", "tea"]
        assert contact["note"] in {"two\n\none", "one\n\ntwo"}
        days = [(each["day"], each["channel"], each["note"]) for each in computer.timeline()]
        assert days == [
            (TODAY, "other", "Saw her"),
            ("2026-11-22", "meal", None),
            ("2026-08-20", "other", None),
            ("2026-08-12", "other", "talked"),
        ]
        assert computer("brief", "ada", "-f", "json").json["promises"] == []
        assert computer("list", "--status", "candidate", "-f", "json").names == ["Alan Turing"]
    assert (phone.root / "contacts/any name.vcf").read_text() == CARD
    phone.carry()
    text = phone.file("contacts", "Ada").read_text()
    assert "X-NETKEEP-KIND:coworker" in text
    assert "PHOTO" in text
    assert [path.name for path in (phone.root / "tasks").iterdir()] == ["netkeep-tasks.ics"]
    assert (phone.root / "history/lunch-1.ics").exists()

    # Tasks are moved and deleted, a candidate is kept, a contact is new twice, and files are odd.
    today("2027-02-26")
    write(phone.root / "contacts/phone-2.vcf", CARD_OF_GRACE)
    phone.carry()
    a.carry()
    grace = ("--last", "2026-10-01", "--email", "grace@x.example", "--city", "Yale")
    a("add", "Grace Hopper", "-k", "friend", *grace)
    a("keep", "alan", "-k", "friend", "-e", "none")
    a("promise", "ada", "call the bank", "--by", "today")
    rubbish = a.root / "contacts/rubbish.vcf"
    rubbish.write_text("rubbish")
    twice = a.root / "contacts/twice.vcf"
    twice.write_bytes(a.file("contacts", "Alan").read_bytes())
    card = a.file("contacts", "Ada").rename(a.root / "contacts/renamed.vcf")
    copy = card.with_name(f"{card.stem}.sync-conflict-20261123-101112-ABCDEFG.vcf")
    write(copy, card.read_text().replace("END:VCARD", "TITLE:Countess\nEND:VCARD"))
    told = a("sync", "--no-carry").err
    assert "rubbish.vcf is left alone: it has no UID" in told
    assert told.count("is left alone: more than one file has the UID phone-1") == 2
    assert "Grace Hopper: city is Yale here and Arlington in the folder" in told
    assert not copy.exists()
    assert "TITLE:Countess" in card.read_text()
    rubbish.unlink()
    twice.unlink()
    (a.root / "history").rename(a.root / "elsewhere")
    a("sync", "--no-carry", code=5)
    (a.root / "elsewhere").rename(a.root / "history")
    a("sync")
    b("sync")
    phone.carry()
    assert phone.names() == ["Ada Lovelace", "Alan Turing", "Grace Hopper"]
    phone.file("tasks", "Get in touch with Grace").unlink()
    due = phone.file("tasks", "Get in touch with Ada")
    rewrite(due, ("DUE;VALUE=DATE:20270223", "DUE;VALUE=DATE:20270305"))
    phone.file("tasks", "call the bank").unlink()
    phone.carry()
    b("sync")
    a("sync")
    for computer in (a, b):
        assert computer.contact()["snoozed_until"] == "2027-03-05"
        assert computer.contact()["title"] == "Countess"
        assert computer("brief", "ada", "-f", "json").json["promises"] == []
        assert computer.contact("alan")["kind"] == "friend"
        grace_now = computer.contact("grace")
        assert (grace_now["title"], grace_now["city"]) == ("Admiral", "Yale")
        assert [nudge["name"] for nudge in agenda(computer)] == ["Grace Hopper"]
        paths = (computer.root / "tasks").iterdir()
        assert [path.name for path in paths] == ["netkeep-tasks.ics"]

    # Both computers change the city; undo brings that of the second back.
    b("edit", "ada", "--city", "Rome")
    b("sync")
    a("edit", "ada", "--city", "Oslo")
    assert "city is now Rome, as in the folder (was: Oslo)" in a("sync").err
    a("undo")
    assert a.contact()["city"] == "Oslo"
    a("sync")
    b("sync")
    assert b.contact()["city"] == "Oslo"

    # A card is deleted: the contact is dropped, or the card is written again if it changed here.
    phone.carry()
    phone.file("contacts", "Ada").unlink()
    phone.carry()
    b("edit", "ada", "--school", "Oxford")
    assert "was deleted in the folder, but changed here" in b("sync").err
    a("sync")
    assert a.contact()["school"] == "Oxford"
    phone.carry()
    phone.file("contacts", "Ada").unlink()
    phone.carry()
    a("sync")
    b("sync")
    assert a.contact()["drop_reason"] == b.contact()["drop_reason"] == "deleted in the address book"
    assert phone.names() == ["Alan Turing", "Grace Hopper"]
    a("keep", "ada")
    a("drop", "ada", "--reason", "moved")
    a("keep", "ada")
    a("drop", "alan", "--reason", "never answers")
    a("add", "Ada King", "--last", "2026-10-01")
    write(phone.root / "history/lunch-2.ics", EVENT.format("lunch-2", "20270225", "Lunch Ada"))
    phone.carry()
    told = a("sync").err
    assert '"Lunch Ada" on 2027-02-25 is left alone: it matches 2 contacts' in told
    b("sync")
    assert b.contact("alan")["drop_reason"] == "never answers"
    a("merge", "ada-lovelace", "ada-king")
    a("sync")
    b("sync")
    phone.carry()
    everyone = ["Ada Lovelace", "Alan Turing", "Grace Hopper"]
    assert phone.names() == everyone
    assert b("list", "--status", "all", "-f", "json").names == everyone
    assert agenda(a) == agenda(b)

    # Many events are deleted: both computers have to be told that this is meant.
    for event in (phone.root / "history").iterdir():
        text = event.read_text()
        if "CATEGORIES" in text and "Ada" in text:  # not the events that the phone made
            event.unlink()
    phone.carry()
    for computer in (a, b):
        assert "4 of 8 items are gone from" in computer("sync", code=5).err
        assert len(computer.timeline()) == 6
        computer("sync", "--allow-removals")
        assert [each["day"] for each in computer.timeline()] == ["2027-02-25", "2026-11-22"]
    assert agenda(a) == agenda(b)

    # Nothing of a forgotten contact is left; a further sync changes nothing.
    a("forget", "ada", "--yes")
    a("sync")
    phone.carry()
    assert phone.names() == ["Alan Turing", "Grace Hopper"]
    assert [path for path in (phone.root / "history").iterdir() if "Ada" in path.read_text()] == []
    before = snapshot(a)
    a("sync")
    assert snapshot(a) == before


def snapshot(device: Device) -> dict[Path, tuple[bytes, int]]:
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for part in PARTS
        for path in (device.root / part).iterdir()
    }
