from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.days import Length, find_length, format_rhythm, parse_cadence, parse_length
from netkeep.errors import BadValueError

UNITS = ["day", "week", "month", "year"]
LENGTHS = st.builds(Length, st.integers(1, 999), st.sampled_from(UNITS))
DATES = st.dates(date(1000, 1, 1), date(2999, 12, 31))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("10d", Length(10, "day")),
        ("2w", Length(2, "week")),
        ("3m", Length(3, "month")),
        ("1y", Length(1, "year")),
        ("10 days", Length(10, "day")),
        ("2 weeks", Length(2, "week")),
        ("3 months", Length(3, "month")),
        ("1 year", Length(1, "year")),
        ("1 month", Length(1, "month")),
        ("3 m", Length(3, "month")),
        ("3months", Length(3, "month")),
        ("  3 \t MONTHS ", Length(3, "month")),
        ("03d", Length(3, "day")),
        ("1d", Length(1, "day")),
        ("3650d", Length(3650, "day")),
        ("10 years", Length(10, "year")),
        ("a month", Length(1, "month")),
        ("three months", Length(3, "month")),
        ("Twelve  weeks", Length(12, "week")),
    ],
)
def test_a_length_is_a_number_and_a_unit(text: str, length: Length) -> None:
    assert parse_length(text) == length


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "300", "d", "days", "none", "soon", "month", "m3", "3 mon", "3dd", "3 s"),
        *("-3d", "+3d", "1.5m", "1,000d", "1e3d", "0x3d", "3 d 2 w", "3d2w", "3 d ays", "1 2d"),
        *(
            "a d",
            "an month",
            "threemonths",
            "aday",
            "0 a week",
            "thirteen weeks",
            "\u0663d",
            "\uff13d",
            "\u00b3d",
            "3\uff44",
            "3d\0",
            "3d\udce9",
        ),
    ],
)
def test_other_text_is_not_a_length(text: str) -> None:
    with pytest.raises(BadValueError) as refused:
        parse_length(text)
    assert refused.value.sentence == f'"{text}" is not a length of time'
    assert refused.value.hint == "try 10d, 2w, 3m, 1y or 3 months"


@pytest.mark.parametrize("text", ["0d", "0 months", "3651d", "11 years", "122 months", "999999y"])
def test_a_length_must_be_1_day_to_10_years(text: str) -> None:
    with pytest.raises(BadValueError) as refused:
        parse_length(text)
    assert refused.value.sentence == f'"{text}" is not between 1 day and 10 years'
    assert refused.value.hint == "try 10d, 2w, 3m, 1y or 3 months"


def test_a_number_of_any_size_is_refused() -> None:
    for digits in (7, 20, 5_000):
        with pytest.raises(BadValueError):
            parse_length("9" * digits + "d")


@pytest.mark.parametrize("text", ["none", " NONE ", "never"])
def test_a_cadence_may_be_none(text: str) -> None:
    assert parse_cadence(text) is None


@pytest.mark.parametrize(
    ("text", "cadence"),
    [
        ("2 months", "2 months"),
        ("weekly", "1 week"),
        ("Monthly", "1 month"),
        (" quarterly ", "3 months"),
        ("yearly", "1 year"),
        ("daily", "1 day"),
        ("month", "1 month"),
    ],
)
def test_a_cadence_may_be_a_length_or_a_word_for_one(text: str, cadence: str) -> None:
    assert str(parse_cadence(text)) == cadence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("often", '"often" is not a length of time'),
        ("", '"" is not a length of time'),
        ("11 years", '"11 years" is not between 1 day and 10 years'),
    ],
)
def test_another_cadence_is_refused_with_the_accepted_forms(text: str, sentence: str) -> None:
    with pytest.raises(BadValueError) as refused:
        parse_cadence(text)
    assert refused.value.sentence == sentence
    assert refused.value.hint == "try 10d, 2w, 3m, 1y or 3 months, or none"


