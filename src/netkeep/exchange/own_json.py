"""Read and write netkeep's own JSON: everything in the database, without loss."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import EnumType
from functools import cache, partial
from types import NoneType
from typing import Any, NamedTuple, TypeVar, cast, get_args, get_type_hints

from netkeep.domain.contact import (
    FIELDS,
    Contact,
    ContactFields,
    Detail,
    Position,
    distinct,
    parse_detail,
)
from netkeep.domain.days import FIRST, LAST, Length, parse_cadence
from netkeep.domain.occasions import Birthday, Occasion, OccasionKind, OwnNews
from netkeep.domain.rounds import MonthDay, Round, parse_month_day, parse_round_name
from netkeep.domain.serialize import json_value
from netkeep.domain.text import parse_line
from netkeep.domain.touchpoint import Touchpoint
from netkeep.errors import BadValueError
from netkeep.exchange import limits
from netkeep.exchange.content_lines import escape, parse
from netkeep.exchange.names import clean_name, cut_reason
from netkeep.exchange.plan import Record, Skipped, unread_reason

VERSION = 1
TOO_LARGE = 1 << 62  # for an id or a count, so that SQLite can add to it within 64 bits
LISTS = {  # and what one of their records is called
    "contacts": "contact",
    "touchpoints": "touchpoint",
    "occasions": "occasion",
    "rounds": "round",
    "own_news": "own news",
}
# For fields that files of older versions do not have.
DEFAULTS = {**{field.name: None for field in FIELDS.values() if field.fills}, "snoozes": 0}
T = TypeVar("T")


class Dump(NamedTuple):
    """Everything in a database; `extras` are the extra lines by contact id."""

    contacts: Sequence[Contact] = ()
    extras: Mapping[int, Sequence[str]] = {}
    touchpoints: Sequence[Touchpoint] = ()
    occasions: Sequence[Occasion] = ()
    rounds: Sequence[Round] = ()
    own_news: Sequence[OwnNews] = ()


def to_json(dump: Dump, escape: Callable[[str], str] = str) -> str:
    """Return one document (RFC 8259), one record per line; `escape` makes a line safe to print."""
    lists: dict[str, list[dict[str, Any]]] = {
        name: [json_value(record) for record in getattr(dump, name)] for name in LISTS
    }
    for contact in lists["contacts"]:
        contact["extra"] = list(dump.extras.get(contact["id"], ()))
    for news in lists["own_news"]:
        del news["heard_by"]  # derived from the touchpoints
    parts = []
    for name, records in lists.items():
        lines = ",\n".join(escape(json.dumps(record, ensure_ascii=False)) for record in records)
        parts.append(f'"{name}": [\n{lines}\n]' if lines else f'"{name}": []')
    body = ",\n".join(parts)
    return f'{{"netkeep": {VERSION},\n{body}\n}}\n'


def read(text: str, today: date) -> tuple[Dump, list[Skipped]]:
    """Parse a document; return the valid records, and the others with the reasons.

    Raise BadValueError if netkeep did not write it.
    """
    limits.check_json(text)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadValueError(f"this is not JSON: {error}") from None
    if not _is_ours(document):
        raise BadValueError(
            "this JSON was not exported by netkeep", 'such a file begins with {"netkeep": 1,'
        )
    limits.check_records(len(document.get("contacts", ())))
    for name in LISTS:
        limits.check_json_records(name.replace("_", " "), len(document.get(name, ())))
    skipped: list[Skipped] = []
    parse_all = partial(_parse_all, document, skipped)
    contacts = parse_all("contacts", _contact)
    by_uid = {contact.uid: contact for contact, _ in reversed(contacts) if contact.uid}
    repeated = [
        contact.id for contact, _ in contacts if contact.uid and by_uid[contact.uid] is not contact
    ]
    skipped += [Skipped(f"contact {id_}", "another contact has this uid") for id_ in repeated]
    contacts = [(contact, extra) for contact, extra in contacts if contact.id not in repeated]
    return Dump(
        contacts=[contact for contact, _ in contacts],
        extras={contact.id: extra for contact, extra in contacts if extra},
        touchpoints=parse_all("touchpoints", partial(_touchpoint, today)),
        occasions=parse_all("occasions", _occasion),
        rounds=parse_all("rounds", _round),
        own_news=parse_all("own_news", _own_news),
    ), skipped


def _parse_all(
    document: Any, skipped: list[Skipped], name: str, parse: Callable[[Any], T]
) -> list[T]:
    """Parse the records of a list, and add those that are not valid to `skipped`."""
    values: dict[int, T] = {}
    records = document.pop(name, [])
    records.reverse()
    while records:
        record = records.pop()  # so that not all are held twice
        try:
            value = parse(record)
            is_new = values.setdefault(record["id"], value) is value
            reason = "" if is_new else "another one has this id"
        except BadValueError as error:
            reason = error.sentence
        except KeyError as error:
            reason = f"{error.args[0]} is missing"
        except (ValueError, TypeError, AttributeError):
            reason = "it is not in the form that netkeep writes"
        if reason:
            label = record.get("id") if isinstance(record, dict) else record
            skipped.append(Skipped(f"{LISTS[name]} {str(label)[:80]}", reason))
    return list(values.values())


def _is_ours(document: Any) -> bool:
    if not isinstance(document, dict) or type(document.get("netkeep")) is not int:
        return False
    return document["netkeep"] == VERSION and all(
        isinstance(document.get(name, []), list) for name in LISTS
    )


def records(dump: Dump) -> list[Record]:
    """Return the contacts of a document as records to import."""
    return [
        Record(
            f"contact {contact.id}",
            _fields(contact),
            tuple(dump.extras.get(contact.id, ())),
            own_uid=contact.own_uid,
            unread=tuple(_cut_names(dump.extras.get(contact.id, ()))),
            contact=contact,
        )
        for contact in dump.contacts
    ]


def _fields(contact: Contact) -> ContactFields:
    fields = {
        name: getattr(contact, name)
        for name in ContactFields.__annotations__
        if name == "cadence" or (name != "via_id" and getattr(contact, name) is not None)
    }
    return cast(ContactFields, fields)


def _cut_names(extra: Iterable[str]) -> Iterator[str]:
    """Yield a message for each name that was cut, from the extra line with the whole name."""
    for line in extra:
        if line.startswith("FN:") and (reason := cut_reason(parse(line).text)):
            yield unread_reason("name", reason)


def _contact(record: Any) -> tuple[Contact, list[str]]:
    extra = record["extra"]
    if cut_reason(name := record["name"]):
        record |= {"name": clean_name(name)}
        extra = [*extra, f"FN:{escape(name)}"]
    contact = _record(Contact, DEFAULTS | record)
    if not all(type(text) is str and text and not {"\r", "\n"} & {*text} for text in extra):
        raise BadValueError("a value in `extra` is empty or has a line break")
    "".join(extra).encode()  # raises UnicodeEncodeError, a ValueError, if it has surrogates
    return contact, list(extra)


def _position(record: Any) -> Position:
    position = _record(Position, record)
    if position.company is None and position.title is None:
        raise BadValueError("a past position has neither company nor title")
    return position


def _touchpoint(today: date, record: Any) -> Touchpoint:
    touchpoint = _record(Touchpoint, record)
    if touchpoint.day > today:
        raise BadValueError(f"a touchpoint cannot be in the future: {touchpoint.day}")
    return touchpoint


def _occasion(record: Any) -> Occasion:
    occasion = _record(Occasion, record)
    is_visit = occasion.kind is OccasionKind.visit
    if is_visit != (occasion.until is not None) or is_visit != (occasion.text is None):
        raise BadValueError(
            "a visit must have a last day and no text; news and promises must have a text"
        )
    if occasion.until is not None and occasion.until < occasion.day:
        raise BadValueError("it ends before it begins")
    return occasion


def _round(record: Any) -> Round:
    return _record(Round, record | {"name": parse_round_name(record["name"])})


def _own_news(record: Any) -> OwnNews:
    return _record(OwnNews, record | {"text": parse_line(record["text"], "news"), "heard_by": 0})


def _record(record_type: Callable[..., T], record: Any) -> T:
    """Parse an object, each field by its annotated type."""
    return record_type(
        **{name: parse(record[name]) for name, parse in _field_parsers(record_type).items()}
    )


@cache
def _field_parsers(record_type: type) -> dict[str, Callable[[Any], Any]]:
    return {name: _parser(name, hint) for name, hint in get_type_hints(record_type).items()}


def _parser(name: str, hint: Any) -> Callable[[Any], Any]:
    """Return the parser of a field of this name and type, the inverse of json_value."""
    if hint == tuple[str, ...]:
        return partial(_entries, Detail(name.removesuffix("s")))
    if hint in (str, int):
        return partial(_text if hint is str else _number, name)
    if isinstance(hint, EnumType):
        return hint
    if parser := PARSERS.get(hint):
        return parser
    if hasattr(hint, "_fields"):
        return partial(_record, hint)
    item, other = get_args(hint)
    parse = _parser(name, item)
    if other is NoneType:
        return lambda value: None if value is None else parse(value)
    return lambda values: tuple(map(parse, values))


def _text(name: str, value: str) -> str:
    if field := FIELDS.get(name):
        text: str = field.parse(value, date.max)
        return text
    return parse_line(value, "reason" if name == "drop_reason" else name)


def _number(name: str, value: Any) -> int:
    label, least = ("id", 1) if name.endswith("id") else ("count", 0)
    if type(value) is not int or not least <= value < TOO_LARGE:
        raise BadValueError(f"{value!a} is not a valid {label}")
    return value


def _time(value: str) -> datetime:
    time = datetime.fromisoformat(value)
    if time.tzinfo is None:
        raise BadValueError(f"{value} is a time without a time zone")
    _date(time.date().isoformat())
    return time


def _date(value: str) -> date:
    day = date.fromisoformat(value)
    if not FIRST <= day <= LAST:
        raise BadValueError(f"{day} is not between {FIRST} and {LAST}")
    return day


def _entries(detail: Detail, values: list[str]) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise BadValueError(f"the {detail.field} are not a list")
    return distinct(detail, [parse_detail(detail, value) for value in values])


PARSERS: Mapping[Any, Callable[[Any], Any]] = {
    bool: bool,
    date: _date,
    datetime: _time,
    Birthday: Birthday.from_text,
    Length: parse_cadence,
    MonthDay: parse_month_day,
    Position: _position,
}
