"""Backups and how long they are kept, faults that `doctor` reports, and settings."""

from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime
from typing import NamedTuple

WHOLE_DAYS = 2  # every backup of the newest days is kept
DAMAGED = "damaged"  # the reason of a copy of a damaged file


class Retention(NamedTuple):
    """For how many days, weeks and months the newest backup of each is kept."""

    days: int = 7
    weeks: int = 4
    months: int = 6


class Backup(NamedTuple):
    """A copy of the file and the reason for it; field by field what `restore` lists."""

    name: str
    made_at: datetime
    reason: str
    bytes: int

    @property
    def day(self) -> date:
        """The local day on which it was made."""
        return self.made_at.astimezone().date()


def backups_to_keep(backups: Sequence[Backup], retention: Retention) -> set[Backup]:
    """Return the newest backup of each of the newest days, weeks and months with a backup.

    Also return all backups of the newest WHOLE_DAYS, and all copies of damaged files, which may
    hold data that no other file has.
    """
    keep = {backup for backup in backups if backup.reason == DAMAGED}
    newest_first = sorted(
        set(backups) - keep, key=lambda backup: (backup.made_at, backup.name), reverse=True
    )
    days = sorted({backup.day for backup in newest_first}, reverse=True)[:WHOLE_DAYS]
    keep |= {backup for backup in newest_first if backup.day in days}
    periods: list[tuple[Callable[[date], Hashable], int]] = [
        (lambda day: day, retention.days),
        (lambda day: day.isocalendar()[:2], retention.weeks),
        (lambda day: (day.year, day.month), retention.months),
    ]
    for period, count in periods:
        newest: dict[Hashable, Backup] = {}
        for backup in newest_first:
            newest.setdefault(period(backup.day), backup)
        keep |= set([*newest.values()][:count])
    return keep


class Fault(NamedTuple):
    """One fault; field by field what `doctor` prints. `mends`: `doctor --fix` repairs it."""

    what: str
    advice: str
    mends: bool = False


class Setting(NamedTuple):
    """The name of a setting in the file, its value and the source of the value."""

    name: str
    value: str | int
    source: str
