from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.occasions import Occasion, OccasionKind, Window, opens_on, promises_to_settle
from tests.builders import occasion, promise, visit

TODAY = date(2026, 11, 23)
NEWS = occasion(day=date(2026, 11, 20))
VISIT = visit(date(2026, 12, 1), date(2026, 12, 4))
PROMISE = promise(date(2026, 11, 20))


def ids(meant: dict[int, list[Occasion]]) -> dict[int, list[int]]:
    return {contact_id: [one.id for one in promises] for contact_id, promises in meant.items()}


def test_the_words_are_those_of_the_manual() -> None:
    assert " ".join(OccasionKind) == "news visit promise"


@pytest.mark.parametrize(
    ("one", "window"),
    [
        (NEWS, Window(date(2026, 11, 20), date(2026, 12, 20))),
        (occasion(day=date(2026, 12, 15)), Window(date(2026, 12, 15), date(2027, 1, 14))),
        (VISIT, Window(date(2026, 11, 24), date(2026, 12, 4))),
        (
            visit(date(2027, 1, 3), date(2027, 1, 3)),
            Window(date(2026, 12, 27), date(2027, 1, 3)),
        ),
        (PROMISE, Window(date(2026, 11, 20))),
    ],
)
def test_each_occasion_has_its_window(one: Occasion, window: Window) -> None:
    assert one.window == window


@pytest.mark.parametrize(
    ("last_touch_on", "opens"),
    [
        (None, date(2026, 11, 24)),
        (date(2026, 11, 22), date(2026, 11, 24)),
        (date(2026, 11, 23), date(2026, 11, 24)),
        (date(2026, 11, 24), date(2026, 11, 25)),
        (date(2026, 11, 30), date(2026, 12, 1)),
        (date(2026, 12, 2), date(2026, 12, 3)),
    ],
)
def test_a_visit_opens_a_week_ahead_but_after_the_talk_in_which_you_heard_of_it(
    last_touch_on: date | None, opens: date
) -> None:
    assert opens_on(OccasionKind.visit, date(2026, 12, 1), last_touch_on) == opens


@pytest.mark.parametrize("kind", [OccasionKind.news, OccasionKind.promise])
@pytest.mark.parametrize("last_touch_on", [None, date(2026, 11, 20), date(2026, 12, 2)])
def test_news_and_promises_open_on_their_day(
    kind: OccasionKind, last_touch_on: date | None
) -> None:
    assert opens_on(kind, date(2026, 11, 20), last_touch_on) == date(2026, 11, 20)


def test_the_window_of_a_visit_heard_of_in_a_talk_is_what_is_left_of_it() -> None:
    heard = visit(date(2026, 12, 1), date(2026, 12, 4), opens_on=date(2026, 11, 28))
    assert heard.window == Window(date(2026, 11, 28), date(2026, 12, 4))
    assert not heard.is_settled(date(2026, 11, 27))
    assert heard.is_settled(date(2026, 11, 28))


@pytest.mark.parametrize(
    ("one", "last_touch_on", "settled"),
    [
        (NEWS, None, False),
        (NEWS, date(2026, 11, 19), False),
        (NEWS, date(2026, 11, 20), True),
        (VISIT, None, False),
        (VISIT, date(2026, 11, 23), False),
        (VISIT, date(2026, 11, 24), True),
        (VISIT, date(2026, 12, 2), True),
    ],
)
def test_a_touchpoint_since_it_opened_settles_news_and_visits(
    one: Occasion, last_touch_on: date | None, settled: bool
) -> None:
    assert one.is_settled(last_touch_on) is settled


@pytest.mark.parametrize("last_touch_on", [None, date(2026, 11, 20), date(2026, 12, 20)])
def test_no_touchpoint_settles_a_promise(last_touch_on: date | None) -> None:
    assert not PROMISE.is_settled(last_touch_on)


@pytest.mark.parametrize("one", [NEWS, VISIT, PROMISE])
def test_what_is_done_is_settled(one: Occasion) -> None:
    done = occasion(kind=one.kind, day=one.day, until=one.until, done_on=TODAY)
    assert done.is_settled(None)


@pytest.mark.parametrize(
    ("one", "what"),
    [
        (NEWS, "Promoted to Chief Analyst"),
        (PROMISE, "send the paper"),
        (VISIT, "a visit to London"),
        (visit(TODAY, TODAY, city=None), "a visit"),
    ],
)
def test_what_an_occasion_is_about(one: Occasion, what: str) -> None:
    assert one.what == what


def test_an_occasion_is_told_by_its_id_what_it_is_about_and_its_day() -> None:
    assert str(promise(date(2026, 9, 18), id=3)) == "#3 send the paper (2026-09-18)"
    assert str(VISIT) == "#1 a visit to London (2026-12-01)"


def promises(*days: int, **changes: Any) -> list[Occasion]:
    """One promise for each day of November 2026, the ids from 1 on."""
    return [promise(date(2026, 11, day), id=id_, **changes) for id_, day in enumerate(days, 1)]


def test_the_promises_meant_are_those_whose_day_has_come_the_oldest_first() -> None:
    assert ids(promises_to_settle(promises(24, 23, 10, 30), TODAY)) == {1: [3, 2]}


def test_if_none_has_come_the_first_to_come_is_meant() -> None:
    assert ids(promises_to_settle(promises(28, 24, 30), TODAY)) == {1: [2]}


def test_thanks_are_meant_on_their_day_and_not_before() -> None:
    to_come = promise(date(2026, 11, 24), id=8, ask_id=5)
    assert promises_to_settle([to_come], TODAY) == {}
    assert ids(promises_to_settle([to_come, *promises(28)], TODAY)) == {1: [1]}
    assert ids(promises_to_settle([to_come._replace(day=TODAY)], TODAY)) == {1: [8]}


def test_of_one_day_the_promise_made_first_comes_first() -> None:
    assert ids(promises_to_settle(reversed(promises(24, 24)), TODAY)) == {1: [1]}
    assert ids(promises_to_settle(reversed(promises(23, 23)), TODAY)) == {1: [1, 2]}


def test_a_promise_that_is_done_and_other_occasions_are_not_meant() -> None:
    done = promises(10, done_on=TODAY)
    assert promises_to_settle([NEWS, VISIT, *done], TODAY) == {}


def test_each_contact_has_promises_of_their_own() -> None:
    both = [*promises(24, 25), *(promise(date(2026, 11, 1), id=9, contact_id=2),)]
    assert ids(promises_to_settle(both, TODAY)) == {1: [1], 2: [9]}


@given(
    st.lists(
        st.builds(
            promise,
            st.dates(date(2026, 11, 1), date(2026, 12, 15)),
            id=st.integers(1, 99),
            contact_id=st.integers(1, 3),
            done_on=st.sampled_from([None, TODAY]),
        ),
        unique_by=lambda one: one.id,
    )
)
def test_everybody_with_an_open_promise_has_one_that_is_meant(kept: list[Occasion]) -> None:
    meant = promises_to_settle(kept, TODAY)
    still_open = [one for one in kept if one.done_on is None]
    assert set(meant) == {one.contact_id for one in still_open}
    for contact_id, found in meant.items():
        late = [one for one in still_open if one.contact_id == contact_id and one.day <= TODAY]
        assert len(found) == max(1, len(late))
        assert all(one in found for one in late)