def test_a_number_without_a_unit_is_refused_with_the_units() -> None:
    with pytest.raises(BadValueError) as refused:
        parse_cadence("30")
    assert refused.value.hint == "try 30d or 30w, or none"


def test_a_month_counts_as_30_days_and_a_year_as_365() -> None:
    assert [Length(2, unit).days for unit in UNITS] == [2, 14, 60, 730]


@pytest.mark.parametrize(
    ("length", "day", "later"),
    [
        (Length(10, "day"), date(2026, 11, 23), date(2026, 12, 3)),
        (Length(2, "week"), date(2026, 11, 23), date(2026, 12, 7)),
        (Length(3, "month"), date(2026, 11, 23), date(2027, 2, 23)),
        (Length(1, "year"), date(2026, 11, 23), date(2027, 11, 23)),
        (Length(1, "month"), date(2026, 1, 31), date(2026, 2, 28)),
        (Length(1, "month"), date(2028, 1, 31), date(2028, 2, 29)),
        (Length(13, "month"), date(2026, 1, 31), date(2027, 2, 28)),
        (Length(1, "year"), date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_later_days_follow_the_calendar(length: Length, day: date, later: date) -> None:
    assert length.after(day) == later


@pytest.mark.parametrize(
    ("length", "day", "earlier"),
    [
        (Length(10, "day"), date(2026, 12, 3), date(2026, 11, 23)),
        (Length(2, "week"), date(2026, 12, 7), date(2026, 11, 23)),
        (Length(1, "month"), date(2026, 3, 31), date(2026, 2, 28)),
        (Length(4, "year"), date(2004, 2, 29), date(2000, 2, 29)),
        (Length(1, "year"), date(2028, 2, 29), date(2027, 2, 28)),
    ],
)
def test_earlier_days_follow_the_calendar(length: Length, day: date, earlier: date) -> None:
    assert length.before(day) == earlier


@pytest.mark.parametrize("unit", UNITS)
def test_days_outside_the_calendar_raise_an_error(unit: str) -> None:
    with pytest.raises((OverflowError, ValueError)):
        Length(1, unit).after(date.max)
    with pytest.raises((OverflowError, ValueError)):
        Length(1, unit).before(date.min)


@pytest.mark.parametrize(
    ("length", "text", "rhythm"),
    [
        (Length(1, "month"), "1 month", "month"),
        (Length(3, "month"), "3 months", "3 months"),
        (Length(11, "day"), "11 days", "11 days"),
        (Length(1, "year"), "1 year", "year"),
    ],
)
def test_a_length_is_formatted_alone_and_after_every(
    length: Length, text: str, rhythm: str
) -> None:
    assert (str(length), length.rhythm) == (text, rhythm)


@given(LENGTHS)
def test_a_printed_length_is_parsed_back(length: Length) -> None:
    assert find_length(str(length)) == find_length(f"{length.number}{length.unit[0]}") == length


@given(LENGTHS, DATES)
def test_before_is_earlier_and_after_is_later(length: Length, day: date) -> None:
    assert length.before(day) < day < length.after(day)


@given(LENGTHS, DATES, DATES)
def test_a_later_start_never_leads_to_an_earlier_end(
    length: Length, start: date, other_start: date
) -> None:
    first, last = sorted([start, other_start])
    assert length.after(first) <= length.after(last)


@given(st.text(st.characters() | st.sampled_from("0123456789 dwmy")))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        length = parse_length(text)
    except BadValueError:
        return
    assert 1 <= length.days <= 3650


def test_every_may_precede_a_cadence() -> None:
    assert parse_cadence("every 6 weeks") == Length(6, "week")
    assert parse_cadence("Every month") == Length(1, "month")
    with pytest.raises(BadValueError, match='"6 wombats" is not a length of time'):
        parse_cadence("every 6 wombats")


def test_a_cadence_is_formatted_as_a_rhythm() -> None:
    assert format_rhythm(Length(3, "month")) == "every 3 months"
    assert format_rhythm(Length(1, "week")) == "every week"
    assert format_rhythm(None) == "no cadence"
