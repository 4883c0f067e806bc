from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.agenda import (
    ALWAYS_LISTED,
    DATED,
    Facts,
    Nudge,
    OpenRound,
    ReasonKind,
    agenda,
    todays_list,
)
from netkeep.domain.contact import Kind, Status
from netkeep.domain.days import Length
from netkeep.domain.due import due_on
from netkeep.domain.occasions import Birthday, Occasion
from netkeep.domain.rounds import MonthDay, Round, Season
from tests.builders import contact, occasion, promise, visit, yearly_round

TODAY = date(2026, 11, 23)
WEEK, MONTH = Length(1, "week"), Length(1, "month")
CAP = 3


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def season(first: int, last: int) -> Season:
    begins, ends = in_days(first), in_days(last)
    return Season(MonthDay(begins.month, begins.day), MonthDay(ends.month, ends.day))


def facts(occasions: tuple[Occasion, ...] = (), **changes: Any) -> Facts:
    """Return the facts of a contact, with the due date that follows from its other fields."""
    person = contact(**{"cadence": None, "met_on": None, **changes})
    return Facts(
        person._replace(
            due_on=due_on(
                status=person.status,
                cadence=person.cadence,
                last_touch_on=person.last_touch_on,
                first_due_on=person.first_due_on,
                snoozed_until=person.snoozed_until,
            )
        ),
        occasions,
    )


class Network:
    """People whose days go by, and who are logged as the store does it."""

    def __init__(self, people: Sequence[Facts], rounds: Sequence[Round] = ()) -> None:
        self.people = {person.contact.id: person for person in people}
        self.rounds = rounds
        self.today = TODAY
        self.touched: dict[int, date | None] = {}

    def next_day(self) -> None:
        self.today += timedelta(days=1)
        self.touched = {}

    def log(self, *contact_ids: int) -> None:
        for contact_id in contact_ids:
            person = self.people[contact_id]
            self.touched.setdefault(contact_id, person.contact.last_touch_on)
            changes = {**person.contact._asdict(), "last_touch_on": self.today}
            self.people[contact_id] = facts(person.occasions, **changes | {"snoozed_until": None})

    def open_rounds(self) -> list[OpenRound]:
        result = []
        for round_ in self.rounds:
            window = round_.season.window(self.today)
            if window.since <= self.today:
                left = sum(
                    not window.settled_by(person.contact.last_touch_on)
                    for person in self.people.values()
                    if person.contact.status is Status.active and round_.includes(person.contact)
                )
                result.append(OpenRound(round_, window, left))
        return result

    def count_snoozed(self, open_round: OpenRound) -> int:
        """Return how many people left in a round are snoozed."""
        return sum(
            (person.contact.snoozed_until or self.today) > self.today
            and person.contact.status is Status.active
            and open_round.round.includes(person.contact)
            and not open_round.window.settled_by(person.contact.last_touch_on)
            for person in self.people.values()
        )

    def agenda(self) -> list[Nudge]:
        return agenda(self.people.values(), self.rounds, self.today)

    def nudges(self) -> list[Nudge]:
        # What touched people were before is all that follows from the active ones.
        active = {
            contact_id: day
            for contact_id, day in self.touched.items()
            if self.people[contact_id].contact.status is Status.active
        }
        return todays_list(self.people.values(), active, self.open_rounds(), self.today, CAP)

    def ids(self) -> list[int]:
        return [nudge.id for nudge in self.nudges()]


def quiet(contact_id: int, days_ago: int = 100, **changes: Any) -> Facts:
    """Return someone without a cadence, last contacted a number of days ago."""
    return facts(id=contact_id, last_touch_on=in_days(-days_ago), **changes)


def late(contact_id: int, days: int, **changes: Any) -> Facts:
    """Return someone late by a number of days for a cadence of a week."""
    return facts(id=contact_id, cadence=WEEK, last_touch_on=in_days(-7 - days), **changes)


TEN_DAYS = yearly_round(season=season(0, 9))


def test_everyone_with_a_dated_reason_is_listed_and_the_latest_others() -> None:
    born = Birthday(TODAY.month, TODAY.day)
    dated = [quiet(1, birthday=born), quiet(2), quiet(3), quiet(4), quiet(5)]
    occasions = (
        *((), (occasion(),), (promise(in_days(-2)),), (visit(TODAY, TODAY),)),
        (occasion(), promise(TODAY)),
    )
    people = [
        person._replace(occasions=each) for person, each in zip(dated, occasions, strict=True)
    ]
    assert sorted(Network([*people, *(late(id_, id_) for id_ in range(10, 15))]).ids()) == [
        *(1, 2, 3, 4, 5),
        *(12, 13, 14),
    ]


