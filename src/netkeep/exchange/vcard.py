"""Read vCards of versions 2.1 (versit, 1996), 3.0 (RFC 2426) and 4.0 (RFC 6350)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple, cast
from urllib.parse import unquote

from netkeep.domain.contact import (
    FIELDS,
    ContactFields,
    Detail,
    Kind,
    Status,
    distinct,
    parse_detail,
)
from netkeep.domain.days import FIRST, LAST, parse_iso_day
from netkeep.domain.occasions import Birthday
from netkeep.domain.text import parse_line
from netkeep.errors import BadValueError
from netkeep.exchange import content_lines, encodings, foreign_days, limits
from netkeep.exchange.content_lines import (
    NOT_PREFERRED,
    NumberedLine,
    Property,
    is_fax_or_pager,
    is_parameter,
)
from netkeep.exchange.names import clean_name, cut_reason, make_n
from netkeep.exchange.plan import Record, Skipped, unread_reason

FILE_PROPERTIES = {"BEGIN", "END", "VERSION", "PRODID", "PROFILE", "REV"}
BINARY = {"PHOTO": "a photo", "LOGO": "a logo", "SOUND": "a sound", "KEY": "a key"}
LISTS = {detail.field: detail for detail in Detail}
LINK = re.compile(r"(?!data:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
BREAK = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]")
GOOGLE_GROUPS = {"myContacts", "* myContacts"}  # every contact of Google is in these
# Fields that read only one part of a property: it may be empty and the property still valid.
PARTIAL = {"company", "city"}
KIND = {"KIND", "X-ADDRESSBOOKSERVER-KIND"}  # the second is Apple's, in vCard 3.0
MEMBER = {"MEMBER", "X-ADDRESSBOOKSERVER-MEMBER"}

# Returns the value of a property, and whether the property has nothing else.
Parser = Callable[[Property, date], tuple[Any, bool]]


class Parsed(NamedTuple):
    """The field that a property sets, its value, and whether the property has nothing else."""

    field: str
    value: Any
    is_complete: bool


class Group(NamedTuple):
    """A card of a group: its position among the records, its name, and the UIDs of its members."""

    position: int
    place: str
    name: str
    members: tuple[str, ...]


def read(content: bytes, today: date, encoding: str | None = None) -> list[Record | Skipped]:
    """Read all cards; raise BadValueError if there are none, or if the file is not text."""
    records: list[Record | Skipped] = []
    groups: list[Group] = []
    content = encodings.to_ascii_superset(content, encoding)
    limits.check_cards(content)
    if encoding is None or not encodings.is_ascii_superset(encoding):
        encoding = "utf-8"
    for number, (lines, ends) in enumerate(content_lines.cards(content), 1):
        place = f"card {number}"
        limits.check_records(number)
        if not ends:
            records.append(Skipped(place, "the card has no END:VCARD"))
            continue
        try:
            properties = _properties(lines, encoding)
            if _is_group(properties):
                groups.append(_group(len(records), place, properties))
            records.append(_record(place, properties, today))
        except BadValueError as error:
            records.append(Skipped(place, error.sentence))
    if not records:
        raise BadValueError("this is not a vCard file: it has no BEGIN:VCARD")
    _tag_members(records, groups)
    return records


def _properties(lines: Sequence[NumberedLine], encoding: str) -> list[Property]:
    limits.check_lines(len(lines))
    is_2_1 = any(content_lines.is_version_2_1(text) for _, text in lines)
    properties = []
    for number, text in lines:
        limits.check_card_line(number, text)
        prop = content_lines.decode(text, is_2_1=is_2_1, encoding=encoding)
        if content_lines.has_surrogates(prop.line):
            shown = "UTF-8" if encoding == "utf-8" else encoding
            raise BadValueError(f"line {number} is not {shown} text; {encodings.HINT}")
        properties.append(prop)
    return properties


def _is_group(properties: Sequence[Property]) -> bool:
    return any(prop.key in KIND and prop.text.strip().lower() == "group" for prop in properties)


def _group(index: int, place: str, properties: Sequence[Property]) -> Group:
    name = next((prop.text.strip() for prop in properties if prop.key == "FN"), "")
    members = [_member_key(prop.text) for prop in properties if prop.key in MEMBER]
    return Group(index, place, name, tuple(dict.fromkeys(members)))


def _member_key(uid: str) -> str:
    """Return a UID for comparison, without `urn:uuid:`, which not all programs write."""
    return uid.strip().casefold().removeprefix("urn:uuid:")


def _tag_members(records: list[Record | Skipped], groups: Sequence[Group]) -> None:
    """Replace the card of each group (RFC 6350, 6.1.4) by a tag on its members in the file."""
    indexes = {}
    for index, record in enumerate(records if groups else ()):
        if isinstance(record, Record):
            indexes[_member_key(record.fields.get("uid") or "")] = index
            for email in record.fields.get("emails", ()):  # RFC 6350, 6.6.5
                indexes.setdefault(f"mailto:{email.casefold()}", index)
    own = {group.position for group in groups}
    for group in groups:
        members = {indexes[uid] for uid in group.members if uid in indexes} - own
        with suppress(BadValueError):
            tag = parse_detail(Detail.tag, group.name)
            for index in members:
                member = cast(Record, records[index])
                records[index] = member.joined(Record(member.place, ContactFields(tags=(tag,))))
        count = f"{len(members)} of its {len(group.members)} members"
        records[group.position] = Skipped(
            group.place, f'it is a group, and "{group.name}" is now a tag of {count}'
        )


def parse_property(prop: Property, today: date) -> Parsed | None:
    """Parse a property; return None if it is not valid or has no field."""
    with suppress(BadValueError, ValueError):
        return _parse(prop, today)
    return None


def _parse(prop: Property, today: date) -> Parsed | None:
    """Parse a property; raise BadValueError or ValueError if it is not valid."""
    if prop.key not in PARSERS:
        return None
    field, parser = PARSERS[prop.key]
    value, is_complete = parser(prop, today)
    return Parsed(field, value, is_complete)


def _record(place: str, properties: Sequence[Property], today: date) -> Record:
    left_out = tuple(label for prop in properties if (label := _left_out(prop)))
    unread: list[str] = []
    lines: list[tuple[Property, Parsed | None]] = []
    for prop in properties:
        if prop.key not in FILE_PROPERTIES and not _left_out(prop):
            lines.append((prop, _parse_or_report(prop, today, unread)))
    fields = _fields(parsed for _, parsed in sorted(lines, key=_preference))
    n = name_in_n(properties)
    if "name" not in fields:
        fields["name"] = _fallback_name(n, fields)
    counts = Counter(prop.key for prop in properties)
    derived_n = make_n(fields["name"])  # made again from the name when a card is written
    kept = []
    for prop, parsed in lines:
        is_complete = parsed is not None and parsed.is_complete
        if parsed and parsed.field not in LISTS:
            is_complete = is_complete and counts[prop.key] == 1
        if parsed and parsed.field == "name":  # FN is kept if N, which is kept too, differs
            is_complete = is_complete and n in {"", parsed.value, name_in_n([derived_n])}
        line = prop.with_escaped_commas().line
        if not is_complete and line != derived_n.line:
            kept.append(line)
    return Record(place, cast(ContactFields, fields), tuple(kept), left_out, unread=tuple(unread))


def _preference(line: tuple[Property, Parsed | None]) -> int:
    """Return the sort key of a line; tags have no preference."""
    return NOT_PREFERRED if line[0].key == "CATEGORIES" else line[0].preference


def _parse_or_report(prop: Property, today: date, unread: list[str]) -> Parsed | None:
    """Parse a property; add a message to `unread` if it is not valid, so that a field is empty."""
    try:
        parsed = _parse(prop, today)
    except (BadValueError, ValueError) as error:
        field, _ = PARSERS[prop.key]
        if prop.value.strip() and field not in LISTS and field not in PARTIAL:
            reason = error.sentence if isinstance(error, BadValueError) else f'"{prop.text}"'
            unread.append(unread_reason(field, reason))
        return None
    if prop.key == "FN" and (cut := cut_reason(prop.text)):
        unread.append(unread_reason("name", cut))
    return parsed


def _fields(values: Iterable[Parsed | None]) -> dict[str, Any]:
    """Return the first value of each field, and all entries of each list."""
    fields: dict[str, Any] = {}
    entries: dict[str, list[str]] = {}
    for parsed in filter(None, values):
        if parsed.field in LISTS:
            entries.setdefault(parsed.field, []).extend(parsed.value)
        else:
            fields.setdefault(parsed.field, parsed.value)
    for field, listed in entries.items():
        if listed:
            fields[field] = distinct(LISTS[field], listed)
    return fields


def name_in_n(properties: Sequence[Property]) -> str:
    """Return the name in N, prefix first (RFC 6350, 6.2.2); empty if there is no N."""
    for prop in properties:
        if prop.key == "N":
            family, given, middle, prefix, suffix = (*prop.parts, *[""] * 5)[:5]
            names = (prefix, given, middle, family, suffix)
            return unicodedata.normalize("NFC", " ".join(" ".join(names).split()))
    return ""


def _left_out(prop: Property) -> str | None:
    """Return a label for the binary data or nested card of a property, which is not imported."""
    if prop.key in BINARY and prop.value and not LINK.match(prop.value):
        return BINARY[prop.key]
    return "a card within the card" if prop.key == "AGENT" and not prop.value else None


def left_out_lines(content: bytes) -> list[str]:
    """Return the lines of a file of one card that an import leaves out, such as a whole photo."""
    for lines, _ in content_lines.cards(encodings.to_ascii_superset(content), len(content)):
        return [prop.line for prop in _properties(lines, "utf-8") if _left_out(prop)]
    return []


def _fallback_name(n: str, fields: dict[str, Any]) -> str:
    """Return the name of a card without FN: N, the company or the first e-mail address."""
    for name in (n, fields.get("company"), *fields.get("emails", ())[:1]):
        if name and (clean := clean_name(name)):
            return clean
    raise BadValueError("no name")


def _name(prop: Property, _: date) -> tuple[str, bool]:
    name = clean_name(prop.text)
    if not name:
        raise BadValueError("the name is empty")
    return name, prop.is_bare and name == unicodedata.normalize("NFC", prop.text.strip())


def _line(field: str, part: int | None = None) -> Parser:
    """Return a parser of a text, or of one part of a property; line breaks become spaces."""

    def parse(prop: Property, _: date) -> tuple[Any, bool]:
        parts = [prop.text] if part is None else [*prop.parts, *[""] * part]
        text = parts.pop(part or 0)
        lines = (line.strip() for line in BREAK.split(text))
        value = FIELDS[field].parse(" ".join(filter(None, lines)), date.max)
        is_unchanged = value == unicodedata.normalize("NFC", text.strip())
        return value, prop.is_bare and is_unchanged and not any(map(str.strip, parts))

    return parse


def _text(parse: Callable[[str, date], Any]) -> Parser:
    """Return a parser of properties with a single text."""
    return lambda prop, today: (parse(prop.text, today), prop.is_bare)


def _entry(detail: Detail) -> Parser:
    return _text(lambda text, _: (parse_detail(detail, text),))


def _phone(prop: Property, _: date) -> tuple[tuple[str], bool]:
    """Parse a number or a URI (RFC 3966, 3): `tel:+44-20-7946-0000;ext=12`."""
    if is_fax_or_pager(prop.types):
        raise BadValueError("this is not a phone number")
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


def _email(prop: Property, _: date) -> tuple[tuple[str], bool]:
    """Parse an address or a URI (RFC 6068, 2): `mailto:ada@x.example?subject=Hi`."""
    scheme, _colon, address = prop.text.partition(":")
    if scheme.strip().lower() != "mailto":
        return (parse_detail(Detail.email, prop.text),), prop.is_bare
    return (parse_detail(Detail.email, unquote(address.partition("?")[0])),), False


def _birthday(prop: Property, today: date) -> tuple[Birthday, bool]:
    """Parse a day, whose year may be missing (RFC 6350, 4.3.1) or marked as unknown by Apple."""
    text = prop.text.strip()
    birthday = foreign_days.parse_birthday(text, today)
    year = prop.parameter("X-APPLE-OMIT-YEAR")
    if is_unknown := bool(year) and text.startswith(year or ""):
        birthday = birthday._replace(year=None)
    is_date = all(
        each.upper().startswith("VALUE=DATE")
        or (is_unknown and is_parameter(each, "X-APPLE-OMIT-YEAR"))
        for each in prop.parameters
    )
    time = re.split("[Tt ]", text, maxsplit=1)[1:]
    is_midnight = not time or not re.sub(r"(?:Z|[+-][0-9:]+)$", "", time[0]).strip("0:.")
    return birthday, not prop.group and is_date and is_midnight


def _day(text: str, last: date) -> date:
    if (day := parse_iso_day(text)) and FIRST <= day <= last:
        return day
    raise BadValueError(f'"{text}" is not a day from {FIRST} to {last}')


STANDARD: dict[str, tuple[str, Parser]] = {
    "FN": ("name", _name),
    "ORG": ("company", _line("company", 0)),  # RFC 6350, 6.6.4
    "TITLE": ("title", _line("title")),
    "ADR": ("city", _line("city", 3)),  # RFC 6350, 6.3.1
    "EMAIL": ("emails", _email),
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
