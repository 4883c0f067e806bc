"""netkeep's own JSON: everything there is in a file, to come back identical."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple, TypeVar, cast

from netkeep.domain.contact import (
    Contact,
    ContactFields,
    Detail,
    Kind,
    Position,
    Status,
    Via,
    distinct,
    parse_detail,
)
from netkeep.domain.days import FIRST, LAST
from netkeep.domain.lengths import parse_cadence
from netkeep.domain.occasions import Birthday, Occasion, OccasionKind, OwnNews
from netkeep.domain.rounds import MonthDay, Round, Season, parse_month_day, parse_round_name
from netkeep.domain.serialize import json_value
from netkeep.domain.text import NAME_LIMIT, parse_line, parse_text
from netkeep.domain.touchpoint import Channel, Direction, Purpose, Touchpoint
from netkeep.errors import BadValueError
from netkeep.exchange.plan import Record, Skipped

VERSION = 1
TOO_MUCH = 1 << 62  # for an id or a count: SQLite could not go on counting from there
LISTS = ("contacts", "touchpoints", "occasions", "rounds", "own_news")
T = TypeVar("T")


class Dump(NamedTuple):
    """All that is in a file; `extras` are the extra lines by contact."""

    contacts: Sequence[Contact] = ()
    extras: Mapping[int, Sequence[str]] = {}
    touchpoints: Sequence[Touchpoint] = ()
    occasions: Sequence[Occasion] = ()
    rounds: Sequence[Round] = ()
    own_news: Sequence[OwnNews] = ()


def to_json(dump: Dump, escaped: Callable[[str], str] = str) -> str:
    """One document (RFC 8259), a record a line, each `escaped` for where it goes."""
    contacts = [
        json_value(contact) | {"extra": list(dump.extras.get(contact.id, ()))}
        for contact in dump.contacts
    ]
    own_news = [{"id": one.id, "day": str(one.day), "text": one.text} for one in dump.own_news]
    lists = {
        "contacts": contacts,
        "touchpoints": [json_value(one) for one in dump.touchpoints],
        "occasions": [json_value(one) for one in dump.occasions],
        "rounds": [json_value(one) for one in dump.rounds],
        "own_news": own_news,
    }
    body = ",\n".join(f'"{name}": {_lines(records, escaped)}' for name, records in lists.items())
    return f'{{"netkeep": {VERSION},\n{body}\n}}\n'


def read(content: bytes, today: date) -> tuple[Dump, list[Skipped]]:
    """Everything in a document, and what of it is no good; BadValueError if it is none of ours."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadValueError(f"this is not JSON: {error}") from None
    if not _is_ours(document):
        raise BadValueError("this is not JSON that netkeep exported", 'it begins {"netkeep": 1,')
    skipped: list[Skipped] = []

    def read_all(name: str, read_one: Callable[[Any], T]) -> list[T]:
        found: dict[int, T] = {}
        for record in document.get(name, ()):
            try:
                one = read_one(record)
                if found.setdefault(record["id"], one) is not one:
                    skipped.append(Skipped(_where(name, record), "another one has this id"))
            except BadValueError as error:
                skipped.append(Skipped(_where(name, record), error.sentence))
            except KeyError as error:
                skipped.append(Skipped(_where(name, record), f"{error.args[0]} is missing"))
            except (ValueError, TypeError, AttributeError):
                skipped.append(Skipped(_where(name, record), "it is not as netkeep writes it"))
        return list(found.values())

    contacts = read_all("contacts", lambda record: (_contact(record), _extra(record)))
    uids = Counter(contact.uid for contact, _ in contacts if contact.uid)
    for uid in (uid for uid, times in uids.items() if times > 1):
        _, *others = [one for one in contacts if one[0].uid == uid]
        contacts = [one for one in contacts if one not in others]
        skipped += [Skipped(f"contacts {one.id}", "another one has this uid") for one, _ in others]
    return Dump(
        contacts=[contact for contact, _ in contacts],
        extras={contact.id: extra for contact, extra in contacts if extra},
        touchpoints=read_all("touchpoints", partial(_touchpoint, today=today)),
        occasions=read_all("occasions", _occasion),
        rounds=read_all("rounds", _round),
        own_news=read_all("own_news", _own_news),
    ), skipped


def _is_ours(document: Any) -> bool:
    if not isinstance(document, dict) or type(document.get("netkeep")) is not int:
        return False
    return document["netkeep"] == VERSION and all(
        isinstance(document.get(name, []), list) for name in LISTS
    )


def _where(name: str, record: object) -> str:
    found = record.get("id") if isinstance(record, dict) else record
    return f"{name} {str(found)[:80]}"


def records(dump: Dump) -> list[Record]:
    """The contacts of a document, as an import takes them in."""
    return [
        Record(
            _place(contact.id),
            _fields(contact),
            tuple(dump.extras.get(contact.id, ())),
            own_uid=contact.own_uid,
        )
        for contact in dump.contacts
    ]


def id_in(place: str) -> int:
    """The id that a contact has in the document, from the place of its record."""
    return int(place.removeprefix(_place("")))


def _place(contact_id: object) -> str:
    return f"contact {contact_id}"


def _fields(contact: Contact) -> ContactFields:
    fields = {
        name: getattr(contact, name)
        for name in ContactFields.__annotations__
        if name == "cadence" or (name != "via_id" and getattr(contact, name) is not None)
    }
    return cast(ContactFields, fields)  # the names are its own


def _lines(records: Sequence[Any], escaped: Callable[[str], str]) -> str:
    if not records:
        return "[]"
    return (
        "[\n" + ",\n".join(escaped(json.dumps(one, ensure_ascii=False)) for one in records) + "\n]"
    )


