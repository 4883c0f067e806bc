from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.days import FIRST, LAST
from netkeep.domain.occasions import (
    Birthday,
    Occasion,
    OccasionKind,
    OwnNews,
    Window,
    opens_on,
    parse_birthday,
    promises_to_settle,
    unheard_by,
)
from netkeep.errors import BadValueError
from tests.builders import occasion, promise, visit

TODAY = date(2026, 11, 23)
NEWS = occasion(day=date(2026, 11, 20))
VISIT = visit(date(2026, 12, 1), date(2026, 12, 4))
PROMISE = promise(date(2026, 11, 20))


def ids(to_settle: dict[int, list[Occasion]]) -> dict[int, list[int]]:
    return {
        contact_id: [occasion_.id for occasion_ in promises]
        for contact_id, promises in to_settle.items()
    }


def test_occasion_kinds_are_the_documented_ones() -> None:
    assert " ".join(OccasionKind) == "news visit promise"


@pytest.mark.parametrize(
    ("occasion_", "window"),
    [
        (NEWS, Window(date(2026, 11, 20), date(2026, 12, 20))),
        (occasion(day=date(2026, 12, 15)), Window(date(2026, 12, 15), date(2027, 1, 14))),
        (VISIT, Window(date(2026, 11, 24), date(2026, 12, 4))),
        (
            visit(date(2027, 1, 3), date(2027, 1, 3)),
            Window(date(2026, 12, 27), date(2027, 1, 3)),
        ),
        (PROMISE, Window(date(2026, 11, 20))),
    ],
)
def test_each_kind_of_occasion_has_its_window(occasion_: Occasion, window: Window) -> None:
    assert occasion_.window == window


@pytest.mark.parametrize(
    ("last_touch_on", "opens"),
    [
        (None, date(2026, 11, 24)),
        (date(2026, 11, 22), date(2026, 11, 24)),
        (date(2026, 11, 23), date(2026, 11, 24)),
        (date(2026, 11, 24), date(2026, 11, 25)),
        (date(2026, 11, 30), date(2026, 12, 1)),
        (date(2026, 12, 2), date(2026, 12, 3)),
    ],
)
def test_a_visit_opens_a_week_ahead_but_after_the_latest_touchpoint(
    last_touch_on: date | None, opens: date
) -> None:
    assert opens_on(OccasionKind.visit, date(2026, 12, 1), last_touch_on) == opens


@pytest.mark.parametrize("kind", [OccasionKind.news, OccasionKind.promise])
@pytest.mark.parametrize("last_touch_on", [None, date(2026, 11, 20), date(2026, 12, 2)])
def test_news_and_promises_open_on_their_day(
    kind: OccasionKind, last_touch_on: date | None
) -> None:
    assert opens_on(kind, date(2026, 11, 20), last_touch_on) == date(2026, 11, 20)


def test_a_visit_with_a_later_opening_has_a_shorter_window() -> None:
    heard = visit(date(2026, 12, 1), date(2026, 12, 4), opens_on=date(2026, 11, 28))
    assert heard.window == Window(date(2026, 11, 28), date(2026, 12, 4))
    assert not heard.is_settled(date(2026, 11, 27))
    assert heard.is_settled(date(2026, 11, 28))


@pytest.mark.parametrize(
    ("occasion_", "last_touch_on", "settled"),
    [
        (NEWS, None, False),
        (NEWS, date(2026, 11, 19), False),
        (NEWS, date(2026, 11, 20), True),
        (VISIT, None, False),
        (VISIT, date(2026, 11, 23), False),
        (VISIT, date(2026, 11, 24), True),
        (VISIT, date(2026, 12, 2), True),
    ],
)
def test_a_touchpoint_after_opening_settles_news_and_visits(
    occasion_: Occasion, last_touch_on: date | None, settled: bool
) -> None:
    assert occasion_.is_settled(last_touch_on) is settled


@pytest.mark.parametrize("last_touch_on", [None, date(2026, 11, 20), date(2026, 12, 20)])
def test_no_touchpoint_settles_a_promise(last_touch_on: date | None) -> None:
    assert not PROMISE.is_settled(last_touch_on)


@pytest.mark.parametrize("occasion_", [NEWS, VISIT, PROMISE])
def test_a_done_occasion_is_settled(occasion_: Occasion) -> None:
    done = occasion(kind=occasion_.kind, day=occasion_.day, until=occasion_.until, done_on=TODAY)
    assert done.is_settled(None)


