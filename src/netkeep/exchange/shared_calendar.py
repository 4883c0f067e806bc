"""Touchpoints, visits, news, rounds and tasks as iCalendar items (RFC 5545), one in each file.

All days are whole days. What netkeep knows and iCalendar does not is in properties that begin with
X-NETKEEP-. All other properties of an item are kept as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from netkeep import __version__
from netkeep.domain.contact import Detail, Kind, parse_detail
from netkeep.domain.days import FIRST, LAST
from netkeep.domain.rounds import MonthDay, Season, parse_month_day
from netkeep.domain.text import parse_line, parse_text
from netkeep.domain.touchpoint import Channel, Direction, Purpose
from netkeep.errors import BadValueError, UnknownValueError
from netkeep.exchange.content_lines import Property, decode, escape, fold, has_surrogates, unfold

TYPE = "X-NETKEEP-TYPE"  # touchpoint, visit, news, own-news or round
CONTACT = "X-NETKEEP-CONTACT"  # the UID of a card
FIELDS = {  # properties that hold one text, by field
    "contact": CONTACT,
    "direction": "X-NETKEEP-DIRECTION",
    "purpose": "X-NETKEEP-PURPOSE",
    "channel": "X-NETKEEP-CHANNEL",
    "text": "X-NETKEEP-TEXT",
    "city": "LOCATION",
    "yours": "X-NETKEEP-YOURS",
    "opens_on": "X-NETKEEP-OPENS-ON",
    "done_on": "X-NETKEEP-DONE-ON",
    "name": "X-NETKEEP-NAME",
}
OWN = {
    *("UID", "DTSTAMP", "SUMMARY", "DTSTART", "DTEND", "DURATION", "TRANSP", "CATEGORIES"),
    *("RRULE", "LAST-MODIFIED", "SEQUENCE", "DUE", "STATUS", "PERCENT-COMPLETE", "COMPLETED"),
    *("DESCRIPTION", TYPE, "X-NETKEEP-KINDS", "X-NETKEEP-TAGS", *FIELDS.values()),
}
TYPES = {
    "touchpoint": ("contact", "day", "channel", "purpose", "direction", "note"),
    "visit": ("contact", "day", "until", "city", "yours", "opens_on", "done_on"),
    "news": ("contact", "day", "text", "opens_on", "done_on"),
    "own-news": ("day", "text"),
    "round": ("name", "begins", "ends", "kinds", "tags"),
}
REQUIRED = {"contact", "channel", "purpose", "direction", "text", "name"}  # never cleared
FOREIGN = ("day", "note")  # of a touchpoint that is an event of another program
TITLES = {
    Channel.call: ("Call with", "Call from"),
    Channel.email: ("E-mail to", "E-mail from"),
    Channel.message: ("Message to", "Message from"),
    Channel.letter: ("Letter to", "Letter from"),
    Channel.meeting: ("Meeting with", "Meeting with"),
    Channel.meal: ("Meal with", "Meal with"),
    Channel.event: ("Event with", "Event with"),
    Channel.social: ("Social media: to", "Social media: from"),
    Channel.other: ("In touch with", "In touch with"),
}
_TIME = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?")


class Event(NamedTuple):
    """What an event says.

    `values` are those of netkeep that are on it; `type` is None for an event of another program,
    of which `summary` and the e-mail addresses of `attendees` tell who it is about.
    """

    type: str | None
    values: dict[str, Any]
    summary: str
    attendees: tuple[str, ...]
    recurs: bool
    is_cancelled: bool


class Task(NamedTuple):
    """What a task says: the day it is due, the day it was completed, and its description.

    `contact` and `text` are those of a promise that another netkeep has written.
    """

    due: date | None
    completed_on: date | None
    is_cancelled: bool
    description: str
    contact: str | None = None
    text: str | None = None


def _component(content: bytes, name: str) -> list[Property]:
    """Return the properties of the first component of a name, without those of nested ones."""
    begin, end = f"BEGIN:{name}", f"END:{name}"
    properties: list[Property] = []
    inside = nested = 0
    for _, line in unfold(content):
        text = line.decode(errors="surrogateescape").strip().upper()
        if text == end:
            return properties
        if not inside:
            inside = text == begin
        elif text.startswith(("BEGIN:", "END:")):
            nested += 1 if text.startswith("BEGIN:") else -1
        elif not nested:
            prop = decode(line, is_2_1=False)
            if has_surrogates(prop.line):
                raise BadValueError("it is not UTF-8 text")
            properties.append(prop)
    raise BadValueError(f"it has no {name}")


def contact_of(content: bytes) -> str | None:
    """Return the UID of the contact that netkeep says an item is about."""
    name = CONTACT.encode()
    lines = (line for _, line in unfold(content) if line.upper().startswith(name))
    return next((decode(line, is_2_1=False).text for line in lines), None)


def _day(prop: Property | None) -> date | None:
    """Return the local day of a date or a time (RFC 5545, 3.3.4 and 3.3.5)."""
    match = prop and _TIME.match(prop.value.strip())
    if not match:
        return None
    year, month, day, *time = match.groups()
    try:
        if match[7]:
            hour, minute, second = map(int, time[:3])
            instant = datetime(
                int(year), int(month), int(day), hour, minute, min(second, 59), tzinfo=UTC
            )
            found = instant.astimezone().date()
        else:
            found = date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None
    return found if FIRST <= found <= LAST else None


def read_event(content: bytes) -> Event:
    """Read an event; raise BadValueError if there is none, or if it has no day or a bad value."""
    properties = _component(content, "VEVENT")
    by_name = {prop.key: prop for prop in reversed(properties)}
    day = _day(by_name.get("DTSTART"))
    if day is None:
        raise BadValueError("it has no day")
    last = _day(by_name.get("DTEND"))
    whole_days = "T" not in by_name["DTSTART"].value
    until = max(day, last - timedelta(days=whole_days)) if last else day
    type_ = by_name[TYPE].text if TYPE in by_name else None
    if type_ is not None and type_ not in TYPES:
        raise UnknownValueError("type", type_)
    present: dict[str, Any] = {"day": str(day), "until": str(until)}
    for field, name in FIELDS.items():
        if name in by_name:
            present[field] = by_name[name].text.strip() or None
    if city := present.get("city"):
        present["city"] = " ".join(city.split())  # other programs write a place in many lines
    if "DESCRIPTION" in by_name or type_ == "touchpoint":
        present["note"] = (
            by_name["DESCRIPTION"].text.strip() or None if "DESCRIPTION" in by_name else None
        )
    if type_ == "round":
        present["begins"], present["ends"] = (
            str(MonthDay(day.month, day.day)),
            str(MonthDay(until.month, until.day)),
        )
        for field in ("kinds", "tags"):
            prop = by_name.get(f"X-NETKEEP-{field.upper()}")
            present[field] = tuple(filter(None, prop.items)) if prop else ()
    values = {
        field: present.get(field)
        for field in (TYPES[type_] if type_ else FOREIGN)
        if present.get(field) is not None or (type_ and field not in REQUIRED)
    }
    _check(values)
    return Event(
        type=type_,
        values=values,
        summary=by_name["SUMMARY"].text if "SUMMARY" in by_name else "",
        attendees=tuple(
            prop.text.lower().removeprefix("mailto:")
            for prop in properties
            if prop.key in {"ATTENDEE", "ORGANIZER"}
        ),
        recurs="RRULE" in by_name and type_ != "round",
        is_cancelled="STATUS" in by_name and by_name["STATUS"].value.upper() == "CANCELLED",
    )


def _check(values: Mapping[str, Any]) -> None:
    """Raise BadValueError if a value is not one of the field; a newer version may have written it.

    Otherwise the next change here would write another value to the file.
    """
    checks: dict[str, Callable[[str], object]] = {
        "channel": Channel,
        "purpose": Purpose,
        "direction": Direction,
        "opens_on": date.fromisoformat,
        "done_on": date.fromisoformat,
        "kinds": Kind,
        "tags": lambda text: parse_detail(Detail.tag, text),
        "city": lambda text: parse_line(text, "city"),
        "name": lambda text: parse_line(text, "name"),
        **{name: lambda text: parse_text(text, "text") for name in ("note", "text")},
    }
    for field in checks.keys() & values.keys():
        value = values[field]
        for text in value if isinstance(value, tuple) else filter(None, (value,)):
            try:
                checks[field](text)
            except ValueError:
                raise UnknownValueError(field, text) from None


def write_event(
    type_: str,
    values: Mapping[str, Any],
    name: str,
    uid: str,
    at: datetime,
    before: bytes | None,
    *copies: bytes,
) -> bytes:
    """Return an event; `name` is that of the contact, `before` the file as it is."""
    if type_ == "round":
        season = Season(parse_month_day(values["begins"]), parse_month_day(values["ends"]))
        window = season.in_year(at.year)
        day, until = window.since, window.until or window.since
    else:
        day = date.fromisoformat(values["day"])
        until = date.fromisoformat(values.get("until") or values["day"])
    lines = [
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{until + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escape(_summary(type_, values, name))}",
        "TRANSP:TRANSPARENT",
        f"{TYPE}:{type_}",
    ]
    if type_ == "round":
        lines.append("RRULE:FREQ=YEARLY")
        for field in ("kinds", "tags"):
            if values[field]:
                lines.append(f"X-NETKEEP-{field.upper()}:{','.join(map(escape, values[field]))}")
    if type_ == "touchpoint":
        categories = [values["channel"], values["purpose"]]
        lines.append(f"CATEGORIES:{','.join(filter(None, categories))}")
    if values.get("note"):
        lines.append(f"DESCRIPTION:{escape(values['note'])}")
    lines += [
        f"{property_name}:{escape(str(values[field]))}"
        for field, property_name in FIELDS.items()
        if field in TYPES[type_] and values.get(field) is not None
    ]
    return _calendar("VEVENT", uid, lines, at, before, *copies)


def mark_event(content: bytes, values: Mapping[str, Any]) -> bytes:
    """Return an event of another program as it is, with the touchpoint that it is to netkeep."""
    fields = ("contact", "channel", "purpose", "direction")
    lines = [f"{TYPE}:touchpoint", *(f"{FIELDS[name]}:{escape(values[name])}" for name in fields)]
    before, end, after = content.partition(b"END:VEVENT")
    return before + fold(lines).encode() + end + after


def _summary(type_: str, values: Mapping[str, Any], name: str) -> str:
    match type_:
        case "touchpoint":
            title = TITLES[Channel(values["channel"])]
            return f"{title[values['direction'] == Direction.in_]} {name}"
        case "visit" if values["yours"]:
            return f"In {values['city'] or 'town'}: see {name}"
        case "visit":
            return f"{name} is in {values['city'] or 'town'}"
        case "news":
            return f"{name}: {values['text']}"
        case "round":
            return f"Round: {values['name']}"
        case _:
            return str(values["text"])


def read_task(content: bytes) -> Task:
    """Read a task; raise BadValueError if there is none, or if its description is not text."""
    by_name = {prop.key: prop for prop in reversed(_component(content, "VTODO"))}
    status = by_name["STATUS"].value.strip().upper() if "STATUS" in by_name else ""
    percent = by_name["PERCENT-COMPLETE"].value.strip() if "PERCENT-COMPLETE" in by_name else ""
    completed = _day(by_name.get("COMPLETED"))
    description = by_name["DESCRIPTION"].text.strip() if "DESCRIPTION" in by_name else ""
    text = by_name[FIELDS["text"]].text if FIELDS["text"] in by_name else ""
    if description:
        parse_text(description, "text")
    is_done = status == "COMPLETED" or percent == "100" or completed is not None
    return Task(
        due=_day(by_name.get("DUE")),
        completed_on=(completed or date.max) if is_done else None,
        is_cancelled=status == "CANCELLED",
        description=description,
        contact=by_name[CONTACT].text if CONTACT in by_name else None,
        text=parse_text(text, "text") if text.strip() else None,
    )


def write_task(
    uid: str,
    summary: str,
    due: date,
    description: str,
    at: datetime,
    before: bytes | None,
    promise: tuple[str, str] | None,
) -> bytes:
    """Return a task that is not done yet; a `promise` has the UID of the contact and its text."""
    promised = []
    if promise:
        promised = [f"{CONTACT}:{escape(promise[0])}", f"{FIELDS['text']}:{escape(promise[1])}"]
    lines = [
        *promised,
        f"SUMMARY:{escape(summary)}",
        f"DUE;VALUE=DATE:{due:%Y%m%d}",
        "STATUS:NEEDS-ACTION",
        f"DESCRIPTION:{escape(description)}",
    ]
    return _calendar("VTODO", uid, lines, at, before)


def write_done_task(uid: str, summary: str, description: str) -> bytes:
    """Return a task that is done, which task lists hide; the same bytes on every computer."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    lines = [
        f"SUMMARY:{escape(summary)}",
        f"COMPLETED:{at:%Y%m%dT%H%M%SZ}",
        "PERCENT-COMPLETE:100",
        "STATUS:COMPLETED",
        f"DESCRIPTION:{escape(description)}",
    ]
    return _calendar("VTODO", uid, lines, at, None)


