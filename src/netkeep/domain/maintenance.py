"""Which backups are kept, and for how long."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime
from typing import NamedTuple

WHOLE_DAYS = 2  # of which every backup is kept
DAMAGED = "damaged"  # what is said of a copy that is not whole


class Retention(NamedTuple):
    """Of how many days, weeks and months with any backup the newest one is kept."""

    days: int = 7
    weeks: int = 4
    months: int = 6


class Backup(NamedTuple):
    """A copy of the file, and what it was made for; field by field what `restore` lists."""

    name: str
    made_at: datetime
    reason: str
    bytes: int

    @property
    def day(self) -> date:
        """The day it was made on, by the clock on the wall."""
        return self.made_at.astimezone().date()


def backups_to_keep(backups: Sequence[Backup], keeping: Retention) -> set[Backup]:
    """The newest of each of the newest days, weeks and months with any, of so many of each.

    Of the newest two days it is all: what was there before each import and each `restore`. What
    is not whole, and may be all there is of something, is kept beside these.
    """
    keep = {one for one in backups if one.reason == DAMAGED}
    whole = [one for one in backups if one.reason != DAMAGED]
    newest_first = sorted(whole, key=lambda one: (one.made_at, one.name), reverse=True)
    days = sorted({one.day for one in newest_first}, reverse=True)[:WHOLE_DAYS]
    keep |= {one for one in newest_first if one.day in days}
    periods: list[tuple[Callable[[date], Hashable], int]] = [
        (lambda day: day, keeping.days),
        (lambda day: day.isocalendar()[:2], keeping.weeks),
        (lambda day: (day.year, day.month), keeping.months),
    ]
    for period, count in periods:
        newest: dict[Hashable, Backup] = {}
        for one in newest_first:
            newest.setdefault(period(one.day), one)
        keep |= set([*newest.values()][:count])
    return keep


class Fault(NamedTuple):
    """One thing that is wrong; field by field what `doctor` prints.

    `mends` is whether `doctor --fix` puts it right.
    """

    what: str
    advice: str
    mends: bool = False


class Setting(NamedTuple):
    """What it is called in the file, what it is, and what says so."""

    name: str
    value: str | int
    source: str
