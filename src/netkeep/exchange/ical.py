"""iCalendar (RFC 5545): due dates, visits, promises and birthdays, for a calendar."""

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
    from icalendar import Event, vText

UNKNOWN_YEAR = 1904  # a leap year before anybody's, for birthdays of which the year is not known


def to_ical(people: list[Facts], uids: Mapping[int, str]) -> bytes:
    """One calendar of all-day events, each with a UID that stays the same (RFC 5545, 3.8.4.7)."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("PRODID", f"-//netkeep//netkeep {__version__}//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("X-WR-CALNAME", "netkeep")
    for facts in people:
        for event in _events(facts, uids[facts.contact.id]):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(facts: Facts, uid: str) -> Iterator[Event]:
    contact = facts.contact
    if contact.status is not Status.active:
        return
    at = contact.updated_at
    if contact.due_on:
        yield _event(f"{uid}-due", f"Get in touch with {contact.name}", contact.due_on, at)
    if contact.birthday:
        born = contact.birthday
        day = date(born.year or UNKNOWN_YEAR, born.month, born.day)
        yearly = _event(f"{uid}-birthday", f"Birthday of {contact.name}", day, at)
        yearly.add("RRULE", _yearly(day))
        yield yearly
    for occasion in facts.occasions:
        if occasion.done_on is None and occasion.kind is not OccasionKind.news:
            yield _occasion(occasion, contact, uid)


def _occasion(occasion: Occasion, contact: Contact, uid: str) -> Event:
    if occasion.kind is OccasionKind.promise:
        words = f"{occasion.text} (promised to {contact.name})"
    elif occasion.yours:
        words = f"In {occasion.city}: see {contact.name}"
    else:
        words = f"{contact.name} is in {occasion.city or 'town'}"
    return _event(
        f"{uid}-{occasion.kind}-{occasion.id}",
        words,
        occasion.day,
        occasion.updated_at,
        occasion.until,
    )


def _yearly(day: date) -> dict[str, object]:
    """29 Feb is kept on 28 Feb in common years: on the last day of February, that is."""
    if (day.month, day.day) == (2, 29):
        return {"FREQ": "YEARLY", "BYMONTH": 2, "BYMONTHDAY": -1}
    return {"FREQ": "YEARLY"}


def _event(uid: str, words: str, day: date, at: datetime, until: date | None = None) -> Event:
    """An event of whole days; its end is the day after the last one (RFC 5545, 3.6.1)."""
    from icalendar import Event

    event = Event()
    event.add("UID", _text(uid), encode=False)
    event.add("SUMMARY", _text(words), encode=False)
    event.add("DTSTART", day)
    event.add("DTEND", (until or day) + timedelta(days=1))
    event.add("DTSTAMP", at)
    event.add("TRANSP", "TRANSPARENT")
    return event


def _text(text: str) -> vText:
    """Text as it is (RFC 5545, 3.3.11); icalendar by itself takes a backslash and N for a break."""
    from icalendar import vText

    class Verbatim(vText):
        def to_ical(self) -> bytes:
            return escape(self).encode()

    return Verbatim(text)
