from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import (
    ContactFields,
    Detail,
    Kind,
    ListChange,
    Position,
    Status,
    Via,
    detail_key,
    distinct,
    entries,
    parse_detail,
    parse_mailbox,
)
from netkeep.domain.touchpoint import Channel, Direction, Purpose
from netkeep.errors import BadValueError


def test_kinds_statuses_channels_purposes_and_directions_are_the_documented_ones() -> None:
    assert " ".join(Kind) == (
        "friend relative coworker association professor alumni client mentor other"
    )
    assert " ".join(Status) == "candidate active dropped"
    assert " ".join(Channel) == "call email message meeting meal letter social event other"
    assert " ".join(Purpose) == "catch-up greeting congratulate thank follow-up give ask"
    assert " ".join(Direction) == "out in"


def test_an_introducer_is_printed_with_the_id() -> None:
    assert str(Via(2, "Grace Hopper")) == "Grace Hopper (#2)"


@pytest.mark.parametrize(
    ("company", "title", "text"),
    [
        (
            *("Analytical Engines", "Staff Engineer"),
            "Staff Engineer, Analytical Engines (until 2026-09-16)",
        ),
        ("Analytical Engines", None, "Analytical Engines (until 2026-09-16)"),
        (None, "Staff Engineer", "Staff Engineer (until 2026-09-16)"),
    ],
)
def test_a_past_position_is_printed_with_its_last_day(
    company: str | None, title: str | None, text: str
) -> None:
    assert str(Position(company, title, date(2026, 9, 16))) == text


def test_entries_returns_the_list_of_each_kind() -> None:
    fields = ContactFields(emails=("e",), phones=("p",), urls=("u",), tags=("t",))
    assert [entries(fields, detail) for detail in Detail] == [("e",), ("p",), ("u",), ("t",)]


def test_a_missing_list_is_empty() -> None:
    assert [entries({}, detail) for detail in Detail] == [()] * 4


DETAILS = st.sampled_from(Detail)
# Few enough for repetitions in any kind of list.
VALUES = st.lists(
    st.sampled_from(["a@x.example/1", "A@X.example/1", "b-2", "B 2", "c.3", "www.c.3/", "4", "(4)"])
)


@pytest.mark.parametrize(
    ("detail", "text"),
    [
        (Detail.email, "ada@engines.example"),
        (Detail.email, "ada.king+list@mail.engines.example"),
        (Detail.email, "zo\u00eb@b\u00fccher.example"),
        (Detail.phone, "+44 20 7946 0000"),
        (Detail.phone, "(020) 7946-0000"),
        (Detail.phone, "020.7946.0000 ext. 12"),
        (Detail.phone, "112"),
        (Detail.url, "https://ada.example"),
        (Detail.url, "www.ada.example/engines?note=G#end"),
        (Detail.url, "ada.example"),
        (Detail.url, "mailto:ada@engines.example"),
        (Detail.tag, "chess"),
        (Detail.tag, "to read"),
        (Detail.tag, "#50"),
        (Detail.tag, "\u5c71"),
    ],
)
def test_a_valid_entry_is_stored_as_typed(detail: Detail, text: str) -> None:
    assert parse_detail(detail, f" {text}\n") == text


@pytest.mark.parametrize(
    ("detail", "text", "sentence", "hint"),
    [
        (Detail.email, "ada", '"ada" is not an e-mail address', "try ada@engines.example"),
        (Detail.phone, "call me", '"call me" is not a phone number', "try +44 20 7946 0000"),
        (Detail.url, "ada", '"ada" is not a URL', "try https://ada.example"),
        (Detail.tag, "--", '"--" is not a tag', "try chess"),
    ],
)
def test_an_invalid_entry_is_refused_with_an_example(
    detail: Detail, text: str, sentence: str, hint: str
) -> None:
    with pytest.raises(BadValueError) as refused:
        parse_detail(detail, text)
    assert (refused.value.sentence, refused.value.hint) == (sentence, hint)


@pytest.mark.parametrize(
    ("detail", "text"),
    [
        *((Detail.email, text) for text in ("@", "ada@", "@x.example", "a b@x.example", "a@b@c")),
        *((Detail.phone, text) for text in ("+", "7", "+7", "ada 12", "\u0660\u0661\u0662")),
        *(
            (Detail.url, text)
            for text in ("ada.", ".example", "//ada.example", "https://a b", "1:2")
        ),
        *((Detail.tag, text) for text in ("#", "!?", "\N{FOX FACE}")),
        *((detail, text) for detail in Detail for text in ("", " ", "a\nb", "a\0", "\udce9")),
    ],
)
def test_invalid_entries_are_refused(detail: Detail, text: str) -> None:
    with pytest.raises(BadValueError):
        parse_detail(detail, text)


