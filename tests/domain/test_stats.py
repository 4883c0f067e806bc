from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import Kind, Status
from netkeep.domain.days import Length, WeekStart
from netkeep.domain.occasions import Window
from netkeep.domain.rounds import round_progress
from netkeep.domain.stats import (
    MONTHS,
    WEEKS,
    Branch,
    Count,
    Figure,
    Group,
    Introduced,
    Introducer,
    KindCount,
    Silence,
    Stats,
    Tally,
    TouchpointCount,
    by_day,
    by_month,
    by_week,
    check_load,
    count_by_purpose,
    figures,
    first_day,
    first_month,
    introduction_tree,
    people_by_kind,
    tally,
)
from netkeep.domain.touchpoint import Channel, Direction, Purpose
from tests.builders import yearly_round

DAY = date(2026, 11, 23)
FRIENDS = Group(Status.active, Kind.friend, Length(2, "month"), 60)


def test_people_are_counted_by_kind_and_status() -> None:
    counts = people_by_kind(
        [
            FRIENDS,
            Group(Status.active, Kind.friend, None, 2),
            Group(Status.dropped, Kind.friend, None, 3),
            Group(Status.candidate, Kind.mentor, None, 4),
        ]
    )
    assert [count.kind for count in counts] == list(Kind)
    assert [count for count in counts if any(count[1:])] == [
        KindCount(Kind.friend, active=62, candidate=0, dropped=3),
        KindCount(Kind.mentor, active=0, candidate=4, dropped=0),
    ]


def test_counts_are_added_up_by_name_largest_first() -> None:
    assert tally([("call", 1), ("email", 3), ("call", 4)]) == (
        Tally("call", 5),
        Tally("email", 3),
    )
    assert tally([("meal", 1), ("call", 1)]) == (Tally("call", 1), Tally("meal", 1))
    assert tally([]) == ()


@pytest.mark.parametrize(
    ("purpose", "direction", "touchpoints"),
    [
        (Purpose.ask, Direction.out, 5),
        (Purpose.ask, Direction.in_, 4),
        (Purpose.give, Direction.out, 0),
    ],
)
def test_asks_and_gives_are_counted_by_direction(
    purpose: Purpose, direction: Direction, touchpoints: int
) -> None:
    sorts = [
        TouchpointCount(Channel.call, Purpose.ask, Direction.out, 2),
        TouchpointCount(Channel.email, Purpose.ask, Direction.out, 3),
        TouchpointCount(Channel.email, Purpose.ask, Direction.in_, 4),
    ]
    assert count_by_purpose(sorts, purpose, direction) == touchpoints


PAGE = Stats(
    since=DAY,
    until=DAY,
    people=(KindCount(Kind.friend, 60, 2, 1),),
    days=(Count(DAY, 4),),
    weeks=(Count(DAY, 5),),
    channels=(Tally("call", 4),),
    purposes=(Tally("ask", 3),),
    asked=3,
    given=1,
    asked_by_them=2,
    given_by_them=0,
    silences=(Silence(7, "Ada", Kind.friend, None, date(2026, 11, 13), 10),),
    no_word_yet=6,
    rounds=(round_progress(yearly_round(), Window(DAY, DAY), {1: None, 2: DAY}),),
    introducers=(Introducer(7, "Ada", 8),),
    load=check_load([FRIENDS], 40),
)


def test_every_figure_is_yielded() -> None:
    assert list(figures(PAGE)) == [
        Figure("active", "friend", 60),
        Figure("candidate", "friend", 2),
        Figure("dropped", "friend", 1),
        Figure("day", "2026-11-23", 4),
        Figure("week", "2026-11-23", 5),
        Figure("channel", "call", 4),
        Figure("purpose", "ask", 3),
        Figure("asked", None, 3),
        Figure("given", None, 1),
        Figure("asked_by_them", None, 2),
        Figure("given_by_them", None, 0),
        Figure("silence", "Ada (#7)", 10),
        Figure("no_word_yet", None, 6),
        Figure("round_people", "holidays", 2),
        Figure("round_greeted", "holidays", 1),
        Figure("introduced", "Ada (#7)", 8),
        Figure("load_wanted", None, 7.0),
        Figure("load_done", None, 5.0),
        Figure("load_change", "friend", "3 months"),
        Figure("load_command", None, "netkeep edit PERSON -e 3m"),
    ]


def test_a_suggestion_of_no_cadence_is_called_none() -> None:
    yearly = Group(Status.active, Kind.other, Length(1, "year"), 365)
    lines = list(figures(PAGE._replace(load=check_load([yearly], 8))))
    assert Figure("load_change", "other", "none") in lines


def test_without_a_suggestion_there_is_no_figure_for_it() -> None:
    lines = list(figures(PAGE._replace(load=check_load([FRIENDS], 100))))
    assert lines[-1] == Figure("load_done", None, 12.5)


def people(**via: str | None) -> list[Introduced]:
    """Return people by name, each with the name of the introducer."""
    ids = {name: number for number, name in enumerate(via, 1)}
    return [
        Introduced(ids[name], name, Status.active, ids[by] if by else None)
        for name, by in via.items()
    ]


def drawn(branches: list[Branch]) -> str:
    return " ".join(f"{'-' * branch.depth}{branch.name}" for branch in branches)


def test_no_people_make_an_empty_tree() -> None:
    assert introduction_tree([]) == []


