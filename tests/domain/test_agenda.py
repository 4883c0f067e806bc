from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.agenda import (
    DATED,
    Facts,
    Nudge,
    Reason,
    ReasonKind,
    agenda,
    first_opening,
)
from netkeep.domain.contact import Contact, Kind, Status
from netkeep.domain.days import Length
from netkeep.domain.due import State, due_on
from netkeep.domain.occasions import Birthday, Occasion
from netkeep.domain.rounds import MonthDay, Round, Season
from tests.builders import contact, occasion, promise, visit, yearly_round

TODAY = date(2026, 11, 23)
DAY, WEEK, MONTH, TWO_MONTHS, YEAR = (
    *(Length(1, "day"), Length(1, "week"), Length(1, "month"), Length(2, "month")),
    Length(1, "year"),
)


def late(days: int, cadence: Length, **changes: Any) -> Contact:
    return contact(due_on=TODAY - timedelta(days=days), cadence=cadence, **changes)


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def nudges(contacts: Iterable[Contact]) -> list[Nudge]:
    """Return the agenda of contacts without occasions, looking ahead without a limit."""
    return agenda([Facts(person) for person in contacts], [], TODAY, by=date(2999, 12, 31))


def ids(contacts: list[Contact]) -> list[int]:
    """Return the ids of the agenda, which do not depend on the order of the contacts."""
    result = [nudge.id for nudge in nudges(contacts)]
    assert result == [nudge.id for nudge in nudges(reversed(contacts))]
    return result


def test_a_nudge_has_the_contact_the_reasons_and_the_addresses() -> None:
    assert agenda([Facts(late(10, TWO_MONTHS), balance=-2)], [], TODAY) == [
        Nudge(
            id=1,
            name="Ada Lovelace",
            state=State.overdue,
            due_on=date(2026, 11, 13),
            days_late=10,
            reasons=(
                Reason(
                    ReasonKind.cadence, "10 days late, every 2 months", since=date(2026, 11, 13)
                ),
            ),
            last_touch_on=date(2026, 9, 23),
            cadence=TWO_MONTHS,
            kind=Kind.coworker,
            company="Analytical Engines",
            title="Analyst",
            city="London",
            email="ada@engines.example",
            phone="+44 20 7946 0000",
            balance=-2,
        )
    ]


def test_nudge_fields_are_in_the_documented_order() -> None:
    assert " ".join(Nudge._fields) == (
        "id name state due_on days_late reasons last_touch_on cadence kind"
        " company title city email phone balance"
    )


def test_a_nudge_needs_neither_address_nor_touchpoints() -> None:
    (nudge,) = nudges([contact(emails=(), phones=())])
    assert (nudge.email, nudge.phone, nudge.balance) == (None, None, 0)


def test_days_late_is_negative_before_the_day() -> None:
    (nudge,) = nudges([late(-3, MONTH)])
    assert (nudge.state, nudge.days_late) == (State.soon, -3)


@pytest.mark.parametrize("missing", ["due_on", "cadence"])
def test_without_due_date_or_cadence_a_contact_is_not_on_the_agenda(missing: str) -> None:
    assert nudges([contact(**{missing: None})]) == []


def test_the_contact_latest_for_its_cadence_comes_first() -> None:
    assert ids([late(7, TWO_MONTHS, id=1), late(6, MONTH, id=2), late(8, YEAR, id=3)]) == [2, 1, 3]


def test_a_new_contact_is_ranked_by_lateness() -> None:
    assert ids([late(9, MONTH, id=1), late(9, WEEK, id=2, last_touch_on=None)]) == [2, 1]


def test_contacts_due_soon_come_after_due_ones_nearest_first() -> None:
    assert ids([late(-3, WEEK, id=1), late(-1, WEEK, id=2), late(0, YEAR, id=3)]) == [3, 2, 1]


