"""Google Contacts: the current CSV and the older one, without losing a cell."""

import csv
import io
from datetime import date

import pytest

from netkeep.domain.occasions import Birthday
from netkeep.errors import BadValueError
from netkeep.exchange.google import read
from netkeep.exchange.plan import Record, Skipped

TODAY = date(2026, 11, 22)
HEADER = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,"
    "Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,"
    "Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,"
    "E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,"
    "Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,"
    "Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,"
    "Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,Website 1 - Value\n"
)
SHAFI = (
    "Shafi,,Perlman,,,,,,,,University of Leeds,Attorney,, --02-12,"
    '"Met at PyCon 2024.\nLikes tea, ""strong"".",,* myContacts,* Work,shafi0@example.org,'
    "Home,home.shafi0@example.org,Mobile,+1 617 555 1186,,,,,,Boston,,,,,,,\n"
)
FRANCOIS = (
    "François,,Nguyễn,,,,,,,,University of Leeds,Software Engineer,,1958-05-14,,,"
    "Work ::: * myContacts,* Work,francois3@example.org,,,Mobile,+1 617 555 0763,,,,,,"
    "São Paulo,,,,,,,\n"
)
GLOBEX = (
    ",,,,,,,,,,Globex Corporation,Biotech Analyst,,,,,,* Work,donald16@example.org"
    ",,,,,,,,,,,,,,,,,\n"
)
FULL = (
    'Ada,King,Lovelace,AY-da,,,Lady,PhD,Countess,"Lovelace, Ada",Analytical Engines,Analyst,'
    "Notes; G,31 Feb,x,https://photo.example/1,Maths ::: -- ::: * starred,* Work,"
    "ada@x.example ::: nowhere,,,Büro,call me,,0 20,Home,"
    '"12 Sq\nLondon SW1\nUK","12 Sq",London,PO 1,Greater,SW1,UK,Floor 2,* Blog,ada.example/a;b\n'
)
OLD_HEADER = (
    "Name,Given Name,Additional Name,Family Name,Name Prefix,Name Suffix,Nickname,Birthday,Notes,"
    "Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,"
    "Address 1 - Type,Address 1 - Formatted,Address 1 - Street,Address 1 - City,"
    "Address 1 - Country,Organization 1 - Type,Organization 1 - Name,Organization 1 - Title,"
    "Organization 1 - Department,Website 1 - Type,Website 1 - Value\n"
)
OLD = (
    "Grace Brewster Hopper,Grace,Brewster,Hopper,,,,1906-12-09,,,* myContacts ::: Navy,* ,"
    "grace@navy.example,Work,+1 617 555 0100,Home,"
    '"1 A St\nBoston ::: 2 B St\nArlington",1 A St ::: 2 B St,Boston ::: Arlington,,,Navy,'
    "Rear Admiral,,Profile,https://grace.example\n"
)


def only(row: str, header: str = HEADER) -> Record:
    (record,) = read(header + row, TODAY)
    assert isinstance(record, Record)
    return record


def test_a_row_of_google_is_read() -> None:
    assert only(SHAFI) == Record(
        "line 2",
        {
            "name": "Shafi Perlman",
            "company": "University of Leeds",
            "title": "Attorney",
            "birthday": Birthday(2, 12),
            "note": 'Met at PyCon 2024.\nLikes tea, "strong".',
            "emails": ("shafi0@example.org", "home.shafi0@example.org"),
            "phones": ("+1 617 555 1186",),
            "city": "Boston",
        },
        (
            "N:Perlman;Shafi;;;",
            "EMAIL;TYPE=work:shafi0@example.org",
            "EMAIL;TYPE=home:home.shafi0@example.org",
            "TEL;TYPE=cell:+1 617 555 1186",
        ),
    )


def test_labels_become_tags_but_for_the_group_of_all_contacts() -> None:
    francois = only(FRANCOIS)
    assert (francois.fields["tags"], francois.fields["birthday"]) == (
        *(("Work",), Birthday(5, 14, 1958)),
    )


def test_the_company_or_email_is_the_name_of_a_row_without_one() -> None:
    assert only(GLOBEX).fields["name"] == "Globex Corporation"
    assert only(GLOBEX.replace("Globex Corporation", "")).fields["name"] == "donald16@example.org"
    assert read(f"{HEADER},,,,,,,,,,,Analyst\n", TODAY) == [Skipped("line 2", "no name")]


