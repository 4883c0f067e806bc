"""CSV whose columns are fields: netkeep's own, which is read back, and any other with a mapping."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import (
    Contact,
    ContactFields,
    Detail,
    Kind,
    Position,
    Status,
    Via,
    distinct,
    parse_detail,
)
from netkeep.domain.days import Length
from netkeep.domain.occasions import Birthday
from netkeep.errors import BadValueError
from netkeep.exchange.csv_fields import DERIVED, HISTORY, TARGETS, read_mapped, read_own
from netkeep.exchange.plan import Record, Skipped
from netkeep.output.printing import to_csv
from tests.builders import contact

TODAY = date(2026, 11, 22)
NO_FIELD = {*DERIVED, *HISTORY}

# netkeep's own

# Characters written as an escape, such as a tab, are not read back.
SHOWN = st.characters(exclude_categories=("C", "Zl", "Zp")) | st.sampled_from("=+-@'\",;")
ONE_LINE = (
    st.text(SHOWN, min_size=1, max_size=20)
    .map(lambda text: unicodedata.normalize("NFC", text.strip()))
    .filter(bool)
)
PROSE = st.lists(ONE_LINE, min_size=1, max_size=3).map("\n".join)


def optional(texts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | texts


DAYS = st.dates(date(1000, 1, 1), TODAY)


def lists(detail: Detail, *entries: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(entries)).map(
        lambda chosen: distinct(detail, [parse_detail(detail, entry) for entry in chosen])
    )


POSITIONS = st.builds(Position, optional(ONE_LINE), optional(ONE_LINE), DAYS).filter(
    lambda position: bool(position.company or position.title)
)
CONTACTS = st.builds(
    contact,
    name=ONE_LINE,
    status=st.sampled_from(Status),
    kind=st.sampled_from(Kind),
    cadence=optional(
        st.builds(Length, st.integers(1, 9), st.sampled_from(["day", "week", "month", "year"]))
    ),
    company=optional(ONE_LINE),
    title=optional(ONE_LINE),
    city=optional(ONE_LINE),
    school=optional(ONE_LINE),
    emails=lists(Detail.email, "ada@x.example", "-a@x.example", "=b@x.example", "c,d@x.example"),
    phones=lists(Detail.phone, "+44 20 7946 0000", "112", "(020) 7946-0000", "020 1;5"),
    urls=lists(Detail.url, "https://ada.example/a,b;c", "ada.example"),
    tags=lists(Detail.tag, "chess", "@home", '"quoted"', "-1", "a;b"),
    met=optional(ONE_LINE),
    met_on=optional(DAYS),
    birthday=st.builds(Birthday, st.integers(1, 12), st.integers(1, 28), optional(st.just(1990))),
    note=optional(PROSE),
    first_due_on=optional(DAYS),
    snoozed_until=optional(DAYS),
    via=st.none(),
    dropped_on=optional(DAYS),
    drop_reason=optional(ONE_LINE),
    worked=st.lists(POSITIONS, max_size=2).map(tuple),
    snoozes=st.integers(0, 3),
)
PEOPLE = st.lists(CONTACTS, max_size=4).map(
    lambda people: [ada._replace(id=number) for number, ada in enumerate(people, 1)]
)


def fields_of(ada: Contact) -> ContactFields:
    held = {name: value for name, value in ada._asdict().items() if name not in NO_FIELD}
    set_ones = {name: value for name, value in held.items() if value not in (None, ())}
    return ContactFields(**({"cadence": None} | set_ones))  # type: ignore[typeddict-item]


@given(PEOPLE)
def test_written_contacts_are_read_back(people: list[Contact]) -> None:
    records = read_own(to_csv(people, Contact), TODAY)
    assert [record.fields for record in records if isinstance(record, Record)] == [
        fields_of(ada) for ada in people
    ]
    assert [record.contact for record in records if isinstance(record, Record)] == [
        ada._replace(due_on=None, last_touch_on=None) for ada in people
    ]
    assert {record.extra for record in records if isinstance(record, Record)} <= {()}


def read_back(ada: Contact, more: str = "") -> Record:
    header, row = to_csv([ada], Contact).splitlines()
    (record,) = read_own(f"{header}{',Hat' if more else ''}\n{row}{more}\n", TODAY)
    assert isinstance(record, Record)
    return record


def test_the_quote_before_a_formula_is_removed() -> None:
    record = read_back(contact(name="=SUM(1)", phones=("+44 20", "112"), birthday=Birthday(12, 10)))
    assert (record.fields["name"], record.fields["phones"]) == ("=SUM(1)", ("+44 20", "112"))
    assert record.fields["birthday"] == Birthday(12, 10)


def test_whoever_introduced_someone_has_to_be_in_the_file() -> None:
    record = read_back(contact(via=Via(2, "Grace Hopper")))
    assert record.left_out == ("who introduced them",)


def test_a_row_without_a_valid_history_keeps_it_in_extra_lines() -> None:
    header, row = to_csv([contact(drop_reason="moved, away")], Contact).splitlines()
    (record,) = read_own(f"{header}\n{row.replace('+00:00', '')}\n", TODAY)
    assert isinstance(record, Record)
    assert (record.contact, record.own_uid) == (None, None)
    assert 'X-NETKEEP-COLUMN;X-NAME="drop_reason":moved\\, away' in record.extra


def test_additional_columns_are_kept_unchanged() -> None:
    assert read_back(contact(), ",'=bowler").extra == ('X-NETKEEP-COLUMN;X-NAME="Hat":\'=bowler',)


def test_a_file_of_an_older_netkeep_may_lack_later_columns() -> None:
    lines = to_csv([contact()], Contact).splitlines()
    before = "\n".join(line.rpartition(",")[0] for line in lines)
    assert before.splitlines()[0].endswith(",uid")
    assert read_own(before, TODAY) == read_own("\n".join(lines), TODAY)


def test_an_invalid_value_does_not_lose_the_row() -> None:
    text = to_csv([contact()], Contact).replace("2 months", "often").replace("112", "none")
    (record,) = read_own(text, TODAY)
    assert isinstance(record, Record)
    assert "cadence" not in record.fields
    assert record.extra == ("TEL:none", 'X-NETKEEP-COLUMN;X-NAME="cadence":often')


def test_a_row_without_a_name_is_skipped() -> None:
    text = to_csv([contact()], Contact).replace("Ada Lovelace", "")
    assert read_own(text, TODAY) == [Skipped("line 2", "no name")]


def test_another_file_is_refused() -> None:
    with pytest.raises(BadValueError, match="this is not a CSV from netkeep"):
        read_own("name,id\nAda,1\n", TODAY)


def test_every_cell_is_used_or_kept() -> None:
    ada = contact(note="tea", drop_reason="moved", urls=("ada.example",), tags=("chess",))
    record = read_back(ada)
    columns = {each.split('"')[1] for each in record.extra if each.startswith("X-NETKEEP-COLUMN")}
    filled = {name for name, value in ada._asdict().items() if value not in (None, ())}
    assert filled == set(record.fields) | columns | {*DERIVED, *HISTORY} & filled


# With a mapping

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


def read_one(text: str, mapping: Mapping[str, str]) -> Record:
    (record,) = read_mapped(text, TODAY, mapping)
    assert isinstance(record, Record)
    return record


def test_mapped_cells_set_fields_and_others_are_kept() -> None:
    assert read_one(TEXT, MAPPING) == Record(
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
    assert read_one("N,U\nAda,x.example/a;b\n", {"N": "name", "U": "url"}).fields["urls"] == (
        "x.example/a;b",
    )


def test_first_and_last_names_are_joined() -> None:
    mapping = {"F": "first", "L": "last"}
    assert read_one("F,L\nAda,Lovelace\n", mapping) == Record(
        "line 2", {"name": "Ada Lovelace"}, ("N:Lovelace;Ada;;;",)
    )
    assert read_one("F,L\n,Lovelace\n", mapping) == Record("line 2", {"name": "Lovelace"})


def test_the_whole_name_is_preferred_to_its_parts() -> None:
    mapping = {"F": "first", "L": "last", "N": "name"}
    assert read_one("N,F,L\nLady Ada,Ada,Lovelace\n", mapping) == Record(
        "line 2", {"name": "Lady Ada"}, ("N:Lovelace;Ada;;;", "FN:Lady Ada")
    )
    assert read_one("N,F,L\nLady Ada,Ada,\n", mapping).extra == ("N:;Ada;;;", "FN:Lady Ada")


def test_a_row_without_a_name_gets_the_company_or_email_or_is_skipped() -> None:
    mapping = {"N": "name", "C": "company", "E": "email"}
    rows = read_mapped("N,C,E\n,Initech,a@x.example\n,,b@x.example\n,,nowhere\n", TODAY, mapping)
    names = [row.fields["name"] for row in rows if isinstance(row, Record)]
    assert names == ["Initech", "b@x.example"]
    assert rows[2] == Skipped("line 4", "no name")


def test_of_two_columns_with_the_same_name_the_second_is_kept() -> None:
    assert read_one("N,M,M\nAda,a@x.example,b@x.example\n", {"N": "name", "M": "email"}) == Record(
        "line 2",
        {"name": "Ada", "emails": ("a@x.example",)},
        ('X-NETKEEP-COLUMN;X-NAME="M":b@x.example',),
    )


@pytest.mark.parametrize(
    ("mapping", "sentence", "hint"),
    [
        (
            {"Who": "nom"},
            '--map: there is no field "nom"',
            f"fields: {', '.join(TARGETS)}",
        ),
        ({"Wer": "name"}, 'the file has no column "Wer"', "columns: Who, Mail"),
        (
            {"Who": "name", "Mail": "name"},
            "--map: only one column can go into name",
            "several columns can go into: note, email, phone, url, tag",
        ),
    ],
)
def test_an_invalid_mapping_is_refused(
    mapping: Mapping[str, str], sentence: str, hint: str
) -> None:
    with pytest.raises(BadValueError) as refused:
        read_mapped("Who,Mail,\nAda,a@x.example,\n", TODAY, mapping)
    assert (refused.value.sentence, refused.value.hint) == (sentence, hint)
