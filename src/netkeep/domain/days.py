"""Days as people type and read them. Days are local calendar dates; ambiguous ones are refused."""

import re
from datetime import date, datetime, timedelta
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from netkeep.errors import BadValueError

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta


LENGTH_FORMS = "10d, 2w, 3m, 1y or 3 months"
CADENCE_LIMIT = 3650  # days, ten years
UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}

_SHORT = {"wk": "week", "mo": "month", "yr": "year"}
_SINGULAR = {unit: unit for unit in UNIT_DAYS} | _SHORT
_UNITS = _SINGULAR | {f"{name}s": unit for name, unit in _SINGULAR.items()}
_LETTERS = {unit[0]: unit for unit in UNIT_DAYS}
_WORDS = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_NUMBERS = {"a": 1} | {word: number for number, word in enumerate(_WORDS, 1)}


class Length(NamedTuple):
    """A number of days, weeks, months or years; as a cadence, how often to be in touch."""

    number: int
    unit: str

    @property
    def days(self) -> int:
        """The approximate length in days, for ranking: a month is 30 days, a year 365."""
        return self.number * UNIT_DAYS[self.unit]

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

    def _delta(self) -> "relativedelta":
        from dateutil.relativedelta import relativedelta  # 2 ms, not needed to list contacts

        length: dict[str, Any] = {f"{self.unit}s": self.number}
        return relativedelta(**length)

    def __str__(self) -> str:
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"


# Cadences to suggest, the shortest first.
USUAL = (Length(2, "week"), *(Length(count, "month") for count in (1, 2, 3, 6)), Length(1, "year"))


def format_rhythm(cadence: Length | None) -> str:
    """Format a cadence as `every 3 months`, or `no cadence`."""
    return f"every {cadence.rhythm}" if cadence else "no cadence"


def to_typed(cadence: Length | None) -> str:
    """Return what to type for a cadence: `3m`, or `none`."""
    return f"{cadence.number}{cadence.unit[0]}" if cadence else "none"


def find_length(text: str) -> Length | None:
    """Parse a length of any size, zero included; None if the text is not a length."""
    typed = _normalize(text)
    number: int | None
    if digits := re.fullmatch("([0-9]{1,9}) ?([a-z]+)", typed):
        number, unit = int(digits[1]), _UNITS.get(digits[2]) or _LETTERS.get(digits[2])
    else:
        word, _, rest = typed.partition(" ")
        number, unit = _NUMBERS.get(word), _UNITS.get(rest)
    return None if number is None or unit is None else Length(number, unit)


def parse_length(text: str) -> Length:
    """Parse a length of 1 day to 10 years, or raise BadValueError."""
    length = find_length(text)
    if length is None:
        number = text.strip()
        forms = f"{number}d or {number}w" if re.fullmatch("[1-9][0-9]?", number) else LENGTH_FORMS
        raise BadValueError(f'"{text}" is not a length of time', f"try {forms}")
    if not 1 <= length.days <= CADENCE_LIMIT:
        raise BadValueError(f'"{text}" is not between 1 day and 10 years', f"try {LENGTH_FORMS}")
    return length


CADENCES = {
    **dict.fromkeys(("none", "never")),
    **dict.fromkeys(("daily", "day"), Length(1, "day")),
    **dict.fromkeys(("weekly", "week"), Length(1, "week")),
    **dict.fromkeys(("monthly", "month"), Length(1, "month")),
    **dict.fromkeys(("quarterly", "quarter"), Length(3, "month")),
    **dict.fromkeys(("yearly", "year"), Length(1, "year")),
}


def parse_cadence(text: str) -> Length | None:
    """Parse a cadence: a length, a word such as `weekly` or `week`, or `none`.

    `every` may precede it. Raise BadValueError for other text.
    """
    typed = _normalize(text).removeprefix("every ")
    if typed in CADENCES:
        return CADENCES[typed]
    try:
        return parse_length(typed)
    except BadValueError as error:
        raise BadValueError(error.sentence, f"{error.hint}, or none") from None


FORMS = (
    "2026-11-22, today, yesterday, tomorrow, 3 days ago, in 2 weeks, next month, friday,"
    " last friday, next tue, 22 nov, 22 nov 2026 or nov 22"
)
FIRST, LAST = date(1000, 1, 1), date(2999, 12, 31)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
LEAP_YEAR, YEARS_TO_LEAP = 2000, 8


class Toward(Enum):
    """Whether an incomplete day such as `friday` or `22 nov` is in the past or in the future."""

    PAST = -1
    FUTURE = 1


class WeekStart(StrEnum):
    """The first day of a week, which depends on the country."""

    monday = "monday"
    sunday = "sunday"
    saturday = "saturday"


