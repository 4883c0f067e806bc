from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.balance import (
    ASKS_IN_A_ROW,
    Balance,
    Ledger,
    ThankYous,
    ledger,
    lopsided,
    thank_yous,
    thanks_for,
)
from netkeep.domain.contact import Contact
from netkeep.domain.touchpoint import Direction, Purpose, Touchpoint
from tests.builders import contact, promise, touchpoint

FIRST = date(2026, 1, 1)
ASK, GIVE, THANK, CATCH_UP = Purpose.ask, Purpose.give, Purpose.thank, Purpose.catch_up


def count_purposes(*purposes: Purpose, direction: Direction = Direction.out) -> Ledger:
    """Return the ledger of touchpoints, one a day from 1 Jan on."""
    return ledger(
        touchpoint(purpose=purpose, direction=direction, day=FIRST + timedelta(days=offset))
        for offset, purpose in enumerate(purposes)
    )


def test_without_touchpoints_the_balance_is_0() -> None:
    assert ledger([]) == Ledger(asks=0, others=0, in_a_row=0, unthanked_since=None)
    assert ledger([]).balance == 0


@pytest.mark.parametrize(
    ("purposes", "balance"),
    [
        ((ASK,), -1),
        ((ASK, ASK, CATCH_UP), -1),
        ((ASK, GIVE), 0),
        ((Purpose.greeting, Purpose.congratulate, Purpose.follow_up, ASK), 2),
    ],
)
def test_the_balance_is_other_touchpoints_less_asks(
    purposes: tuple[Purpose, ...], balance: int
) -> None:
    assert count_purposes(*purposes).balance == balance


@pytest.mark.parametrize(
    ("purposes", "in_a_row"),
    [
        ((ASK, ASK, ASK), 3),
        ((ASK, ASK, CATCH_UP, ASK), 1),
        ((ASK, ASK, THANK), 0),
        ((CATCH_UP, ASK, ASK), 2),
    ],
)
def test_any_other_touchpoint_ends_a_row_of_asks(
    purposes: tuple[Purpose, ...], in_a_row: int
) -> None:
    assert count_purposes(*purposes).in_a_row == in_a_row


def test_the_third_ask_in_a_row_is_too_many() -> None:
    assert ASKS_IN_A_ROW == 3


@pytest.mark.parametrize(
    ("purposes", "since"),
    [
        ((CATCH_UP, ASK), date(2026, 1, 2)),
        ((ASK, CATCH_UP, ASK), date(2026, 1, 1)),
        ((ASK, THANK), None),
        ((ASK, GIVE), None),
        ((ASK, ASK, THANK), None),
        ((THANK, ASK), date(2026, 1, 2)),
        ((ASK, THANK, CATCH_UP, ASK, CATCH_UP), date(2026, 1, 4)),
    ],
)
def test_unthanked_since_is_the_first_ask_without_later_thanks_or_give(
    purposes: tuple[Purpose, ...], since: date | None
) -> None:
    assert count_purposes(*purposes).unthanked_since == since


def test_an_incoming_ask_is_not_counted_as_an_ask() -> None:
    assert count_purposes(ASK, ASK, direction=Direction.in_) == Ledger(asks=0, others=2)


def test_incoming_thanks_do_not_settle_an_ask() -> None:
    total = count_purposes(ASK)
    thanked = total.after(touchpoint(purpose=THANK, direction=Direction.in_))
    assert thanked == Ledger(asks=1, others=1, in_a_row=0, unthanked_since=FIRST)


TOUCHPOINTS = st.lists(
    st.builds(touchpoint, purpose=st.sampled_from(Purpose), direction=st.sampled_from(Direction))
)


@given(TOUCHPOINTS)
def test_every_touchpoint_is_counted_once(touchpoints: list[Touchpoint]) -> None:
    total = ledger(touchpoints)
    assert total.asks + total.others == len(touchpoints)
    assert total.in_a_row <= total.asks
    assert total.unthanked_since is None or total.asks > 0
    assert total.in_a_row == 0 or total.unthanked_since is not None


@given(TOUCHPOINTS, TOUCHPOINTS)
def test_counting_can_continue_from_an_earlier_ledger(
    before: list[Touchpoint], after: list[Touchpoint]
) -> None:
    carried_on = ledger(before)
    for touchpoint_ in after:
        carried_on = carried_on.after(touchpoint_)
    assert carried_on == ledger(before + after)


def test_balance_fields_are_in_the_documented_order() -> None:
    assert " ".join(Balance._fields) == (
        "id name balance asks others unthanked_since last_touch_on"
    )


