"""Windows: the days on which a reason to be in touch is open."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Window(NamedTuple):
    """The first and the last day of a reason; one without a last day stays open."""

    since: date
    until: date | None = None

    def settled_by(self, last_touch_on: date | None) -> bool:
        """Whether there was a touchpoint since it opened."""
        return last_touch_on is not None and last_touch_on >= self.since
