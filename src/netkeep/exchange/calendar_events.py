"""Read the events of a calendar (iCalendar, RFC 5545): who attended, and on which days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, TypeAlias, cast

from dateutil.rrule import rrule, rruleset, rrulestr

from netkeep.domain.contact import Detail, detail_key
from netkeep.domain.correspondence import Message, Participant, Reason
from netkeep.domain.touchpoint import Channel
from netkeep.errors import BadValueError
from netkeep.exchange.mail import digest

Event: TypeAlias = Any  # icalendar types every property as a union of all types

MAX_OCCURRENCES = 50_000  # of one event, from the first: 130 years of a daily event
# Meetings are not repeated within a day, and to expand a rule of seconds could take hours.
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_NOT_PEOPLE = {"ROOM", "RESOURCE"}
_NOT_THERE = {"DECLINED", "DELEGATED"}
# The errors that icalendar and dateutil raise for invalid values.
_INVALID = (ValueError, LookupError, TypeError, AttributeError, OverflowError)


def read_calendar(
    content: bytes, me: Collection[str], since: date, today: date
) -> Iterator[Message]:
    """Yield the events with people, and every occurrence of repeated ones, from `since` to today.

    People who declined are left out; if you declined, so is the event. Raise BadValueError if this
    is not a calendar.
    """
    from icalendar import Calendar

    try:
        calendars = Calendar.from_ical(content, multiple=True)
    except _INVALID as error:
        raise BadValueError(f"this is not a calendar: {error}") from None
    if not calendars or calendars[0].name != "VCALENDAR":
        raise BadValueError("this is not a calendar: it has no BEGIN:VCALENDAR or END:VCALENDAR")
    for events in _by_uid(calendars).values():
        # An occurrence that was moved is an event of its own in the file.
        moved = [event["RECURRENCE-ID"].dt for event in events if _is_moved(event)]
        for event in events:
            try:
                yield from _messages(event, me, moved, since, today)
            except _INVALID:
                yield _broken(event)


def _by_uid(calendars: Iterable[Any]) -> dict[str, list[Event]]:
    events: defaultdict[str, list[Event]] = defaultdict(list)
    for calendar in calendars:
        for number, event in enumerate(calendar.walk("VEVENT")):
            if "ATTENDEE" in event or "ORGANIZER" in event:
                events[str(event.get("UID") or f"event {number}")].append(event)
    return events


def _is_moved(event: Event) -> bool:
    return hasattr(event.get("RECURRENCE-ID"), "dt")


def _messages(
    event: Event, me: Collection[str], moved: Collection[date], since: date, today: date
) -> Iterator[Message]:
    organizer = event.get("ORGANIZER")
    attendees = [_person(each) for each in _all(event, "ATTENDEE") if _is_there(each)]
    is_declined = any(
        _person(each).key in me and not _is_there(each) for each in _all(event, "ATTENDEE")
    )
    is_cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
    summary = " ".join(str(event.get("SUMMARY", "")).split())
    for start in _starts(event, moved, since, today):
        at, day = _local(start)
        yield Message(
            at=at,
            day=day,
            channel=Channel.meeting,
            digest=digest(f"{event.get('UID')}\n{day}"),
            sender=_person(organizer) if organizer else None,
            to=attendees,
            subject=summary or None,
            flaw=Reason.cancelled if is_cancelled or is_declined else None,
        )


def _starts(event: Event, moved: Collection[date], since: date, today: date) -> Iterator[date]:
    """Yield the times of an event, from the day before `since` to the day after today.

    Expand rules in the time zone of the event: 9:00 stays 9:00 when clocks change (RFC 5545,
    3.3.10).
    """
    first = event["DTSTART"].dt
    if _is_moved(event) or not ("RRULE" in event or "RDATE" in event):
        yield first
        return
    zone = first.tzinfo if isinstance(first, datetime) else None
    dates = rruleset()
    dates.rdate(_moment(first))
    for rule in _all(event, "RRULE"):
        dates.rrule(cast(rrule, rrulestr(_rule(rule, zone), dtstart=_moment(first))))
    for each in _dates(event, "RDATE"):
        dates.rdate(_moment(each, zone))
    excluded = {
        each if type(each) is date else _moment(each, zone)
        for each in (*_dates(event, "EXDATE"), *moved)
    }
    after = datetime.combine(since - timedelta(days=1), time.min)
    before = datetime.combine(today + timedelta(days=1), time.max)
    for number, start in enumerate(dates):
        if start > before or number >= MAX_OCCURRENCES:
            return
        if start >= after and excluded.isdisjoint({start, start.date()}):
            yield start.replace(tzinfo=zone) if isinstance(first, datetime) else start.date()


def _rule(rule: Any, zone: tzinfo | None) -> str:
    """Return a rule with its end in the time zone of the event, as dateutil needs it."""
    if _TOO_OFTEN.intersection(map(str, rule.get("FREQ", ()))):
        raise ValueError("it is repeated more than once a day")
    without_end = type(rule)({name: value for name, value in rule.items() if name != "UNTIL"})
    text = str(without_end.to_ical().decode())
    for until in rule.get("UNTIL", ()):
        is_day = not isinstance(until, datetime)
        last = datetime.combine(until, time.max) if is_day else _moment(until, zone)
        text += f";UNTIL={last:%Y%m%dT%H%M%S}"
    return text


def _all(event: Event, name: str) -> list[Any]:
    """Return all values of a property; icalendar returns a list only for several."""
    value = event.get(name, [])
    return value if isinstance(value, list) else [value]


def _dates(event: Event, name: str) -> Iterator[date]:
    for line in _all(event, name):
        for each in line.dts:
            yield each.dt[0] if isinstance(each.dt, tuple) else each.dt


def _moment(at: date, zone: tzinfo | None = None) -> datetime:
    """Return a time without its time zone, converted to `zone` first if one is given."""
    if not isinstance(at, datetime):
        return datetime.combine(at, time.min)
    return (at.astimezone(zone) if zone and at.tzinfo else at).replace(tzinfo=None)


def _local(start: date) -> tuple[datetime, date]:
    """Return an aware time, and its local day."""
    if not isinstance(start, datetime):
        return datetime.combine(start, time.min).astimezone(), start
    local = start.astimezone()  # a time without a zone is local
    return local, local.date()


def _is_there(attendee: Any) -> bool:
    parameters = attendee.params
    status = str(parameters.get("PARTSTAT", "")).upper()
    return status not in _NOT_THERE and str(parameters.get("CUTYPE", "")).upper() not in _NOT_PEOPLE


def _person(address: Any) -> Participant:
    email = str(address)
    if email[:7].lower() == "mailto:":
        email = email[7:]
    name = " ".join(str(address.params.get("CN", "")).split())
    return Participant(detail_key(Detail.email, email.strip()), "" if name == email else name)


def _broken(event: Event) -> Message:
    at = datetime.fromtimestamp(0, UTC)
    digested = digest(str(event.get("UID")))
    return Message(at, at.date(), Channel.meeting, digested, None, flaw=Reason.broken)