@pytest.mark.parametrize(
    ("occasion_", "what"),
    [
        (NEWS, "Promoted to Chief Analyst"),
        (PROMISE, "send the paper"),
        (VISIT, "a visit to London"),
        (visit(TODAY, TODAY, city=None), "a visit"),
    ],
)
def test_an_occasion_is_summarized_by_text_or_city(occasion_: Occasion, what: str) -> None:
    assert occasion_.what == what


def test_an_occasion_is_printed_with_id_summary_and_day() -> None:
    assert str(promise(date(2026, 9, 18), id=3)) == "#3 send the paper (2026-09-18)"
    assert str(VISIT) == "#1 a visit to London (2026-12-01)"


def promises(*days: int, **changes: Any) -> list[Occasion]:
    """Return one promise for each of some days of November 2026, with ids from 1."""
    return [promise(date(2026, 11, day), id=id_, **changes) for id_, day in enumerate(days, 1)]


def test_promises_due_by_today_are_settled_oldest_first() -> None:
    assert ids(promises_to_settle(promises(24, 23, 10, 30), TODAY)) == {1: [3, 2]}


def test_without_a_due_promise_the_next_one_is_settled() -> None:
    assert ids(promises_to_settle(promises(28, 24, 30), TODAY)) == {1: [2]}


def test_thanks_are_never_settled_before_their_day() -> None:
    to_come = promise(date(2026, 11, 24), id=8, ask_id=5)
    assert promises_to_settle([to_come], TODAY) == {}
    assert ids(promises_to_settle([to_come, *promises(28)], TODAY)) == {1: [1]}
    assert ids(promises_to_settle([to_come._replace(day=TODAY)], TODAY)) == {1: [8]}


def test_promises_of_the_same_day_are_ordered_by_id() -> None:
    assert ids(promises_to_settle(reversed(promises(24, 24)), TODAY)) == {1: [1]}
    assert ids(promises_to_settle(reversed(promises(23, 23)), TODAY)) == {1: [1, 2]}


def test_done_promises_and_other_occasions_are_not_settled() -> None:
    done = promises(10, done_on=TODAY)
    assert promises_to_settle([NEWS, VISIT, *done], TODAY) == {}


def test_promises_are_settled_per_contact() -> None:
    both = [*promises(24, 25), *(promise(date(2026, 11, 1), id=9, contact_id=2),)]
    assert ids(promises_to_settle(both, TODAY)) == {1: [1], 2: [9]}


@given(
    st.lists(
        st.builds(
            promise,
            st.dates(date(2026, 11, 1), date(2026, 12, 15)),
            id=st.integers(1, 99),
            contact_id=st.integers(1, 3),
            done_on=st.sampled_from([None, TODAY]),
        ),
        unique_by=lambda promise_: promise_.id,
    )
)
def test_every_contact_with_an_open_promise_has_one_to_settle(promises: list[Occasion]) -> None:
    to_settle = promises_to_settle(promises, TODAY)
    unfinished = [promise_ for promise_ in promises if promise_.done_on is None]
    assert set(to_settle) == {promise_.contact_id for promise_ in unfinished}
    for contact_id, settled in to_settle.items():
        late = [
            promise_
            for promise_ in unfinished
            if promise_.contact_id == contact_id and promise_.day <= TODAY
        ]
        assert len(settled) == max(1, len(late))
        assert all(promise_ in settled for promise_ in late)


OPENED = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("last_touch_on", "settled"),
    [
        (None, False),
        (date(2026, 11, 19), False),
        (date(2026, 11, 20), True),
        (date(2026, 12, 24), True),
    ],
)
def test_a_touchpoint_on_or_after_the_first_day_settles_a_window(
    last_touch_on: date | None, settled: bool
) -> None:
    assert Window(OPENED, date(2026, 11, 30)).settled_by(last_touch_on) is settled
    assert Window(OPENED).settled_by(last_touch_on) is settled


def test_a_window_may_have_no_last_day() -> None:
    assert Window(OPENED).until is None


MOVED = OwnNews(2, date(2026, 11, 20), "Moved to Zurich", heard_by=1)
STARTED = OwnNews(1, date(2026, 9, 1), "Started at Initech", heard_by=7)


