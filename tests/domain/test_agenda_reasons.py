from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from netkeep.domain.agenda import (
    DATED,
    SHOWN_THROUGH_SNOOZE,
    Reason,
    ReasonKind,
    cadence_reason,
    dated_reasons,
)
from netkeep.domain.contact import Contact, Kind
from netkeep.domain.days import LAST, Length
from netkeep.domain.due import is_new
from netkeep.domain.occasions import Birthday, Occasion
from netkeep.domain.rounds import MonthDay, Round, Season
from tests.builders import contact, occasion, promise, visit, yearly_round

TODAY = date(2026, 11, 23)  # a Monday
MONTH, TWO_MONTHS = Length(1, "month"), Length(2, "month")
ADA = contact(last_touch_on=date(2026, 6, 5))


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def reasons(
    *occasions: Occasion, person: Contact = ADA, rounds: Sequence[Round] = ()
) -> list[Reason]:
    seasons = [(round_, round_.season.window(TODAY)) for round_ in rounds]
    return list(dated_reasons(person, occasions, seasons, TODAY, LAST))


def reason_text(occasion_: Occasion) -> str:
    (reason,) = reasons(occasion_)
    return str(reason)


def due_reason(person: Contact, due_on: date, cadence: Length) -> Reason:
    """Return the reason of the cadence, of a contact who is new or not."""
    new = is_new(cadence, person.last_touch_on, person.met_on, TODAY)
    return cadence_reason(person, due_on, cadence, TODAY, new=new)


def test_reason_kinds_are_the_documented_ones() -> None:
    assert " ".join(ReasonKind) == "cadence new news visit promise birthday round"


def test_reason_fields_are_in_the_documented_order() -> None:
    assert " ".join(Reason._fields) == "kind text since until id"


def test_all_reasons_except_cadence_and_new_are_dated() -> None:
    assert {*ReasonKind} - DATED == {ReasonKind.cadence, ReasonKind.new}


def test_birthdays_and_visits_show_through_a_snooze() -> None:
    assert {ReasonKind.visit, ReasonKind.birthday} == SHOWN_THROUGH_SNOOZE


def test_a_reason_is_printed_as_its_text() -> None:
    assert str(Reason(ReasonKind.news, "Promoted, today", since=TODAY)) == "Promoted, today"


def test_a_reason_ends_with_its_window_or_on_the_day_of_the_promise() -> None:
    assert Reason(ReasonKind.news, "Promoted", since=TODAY, until=in_days(30)).ends == in_days(30)
    assert Reason(ReasonKind.promise, "send the paper", since=TODAY).ends == TODAY


@pytest.mark.parametrize(
    ("met_on", "met", "text"),
    [
        (date(2026, 11, 21), "PyCon", "new, met on 2026-11-21 at PyCon"),
        (date(2026, 11, 21), None, "new, met on 2026-11-21"),
        (None, "PyCon", "new, met at PyCon"),
        (date(2026, 11, 21), "LinkedIn", "new, connected on LinkedIn, 2026-11-21"),
        (None, "LinkedIn", "new, connected on LinkedIn"),
        (None, None, "new, no touchpoint yet"),
    ],
)
def test_the_reason_for_a_new_contact_says_how_you_met(
    met_on: date | None, met: str | None, text: str
) -> None:
    new = contact(last_touch_on=None, met_on=met_on, met=met)
    reason = due_reason(new, TODAY, TWO_MONTHS)
    assert reason == Reason(ReasonKind.new, text, since=TODAY)
    assert str(reason) == text


@pytest.mark.parametrize(
    ("met", "text"),
    [
        ("LinkedIn", "no contact logged yet (connected on LinkedIn, 2018)"),
        ("PyCon", "no contact logged yet (met at PyCon, 2018)"),
        (None, "no contact logged yet (met in 2018)"),
    ],
)
def test_someone_met_more_than_a_cadence_ago_is_not_new(met: str | None, text: str) -> None:
    person = contact(last_touch_on=None, met_on=date(2018, 10, 11), met=met)
    reason = due_reason(person, TODAY, TWO_MONTHS)
    assert reason == Reason(ReasonKind.cadence, text, since=TODAY)


