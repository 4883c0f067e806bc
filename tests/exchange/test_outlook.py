"""Outlook: its CSV and its ambiguous days, without losing a cell."""

import csv
import io
from datetime import date

import pytest

from netkeep.domain.occasions import Birthday
from netkeep.errors import BadValueError
from netkeep.exchange.outlook import read
from netkeep.exchange.plan import Record, Skipped

TODAY = date(2026, 11, 22)
HEADER = (
    '"Title","First Name","Middle Name","Last Name","Suffix","Nickname","Company","Department",'
    '"Job Title","Business Street","Business Street 2","Business City","Business State",'
    '"Business Postal Code","Business Country/Region","Home City","Other Country",'
    '"Business Fax","Business Phone","Home Phone","Mobile Phone","Car Phone","Other Phone",'
    '"Anniversary","Birthday","Business Address PO Box","Categories","E-mail Address",'
    '"E-mail Type","E-mail 2 Address","E-mail 3 Address","Notes","Priority","Schools","Web Page"\n'
)
ADA = (
    '"Lady","Ada","King","Lovelace","PhD","Countess","Analytical Engines","Notes","Analyst",'
    '"12 Sq","Floor 2","London","Greater","SW1","UK","Ockham","Wales",'
    '"+44 20 1","+44 20 2","+44 20 3","+44 20 4","+44 20 5","+44 20 6",'
    '"0/0/00","2/13/1984","PO 1","Maths; Friends;","ada@x.example",'
    '"SMTP","/o=Ex/cn=ada","ada@home.example","Likes tea.\r\nStrong.","Normal","Home",'
    '"ada.example"\n'
)


def only(row: str, header: str = HEADER) -> Record:
    (record,) = read(header + row, TODAY)
    assert isinstance(record, Record)
    return record


def born(birthday: str) -> Record:
    header = "First Name,Last Name,E-mail Address,Birthday\n"
    return only(f"Ada,,,{birthday}\n", header)


def test_a_row_of_outlook_is_read() -> None:
    assert only(ADA) == Record(
        "line 2",
        {
            "name": "Ada Lovelace",
            "company": "Analytical Engines",
            "title": "Analyst",
            "school": "Home",
            "note": "Likes tea.\r\nStrong.",
            "birthday": Birthday(2, 13, 1984),
            "emails": ("ada@x.example", "ada@home.example"),
            "phones": ("+44 20 4", "+44 20 2", "+44 20 3", "+44 20 6", "+44 20 5"),
            "urls": ("ada.example",),
            "tags": ("Maths", "Friends"),
            "city": "London",
        },
        (
            "N:Lovelace;Ada;King;Lady;PhD",
            "NICKNAME:Countess",
            "ORG:Analytical Engines;Notes",
            "EMAIL:/o=Ex/cn=ada",
            "TEL;TYPE=cell:+44 20 4",
            "TEL;TYPE=work:+44 20 2",
            "TEL;TYPE=home:+44 20 3",
            "TEL;TYPE=car:+44 20 5",
            "ADR;TYPE=work:PO 1;;12 Sq,Floor 2;London;Greater;SW1;UK",
            "ADR:;;;Ockham;;;",
            "ADR:;;;;;;Wales",
            "FN:Ada Lovelace",
            'X-NETKEEP-COLUMN;X-NAME="Business Fax":+44 20 1',
            'X-NETKEEP-COLUMN;X-NAME="E-mail Type":SMTP',
            'X-NETKEEP-COLUMN;X-NAME="Priority":Normal',
        ),
    )


@pytest.mark.parametrize(
    ("birthday", "day"),
    [
        ("2/13/1984", Birthday(2, 13, 1984)),
        ("13/2/1984", Birthday(2, 13, 1984)),
        ("5/5/1984", Birthday(5, 5, 1984)),
        ("1984-02-03", Birthday(2, 3, 1984)),
        ("13.2.1984", Birthday(2, 13, 1984)),
        ("3.2.1984", Birthday(2, 3, 1984)),
        ("1604-02-03", Birthday(2, 3)),
    ],
)
def test_an_unambiguous_birthday_is_read(birthday: str, day: Birthday) -> None:
    assert born(birthday) == Record("line 2", {"name": "Ada", "birthday": day})


@pytest.mark.parametrize("birthday", ["2/3/1984", "2/13/84", "13/13/1984", "2/13/2030", "spring"])
def test_an_ambiguous_birthday_is_kept_as_text(birthday: str) -> None:
    column = f'X-NETKEEP-COLUMN;X-NAME="Birthday":{birthday}'
    kept = born(birthday)
    assert kept[:3] == ("line 2", {"name": "Ada"}, (column,))
    assert [reason.split(":")[0] for reason in kept.unread] == ["the birthday"]


@pytest.mark.parametrize("birthday", ["0/0/00", "0/0/0000", "00/00/00", ""])
def test_a_date_of_zeros_is_ignored(birthday: str) -> None:
    assert born(birthday) == Record("line 2", {"name": "Ada"})


def test_an_address_with_only_a_city_sets_the_city() -> None:
    header = "First Name,Last Name,E-mail Address,Home City\n"
    assert only("Ada,,,Bath\n", header) == Record("line 2", {"name": "Ada", "city": "Bath"})


def test_the_company_or_email_is_the_name_of_a_row_without_one() -> None:
    header = "First Name,Last Name,E-mail Address,Company\n"
    assert only(",,a@x.example,Initech\n", header).fields["name"] == "Initech"
    assert only(",,a@x.example\n", header).fields["name"] == "a@x.example"
    assert read(f"{header},,nowhere,\n", TODAY) == [Skipped("line 2", "no name")]


def test_an_additional_cell_is_kept() -> None:
    row = 'X-NETKEEP-COLUMN;X-NAME="column 4":more'
    assert only("Ada,,,more\n", "First Name,Last Name,E-mail Address\n").extra == (row,)


def test_another_file_is_refused() -> None:
    with pytest.raises(BadValueError, match="this is not a CSV from Outlook"):
        read("Name,Mail\nAda,ada@x.example\n", TODAY)


def test_every_cell_is_used_or_kept() -> None:
    record = only(ADA)
    values = record.fields.values()
    entries = [
        each for value in values for each in (value if isinstance(value, tuple) else [value])
    ]
    text = "\n".join((*map(str, entries), *record.extra))
    columns, cells = csv.reader(io.StringIO(HEADER + ADA, newline=""))
    for column, cell in zip(columns, cells, strict=True):
        for value in filter(None, map(str.strip, cell.split(";"))):
            if column == "Anniversary":
                assert value == "0/0/00"
            elif column == "Birthday":
                assert record.fields["birthday"] == Birthday(2, 13, 1984)
            else:
                assert value in text, column
