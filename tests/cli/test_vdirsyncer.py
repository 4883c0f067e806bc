"""Cards survive a round trip through a real vdirsyncer and a real CardDAV server."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from netkeep.exchange.content_lines import parse
from tests.cli.servers import SECONDS, send, served
from tests.conftest import Netkeep

MISSING = [name for name in ("vdirsyncer", "radicale") if find_spec(name) is None]
if MISSING:
    pytest.skip(
        f"NOT TESTED whether vdirsyncer carries cards: {' and '.join(MISSING)} not installed",
        allow_module_level=True,
    )

Carry = Callable[[Path, Path], None]

ADDRESS_BOOK = """<?xml version="1.0"?>
<mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><set><prop>
<resourcetype><collection/><C:addressbook/></resourcetype></prop></set></mkcol>"""
# Fields that differ between databases: ids, times and counts.
OF_THE_FILE = {"id", "created_at", "updated_at", "uid", "extra", "snoozes"}

CARDS = r"""BEGIN:VCARD
VERSION:3.0
N:Lovelace;Ada;King;Dr;PhD
FN:Ada Lovelace
ORG:Analytical Engines\, Inc;Research
TITLE:Analyst
TITLE:Countess
item1.EMAIL;type=INTERNET;type=pref:ada@x.example
item1.X-ABLabel:_$!<Work>!$_
item2.TEL;type=CELL:+44 20 7946 0000
item2.X-ABLabel:Other
ADR;type=HOME:;;1 Main\, St;London;;E1;UK
ADR;type=WORK:;;2 Main St;London;;E1;UK
GEO:37.386013;-122.082932
NICKNAME:Countess
BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29
CATEGORIES:chess,tea\, black
IMPP;X-SERVICE-TYPE=Skype:skype:ada
X-SOCIALPROFILE;type=twitter:http://twitter.com/ada
NOTE:one\; two\nthree\, four \\ five
URL:https://www.linkedin.com/in/ada
X-ANNIVERSARY;TYPE="a,b;c":x\;y
UID:urn:uuid:ADA/1
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Grace Hopper
GENDER:F
RELATED;VALUE=text;TYPE=friend:Please contact Ada\, or
LANG;PREF=1:en
ANNIVERSARY:19960415
TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1-555-555-5555;ext=5555
SOURCE:http://directory.example.com/x.vcf
END:VCARD
"""


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Run a CardDAV server during the test; yield its port."""
    with served(tmp_path) as port:
        send(port, "MKCOL", "/me/book/", ADDRESS_BOOK)  # RFC 6352, 6.3.1
        yield port