def test_lapsed_contacts_come_last_least_lapsed_first() -> None:
    assert ids(
        [
            late(200, MONTH, id=1),
            late(91, MONTH, id=2),
            late(90, MONTH, id=3),
            late(3, DAY, id=4, last_touch_on=None),
            late(-9, DAY, id=5),
            late(181, TWO_MONTHS, id=6),
        ]
    ) == [4, 3, 5, 6, 2, 1]


def test_equally_late_contacts_are_ordered_by_latest_touchpoint() -> None:
    assert ids(
        [
            late(6, TWO_MONTHS, id=1, name="Bob", last_touch_on=date(2026, 9, 17)),
            late(3, MONTH, id=2, name="Ada", last_touch_on=date(2026, 10, 20)),
            late(6, TWO_MONTHS, id=3, name="Carol", last_touch_on=date(2026, 9, 16)),
            late(3, MONTH, id=4, name="Dan", last_touch_on=None),
        ]
    ) == [4, 3, 1, 2]


def test_then_contacts_are_ordered_by_name_ignoring_case() -> None:
    assert ids(
        [contact(id=1, name="Bob"), contact(id=2, name="carol"), contact(id=3, name="ada")]
    ) == [3, 1, 2]


def test_then_contacts_are_ordered_by_id() -> None:
    assert ids([contact(id=12), contact(id=5), contact(id=7)]) == [5, 7, 12]


@given(
    st.lists(
        st.builds(
            late,
            st.integers(-20, 120),
            st.sampled_from([DAY, WEEK, MONTH, TWO_MONTHS]),
            id=st.integers(1, 50),
            name=st.sampled_from(["Ada", "ada", "Bob"]),
            last_touch_on=st.sampled_from([None, date(2026, 1, 1), date(2026, 2, 1)]),
        ),
        unique_by=lambda person: person.id,
    ).flatmap(lambda people: st.tuples(st.just(people), st.permutations(people)))
)
def test_the_order_of_the_agenda_does_not_depend_on_the_order_of_contacts(
    both: tuple[list[Contact], list[Contact]],
) -> None:
    result = nudges(both[0])
    assert nudges(both[1]) == result
    assert {nudge.id for nudge in result} == {person.id for person in both[0]}
    for nudge, next_nudge in pairwise(result):
        assert nudge.days_late is not None
        assert nudge.cadence is not None
        assert next_nudge.days_late is not None
        assert next_nudge.cadence is not None
        lapsed = nudge.state is State.lapsed
        assert lapsed <= (next_nudge.state is State.lapsed)
        if lapsed == (next_nudge.state is State.lapsed):
            difference = (
                nudge.days_late * next_nudge.cadence.days
                - next_nudge.days_late * nudge.cadence.days
            )
            assert difference <= 0 if lapsed else difference >= 0


QUIET = contact(due_on=None, cadence=None, last_touch_on=date(2026, 6, 5))
HOLIDAYS = yearly_round(season=Season(MonthDay(11, 20), MonthDay(12, 24)))
OVER_NEW_YEAR = yearly_round(id=2, name="winter", season=Season(MonthDay(11, 10), MonthDay(1, 6)))


def on_agenda(
    person: Contact,
    *occasions: Occasion,
    rounds: Sequence[Round] = (),
    today: date = TODAY,
    by: date | None = None,
) -> list[Nudge]:
    return agenda([Facts(person, occasions)], rounds, today, by)


def nudge_of(person: Contact, *occasions: Occasion, rounds: Sequence[Round] = ()) -> Nudge:
    (result,) = on_agenda(person, *occasions, rounds=rounds)
    return result


def kinds(nudge: Nudge) -> str:
    return " ".join(reason.kind for reason in nudge.reasons)


def order(*people: tuple[Contact, Occasion | None], rounds: Sequence[Round] = ()) -> list[int]:
    """Return the ids of the agenda, which do not depend on the order of the contacts."""
    facts = [Facts(person, (occasion_,) if occasion_ else ()) for person, occasion_ in people]
    result = [nudge.id for nudge in agenda(facts, rounds, TODAY)]
    assert result == [nudge.id for nudge in agenda(reversed(facts), rounds, TODAY)]
    return result


