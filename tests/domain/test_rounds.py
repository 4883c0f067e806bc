from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.contact import Kind
from netkeep.domain.occasions import Window
from netkeep.domain.rounds import (
    PRESETS,
    Greeting,
    MonthDay,
    RoundProgress,
    Season,
    parse_month_day,
    parse_round_name,
    round_progress,
)
from netkeep.errors import BadValueError
from tests.builders import contact, yearly_round

TODAY = date(2026, 11, 23)
HOLIDAYS = PRESETS["holidays"]
WINTER = Season(MonthDay(12, 27), MonthDay(1, 6))  # over New Year
ONE_DAY = Season(MonthDay(3, 14), MonthDay(3, 14))
LEAP = Season(MonthDay(2, 20), MonthDay(2, 29))

MONTH_DAYS = st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(
    lambda day: MonthDay(day.month, day.day)
)
SEASONS = st.builds(Season, MONTH_DAYS, MONTH_DAYS)
DATES = st.dates(date(1100, 1, 1), date(2900, 1, 1))


def test_the_presets_are_holidays_and_summer() -> None:
    assert dict(PRESETS) == {
        "holidays": Season(MonthDay(12, 1), MonthDay(12, 24)),
        "summer": Season(MonthDay(7, 1), MonthDay(8, 15)),
    }


def test_a_day_of_the_year_is_printed_as_month_and_day() -> None:
    assert str(MonthDay(7, 1)) == "07-01"


def test_a_season_that_ends_on_29_feb_ends_on_28_feb_in_common_years() -> None:
    assert LEAP.in_year(2027) == Window(date(2027, 2, 20), date(2027, 2, 28))
    assert LEAP.in_year(2028) == Window(date(2028, 2, 20), date(2028, 2, 29))


@pytest.mark.parametrize(
    ("season", "year", "window"),
    [
        (HOLIDAYS, 2026, Window(date(2026, 12, 1), date(2026, 12, 24))),
        (WINTER, 2026, Window(date(2026, 12, 27), date(2027, 1, 6))),
        (ONE_DAY, 2026, Window(date(2026, 3, 14), date(2026, 3, 14))),
    ],
)
def test_the_window_of_a_year_begins_in_it(season: Season, year: int, window: Window) -> None:
    assert season.in_year(year) == window


@pytest.mark.parametrize(
    ("season", "today", "begins"),
    [
        (HOLIDAYS, date(2026, 11, 30), date(2026, 12, 1)),
        (HOLIDAYS, date(2026, 12, 1), date(2026, 12, 1)),
        (HOLIDAYS, date(2026, 12, 24), date(2026, 12, 1)),
        (HOLIDAYS, date(2026, 12, 25), date(2027, 12, 1)),
        (WINTER, date(2026, 12, 26), date(2026, 12, 27)),
        (WINTER, date(2026, 12, 31), date(2026, 12, 27)),
        (WINTER, date(2027, 1, 1), date(2026, 12, 27)),
        (WINTER, date(2027, 1, 6), date(2026, 12, 27)),
        (WINTER, date(2027, 1, 7), date(2027, 12, 27)),
        (ONE_DAY, date(2026, 3, 14), date(2026, 3, 14)),
        (ONE_DAY, date(2026, 3, 15), date(2027, 3, 14)),
    ],
)
def test_the_window_is_the_open_one_or_the_next(season: Season, today: date, begins: date) -> None:
    assert season.window(today) == season.in_year(begins.year)
    assert season.window(today).since == begins


@pytest.mark.parametrize(
    ("season", "today", "begins"),
    [
        (HOLIDAYS, date(2026, 1, 1), date(2026, 12, 1)),
        (HOLIDAYS, date(2026, 12, 24), date(2026, 12, 1)),
        (HOLIDAYS, date(2026, 12, 25), date(2026, 12, 1)),
        (WINTER, date(2027, 1, 6), date(2026, 12, 27)),
        (WINTER, date(2027, 1, 7), date(2027, 12, 27)),
        (ONE_DAY, date(2026, 12, 31), date(2026, 3, 14)),
    ],
)
def test_this_years_window_is_the_open_one_or_the_one_of_the_year(
    season: Season, today: date, begins: date
) -> None:
    assert season.this_year(today) == season.in_year(begins.year)


@given(SEASONS, DATES)
def test_a_window_is_always_open_or_the_next(season: Season, today: date) -> None:
    years = range(today.year - 2, today.year + 3)
    windows = [season.in_year(year) for year in years]
    assert season.window(today) == next(
        window for window in windows if window.until and window.until >= today
    )


@given(SEASONS, DATES)
def test_a_window_lasts_at_most_a_year_and_begins_within_one(season: Season, today: date) -> None:
    window = season.window(today)
    assert window.until is not None
    assert window.since <= window.until <= window.since + timedelta(days=366)
    assert window.since <= today + timedelta(days=366)


@given(SEASONS, DATES)
def test_this_years_window_is_open_or_begins_this_year(season: Season, today: date) -> None:
    window = season.this_year(today)
    is_open = window.until is not None and window.since <= today <= window.until
    assert is_open or window.since.year == today.year


@given(SEASONS, DATES, st.integers(0, 366))
def test_the_window_stays_the_same_until_it_is_over(
    season: Season, today: date, later: int
) -> None:
    window = season.window(today)
    assert window.until is not None
    day = min(today + timedelta(days=later), window.until)
    assert season.window(day) == window