def _calendar(
    name: str,
    uid: str,
    lines: Sequence[str],
    at: datetime,
    before: bytes | None,
    *copies: bytes,
) -> bytes:
    """Return a calendar of one component, with the other lines of the file and of its copies."""
    others = _other_lines(before, name) if before else []
    for content in copies:
        more = _other_lines(content, name)
        if not any(line.upper().startswith("BEGIN:") for line in more):  # such as an alarm
            others += [line for line in more if line not in others]
    return fold(
        (
            *("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//netkeep//netkeep {__version__}//EN"),
            *(f"BEGIN:{name}", f"UID:{uid}", f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"),
            *lines,
            *others,
            *(f"END:{name}", "END:VCALENDAR"),
        )
    ).encode()


def _other_lines(content: bytes, name: str) -> list[str]:
    """Return the lines of a component that netkeep does not write, nested components included."""
    others: list[str] = []
    inside = nested = 0
    for _, line in unfold(content):
        text = line.decode(errors="replace").strip()
        upper = text.upper()
        if upper == f"END:{name}" and not nested:
            break
        if not inside:
            inside = upper == f"BEGIN:{name}"
            continue
        if upper.startswith("BEGIN:"):
            nested += 1
        if nested or re.split("[;:]", upper)[0] not in OWN:
            others.append(text)
        if upper.startswith("END:"):
            nested -= 1
    return others


def merge_files(
    first: bytes,
    second: bytes,
    uid: str,
    now: datetime,
    merge: Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]],
) -> bytes:
    """Return one event of two versions; of two tasks, and of events of other programs, the second.

    A completed task counts before one that is not.
    """
    if b"BEGIN:VTODO" in first.upper():
        return first if read_task(first).completed_on else second
    events = [read_event(content) for content in (first, second)]
    type_ = events[0].type or events[1].type
    if type_ is None:
        return second
    values = merge(events[0].values, events[1].values)
    name = events[0].summary
    return write_event(type_, values, name, uid, now, first, second)