def named(id_: int, **changes: Any) -> Contact:
    return QUIET._replace(id=id_, **changes)


def test_a_dated_reason_alone_makes_a_nudge_without_a_due_date() -> None:
    news = occasion(id=4, day=date(2026, 11, 20))
    assert agenda([Facts(QUIET, (news,), balance=3)], [], TODAY) == [
        Nudge(
            id=1,
            name="Ada Lovelace",
            state=State.due,
            due_on=None,
            days_late=None,
            reasons=(
                Reason(
                    ReasonKind.news,
                    "Promoted to Chief Analyst, 3 days ago",
                    since=date(2026, 11, 20),
                    until=date(2026, 12, 20),
                    id=4,
                ),
            ),
            last_touch_on=date(2026, 6, 5),
            cadence=None,
            kind=Kind.coworker,
            company="Analytical Engines",
            title="Analyst",
            city="London",
            email="ada@engines.example",
            phone="+44 20 7946 0000",
            balance=3,
        )
    ]


def test_a_dated_reason_before_the_due_date_leaves_days_late_negative() -> None:
    nudge = nudge_of(late(-30, MONTH), occasion())
    assert (kinds(nudge), nudge.due_on, nudge.days_late) == ("news", in_days(30), -30)


@pytest.mark.parametrize(
    ("occasion_", "first", "last"),
    [
        (occasion(day=date(2026, 11, 20)), date(2026, 11, 20), date(2026, 12, 20)),
        (visit(date(2026, 12, 1), date(2026, 12, 4)), date(2026, 11, 24), date(2026, 12, 4)),
    ],
)
def test_news_and_visits_are_on_the_agenda_throughout_their_window(
    occasion_: Occasion, first: date, last: date
) -> None:
    days = [first - timedelta(days=1), first, last, last + timedelta(days=1)]
    shown = [bool(on_agenda(QUIET, occasion_, today=day)) for day in days]
    assert shown == [False, True, True, False]


def test_a_promise_is_on_the_agenda_from_its_day_until_it_is_done() -> None:
    owed = promise(TODAY)
    days = [in_days(-1), TODAY, in_days(400)]
    assert [bool(on_agenda(QUIET, owed, today=day)) for day in days] == [False, True, True]
    assert on_agenda(QUIET, owed._replace(done_on=TODAY)) == []


def test_a_birthday_is_on_the_agenda_from_the_day_before_until_3_days_after() -> None:
    born = QUIET._replace(birthday=Birthday(12, 31))
    days = [date(2026, 12, 29) + timedelta(days=offset) for offset in range(7)]
    shown = [bool(on_agenda(born, today=day)) for day in days]
    assert shown == [False, True, True, True, True, True, False]


def test_a_round_over_new_year_is_on_the_agenda_in_both_years() -> None:
    days = {
        date(2026, 11, 9): False,
        date(2026, 11, 10): True,
        date(2026, 12, 31): True,
        date(2027, 1, 1): True,
        date(2027, 1, 6): True,
        date(2027, 1, 7): False,
    }
    assert {day: bool(on_agenda(QUIET, rounds=[OVER_NEW_YEAR], today=day)) for day in days} == days


def test_a_touchpoint_before_new_year_settles_the_round_after_it() -> None:
    greeted = QUIET._replace(last_touch_on=date(2026, 12, 24))
    assert on_agenda(greeted, rounds=[OVER_NEW_YEAR], today=date(2027, 1, 2)) == []
    assert on_agenda(greeted, rounds=[OVER_NEW_YEAR], today=date(2027, 11, 10))


def test_a_round_is_a_reason_only_for_its_members() -> None:
    friends = yearly_round(season=HOLIDAYS.season, kinds=(Kind.friend,))
    people = [(named(1), None), (named(2, kind=Kind.friend), None)]
    assert order(*people, rounds=[friends]) == [2]