def test_cells_without_a_field_are_kept() -> None:
    ada = only(FULL)
    assert ada.fields == {
        "name": "Ada Lovelace",
        "company": "Analytical Engines",
        "title": "Analyst",
        "note": "x",
        "tags": ("Maths",),
        "emails": ("ada@x.example",),
        "phones": ("0 20",),
        "urls": ("ada.example/a;b",),
        "city": "London",
    }
    assert ada.extra == (
        "N:Lovelace;Ada;King;Lady;PhD",
        "NICKNAME:Countess",
        "ORG:Analytical Engines;Notes\\; G",
        "CATEGORIES:--",
        'X-NETKEEP-COLUMN;X-NAME="Labels":* starred',
        "EMAIL;TYPE=work:ada@x.example",
        "EMAIL;TYPE=work:nowhere",
        'TEL;TYPE="Büro":call me',
        "URL;TYPE=blog:ada.example/a;b",
        "ADR;TYPE=home:PO 1;Floor 2;12 Sq;London;Greater;SW1;UK",
        "FN:Ada Lovelace",
        'X-NETKEEP-COLUMN;X-NAME="Phonetic First Name":AY-da',
        'X-NETKEEP-COLUMN;X-NAME="File As":Lovelace\\, Ada',
        'X-NETKEEP-COLUMN;X-NAME="Birthday":31 Feb',
    )
    assert ada.left_out == ("a photo",)


def test_a_file_in_the_older_format_is_read() -> None:
    assert only(OLD, OLD_HEADER) == Record(
        "line 2",
        {
            "name": "Grace Hopper",
            "company": "Navy",
            "title": "Rear Admiral",
            "birthday": Birthday(12, 9, 1906),
            "tags": ("Navy",),
            "emails": ("grace@navy.example",),
            "phones": ("+1 617 555 0100",),
            "urls": ("https://grace.example",),
            "city": "Boston",
        },
        (
            "N:Hopper;Grace;Brewster;;",
            "TEL;TYPE=work:+1 617 555 0100",
            "URL;TYPE=profile:https://grace.example",
            "ADR;TYPE=home:;;1 A St;Boston;;;",
            "ADR;TYPE=home:;;2 B St;Arlington;;;",
            "FN:Grace Hopper",
        ),
    )


def test_the_whole_name_is_used_without_parts_and_kept_if_it_differs() -> None:
    header = "Name,Given Name,Family Name,Name Prefix,Group Membership\n"
    assert only("Ada L,,,,\n", header) == Record("line 2", {"name": "Ada L"})
    assert only(",,,Dr.,\n", header).fields["name"] == "Dr."
    assert only("Ada L,Ada,,,\n", header).extra == ('X-NETKEEP-COLUMN;X-NAME="Name":Ada L',)
    assert only("ada,Ada,,,\n", header).extra == ()


def test_ambiguous_addresses_are_kept_as_one() -> None:
    header = "First Name,Labels,Address 1 - Street,Address 1 - City,Address 1 - Country\n"
    assert only("Ada,,1 A St,Bath ::: Leeds,UK\n", header).extra == (
        "ADR:;;1 A St;Bath ::: Leeds;;;UK",
    )


def test_an_address_with_only_its_formatted_text_is_kept() -> None:
    header = "First Name,Labels,Address 1 - Label,Address 1 - Formatted,Address 1 - City\n"
    assert only('Ada,,Home,"12 Sq\nBath",\n', header).extra == (
        'X-NETKEEP-COLUMN;X-NAME="Address 1 - Label":Home',
        'X-NETKEEP-COLUMN;X-NAME="Address 1 - Formatted":12 Sq\\nBath',
    )
    assert only("Ada,,,Bath,Bath\n", header) == Record("line 2", {"name": "Ada", "city": "Bath"})


def test_a_label_without_a_value_and_an_additional_cell_are_kept() -> None:
    header = "First Name,Labels,E-mail 1 - Label,E-mail 1 - Value\n"
    assert only("Ada,,Work,,more\n", header).extra == (
        'X-NETKEEP-COLUMN;X-NAME="E-mail 1 - Label":Work',
        'X-NETKEEP-COLUMN;X-NAME="column 5":more',
    )
    assert only("Ada\n", header) == Record("line 2", {"name": "Ada"})


def test_another_file_is_refused() -> None:
    with pytest.raises(BadValueError, match="this is not a CSV from Google Contacts"):
        read("Name,Mail\nAda,ada@x.example\n", TODAY)


@pytest.mark.parametrize(
    ("header", "row"),
    [(HEADER, SHAFI), (HEADER, FRANCOIS), (HEADER, GLOBEX), (HEADER, FULL), (OLD_HEADER, OLD)],
)
def test_every_cell_is_used_or_kept(header: str, row: str) -> None:
    record = only(row, header)
    text = "\n".join((*map(str, record.fields.values()), *record.extra)).casefold()
    text = text.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")
    columns, cells = csv.reader(io.StringIO(header + row, newline=""))
    for column, cell in zip(columns, cells, strict=True):
        for value in filter(None, map(str.strip, cell.split(" ::: "))):
            if column == "Photo":
                assert record.left_out == ("a photo",)
            elif column.endswith(("Label", "Type")):
                word = value.removeprefix("*").strip().casefold().replace("mobile", "cell")
                assert f"type={word}" in text.replace('"', ""), column
            elif column == "Birthday" and "birthday" in record.fields:
                assert str(record.fields["birthday"]) == value
            elif column == "Name":
                assert value.split()[0] == record.fields["name"].split()[0]
            elif column.endswith("Formatted"):
                assert all(line.casefold() in text for line in value.replace("\n", " ").split())
            elif not value.startswith("* "):
                assert value.casefold() in text.replace("\\n", "\n"), column