@pytest.mark.parametrize(
    ("kinds", "tags", "included"),
    [
        ((), (), True),
        ((Kind.friend,), (), False),
        ((Kind.friend, Kind.coworker), (), True),
        ((), ("chess",), True),
        ((), ("CHESS",), True),
        ((), ("go",), False),
        ((Kind.friend,), ("chess",), True),
        ((Kind.coworker,), ("go",), True),
        ((Kind.friend,), ("go",), False),
    ],
)
def test_a_round_includes_contacts_by_kind_or_tag(
    kinds: tuple[Kind, ...], tags: tuple[str, ...], included: bool
) -> None:
    chess_player = contact(kind=Kind.coworker, tags=("Chess", "python"))
    assert yearly_round(kinds=kinds, tags=tags).includes(chess_player) is included


def test_a_round_of_tags_excludes_contacts_without_tags() -> None:
    assert not yearly_round(tags=("chess",)).includes(contact(tags=()))


def test_a_greeting_has_the_contact_and_its_addresses() -> None:
    assert Greeting.from_contact(contact(), date(2026, 12, 2)) == Greeting(
        id=1,
        name="Ada Lovelace",
        kind=Kind.coworker,
        word_on=date(2026, 12, 2),
        company="Analytical Engines",
        email="ada@engines.example",
        phone="+44 20 7946 0000",
    )


def test_a_greeting_needs_no_address() -> None:
    greeting = Greeting.from_contact(contact(emails=(), phones=()), None)
    assert (greeting.email, greeting.phone, greeting.word_on) == (None, None, None)


def test_round_and_greeting_fields_are_in_the_documented_order() -> None:
    assert " ".join(RoundProgress._fields) == (
        "id name begins ends kinds tags since until people greeted"
    )
    assert " ".join(Greeting._fields) == ("id name kind word_on company email phone")


def test_progress_counts_people_and_greeted_people() -> None:
    round_ = yearly_round(id=3, kinds=(Kind.friend,), tags=("chess",))
    greeted_on = {1: date(2026, 12, 2), 2: None, 3: date(2026, 12, 24)}
    assert round_progress(round_, round_.season.window(TODAY), greeted_on) == RoundProgress(
        id=3,
        name="holidays",
        begins=MonthDay(12, 1),
        ends=MonthDay(12, 24),
        kinds=(Kind.friend,),
        tags=("chess",),
        since=date(2026, 12, 1),
        until=date(2026, 12, 24),
        people=3,
        greeted=2,
    )


def test_an_empty_round_has_no_people_and_no_greetings() -> None:
    empty = round_progress(yearly_round(), HOLIDAYS.in_year(2026), {})
    assert (empty.people, empty.greeted) == (0, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12-01", MonthDay(12, 1)),
        ("1 dec", MonthDay(12, 1)),
        ("dec 1", MonthDay(12, 1)),
        (" DECEMBER \t 01\n", MonthDay(12, 1)),
        ("29 feb", MonthDay(2, 29)),
        ("02-29", MonthDay(2, 29)),
    ],
)
def test_a_day_of_the_year_is_parsed_from_numbers_or_a_month_name(
    text: str, expected: MonthDay
) -> None:
    assert parse_month_day(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "dec", "1", "today", "friday", "12-1", "1-12", "--12-01", "12/01", "1.12."),
        *("2026-12-01", "12-01-2026", "dec 1 2026", "\uff11\uff12-01", "12-01\0", "in 2 weeks"),
    ],
)
def test_other_text_is_refused_with_the_accepted_forms(text: str) -> None:
    with pytest.raises(BadValueError) as refused:
        parse_month_day(text)
    assert refused.value.sentence == f'"{text}" is not a day of the year'
    assert refused.value.hint == "try 12-01, 1 dec or dec 1"


def test_a_day_of_the_year_with_a_year_is_refused() -> None:
    with pytest.raises(BadValueError) as refused:
        parse_month_day("1 dec 2026")
    assert refused.value.sentence == '"1 dec 2026" has a year, but a round takes place every year'
    assert refused.value.hint == "try 12-01, 1 dec or dec 1"


@pytest.mark.parametrize("text", ["30 feb", "02-30", "13-01", "00-10", "0 dec", "apr 31"])
def test_a_day_of_the_year_must_exist_in_the_calendar(text: str) -> None:
    with pytest.raises(BadValueError) as refused:
        parse_month_day(text)
    assert refused.value.sentence == f'there is no such day as "{text}"'
    assert refused.value.hint == "try 12-01, 1 dec or dec 1"


@given(MONTH_DAYS)
def test_a_printed_day_of_the_year_is_parsed_back(day: MonthDay) -> None:
    assert parse_month_day(str(day)) == day


@given(st.text(st.characters() | st.sampled_from("0123456789- janfebdec")))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        day = parse_month_day(text)
    except BadValueError:
        return
    assert parse_month_day(str(day)) == day


def test_the_name_of_a_round_needs_a_letter_or_a_digit() -> None:
    assert parse_round_name(" lunar new year ") == "lunar new year"
    with pytest.raises(BadValueError, match="needs a letter or a digit"):
        parse_round_name("!")
