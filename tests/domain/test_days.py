from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.days import (
    FIRST,
    LAST,
    MONTHS,
    PARSERS,
    WEEKDAYS,
    Toward,
    day_in_year,
    format_day,
    format_day_count,
    format_distance,
    format_lateness,
    format_near_day,
    local_day,
    parse_day,
    parse_day_from,
    parse_future_day,
    parse_past_day,
    resolve_today,
)
from netkeep.errors import BadValueError

TODAY = date(2026, 11, 23)  # a Monday
FORMS = (
    "try 2026-11-22, today, yesterday, tomorrow, 3 days ago, in 2 weeks, next month, friday,"
    " last friday, next tue, 22 nov, 22 nov 2026 or nov 22"
)
PAST, FUTURE = Toward.PAST, Toward.FUTURE
TOWARD = st.sampled_from(Toward)
DATES = st.dates(date(1100, 1, 1), date(2900, 1, 1))


@pytest.mark.parametrize("toward", Toward)
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        ("2028-02-29", date(2028, 2, 29)),
        ("1000-01-01", date(1000, 1, 1)),
        ("2999-12-31", date(2999, 12, 31)),
        ("today", TODAY),
        ("yesterday", date(2026, 11, 22)),
        ("tomorrow", date(2026, 11, 24)),
        ("3 days ago", date(2026, 11, 20)),
        ("1 day ago", date(2026, 11, 22)),
        ("9 months ago", date(2026, 2, 23)),
        ("2y ago", date(2024, 11, 23)),
        ("in 2 weeks", date(2026, 12, 7)),
        ("in 10d", date(2026, 12, 3)),
        ("in 1 year", date(2027, 11, 23)),
        ("in 0 days", TODAY),
        ("last friday", date(2026, 11, 20)),
        ("last monday", date(2026, 11, 16)),
        ("next monday", date(2026, 11, 30)),
        ("22 nov 2026", date(2026, 11, 22)),
        ("1 september 2031", date(2031, 9, 1)),
        ("23 nov", TODAY),
        ("  In \t 2  WEEKS\n", date(2026, 12, 7)),
        ("22 NOV 2026", date(2026, 11, 22)),
        ("2026/11/22", date(2026, 11, 22)),
        ("20261122", date(2026, 11, 22)),
        ("tonight", TODAY),
        ("today evening", TODAY),
        ("this morning", TODAY),
        ("last night", date(2026, 11, 22)),
        ("yesterday evening", date(2026, 11, 22)),
        ("tomorrow night", date(2026, 11, 24)),
        ("a week ago", date(2026, 11, 16)),
        ("two weeks ago", date(2026, 11, 9)),
        ("twelve months ago", date(2025, 11, 23)),
        ("in a month", date(2026, 12, 23)),
        ("in two weeks", date(2026, 12, 7)),
        ("next week", date(2026, 11, 30)),
        ("next month", date(2026, 12, 23)),
        ("last week", date(2026, 11, 16)),
        ("last month", date(2026, 10, 23)),
        ("this friday", date(2026, 11, 27)),
        ("this monday", TODAY),
        ("22nd nov 2026", date(2026, 11, 22)),
        ("sun 22 nov 2026", date(2026, 11, 22)),
        ("Mon 23 Nov", TODAY),
        ("monday nov 23rd", TODAY),
    ],
)
def test_most_days_do_not_depend_on_the_direction(text: str, day: date, toward: Toward) -> None:
    assert parse_day(text, TODAY, toward) == day


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("friday", date(2026, 11, 20), date(2026, 11, 27)),
        ("fri", date(2026, 11, 20), date(2026, 11, 27)),
        ("Sunday", date(2026, 11, 22), date(2026, 11, 29)),
        ("thurs", date(2026, 11, 19), date(2026, 11, 26)),
        ("monday", date(2026, 11, 16), date(2026, 11, 30)),
        ("22 nov", date(2026, 11, 22), date(2027, 11, 22)),
        ("nov 22", date(2026, 11, 22), date(2027, 11, 22)),
        ("24 nov", date(2025, 11, 24), date(2026, 11, 24)),
        ("may 10", date(2026, 5, 10), date(2027, 5, 10)),
        ("sept 1", date(2026, 9, 1), date(2027, 9, 1)),
        ("december 05", date(2025, 12, 5), date(2026, 12, 5)),
        ("29 feb", date(2024, 2, 29), date(2028, 2, 29)),
        ("1st sep", date(2026, 9, 1), date(2027, 9, 1)),
        ("nov 22nd", date(2026, 11, 22), date(2027, 11, 22)),
    ],
)
def test_an_incomplete_day_is_the_nearest_one_in_its_direction(
    text: str, past: date, future: date
) -> None:
    assert (parse_day(text, TODAY, PAST), parse_day(text, TODAY, FUTURE)) == (past, future)


