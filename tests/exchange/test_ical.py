"""Writing calendars that other programs can read."""

import unicodedata
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
import vobject  # type: ignore[import-untyped]  # its stubs are not in use here
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from netkeep.domain.agenda import Facts
from netkeep.domain.contact import Contact, Status
from netkeep.domain.days import FIRST, LAST
from netkeep.domain.occasions import Birthday, Occasion
from netkeep.domain.text import parse_line
from netkeep.errors import BadValueError
from netkeep.exchange.ical import to_ical
from tests.builders import contact, occasion, promise, visit

QUIET = contact(due_on=None, cadence=None)
EVENT = ("UID", "SUMMARY", "DTSTART", "DTEND")


def calendar(ada: Contact, *occasions: Occasion, uid: str = "ada") -> bytes:
    return to_ical([Facts(ada, occasions)], {ada.id: uid}, FIRST)


def events(ada: Contact, *occasions: Occasion, uid: str = "ada") -> list[tuple[Any, ...]]:
    """The UID, summary, first day and day after the last of each event, as icalendar reads it."""
    read = Calendar.from_ical(calendar(ada, *occasions, uid=uid))
    return [
        (str(event["UID"]), str(event["SUMMARY"]), event.DTSTART, event.DTEND)
        for event in read.events
    ]


def events_of_vobject(content: bytes) -> list[tuple[Any, ...]]:
    (read,) = vobject.readComponents(content.decode())
    return [
        tuple(getattr(event, name.lower()).value for name in EVENT)
        for event in read.contents.get("vevent", ())
    ]


def test_due_date_birthday_and_promise_become_events() -> None:
    content = calendar(
        contact(birthday=Birthday(12, 10, 1815)),
        promise(date(2026, 11, 27), id=7, updated_at=datetime(2026, 11, 21, 8, 30, tzinfo=UTC)),
        uid="urn:uuid:1",
    )
    assert content.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//netkeep//netkeep 0.1.0//EN",
        "X-WR-CALNAME:netkeep",
        "BEGIN:VEVENT",
        "SUMMARY:Get in touch with Ada Lovelace",
        "DTSTART;VALUE=DATE:20261123",
        "DTEND;VALUE=DATE:20261124",
        "DTSTAMP:20260605T000000Z",
        "UID:urn:uuid:1-due",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "SUMMARY:Birthday of Ada Lovelace",
        "DTSTART;VALUE=DATE:18151210",
        "DTEND;VALUE=DATE:18151211",
        "DTSTAMP:20260605T000000Z",
        "UID:urn:uuid:1-birthday",
        "RRULE:FREQ=YEARLY",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "SUMMARY:send the paper (promised to Ada Lovelace)",
        "DTSTART;VALUE=DATE:20261127",
        "DTEND;VALUE=DATE:20261128",
        "DTSTAMP:20261121T083000Z",
        "UID:urn:uuid:1-promise-7",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "Ada Lovelace is in London"),
        ({"city": None}, "Ada Lovelace is in town"),
        ({"yours": True}, "In London: see Ada Lovelace"),
    ],
)
def test_a_visit_ends_on_the_day_after_the_departure(changes: dict[str, Any], text: str) -> None:
    stay = visit(date(2026, 12, 30), date(2027, 1, 2), id=3, **changes)
    assert events(QUIET, stay) == [("ada-visit-3", text, date(2026, 12, 30), date(2027, 1, 3))]


def test_a_visit_of_one_day_lasts_one_day() -> None:
    stay = visit(date(2026, 12, 1), date(2026, 12, 1))
    assert [event[2:] for event in events(QUIET, stay)] == [(date(2026, 12, 1), date(2026, 12, 2))]


def test_done_promises_and_news_are_not_events() -> None:
    done = promise(date(2026, 11, 27), done_on=date(2026, 11, 20))
    assert events(QUIET, done, occasion()) == []


@pytest.mark.parametrize("status", [Status.candidate, Status.dropped])
def test_candidates_and_dropped_contacts_have_no_events(status: Status) -> None:
    ada = contact(status=status, due_on=None, birthday=Birthday(12, 10))
    assert events(ada, promise(date(2026, 11, 27))) == []


def test_a_calendar_without_contacts_is_valid() -> None:
    content = to_ical([], {}, FIRST)
    assert Calendar.from_ical(content).events == []
    assert events_of_vobject(content) == []


@pytest.mark.parametrize(
    ("born", "days"),
    [
        (Birthday(12, 10, 1815), ["1815-12-10", "1816-12-10", "1817-12-10"]),
        (Birthday(12, 10), ["1904-12-10", "1905-12-10", "1906-12-10"]),
        (Birthday(2, 28, 1999), ["1999-02-28", "2000-02-28", "2001-02-28"]),
        (Birthday(2, 29, 1996), ["1996-02-29", "1997-02-28", "1998-02-28", "1999-02-28"]),
        (Birthday(2, 29, 1896), ["1896-02-29", "1897-02-28", "1898-02-28", "1899-02-28"]),
        (Birthday(2, 29), ["1904-02-29", "1905-02-28", "1906-02-28", "1907-02-28", "1908-02-29"]),
    ],
)
def test_a_birthday_recurs_every_year(born: Birthday, days: list[str]) -> None:
    (read,) = vobject.readComponents(calendar(QUIET._replace(birthday=born)).decode())
    kept = islice(read.vevent.getrruleset(addRDate=True), len(days))
    assert [f"{day:%Y-%m-%d}" for day in kept] == days


