"""Lengths of time, as people give them: `10 days`, `2 weeks`, `3 months`, `1 year`."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from netkeep.errors import BadValueError

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

FORMS = "10d, 2w, 3m, 1y or 3 months"
CADENCE_LIMIT = 3650  # days, ten years: a longer rhythm is none
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}

_TYPED = r"([0-9]{1,9}) ?(?:(d|w|m|y)|(day|week|month|year)s?)"
_UNITS = {unit[0]: unit for unit in DAYS}


class Length(NamedTuple):
    """So many days, weeks, months or years; as a contact's cadence, how often to be in touch."""

    number: int
    unit: str

    @property
    def days(self) -> int:
        """Roughly how long, in days, for bands and ranking: a month is 30, a year 365."""
        return self.number * DAYS[self.unit]

    @property
    def rhythm(self) -> str:
        """What follows `every`: `3 months`, or `month` alone for one."""
        return str(self).removeprefix("1 ")

    def after(self, day: date) -> date:
        """The calendar day this much later; OverflowError or ValueError past the year 9999."""
        return day + self._delta()

    def before(self, day: date) -> date:
        """The calendar day this much earlier; OverflowError or ValueError before the year 1."""
        return day - self._delta()

    def _delta(self) -> relativedelta:
        # 2 ms, and whoever only looks counts no days on.
        from dateutil.relativedelta import relativedelta

        match self.unit:
            case "day":
                return relativedelta(days=self.number)
            case "week":
                return relativedelta(weeks=self.number)
            case "month":
                return relativedelta(months=self.number)
            case _:
                return relativedelta(years=self.number)

    def __str__(self) -> str:
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"


# Those that people choose, to suggest one from.
USUAL = (Length(2, "week"), *(Length(count, "month") for count in (1, 2, 3, 6)), Length(1, "year"))


def to_typed(cadence: Length | None) -> str:
    """What to type for it: `3m`, or `none`."""
    return f"{cadence.number}{cadence.unit[0]}" if cadence else "none"


def find_length(text: str) -> Length | None:
    """The length that was typed, or None if it is not one; it may be of no days at all."""
    found = re.fullmatch(_TYPED, " ".join(text.lower().split()))
    if found is None:
        return None
    return Length(int(found[1]), found[3] or _UNITS[found[2]])


def parse_length(text: str) -> Length:
    """Read a length of 1 day to 10 years, or raise BadValueError."""
    length = find_length(text)
    if length is None:
        raise BadValueError(f'"{text}" is not a length of time', f"try {FORMS}")
    if not 1 <= length.days <= CADENCE_LIMIT:
        raise BadValueError(f'"{text}" is not between 1 day and 10 years', f"try {FORMS}")
    return length


def parse_cadence(text: str) -> Length | None:
    """Read a cadence: a length, or None for `none`; BadValueError for anything else."""
    if text.strip().lower() == "none":
        return None
    try:
        return parse_length(text)
    except BadValueError as error:
        raise BadValueError(error.sentence, f"try {FORMS}, or none") from None