def test_29_feb_may_be_8_years_away() -> None:
    assert parse_day("29 feb", date(1896, 3, 1), FUTURE) == date(1904, 2, 29)
    assert parse_day("feb 29", date(1904, 2, 28), PAST) == date(1896, 2, 29)


def test_a_month_ago_is_a_calendar_month() -> None:
    assert parse_day("1 month ago", date(2026, 3, 31), PAST) == date(2026, 2, 28)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "may", "nov", "10", "2026", "now", "soon", "none", "week", "22", "day", "-1"),
        *("01/02/2026", "1/2", "1/12", "01.09.2026", "22.11.2026", "2026-11", "2026-1-2"),
        *("26-11-22", "2026/11-22", "2026-1122", "202611-22", "2026/1/2", "261122"),
        *("2026-w48-1", "2026-327", "2026-11-22t10:00", "2026 11 22", "-2026-11-22"),
        *("nov 2026", "2026 nov", "nov 22 2026", "nov 22, 2026", "22 nov 26", "22 nov '26"),
        *("22nov", "22 nd nov", "22xx nov", "22 no", "22 novem ber", "22 novx", "022 nov"),
        *("-2 nov", "22 22", "2.5 nov", "22 nov 02026", "the 22 nov", "22 of nov", "last nov"),
        *("next 22 nov", "m", "mo", "fr", "mondays", "fri day", "on friday", "next next tue"),
        *("last", "next", "this", "last today", "this week", "next year", "next 3 days", "fri 13"),
        *("friday morning", "tonight night", "this today", "tuenov 24", "fri fri 27 nov"),
        *("in", "ago", "in friday", "in 2 weeks ago", "a ago", "in a", "a few days ago", "a d ago"),
        *("weekly", "in weekly", "never"),
        *("-3 days ago", "in -3 days", "in +3 days", "in 1.5 weeks", "3 ago"),
        *("\u0662\u0662 nov", "\uff12\uff12 nov", "\u00b2\u00b2 nov", "22 nov 202\u0666"),
        *("\uff12\uff10\uff12\uff16-11-22", "\u0663 days ago", "2026\u201311\u201322", "today\0"),
        pytest.param("9" * 5_000, id="5,000 digits"),
        pytest.param("9" * 5_000 + " days ago", id="5,000 digits ago"),
    ],
)
def test_other_text_is_refused_with_the_accepted_forms(text: str) -> None:
    with pytest.raises(BadValueError) as refused:
        parse_day(text, TODAY, PAST)
    assert refused.value.sentence == f'"{text}" is not a day'
    assert refused.value.hint == FORMS


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2d", date(2026, 11, 25)),
        ("3 Days", date(2026, 11, 26)),
        ("a month", date(2026, 12, 23)),
        ("1y", date(2027, 11, 23)),
    ],
)
def test_a_length_alone_counts_from_today_where_a_future_day_is_wanted(
    text: str, day: date
) -> None:
    assert parse_future_day(text, TODAY, "the day of a promise") == day


def test_a_length_alone_is_refused_with_a_suggestion() -> None:
    with pytest.raises(BadValueError) as refused:
        parse_day("3 Days", TODAY, PAST)
    assert refused.value.sentence == '"3 Days" is not a day'
    assert refused.value.hint == 'try "in 3 days" or "3 days ago"'


@pytest.mark.parametrize(
    "text",
    [
        *("2026-02-30", "2026-02-29", "2026-13-01", "2026-00-10", "2026-11-00", "0000-01-01"),
        *("30 feb", "feb 30", "31 apr", "0 nov", "99 nov", "29 feb 2026", "1 jan 0000"),
        *("in 999999 years", "in 999999 weeks", "999999 months ago", "999999 days ago"),
    ],
)
def test_a_day_must_exist_in_the_calendar(text: str) -> None:
    for toward in Toward:
        with pytest.raises(BadValueError) as refused:
            parse_day(text, TODAY, toward)
        assert refused.value.sentence == f'there is no such day as "{text}"'
        assert refused.value.hint == FORMS


