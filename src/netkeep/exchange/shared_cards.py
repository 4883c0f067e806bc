"""People as vCards that netkeep and other programs share: phones, mail programs, other computers.

Everything that netkeep knows of a person is on the card, in properties that begin with X-NETKEEP-
where vCard 3.0 (RFC 2426) has none. Everything else on the card is kept as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from netkeep.domain.contact import FIELDS, Contact, ContactFields, Detail, Kind, Position, Status
from netkeep.domain.days import parse_iso_day
from netkeep.domain.occasions import Birthday
from netkeep.domain.text import parse_line
from netkeep.errors import BadValueError, UnknownValueError
from netkeep.exchange import content_lines, vcard
from netkeep.exchange.content_lines import escape, parse
from netkeep.exchange.plan import Record, Skipped
from netkeep.exchange.vcard_writer import to_vcard

LISTS = tuple(detail.field for detail in Detail)
STANDARD = ("name", "company", "title", "city", *LISTS, "birthday", "note", "extra")
OURS = (
    *("kind", "status", "cadence", "school", "met", "met_on", "first_due_on", "snoozed_until"),
    *("via", "snoozes", "dropped_on", "drop_reason", "worked"),
)
EXTRA_OURS = {  # properties that only this module reads and writes, by field
    "via": "X-NETKEEP-VIA",
    "snoozes": "X-NETKEEP-SNOOZES",
    "dropped_on": "X-NETKEEP-DROPPED-ON",
    "drop_reason": "X-NETKEEP-DROP-REASON",
    "worked": "X-NETKEEP-WORKED",
}
MARKER = b"X-NETKEEP-KIND"  # on every card that netkeep writes


class Card(NamedTuple):
    """What a card says; without `has_ours`, a program has removed netkeep's properties."""

    values: dict[str, Any]
    record: Record
    has_ours: bool


def is_ours(content: bytes) -> bool:
    """Return whether netkeep wrote a card, here or on another computer."""
    return MARKER in content.upper()


def read_card(content: bytes, today: date) -> Card:
    """Read the one card of a file.

    Raise BadValueError if there is another number, no name, or a value that only a newer version of
    netkeep may know.
    """
    records = vcard.read(content, today)
    if len(records) != 1:
        raise BadValueError(f"it has {len(records)} cards")
    record = records[0]
    if isinstance(record, Skipped):
        raise BadValueError(record.reason)
    fields: Mapping[str, Any] = record.fields
    for prop in map(parse, record.extra):
        field, _ = vcard.PARSERS.get(prop.key, ("", None))
        if field in OURS and field not in fields and prop.value.strip():
            raise UnknownValueError(field, prop.text)
    ours, extra = _split(record.extra)
    values = {name: _plain(fields.get(name)) for name in STANDARD if name != "extra"}
    values |= {name: values[name] or () for name in LISTS}
    values["extra"] = extra
    has_ours = "kind" in fields
    if has_ours:
        values |= {name: _plain(fields.get(name)) for name in OURS if name not in EXTRA_OURS}
        values |= ours
    return Card(values, record._replace(extra=extra), has_ours)


