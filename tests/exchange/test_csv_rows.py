"""CSV: decoding, line numbers, and records from rows."""

import codecs
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import Detail
from netkeep.errors import BadValueError
from netkeep.exchange.content_lines import parse
from netkeep.exchange.csv_rows import (
    Address,
    Draft,
    Names,
    column_line,
    drafts,
    numbered_rows,
    type_parameter,
)
from netkeep.exchange.encodings import HINT, decode
from netkeep.exchange.names import clean_name
from netkeep.exchange.plan import Record, Skipped

TODAY = date(2026, 11, 22)


def draft(**cells: str) -> Draft:
    return Draft("line 2", list(cells), list(cells.values()), TODAY)


def record(draft_: Draft, name: str = "Ada") -> Record:
    result = draft_.record(name)
    assert isinstance(result, Record)
    return result


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_decoded_with_and_without_a_byte_order_mark(encoding: str) -> None:
    assert decode("Zoë,東京\n".encode(encoding)) == "Zoë,東京\n"


def test_big_endian_utf_16_is_decoded() -> None:
    assert decode(codecs.BOM_UTF16_BE + "Zoë".encode("utf-16-be")) == "Zoë"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Ada\n\xff,\n", "line 2 is not UTF-8 text"),
        (b"\xef\xbb\xbfA\n\xff", "line 2 is not UTF-8 text"),
        ("Zoë".encode("latin-1"), "line 1 is not UTF-8 text"),
        (b"\xff\xfeA\0\n\0\0", "line 2 is not UTF-16 text"),
        (b"PK\x03\x04\0\0", "line 1 is not text: it has a NUL in it"),
        ("Ada".encode("utf-32-le"), "line 1 is not text: it has a NUL in it"),
    ],
)
def test_content_that_is_no_text_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(BadValueError) as refused:
        decode(content)
    assert (refused.value.sentence, refused.value.hint) == (sentence, HINT)


def test_a_row_has_the_number_of_its_first_line() -> None:
    text = 'Name,Note\r\nAda,"one\r\ntwo"\r\n\r\nZoë,\r\n'
    assert list(numbered_rows(text)) == [
        (1, ["Name", "Note"]),
        (2, ["Ada", "one\r\ntwo"]),
        (4, []),
        (5, ["Zoë", ""]),
    ]


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("Name;Mail\n", ["Name", "Mail"]),
        ("Name\tMail\n", ["Name", "Mail"]),
        ("Name,Mail;Phone\n", ["Name", "Mail;Phone"]),
        ('\n"Name, whole";Mail\n', ["Name, whole", "Mail"]),
        ("Name\n", ["Name"]),
    ],
)
def test_the_header_determines_the_delimiter(text: str, header: list[str]) -> None:
    assert drafts(text, TODAY)[0] == header


def test_an_unclosed_quote_is_reported_with_its_first_line() -> None:
    rows = numbered_rows('Name\nAda\n"Zoë\nGrace\n')
    assert [next(rows), next(rows)] == [(1, ["Name"]), (2, ["Ada"])]
    with pytest.raises(BadValueError, match="line 3 is not CSV: unexpected end of data"):
        next(rows)


def test_empty_text_has_no_columns_and_no_rows() -> None:
    columns, rows = drafts("\n , \n", TODAY)
    assert (columns, list(rows)) == ([], [])
    columns, rows = drafts("Name\n\n  \nAda\n", TODAY)
    assert [each.place for each in rows] == ["line 4"]


def test_a_row_may_be_longer_or_shorter_than_its_header() -> None:
    _, rows = drafts("Name,,Mail\nAda\nZoë,x,,,y\n", TODAY)
    assert [each.cells for each in rows] == [
        [("Name", "Ada")],
        [("Name", "Zoë"), ("column 2", "x"), ("column 5", "y")],
    ]


def test_an_unused_cell_is_kept_with_its_column() -> None:
    draft_ = draft(Name="Ada", Hat="a;b, c\\d\ne")
    assert draft_.take("Name") == "Ada"
    assert draft_.take("Name") == ""
    assert record(draft_).extra == ('X-NETKEEP-COLUMN;X-NAME="Hat":a\\;b\\, c\\\\d\\ne',)


def test_any_column_name_can_be_quoted() -> None:
    assert column_line('The "real"\nname: a,b', "x") == (
        "X-NETKEEP-COLUMN;X-NAME=\"The 'real' name: a,b\":x"
    )


@given(st.text(), st.text())
def test_a_kept_cell_is_one_line(column: str, text: str) -> None:
    line = column_line(column, text)
    assert len(line.encode(errors="replace").splitlines()) == 1
    assert parse(line).parameters[0].count('"') == 2


