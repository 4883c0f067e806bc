from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.agenda import Nudge, Reason, ReasonKind, agenda, lateness, within_cap
from netkeep.domain.contact import Contact, Kind
from netkeep.domain.due import State
from netkeep.domain.lengths import Length
from tests.builders import contact

TODAY = date(2026, 11, 23)
DAY, WEEK, MONTH, TWO_MONTHS, YEAR = (
    *(Length(1, "day"), Length(1, "week"), Length(1, "month"), Length(2, "month")),
    Length(1, "year"),
)


def late(days: int, cadence: Length, **changes: Any) -> Contact:
    return contact(due_on=TODAY - timedelta(days=days), cadence=cadence, **changes)


def ids(contacts: list[Contact]) -> list[int]:
    """Of the agenda, whichever way round the contacts come."""
    found = [nudge.id for nudge in agenda(contacts, {}, TODAY)]
    assert found == [nudge.id for nudge in agenda(reversed(contacts), {}, TODAY)]
    return found


def reason(someone: Contact) -> Reason:
    ((found,),) = (nudge.reasons for nudge in agenda([someone], {}, TODAY))
    return found


def test_a_nudge_says_who_and_why_and_how_to_reach_them() -> None:
    assert agenda([late(10, TWO_MONTHS)], {1: -2, 7: 5}, TODAY) == [
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


def test_the_fields_of_a_nudge_and_a_reason_stand_in_the_documented_order() -> None:
    assert " ".join(field.name for field in fields(Nudge)) == (
        "id name state due_on days_late reasons last_touch_on cadence kind"
        " company title city email phone balance"
    )
    assert " ".join(field.name for field in fields(Reason)) == "kind text since until id"


def test_someone_without_an_address_or_touchpoints_is_nudged_all_the_same() -> None:
    (nudge,) = agenda([contact(emails=(), phones=())], {}, TODAY)
    assert (nudge.email, nudge.phone, nudge.balance) == (None, None, 0)


def test_days_late_is_negative_before_the_day() -> None:
    (nudge,) = agenda([late(-3, MONTH)], {}, TODAY)
    assert (nudge.state, nudge.days_late) == (State.soon, -3)


@pytest.mark.parametrize("missing", ["due_on", "cadence"])
def test_whoever_has_no_due_date_or_no_cadence_is_not_on_the_agenda(missing: str) -> None:
    assert agenda([contact(**{missing: None})], {}, TODAY) == []


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "due today"),
        (1, "1 day late"),
        (12, "12 days late"),
        (1_500, "1,500 days late"),
        (-1, "due in 1 day"),
        (-3, "due in 3 days"),
    ],
)
def test_lateness_in_words(days: int, words: str) -> None:
    assert lateness(days) == words


@pytest.mark.parametrize(
    ("met_on", "met", "text"),
    [
        (date(2026, 11, 21), "PyCon", "new, met on 2026-11-21 at PyCon"),
        (date(2026, 11, 21), None, "new, met on 2026-11-21"),
        (None, "PyCon", "new, met at PyCon"),
        (None, None, "new, no word yet"),
    ],
)
def test_the_reason_for_someone_new_is_how_you_met(
    met_on: date | None, met: str | None, text: str
) -> None:
    new = contact(last_touch_on=None, met_on=met_on, met=met)
    assert reason(new) == Reason(ReasonKind.new, text, since=TODAY)
    assert str(reason(new)) == text


def test_the_reason_for_others_is_their_cadence() -> None:
    assert str(reason(late(0, MONTH))) == "due today, every month"


def test_later_for_the_cadence_comes_first() -> None:
    assert ids([late(7, TWO_MONTHS, id=1), late(6, MONTH, id=2), late(8, YEAR, id=3)]) == [2, 1, 3]


def test_someone_new_is_ranked_by_lateness_too() -> None:
    assert ids([late(9, MONTH, id=1), late(9, WEEK, id=2, last_touch_on=None)]) == [2, 1]


def test_who_is_soon_comes_after_who_is_due_the_nearest_first() -> None:
    assert ids([late(-3, WEEK, id=1), late(-1, WEEK, id=2), late(0, YEAR, id=3)]) == [3, 2, 1]


def test_the_lapsed_come_after_all_others_the_least_lapsed_first() -> None:
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


def test_of_equally_late_ones_the_older_latest_touchpoint_comes_first() -> None:
    assert ids(
        [
            late(6, TWO_MONTHS, id=1, name="Bob", last_touch_on=date(2026, 9, 17)),
            late(3, MONTH, id=2, name="Ada", last_touch_on=date(2026, 10, 20)),
            late(6, TWO_MONTHS, id=3, name="Carol", last_touch_on=date(2026, 9, 16)),
            late(3, MONTH, id=4, name="Dan", last_touch_on=None),
        ]
    ) == [4, 3, 1, 2]


def test_then_the_name_comes_first_whatever_its_case() -> None:
    assert ids(
        [contact(id=1, name="Bob"), contact(id=2, name="carol"), contact(id=3, name="ada")]
    ) == [3, 1, 2]


def test_then_the_id() -> None:
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
        unique_by=lambda someone: someone.id,
    ).flatmap(lambda people: st.tuples(st.just(people), st.permutations(people)))
)
def test_the_order_is_the_same_whatever_the_contacts_come_in(
    both: tuple[list[Contact], list[Contact]],
) -> None:
    nudges = agenda(both[0], {}, TODAY)
    assert agenda(both[1], {}, TODAY) == nudges
    assert {nudge.id for nudge in nudges} == {someone.id for someone in both[0]}
    for one, following in pairwise(nudges):
        lapsed = one.state is State.lapsed
        assert lapsed <= (following.state is State.lapsed)
        if lapsed == (following.state is State.lapsed):
            difference = (
                one.days_late * following.cadence.days - following.days_late * one.cadence.days
            )
            assert difference <= 0 if lapsed else difference >= 0


TWELVE = agenda([contact(id=place) for place in range(1, 13)], {}, TODAY)


@pytest.mark.parametrize(("touched_today", "shown"), [(0, 10), (1, 9), (9, 1), (10, 0), (11, 0)])
def test_todays_share_gets_shorter_with_every_contact_touched(
    touched_today: int, shown: int
) -> None:
    assert within_cap(TWELVE, 10, touched_today) == TWELVE[:shown]


def test_a_short_agenda_is_shown_whole() -> None:
    assert within_cap(TWELVE[:3], 10, 7) == TWELVE[:3]