@pytest.mark.parametrize("text", ["0999-12-31", "3000-01-01", "1 jan 3000", "in 974y", "1027y ago"])
def test_a_day_must_be_within_the_supported_years(text: str) -> None:
    with pytest.raises(BadValueError) as refused:
        parse_day(text, TODAY, PAST)
    assert refused.value.sentence == f'"{text}" is not between 1000-01-01 and 2999-12-31'


def test_a_past_day_may_be_today_and_incomplete_days_are_in_the_past() -> None:
    days = [parse_past_day(text, TODAY, "a touchpoint") for text in ("today", "monday", "24 nov")]
    assert days == [TODAY, date(2026, 11, 16), date(2025, 11, 24)]


def test_a_future_day_is_refused_as_a_past_day() -> None:
    with pytest.raises(BadValueError) as refused:
        parse_past_day("tomorrow", TODAY, "a touchpoint")
    assert refused.value.sentence == (
        "a touchpoint cannot be in the future: 2026-11-24 is after today, 2026-11-23"
    )


def test_a_future_day_may_be_today_and_incomplete_days_are_in_the_future() -> None:
    days = [parse_future_day(text, TODAY, "a snooze") for text in ("today", "monday", "22 nov")]
    assert days == [TODAY, date(2026, 11, 30), date(2027, 11, 22)]


def test_a_past_day_is_refused_as_a_future_day() -> None:
    with pytest.raises(BadValueError) as refused:
        parse_future_day("yesterday", TODAY, "a snooze")
    assert refused.value.sentence == (
        "a snooze cannot be in the past: 2026-11-22 is before today, 2026-11-23"
    )


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (2026, 11, 23, date(2026, 11, 23)),
        (2026, 2, 28, date(2026, 2, 28)),
        (2026, 2, 29, date(2026, 2, 28)),
        (2028, 2, 29, date(2028, 2, 29)),
        (2028, 2, 28, date(2028, 2, 28)),
        (2100, 2, 29, date(2100, 2, 28)),
        (2000, 2, 29, date(2000, 2, 29)),
    ],
)
def test_29_feb_is_kept_on_28_feb_in_common_years(
    year: int, month: int, day: int, expected: date
) -> None:
    assert day_in_year(year, month, day) == expected


@given(st.dates(date(2000, 1, 1), date(2000, 12, 31)), st.integers(1000, 2999))
def test_a_yearly_day_exists_in_every_year(day: date, year: int) -> None:
    kept = day_in_year(year, day.month, day.day)
    assert (kept.year, kept.month) == (year, day.month)
    assert kept.day == day.day or (day.month, day.day, kept.day) == (2, 29, 28)


WORDS = st.sampled_from(
    [
        *("in", "ago", "last", "next", "today", "feb", "may", "mon", "sun", "day", "weeks", "-"),
        *("0", "3", "29", "30", "2026", "0000", "9999", "9m", "999999y", "\udce9", "this"),
        *("a", "two", "month", "nov", "1st", "morning", "tonight", "20260230", "30th"),
        *("2026-02-30", "9999-12-31"),
    ]
)


@given(
    st.text(st.characters()) | st.lists(WORDS, max_size=5).map(" ".join),
    st.dates(FIRST, LAST),
    TOWARD,
)
def test_any_text_is_parsed_or_refused(text: str, today: date, toward: Toward) -> None:
    try:
        day = parse_day(text, today, toward)
    except BadValueError:
        return
    assert FIRST <= day <= LAST


@given(st.dates(FIRST, LAST), DATES, TOWARD)
def test_an_iso_day_is_parsed_as_itself(day: date, today: date, toward: Toward) -> None:
    assert parse_day(day.isoformat(), today, toward) == day


@given(st.dates(FIRST, LAST), DATES, TOWARD)
def test_a_day_with_a_month_name_is_parsed_as_itself(
    day: date, today: date, toward: Toward
) -> None:
    text = f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"
    assert parse_day(text, today, toward) == day


