"""netkeep's own CSV: what was written comes back."""

import unicodedata
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.birthdays import Birthday
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
from netkeep.domain.lengths import Length
from netkeep.errors import BadValueError
from netkeep.exchange.csv_fields import DERIVED, LEFT_OUT, read_own
from netkeep.exchange.plan import Record, Skipped
from netkeep.output.records import to_csv
from tests.builders import contact

TODAY = date(2026, 11, 22)
NO_FIELD = {*DERIVED, *LEFT_OUT, "dropped_on", "drop_reason"}


# What is shown as an escape, such as a tab, is not to be had back.
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
)


def fields_of(somebody: Contact) -> ContactFields:
    held = {name: value for name, value in somebody._asdict().items() if name not in NO_FIELD}
    set_ones = {name: value for name, value in held.items() if value not in (None, ())}
    return ContactFields(**({"cadence": None} | set_ones))  # type: ignore[typeddict-item]


@given(st.lists(CONTACTS))
def test_what_was_written_comes_back(people: list[Contact]) -> None:
    records = read_own(to_csv(people, Contact), TODAY)
    assert [record.fields for record in records if isinstance(record, Record)] == [
        fields_of(somebody) for somebody in people
    ]
    assert {record.extra for record in records if isinstance(record, Record)} <= {()}


def only(somebody: Contact, more: str = "") -> Record:
    header, row = to_csv([somebody], Contact).splitlines()
    (record,) = read_own(f"{header}{',Hat' if more else ''}\n{row}{more}\n", TODAY)
    assert isinstance(record, Record)
    return record


def test_a_formula_was_none() -> None:
    record = only(contact(name="=SUM(1)", phones=("+44 20", "112"), birthday=Birthday(12, 10)))
    assert (record.fields["name"], record.fields["phones"]) == ("=SUM(1)", ("+44 20", "112"))
    assert record.fields["birthday"] == Birthday(12, 10)


def test_what_is_not_taken_is_said() -> None:
    record = only(
        contact(
            status=Status.dropped,
            via=Via(2, "Grace Hopper"),
            worked=(Position("Initech", "CTO", date(2020, 1, 1)),),
            dropped_on=date(2026, 10, 1),
            drop_reason="moved, away",
            created_at=datetime(2020, 1, 1, tzinfo=UTC),
        )
    )
    assert record.left_out == ("whom they were met through", "where they worked")
    assert record.extra == (
        'X-NETKEEP-COLUMN;X-NAME="dropped_on":2026-10-01',
        'X-NETKEEP-COLUMN;X-NAME="drop_reason":moved\\, away',
    )


def test_columns_after_ours_are_kept_as_they_are() -> None:
    assert only(contact(), ",'=bowler").extra == ('X-NETKEEP-COLUMN;X-NAME="Hat":\'=bowler',)


def test_a_file_of_an_older_netkeep_lacks_what_came_later() -> None:
    lines = to_csv([contact()], Contact).splitlines()
    before = "\n".join(line.rpartition(",")[0] for line in lines)
    assert before.splitlines()[0].endswith(",uid")
    assert read_own(before, TODAY) == read_own("\n".join(lines), TODAY)


def test_a_value_that_was_changed_for_the_worse_does_not_cost_the_row() -> None:
    text = to_csv([contact()], Contact).replace("2 months", "often").replace("112", "none")
    (record,) = read_own(text, TODAY)
    assert isinstance(record, Record)
    assert "cadence" not in record.fields
    assert record.extra == ("TEL:none", 'X-NETKEEP-COLUMN;X-NAME="cadence":often')


def test_a_row_without_a_name_is_left_out() -> None:
    text = to_csv([contact()], Contact).replace("Ada Lovelace", "")
    assert read_own(text, TODAY) == [Skipped("line 2", "no name")]


def test_another_file_is_refused() -> None:
    with pytest.raises(BadValueError, match="this is not a CSV of netkeep"):
        read_own("name,id\nAda,1\n", TODAY)


def test_every_cell_is_accounted_for() -> None:
    somebody = contact(note="tea", drop_reason="moved", urls=("ada.example",), tags=("chess",))
    record = only(somebody)
    columns = {each.split('"')[1] for each in record.extra if each.startswith("X-NETKEEP-COLUMN")}
    there = {name for name, value in somebody._asdict().items() if value not in (None, ())}
    assert there == set(record.fields) | columns | set(DERIVED)