@pytest.mark.parametrize(
    ("label", "parameter"),
    [
        ("", ""),
        ("Work", ";TYPE=work"),
        ("Mobile", ";TYPE=cell"),
        ("Work Fax", ';TYPE="Work Fax"'),
        ('Büro, "oben"', ";TYPE=\"Büro, 'oben'\""),
    ],
)
def test_a_label_becomes_a_type_parameter(label: str, parameter: str) -> None:
    assert type_parameter(label) == parameter


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("company", "Analytical\n Engines", "Analytical Engines"),
        ("met_on", "05 Sep 2017", date(2017, 9, 5)),
        ("met_on", "2017-09-05", date(2017, 9, 5)),
        ("note", "one\ntwo", "one\ntwo"),
        ("kind", "Friend", "friend"),
        ("snoozed_until", "2027-01-01", date(2027, 1, 1)),
    ],
)
def test_a_valid_value_sets_its_field(field: str, text: str, value: Any) -> None:
    draft_ = draft(X=text)
    draft_.fill(field, "X")
    assert (draft_.fields, draft_.cells) == ({field: value}, [])


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("company", "x" * 1_001),
        ("title", "\x07"),
        ("met_on", "friday"),
        ("met_on", "10 may"),
        ("met_on", "2027-01-01"),
        ("birthday", "soon"),
        ("kind", "foe"),
        ("status", "gone"),
        ("cadence", "often"),
        ("first_due_on", "2027-02-30"),
    ],
)
def test_an_invalid_value_is_kept_as_an_extra_line(field: str, text: str) -> None:
    draft_ = draft(X=text)
    draft_.fill(field, "X")
    kept = record(draft_)
    assert kept[:3] == ("line 2", {"name": "Ada"}, (column_line("X", text),))
    assert len(kept.unread) == 1


def test_the_first_filled_column_sets_a_field() -> None:
    draft_ = draft(Old="", Company="Initech", Employer="Hooli")
    draft_.fill("company", "Old", "Company", "Employer")
    assert (draft_.fields, draft_.cells) == ({"company": "Initech"}, [("Employer", "Hooli")])


def test_an_entry_is_listed_once_and_kept_with_its_label() -> None:
    draft_ = draft()
    draft_.add(Detail.email, "ada@x.example", "Work")
    draft_.add(Detail.email, "ADA@x.example")
    draft_.add(Detail.url, "https://x.example/a,b;c", "Blog")
    assert draft_.lists == {"emails": ("ada@x.example",), "urls": ("https://x.example/a,b;c",)}
    assert draft_.extra == [
        "EMAIL;TYPE=work:ada@x.example",
        "URL;TYPE=blog:https://x.example/a,b;c",
    ]


def test_an_invalid_entry_is_kept_as_an_extra_line_only() -> None:
    draft_ = draft(Fax="call me, please")
    draft_.add(Detail.phone, draft_.take("Fax"))
    draft_.add(Detail.phone, draft_.take("Telex"))
    draft_.add(Detail.tag, "--")
    assert (draft_.fields, draft_.extra) == ({}, ["TEL:call me\\, please", "CATEGORIES:--"])


@pytest.mark.parametrize(
    ("names", "spoken", "extra"),
    [
        (Names(), "", []),
        (Names(given="Ada"), "Ada", []),
        (Names("Lovelace", "Ada"), "Ada Lovelace", ["N:Lovelace;Ada;;;"]),
        (Names(family="Hopper", prefix="Dr."), "Hopper", ["N:Hopper;;;Dr.;", "FN:Hopper"]),
        (
            Names("King; L", "Ada", "A,B", "Lady", "PhD"),
            "Ada King; L",
            ["N:King\\; L;Ada;A\\,B;Lady;PhD", "FN:Ada King\\; L"],
        ),
        (Names(prefix="Dr.", suffix="Jr."), "Dr. Jr.", ["N:;;;Dr.;Jr."]),
    ],
)
def test_the_parts_of_a_name_are_kept(names: Names, spoken: str, extra: list[str]) -> None:
    draft_ = draft()
    draft_.add_names(names)
    draft_.record(names.label)
    assert (names.label, draft_.extra) == (spoken, extra)


def test_an_invalid_name_is_cleaned() -> None:
    assert clean_name("Ada\x07\n Love") == "Ada Love"
    assert clean_name(" " + "x" * 201) == "x" * 200
    assert clean_name("\u200b\n") == ""
    draft_ = draft(Name="x" * 201)
    assert record(draft_, draft_.take_name("Name")) == Record(
        "line 2",
        {"name": "x" * 200},
        (column_line("Name", "x" * 201),),
        unread=("the name: it has 201 characters and is cut to 200",),
    )
    draft_.add_names(Names(given="A\nB"))
    assert draft_.extra == ["N:;A\\nB;;;"]


def test_a_decomposed_name_is_used_as_it_is() -> None:
    draft_ = draft(Name="Zoe\u0308")
    assert record(draft_, draft_.take_name("Name")) == Record("line 2", {"name": "Zoë"})


def test_a_row_without_any_name_is_skipped() -> None:
    assert draft(Mail="x").record("", "\u200b") == Skipped("line 2", "no name")


def test_an_address_with_only_a_city_sets_the_city() -> None:
    draft_ = draft()
    draft_.add_addresses([("", Address()), ("", Address(city="London"))])
    assert (draft_.fields, draft_.extra) == ({"city": "London"}, [])


def test_an_address_with_more_than_a_city_is_kept() -> None:
    draft_ = draft()
    streets = ("12 St James's, Sq", "Floor 2")
    draft_.add_addresses(
        [
            ("Home", Address("PO 1", "", streets, "London", "", "SW1; A", "UK")),
            ("", Address(city="Paris")),
        ]
    )
    assert draft_.fields == {"city": "London"}
    assert draft_.extra == [
        "ADR;TYPE=home:PO 1;;12 St James's\\, Sq,Floor 2;London;;SW1\\; A;UK",
        "ADR:;;;Paris;;;",
    ]


def test_an_invalid_city_is_kept_in_its_address() -> None:
    draft_ = draft()
    draft_.add_addresses([("", Address(city="\x07"))])
    assert (draft_.fields, draft_.extra) == ({}, ["ADR:;;;\x07;;;"])