@pytest.mark.parametrize(
    ("detail", "value", "other"),
    [
        (Detail.email, "Ada@Engines.example", "ada@engines.example"),
        (Detail.phone, "+44 (20) 7946-0000", "+442079460000"),
        (Detail.phone, "+44 20 7946 0000", "0044 20 7946 0000"),
        (Detail.url, "https://www.Ada.example/", "http://ada.example"),
        (Detail.url, "HTTPS://ada.example/Notes/", "ada.example/Notes"),
        (Detail.tag, "To-Read", "to read"),
        (Detail.tag, "Caf\u00e9", "cafe"),
    ],
)
def test_different_spellings_of_an_entry_have_the_same_key(
    detail: Detail, value: str, other: str
) -> None:
    assert detail_key(detail, value) == detail_key(detail, other)


@pytest.mark.parametrize(
    ("detail", "value", "other"),
    [
        (Detail.email, "ada@engines.example", "ada.king@engines.example"),
        (Detail.phone, "020 7946 0000", "020 7946 0001"),
        (Detail.phone, "00", "000"),
        (Detail.url, "ada.example/notes", "ada.example/Notes"),
        (Detail.url, "ada.example", "ada.example/notes"),
        (Detail.url, "www2.ada.example", "ada.example"),
        (Detail.tag, "chess", "chessboard"),
        (Detail.tag, "_", "__"),
    ],
)
def test_different_entries_have_different_keys(detail: Detail, value: str, other: str) -> None:
    assert detail_key(detail, value) != detail_key(detail, other)


def test_each_kind_of_entry_has_a_field_and_a_label() -> None:
    assert {detail.field: detail.label for detail in Detail} == {
        "emails": "e-mail address",
        "phones": "phone number",
        "urls": "URL",
        "tags": "tag",
    }


@given(DETAILS, VALUES)
def test_distinct_keeps_the_first_spelling_in_order(detail: Detail, values: list[str]) -> None:
    keys = [detail_key(detail, value) for value in values]
    first_spellings = [
        value for index, value in enumerate(values) if keys[index] not in keys[:index]
    ]
    assert distinct(detail, values) == tuple(first_spellings)


@given(DETAILS, VALUES)
def test_distinct_removes_repetitions(detail: Detail, values: list[str]) -> None:
    remaining = [detail_key(detail, value) for value in distinct(detail, values)]
    assert len(remaining) == len(set(remaining))
    assert set(remaining) == {detail_key(detail, value) for value in values}


PRESENT = ("ada@engines.example", "ada@home.example")


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (ListChange(), PRESENT),
        (ListChange(add=("new@x.example",)), (*PRESENT, "new@x.example")),
        (ListChange(remove=("ADA@engines.example",)), ("ada@home.example",)),
        (ListChange(replace=("new@x.example",)), ("new@x.example",)),
        (ListChange(replace=()), ()),
        (ListChange(replace=(), add=("new@x.example",)), ("new@x.example",)),
        (ListChange(add=("a@x", "b@x"), remove=PRESENT), ("a@x", "b@x")),
        (
            ListChange(add=("Ada@Engines.example",), remove=("ada@engines.example",)),
            ("ada@home.example", "Ada@Engines.example"),
        ),
    ],
)
def test_a_list_change_replaces_then_removes_then_adds(
    change: ListChange, after: tuple[str, ...]
) -> None:
    assert change.apply(Detail.email, PRESENT) == after


def test_adding_a_present_entry_changes_nothing() -> None:
    assert ListChange(add=("ADA@engines.example",)).apply(Detail.email, PRESENT) == PRESENT


@pytest.mark.parametrize("change", [ListChange(remove=("x",)), ListChange((), remove=("ada",))])
def test_removing_an_absent_entry_is_refused(change: ListChange) -> None:
    with pytest.raises(BadValueError) as refused:
        change.apply(Detail.tag, ("ada",))
    assert refused.value.sentence == f'there is no tag "{change.remove[0]}" to remove'


@given(DETAILS, VALUES)
def test_adding_then_removing_an_entry_restores_the_list(detail: Detail, values: list[str]) -> None:
    present = distinct(detail, values)
    new = "https://new.example/0123456789"
    longer = ListChange(add=(new,)).apply(detail, present)
    assert longer == (*present, new)
    assert ListChange(remove=(new,)).apply(detail, longer) == present


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("Grace Hopper <grace@yale.example>", "Grace Hopper", "grace@yale.example"),
        ('"Hopper, Grace" <grace@yale.example>', "Hopper, Grace", "grace@yale.example"),
        (" grace@yale.example ", "", "grace@yale.example"),
        ("Grace <3", "Grace <3", None),
        ("Grace Hopper", "Grace Hopper", None),
    ],
)
def test_a_mailbox_is_a_name_and_an_address(text: str, name: str, address: str | None) -> None:
    assert parse_mailbox(text) == (name, address)
