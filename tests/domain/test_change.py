from typing import Any

import pytest

from netkeep.domain.change import Describer, RowChange

NAMES = {1: "Ada Lovelace", 2: "Grace Hopper"}
DESCRIBER = Describer(NAMES.__getitem__, "new")


def row(source: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> RowChange:
    return RowChange(source, before, after)


def detail(value: str, contact_id: int = 1) -> dict[str, Any]:
    return {"contact_id": contact_id, "detail": "tag", "value": value}


def test_added_and_removed_list_entries_are_described_moved_ones_are_not() -> None:
    changed = [
        row("detail", detail("chess"), detail("go")),
        row("detail", detail("choir"), None),
        row("detail", None, detail("chess")),
        row("detail", None, detail("bridge", 2)),
    ]
    assert DESCRIBER.describe(changed) == [
        "Ada Lovelace (#1): tag go new; tag choir gone",
        "Grace Hopper (#2): tag bridge new",
    ]


def test_a_new_or_deleted_contact_is_described_without_its_parts() -> None:
    contact = {"id": 1, "name": "Ada Lovelace"}
    position = {"id": 1, "contact_id": 1, "title": "Analyst", "company": None}
    rows = [
        row("contact", None, contact),
        row("detail", None, detail("chess")),
        row("position", None, position),
    ]
    assert DESCRIBER.describe(rows) == ["Ada Lovelace (#1): new"]
    back = [change.reversed() for change in rows]
    assert DESCRIBER.describe(back) == ["Ada Lovelace (#1): gone"]


@pytest.mark.parametrize(
    ("source", "values", "line"),
    [
        (
            "position",
            {"id": 1, "contact_id": 1, "title": "Analyst", "company": "Engines"},
            "past position of Ada Lovelace, Analyst, Engines: new",
        ),
        ("extra", {"contact_id": 1, "line": "ROLE:x"}, "extra value of Ada Lovelace, ROLE:x: new"),
        ("round", {"id": 1, "name": "holidays"}, "the holidays round: new"),
        ("own_news", {"id": 3, "text": "Moved"}, "your news #3, Moved: new"),
        (
            "touchpoint",
            {"id": 5, "contact_id": 2, "channel": "call", "day": "2026-11-22"},
            "touchpoint #5, call with Grace Hopper on 2026-11-22: new",
        ),
        (
            "occasion",
            {
                "id": 2,
                "contact_id": 1,
                "kind": "visit",
                "text": None,
                "day": "2026-11-22",
                "until": "2026-11-25",
            },
            "visit #2, Ada Lovelace, 2026-11-22 to 2026-11-25: new",
        ),
    ],
)
def test_each_record_type_has_a_label(source: str, values: dict[str, Any], line: str) -> None:
    assert DESCRIBER.describe([row(source, None, values)]) == [line]


def test_changed_fields_are_described_with_old_values() -> None:
    before = {"id": 1, "name": "Ada", "via_id": None, "due_on": "2026-11-20", "updated_at": "x"}
    after = {**before, "via_id": 2, "due_on": None, "updated_at": "y"}
    (line,) = DESCRIBER.describe([row("contact", before, after)])
    assert (
        line == "Ada Lovelace (#1): via Grace Hopper (#2) (was: none); due none (was: 2026-11-20)"
    )
    (line,) = DESCRIBER.describe([row("contact", before, {**before, "updated_at": "y"})])
    assert line == "Ada Lovelace (#1): as it was"


def test_a_text_that_reads_like_an_unchanged_record_is_described() -> None:
    notes = {"note": "The garden: as it was"}, {"note": "The garden is new"}
    rows = [
        row("contact", {"id": 1, "due_on": None}, {"id": 1, "due_on": "2026-11-20"}),
        row("contact", {"id": 2, **notes[0]}, {"id": 2, **notes[1]}),
    ]
    assert DESCRIBER.describe(rows) == [
        "Ada Lovelace (#1): due 2026-11-20 (was: none)",
        "Grace Hopper (#2): note The garden is new (was: The garden: as it was)",
    ]


def test_a_long_text_is_shortened_to_one_line() -> None:
    values = {"id": 1, "text": "a\nb " + "x" * 100}
    (line,) = DESCRIBER.describe([row("own_news", None, values)])
    assert line == f"your news #1, a b {'x' * 56}...: new"


def test_many_changes_are_described_by_counts() -> None:
    counts = {("contact", "added"): 1_978, ("detail", "added"): 9, ("touchpoint", "gone"): 1}
    assert list(DESCRIBER.describe_counts(counts)) == ["1,978 people: new", "1 touchpoint: gone"]