@pytest.mark.parametrize(
    ("occasion_", "last_touch_on", "shown"),
    [
        (occasion(day=in_days(-3)), in_days(-4), True),
        (occasion(day=in_days(-3)), in_days(-3), False),
        (occasion(day=in_days(-3)), TODAY, False),
        (visit(TODAY, in_days(3)), in_days(-8), True),
        (visit(TODAY, in_days(3)), in_days(-7), False),
        (promise(in_days(-3)), TODAY, True),
        (promise(in_days(-3), done_on=TODAY), in_days(-9), False),
        (occasion(day=in_days(-3), done_on=TODAY), in_days(-9), False),
    ],
)
def test_settled_occasions_are_not_on_the_agenda(
    occasion_: Occasion, last_touch_on: date, shown: bool
) -> None:
    assert bool(on_agenda(QUIET._replace(last_touch_on=last_touch_on), occasion_)) is shown


@pytest.mark.parametrize(("touched", "shown"), [(-4, True), (-3, False), (0, False)])
def test_a_touchpoint_in_its_window_settles_a_round(touched: int, shown: bool) -> None:
    person = QUIET._replace(last_touch_on=in_days(touched))
    assert bool(on_agenda(person, rounds=[HOLIDAYS])) is shown


@pytest.mark.parametrize("status", [Status.candidate, Status.dropped])
def test_candidates_and_dropped_contacts_are_never_on_the_agenda(status: Status) -> None:
    person = late(10, MONTH, status=status, birthday=Birthday(11, 23))
    occasions = [occasion(), visit(TODAY, TODAY, id=2), promise(TODAY, id=3)]
    assert on_agenda(person, *occasions, rounds=[HOLIDAYS]) == []
    assert on_agenda(person, *occasions, rounds=[HOLIDAYS], by=date(2999, 12, 31)) == []


def test_a_contact_is_listed_once_with_reasons_by_end_and_the_cadence_last() -> None:
    person = late(10, TWO_MONTHS, birthday=Birthday(11, 22))
    nudge = nudge_of(
        person,
        occasion(id=1, day=in_days(-1)),
        promise(in_days(-2), id=2),
        visit(in_days(1), in_days(4), id=3),
        rounds=[HOLIDAYS],
    )
    assert [str(reason) for reason in nudge.reasons] == [
        "promise #2: send the paper, 2 days late",
        "birthday yesterday",
        "in London from Tue 24 Nov to Fri 27 Nov",
        "Promoted to Chief Analyst, yesterday",
        "holidays round until Thu 24 Dec",
        "10 days late, every 2 months",
    ]


def test_reasons_that_end_on_the_same_day_are_ordered_by_kind_then_id() -> None:
    end = date(2026, 12, 20)
    season = Season(MonthDay(11, 20), MonthDay(12, 20))
    nudge = nudge_of(
        QUIET,
        visit(in_days(3), end, id=4),
        visit(in_days(2), end, id=3),
        occasion(id=5, day=date(2026, 11, 20)),
        rounds=[yearly_round(id=9, season=season), yearly_round(id=1, season=season)],
    )
    assert {reason.ends for reason in nudge.reasons} == {end}
    assert [(reason.kind, reason.id) for reason in nudge.reasons] == [
        (ReasonKind.news, 5),
        (ReasonKind.round, 1),
        (ReasonKind.round, 9),
        (ReasonKind.visit, 3),
        (ReasonKind.visit, 4),
    ]


def test_how_you_met_is_the_last_reason_of_a_new_contact() -> None:
    person = late(1, MONTH, last_touch_on=None, met_on=None, met="PyCon")
    nudge = nudge_of(person, occasion())
    assert (kinds(nudge), str(nudge.reasons[-1])) == ("news new", "new, met at PyCon")


