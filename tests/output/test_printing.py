"""JSON, TSV and CSV can be read back, whatever text the records contain."""

import csv
import io
import json
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.agenda import Nudge
from netkeep.domain.contact import Contact, Via
from netkeep.domain.touchpoint import Touchpoint
from netkeep.output.printing import record_to_json, to_csv, to_json, to_tsv
from tests.builders import contact

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT, st.lists(TEXT).map(tuple))
def test_json_can_be_read_back(note: str, tags: tuple[str, ...]) -> None:
    record = contact(note=note, tags=tags)
    (read,) = json.loads(to_json([record]))
    assert (read["note"], tuple(read["tags"])) == (note, tags)
    assert json.loads(record_to_json(record)) == read


@given(TEXT)
def test_tsv_has_one_line_per_record(note: str) -> None:
    cells = to_tsv([contact(note=note)])
    assert cells.endswith("\n")
    assert len(cells[:-1].splitlines()) == 1
    assert cells.count("\t") == len(Contact._fields) - 1


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"])))
def test_csv_can_be_read_back(note: str) -> None:
    document = to_csv([contact(note=note, via=Via(2, "Grace"))], Contact)
    (row,) = csv.DictReader(io.StringIO(document, newline=""))
    cell = row["note"]
    assert (cell[1:] if cell.startswith("'") else cell) == note
    assert (row["emails"], row["via"], row["cadence"]) == (
        *("ada@engines.example; ada@home.example", "Grace (#2)", "2 months"),
    )


def test_empty_list_is_valid_document() -> None:
    assert to_json([]) == "[]\n"
    assert to_tsv([]) == ""
    assert to_csv([], Touchpoint).startswith("id,day,contact_id,name,")


def test_unknown_type_raises_type_error() -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        to_json([contact(note=object())])


@pytest.mark.parametrize(
    ("record_type", "documented"),
    [
        (
            Nudge,
            (
                "id name state due_on days_late reasons last_touch_on cadence kind company title"
                " city email phone balance"
            ),
        ),
        (
            Contact,
            (
                "id name status kind cadence due_on last_touch_on company title city school emails"
                " phones urls tags met met_on via birthday note first_due_on snoozed_until"
                " dropped_on drop_reason created_at updated_at"
            ),
        ),
        (
            Touchpoint,
            "id day contact_id name channel purpose direction note created_at updated_at",
        ),
    ],
)
def test_fields_are_only_added_at_the_end(record_type: type[NamedTuple], documented: str) -> None:
    assert list(record_type._fields)[: len(documented.split())] == (documented.split())
