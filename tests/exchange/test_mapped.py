"""Any CSV: columns are what they are said to be, and the others are kept."""

from collections.abc import Mapping
from datetime import date

import pytest

from netkeep.domain.birthdays import Birthday
from netkeep.domain.contact import Kind
from netkeep.errors import BadValueError
from netkeep.exchange.csv_fields import TARGETS, read_mapped
from netkeep.exchange.plan import Record, Skipped

TODAY = date(2026, 11, 22)
TEXT = (
    "Who;Firm;Role;Town;Studied;Where;When;Born;Remark;Remark 2;How;Mail;Mail 2;Phone;Site;Group;"
    "Hat\n"
    "Ada Lovelace;Engines;Analyst;London;Home;a party;5 Jun 2026;10 dec;tea;strong;Friend;"
    '"ada@x.example; nowhere";ada@home.example;"112;+44 20";ada.example/a;"chess; maths;";bowler\n'
)
MAPPING = {
    "Who": "name",
    "Firm": "company",
    "Role": "title",
    "Town": "city",
    "Studied": "school",
    "Where": "met",
    "When": "met_on",
    "Born": "birthday",
    "Remark": "note",
    "Remark 2": "note",
    "How": "kind",
    "Mail": "email",
    "Mail 2": "email",
    "Phone": "phone",
    "Site": "url",
    "Group": "tag",
}


def only(text: str, mapping: Mapping[str, str]) -> Record:
    (record,) = read_mapped(text, TODAY, mapping)
    assert isinstance(record, Record)
    return record


def test_every_cell_goes_where_it_was_said_or_is_kept() -> None:
    assert only(TEXT, MAPPING) == Record(
        "line 2",
        {
            "name": "Ada Lovelace",
            "company": "Engines",
            "title": "Analyst",
            "city": "London",
            "school": "Home",
            "met": "a party",
            "met_on": date(2026, 6, 5),
            "birthday": Birthday(12, 10),
            "kind": Kind.friend,
            "note": "tea\nstrong",
            "emails": ("ada@x.example", "ada@home.example"),
            "phones": ("112", "+44 20"),
            "urls": ("ada.example/a",),
            "tags": ("chess", "maths"),
        },
        ("EMAIL:nowhere", 'X-NETKEEP-COLUMN;X-NAME="Hat":bowler'),
    )


def test_a_url_may_have_a_semicolon() -> None:
    assert only("N,U\nAda,x.example/a;b\n", {"N": "name", "U": "url"}).fields["urls"] == (
        "x.example/a;b",
    )


def test_first_and_last_name_make_one() -> None:
    mapping = {"F": "first", "L": "last"}
    assert only("F,L\nAda,Lovelace\n", mapping) == Record(
        "line 2", {"name": "Ada Lovelace"}, ("N:Lovelace;Ada;;;",)
    )
    assert only("F,L\n,Lovelace\n", mapping) == Record("line 2", {"name": "Lovelace"})


def test_the_whole_name_comes_before_its_parts() -> None:
    mapping = {"F": "first", "L": "last", "N": "name"}
    assert only("N,F,L\nLady Ada,Ada,Lovelace\n", mapping) == Record(
        "line 2", {"name": "Lady Ada"}, ("N:Lovelace;Ada;;;", "FN:Lady Ada")
    )
    assert only("N,F,L\nLady Ada,Ada,\n", mapping).extra == ("N:;Ada;;;", "FN:Lady Ada")


def test_somebody_without_a_name_is_called_by_company_or_email_or_left_out() -> None:
    mapping = {"N": "name", "C": "company", "E": "email"}
    rows = read_mapped("N,C,E\n,Initech,a@x.example\n,,b@x.example\n,,nowhere\n", TODAY, mapping)
    names = [row.fields["name"] for row in rows if isinstance(row, Record)]
    assert names == ["Initech", "b@x.example"]
    assert rows[2] == Skipped("line 4", "no name")


def test_two_columns_of_one_name_are_one_to_take_and_one_to_keep() -> None:
    assert only("N,M,M\nAda,a@x.example,b@x.example\n", {"N": "name", "M": "email"}) == Record(
        "line 2",
        {"name": "Ada", "emails": ("a@x.example",)},
        ('X-NETKEEP-COLUMN;X-NAME="M":b@x.example',),
    )


@pytest.mark.parametrize(
    ("mapping", "sentence", "hint"),
    [
        (
            {"Who": "nom"},
            'there is no field "nom" for a column to be',
            f"fields: {', '.join(TARGETS)}",
        ),
        ({"Wer": "name"}, 'the file has no column "Wer"', "columns: Who, Mail"),
        (
            {"Who": "name", "Mail": "name"},
            "only one column can be name",
            "fields that several columns can be: note, email, phone, url, tag",
        ),
    ],
)
def test_a_column_that_cannot_be_what_it_is_said_to_be_is_refused(
    mapping: Mapping[str, str], sentence: str, hint: str
) -> None:
    with pytest.raises(BadValueError) as refused:
        read_mapped("Who,Mail,\nAda,a@x.example,\n", TODAY, mapping)
    assert (refused.value.sentence, refused.value.hint) == (sentence, hint)
