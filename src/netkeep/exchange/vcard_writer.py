"""Write vCards of versions 3.0 (RFC 2426) and 4.0 (RFC 6350)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC
from typing import Any, Literal

from netkeep.domain.contact import Contact, Detail, detail_key
from netkeep.domain.occasions import Birthday
from netkeep.domain.text import key
from netkeep.exchange.content_lines import (
    NOT_PREFERRED,
    Property,
    escape,
    fold,
    is_parameter,
    parse,
)
from netkeep.exchange.names import make_n
from netkeep.exchange.vcard import (
    BINARY,
    FILE_PROPERTIES,
    LINK,
    LISTS,
    PARSERS,
    Parsed,
    name_in_n,
    parse_property,
)

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # not allowed (RFC 6350, 3.3)
APPLE_NO_YEAR = 1604  # a leap year, for birthdays without a year
DATA = re.compile(r"data:\w+/([\w.+-]+);base64\\?,(.*)", re.IGNORECASE)
MEDIA_TYPES = {
    "PHOTO": "image/jpeg",
    "LOGO": "image/jpeg",
    "SOUND": "audio/basic",
    "KEY": "application/pgp-keys",
}
KEY_TYPES = {"pgp": "pgp-keys", "x509": "pkix-cert"}  # RFC 2426, 3.7.2
OTHER_N = "X-NETKEEP-OTHER-N"  # for a second N: servers refuse a card with two

Version = Literal["4.0", "3.0"]
Extra = tuple[Property, Parsed | None]  # an extra line, and the field that it sets, if any
Existing = Sequence[tuple[Property, Parsed]]  # the extra lines that set a field


def to_vcard(contact: Contact, extra: Sequence[str], uid: str, version: Version = "4.0") -> str:
    """Return one card, folded, with CRLF line ends.

    A line of `extra` replaces the line of a field with the same value; it is left out if the value
    of the field is another one.
    """
    properties = (parse(escape(line, keep="\\;,")) for line in extra)
    lines = [
        (prop, parse_property(prop, contact.updated_at.date()))
        for prop in properties
        if prop.key not in FILE_PROPERTIES
    ]
    values = contact._asdict() | {"uid": uid}
    body, other_names = _name_lines(contact.name, lines)
    for name, (field, _) in PARSERS.items():
        existing = [(prop, parsed) for prop, parsed in lines if parsed and parsed.field == field]
        if field == Detail.tag.field:
            body += _tag_lines(values[field], existing)
        elif field in LISTS:
            body += _entry_lines(name, LISTS[field], values[field], existing)
        elif values[field] is not None or field == "cadence":  # for which None is a value
            body += _single_lines(name, values[field], existing, version)
    body += [prop for prop, parsed in lines if parsed is None and prop.key not in {"N", "FN"}]
    body += other_names  # last, as when this card is read and written again
    body = _without_orphans(body, lines)
    updated = contact.updated_at.astimezone(UTC)
    stamp = "%Y%m%dT%H%M%SZ" if version == "4.0" else "%Y-%m-%dT%H:%M:%SZ"
    return fold(
        (
            "BEGIN:VCARD",
            f"VERSION:{version}",
            *(CONTROL.sub(" ", _written(prop, version)) for prop in body),
            f"REV:{updated:{stamp}}",
            "END:VCARD",
        )
    )


def _written(prop: Property, version: Version) -> str:
    """Return the line of a property, with binary data in the form of the version.

    4.0 has the data in a URI (RFC 6350, 6.2.4), whose comma is not escaped; 3.0 has the data itself
    (RFC 2426, 3.1.4).
    """
    if prop.key not in BINARY or LINK.match(prop.value):
        return prop.with_escaped_commas().line
    described = {"ENCODING", "TYPE", "VALUE"}
    others = [each for each in prop.parameters if each.partition("=")[0].upper() not in described]
    kind = (prop.parameter("TYPE") or "").lower()
    if uri := DATA.fullmatch(prop.value):
        if version == "3.0":
            others = ["ENCODING=b", f"TYPE={uri[1].upper()}", *others]
            prop = prop._replace(value=uri[2], parameters=tuple(others))
    elif (prop.parameter("ENCODING") or "").upper() in {"B", "BASE64"}:
        if version == "4.0":
            main, _, default = MEDIA_TYPES[prop.key].partition("/")
            value = f"data:{main}/{KEY_TYPES.get(kind, kind) or default};base64,{prop.value}"
            prop = prop._replace(value=value, parameters=tuple(others))
        else:
            kinds = [each for each in prop.parameters if is_parameter(each, "TYPE")]
            prop = prop._replace(parameters=("ENCODING=b", *kinds, *others))
    return prop.line


def _name_lines(name: str, lines: Sequence[Extra]) -> tuple[list[Property], list[Property]]:
    """Return the one N (RFC 2426, 3.1.2; RFC 6350, 6.2.2) that fits the name, and any others.

    An N fits if it has this name, or if it was imported with an FN that is still the name. If none
    fits, make one from the name, and leave out the N of a former name.
    """
    existing = list(dict.fromkeys(prop for prop, _ in lines if prop.key == "N"))
    full = {parsed.value for _, parsed in lines if parsed and parsed.field == "name"}
    names = {prop: name_in_n([prop]) for prop in existing}
    fitting = [prop for prop in existing if names[prop] == name]
    if not fitting and (name in full or (len(existing) == 1 and not names[existing[0]])):
        words = set(key(name).split())
        fitting = sorted(existing, key=lambda prop: -len(words & set(key(names[prop]).split())))
    first = fitting[0] if fitting else make_n(name)
    others = [prop for prop in existing if prop != first and names[prop]]
    if not fitting and len(others) == 1 and not full:
        others = []
    return [first], [Property(OTHER_N, prop.value) for prop in others]


def _single_lines(name: str, value: Any, existing: Existing, version: Version) -> list[Property]:
    """Return the line of a field, and any further lines of the same property."""
    existing = sorted(existing, key=lambda each: each[0].preference)
    first = _new(name, value, version)
    if existing and existing[0][1].value == value:
        first = existing[0][0]
    elif len(existing) > 1 and existing[0][0].preference < NOT_PREFERRED:
        # The field has to stay before the other lines.
        first = first._replace(parameters=(f"PREF={existing[0][0].preference}",))
    return [first, *(prop for prop, _ in existing[1:])]


def _new(name: str, value: Any, version: Version) -> Property:
    if isinstance(value, Birthday):
        return _bday(value, version)
    text = escape("none" if value is None else str(value), keep=",;" if name == "URL" else "")
    return Property(name, f";;;{text};;;" if name == "ADR" else text)


def _bday(birthday: Birthday, version: Version) -> Property:
    """Return BDAY (RFC 6350, 4.3.1); in 3.0, a birthday without a year is written as by Apple."""
    if version == "4.0":
        year = "--" if birthday.year is None else f"{birthday.year:04}"
        return Property("BDAY", f"{year}{birthday.month:02}{birthday.day:02}")
    if birthday.year is None:
        day = str(birthday._replace(year=APPLE_NO_YEAR))
        return Property("BDAY", day, (f"X-APPLE-OMIT-YEAR={APPLE_NO_YEAR}",))
    return Property("BDAY", str(birthday))


def _entry_lines(
    name: str, detail: Detail, entries: Sequence[str], existing: Existing
) -> list[Property]:
    """Return the entries of a list in order, each as in the existing lines.

    Leave out all preferences if they contradict this order.
    """
    by_key: dict[str, list[tuple[Property, Parsed]]] = {}
    for prop, parsed in existing:
        by_key.setdefault(detail_key(detail, parsed.value[0]), []).append((prop, parsed))
    body = []
    for entry in entries:
        new = _new(name, entry, "4.0")
        body += [
            prop if parsed.value == (entry,) else _with_value(prop, new.value)
            for prop, parsed in by_key.get(detail_key(detail, entry), ())
        ] or [new]
    preferences = [prop.preference for prop in body]
    if preferences != sorted(preferences):
        return [prop.without_preference() for prop in body]
    return body


def _with_value(prop: Property, value: str) -> Property:
    """Replace the value by a text, and remove the VALUE parameter of the old one."""
    parameters = (each for each in prop.parameters if not is_parameter(each, "VALUE"))
    return prop._replace(value=value, parameters=tuple(parameters))


def _tag_lines(tags: Sequence[str], existing: Existing) -> list[Property]:
    """Return the existing lines without removed tags, after a line of all tags if these differ."""
    keys = {_tag_key(tag) for tag in tags}
    written = [tag for _, parsed in existing for tag in parsed.value]
    removed = set(map(_tag_key, written)) - keys
    body = []
    if tags and [tag for tag in written if _tag_key(tag) in keys] != list(tags):
        body.append(Property("CATEGORIES", ",".join(map(escape, tags))))
    for prop, _ in existing:
        items = [escape(item) for item in prop.items if _tag_key(item.strip()) not in removed]
        if items:
            body.append(prop._replace(value=",".join(items)))
    return body


def _tag_key(tag: str) -> str:
    return detail_key(Detail.tag, tag)


def _without_orphans(body: Sequence[Property], lines: Sequence[Extra]) -> list[Property]:
    """Leave out labels (`item1.X-ABLabel`) of lines that are no longer written."""
    before = {prop.group for prop, _ in lines if not _is_label(prop)}
    after = {prop.group for prop in body if not _is_label(prop)}
    orphaned = before - after
    return [prop for prop in body if not (_is_label(prop) and prop.group in orphaned)]


def _is_label(prop: Property) -> bool:
    return prop.key.startswith("X-AB")