def test_own_news_is_printed_with_its_day() -> None:
    assert str(STARTED) == "2026-09-01: Started at Initech"


@pytest.mark.parametrize(
    ("last_touch_on", "unheard"),
    [
        (None, (MOVED, STARTED)),
        (date(2026, 8, 31), (MOVED, STARTED)),
        (date(2026, 9, 1), (MOVED,)),
        (date(2026, 11, 19), (MOVED,)),
        (date(2026, 11, 20), ()),
    ],
)
def test_news_after_the_latest_touchpoint_is_unheard(
    last_touch_on: date | None, unheard: tuple[OwnNews, ...]
) -> None:
    assert unheard_by([MOVED, STARTED], last_touch_on) == unheard


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
def test_a_birthday_is_parsed_with_or_without_a_year(text: str, birthday: Birthday) -> None:
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
def test_other_text_is_refused_with_the_accepted_forms(text: str) -> None:
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
def test_a_birthday_must_exist_in_the_calendar(text: str) -> None:
    with pytest.raises(BadValueError) as refused:
        parse_birthday(text, TODAY)
    assert refused.value.sentence == f'there is no such day as "{text}"'
    assert refused.value.hint == FORMS


@pytest.mark.parametrize(
    ("text", "born"),
    [("24 nov 2026", "2026-11-24"), ("9999-12-31", "9999-12-31"), ("31 dec 0999", "0999-12-31")],
)
def test_a_birthday_in_the_future_or_before_the_year_1000_is_refused(text: str, born: str) -> None:
    with pytest.raises(BadValueError) as refused:
        parse_birthday(text, TODAY)
    assert refused.value.sentence == (
        f"{born} is not a birthday: it is not between 1000-01-01 and today"
    )


def test_a_birthday_prints_as_iso_8601_without_the_year_as_in_vcard() -> None:
    assert str(Birthday(1, 2, 1990)) == "1990-01-02"
    assert str(Birthday(12, 10)) == "--12-10"


@given(st.dates(FIRST, TODAY), st.booleans())
def test_a_printed_birthday_is_parsed_back(born: date, year_is_known: bool) -> None:
    birthday = Birthday(born.month, born.day, born.year if year_is_known else None)
    assert parse_birthday(str(birthday), TODAY) == birthday


@pytest.mark.parametrize(
    "birthday", [Birthday(12, 10, 1990), Birthday(1, 2), Birthday(2, 29), Birthday(2, 29, 2000)]
)
def test_a_stored_birthday_is_read_back(birthday: Birthday) -> None:
    assert Birthday.from_text(str(birthday)) == birthday


@pytest.mark.parametrize("text", ["", "-", "dec", "10 dec 1990", "1990-13-01", "--02-30", "--12"])
def test_an_invalid_stored_birthday_raises_value_error(text: str) -> None:
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
def test_the_last_birthday_counts_as_next_for_3_days(
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
def test_the_window_of_a_birthday_is_1_day_before_to_3_days_after(
    birthday: Birthday, window: Window
) -> None:
    assert birthday.unsettled(TODAY, None)[1] == window


def test_the_window_of_a_birthday_is_the_same_on_both_sides_of_new_year() -> None:
    days = [date(2026, 12, 30) + timedelta(days=offset) for offset in range(5)]
    assert {Birthday(12, 31).unsettled(day, None) for day in days} == {
        (date(2026, 12, 31), Window(date(2026, 12, 30), date(2027, 1, 3)))
    }


@given(st.dates(date(2000, 1, 1), date(2000, 12, 31)), st.dates(FIRST, LAST))
def test_the_next_birthday_is_never_over_or_more_than_a_year_away(born: date, today: date) -> None:
    birthday = Birthday(born.month, born.day)
    window = birthday.unsettled(today, None)[1]
    assert window.until is not None
    assert window.until >= today
    assert birthday.next(today) <= today + timedelta(days=366)
    assert window.since < birthday.next(today) < window.until


@given(st.text(st.characters() | st.sampled_from("0123456789- janfebdec")))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        birthday = parse_birthday(text, TODAY)
    except BadValueError:
        return
    assert parse_birthday(str(birthday), TODAY) == birthday


def test_a_birthday_without_a_year_reads_as_a_day_and_a_month() -> None:
    assert Birthday(12, 10).readable == "10 Dec"
    assert Birthday(12, 10, 1815).readable == "1815-12-10"
