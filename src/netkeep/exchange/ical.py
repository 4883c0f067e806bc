"""Write due dates, visits, promises and birthdays as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from netkeep import __version__
from netkeep.domain.agenda import Facts
from netkeep.domain.contact import Contact, Status
from netkeep.domain.occasions import Occasion, OccasionKind
from netkeep.exchange.content_lines import escape

if TYPE_CHECKING:
    from icalendar import Alarm, Event, vText

UNKNOWN_YEAR = 1904  # for birthdays without a year: a leap year before anyone alive was born


def to_ical(
    people: list[Facts], uids: Mapping[int, str], today: date, alarm: timedelta | None = None
) -> bytes:
    """Return a calendar of all-day events, whose UIDs never change (RFC 5545, 3.8.4.7).

    Overdue contacts and promises are put on today, where they are seen. `alarm` is a time of day,
    as the time since midnight.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("PRODID", f"-//netkeep//netkeep {__version__}//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("X-WR-CALNAME", "netkeep")
    for facts in people:
        for event in _events(facts, uids[facts.contact.id], today):
            if alarm is not None:
                event.add_component(_alarm(alarm, str(event["SUMMARY"])))
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(facts: Facts, uid: str, today: date) -> Iterator[Event]:
    contact = facts.contact
    if contact.status is not Status.active:
        return
    at = contact.updated_at
    if contact.due_on:
        day = max(contact.due_on, today)
        yield _event(f"{uid}-due", f"Get in touch with {contact.name}", day, at)
    if contact.birthday:
        birthday = contact.birthday
        day = date(birthday.year or UNKNOWN_YEAR, birthday.month, birthday.day)
        event = _event(f"{uid}-birthday", f"Birthday of {contact.name}", day, at)
        is_leap_day = (day.month, day.day) == (2, 29)  # repeated on the last day of February
        last_day = {"BYMONTH": 2, "BYMONTHDAY": -1} if is_leap_day else {}
        event.add("RRULE", {"FREQ": "YEARLY", **last_day})
        yield event
    for occasion in facts.occasions:
        if occasion.done_on is None and occasion.kind is not OccasionKind.news:
            yield _occasion(occasion, contact, uid, today)


def _occasion(occasion: Occasion, contact: Contact, uid: str, today: date) -> Event:
    day = occasion.day
    if occasion.kind is OccasionKind.promise:
        day = max(day, today)
        summary = f"{occasion.text} (promised to {contact.name})"
    elif occasion.yours:
        summary = f"In {occasion.city}: see {contact.name}"
    else:
        summary = f"{contact.name} is in {occasion.city or 'town'}"
    return _event(
        f"{uid}-{occasion.kind}-{occasion.id}",
        summary,
        day,
        occasion.updated_at,
        occasion.until,
    )


def _event(uid: str, summary: str, day: date, at: datetime, until: date | None = None) -> Event:
    """Return an all-day event; its DTEND is the day after the last day (RFC 5545, 3.6.1)."""
    from icalendar import Event

    event = Event()
    event.add("UID", _text(uid), encode=False)
    event.add("SUMMARY", _text(summary), encode=False)
    event.add("DTSTART", day)
    event.add("DTEND", (until or day) + timedelta(days=1))
    event.add("DTSTAMP", at)
    event.add("TRANSP", "TRANSPARENT")
    return event


def _alarm(since_midnight: timedelta, summary: str) -> Alarm:
    """Return a reminder on the day of an event (RFC 5545, 3.6.6), which starts at midnight."""
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", _text(summary), encode=False)
    alarm.add("TRIGGER", since_midnight)
    return alarm


def _text(text: str) -> vText:
    r"""Escape text (RFC 5545, 3.3.11); icalendar itself would turn `\N` into a line break."""
    from icalendar import vText

    class EscapedText(vText):
        def to_ical(self) -> bytes:
            return escape(self).encode()

    return EscapedText(text)