@pytest.mark.parametrize(
    ("occasion_", "state"),
    [
        (occasion(), State.due),
        (visit(TODAY, TODAY), State.due),
        (promise(TODAY), State.due),
        (promise(in_days(-1)), State.overdue),
        (promise(in_days(-400)), State.overdue),
    ],
)
def test_dated_reasons_are_due_and_a_late_promise_is_overdue(
    occasion_: Occasion, state: State
) -> None:
    assert nudge_of(QUIET, occasion_).state is state
    assert nudge_of(late(-3, MONTH), occasion_).state is state


@pytest.mark.parametrize(
    ("days_late", "without", "with_news", "with_late_promise"),
    [
        (0, State.due, State.due, State.overdue),
        (4, State.due, State.due, State.overdue),
        (5, State.overdue, State.overdue, State.overdue),
        (90, State.overdue, State.overdue, State.overdue),
        (91, State.lapsed, State.lapsed, State.lapsed),
    ],
)
def test_a_nudge_has_the_more_pressing_of_its_states(
    days_late: int, without: State, with_news: State, with_late_promise: State
) -> None:
    person = late(days_late, MONTH, last_touch_on=date(2026, 6, 5))
    assert nudge_of(person).state is without
    assert nudge_of(person, occasion()).state is with_news
    assert nudge_of(person, promise(in_days(-1))).state is with_late_promise


def test_a_new_contact_is_new_unless_a_promise_is_late() -> None:
    person = late(1, MONTH, last_touch_on=None, met_on=in_days(-3))
    assert nudge_of(person, occasion()).state is State.new
    assert nudge_of(person, promise(TODAY)).state is State.new
    assert nudge_of(person, promise(in_days(-1))).state is State.overdue


def test_dated_reasons_come_before_late_contacts() -> None:
    assert order(
        (late(20, WEEK, id=1), None),
        (late(1, WEEK, id=2, last_touch_on=None), None),
        (named(3), occasion()),
        (late(-30, MONTH, id=4), visit(TODAY, in_days(1))),
    ) == [4, 3, 1, 2]


def test_dated_reasons_are_ordered_by_end_late_promises_first() -> None:
    assert order(
        (named(1), occasion(day=in_days(-1))),
        (named(2), visit(in_days(-1), TODAY)),
        (named(3), promise(TODAY, text="call")),
        (named(4), promise(in_days(-5))),
        (named(5), promise(in_days(-40))),
        (named(6, birthday=Birthday(11, 21)), None),
    ) == [5, 4, 2, 3, 6, 1]


def test_a_contact_is_ranked_by_its_first_reason_to_end() -> None:
    both = Facts(named(1), (occasion(day=in_days(-1)), promise(in_days(-1), id=2)))
    single = Facts(named(2), (visit(TODAY, TODAY, id=3),))
    assert [nudge.id for nudge in agenda([single, both], [], TODAY)] == [1, 2]


def test_windows_with_the_same_end_are_ordered_by_latest_touchpoint_name_and_id() -> None:
    assert order(
        (named(1, name="Bob"), occasion()),
        (named(2, name="ada", last_touch_on=date(2026, 6, 6)), occasion()),
        (named(3, name="ada"), occasion()),
        (named(5, name="Zoe", last_touch_on=None), occasion()),
        (named(4, name="Bob"), occasion()),
    ) == [5, 3, 1, 4, 2]


def test_lateness_does_not_order_dated_reasons() -> None:
    assert order(
        (late(400, MONTH, id=1, last_touch_on=date(2025, 1, 2)), occasion()),
        (late(6, MONTH, id=2, last_touch_on=date(2025, 1, 1)), occasion()),
        (late(20, MONTH, id=3, last_touch_on=date(2025, 1, 3)), occasion()),
    ) == [2, 1, 3]


def snoozed(days: int, **changes: Any) -> Contact:
    """Return a contact without a cadence, snoozed for a number of days."""
    return QUIET._replace(snoozed_until=in_days(days), **changes)


