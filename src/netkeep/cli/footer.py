"""What is said beside a list: why there is nothing on it, or what it leaves out."""

from __future__ import annotations

from datetime import date

from netkeep.domain.wording import spoken_day
from netkeep.output import sentences
from netkeep.output.show import Format, for_people
from netkeep.output.streams import say


def say_why_none(first: str | None, otherwise: str, chosen: Format | None) -> None:
    """What to do first; or else, to people, that there is nothing."""
    if first:
        say(first)
    elif for_people(chosen):
        say(otherwise)


def say_what_is_left(shown: int, due: int, next_day: date | None) -> None:
    """How many more there are, or when the next one falls due."""
    if due > shown:
        done = "" if shown else "Today's share is done. "
        more = sentences.counted(due - shown, "more is", "more are")
        say(f"{done}{more} on the list; to see everybody, add --all.")
    elif not due and next_day:
        say(f"Nobody is due. The next one is on {spoken_day(next_day)}.")