@given(st.sampled_from(WEEKDAYS), st.integers(3, 9), DATES)
def test_a_weekday_is_1_to_7_days_away_in_its_direction(
    weekday: str, letters: int, today: date
) -> None:
    past = parse_day(weekday[:letters], today, PAST)
    future = parse_day(weekday[:letters], today, FUTURE)
    assert past.weekday() == future.weekday() == WEEKDAYS.index(weekday)
    assert timedelta(1) <= today - past <= timedelta(7)
    assert timedelta(1) <= future - today <= timedelta(7)


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        (date(2026, 11, 23), "next tue", date(2026, 11, 24)),
        (date(2026, 11, 24), "next tue", date(2026, 12, 1)),
        (date(2026, 11, 29), "next tue", date(2026, 12, 1)),
        (date(2026, 11, 24), "last tue", date(2026, 11, 17)),
        (date(2026, 11, 24), "last fri", date(2026, 11, 20)),
        (date(2026, 11, 28), "last fri", date(2026, 11, 27)),
    ],
)
def test_next_and_last_weekday_are_the_nearest(today: date, text: str, day: date) -> None:
    for toward in Toward:
        assert parse_day(text, today, toward) == day


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@given(st.sampled_from(WEEKDAYS), DATES, TOWARD, st.sampled_from([("last", -1), ("next", 1)]))
def test_next_and_last_weekday_set_the_direction_of_a_weekday(
    weekday: str, today: date, toward: Toward, modifier: tuple[str, int]
) -> None:
    word, sign = modifier
    day = parse_day(f"{word} {weekday}", today, toward)
    assert day == parse_day(weekday, today, Toward(sign))


@given(st.sampled_from(WEEKDAYS), DATES)
def test_this_weekday_is_in_this_week_unless_that_is_over(weekday: str, today: date) -> None:
    past = parse_day(f"this {weekday}", today, PAST)
    future = parse_day(f"this {weekday}", today, FUTURE)
    assert monday_of(past) == monday_of(today)
    assert future == (past if past >= today else past + timedelta(days=7))


@pytest.mark.parametrize("text", ["tue 22 nov 2026", "tue nov 22"])
def test_a_wrong_weekday_is_refused(text: str) -> None:
    with pytest.raises(BadValueError) as refused:
        parse_day(text, TODAY, PAST)
    assert refused.value.sentence == f'"{text}" is not a day: 2026-11-22 is a Sunday'
    assert refused.value.hint == "leave out the weekday"


@given(
    st.lists(
        st.sampled_from(
            [
                *("in", "ago", "last", "next", "this", "today", "tonight", "morning", "a", "two"),
                *("week", "months", "2w", "3", "22nd", "2026", "20261122", "2026-11-22"),
                *("nov", "may", "mon", "friday", "sun"),
            ]
        ),
        max_size=4,
    ),
    DATES,
    TOWARD,
)
def test_no_text_has_two_forms(words: list[str], today: date, toward: Toward) -> None:
    days = []
    for parse in PARSERS:
        try:
            days.append(parse(" ".join(words), today, toward))
        except (BadValueError, ValueError, OverflowError):
            days.append(date.max)
    assert sum(day is not None for day in days) <= 1


@given(st.dates(FIRST, LAST), st.dates(FIRST, LAST))
def test_every_format_of_a_day_is_parsed_back(day: date, today: date) -> None:
    toward = PAST if day <= today else FUTURE
    for text in (day.isoformat(), format_day(day), format_near_day(day, today)):
        assert parse_day(text, today, toward) == day


@given(st.dates(date(2000, 1, 1), date(2000, 12, 31)), DATES)
def test_a_day_without_a_year_is_in_its_direction(named: date, today: date) -> None:
    month = MONTHS[named.month - 1]
    past = parse_day(f"{named.day} {month}", today, PAST)
    future = parse_day(f"{month[:3]} {named.day}", today, FUTURE)
    assert past <= today <= future
    assert {(day.month, day.day) for day in (past, future)} == {(named.month, named.day)}