@pytest.mark.parametrize("occasion_", [occasion(), promise(in_days(-3))])
def test_a_snooze_hides_news_and_promises_until_its_day(occasion_: Occasion) -> None:
    assert on_agenda(snoozed(1), occasion_) == []
    assert kinds(nudge_of(snoozed(0), occasion_)) == occasion_.kind
    assert kinds(nudge_of(snoozed(-1), occasion_)) == occasion_.kind


def test_a_snooze_hides_rounds_until_its_day() -> None:
    assert on_agenda(snoozed(1), rounds=[HOLIDAYS]) == []
    assert kinds(nudge_of(snoozed(0), rounds=[HOLIDAYS])) == "round"


def test_a_snooze_hides_the_cadence_until_its_day() -> None:
    person = contact(cadence=MONTH, due_on=in_days(3), snoozed_until=in_days(3))
    assert on_agenda(person) == []
    assert kinds(*on_agenda(person, today=in_days(3))) == "cadence"


def test_a_birthday_and_a_visit_show_through_a_snooze() -> None:
    person = snoozed(30, birthday=Birthday(11, 23))
    nudge = nudge_of(person, occasion(), visit(TODAY, in_days(9), id=2), rounds=[HOLIDAYS])
    assert kinds(nudge) == "birthday visit"
    assert nudge.state is State.due


def test_a_snoozed_late_promise_does_not_make_a_nudge_overdue() -> None:
    nudge = nudge_of(snoozed(30), promise(in_days(-3)), visit(TODAY, TODAY, id=2))
    assert (kinds(nudge), nudge.state) == ("visit", State.due)


@pytest.mark.parametrize(("days", "shown"), [(27, True), (28, False)])
def test_a_window_that_ends_before_the_snooze_is_never_shown(days: int, shown: bool) -> None:
    news = occasion(day=date(2026, 11, 20))  # until 20 Dec, 27 days from today
    assert bool(on_agenda(snoozed(days), news, by=date(2999, 12, 31))) is shown
    assert bool(on_agenda(snoozed(days), news, today=in_days(days))) is shown


def test_a_promise_is_still_open_after_any_snooze() -> None:
    assert kinds(*on_agenda(snoozed(900), promise(TODAY), today=in_days(900))) == "promise"


def opening_in(days: int) -> list[tuple[Contact, list[Occasion], list[Round]]]:
    """Return reasons of each kind that open in a number of days."""
    day = in_days(days)
    season = Season(MonthDay(day.month, day.day), MonthDay(day.month, day.day))
    born = day + timedelta(days=1)
    return [
        (QUIET, [promise(day)], []),
        (QUIET, [occasion(day=day)], []),
        (QUIET, [visit(day + timedelta(days=7), day + timedelta(days=8))], []),
        (QUIET._replace(birthday=Birthday(born.month, born.day)), [], []),
        (QUIET, [], [yearly_round(season=season)]),
        (late(-days, MONTH), [], []),
        (late(-days, MONTH, last_touch_on=None), [], []),
        (snoozed(days), [occasion()], []),
        (snoozed(days), [promise(in_days(-3))], []),
        (snoozed(days), [], [HOLIDAYS]),
    ]


@pytest.mark.parametrize(("person", "occasions", "rounds"), opening_in(5))
def test_a_reason_that_opens_later_is_soon_when_looking_ahead_to_its_day(
    person: Contact, occasions: list[Occasion], rounds: list[Round]
) -> None:
    assert on_agenda(person, *occasions, rounds=rounds) == []
    assert on_agenda(person, *occasions, rounds=rounds, by=in_days(4)) == []
    (nudge,) = on_agenda(person, *occasions, rounds=rounds, by=in_days(5))
    assert nudge.state is State.soon


@pytest.mark.parametrize(("person", "occasions", "rounds"), opening_in(5))
def test_a_reason_that_was_soon_is_open_on_its_day(
    person: Contact, occasions: list[Occasion], rounds: list[Round]
) -> None:
    (nudge,) = on_agenda(person, *occasions, rounds=rounds, today=in_days(5))
    assert nudge.state is not State.soon