def test_each_contact_shortens_the_list_by_one_until_it_is_done() -> None:
    network = Network([late(id_, id_) for id_ in range(1, 6)])
    shown = []
    while ids := network.ids():
        shown.append(ids)
        network.log(ids[-1])
    assert shown == [[5, 4, 3], [5, 4], [5]]


def test_a_contact_who_was_not_on_the_list_shortens_it_too() -> None:
    network = Network([*(late(id_, id_) for id_ in range(1, 6)), quiet(9)])
    network.log(9)
    assert network.ids() == [5, 4]
    network.log(1)
    assert network.ids() == [5]
    network.log(2)
    assert network.ids() == []


def test_a_contact_who_was_on_it_for_another_reason_does_not_shorten_the_others() -> None:
    network = Network(
        [*(late(id_, id_) for id_ in range(1, 6)), late(9, 1)._replace(occasions=(occasion(),))]
    )
    assert network.ids() == [9, 5, 4, 3]
    network.log(9)
    assert network.ids() == [5, 4, 3]


def test_a_round_shows_a_share_a_day_the_longest_silence_first() -> None:
    network = Network([quiet(id_, 100 + id_) for id_ in range(1, 26)], [TEN_DAYS])
    assert network.ids() == [25, 24, 23]
    network.log(24)
    assert network.ids() == [25, 23]
    network.log(1)  # who was not on the list
    assert network.ids() == [25]
    network.log(25)
    assert network.ids() == []
    network.next_day()
    assert network.ids() == [23, 22, 21]
    for _ in range(8):
        network.next_day()
    assert len(network.ids()) == 22


def test_those_on_the_list_anyway_are_the_first_of_the_share() -> None:
    people = [quiet(id_, 100 + id_) for id_ in range(1, 24)]
    news = quiet(30, 40)._replace(occasions=(occasion(),))
    network = Network([*people, late(31, 3), news], [TEN_DAYS])
    assert network.ids() == [23, 30, 31]
    network.log(31)
    assert network.ids() == [23, 30]
    network.log(30)
    assert network.ids() == [23]


def test_more_people_than_the_share_are_listed_for_other_reasons() -> None:
    network = Network([late(id_, id_) for id_ in range(1, 6)], [TEN_DAYS])
    assert sorted(network.ids()) == [3, 4, 5]
    network.log(3)
    assert sorted(network.ids()) == [4, 5]


def test_someone_in_two_rounds_counts_towards_both() -> None:
    other = yearly_round(id=2, name="other", season=season(-5, 4), kinds=(Kind.friend,))
    people = [quiet(id_, 100 + id_) for id_ in range(1, 21)]
    friends = [quiet(id_, 50 + id_, kind=Kind.friend) for id_ in range(30, 40)]
    network = Network([*people, *friends], [TEN_DAYS, other])
    assert network.ids() == [39, 38, 20]
    network.log(39)
    assert network.ids() == [38, 20]


def test_a_contact_whose_snooze_has_ended_leaves_no_room_for_another() -> None:
    friends = yearly_round(season=season(0, 0), kinds=(Kind.friend,))
    awake = late(9, 40, snoozed_until=TODAY, kind=Kind.friend)
    people = [awake, *(late(id_, 1, kind=Kind.friend) for id_ in (5, 6)), late(1, 30)]
    network = Network(people, [friends])
    assert sorted(network.ids()) == [5, 6, 9]
    network.log(9)  # which makes it look as if it had been late for 40 days
    assert sorted(network.ids()) == [5, 6]


def test_a_promise_kept_today_pulls_nobody_else_in() -> None:
    people = [quiet(id_, 100 + id_) for id_ in range(1, 20)]
    kept = quiet(30, 40)._replace(occasions=(promise(TODAY),))
    network = Network([*people, kept], [TEN_DAYS])
    assert network.ids() == [30, 19]
    network.people[30] = kept._replace(occasions=(promise(TODAY, done_on=TODAY),))
    assert network.ids() == [19, 30]


def test_someone_late_whose_promise_was_kept_today_is_still_listed() -> None:
    person = late(1, 2)._replace(occasions=(promise(TODAY, done_on=TODAY),))
    assert Network([person]).ids() == [1]


def test_a_promise_stays_until_it_is_done_even_after_a_contact() -> None:
    network = Network([late(1, 2)._replace(occasions=(promise(TODAY),))])
    network.log(1)
    assert network.ids() == [1]


def test_the_snoozed_wait_for_their_day() -> None:
    network = Network([quiet(1, snoozed_until=in_days(2)), quiet(2)], [TEN_DAYS])
    assert network.ids() == [2]