@given(st.integers(0, 999), st.sampled_from("dwm"), DATES, TOWARD)
def test_ago_is_in_the_past_and_in_is_in_the_future(
    count: int, unit: str, today: date, toward: Toward
) -> None:
    past = parse_day(f"{count}{unit} ago", today, toward)
    future = parse_day(f"in {count}{unit}", today, toward)
    assert past <= today <= future
    assert (past == future) == (count == 0)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("fri", date(2026, 12, 4)),
        ("mon", date(2026, 11, 30)),
        ("next mon", date(2026, 11, 30)),
        ("30 nov", date(2026, 11, 30)),
        ("tue 1st dec", date(2026, 12, 1)),
        ("this fri", date(2026, 11, 27)),
        ("next week", date(2026, 11, 30)),
        ("2 jan", date(2027, 1, 2)),
        ("in 1 week", date(2026, 11, 30)),
        ("tomorrow", date(2026, 11, 24)),
        ("2026-11-01", date(2026, 11, 1)),
    ],
)
def test_an_incomplete_day_is_the_first_from_another_day_on(text: str, day: date) -> None:
    assert parse_day_from(text, date(2026, 11, 23), date(2026, 11, 30)) == day


@pytest.mark.parametrize("text", ["30 feb", "soon", "", "2w"])
def test_parse_day_from_refuses_other_text(text: str) -> None:
    with pytest.raises(BadValueError):
        parse_day_from(text, date(2026, 11, 23), date(2026, 11, 30))


def test_a_day_is_formatted_with_its_year() -> None:
    assert format_day(date(2027, 2, 22)) == "22 Feb 2027"
    assert format_day(date(2026, 12, 1)) == "1 Dec 2026"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 23), "Mon 23 Nov"),
        (date(2026, 12, 4), "Fri 4 Dec"),
        (date(2026, 1, 1), "Thu 1 Jan"),
        (date(2027, 1, 1), "Fri 1 Jan 2027"),
        (date(2025, 12, 31), "Wed 31 Dec 2025"),
    ],
)
def test_a_near_day_has_a_weekday_and_only_another_year(day: date, text: str) -> None:
    assert format_near_day(day, TODAY) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [(0, "0 days"), (1, "1 day"), (2, "2 days"), (1_500, "1,500 days")],
)
def test_a_number_of_days_is_formatted(days: int, text: str) -> None:
    assert format_day_count(days) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (-1_500, "1,500 days ago"),
        (-2, "2 days ago"),
        (-1, "yesterday"),
        (0, "today"),
        (1, "tomorrow"),
        (2, "in 2 days"),
        (1_500, "in 1,500 days"),
    ],
)
def test_the_distance_of_a_day_is_formatted(days: int, text: str) -> None:
    assert format_distance(TODAY + timedelta(days=days), TODAY) == text


@given(st.integers(-999, 999))
def test_a_formatted_distance_is_parsed_back(days: int) -> None:
    day = TODAY + timedelta(days=days)
    assert parse_day(format_distance(day, TODAY), TODAY, Toward.FUTURE) == day


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "due today"),
        (1, "1 day late"),
        (12, "12 days late"),
        (1_500, "1,500 days late"),
        (-1, "due in 1 day"),
        (-3, "due in 3 days"),
    ],
)
def test_lateness_is_formatted(days: int, text: str) -> None:
    assert format_lateness(days) == text


@pytest.mark.parametrize(("zone", "day"), [("UTC", 23), ("UTC+2", 22), ("UTC-2", 23)])
def test_day_of_a_moment_depends_on_the_time_zone(
    monkeypatch: pytest.MonkeyPatch, zone: str, day: int
) -> None:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", zone)
        time.tzset()
        assert local_day(datetime(2026, 11, 23, 1, tzinfo=UTC)) == TODAY.replace(day=day)
    time.tzset()


def test_time_zone_of_a_day_or_more_from_utc_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "UTC+24")
        time.tzset()
        with pytest.raises(BadValueError, match="a day or more away from UTC"):
            local_day(datetime(2026, 11, 23, 1, tzinfo=UTC))
    time.tzset()


def test_today_is_the_typed_day_or_that_of_the_clock() -> None:
    assert resolve_today(None, TODAY) == TODAY
    assert resolve_today("yesterday", TODAY) == TODAY - timedelta(days=1)
    with pytest.raises(BadValueError, match="the clock says it is 0999-12-31"):
        resolve_today(None, FIRST - timedelta(days=1))
