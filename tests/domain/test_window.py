from __future__ import annotations

from datetime import date

import pytest

from netkeep.domain.occasions import Window

OPENED = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("last_touch_on", "settled"),
    [
        (None, False),
        (date(2026, 11, 19), False),
        (date(2026, 11, 20), True),
        (date(2026, 12, 24), True),
    ],
)
def test_a_touchpoint_on_or_after_the_first_day_settles_a_window(
    last_touch_on: date | None, settled: bool
) -> None:
    assert Window(OPENED, date(2026, 11, 30)).settled_by(last_touch_on) is settled
    assert Window(OPENED).settled_by(last_touch_on) is settled


def test_a_window_without_a_last_day_has_none() -> None:
    assert Window(OPENED).until is None
