"""netkeep's own JSON: everything there is in a file, to come back identical."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar, cast

from netkeep.domain.birthdays import Birthday
from netkeep.domain.contact import Contact, ContactFields, Kind, Position, Status, Via
from netkeep.domain.details import Detail, clean, distinct
from netkeep.domain.lengths import parse_cadence
from netkeep.domain.occasions import Occasion, OccasionKind
from netkeep.domain.own_news import OwnNews
from netkeep.domain.people import own_uid
from netkeep.domain.plain import plain
from netkeep.domain.rounds import MonthDay, Round, Season, parse_month_day
from netkeep.domain.text import NAME_LIMIT, line, prose
from netkeep.domain.touchpoint import Channel, Direction, Purpose, Touchpoint
from netkeep.errors import BadValueError
from netkeep.exchange.plan import Record, Skipped

VERSION = 1
T = TypeVar("T")


class Dump(NamedTuple):
    """All that is in a file; `extras` are the extra lines by contact."""

    contacts: Sequence[Contact] = ()
    extras: Mapping[int, Sequence[str]] = {}
    touchpoints: Sequence[Touchpoint] = ()
    occasions: Sequence[Occasion] = ()
    rounds: Sequence[Round] = ()
    own_news: Sequence[OwnNews] = ()


def to_json(dump: Dump) -> str:
    """One document (RFC 8259), a record a line."""
    contacts = [
        plain(contact) | {"extra": list(dump.extras.get(contact.id, ()))}
        for contact in dump.contacts
    ]
    own_news = [{"id": one.id, "day": str(one.day), "text": one.text} for one in dump.own_news]
    lists = {
        "contacts": contacts,
        "touchpoints": [plain(one) for one in dump.touchpoints],
        "occasions": [plain(one) for one in dump.occasions],
        "rounds": [plain(one) for one in dump.rounds],
        "own_news": own_news,
    }
    body = ",\n".join(f'"{name}": {_lines(records)}' for name, records in lists.items())
    return f'{{"netkeep": {VERSION},\n{body}\n}}\n'


def read(content: bytes) -> tuple[Dump, list[Skipped]]:
    """Everything in a document, and what of it is no good; BadValueError if it is none of ours."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadValueError(f"this is not JSON: {error}") from None
    if not isinstance(document, dict) or document.get("netkeep") != VERSION:
        raise BadValueError("this is not JSON that netkeep exported", "it says netkeep: 1")
    skipped: list[Skipped] = []

    def read_all(name: str, read_one: Callable[[Any], T]) -> list[T]:
        found = []
        for record in document.get(name) or ():
            try:
                found.append(read_one(record))
            except BadValueError as error:
                skipped.append(Skipped(_where(name, record), error.sentence))
            except KeyError as error:
                skipped.append(Skipped(_where(name, record), f"{error.args[0]} is missing"))
            except (ValueError, TypeError, AttributeError):
                skipped.append(Skipped(_where(name, record), "it is not as netkeep writes it"))
        return found

    contacts = read_all("contacts", lambda record: (_contact(record), _extra(record)))
    return Dump(
        contacts=[contact for contact, _ in contacts],
        extras={contact.id: extra for contact, extra in contacts if extra},
        touchpoints=read_all("touchpoints", _touchpoint),
        occasions=read_all("occasions", _occasion),
        rounds=read_all("rounds", _round),
        own_news=read_all("own_news", _own_news),
    ), skipped


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
            own_uid=own_uid(contact.id, contact.created_at.isoformat()),
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
        if name != "via_id" and getattr(contact, name) is not None
    }
    return cast(ContactFields, fields)  # the names are its own


def _lines(records: Sequence[Any]) -> str:
    if not records:
        return "[]"
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in records) + "\n]"


def _contact(record: Any) -> Contact:
    return Contact(
        id=_id(record["id"]),
        name=line(record["name"], "name", NAME_LIMIT),
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
        birthday=None if record["birthday"] is None else Birthday.of_text(record["birthday"]),
        note=_prose(record["note"]),
        first_due_on=_day(record["first_due_on"]),
        snoozed_until=_day(record["snoozed_until"]),
        dropped_on=_day(record["dropped_on"]),
        drop_reason=_line(record["drop_reason"], "reason"),
        created_at=datetime.fromisoformat(record["created_at"]),
        updated_at=datetime.fromisoformat(record["updated_at"]),
        worked=tuple(map(_position, record["worked"])),
        uid=_line(record["uid"], "uid"),
    )


def _extra(record: Any) -> list[str]:
    return [line(one, "extra line", len(one)) for one in record["extra"]]


def _position(record: Any) -> Position:
    company, title = _line(record["company"], "company"), _line(record["title"], "title")
    return Position(company, title, date.fromisoformat(record["until"]))


def _touchpoint(record: Any) -> Touchpoint:
    return Touchpoint(
        id=_id(record["id"]),
        day=date.fromisoformat(record["day"]),
        contact_id=_id(record["contact_id"]),
        name=record["name"],
        channel=Channel(record["channel"]),
        purpose=Purpose(record["purpose"]),
        direction=Direction(record["direction"]),
        note=_prose(record["note"]),
        created_at=datetime.fromisoformat(record["created_at"]),
        updated_at=datetime.fromisoformat(record["updated_at"]),
    )


def _occasion(record: Any) -> Occasion:
    return Occasion(
        id=_id(record["id"]),
        kind=OccasionKind(record["kind"]),
        contact_id=_id(record["contact_id"]),
        name=record["name"],
        day=date.fromisoformat(record["day"]),
        until=_day(record["until"]),
        opens_on=date.fromisoformat(record["opens_on"]),
        text=_line(record["text"], "text"),
        city=_line(record["city"], "city"),
        yours=bool(record["yours"]),
        ask_id=None if record["ask_id"] is None else _id(record["ask_id"]),
        done_on=_day(record["done_on"]),
        created_at=datetime.fromisoformat(record["created_at"]),
        updated_at=datetime.fromisoformat(record["updated_at"]),
        done_by_id=None if record["done_by_id"] is None else _id(record["done_by_id"]),
    )


def _round(record: Any) -> Round:
    return Round(
        id=_id(record["id"]),
        name=line(record["name"], "name of the round"),
        season=Season(_month_day(record["season"]["begins"]), _month_day(record["season"]["ends"])),
        kinds=tuple(map(Kind, record["kinds"])),
        tags=_entries(Detail.tag, record["tags"]),
    )


def _own_news(record: Any) -> OwnNews:
    day = date.fromisoformat(record["day"])
    return OwnNews(_id(record["id"]), day, line(record["text"], "news"), 0)


def _id(value: Any) -> int:
    if type(value) is not int or not 0 < value < 2**62:
        raise BadValueError(f"{value!a} is no id")
    return value


def _month_day(value: str) -> MonthDay:
    return parse_month_day(value)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _line(value: str | None, what: str) -> str | None:
    return None if value is None else line(value, what)


def _prose(value: str | None) -> str | None:
    return None if value is None else prose(value, "note")


def _entries(detail: Detail, values: Sequence[str]) -> tuple[str, ...]:
    return distinct(detail, [clean(detail, value) for value in values])