@pytest.mark.parametrize(
    ("due_on", "cadence", "text"),
    [
        (TODAY, MONTH, "due today, every month"),
        (in_days(-12), TWO_MONTHS, "12 days late, every 2 months"),
        (in_days(3), Length(10, "day"), "due in 3 days, every 10 days"),
    ],
)
def test_the_reason_for_other_contacts_is_the_cadence(
    due_on: date, cadence: Length, text: str
) -> None:
    reason = due_reason(ADA, due_on, cadence)
    assert reason == Reason(ReasonKind.cadence, text, since=due_on)


def test_a_contact_may_have_no_dated_reasons() -> None:
    assert reasons() == []


def test_the_reason_for_an_occasion_has_its_window_and_id() -> None:
    assert reasons(
        occasion(id=3, day=date(2026, 11, 20)),
        visit(date(2026, 12, 1), date(2026, 12, 4), id=4),
        promise(date(2026, 11, 27), id=5),
    ) == [
        Reason(
            ReasonKind.news,
            "Promoted to Chief Analyst, 3 days ago",
            since=date(2026, 11, 20),
            until=date(2026, 12, 20),
            id=3,
        ),
        Reason(
            ReasonKind.visit,
            "in London from Tue 1 Dec to Fri 4 Dec",
            since=date(2026, 11, 24),
            until=date(2026, 12, 4),
            id=4,
        ),
        Reason(
            ReasonKind.promise,
            "promise #5: send the paper, due in 4 days",
            since=date(2026, 11, 27),
            id=5,
        ),
    ]


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "Promoted to Chief Analyst, today"),
        (-1, "Promoted to Chief Analyst, yesterday"),
        (-12, "Promoted to Chief Analyst, 12 days ago"),
    ],
)
def test_news_says_how_long_ago(days: int, text: str) -> None:
    assert reason_text(occasion(day=in_days(days))) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "promise #7: send the paper, due today"),
        (-1, "promise #7: send the paper, 1 day late"),
        (1, "promise #7: send the paper, due in 1 day"),
    ],
)
def test_a_promise_says_its_id_and_how_late_it_is(days: int, text: str) -> None:
    assert reason_text(promise(in_days(days), id=7)) == text


@pytest.mark.parametrize(
    ("since", "until", "text"),
    [
        (1, 4, "in London from Tue 24 Nov to Fri 27 Nov"),
        (0, 4, "in London until Fri 27 Nov"),
        (-3, 4, "in London until Fri 27 Nov"),
        (-3, 0, "in London until Mon 23 Nov"),
        (4, 4, "in London on Fri 27 Nov"),
        (0, 0, "in London on Mon 23 Nov"),
        (1, 40, "in London from Tue 24 Nov to Sat 2 Jan 2027"),
    ],
)
def test_a_visit_says_its_remaining_days(since: int, until: int, text: str) -> None:
    assert reason_text(visit(in_days(since), in_days(until))) == text


@pytest.mark.parametrize(
    ("city", "yours", "text"),
    [
        ("Boston", False, "in Boston on Mon 23 Nov"),
        (None, False, "in town on Mon 23 Nov"),
        ("Boston", True, "you are in Boston on Mon 23 Nov"),
    ],
)
def test_a_visit_says_who_is_in_which_city(city: str | None, yours: bool, text: str) -> None:
    assert reason_text(visit(TODAY, TODAY, city=city, yours=yours)) == text


