from __future__ import annotations

from datetime import date

import pytest

from netkeep.domain.contact import Kind, Status
from netkeep.domain.lengths import Length
from netkeep.domain.load import Group, check_load
from netkeep.domain.occasions import Window
from netkeep.domain.rounds import round_progress
from netkeep.domain.stats import (
    Count,
    Figure,
    Introducer,
    KindCount,
    Silence,
    Stats,
    Tally,
    TouchpointCount,
    count_by_purpose,
    figures,
    people_by_kind,
    tally,
)
from netkeep.domain.touchpoint import Channel, Direction, Purpose
from tests.builders import yearly_round

DAY = date(2026, 11, 23)
FRIENDS = Group(Status.active, Kind.friend, Length(2, "month"), 60)


def test_people_are_counted_by_kind_and_status() -> None:
    counted = people_by_kind(
        [
            FRIENDS,
            Group(Status.active, Kind.friend, None, 2),
            Group(Status.dropped, Kind.friend, None, 3),
            Group(Status.candidate, Kind.mentor, None, 4),
        ]
    )
    assert [one.kind for one in counted] == list(Kind)
    assert [one for one in counted if any(one[1:])] == [
        KindCount(Kind.friend, active=62, candidate=0, dropped=3),
        KindCount(Kind.mentor, active=0, candidate=4, dropped=0),
    ]


def test_what_was_counted_in_parts_is_added_up_the_most_first() -> None:
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
def test_asked_and_given_is_by_you_or_by_them(
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


def test_every_figure_has_a_line() -> None:
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


def test_a_change_to_no_cadence_is_one_to_none() -> None:
    yearly = Group(Status.active, Kind.other, Length(1, "year"), 365)
    lines = list(figures(PAGE._replace(load=check_load([yearly], 8))))
    assert Figure("load_change", "other", "none") in lines


def test_without_a_change_there_is_no_line_of_it() -> None:
    lines = list(figures(PAGE._replace(load=check_load([FRIENDS], 100))))
    assert lines[-1] == Figure("load_done", None, 12.5)
