"""What is said below the agenda on a terminal."""

from __future__ import annotations

from datetime import date

from netkeep.domain.wording import spoken_day
from netkeep.output import sentences
from netkeep.output.streams import say


def say_what_is_left(shown: int, due: int, next_day: date | None) -> None:
    """How many more there are, or when the next one falls due."""
    if due > shown:
        done = "" if shown else "Today's share is done. "
        more = sentences.counted(due - shown, "more is", "more are")
        say(f"{done}{more} on the list; to see everybody, add --all.")
    elif not due and next_day:
        say(f"Nobody is due. The next one is on {spoken_day(next_day)}.")