def test_people_are_listed_below_their_introducer_by_name() -> None:
    branches = introduction_tree(
        people(Zoe=None, bea="Zoe", Cleo="bea", Ada="Zoe", Dora="bea", Emmy=None, Fay="Emmy")
    )
    assert drawn(branches) == "Emmy -Fay Zoe -Ada -bea --Cleo --Dora"


def test_a_branch_has_the_contact_and_its_depth() -> None:
    introduced = Introduced(2, "Bea", Status.candidate, 1)
    assert introduction_tree([introduced, Introduced(1, "Ada", Status.active, None)]) == [
        Branch(0, 1, "Ada", Status.active, None),
        Branch(1, 2, "Bea", Status.candidate, 1),
    ]
    assert " ".join(Branch._fields) == "depth id name status via_id"


def test_a_ring_of_introductions_starts_at_its_first_member() -> None:
    branches = introduction_tree(people(Ada="Cleo", Bea="Ada", Cleo="Bea"))
    assert drawn(branches) == "Ada -Bea --Cleo"
    assert branches[0].via_id == 3


def test_people_introduced_by_a_ring_are_listed_below_it() -> None:
    assert drawn(introduction_tree(people(Ada="Bea", Bea="Cleo", Cleo="Bea", Dora="Cleo"))) == (
        "Bea -Ada -Cleo --Dora"
    )


def test_a_contact_introduced_by_itself_is_listed_once() -> None:
    assert drawn(introduction_tree(people(Ada="Ada", Bea="Ada"))) == "Ada -Bea"


def test_a_chain_of_introductions_may_have_any_length() -> None:
    chain = [Introduced(i, "x", Status.active, i - 1 or None) for i in range(1, 50_001)]
    assert [branch.depth for branch in introduction_tree(chain)] == list(range(50_000))


@given(st.lists(st.integers(0, 30), max_size=30))
def test_everyone_is_listed_once_below_their_introducer(via: list[int]) -> None:
    ids = range(1, len(via) + 1)
    everybody = [
        Introduced(i, "x", Status.active, by if by in ids else None)
        for i, by in zip(ids, via, strict=True)
    ]
    branches = introduction_tree(everybody)
    assert sorted(branch.id for branch in branches) == list(ids)
    above: list[int] = []
    for branch in branches:
        del above[branch.depth :]
        assert branch.depth == len(above)
        assert not above or above[-1] == branch.via_id
        above.append(branch.id)


TODAY = date(2026, 11, 25)  # a Wednesday
TODAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))


MONDAY = date(2025, 11, 24)  # the first day of the year of weeks up to today


@pytest.mark.parametrize(
    ("today", "start", "first"),
    [
        (date(2026, 11, 22), WeekStart.monday, date(2025, 11, 17)),
        (date(2026, 11, 23), WeekStart.monday, MONDAY),
        (date(2026, 11, 29), WeekStart.monday, MONDAY),
        (date(2026, 11, 28), WeekStart.sunday, date(2025, 11, 23)),
        (date(2026, 11, 29), WeekStart.sunday, date(2025, 11, 30)),
        (date(2026, 11, 27), WeekStart.saturday, date(2025, 11, 22)),
        (date(2026, 11, 28), WeekStart.saturday, date(2025, 11, 29)),
    ],
)
def test_a_year_of_weeks_begins_52_weeks_before_this_one(
    today: date, start: WeekStart, first: date
) -> None:
    assert first_day(today, start) == first


@given(TODAYS)
def test_the_days_of_a_year_are_consecutive_and_make_53_weeks(today: date) -> None:
    days = by_day({today: 2}, first_day(today, WeekStart.monday), today)
    assert [day.since for day in days] == [
        days[0].since + timedelta(days=offset) for offset in range(len(days))
    ]
    assert days[0].since.weekday() == 0
    assert days[-1] == Count(today, 2)
    weeks = by_week(days)
    assert len(weeks) == WEEKS
    assert weeks[-1] == Count(today - timedelta(days=today.weekday()), 2)
    assert sum(week.touchpoints for week in weeks) == 2


def test_touchpoints_outside_the_year_are_not_counted() -> None:
    counts = {date(2025, 11, 23): 1, date(2025, 11, 24): 2, date(2026, 11, 26): 4}
    assert sum(day.touchpoints for day in by_day(counts, MONDAY, TODAY)) == 2


def test_the_touchpoints_of_a_week_are_added_up() -> None:
    weeks = by_week(by_day({date(2026, 11, 22): 1, date(2026, 11, 23): 2, TODAY: 3}, MONDAY, TODAY))
    assert weeks[-2:] == (Count(date(2026, 11, 16), 1), Count(date(2026, 11, 23), 5))


@given(TODAYS)
def test_a_year_of_months_ends_with_this_one(today: date) -> None:
    months = by_month({today: 1, first_month(today): 2}, today)
    assert [month.since.day for month in months] == [1] * MONTHS
    assert months[0] == Count(first_month(today), 2)
    assert months[-1] == Count(today.replace(day=1), 1)
    assert len({month.since.month for month in months}) == MONTHS


def test_the_touchpoints_of_a_month_are_added_up() -> None:
    months = by_month({date(2026, 2, 1): 1, date(2026, 2, 28): 2, date(2026, 3, 1): 4}, TODAY)
    assert [month.touchpoints for month in months] == [0, 0, 3, 4, *[0] * 8]