OFFSETS = {"yesterday": -1, "today": 0, "tomorrow": 1}  # days from today
PARTS = ("morning", "afternoon", "evening", "night")
SYNONYMS = {
    "tonight": "today",
    "next week": "in a week",
    "next month": "in a month",
    "last week": "a week ago",
    "last month": "a month ago",
    **{f"{day} {part}": day for day in OFFSETS for part in PARTS},
    **{f"this {part}": "today" for part in PARTS},
    "last night": "yesterday",
}


def parse_day(text: str, today: date, toward: Toward) -> date:
    """Parse a day, or raise BadValueError with the accepted forms.

    - `22 nov` is the nearest one in the direction, and may be today. A weekday before it must be
      right.
    - `friday` is the nearest one in the direction, and never today.
    - `this friday` is the one of this week (Monday to Sunday) or, if that is over and a future day
      is wanted, of the next week.
    - `next friday` is the first one after today, and `last friday` the latest one before it.
    - A length such as `2w` counts from today where a future day is wanted.
    """
    typed = _normalize(text)
    try:
        days = (parse(typed, today, toward) for parse in PARSERS)
        day = next(filter(None, days), None)
    except (ValueError, OverflowError):
        raise BadValueError(f'there is no such day as "{text}"', f"try {FORMS}") from None
    if day is None:
        forms = f'"in {typed}" or "{typed} ago"' if find_length(typed) else FORMS
        raise BadValueError(f'"{text}" is not a day', f"try {forms}")
    if not FIRST <= day <= LAST:
        raise BadValueError(f'"{text}" is not between {FIRST} and {LAST}')
    return day


def local_day(now: datetime) -> date:
    """Return the local day of a moment; raise BadValueError if the time zone is not possible."""
    try:
        return now.astimezone().date()
    except ValueError:  # from such as TZ=UTC+25
        raise BadValueError(
            "the time zone of this computer is a day or more away from UTC",
            "set TZ to one such as Europe/Berlin, or remove it",
        ) from None


def resolve_today(typed: str | None, clock: date) -> date:
    """Return the day to use as today: the typed one, or that of the clock.

    Raise BadValueError if it is not a day from FIRST to LAST.
    """
    day = clock if typed is None else parse_day(typed, clock, Toward.PAST)
    if not FIRST <= day <= LAST:
        raise BadValueError(f"the clock says it is {day}", "set the clock of this computer")
    return day


def parse_past_day(text: str, today: date, what: str) -> date:
    """Parse a day up to today; `what` is the subject of the sentence of BadValueError."""
    day = parse_day(text, today, Toward.PAST)
    if day > today:
        raise BadValueError(f"{what} cannot be in the future: {day} is after today, {today}")
    return day


def parse_future_day(text: str, today: date, what: str) -> date:
    """Parse a day from today on; `what` is the subject of the sentence of BadValueError."""
    day = parse_day(text, today, Toward.FUTURE)
    if day < today:
        raise BadValueError(f"{what} cannot be in the past: {day} is before today, {today}")
    return day


def parse_day_from(text: str, today: date, first: date) -> date:
    """Parse a day; an incomplete one such as `friday` is the first one from `first` on.

    A length alone is refused: it may be meant to count from today, or from `first`.
    """
    typed = _normalize(text)
    if find_length(typed):
        raise BadValueError(f'"{text}" is not a day', f'try "in {typed}", which counts from today')
    try:
        if _name_index(typed, WEEKDAYS) is None:
            day = _parse_month_and_day(typed, first, Toward.FUTURE)
        else:
            day = _parse_weekday(typed, first - timedelta(days=1), Toward.FUTURE)
    except (ValueError, OverflowError):
        day = None  # parse_day raises the error for it
    return day or parse_day(text, today, Toward.FUTURE)