def test_the_same_contacts_make_the_same_calendar() -> None:
    ada = contact(birthday=Birthday(12, 10))
    stay = visit(date(2026, 12, 1), date(2026, 12, 4))
    assert calendar(ada, stay) == calendar(ada, stay)


def test_an_event_keeps_its_uid_when_it_moves() -> None:
    uids = [
        {uid for uid, *_ in events(contact(due_on=due, name=name), promise(due))}
        for due, name in ((date(2026, 11, 23), "Ada"), (date(2027, 1, 1), "Ada King"))
    ]
    assert uids == [{"ada-due", "ada-promise-1"}] * 2


def test_events_of_two_contacts_have_different_uids() -> None:
    people = [Facts(contact(id=id_), (promise(date(2026, 12, 1), id=id_),)) for id_ in (1, 2)]
    read = Calendar.from_ical(to_ical(people, {1: "one", 2: "two"}, FIRST))
    uids = [str(event["UID"]) for event in read.events]
    assert uids == ["one-due", "one-promise-1", "two-due", "two-promise-2"]


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_the_first_and_last_supported_days_are_written(day: date) -> None:
    assert events(contact(due_on=day)) == [
        ("ada-due", "Get in touch with Ada Lovelace", day, day + timedelta(days=1))
    ]


def test_what_is_overdue_stands_on_today() -> None:
    today = date(2026, 11, 26)
    ada = contact(due_on=date(2026, 11, 1))
    occasions = (promise(date(2026, 11, 20)), visit(date(2026, 11, 24), date(2026, 11, 28)))
    read = Calendar.from_ical(to_ical([Facts(ada, occasions)], {ada.id: "ada"}, today))
    assert [(str(event["UID"]), event.DTSTART) for event in read.events] == [
        ("ada-due", today),
        ("ada-promise-1", today),
        ("ada-visit-1", date(2026, 11, 24)),
    ]


def test_an_alarm_reminds_at_a_time_of_each_day() -> None:
    ada = contact(birthday=Birthday(12, 10), name="Ada; King, L")
    content = to_ical([Facts(ada, ())], {ada.id: "ada"}, FIRST, timedelta(hours=9, minutes=30))
    alarm = (
        b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Get in touch with Ada\\; King\\, L\r\n"
        b"TRIGGER:PT9H30M\r\nEND:VALARM\r\n"
    )
    assert alarm in content
    (read,) = vobject.readComponents(content.decode())
    assert [event.valarm.trigger.value for event in read.vevent_list] == (
        [timedelta(hours=9, minutes=30)] * 2
    )


def is_line(text: str) -> bool:
    try:
        return parse_line(text, "text") == text
    except BadValueError:
        return False


PIECES = st.sampled_from(
    ["\\n", "\\,", "END:VEVENT", "BEGIN:", *',;:\\"nN^=% éß東😀\u200d\u202e']
) | st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
HOSTILE = (
    st.lists(PIECES, min_size=1, max_size=100)
    .map(lambda pieces: unicodedata.normalize("NFC", "".join(pieces).strip()))
    .filter(is_line)
)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_hostile_text_stays_within_its_property(name: str, text: str, uid: str) -> None:
    day = date(2026, 12, 1)
    ada = QUIET._replace(name=name, birthday=Birthday(12, 10))
    promised = promise(day, text=text)
    expected = [
        (f"{uid}-birthday", f"Birthday of {name}", date(1904, 12, 10), date(1904, 12, 11)),
        (f"{uid}-promise-1", f"{text} (promised to {name})", day, day + timedelta(days=1)),
    ]
    content = calendar(ada, promised, uid=uid)
    assert events(ada, promised, uid=uid) == expected
    assert events_of_vobject(content) == expected
    assert content.count(b"\nBEGIN:") == content.count(b"\nEND:") - 1 == 2
    assert max(map(len, content.split(b"\r\n"))) <= 75


@pytest.mark.parametrize(
    "text",
    [
        "a\\nb",
        "x\\",
        "C:\\Notes",
        "END:VEVENT",
        ';VALUE="x":y',
        "\\\\n",
        "a, b; c: d",
        "\U0001f600" * 60,
        "%s%n",
    ],
)
def test_text_with_special_characters_is_read_back(text: str) -> None:
    promised = promise(date(2026, 12, 1), text=text)
    summary = f"{text} (promised to Ada Lovelace)"
    assert [event[1] for event in events(QUIET, promised)] == [summary]
    assert [event[1] for event in events_of_vobject(calendar(QUIET, promised))] == [summary]
