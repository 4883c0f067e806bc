"""What a merge changes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import Contact, Detail, Kind, ListChange, Status, Via, detail_key
from netkeep.domain.days import Length
from netkeep.domain.merging import FILLED_FIELDS, merge_changes
from netkeep.domain.occasions import Birthday
from tests.builders import contact
from tests.domain.test_identity import PROFILES, bare, lists, merged

WEEK, YEAR = Length(1, "week"), Length(1, "year")


def test_merging_an_empty_contact_changes_only_the_first_due_date() -> None:
    assert merge_changes(contact(), bare(id=2)) == ({"first_due_on": date(2026, 6, 7)}, {})


@pytest.mark.parametrize(
    ("field", "value", "other"),
    [
        ("company", "Engines", "Initech"),
        ("title", "CTO", "CEO"),
        ("city", "London", "Paris"),
        ("school", "MIT", "ETH"),
        ("met", "a party", "a fair"),
        ("met_on", date(2026, 1, 2), date(2026, 1, 1)),
        ("birthday", Birthday(12, 10), Birthday(12, 10, 1815)),
        ("note", "one", "two"),
        ("uid", "1", "2"),
    ],
)
def test_a_merge_fills_a_field_only_if_it_is_empty(
    field: str, value: object, other: object
) -> None:
    assert merge_changes(bare(), bare(id=2, **{field: other})) == ({field: other}, {})
    both = {"note": f"{value}\n{other}"} if field == "note" else {}
    assert merge_changes(bare(**{field: value}), bare(id=2, **{field: other})) == (both, {})


def test_a_merge_adds_missing_list_entries() -> None:
    first = bare(emails=("Ada@x.example",), phones=("+44 20",), tags=("Chess",))
    second = bare(
        id=2,
        emails=("b@x.example", "ada@X.example"),
        phones=("4420", "112"),
        urls=("ada.example",),
        tags=("chess",),
    )
    assert merge_changes(first, second) == (
        {},
        {
            Detail.email: ListChange(add=("b@x.example",)),
            Detail.phone: ListChange(add=("112",)),
            Detail.url: ListChange(add=("ada.example",)),
        },
    )


@pytest.mark.parametrize(
    ("via", "theirs", "field"),
    [
        (None, Via(3, "Grace"), {"via_id": 3}),
        (None, Via(1, "Ada"), {}),
        (Via(4, "Alan"), Via(3, "Grace"), {}),
        (Via(4, "Alan"), None, {}),
    ],
)
def test_a_merge_fills_via_except_with_the_merged_contacts(
    via: Via | None, theirs: Via | None, field: dict[str, int]
) -> None:
    assert merge_changes(bare(via=via), bare(id=2, via=theirs)) == (field, {})


@pytest.mark.parametrize(
    ("one", "other", "until"),
    [
        (None, None, None),
        (date(2026, 12, 1), None, date(2026, 12, 1)),
        (None, date(2026, 12, 1), date(2026, 12, 1)),
        (date(2026, 12, 1), date(2026, 12, 24), date(2026, 12, 24)),
        (date(2026, 12, 24), date(2026, 12, 1), date(2026, 12, 24)),
    ],
)
def test_a_merge_keeps_the_later_snooze(
    one: date | None, other: date | None, until: date | None
) -> None:
    fields, _ = merge_changes(bare(snoozed_until=one), bare(id=2, snoozed_until=other))
    assert fields.get("snoozed_until") == until


def test_a_merge_keeps_the_earlier_first_due_date() -> None:
    early, late = date(2026, 12, 1), date(2026, 12, 24)
    for one, other in ((early, late), (late, early), (None, early), (early, None)):
        fields, _ = merge_changes(bare(first_due_on=one), bare(id=2, first_due_on=other))
        assert fields == {"first_due_on": early}


@pytest.mark.parametrize(
    ("one", "other", "gains"),
    [
        (Kind.other, Kind.friend, {"kind": Kind.friend}),
        (Kind.other, Kind.other, {}),
        (Kind.client, Kind.friend, {}),
        (Kind.client, Kind.other, {}),
    ],
)
def test_a_merge_replaces_the_kind_other(one: Kind, other: Kind, gains: dict[str, object]) -> None:
    second = bare(id=2, kind=other, cadence=YEAR)
    assert merge_changes(bare(kind=one, cadence=Length(6, "month")), second) == (gains, {})


@pytest.mark.parametrize(
    ("one", "other", "becomes"),
    [
        (Status.active, Status.candidate, None),
        (Status.active, Status.dropped, None),
        (Status.active, Status.active, None),
        (Status.candidate, Status.active, Status.active),
        (Status.candidate, Status.dropped, None),
        (Status.dropped, Status.active, Status.active),
    ],
)
def test_a_merge_with_an_active_contact_is_active(
    one: Status, other: Status, becomes: Status | None
) -> None:
    fields, _ = merge_changes(bare(status=one), bare(id=2, status=other))
    assert fields.get("status") == becomes


TEXTS = st.none() | st.sampled_from(["one", "two"])
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))
PEOPLE = st.builds(
    bare,
    id=st.integers(1, 1_000),
    name=st.sampled_from(["Ada", "ADA", "Grace", "😀"]),
    status=st.sampled_from(Status),
    kind=st.sampled_from(Kind),
    cadence=st.sampled_from([None, WEEK, YEAR]),
    company=TEXTS,
    title=TEXTS,
    city=TEXTS,
    school=TEXTS,
    met=TEXTS,
    met_on=DAYS,
    birthday=st.none() | st.builds(Birthday, st.integers(1, 12), st.integers(1, 28)),
    note=TEXTS,
    uid=TEXTS,
    first_due_on=DAYS,
    snoozed_until=DAYS,
    via=st.none() | st.builds(Via, st.integers(1, 1_000), st.just("Via")),
    emails=lists(Detail.email, "a@x.example", "A@x.example", "b@x.example"),
    phones=lists(Detail.phone, "112", "1 12", "113"),
    urls=lists(Detail.url, *PROFILES),
    tags=lists(Detail.tag, "chess", "Chess", "tea"),
)


@given(PEOPLE, PEOPLE)
def test_a_merge_keeps_everything_of_the_first_and_fills_the_rest(
    first: Contact, second: Contact
) -> None:
    second = second._replace(id=first.id + 1_000)
    both = merged(first, second)
    assert (both.id, both.name) == (first.id, first.name)
    for field in FILLED_FIELDS:
        mine, theirs = getattr(first, field), getattr(second, field)
        if field == "note" and mine and theirs:
            assert mine in str(both.note)
            assert theirs in str(both.note)
        else:
            assert getattr(both, field) == (theirs if mine is None else mine)
    for detail in Detail:
        mine, theirs = getattr(first, detail.field), getattr(second, detail.field)
        assert getattr(both, detail.field)[: len(mine)] == mine
        keys = [detail_key(detail, value) for value in getattr(both, detail.field)]
        assert len(keys) == len(set(keys))
        assert set(keys) == {detail_key(detail, value) for value in mine + theirs}
    assert (both.status is first.status) or (both.status is second.status is Status.active)
    vias = [one.via for one in (first, second) if one.via]
    others = [via for via in vias if via.id not in {first.id, second.id}]
    assert (both.via and both.via.id) == (others[0].id if others else None)


@given(PEOPLE, PEOPLE)
def test_a_second_merge_changes_nothing(first: Contact, second: Contact) -> None:
    second = second._replace(id=first.id + 1_000)
    both = merged(first, second)
    assert merged(both, second) == both
