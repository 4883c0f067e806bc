"""What you have to tell of yourself, and who has not heard it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class OwnNews(NamedTuple):
    """One piece of your news; field by field what `me` prints.

    `heard_by` is the number of active contacts you have been in touch with since.
    """

    id: int
    day: date
    text: str
    heard_by: int

    def __str__(self) -> str:
        """`2026-11-22: Started at Initech`."""
        return f"{self.day}: {self.text}"


def unheard(own_news: Iterable[OwnNews], last_touch_on: date | None) -> tuple[OwnNews, ...]:
    """What is newer than the latest touchpoint with someone."""
    return tuple(news for news in own_news if last_touch_on is None or news.day > last_touch_on)
