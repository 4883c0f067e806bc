"""Lengths of time as people type them: `10 days`, `2 weeks`, `3 months`, `1 year`."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from netkeep.errors import BadValueError

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

FORMS = "10d, 2w, 3m, 1y or 3 months"
CADENCE_LIMIT = 3650  # days, ten years
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}

_TYPED = r"([0-9]{1,9}) ?(?:(d|w|m|y)|(day|week|month|year)s?)"
_UNITS = {unit[0]: unit for unit in DAYS}


class Length(NamedTuple):
    """A number of days, weeks, months or years; as a cadence, how often to be in touch."""

    number: int
    unit: str

    @property
    def days(self) -> int:
        """The approximate length in days, for ranking: a month is 30 days, a year 365."""
        return self.number * DAYS[self.unit]

    @property
    def rhythm(self) -> str:
        """The text after `every`: `3 months`, or `month` alone."""
        return str(self).removeprefix("1 ")

    def after(self, day: date) -> date:
        """Return the calendar day this much later; OverflowError or ValueError past year 9999."""
        return day + self._delta()

    def before(self, day: date) -> date:
        """Return the calendar day this much earlier; OverflowError or ValueError before year 1."""
        return day - self._delta()

    def _delta(self) -> relativedelta:
        from dateutil.relativedelta import relativedelta  # 2 ms, not needed to list contacts

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


# The cadences that netkeep suggests.
USUAL = (Length(2, "week"), *(Length(count, "month") for count in (1, 2, 3, 6)), Length(1, "year"))


def to_typed(cadence: Length | None) -> str:
    """Return what to type for a cadence: `3m`, or `none`."""
    return f"{cadence.number}{cadence.unit[0]}" if cadence else "none"


def find_length(text: str) -> Length | None:
    """Parse a length of any size, zero included; None if the text is not a length."""
    match = re.fullmatch(_TYPED, " ".join(text.lower().split()))
    if match is None:
        return None
    return Length(int(match[1]), match[3] or _UNITS[match[2]])


def parse_length(text: str) -> Length:
    """Parse a length of 1 day to 10 years, or raise BadValueError."""
    length = find_length(text)
    if length is None:
        raise BadValueError(f'"{text}" is not a length of time', f"try {FORMS}")
    if not 1 <= length.days <= CADENCE_LIMIT:
        raise BadValueError(f'"{text}" is not between 1 day and 10 years', f"try {FORMS}")
    return length


def parse_cadence(text: str) -> Length | None:
    """Parse a cadence: a length, or None for `none`; raise BadValueError for anything else."""
    if text.strip().lower() == "none":
        return None
    try:
        return parse_length(text)
    except BadValueError as error:
        raise BadValueError(error.sentence, f"try {FORMS}, or none") from None