@pytest.mark.parametrize(
    "settled",
    [
        occasion(day=date(2026, 6, 5)),
        visit(date(2026, 6, 5), date(2026, 6, 8)),
        promise(date(2026, 11, 1), done_on=date(2026, 11, 2)),
    ],
)
def test_a_settled_occasion_is_not_a_reason(settled: Occasion) -> None:
    assert reasons(settled) == []


@pytest.mark.parametrize(
    ("birthday", "text"),
    [
        (Birthday(11, 23, 1990), "turns 36 today"),
        (Birthday(11, 24, 1990), "turns 36 tomorrow"),
        (Birthday(11, 22, 1990), "turned 36 yesterday"),
        (Birthday(11, 20, 1990), "turned 36 3 days ago"),
        (Birthday(12, 10, 1990), "turns 36 in 17 days"),
        (Birthday(11, 19, 1990), "turns 37 in 361 days"),
        (Birthday(1, 2, 1990), "turns 37 in 40 days"),
        (Birthday(11, 23), "birthday today"),
        (Birthday(11, 22), "birthday yesterday"),
        (Birthday(11, 24), "birthday tomorrow"),
        (Birthday(11, 22, 2026), "birthday yesterday"),
        (Birthday(2, 29, 2000), "turns 27 in 97 days"),
    ],
)
def test_a_birthday_says_the_age_if_the_year_is_known(birthday: Birthday, text: str) -> None:
    (reason,) = reasons(person=contact(birthday=birthday, last_touch_on=None))
    window = birthday.unsettled(TODAY, None)[1]
    assert reason == Reason(ReasonKind.birthday, text, window.since, window.until)


@pytest.mark.parametrize(("last_touch_on", "left"), [(-2, True), (-1, False), (0, False)])
def test_a_touchpoint_in_its_window_settles_a_birthday(last_touch_on: int, left: bool) -> None:
    born_today = contact(birthday=Birthday(11, 23), last_touch_on=in_days(last_touch_on))
    (reason,) = reasons(person=born_today)
    assert reason.since == (in_days(-1) if left else date(2027, 11, 22))


@pytest.mark.parametrize(
    ("begins", "ends", "text"),
    [
        (MonthDay(12, 1), MonthDay(12, 24), "holidays round from Tue 1 Dec to Thu 24 Dec"),
        (MonthDay(11, 23), MonthDay(12, 24), "holidays round until Thu 24 Dec"),
        (MonthDay(11, 1), MonthDay(1, 6), "holidays round until Wed 6 Jan 2027"),
        (MonthDay(11, 1), MonthDay(11, 23), "holidays round until Mon 23 Nov"),
        (MonthDay(11, 23), MonthDay(11, 23), "holidays round on Mon 23 Nov"),
        (MonthDay(12, 31), MonthDay(12, 31), "holidays round on Thu 31 Dec"),
    ],
)
def test_a_round_says_its_days(begins: MonthDay, ends: MonthDay, text: str) -> None:
    season = Season(begins, ends)
    (reason,) = reasons(rounds=[yearly_round(id=2, season=season)])
    window = season.window(TODAY)
    assert reason == Reason(ReasonKind.round, text, window.since, window.until, 2)


def test_a_round_is_a_reason_for_its_members() -> None:
    rounds = [yearly_round(id=1, kinds=(Kind.friend,)), yearly_round(id=2, tags=("chess",))]
    assert [reason.id for reason in reasons(person=contact(tags=("chess",)), rounds=rounds)] == [2]


@pytest.mark.parametrize(
    ("last_touch_on", "left"),
    [(date(2025, 12, 31), True), (date(2026, 10, 31), True), (date(2026, 11, 1), False)],
)
def test_a_touchpoint_in_this_years_window_settles_a_round(last_touch_on: date, left: bool) -> None:
    rounds = [yearly_round(season=Season(MonthDay(11, 1), MonthDay(1, 6)))]
    (reason,) = reasons(person=contact(last_touch_on=last_touch_on), rounds=rounds)
    assert reason.since == date(2026 if left else 2027, 11, 1)