def test_a_lopsided_relationship_has_the_contact_and_its_counts() -> None:
    total = Ledger(asks=3, others=1, unthanked_since=FIRST)
    assert lopsided([(contact(), total)]) == [
        Balance(
            id=1,
            name="Ada Lovelace",
            balance=-2,
            asks=3,
            others=1,
            unthanked_since=FIRST,
            last_touch_on=date(2026, 9, 23),
        )
    ]


def lopsided_ids(people: list[tuple[Contact, Ledger]]) -> list[int]:
    ids = [balance.id for balance in lopsided(people)]
    assert ids == [balance.id for balance in lopsided(reversed(people))]
    return ids


@pytest.mark.parametrize(
    ("total", "listed"),
    [
        (Ledger(), False),
        (Ledger(asks=1, others=1), False),
        (Ledger(asks=2, others=1), True),
        (Ledger(asks=1, others=9, unthanked_since=FIRST), True),
        (Ledger(asks=0, others=9), False),
    ],
)
def test_a_relationship_is_lopsided_with_too_many_or_unthanked_asks(
    total: Ledger, listed: bool
) -> None:
    assert lopsided_ids([(contact(), total)]) == ([1] if listed else [])


def test_the_most_lopsided_come_first_then_the_longest_unthanked() -> None:
    later = date(2026, 2, 1)
    assert lopsided_ids(
        [
            (contact(id=1), Ledger(asks=1, others=0)),
            (contact(id=2), Ledger(asks=1, others=0, unthanked_since=later)),
            (contact(id=3), Ledger(asks=1, others=0, unthanked_since=FIRST)),
            (contact(id=4), Ledger(asks=3, others=0)),
            (contact(id=5), Ledger(asks=1, others=4, unthanked_since=FIRST)),
        ]
    ) == [4, 3, 2, 1, 5]


def test_lopsided_ties_are_ordered_by_name_then_id() -> None:
    total = Ledger(asks=1)
    assert lopsided_ids(
        [
            (contact(id=3, name="Bob"), total),
            (contact(id=2, name="Ada"), total),
            (contact(id=1, name="Bob"), total),
        ]
    ) == [2, 1, 3]


def test_a_promise_of_thanks_that_is_done_counts_as_thanks() -> None:
    asks = [touchpoint(id=id_, purpose=ASK, day=FIRST) for id_ in (1, 2, 3)]
    promises = [
        promise(FIRST, id=1, ask_id=1, done_on=FIRST),
        promise(FIRST, id=2, ask_id=2),
        promise(FIRST, id=3, done_on=FIRST),
    ]
    assert ledger(asks[:1], promises).unthanked_since is None
    assert ledger(asks, promises).unthanked_since == FIRST
    assert ledger(asks, promises).asks == 3


@pytest.mark.parametrize(
    ("purposes", "thanks"),
    [
        ((), {}),
        ((ASK,), {0: None}),
        ((THANK, ASK), {1: None}),
        ((ASK, CATCH_UP, GIVE, THANK), {0: 2}),
        ((ASK, ASK, THANK, ASK), {0: 2, 1: 2, 3: None}),
        ((ASK, THANK, ASK, GIVE), {0: 1, 2: 3}),
    ],
)
def test_the_first_later_thanks_settles_an_ask(
    purposes: tuple[Purpose, ...], thanks: dict[int, int | None]
) -> None:
    touchpoints = [touchpoint(id=id_, purpose=purpose) for id_, purpose in enumerate(purposes)]
    result = {ask: answer and answer.id for ask, answer in thanks_for(touchpoints).items()}
    assert result == thanks
    assert list(result) == sorted(result)


def test_the_first_of_several_asks_without_thanks_owes_thanks() -> None:
    asks = [touchpoint(id=1, purpose=ASK), touchpoint(id=2, purpose=ASK)]
    assert thank_yous(asks, []) == ThankYous({}, [], owed=asks[0])
    assert thank_yous(asks, [promise(FIRST, ask_id=1)]) == ThankYous({1: None}, [], owed=None)


def test_a_later_thank_settles_the_promise() -> None:
    ask, thank = touchpoint(id=1, purpose=ASK), touchpoint(id=2, purpose=THANK)
    due = promise(FIRST, id=5, ask_id=1)
    assert thank_yous([ask, thank], [due]) == ThankYous({5: thank}, [], owed=None)


def test_a_promise_is_obsolete_without_its_ask_and_stays_done_by_hand() -> None:
    gone = promise(FIRST, id=5, ask_id=9)
    assert thank_yous([], [gone]) == ThankYous({}, [5], owed=None)
    asks = [touchpoint(id=1, purpose=ASK), touchpoint(id=2, purpose=ASK)]
    done = promise(FIRST, id=6, ask_id=2, done_on=FIRST)
    assert thank_yous(asks, [done]) == ThankYous({}, [], owed=None)
