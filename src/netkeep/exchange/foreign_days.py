"""Parse days as other programs write them; refuse those with two possible meanings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from netkeep.domain.days import FIRST, LEAP_YEAR
from netkeep.domain.occasions import Birthday
from netkeep.domain.text import key
from netkeep.errors import BadValueError

# Years that stand for an unknown year: 0, and Apple's, a leap year long before anyone's birth.
NO_YEAR = {1604, 0}
MONTHS = {
    1: "january januar jänner janvier enero gennaio janeiro januari",
    2: "february februar février febrero febbraio fevereiro februari",
    3: "march märz mars marzo março maart mrt mrz",
    4: "april avril abril aprile",
    5: "may mai mayo maggio maio mei",
    6: "june juni juin junio giugno junho",
    7: "july juli juillet julio luglio julho",
    8: "august août agosto augustus",
    9: "september septembre septiembre setiembre settembre setembro",
    10: "october oktober octobre octubre ottobre outubro",
    11: "november novembre noviembre novembro",
    12: "december dezember décembre diciembre dicembre dezembro",
}  # in English, German, French, Spanish, Italian, Portuguese and Dutch
FILLERS = {"de", "del", "di", "of", "den", "le", "el", "il", "d"}

_TIME = r"(?:[T ,]+[0-9:.]+ ?(?:[AP]M)?(?:Z|[+-][0-9:]+)?)?"
_ISO = re.compile(rf"([0-9]{{4}})([-/.]?)([0-9]{{2}})\2([0-9]{{2}}){_TIME}", re.IGNORECASE)
_WITHOUT_YEAR = re.compile(r"--([0-9]{2})-?([0-9]{2})")
_NUMBERS = re.compile(
    rf"([0-9]{{1,2}})([-/.]) ?([0-9]{{1,2}})\2 ?([0-9]{{2}}|[0-9]{{4}}){_TIME}", re.IGNORECASE
)
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er|o)?")

Parts = tuple[int | None, int, int]  # the year if it is known, the month, the day


@lru_cache(maxsize=5_000)  # many connections share the same days
def parse_past_day(text: str, today: date) -> date:
    """Parse a day up to today, with its year, or raise BadValueError.

    A year of two digits is in this century, which would be wrong for birthdays.
    """
    year, month, day = _parse(text, with_short_years=True)
    if not year:
        raise BadValueError(f'"{text}" has no year')
    parsed = date(year, month, day)
    if parsed > today:
        raise BadValueError(f'"{text}" is in the future')
    return parsed


def parse_birthday(text: str, today: date) -> Birthday:
    """Parse a birthday, whose year may be unknown, or raise BadValueError."""
    year, month, day = _parse(text)
    if year in NO_YEAR:
        year = None
    if year and date(year, month, day) > today:
        raise BadValueError(f'"{text}" is in the future')
    return Birthday(month, day, year)


def _parse(text: str, *, with_short_years: bool = False) -> Parts:
    """Return the only day that a text can mean, or raise BadValueError."""
    days = {parts for parts in _readings(text.strip(), with_short_years) if _is_day(*parts)}
    if len(days) > 1:
        raise BadValueError(f'"{text}" can be read in two ways')
    if not days:
        raise BadValueError(f'"{text}" is not a day')
    return days.pop()


def _is_day(year: int | None, month: int, day: int) -> bool:
    try:
        return date(year or LEAP_YEAR, month, day) >= FIRST
    except ValueError:
        return False


def _readings(text: str, with_short_years: bool) -> Iterator[Parts]:
    """Yield all ways to read a text; not all of them are valid days."""
    if match := _ISO.fullmatch(text):
        yield int(match[1]), int(match[3]), int(match[4])
    elif match := _WITHOUT_YEAR.fullmatch(text):
        yield None, int(match[1]), int(match[2])
    elif match := _NUMBERS.fullmatch(text):
        first, second, last = int(match[1]), int(match[3]), int(match[4])
        is_short = len(match[4]) == 2
        if is_short and not with_short_years:
            return
        century = 2000 if is_short else 0
        yield century + last, second, first
        if match[2] != ".":  # with dots the day is always first
            yield century + last, first, second
            if is_short:
                yield century + first, second, last
    else:
        yield from _readings_with_month_name(text)


def _readings_with_month_name(text: str) -> Iterator[Parts]:
    """Read `17 févr. 2023`, `Feb 17, 2023`, `17 de febrero de 2023` or `17 feb`."""
    words = [word for word in key(text).split() if word not in FILLERS]
    if not 2 <= len(words) <= 3:
        return
    year = int(words.pop()) if len(words) == 3 and re.fullmatch("[0-9]{4}", words[2]) else None
    if len(words) != 2:
        return
    for day, name in (words, reversed(words)):
        match = _DAY.fullmatch(day)
        if match and (month := _month(name)):
            yield year, month, int(match[1])


@lru_cache
def _month(name: str) -> int | None:
    """Return the month whose name starts so in one of the languages; None if several do."""
    months = {
        month
        for month, names in MONTHS.items()
        if len(name) >= 3 and any(each.startswith(name) for each in key(names).split())
    }
    return months.pop() if len(months) == 1 else None