def _contact(record: Any) -> Contact:
    return Contact(
        id=_id(record["id"]),
        name=parse_line(record["name"], "name", NAME_LIMIT),
        status=Status(record["status"]),
        kind=Kind(record["kind"]),
        cadence=None if record["cadence"] is None else parse_cadence(record["cadence"]),
        due_on=_day(record["due_on"]),
        last_touch_on=_day(record["last_touch_on"]),
        company=_line(record["company"], "company"),
        title=_line(record["title"], "title"),
        city=_line(record["city"], "city"),
        school=_line(record["school"], "school"),
        emails=_entries(Detail.email, record["emails"]),
        phones=_entries(Detail.phone, record["phones"]),
        urls=_entries(Detail.url, record["urls"]),
        tags=_entries(Detail.tag, record["tags"]),
        met=_line(record["met"], "met"),
        met_on=_day(record["met_on"]),
        via=None if record["via"] is None else Via(_id(record["via"]["id"]), record["via"]["name"]),
        birthday=None if record["birthday"] is None else Birthday.from_text(record["birthday"]),
        note=_prose(record["note"]),
        first_due_on=_day(record["first_due_on"]),
        snoozed_until=_day(record["snoozed_until"]),
        dropped_on=_day(record["dropped_on"]),
        drop_reason=_line(record["drop_reason"], "reason"),
        created_at=_time(record["created_at"]),
        updated_at=_time(record["updated_at"]),
        worked=tuple(map(_position, record["worked"])),
        uid=_line(record["uid"], "uid"),
        snoozes=_count(record.get("snoozes", 0)),  # before schema 0005 there were none
    )


def _extra(record: Any) -> list[str]:
    """Lines that another program wrote, which may hold anything but a break (and must be text)."""
    lines = list(record["extra"])
    if not all(type(one) is str and one and not {"\r", "\n"} & {*one} for one in lines):
        raise BadValueError("an extra line is not one line")
    "".join(lines).encode()  # UnicodeEncodeError, a ValueError, if it is no text
    return lines


def _position(record: Any) -> Position:
    company, title = _line(record["company"], "company"), _line(record["title"], "title")
    if company is None and title is None:
        raise BadValueError("a past position has neither company nor title")
    return Position(company, title, _date(record["until"]))


def _touchpoint(record: Any, today: date) -> Touchpoint:
    if _date(record["day"]) > today:
        raise BadValueError(f"a touchpoint cannot be in the future: {record['day']}")
    return Touchpoint(
        id=_id(record["id"]),
        day=_date(record["day"]),
        contact_id=_id(record["contact_id"]),
        name=record["name"],
        channel=Channel(record["channel"]),
        purpose=Purpose(record["purpose"]),
        direction=Direction(record["direction"]),
        note=_prose(record["note"]),
        created_at=_time(record["created_at"]),
        updated_at=_time(record["updated_at"]),
    )


def _occasion(record: Any) -> Occasion:
    is_visit = OccasionKind(record["kind"]) is OccasionKind.visit
    if is_visit != (record["until"] is not None) or is_visit != (record["text"] is None):
        raise BadValueError("only a visit has a last day, and only it has no text")
    if is_visit and record["until"] < record["day"]:
        raise BadValueError("it ends before it begins")
    return Occasion(
        id=_id(record["id"]),
        kind=OccasionKind(record["kind"]),
        contact_id=_id(record["contact_id"]),
        name=record["name"],
        day=_date(record["day"]),
        until=_day(record["until"]),
        opens_on=_date(record["opens_on"]),
        text=_line(record["text"], "text"),
        city=_line(record["city"], "city"),
        yours=bool(record["yours"]),
        ask_id=None if record["ask_id"] is None else _id(record["ask_id"]),
        done_on=_day(record["done_on"]),
        created_at=_time(record["created_at"]),
        updated_at=_time(record["updated_at"]),
        done_by_id=None if record["done_by_id"] is None else _id(record["done_by_id"]),
    )


def _round(record: Any) -> Round:
    return Round(
        id=_id(record["id"]),
        name=parse_round_name(record["name"]),
        season=Season(_month_day(record["season"]["begins"]), _month_day(record["season"]["ends"])),
        kinds=tuple(map(Kind, record["kinds"])),
        tags=_entries(Detail.tag, record["tags"]),
    )


def _own_news(record: Any) -> OwnNews:
    day = _date(record["day"])
    return OwnNews(_id(record["id"]), day, parse_line(record["text"], "news"), 0)


def _id(value: Any) -> int:
    return _whole(value, 1, "id")


def _count(value: Any) -> int:
    return _whole(value, 0, "count")


def _whole(value: Any, least: int, what: str) -> int:
    if type(value) is not int or not least <= value < TOO_MUCH:
        raise BadValueError(f"{value!a} is no {what}")
    return value


def _time(value: str) -> datetime:
    time = datetime.fromisoformat(value)
    if time.tzinfo is None:
        raise BadValueError(f"{value} is a time of nowhere")
    _date(time.date().isoformat())
    return time


def _date(value: str) -> date:
    day = date.fromisoformat(value)
    if not FIRST <= day <= LAST:
        raise BadValueError(f"{day} is not between {FIRST} and {LAST}")
    return day


def _month_day(value: str) -> MonthDay:
    return parse_month_day(value)


def _day(value: str | None) -> date | None:
    return None if value is None else _date(value)


def _line(value: str | None, what: str) -> str | None:
    return None if value is None else parse_line(value, what)


def _prose(value: str | None) -> str | None:
    return None if value is None else parse_text(value, "note")


def _entries(detail: Detail, values: list[str]) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise BadValueError(f"the {detail.field} are not a list")
    return distinct(detail, [parse_detail(detail, value) for value in values])
