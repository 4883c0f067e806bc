from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.birthdays import Birthday, parse_birthday
from netkeep.domain.days import FIRST
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


@given(st.text(st.characters() | st.sampled_from("0123456789- janfebdec")))
def test_any_text_is_a_birthday_or_refused(text: str) -> None:
    try:
        birthday = parse_birthday(text, TODAY)
    except BadValueError:
        return
    assert parse_birthday(str(birthday), TODAY) == birthday