def test_one_open_reason_makes_a_nudge_due_despite_later_ones() -> None:
    (nudge,) = on_agenda(QUIET, occasion(), promise(in_days(9), id=2), by=in_days(9))
    assert (kinds(nudge), nudge.state) == ("promise news", State.due)
    (nudge,) = on_agenda(late(5, MONTH), promise(in_days(9)), by=in_days(9))
    assert (kinds(nudge), nudge.state) == ("promise cadence", State.overdue)
    (nudge,) = on_agenda(late(-5, MONTH), promise(in_days(-1)), by=in_days(9))
    assert (kinds(nudge), nudge.state) == ("promise cadence", State.overdue)


def test_looking_ahead_still_shows_reasons_open_only_today() -> None:
    assert on_agenda(QUIET, visit(TODAY, TODAY), by=in_days(9)) != []


DAYS = st.integers(-60, 60).map(in_days)
ROUNDS = [
    HOLIDAYS,
    OVER_NEW_YEAR,
    yearly_round(id=3, season=Season(MonthDay(12, 20), MonthDay(11, 30)), kinds=(Kind.friend,)),
    yearly_round(id=4, season=Season(MonthDay(12, 1), MonthDay(12, 24)), tags=("chess",)),
]
OCCASIONS = st.lists(
    st.builds(occasion, day=DAYS)
    | st.builds(promise, DAYS)
    | st.builds(lambda day, stay: visit(day, day + timedelta(days=stay)), DAYS, st.integers(0, 20)),
    max_size=3,
).map(lambda result: tuple(occasion_._replace(id=id_) for id_, occasion_ in enumerate(result, 1)))


def facts(occasions: tuple[Occasion, ...], **changes: Any) -> Facts:
    """Return the facts of a contact, with the due date that follows from its other fields."""
    person = contact(**changes)
    day = due_on(
        status=person.status,
        cadence=person.cadence,
        last_touch_on=person.last_touch_on,
        first_due_on=person.first_due_on,
        snoozed_until=person.snoozed_until,
    )
    return Facts(person._replace(due_on=day), occasions)


PEOPLE = st.lists(
    st.builds(
        facts,
        OCCASIONS,
        id=st.integers(1, 50),
        name=st.sampled_from(["Ada", "ada", "Bob"]),
        status=st.sampled_from([Status.active, Status.active, *Status]),
        kind=st.sampled_from([Kind.friend, Kind.coworker]),
        tags=st.sampled_from([(), ("Chess",)]),
        cadence=st.sampled_from([None, WEEK, MONTH, TWO_MONTHS]),
        last_touch_on=st.none() | st.integers(0, 200).map(lambda days: in_days(-days)),
        first_due_on=DAYS,
        snoozed_until=st.none() | DAYS,
        birthday=st.none() | DAYS.map(lambda day: Birthday(day.month, day.day)),
    ),
    max_size=4,
    unique_by=lambda person: person.contact.id,
)


@given(PEOPLE, st.integers(0, 60), st.randoms(use_true_random=False))
def test_the_agenda_does_not_depend_on_the_order_of_the_facts(
    people: list[Facts], ahead: int, chance: Random
) -> None:
    shuffled = [
        person._replace(occasions=tuple(chance.sample(person.occasions, len(person.occasions))))
        for person in chance.sample(people, len(people))
    ]
    rounds = chance.sample(ROUNDS, len(ROUNDS))
    result = agenda(people, ROUNDS, TODAY, in_days(ahead))
    assert agenda(shuffled, rounds, TODAY, in_days(ahead)) == result


@given(PEOPLE)
def test_dated_nudges_come_first_ordered_by_end_of_window(people: list[Facts]) -> None:
    result = agenda(people, ROUNDS, TODAY)
    dated = [nudge for nudge in result if any(reason.kind in DATED for reason in nudge.reasons)]
    assert result[: len(dated)] == dated
    ends = [nudge.reasons[0].ends for nudge in dated]
    assert ends == sorted(ends)


