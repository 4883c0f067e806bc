"""Two contacts that are one person: what the first gains, and who looks like it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.birthdays import Birthday
from netkeep.domain.contact import (
    Contact,
    Detail,
    Kind,
    ListChange,
    Status,
    Via,
    detail_key,
    distinct,
)
from netkeep.domain.identity import (
    FILLED_FIELDS,
    MAX_SHARING,
    Pair,
    likely_duplicates,
    merge_changes,
)
from netkeep.domain.lengths import Length
from tests.builders import contact

BARE = contact(
    company=None,
    title=None,
    city=None,
    emails=(),
    phones=(),
    met=None,
    met_on=None,
    first_due_on=None,
)
WEEK, YEAR = Length(1, "week"), Length(1, "year")


def bare(**changes: Any) -> Contact:
    return BARE._replace(**changes)


def test_nobody_gains_from_somebody_of_whom_nothing_is_known() -> None:
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
def test_what_is_empty_is_filled_and_what_is_not_stays(
    field: str, value: object, other: object
) -> None:
    assert merge_changes(bare(), bare(id=2, **{field: other})) == ({field: other}, {})
    both = {"note": f"{value}\n{other}"} if field == "note" else {}
    assert merge_changes(bare(**{field: value}), bare(id=2, **{field: other})) == (both, {})


def test_lists_are_joined_each_entry_once_as_the_first_has_it() -> None:
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
def test_whom_they_were_met_through_is_filled_but_never_themselves(
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
def test_the_stricter_snooze_is_kept(
    one: date | None, other: date | None, until: date | None
) -> None:
    fields, _ = merge_changes(bare(snoozed_until=one), bare(id=2, snoozed_until=other))
    assert fields.get("snoozed_until") == until


def test_the_earlier_first_day_is_kept() -> None:
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
def test_a_kind_that_says_nothing_gives_way(
    one: Kind, other: Kind, gains: dict[str, object]
) -> None:
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
def test_whoever_was_let_in_stays_so(one: Status, other: Status, becomes: Status | None) -> None:
    fields, _ = merge_changes(bare(status=one), bare(id=2, status=other))
    assert fields.get("status") == becomes


def test_people_who_share_something_look_alike_and_more_of_it_more_so() -> None:
    ada = bare(emails=("ada@x.example",), phones=("+44 20 7946",))
    king = bare(id=2, name="Ada King", phones=("44207946",))
    twin = bare(id=3, name="ada lovelace", emails=("ADA@x.example",), urls=("https://a.example/",))
    page = bare(id=4, name="Page", urls=("www.a.example",))
    assert likely_duplicates([king, page, twin, ada]) == [
        Pair(
            *(1, "Ada Lovelace", 3, "ada lovelace"),
            ("same e-mail address ada@x.example", "same name ada lovelace"),
        ),
        Pair(1, "Ada Lovelace", 2, "Ada King", ("same phone number 44207946",)),
        Pair(3, "ada lovelace", 4, "Page", ("same URL a.example",)),
    ]


def test_nobody_looks_like_themselves_or_like_a_stranger() -> None:
    twice = bare(emails=("a@x.example",), phones=("112",))
    assert likely_duplicates([]) == []
    assert likely_duplicates([twice]) == []
    assert (
        likely_duplicates([twice, bare(id=2, name="Grace", tags=("chess",), company="Engines")])
        == []
    )


def test_two_profiles_that_differ_are_two_people() -> None:
    ada, twin = (f"https://www.linkedin.com/in/ada-{number}" for number in (1, 2))
    same = {"emails": ("ada@x.example",), "phones": ("112",)}
    assert likely_duplicates([bare(urls=(ada,), **same), bare(id=2, urls=(twin,), **same)]) == []
    (pair,) = likely_duplicates([bare(urls=(ada,), **same), bare(id=2, urls=(twin, ada), **same)])
    assert len(pair.reasons) == 4
    (pair,) = likely_duplicates([bare(urls=(ada,), **same), bare(id=2, **same)])
    assert len(pair.reasons) == 3


@pytest.mark.parametrize("status", Status)
def test_candidates_and_dropped_ones_count_like_any_other(status: Status) -> None:
    assert len(likely_duplicates([bare(), bare(id=2, status=status)])) == 1


def test_the_number_of_a_company_makes_nobody_likely_duplicates() -> None:
    people = [bare(id=id_, name=f"No {id_}", phones=("112",)) for id_ in range(1, MAX_SHARING + 1)]
    assert len(likely_duplicates(people)) == MAX_SHARING * (MAX_SHARING - 1) / 2
    assert (
        likely_duplicates([*people, bare(id=MAX_SHARING + 1, name="Last", phones=("112",))]) == []
    )


def test_names_of_signs_alone_say_nothing() -> None:
    assert likely_duplicates([bare(name="😀"), bare(id=2, name="***")]) == []


def lists(detail: Detail, *entries: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(entries)).map(lambda chosen: distinct(detail, chosen))


WORDS = st.none() | st.sampled_from(["one", "two"])
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))
PROFILES = ("linkedin.com/in/1", "https://www.linkedin.com/in/1/", "linkedin.com/in/2", "a.example")
PEOPLE = st.builds(
    bare,
    id=st.integers(1, 1_000),
    name=st.sampled_from(["Ada", "ADA", "Grace", "😀"]),
    status=st.sampled_from(Status),
    kind=st.sampled_from(Kind),
    cadence=st.sampled_from([None, WEEK, YEAR]),
    company=WORDS,
    title=WORDS,
    city=WORDS,
    school=WORDS,
    met=WORDS,
    met_on=DAYS,
    birthday=st.none() | st.builds(Birthday, st.integers(1, 12), st.integers(1, 28)),
    note=WORDS,
    uid=WORDS,
    first_due_on=DAYS,
    snoozed_until=DAYS,
    via=st.none() | st.builds(Via, st.integers(1, 1_000), st.just("Via")),
    emails=lists(Detail.email, "a@x.example", "A@x.example", "b@x.example"),
    phones=lists(Detail.phone, "112", "1 12", "113"),
    urls=lists(Detail.url, *PROFILES),
    tags=lists(Detail.tag, "chess", "Chess", "tea"),
)


LIKE = st.builds(
    bare,
    id=st.integers(1, 1_000),
    name=st.sampled_from(["Ada", "ADA", "Grace", "😀"]),
    emails=lists(Detail.email, "a@x.example", "A@x.example", "b@x.example"),
    phones=lists(Detail.phone, "112", "1 12", "113"),
    urls=lists(Detail.url, *PROFILES),
)
MANY = st.lists(LIKE, max_size=5, unique_by=lambda one: one.id)


def merged(first: Contact, second: Contact) -> Contact:
    fields, changes = merge_changes(first, second)
    joined = {
        detail.field: change.applied(detail, getattr(first, detail.field))
        for detail, change in changes.items()
    }
    via = fields.get("via_id", first.via.id if first.via else None)
    plain = {name: value for name, value in fields.items() if name != "via_id"}
    changed: dict[str, Any] = {**plain, **joined, "via": Via(via, "Via") if via else None}
    return first._replace(**changed)


@given(PEOPLE, PEOPLE)
def test_a_merge_loses_nothing_of_the_first_and_fills_it_from_the_second(
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
def test_a_merge_has_nothing_more_to_give_the_second_time(first: Contact, second: Contact) -> None:
    second = second._replace(id=first.id + 1_000)
    both = merged(first, second)
    assert merged(both, second) == both


@given(MANY)
def test_pairs_share_what_they_say_and_no_pair_comes_twice(people: list[Contact]) -> None:
    by_id = {one.id: one for one in people}
    pairs = likely_duplicates(people)
    assert len({(pair.id, pair.other_id) for pair in pairs}) == len(pairs)
    assert [len(pair.reasons) for pair in pairs] == sorted(
        (len(pair.reasons) for pair in pairs), reverse=True
    )
    for pair in pairs:
        assert pair.id < pair.other_id
        assert pair.reasons
        one, other = by_id[pair.id], by_id[pair.other_id]
        profiles = [
            {detail_key(Detail.url, url) for url in each.urls if "linkedin" in url}
            for each in (one, other)
        ]
        assert not all(profiles) or profiles[0] & profiles[1]
        both = merged(one, other)
        assert not any(
            pair.other_id == other.id
            for pair in likely_duplicates([both, bare(id=other.id, name="Nobody")])
        )


@given(MANY, st.randoms(use_true_random=False))
def test_the_order_people_are_looked_at_in_changes_no_pair(
    people: list[Contact], random: Any
) -> None:
    def pairs(of: list[Contact]) -> list[tuple[object, ...]]:
        return [(*pair[:4], frozenset(pair.reasons)) for pair in likely_duplicates(of)]

    shuffled = list(people)
    random.shuffle(shuffled)
    assert pairs(people) == pairs(shuffled)
