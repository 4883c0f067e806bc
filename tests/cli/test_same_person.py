"""Who is the same person: people who share a number or an address stay themselves."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Netkeep

Write = Callable[[str], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file to import; return its path."""

    def written(content: str) -> str:
        (tmp_path / "people").write_text(content)
        return str(tmp_path / "people")

    return written


GOOGLE = "First Name,Middle Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value"
LANDLINE_CSV = f"""\
{GOOGLE},Phone 1 - Label,Phone 1 - Value
Anna,,Berg,* myContacts,* Home,anna@example.org,Home,+46 8 555 010 01
Bertil,,Berg,* myContacts,* Home,bertil@example.org,Home,+46 8 555 010 01
"""
LANDLINE_VCF = """\
BEGIN:VCARD
VERSION:2.1
N:Berg;Anna
TEL;HOME:08-555 01 00
END:VCARD
BEGIN:VCARD
VERSION:2.1
N:Berg;Bertil
TEL;HOME:08-555 01 00
END:VCARD
"""
EMAIL_CSV = f"""\
{GOOGLE}
Anna,,Berg,* myContacts,* Work,info@shop.example
Carl,,Dahl,* myContacts,* Work,info@shop.example
"""
SWITCHBOARD_CSV = (
    "First Name,Last Name,Company,Job Title,Business Phone,E-mail Address\n"
    + "".join(
        f"Given{number},Family{number},Acme,Job {number},+1 555 0100,p{number}@acme.example\n"
        for number in range(30)
    )
)


def names(netkeep: Netkeep) -> list[str]:
    return [one["name"] for one in netkeep("list", "--status", "all", "-f", "json").json]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (LANDLINE_CSV, ["Anna Berg", "Bertil Berg"]),
        (LANDLINE_VCF, ["Anna Berg", "Bertil Berg"]),
        (EMAIL_CSV, ["Anna Berg", "Carl Dahl"]),
        (SWITCHBOARD_CSV, sorted(f"Given{number} Family{number}" for number in range(30))),
    ],
    ids=["landline in CSV", "landline in vCards", "shared e-mail", "switchboard"],
)
def test_people_who_share_a_number_or_address_stay_themselves(
    netkeep: Netkeep, write: Write, content: str, expected: list[str]
) -> None:
    file = write(content)
    netkeep("import", file)
    assert names(netkeep) == expected
    before = netkeep("export").out
    assert netkeep("import", file).out.startswith("Imported no one")
    assert netkeep("export").out == before


def test_nothing_goes_to_a_contact_with_another_name(netkeep: Netkeep, write: Write) -> None:
    netkeep("add", "Bertil Berg", "--phone", "08-555 01 00")
    anna, _ = LANDLINE_VCF.split("END:VCARD\n", 1)
    before = netkeep("show", "bertil", "-f", "json").json
    netkeep("import", write(f"{anna}BDAY:1980-01-02\nEND:VCARD\n"))
    assert netkeep("show", "bertil", "-f", "json").json == before
    assert names(netkeep) == ["Anna Berg", "Bertil Berg"]


def test_add_names_those_who_may_be_the_same(netkeep: Netkeep) -> None:
    netkeep("add", "Anna Berg", "--phone", "+46 8 555 010 01")
    netkeep(
        *("add", "Bertil Berg", "--phone", "08-555 010 01"),
        err="#1 Anna Berg (other) has the same phone number (last digits);"
        " if they are one person: netkeep merge 1 2\n",
    )
    assert names(netkeep) == ["Anna Berg", "Bertil Berg"]


def test_00_in_a_phone_number_is_a_plus_sign(netkeep: Netkeep) -> None:
    netkeep("add", "Anna Berg", "--phone", "0046 8 555 010 01")
    said = netkeep("add", "A. Berg", "--phone", "+46 8 555 010 01", code=1, err=None).err
    assert said.startswith("netkeep: #1 Anna Berg (other) has the same phone number;")
    netkeep("edit", "anna", "--add-phone", "+46855501001")
    assert netkeep("show", "anna", "-f", "json").json["phones"] == ["0046 8 555 010 01"]


def test_phone_numbers_with_the_same_last_nine_digits_are_suggested(netkeep: Netkeep) -> None:
    netkeep("add", "Anna Berg", "--phone", "0046 8 555 010 01")
    netkeep("add", "Berg & Co", "--phone", "08-555 010 01", err=None)
    netkeep("add", "Carl Dahl", "--phone", "08-555 010 02")
    assert netkeep("merge", "--suggest").out == (
        "1\tAnna Berg\t2\tBerg & Co\tsame phone number (last digits) 855501001\n"
    )


def test_merged_cards_keep_their_uids_in_any_order(netkeep: Netkeep, write: Write) -> None:
    netkeep("add", "Ada King", "--email", "ada@x.example")
    netkeep("add", "Ada Byron", "--email", "byron@x.example")
    cards = netkeep("export", "-", "--as", "vcard").out
    ada, byron = cards.split("END:VCARD")[:2]
    turned = f"{byron.strip()}\nEND:VCARD\n{ada.strip()}\nEND:VCARD\n"
    netkeep("merge", "1", "2")
    before = netkeep("export").out
    netkeep("import", write(turned), err=None)
    assert netkeep("export").out == before