@pytest.fixture
def carry(tmp_path: Path, port: int) -> Carry:
    """Sync the cards of one folder to the server, and from there to another folder."""
    config = tmp_path / "vdirsyncer.ini"

    def vdirsyncer(*arguments: str) -> None:
        ended = subprocess.run(
            [sys.executable, "-m", "vdirsyncer", "-c", str(config), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
            env=os.environ | {"NO_PROXY": "127.0.0.1"},
        )
        assert ended.returncode == 0, ended.stdout.decode()

    def call(there: Path, back: Path) -> None:
        back.mkdir(exist_ok=True)
        folders = "".join(
            f'[storage {pair}_folder]\ntype = "filesystem"\npath = "{folder}"\nfileext = ".vcf"\n'
            f'[pair {pair}]\na = "{pair}_folder"\nb = "server"\ncollections = null\n'
            for pair, folder in (("there", there), ("back", back))
        )
        config.write_text(
            f'[general]\nstatus_path = "{tmp_path / "status"}"\n{folders}'
            '[storage server]\ntype = "carddav"\nusername = "me"\npassword = "x"\n'
            f'url = "http://127.0.0.1:{port}/me/book/"\n'
        )
        for pair in ("there", "back"):
            vdirsyncer("discover", pair)
            vdirsyncer("sync", pair)

    return call


@pytest.fixture
def round_trip(netkeep: Netkeep, carry: Carry, tmp_path: Path) -> Callable[..., None]:
    """Export a folder, sync it to the server and back, and import it into an empty database."""

    def call(version: str = "4.0") -> None:
        options = ("--status", "all", "--vcard-version", version)
        netkeep("export", f"{tmp_path}/there/", *options, err=None)
        carry(tmp_path / "there", tmp_path / "back")
        for card in sorted((tmp_path / "back").iterdir()):
            said = netkeep("--db", str(tmp_path / "other.db"), "import", str(card), err=None).out
            assert said.startswith("Imported 1 person")

    return call


def contacts_by_name(netkeep: Netkeep, *db: str) -> dict[str, dict[str, Any]]:
    contacts = netkeep(*db, "export").json["contacts"]
    assert len({contact["name"] for contact in contacts}) == len(contacts)
    return {contact["name"]: contact for contact in contacts}


def parsed_line(line: str) -> tuple[object, ...]:
    """Return the meaning of a line of a card, which does not depend on case and order."""
    written = parse(line)
    types = {
        (name.upper(), one)
        for name, _, values in (each.partition("=") for each in written.parameters)
        for one in values.strip('"').split(",")
    }
    return written.group, written.key, tuple(sorted(types)), written.text


def assert_nothing_is_lost(netkeep: Netkeep, tmp_path: Path) -> None:
    before = contacts_by_name(netkeep)
    after = contacts_by_name(netkeep, "--db", str(tmp_path / "other.db"))
    assert sorted(after) == sorted(before)
    for name, contact in after.items():
        assert {field: contact[field] for field in contact if field not in OF_THE_FILE} == {
            field: before[name][field] for field in contact if field not in OF_THE_FILE
        }
        assert sorted(map(str, map(parsed_line, contact["extra"]))) == (
            sorted(map(str, map(parsed_line, before[name]["extra"])))
        )


def test_contacts_survive_a_round_trip(
    netkeep: Netkeep, round_trip: Callable[[], None], tmp_path: Path
) -> None:
    (tmp_path / "cards.vcf").write_text(CARDS)
    netkeep("import", str(tmp_path / "cards.vcf"), "--keep", "-k", "friend")
    netkeep(
        *("add", "Şahin 😀; DROP, TABLE\\n", "-k", "client", "-e", "10d", "--company", "=cmd|x"),
        *("-t", "=1+1", "-t", "a,b", "--email", "a,b@x.example", "--school", "MIT; a, b"),
        *("-n", "line\n\nEND:VCARD\nBEGIN:VCARD\ttab", "--met", "a party, 2", "--met-on", "1 nov"),
    )
    netkeep("add", "x" * 200, "-n", "é東😀" * 300, "--candidate", "--birthday", "1990-12-10")
    netkeep("add", "Nobody's cadence", "-e", "none")
    netkeep("snooze", "sahin", "2w")
    round_trip()
    assert_nothing_is_lost(netkeep, tmp_path)
    uids = {contact["name"]: contact["uid"] for contact in contacts_by_name(netkeep).values()}
    assert uids["Ada Lovelace"] == "urn:uuid:ADA/1"
    for card in (tmp_path / "back").iterdir():
        assert netkeep("import", str(card)).out.startswith("Imported no one; 1 was")


def test_second_sync_transfers_nothing(netkeep: Netkeep, carry: Carry, tmp_path: Path) -> None:
    netkeep("add", "Ada Lovelace", "-t", "chess")
    there, back = tmp_path / "there", tmp_path / "back"
    netkeep("export", f"{there}/", err=None)
    carry(there, back)
    first = {path.name: path.read_bytes() for path in back.iterdir()}
    netkeep("export", f"{there}/", "--force", err=None)
    carry(there, back)
    assert {path.name: path.read_bytes() for path in back.iterdir()} == first
    netkeep("edit", "ada", "--title", "Countess")
    netkeep("export", f"{there}/", "--force", err=None)
    carry(there, back)
    (card,) = back.iterdir()
    assert "\nTITLE:Countess\n" in card.read_text()


def test_unknown_lines_of_cards_survive_a_round_trip(
    netkeep: Netkeep, round_trip: Callable[[], None], tmp_path: Path
) -> None:
    netkeep("add", "Ada", "-n", "a\u2028END:VCARD\u2029BEGIN:VCARD\x85UID:b")
    round_trip()
    assert_nothing_is_lost(netkeep, tmp_path)


def test_commas_survive_a_round_trip(
    netkeep: Netkeep, round_trip: Callable[[], None], tmp_path: Path
) -> None:
    (tmp_path / "cards.vcf").write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Lovelace\n"
        "URL:https://www.example.com/a,1;b\n"
        "ORG:Acme, Inc;Research\n"
        "NOTE;LANGUAGE=en:one, two\n"
        "TITLE;LANGUAGE=en:Analyst, Countess\n"
        "X-SOCIALPROFILE;TYPE=x:https://x.example/a,1\n"
        "PHOTO;VALUE=uri:https://x.example/a,1.png\n"
        "END:VCARD\n"
    )
    netkeep("import", str(tmp_path / "cards.vcf"), "--keep")
    round_trip()
    assert_nothing_is_lost(netkeep, tmp_path)


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_server_accepts_vcard_3_and_4(
    netkeep: Netkeep, round_trip: Callable[..., None], tmp_path: Path, version: str
) -> None:
    two_names = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:John Smith\nN:Smith;J.;;;\nN:Smith;John;;;\nEND:VCARD\n"
    )
    (tmp_path / "cards.vcf").write_text(CARDS + two_names)
    netkeep("import", str(tmp_path / "cards.vcf"), "--keep")
    round_trip(version)
    assert sorted(contacts_by_name(netkeep, "--db", str(tmp_path / "other.db"))) == (
        sorted(contacts_by_name(netkeep))
    )
    for path in (tmp_path / "there").iterdir():
        assert f"VERSION:{version}" in path.read_text()