@given(PEOPLE, st.integers(0, 60))
def test_each_active_contact_is_on_the_agenda_at_most_once_with_a_reason(
    people: list[Facts], ahead: int
) -> None:
    result = agenda(people, ROUNDS, TODAY, in_days(ahead))
    assert all(nudge.reasons for nudge in result)
    active = [person.contact.id for person in people if person.contact.status is Status.active]
    assert len(result) == len({nudge.id for nudge in result} & set(active))


@given(PEOPLE)
def test_no_reason_is_shown_outside_its_window(people: list[Facts]) -> None:
    for nudge in agenda(people, ROUNDS, TODAY):
        assert nudge.state is not State.soon
        for reason in nudge.reasons:
            assert reason.since <= TODAY
            assert reason.until is None or reason.until >= TODAY


@given(PEOPLE, st.integers(0, 60))
def test_looking_ahead_shows_no_reason_that_is_over_or_opens_later(
    people: list[Facts], ahead: int
) -> None:
    for nudge in agenda(people, ROUNDS, TODAY, in_days(ahead)):
        for reason in nudge.reasons:
            assert reason.since <= in_days(ahead)
            assert reason.until is None or reason.until >= TODAY


@given(PEOPLE)
def test_only_birthdays_and_visits_are_shown_during_a_snooze(people: list[Facts]) -> None:
    until = {person.contact.id: person.contact.snoozed_until for person in people}
    for nudge in agenda(people, ROUNDS, TODAY):
        if (until[nudge.id] or TODAY) > TODAY:
            assert set(kinds(nudge).split()) <= {"birthday", "visit"}


@given(PEOPLE, st.integers(0, 60), st.integers(0, 60))
def test_looking_further_ahead_never_removes_a_reason(
    people: list[Facts], few: int, many: int
) -> None:
    near, far = (
        {nudge.id: set(nudge.reasons) for nudge in agenda(people, ROUNDS, TODAY, in_days(days))}
        for days in sorted([few, many])
    )
    assert all(reasons <= far[id_] for id_, reasons in near.items())


@given(PEOPLE, st.integers(0, 60))
def test_the_first_opening_is_the_first_day_with_a_nudge(people: list[Facts], ahead: int) -> None:
    days = [in_days(offset) for offset in range(ahead + 1)]
    first = next((day for day in days if agenda(people, ROUNDS, TODAY, day)), None)
    assert first_opening(people, ROUNDS, TODAY, in_days(ahead)) == first


def test_there_is_no_first_opening_without_a_reason() -> None:
    assert first_opening([], [HOLIDAYS], TODAY, in_days(400)) is None
    assert first_opening([Facts(QUIET)], [], TODAY, in_days(400)) is None


@pytest.mark.parametrize(("person", "occasions", "rounds"), opening_in(5))
def test_the_first_opening_is_the_day_a_reason_opens_or_its_snooze_ends(
    person: Contact, occasions: list[Occasion], rounds: list[Round]
) -> None:
    people = [Facts(late(-60, MONTH, last_touch_on=TODAY)), Facts(person, tuple(occasions))]
    assert first_opening(people, rounds, TODAY, in_days(90)) == in_days(5)
    assert first_opening(people, rounds, TODAY, in_days(5)) == in_days(5)
    assert first_opening(people, rounds, TODAY, in_days(4)) is None


def test_a_nudge_is_for_rounds_only_if_it_has_no_other_reason() -> None:
    ada = contact(due_on=None, last_touch_on=None)
    (in_round,) = agenda([Facts(ada)], [HOLIDAYS], TODAY)
    (promised,) = agenda([Facts(ada, (promise(TODAY),))], [HOLIDAYS], TODAY)
    assert in_round.is_for_rounds_only
    assert not promised.is_for_rounds_only