@pytest.mark.parametrize("ends", [MonthDay(1, 1), MonthDay(1, 31)])
def test_a_round_over_new_year_shares_its_days_in_both_years(ends: MonthDay) -> None:
    over = yearly_round(season=Season(MonthDay(11, 23), ends))
    network = Network([quiet(id_, 100 + id_) for id_ in range(1, 101)], [over])
    (open_round,) = network.open_rounds()
    while network.today <= (open_round.window.until or TODAY):
        assert 1 <= len(network.ids()) <= 3
        network.log(*network.ids())
        network.next_day()
        if not network.open_rounds() or not network.open_rounds()[0].left:
            break
    assert all(person.contact.last_touch_on for person in network.people.values())
    assert min(person.contact.last_touch_on or date.min for person in network.people.values()) >= (
        TODAY
    )


ROUNDS = [
    yearly_round(season=season(-3, 5)),
    yearly_round(id=2, season=season(0, 12), kinds=(Kind.friend,)),
    yearly_round(id=3, season=season(-30, 2), tags=("chess",)),
    yearly_round(id=4, season=season(4, 50)),
]
DAYS = st.integers(-40, 20).map(in_days)
OCCASIONS = st.lists(
    st.builds(occasion, day=DAYS)
    | st.builds(lambda day, stay: visit(day, in_days(20 + stay)), DAYS, st.integers(0, 20)),
    max_size=1,
).map(tuple)
PEOPLE = st.lists(
    st.builds(
        facts,
        OCCASIONS | st.just(()),
        id=st.integers(1, 99),
        name=st.sampled_from(["Ada", "ada", "Bob"]),
        status=st.sampled_from([Status.active] * 6 + [*Status]),
        kind=st.sampled_from([Kind.friend, Kind.coworker]),
        tags=st.sampled_from([(), ("Chess",)]),
        cadence=st.sampled_from([None, WEEK, MONTH]),
        last_touch_on=st.none() | st.integers(0, 90).map(lambda days: in_days(-1 - days)),
        first_due_on=DAYS,
        snoozed_until=st.sampled_from([None, None, in_days(1), in_days(3)]),
        birthday=st.none() | DAYS.map(lambda day: Birthday(day.month, day.day)),
    ),
    max_size=24,
    unique_by=lambda person: person.contact.id,
)
OPEN = st.sets(st.sampled_from(range(4))).map(lambda chosen: [ROUNDS[index] for index in chosen])


@given(PEOPLE, OPEN, st.data())
def test_the_list_is_a_part_of_the_agenda_in_its_order(
    people: list[Facts], rounds: list[Round], data: st.DataObject
) -> None:
    network = Network(people, rounds)
    if people:
        network.log(*data.draw(st.sets(st.sampled_from([*network.people]), max_size=4)))
    listed, everyone = network.nudges(), network.agenda()
    assert listed == [nudge for nudge in everyone if nudge in listed]
    always = [
        nudge for nudge in everyone if any(reason.kind in ALWAYS_LISTED for reason in nudge.reasons)
    ]
    assert all(nudge in listed for nudge in always)


@given(PEOPLE, OPEN, st.data())
def test_a_contact_shortens_the_list_and_nobody_comes_in_their_place(
    people: list[Facts], rounds: list[Round], data: st.DataObject
) -> None:
    network = Network(people, rounds)
    before = network.ids()
    for _ in range(5):
        if not network.people:
            return
        contact_id = data.draw(st.sampled_from(before or [*network.people]))
        anyone = data.draw(st.sampled_from([contact_id, *network.people]))
        network.log(anyone)
        after = network.ids()
        assert len(after) <= len(before)
        assert anyone not in before or set(after) <= set(before) - {anyone}
        before = after


@given(PEOPLE, OPEN)
def test_who_does_the_list_every_day_reaches_everyone_in_a_round_once(
    people: list[Facts], rounds: list[Round]
) -> None:
    network = Network(people, rounds)
    greeted: dict[int, set[int]] = {round_.id: set() for round_ in rounds}
    for _ in range(60):
        for open_round in network.open_rounds():
            shown = {nudge.id for nudge in network.nudges() if open_round.is_reason_for(nudge)}
            assert not shown & greeted[open_round.round.id]
            greeted[open_round.round.id] |= shown
        network.log(*network.ids())
        assert network.ids() == []
        for open_round in network.open_rounds():
            if open_round.window.until == network.today:
                assert open_round.left == network.count_snoozed(open_round)
        network.next_day()


def test_only_rounds_take_turns_among_the_dated_reasons() -> None:
    assert {ReasonKind.round} == DATED - ALWAYS_LISTED


def test_logging_someone_late_and_in_a_round_makes_room_for_nobody() -> None:
    late_ones = [late(5, 0), late(6, 0)]
    others = [quiet(id_, 100 + id_, cadence=None) for id_ in range(10, 20)]
    network = Network([*late_ones, *others], [TEN_DAYS])
    network.log(10, 11)  # who are not on the list
    before = network.ids()
    network.log(before[0])
    assert network.ids() == before[1:]
