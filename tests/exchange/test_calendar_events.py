"""Events of a calendar: who was there, on which days."""

import time
from collections.abc import Collection
from datetime import UTC, date, datetime

import pytest

from netkeep.domain.correspondence import Message, Participant, Reason
from netkeep.domain.touchpoint import Channel
from netkeep.errors import BadValueError
from netkeep.exchange.calendar_events import read_calendar

SINCE, TODAY = date(2025, 11, 23), date(2026, 11, 23)
PEOPLE = (
    "ORGANIZER;CN=Ada Lovelace:mailto:Ada@x.example\n"
    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:me@home.example\n"
)
ONCE = "DTSTART:20261110T090000Z\n"


def read(*events: str, me: Collection[str] = ("me@home.example",)) -> list[Message]:
    inside = "".join(f"BEGIN:VEVENT\n{event}END:VEVENT\n" for event in events)
    calendar = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{inside}END:VCALENDAR\n"
    content = calendar.replace("\n", "\r\n").encode()
    return list(read_calendar(content, me, SINCE, TODAY))


def days(*events: str) -> list[str]:
    found = [str(message.day) for message in read(*events)]
    return [day for day in found if str(SINCE) <= day <= str(TODAY)]


def test_an_event_has_an_organizer_and_attendees() -> None:
    (found,) = read(f"UID:1\n{ONCE}{PEOPLE}SUMMARY:Lunch\\, then tea\n")
    assert found == Message(
        at=datetime(2026, 11, 10, 9, tzinfo=UTC),
        day=date(2026, 11, 10),
        channel=Channel.meeting,
        digest=found.digest,
        sender=Participant("ada@x.example", "Ada Lovelace"),
        to=[Participant("me@home.example")],
        subject="Lunch, then tea",
    )


def test_events_without_people_are_none() -> None:
    assert read(f"UID:1\n{ONCE}SUMMARY:Dentist\n") == []


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("DTSTART:20261110T043000Z", "2026-11-09"),
        ("DTSTART;TZID=Asia/Tokyo:20261110T130000", "2026-11-09"),
        ("DTSTART;TZID=Europe/Berlin:20261110T090000", "2026-11-10"),
        ("DTSTART:20261110T000000", "2026-11-10"),
        ("DTSTART;VALUE=DATE:20261110", "2026-11-10"),
    ],
)
def test_the_day_is_that_of_this_machine(
    start: str, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    assert days(f"UID:1\n{start}\n{PEOPLE}") == [day]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("RRULE:FREQ=WEEKLY;COUNT=3", ["2026-11-02", "2026-11-09", "2026-11-16"]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20261109T080000Z", ["2026-11-02", "2026-11-09"]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20261109T075959Z", ["2026-11-02"]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20261109", ["2026-11-02", "2026-11-09"]),
        ("RRULE:FREQ=WEEKLY", ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"]),
        (
            "RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE:20261116T080000Z\nEXDATE:20261109T080000Z",
            ["2026-11-02", "2026-11-23"],
        ),
        ("RRULE:FREQ=WEEKLY;COUNT=2\nEXDATE;VALUE=DATE:20261109", ["2026-11-02"]),
        ("RDATE;TZID=Europe/Berlin:20261104T100000", ["2026-11-02", "2026-11-04"]),
        ("RDATE;VALUE=PERIOD:20261104T100000Z/PT1H", ["2026-11-02", "2026-11-04"]),
    ],
)
def test_repeated_events_are_expanded(changes: str, expected: list[str]) -> None:
    event = f"UID:1\nDTSTART;TZID=Europe/Berlin:20261102T090000\n{changes}\n{PEOPLE}"
    assert days(event) == expected


def test_only_days_since_the_first_one_are_expanded() -> None:
    event = f"UID:1\nDTSTART;VALUE=DATE:19900101\nRRULE:FREQ=DAILY\n{PEOPLE}"
    found = days(event)
    assert (found[0], found[-1], len(found)) == (str(SINCE), str(TODAY), 366)


def test_an_occurrence_that_was_moved_or_cancelled_is_not_where_it_was() -> None:
    weekly = (
        f"UID:1\nDTSTART;TZID=Europe/Berlin:20261102T090000\nRRULE:FREQ=WEEKLY;COUNT=4\n{PEOPLE}"
    )
    moved = f"UID:1\nRECURRENCE-ID:20261109T080000Z\nDTSTART:20261112T080000Z\n{PEOPLE}"
    cancelled = (
        "UID:1\nRECURRENCE-ID;TZID=Europe/Berlin:20261116T090000\n"
        f"DTSTART:20261116T080000Z\nSTATUS:CANCELLED\n{PEOPLE}"
    )
    found = {str(each.day): each.flaw for each in read(weekly, moved, cancelled)}
    assert found == {
        "2026-11-02": None,
        "2026-11-12": None,
        "2026-11-16": Reason.cancelled,
        "2026-11-23": None,
    }


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        ("STATUS:CANCELLED\n", Reason.cancelled),
        ("STATUS:CONFIRMED\n", None),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:me@home.example\n", Reason.cancelled),
    ],
)
def test_cancelled_and_declined_events_are_told(change: str, flaw: Reason | None) -> None:
    (found,) = read(f"UID:1\n{ONCE}{PEOPLE}{change}")
    assert found.flaw is flaw


def test_who_declined_and_rooms_were_not_there() -> None:
    (found,) = read(
        f"UID:1\n{ONCE}ATTENDEE;PARTSTAT=DECLINED:mailto:bea@x.example\n"
        "ATTENDEE;CUTYPE=ROOM:mailto:room@x.example\nATTENDEE;CN=cai@x.example:MAILTO:cai@x.example\n"
    )
    assert (found.sender, found.to) == (None, [Participant("cai@x.example")])


@pytest.mark.parametrize(
    "broken",
    [
        f"UID:2\n{PEOPLE}",
        f"UID:2\nDTSTART:soon\n{PEOPLE}",
        f"UID:2\n{ONCE}RRULE:FREQ=SECONDLY\n{PEOPLE}",
        f"UID:2\n{ONCE}RRULE:FREQ=SOMETIMES\n{PEOPLE}",
    ],
)
def test_a_broken_event_costs_only_itself(broken: str) -> None:
    whole = f"UID:1\n{ONCE}{PEOPLE}"
    flaws = [each.flaw for each in read(whole, broken, whole.replace("UID:1", "UID:3"))]
    assert flaws == [None, Reason.broken, None]


@pytest.mark.parametrize("content", [b"", b"BEGIN:VCALENDAR", b"\xff\xfe", b"BEGIN:VEVENT\r\n"])
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(BadValueError, match="this is not a calendar"):
        list(read_calendar(content, (), SINCE, TODAY))
