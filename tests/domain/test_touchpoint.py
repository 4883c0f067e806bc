from __future__ import annotations

from datetime import date

import pytest

from netkeep.domain.touchpoint import Channel, Direction, Purpose, Touchpoint, ends_snooze
from tests.builders import touchpoint

IN = Direction.in_
DAY = date(2026, 11, 22)


@pytest.mark.parametrize("purpose", Purpose)
def test_only_outgoing_asks_are_asks(purpose: Purpose) -> None:
    assert touchpoint(purpose=purpose).is_ask is (purpose is Purpose.ask)
    assert not touchpoint(purpose=purpose, direction=IN).is_ask


@pytest.mark.parametrize("purpose", Purpose)
def test_outgoing_thanks_and_gives_are_thanks(purpose: Purpose) -> None:
    assert touchpoint(purpose=purpose).is_thanks is (purpose in {Purpose.thank, Purpose.give})
    assert not touchpoint(purpose=purpose, direction=IN).is_thanks


@pytest.mark.parametrize(
    ("touchpoint_", "text"),
    [
        (touchpoint(day=DAY), "2026-11-22 call"),
        (touchpoint(day=DAY, direction=IN), "2026-11-22 call from them"),
        (touchpoint(day=DAY, channel=Channel.meal, purpose=Purpose.give), "2026-11-22 meal, give"),
        (touchpoint(day=DAY, note="Sends her best"), "2026-11-22 call: Sends her best"),
        (
            touchpoint(
                day=DAY,
                channel=Channel.email,
                purpose=Purpose.ask,
                direction=IN,
                note="Could I introduce her",
            ),
            "2026-11-22 email from them, ask: Could I introduce her",
        ),
    ],
)
def test_a_touchpoint_is_printed_with_its_purpose_except_catch_up(
    touchpoint_: Touchpoint, text: str
) -> None:
    assert str(touchpoint_) == text


@pytest.mark.parametrize(
    ("last", "ends"),
    [(None, True), (DAY, True), (date(2026, 11, 21), True), (date(2026, 11, 23), False)],
)
def test_the_latest_touchpoint_ends_a_snooze(last: date | None, ends: bool) -> None:
    assert ends_snooze(last, DAY) is ends