def _split(lines: Sequence[str]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the values of EXTRA_OURS, and all other lines."""
    fields = {name: field for field, name in EXTRA_OURS.items()}
    ours: dict[str, Any] = {**dict.fromkeys(EXTRA_OURS), "worked": ()}
    others = []
    for line in lines:
        prop = parse(line)
        field = fields.get(prop.key)
        if field is None:
            others.append(line)
        elif field == "worked":
            ours[field] = (*ours[field], prop.value)
        else:
            ours[field] = prop.text or None
    if not re.fullmatch("[0-9]{1,9}", ours["snoozes"] or "0"):
        raise UnknownValueError("snoozes", ours["snoozes"])
    with suppress(ValueError):
        if ours["dropped_on"] is None or parse_iso_day(ours["dropped_on"]):
            return ours, tuple(others)
    raise UnknownValueError("dropped_on", ours["dropped_on"])


def values_of(contact: Contact, extra: Sequence[str], via_uid: str | None) -> dict[str, Any]:
    """Return what netkeep knows of a contact, as the values of its card."""
    values = {
        name: _plain(getattr(contact, name))
        for name in (*STANDARD, *OURS)
        if name not in {"extra", "via", "worked", "snoozes"}
    }
    return values | {
        "extra": tuple(extra),
        "via": via_uid,
        "snoozes": str(contact.snoozes) if contact.snoozes else None,
        "worked": tuple(map(_worked, contact.worked)),
    }


def _plain(value: object) -> Any:
    return value if value is None or type(value) is tuple else str(value)


def _worked(position: Position) -> str:
    return ";".join(
        (escape(position.company or ""), escape(position.title or ""), str(position.until))
    )


def positions_of(values: Mapping[str, Any]) -> list[Position]:
    """Return the earlier positions among the values of a card, without invalid ones."""
    positions = []
    for line in values.get("worked") or ():
        company, title, until, *_ = (*parse(f"X:{line}").parts, "", "", "")
        day = parse_iso_day(until)
        if day and (company or title):
            positions.append(Position(company or None, title or None, day))
    return positions


def fields_of(values: Mapping[str, Any]) -> ContactFields:
    """Return the fields of a contact that the values of a card set."""
    parsers: dict[str, Any] = {
        "kind": Kind,
        "status": Status,
        "cadence": lambda text: FIELDS["cadence"].parse(text, date.max),
        "birthday": Birthday.from_text,
        **dict.fromkeys(("met_on", "first_due_on", "snoozed_until"), date.fromisoformat),
    }
    fields = {}
    for name in (*STANDARD, *OURS):
        if name in values and name not in {*EXTRA_OURS, "extra"}:
            value = values[name]
            fields[name] = value if value is None else parsers.get(name, _same)(value)
    for name, least in (("kind", Kind.other), ("status", Status.candidate)):
        if name in fields:
            fields[name] = fields[name] or least
    return cast(ContactFields, fields)


def _same(value: Any) -> Any:
    return value


def parse_reason(text: str | None) -> str | None:
    """Return the reason why someone was dropped; None if it is not one line of text."""
    try:
        return text and parse_line(text, "reason")
    except BadValueError:
        return None


def write_card(
    contact: Contact, values: Mapping[str, Any], uid: str, before: bytes | None, *copies: bytes
) -> bytes:
    """Return the card of a contact; photos and the like are those of the file and its copies."""
    lines = [*values["extra"], *_our_lines(values)]
    for content in (before, *copies):
        lines += [line for line in vcard.left_out_lines(content or b"") if line not in lines]
    return to_vcard(contact, lines, uid, "3.0").encode()


def _our_lines(values: Mapping[str, Any]) -> list[str]:
    lines = []
    for field, name in EXTRA_OURS.items():
        value = values.get(field)
        if field == "worked":
            lines += [f"{name}:{each}" for each in value or ()]
        elif value is not None:
            lines.append(f"{name}:{escape(value)}")
    return lines


def merged_uids(values: Mapping[str, Any]) -> list[str]:
    """Return the UIDs of the contacts that were merged into the one of a card."""
    lines = (content_lines.parse(line) for line in values.get("extra") or ())
    return [prop.text for prop in lines if prop.key == "X-NETKEEP-ANOTHER-UID"]


def merge_cards(
    first: bytes,
    second: bytes,
    uid: str,
    now: datetime,
    merge: Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]],
) -> bytes:
    """Return one card of two versions, whose values `merge` puts together."""
    cards = [read_card(content, now.astimezone().date()) for content in (first, second)]
    values = merge(cards[0].values, cards[1].values)
    ours: dict[str, Any] = dict.fromkeys(Contact._fields)
    fields = dict(fields_of({"cadence": None, **values}))
    contact = Contact(
        **ours
        | {"id": 0, "status": Status.candidate, "kind": Kind.other, "emails": (), "phones": ()}
        | {"urls": (), "tags": (), "worked": (), "snoozes": 0, "created_at": now, "updated_at": now}
        | fields
    )
    return write_card(contact, values, uid, first, second)
