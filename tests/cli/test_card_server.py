"""export: cards that a real CardDAV server takes."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cli.servers import send, served
from tests.conftest import Netkeep
from tests.exchange.test_cases import CASES

if find_spec("radicale") is None:
    pytest.skip("NOT TESTED whether Radicale takes exported cards", allow_module_level=True)

BOOK = """<?xml version="1.0"?>
<mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><set><prop><resourcetype>
<collection/><C:addressbook/></resourcetype></prop></set></mkcol>"""
UNFOLD = re.compile(r"\r\n[ \t]")


def lines_of(card: str) -> set[str]:
    """Return the properties of a card that a server keeps, each on one line."""
    lines = UNFOLD.sub("", card).split("\r\n")
    return {line for line in lines if line.startswith(("FN", "UID", "NOTE", "TITLE"))}


@pytest.mark.slow
@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_radicale_takes_every_reported_card(netkeep: Netkeep, tmp_path: Path, version: str) -> None:
    with served(tmp_path) as port:
        for number, (text, _) in enumerate(CASES.values()):
            reported = tmp_path / f"{number}.txt"
            reported.write_bytes(text.encode())
            db = ("--db", str(tmp_path / f"{number}.db"))
            netkeep(*db, "import", str(reported), "--keep", err=None)
            exported = tmp_path / f"{number}.vcf"
            netkeep(*db, "export", str(exported), "--vcard-version", version, err=None)
            card = exported.read_bytes().decode()
            send(port, "MKCOL", f"/me/{number}/", BOOK)  # a UID may be in a book only once
            path = f"/me/{number}/card.vcf"
            send(port, "PUT", path, card)
            assert lines_of(send(port, "GET", path).decode()) == lines_of(card)
