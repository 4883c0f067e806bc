"""vCards: reads 2.1 (versit, 1996), 3.0 (RFC 2426) and 4.0 (RFC 6350), and writes the last two."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date
from typing import Any, Literal, NamedTuple, cast
from urllib.parse import unquote

from netkeep.domain.contact import (
    FIELDS,
    Contact,
    ContactFields,
    Detail,
    Kind,
    Status,
    detail_key,
    distinct,
    parse_detail,
)
from netkeep.domain.days import FIRST, LAST, parse_iso_day
from netkeep.domain.occasions import Birthday, parse_birthday
from netkeep.domain.text import NAME_LIMIT, parse_line
from netkeep.errors import BadValueError
from netkeep.exchange import content_lines
from netkeep.exchange.content_lines import NumberedLine, Property, escape, fold, is_parameter, parse
from netkeep.exchange.plan import Record, Skipped

FILE_PROPERTIES = {"BEGIN", "END", "VERSION", "PRODID", "REV"}
BINARY = {"PHOTO": "a photo", "LOGO": "a logo", "SOUND": "a sound", "KEY": "a key"}
LISTS = {detail.field: detail for detail in Detail}
LINK = re.compile(r"(?!data:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
BREAK = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]")
BIRTHDAY = re.compile(
    r"(--|[0-9]{4}-?)([0-9]{2})-?([0-9]{2})(?:T([0-9:.]*)(?:Z|[+-][0-9:]+)?)?", re.IGNORECASE
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # not allowed (RFC 6350, 3.3)
GOOGLE_GROUPS = {"myContacts", "* myContacts"}  # which every contact of Google is in
APPLE_NO_YEAR = 1604  # a leap year in which nobody alive was born

Version = Literal["4.0", "3.0"]  # to write

# Parses the value of a property, and tells whether it is all that the property has.
Parser = Callable[[Property, date], tuple[Any, bool]]


class Parsed(NamedTuple):
    """What a property sets a field to, and whether that is all the property has."""

    field: str
    value: Any
    is_complete: bool


Extra = tuple[Property, Parsed | None]  # an extra line, and what a field reads in it
Existing = Sequence[tuple[Property, Parsed]]  # the extra lines that a field reads


def read(content: bytes, today: date) -> list[Record | Skipped]:
    """Read all cards; raise BadValueError if there are none, or if the file is no text."""
    records: list[Record | Skipped] = []
    cards = content_lines.cards(content_lines.to_utf_8(content))
    for number, (lines, ends) in enumerate(cards, 1):
        place = f"card {number}"
        if not ends:
            records.append(Skipped(place, "the card never ends"))
            continue
        try:
            records.append(_record(place, _properties(lines), today))
        except BadValueError as error:
            records.append(Skipped(place, error.sentence))
    if not records:
        raise BadValueError("this is not a vCard file: no line says BEGIN:VCARD")
    return records


def _properties(lines: Sequence[NumberedLine]) -> list[Property]:
    is_2_1 = any(content_lines.is_version_2_1(text) for _, text in lines)
    properties = []
    for number, text in lines:
        properties.append(content_lines.decode(text, is_2_1=is_2_1))
        if content_lines.has_surrogates(properties[-1].line):
            raise BadValueError(f"line {number} is not UTF-8 text")
    return properties


def parse_property(prop: Property, today: date) -> Parsed | None:
    """Parse a property; return None if it is not valid, or if there is no field for it."""
    if prop.key not in PARSERS:
        return None
    field, parser = PARSERS[prop.key]
    try:
        value, is_complete = parser(prop, today)
    except (BadValueError, ValueError):
        return None
    return Parsed(field, value, is_complete)


def _record(place: str, properties: Sequence[Property], today: date) -> Record:
    fields: dict[str, Any] = {}
    extra: list[str] = []
    left_out: list[str] = []
    counts = Counter(prop.key for prop in properties)
    n = name_in_n(properties)
    for prop in properties:
        if prop.key in FILE_PROPERTIES:
            continue
        if label := _left_out(prop):
            left_out.append(label)
            continue
        parsed = parse_property(prop, today)
        is_complete = parsed is not None and parsed.is_complete
        if parsed and parsed.field in LISTS:
            if entries := (*fields.get(parsed.field, ()), *parsed.value):
                fields[parsed.field] = distinct(LISTS[parsed.field], entries)
        elif parsed:
            fields.setdefault(parsed.field, parsed.value)
            is_complete = is_complete and counts[prop.key] == 1
            if parsed.field == "name":  # FN is kept if N, which is kept too, differs
                is_complete = is_complete and n in {"", parsed.value}
        if not is_complete:
            extra.append(prop.with_escaped_commas().line)
    if "name" not in fields:
        fields["name"] = _fallback_name(properties, n, fields)
    derived_n = make_n(fields["name"]).line  # made again from the name when a card is written
    kept = tuple(text for text in extra if text != derived_n)
    return Record(place, cast(ContactFields, fields), kept, tuple(left_out))


def name_in_n(properties: Sequence[Property]) -> str:
    """Return the name in N, prefix first (RFC 6350, 6.2.2); empty if there is no N."""
    for prop in properties:
        if prop.key == "N":
            family, given, middle, prefix, suffix = (*prop.parts, *[""] * 5)[:5]
            names = (prefix, given, middle, family, suffix)
            return unicodedata.normalize("NFC", " ".join(" ".join(names).split()))
    return ""


def make_n(name: str) -> Property:
    """Make N from a name: the last word is the family name."""
    given, _, family = name.rpartition(" ") if " " in name else (name, "", "")
    return Property("N", f"{escape(family)};{escape(given)};;;")


def _left_out(prop: Property) -> str | None:
    """Return what a property has that is not imported: data, or a card, but no link to them."""
    if prop.key in BINARY and prop.value and not LINK.match(prop.value):
        return BINARY[prop.key]
    return "a card within the card" if prop.key == "AGENT" and not prop.value else None


def _fallback_name(properties: Sequence[Property], n: str, fields: dict[str, Any]) -> str:
    """Return the name of a card without a valid FN: N, the company or the first e-mail address."""
    for name in (n, fields.get("company"), *fields.get("emails", ())[:1]):
        if name:
            with suppress(BadValueError):
                return parse_line(name, "name", NAME_LIMIT)
    for prop in properties:
        if prop.key == "FN" and prop.text.strip():
            return parse_line(prop.text, "name", NAME_LIMIT)  # raises the reason
    raise BadValueError("no name")


def _line(field: str, part: int | None = None) -> Parser:
    """Return a parser of one line of text, with spaces for line breaks, or of a part of a property.

    It has all of the property if the text is unchanged, and other parts are empty.
    """

    def parse(prop: Property, _: date) -> tuple[Any, bool]:
        parts = [prop.text] if part is None else [*prop.parts, *[""] * part]
        text = parts.pop(part or 0)
        lines = (line.strip() for line in BREAK.split(text))
        value = FIELDS[field].parse(" ".join(filter(None, lines)), date.max)
        is_unchanged = value == unicodedata.normalize("NFC", text.strip())
        return value, prop.is_bare and is_unchanged and not any(map(str.strip, parts))

    return parse


def _text(parse: Callable[[str, date], Any]) -> Parser:
    """Return a parser of properties that are one text."""
    return lambda prop, today: (parse(prop.text, today), prop.is_bare)


def _entry(detail: Detail) -> Parser:
    return _text(lambda text, _: (parse_detail(detail, text),))


def _phone(prop: Property, _: date) -> tuple[tuple[str], bool]:
    """Parse a number, or that of a URI (RFC 3966, 3): `tel:+44-20-7946-0000;ext=12`."""
    text = prop.text
    scheme, _colon, number = text.partition(":")
    if scheme.strip().lower() != "tel":
        return (parse_detail(Detail.phone, text),), prop.is_bare
    number, *parameters = unquote(number).split(";")
    extensions = [each[4:] for each in parameters if each.lower().startswith("ext=")]
    return (parse_detail(Detail.phone, " ext. ".join((number, *extensions))),), False


def _tags(prop: Property, _: date) -> tuple[tuple[str, ...], bool]:
    tags: list[str] = []
    is_complete = prop.is_bare
    for item in filter(None, map(str.strip, prop.items)):
        try:
            tags += [] if item in GOOGLE_GROUPS else [parse_detail(Detail.tag, item)]
        except BadValueError:
            is_complete = False
    return tuple(tags), is_complete


def _birthday(prop: Property, today: date) -> tuple[Birthday, bool]:
    """Parse a day, whose year may be missing (RFC 6350, 4.3.1) or unknown as Apple writes it."""
    match = BIRTHDAY.fullmatch(prop.text.strip())
    if match is None:
        raise BadValueError("this is no birthday")
    year, month, day, time = match.groups()
    year = year.strip("-")
    if is_unknown := prop.parameter("X-APPLE-OMIT-YEAR") == year:
        year = ""
    is_date = all(
        each.upper().startswith("VALUE=DATE")
        or (is_unknown and is_parameter(each, "X-APPLE-OMIT-YEAR"))
        for each in prop.parameters
    )
    is_complete = not prop.group and is_date and not (time or "").strip("0:.")
    return parse_birthday(f"{year or '-'}-{month}-{day}", today), is_complete


def _day(text: str, last: date) -> date:
    if (day := parse_iso_day(text)) and FIRST <= day <= last:
        return day
    raise BadValueError(f'"{text}" is not a day from {FIRST} to {last}')


STANDARD: dict[str, tuple[str, Parser]] = {
    "FN": ("name", _line("name")),
    "ORG": ("company", _line("company", 0)),  # RFC 6350, 6.6.4
    "TITLE": ("title", _line("title")),
    "ADR": ("city", _line("city", 3)),  # RFC 6350, 6.3.1
    "EMAIL": ("emails", _entry(Detail.email)),
    "TEL": ("phones", _phone),
    "URL": ("urls", _entry(Detail.url)),
    "CATEGORIES": ("tags", _tags),
    "BDAY": ("birthday", _birthday),
    "NOTE": ("note", _text(FIELDS["note"].parse)),
    "UID": ("uid", _text(lambda text, _: parse_line(text, "UID"))),
}
PARSERS: dict[str, tuple[str, Parser]] = {
    **STANDARD,
    "X-NETKEEP-STATUS": ("status", _text(lambda text, _: Status(text))),
    "X-NETKEEP-KIND": ("kind", _text(lambda text, _: Kind(text))),
    "X-NETKEEP-CADENCE": ("cadence", _text(FIELDS["cadence"].parse)),
    **{
        f"X-NETKEEP-{name.upper().replace('_', '-')}": (name, _text(field.parse))
        for name, field in FIELDS.items()
        if field.fills and name not in dict(STANDARD.values())
    },
    "X-NETKEEP-MET-ON": ("met_on", _text(_day)),  # not after today
    "X-NETKEEP-FIRST-DUE-ON": ("first_due_on", _text(lambda text, _: _day(text, LAST))),
    "X-NETKEEP-SNOOZED-UNTIL": ("snoozed_until", _text(lambda text, _: _day(text, LAST))),
}


def to_vcard(contact: Contact, extra: Sequence[str], uid: str, version: Version = "4.0") -> str:
    """Return one card, with CRLF line ends and folded.

    A line of `extra` is written instead of a field with the same value, and left out if the field
    has another value.
    """
    properties = (parse(escape(line, keep="\\;,")) for line in extra)
    lines = [
        (prop, parse_property(prop, contact.updated_at.date()))
        for prop in properties
        if prop.key not in FILE_PROPERTIES
    ]
    values = contact._asdict() | {"uid": uid}
    body = _name_lines(contact.name, lines)
    for key, (field, _) in PARSERS.items():
        existing = [(prop, parsed) for prop, parsed in lines if parsed and parsed.field == field]
        if field == Detail.tag.field:
            body += _tag_lines(values[field], existing)
        elif field in LISTS:
            body += _entry_lines(key, LISTS[field], values[field], existing)
        elif values[field] is not None or field == "cadence":  # whose None is a value
            body += _single_lines(key, values[field], existing, version)
    body += [prop for prop, parsed in lines if parsed is None and prop.key != "N"]
    body = _without_orphans(body, lines)
    updated = contact.updated_at.astimezone(UTC)
    stamp = "%Y%m%dT%H%M%SZ" if version == "4.0" else "%Y-%m-%dT%H:%M:%SZ"
    return fold(
        (
            "BEGIN:VCARD",
            f"VERSION:{version}",
            *(CONTROL.sub(" ", prop.with_escaped_commas().line) for prop in body),
            f"REV:{updated:{stamp}}",
            "END:VCARD",
        )
    )


def _name_lines(name: str, lines: Sequence[Extra]) -> list[Property]:
    """Return N, required in 3.0 (RFC 2426, 3.1.2): the existing one unless the name changed."""
    existing = [prop for prop, _ in lines if prop.key == "N"]
    full = [parsed.value for _, parsed in lines if parsed and parsed.field == "name"]
    if existing and (full[0] if full else name_in_n(existing)) in {"", name}:
        return existing
    return [make_n(name)]


def _single_lines(key: str, value: Any, existing: Existing, version: Version) -> list[Property]:
    """Return the value of a field, and any further lines of the same property."""
    is_current = bool(existing) and existing[0][1].value == value
    first = existing[0][0] if is_current else _new(key, value, version)
    return [first, *(prop for prop, _ in existing[1:])]


def _new(key: str, value: Any, version: Version) -> Property:
    if isinstance(value, Birthday):
        return _bday(value, version)
    text = escape("none" if value is None else str(value), keep=",;" if key == "URL" else "")
    return Property(key, f";;;{text};;;" if key == "ADR" else text)


def _bday(birthday: Birthday, version: Version) -> Property:
    """Return BDAY (RFC 6350, 4.3.1); without a year, 3.0 can only have it as Apple writes it."""
    if version == "4.0":
        year = "--" if birthday.year is None else f"{birthday.year:04}"
        return Property("BDAY", f"{year}{birthday.month:02}{birthday.day:02}")
    if birthday.year is None:
        day = str(birthday._replace(year=APPLE_NO_YEAR))
        return Property("BDAY", day, (f"X-APPLE-OMIT-YEAR={APPLE_NO_YEAR}",))
    return Property("BDAY", str(birthday))


def _entry_lines(
    key: str, detail: Detail, entries: Sequence[str], existing: Existing
) -> list[Property]:
    """Return the entries of a list in order, each as the existing lines have it."""
    body = []
    for entry in entries:
        new = _new(key, entry, "4.0")
        body += [
            prop if parsed.value == (entry,) else _with_value(prop, new.value)
            for prop, parsed in existing
            if detail_key(detail, parsed.value[0]) == detail_key(detail, entry)
        ] or [new]
    return body


def _with_value(prop: Property, value: str) -> Property:
    """Replace the value by a text, which no VALUE parameter describes any more."""
    parameters = (each for each in prop.parameters if not is_parameter(each, "VALUE"))
    return prop._replace(value=value, parameters=tuple(parameters))


def _tag_lines(tags: Sequence[str], existing: Existing) -> list[Property]:
    """Return one line with all tags, unless the existing lines without removed tags have them."""
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