def parse_iso_day(typed: str) -> date | None:
    """Parse `2026-11-22`; None for another form, ValueError if there is no such day."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
        return date.fromisoformat(typed)
    return None


def parse_day_of_month(typed: str) -> tuple[int, int, int | None] | None:
    """Parse `22 nov`, `22nd nov`, `nov 22` or `22 nov 2026` into month, day, and year if any."""
    match = re.fullmatch(
        r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)? (?P<month>[a-z]+)(?: (?P<year>[0-9]{4}))?"
        r"|(?P<month_first>[a-z]+) (?P<day_last>[0-9]{1,2})(?:st|nd|rd|th)?",
        typed,
    )
    index = match and _name_index(match["month"] or match["month_first"], MONTHS)
    if match is None or index is None:
        return None
    day, year = match["day"] or match["day_last"], match["year"]
    return index + 1, int(day), int(year) if year else None


def day_in_year(year: int, month: int, day: int) -> date:
    """Return the date of a yearly day; 29 Feb is kept on 28 Feb in common years."""
    if (month, day) == (2, 29):
        return date(year, 3, 1) - timedelta(days=1)
    return date(year, month, day)


def _normalize(text: str) -> str:
    return " ".join(text.lower().split())


def _parse_numeric_day(typed: str, *_: object) -> date | None:
    """Parse `2026-11-22`, `2026/11/22` or `20261122`."""
    if re.fullmatch("[0-9]{8}", typed):
        return date.fromisoformat(typed)
    return parse_iso_day(typed.replace("/", "-") if "-" not in typed else typed)


def _parse_relative_day(typed: str, today: date, toward: Toward) -> date | None:
    typed = SYNONYMS.get(typed, typed)
    if typed in OFFSETS:
        return today + timedelta(days=OFFSETS[typed])
    if typed.startswith("in ") and (length := find_length(typed.removeprefix("in "))):
        return length.after(today)
    if typed.endswith(" ago") and (length := find_length(typed.removesuffix(" ago"))):
        return length.before(today)
    if toward is Toward.FUTURE and (length := find_length(typed)):
        return length.after(today)
    return None


def _parse_weekday(typed: str, today: date, toward: Toward) -> date | None:
    modifier, _, name = typed.rpartition(" ")
    weekday = _name_index(name, WEEKDAYS)
    if weekday is None or modifier not in {"", "this", "last", "next"}:
        return None
    days = weekday - today.weekday()  # to the one in this week
    if modifier == "this":
        return today + timedelta(days=days % 7 if toward is Toward.FUTURE else days)
    toward = {"last": Toward.PAST, "next": Toward.FUTURE}.get(modifier, toward)
    return today + timedelta(days=(days * toward.value % 7 or 7) * toward.value)


def _parse_month_and_day(typed: str, today: date, toward: Toward) -> date | None:
    first, _, rest = typed.partition(" ")
    weekday = _name_index(first, WEEKDAYS)
    day_of_month = parse_day_of_month(typed if weekday is None else rest)
    if day_of_month is None:
        return None
    day = _nearest(*day_of_month, today, toward)
    if weekday is not None and day.weekday() != weekday:
        raise BadValueError(f'"{typed}" is not a day: {day} is a {day:%A}', "leave out the weekday")
    return day


def _nearest(month: int, day: int, year: int | None, today: date, toward: Toward) -> date:
    """Return the nearest of these days in a direction; raise ValueError if there is none."""
    if year is not None:
        return date(year, month, day)
    date(LEAP_YEAR, month, day)  # ValueError if no year has this day
    years = (today.year + offset * toward.value for offset in range(YEARS_TO_LEAP + 1))
    days = (day_in_year(year, month, day) for year in years)
    past = toward is Toward.PAST
    return next(
        candidate
        for candidate in days
        if candidate.day == day and (candidate <= today if past else candidate >= today)
    )


# A text matches at most one of these.
PARSERS = (_parse_numeric_day, _parse_relative_day, _parse_weekday, _parse_month_and_day)


def _name_index(prefix: str, names: tuple[str, ...]) -> int | None:
    """Return the index of the name that starts with a prefix of at least three letters."""
    if len(prefix) < 3:
        return None
    return next((index for index, name in enumerate(names) if name.startswith(prefix)), None)


def format_day(day: date) -> str:
    """Format a day as `22 Feb 2027`."""
    return f"{day.day} {day:%b} {day.year}"


def format_short_day(day: date, today: date) -> str:
    """Format a day as `25 Sep`, with the year if it is not the present one."""
    return f"{day.day} {day:%b}" + ("" if day.year == today.year else f" {day.year}")


def format_near_day(day: date, today: date) -> str:
    """Format a day as `Fri 25 Sep`, with the year if it is not the present one."""
    return f"{day:%a} {format_short_day(day, today)}"


def format_day_count(days: int) -> str:
    """Format a number of days: `1 day`, `1,500 days`."""
    return f"{days:,} day{'' if days == 1 else 's'}"


def format_distance(day: date, today: date) -> str:
    """Format the distance from today: `today`, `yesterday`, `3 days ago`, `in 3 days`."""
    days = (day - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    if near:
        return near
    return f"in {format_day_count(days)}" if days > 0 else f"{format_day_count(-days)} ago"


def format_lateness(days_late: int) -> str:
    """Format days late: `due today`, `12 days late`, `due in 3 days`."""
    if days_late == 0:
        return "due today"
    days = format_day_count(abs(days_late))
    return f"{days} late" if days_late > 0 else f"due in {days}"
