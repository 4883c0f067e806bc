from __future__ import annotations

from datetime import date

import pytest

from netkeep.domain.occasions import OwnNews, unheard_by

MOVED = OwnNews(2, date(2026, 11, 20), "Moved to Zurich", heard_by=1)
STARTED = OwnNews(1, date(2026, 9, 1), "Started at Initech", heard_by=7)


def test_own_news_is_told_with_its_day() -> None:
    assert str(STARTED) == "2026-09-01: Started at Initech"


@pytest.mark.parametrize(
    ("last_touch_on", "told"),
    [
        (None, (MOVED, STARTED)),
        (date(2026, 8, 31), (MOVED, STARTED)),
        (date(2026, 9, 1), (MOVED,)),
        (date(2026, 11, 19), (MOVED,)),
        (date(2026, 11, 20), ()),
    ],
)
def test_unheard_is_what_is_newer_than_the_latest_touchpoint(
    last_touch_on: date | None, told: tuple[OwnNews, ...]
) -> None:
    assert unheard_by([MOVED, STARTED], last_touch_on) == told
