from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.days import FIRST, LAST
from netkeep.domain.occasions import Birthday, Window, parse_birthday
from netkeep.errors import BadValueError

TODAY = date(2026, 11, 23)
FORMS = "try 1990-12-10, 10 dec 1990, 10 dec, dec 10 or --12-10"


@pytest.mark.parametrize(
    ("text", "birthday"),
    [
        ("1990-12-10", Birthday(12, 10, 1990)),
        ("10 dec 1990", Birthday(12, 10, 1990)),
        ("10 December 1990", Birthday(12, 10, 1990)),
        ("10 dec", Birthday(12, 10)),
        (" DEC \t 10 ", Birthday(12, 10)),
        ("--12-10", Birthday(12, 10)),
        ("--1210", Birthday(12, 10)),
        ("29 feb", Birthday(2, 29)),
        ("--02-29", Birthday(2, 29)),
        ("29 feb 2000", Birthday(2, 29, 2000)),
        ("2026-11-23", Birthday(11, 23, 2026)),
        ("24 nov", Birthday(11, 24)),
        ("1000-01-01", Birthday(1, 1, 1000)),
    ],
)
def test_a_birthday_is_a_day_with_or_without_its_year(text: str, birthday: Birthday) -> None:
    assert parse_birthday(text, TODAY) == birthday


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "may", "10", "1990", "dec", "dec 1990", "today", "friday", "10 days ago"),
        *("12-10", "-12-10", "---12-10", "--12", "--1-1", "--12-1", "--12 10", "--121-0"),
        *("01/02/1990", "10.12.1990", "19901210", "1990-12", "10 dec 90", "dec 10 1990"),
        *("\u0661\u0660 dec", "--\uff11\uff12-10", "--12-10\0"),
        pytest.param("9" * 5_000, id="5,000 digits"),
    ],
)
def test_anything_else_is_refused_with_the_forms_there_are(text: str) -> None:
    with pytest.raises(BadValueError) as refused:
        parse_birthday(text, TODAY)
    assert refused.value.sentence == f'"{text}" is not a birthday'
    assert refused.value.hint == FORMS


@pytest.mark.parametrize(
    "text",
    [
        *("30 feb", "0 jan", "29 feb 1990", "1990-02-29", "1990-13-01", "--02-30", "--1300"),
        *("0000-01-01", "1 jan 0000"),
    ],
)
def test_a_birthday_is_a_day_of_the_calendar(text: str) -> None:
    with pytest.raises(BadValueError) as refused:
        parse_birthday(text, TODAY)
    assert refused.value.sentence == f'there is no such day as "{text}"'
    assert refused.value.hint == FORMS


@pytest.mark.parametrize(
    ("text", "born"),
    [("24 nov 2026", "2026-11-24"), ("9999-12-31", "9999-12-31"), ("31 dec 0999", "0999-12-31")],
)
def test_nobody_was_born_tomorrow_or_before_the_year_1000(text: str, born: str) -> None:
    with pytest.raises(BadValueError) as refused:
        parse_birthday(text, TODAY)
    assert refused.value.sentence == (
        f"{born} is no birthday: it is not between 1000-01-01 and today"
    )


def test_a_birthday_prints_as_iso_8601_without_the_year_as_in_vcard() -> None:
    assert str(Birthday(1, 2, 1990)) == "1990-01-02"
    assert str(Birthday(12, 10)) == "--12-10"


@given(st.dates(FIRST, TODAY), st.booleans())
def test_what_a_birthday_prints_reads_back(born: date, year_is_known: bool) -> None:
    birthday = Birthday(born.month, born.day, born.year if year_is_known else None)
    assert parse_birthday(str(birthday), TODAY) == birthday


@pytest.mark.parametrize(
    "birthday", [Birthday(12, 10, 1990), Birthday(1, 2), Birthday(2, 29), Birthday(2, 29, 2000)]
)
def test_a_birthday_that_is_kept_reads_back(birthday: Birthday) -> None:
    assert Birthday.from_text(str(birthday)) == birthday


@pytest.mark.parametrize("text", ["", "-", "dec", "10 dec 1990", "1990-13-01", "--02-30", "--12"])
def test_what_is_kept_and_no_birthday_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Birthday.from_text(text)


@pytest.mark.parametrize(
    ("birthday", "today", "kept_on"),
    [
        (Birthday(11, 23), date(2026, 11, 23), date(2026, 11, 23)),
        (Birthday(11, 24), date(2026, 11, 23), date(2026, 11, 24)),
        (Birthday(11, 20), date(2026, 11, 23), date(2026, 11, 20)),
        (Birthday(11, 19), date(2026, 11, 23), date(2027, 11, 19)),
        (Birthday(12, 30), date(2027, 1, 2), date(2026, 12, 30)),
        (Birthday(12, 30), date(2027, 1, 3), date(2027, 12, 30)),
        (Birthday(1, 1), date(2026, 12, 31), date(2027, 1, 1)),
        (Birthday(2, 29), date(2027, 2, 1), date(2027, 2, 28)),
        (Birthday(2, 29), date(2027, 3, 3), date(2027, 2, 28)),
        (Birthday(2, 29), date(2027, 3, 4), date(2028, 2, 29)),
        (Birthday(2, 29), date(2028, 3, 3), date(2028, 2, 29)),
        (Birthday(2, 29), date(2028, 3, 4), date(2029, 2, 28)),
        (Birthday(11, 24, 1990), date(2026, 11, 23), date(2026, 11, 24)),
    ],
)
def test_the_next_birthday_is_the_last_one_until_3_days_after(
    birthday: Birthday, today: date, kept_on: date
) -> None:
    assert birthday.next(today) == kept_on


@pytest.mark.parametrize(
    ("birthday", "window"),
    [
        (Birthday(12, 10), Window(date(2026, 12, 9), date(2026, 12, 13))),
        (Birthday(12, 31), Window(date(2026, 12, 30), date(2027, 1, 3))),
        (Birthday(1, 1), Window(date(2026, 12, 31), date(2027, 1, 4))),
        (Birthday(2, 29), Window(date(2027, 2, 27), date(2027, 3, 3))),
        (Birthday(11, 20), Window(date(2026, 11, 19), date(2026, 11, 23))),
    ],
)
def test_a_birthday_is_a_reason_from_the_day_before_until_3_days_after(
    birthday: Birthday, window: Window
) -> None:
    assert birthday.unsettled(TODAY, None)[1] == window


def test_over_new_year_the_window_stays_the_same() -> None:
    days = [date(2026, 12, 30) + timedelta(days=away) for away in range(5)]
    assert {Birthday(12, 31).unsettled(day, None) for day in days} == {
        (date(2026, 12, 31), Window(date(2026, 12, 30), date(2027, 1, 3)))
    }


@given(st.dates(date(2000, 1, 1), date(2000, 12, 31)), st.dates(FIRST, LAST))
def test_the_next_birthday_is_never_over_nor_more_than_a_year_away(born: date, today: date) -> None:
    birthday = Birthday(born.month, born.day)
    window = birthday.unsettled(today, None)[1]
    assert window.until is not None
    assert window.until >= today
    assert birthday.next(today) <= today + timedelta(days=366)
    assert window.since < birthday.next(today) < window.until


@given(st.text(st.characters() | st.sampled_from("0123456789- janfebdec")))
def test_any_text_is_a_birthday_or_refused(text: str) -> None:
    try:
        birthday = parse_birthday(text, TODAY)
    except BadValueError:
        return
    assert parse_birthday(str(birthday), TODAY) == birthday
