"""Reading vCards: 2.1 (versit, 1996), 3.0 (RFC 2426) and 4.0 (RFC 6350)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple, cast
from urllib.parse import unquote

from netkeep.domain.birthdays import Birthday, parse_birthday
from netkeep.domain.contact import (
    FIELDS,
    ContactFields,
    Detail,
    Kind,
    Status,
    distinct,
    parse_detail,
)
from netkeep.domain.days import FIRST, LAST, iso_day
from netkeep.domain.text import LINE_LIMIT, NAME_LIMIT, line, prose
from netkeep.errors import BadValueError
from netkeep.exchange import content_lines
from netkeep.exchange.content_lines import NumberedLine, Property, is_parameter
from netkeep.exchange.plan import Record, Skipped

ABOUT_THE_FILE = {"BEGIN", "END", "VERSION", "PRODID", "REV"}
DATA = {"PHOTO": "a photo", "LOGO": "a logo", "SOUND": "a sound", "KEY": "a key"}
LISTS = {detail.field: detail for detail in Detail}
LINK = re.compile(r"(?!data:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
BREAK = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]")
BIRTHDAY = re.compile(
    r"(--|[0-9]{4}-?)([0-9]{2})-?([0-9]{2})(?:T([0-9:.]*)(?:Z|[+-][0-9:]+)?)?", re.IGNORECASE
)
EVERYBODY = {"myContacts", "* myContacts"}  # the group in which Google has everyone

Taker = Callable[[Property, date], tuple[Any, bool]]  # the value, and whether it is whole


class Taken(NamedTuple):
    """What a field takes of a property, and whether it says all that the property does."""

    field: str
    value: Any  # of the type the field has
    is_whole: bool


def read(content: bytes, today: date) -> list[Record | Skipped]:
    """Every card, in order; BadValueError if there is none, or if it is no text."""
    records = [
        _card(f"card {number}", lines, today, ends=ends)
        for number, (lines, ends) in enumerate(
            content_lines.cards(content_lines.to_utf_8(content)), 1
        )
    ]
    if not records:
        raise BadValueError("this is not a vCard file: no line says BEGIN:VCARD")
    return records


def take(written: Property, today: date) -> Taken | None:
    """What a field of a contact takes of a property; None if there is none, or it may not."""
    if written.key not in TAKERS:
        return None
    field, taker = TAKERS[written.key]
    try:
        value, is_whole = taker(written, today)
    except (BadValueError, ValueError):
        return None
    return Taken(field, value, is_whole)


def _card(
    place: str, lines: Sequence[NumberedLine], today: date, *, ends: bool
) -> Record | Skipped:
    if not ends:
        return Skipped(place, "the card never ends")
    try:
        return _record(place, _properties(lines), today)
    except BadValueError as error:
        return Skipped(place, error.sentence)


def composed_name(properties: Sequence[Property]) -> str:
    """The name that N gives, prefix first (RFC 6350, 6.2.2); empty if there is no N."""
    for written in properties:
        if written.key == "N":
            family, given, middle, prefix, suffix = (*written.parts, *[""] * 5)[:5]
            names = (prefix, given, middle, family, suffix)
            return unicodedata.normalize("NFC", " ".join(" ".join(names).split()))
    return ""


def _properties(lines: Sequence[NumberedLine]) -> list[Property]:
    is_2_1 = any(content_lines.is_version_2_1(written) for _, written in lines)
    properties = []
    for number, written in lines:
        properties.append(content_lines.decode(written, is_2_1=is_2_1))
        if content_lines.has_surrogates(properties[-1].line):
            raise BadValueError(f"line {number} is not UTF-8 text")
    return properties


def _record(place: str, properties: Sequence[Property], today: date) -> Record:
    fields: dict[str, Any] = {}
    extra: list[str] = []
    left_out: list[str] = []
    times = Counter(written.key for written in properties)
    name_of_n = composed_name(properties)
    for written in properties:
        if written.key in ABOUT_THE_FILE:
            continue
        if words := _left_out(written):
            left_out.append(words)
            continue
        taken = take(written, today)
        if taken is None:
            extra.append(written.with_escaped_commas().line)
            continue
        is_whole = taken.is_whole
        if taken.field in LISTS:
            if entries := (*fields.get(taken.field, ()), *taken.value):
                fields[taken.field] = distinct(LISTS[taken.field], entries)
        else:
            fields.setdefault(taken.field, taken.value)
            is_whole = is_whole and times[written.key] == 1
        if taken.field == "name":  # kept as well if N, which is kept, says something else
            is_whole = is_whole and name_of_n in {"", taken.value}
        if not is_whole:
            extra.append(written.with_escaped_commas().line)
    if "name" not in fields:
        fields["name"] = _other_name(properties, name_of_n, fields)
    plain_n = made_n(fields["name"]).line  # which the name says wholly, and is made of it again
    kept = tuple(each for each in extra if each != plain_n)
    return Record(place, cast(ContactFields, fields), kept, tuple(left_out))


def made_n(name: str) -> Property:
    """N as made from a name alone: the last word is the family's."""
    given, _, family = name.rpartition(" ") if " " in name else (name, "", "")
    return Property("N", f"{content_lines.escape(family)};{content_lines.escape(given)};;;")


def _left_out(written: Property) -> str | None:
    """What is not kept of a property: data, or a card; a link to either is."""
    if written.key in DATA and written.value and not LINK.match(written.value):
        return DATA[written.key]
    return "a card within the card" if written.key == "AGENT" and not written.value else None


def _other_name(properties: Sequence[Property], name_of_n: str, fields: dict[str, Any]) -> str:
    """The name of someone whose FN is none: by N, else the company, else the first e-mail."""
    for name in (name_of_n, fields.get("company"), *fields.get("emails", ())[:1]):
        if name:
            with suppress(BadValueError):
                return line(name, "name", NAME_LIMIT)
    for written in properties:
        if written.key == "FN" and written.text.strip():
            return line(written.text, "name", NAME_LIMIT)  # which says what is wrong with it
    raise BadValueError("no name")


def _line(field: str, text: str, limit: int = LINE_LIMIT) -> str:
    """Text of one line; a break in it becomes a space."""
    words = (part.strip() for part in BREAK.split(text))
    return line(" ".join(filter(None, words)), field, limit)


def _is_said(value: str, text: str) -> bool:
    """Whether a value is all of a text, but for what netkeep never keeps (NFC, stripped)."""
    return value == unicodedata.normalize("NFC", text.strip())


def _one_line(field: str, limit: int = LINE_LIMIT) -> Taker:
    """What takes a property of one line of text."""

    def taker(written: Property, _: date) -> tuple[str, bool]:
        value = _line(field, written.text, limit)
        return value, written.is_bare and _is_said(value, written.text)

    return taker


def _as_text(read_text: Callable[[str, date], Any]) -> Taker:
    """What takes a property that is one text, or nothing."""
    return lambda written, today: (read_text(written.text, today), written.is_bare)


def _company(written: Property, _: date) -> tuple[str, bool]:
    """The organization; its units are not said (RFC 6350, 6.6.4)."""
    organization, *units = written.parts
    company = _line("company", organization)
    is_whole = not any(map(str.strip, units)) and _is_said(company, organization)
    return company, written.is_bare and is_whole


def _city(written: Property, _: date) -> tuple[str, bool]:
    """The locality, fourth of seven parts (RFC 6350, 6.3.1)."""
    *before, locality = [*written.parts, *[""] * 4][:4]
    city = _line("city", locality)
    is_whole = not any(map(str.strip, before + written.parts[4:])) and _is_said(city, locality)
    return city, written.is_bare and is_whole


def _phone(written: Property, _: date) -> tuple[tuple[str], bool]:
    """A number, or the number of a URI (RFC 3966, 3): `tel:+44-20-7946-0000;ext=12`."""
    text = written.text
    scheme, _colon, number = text.partition(":")
    if scheme.strip().lower() != "tel":
        return (parse_detail(Detail.phone, text),), written.is_bare
    number, *parameters = unquote(number).split(";")
    extensions = [each[4:] for each in parameters if each.lower().startswith("ext=")]
    return (parse_detail(Detail.phone, " ext. ".join((number, *extensions))),), False


def _tags(written: Property, _: date) -> tuple[tuple[str, ...], bool]:
    tags: list[str] = []
    is_whole = written.is_bare
    for item in filter(None, map(str.strip, written.items)):
        try:
            tags += [] if item in EVERYBODY else [parse_detail(Detail.tag, item)]
        except BadValueError:
            is_whole = False
    return tuple(tags), is_whole


def _birthday(written: Property, today: date) -> tuple[Birthday, bool]:
    """A day, perhaps without its year as RFC 6350 (4.3.1) or as Apple writes it."""
    found = BIRTHDAY.fullmatch(written.text.strip())
    if found is None:
        raise BadValueError("this is no birthday")
    year, month, day, time = found.groups()
    year = year.strip("-")
    if is_unknown := written.parameter("X-APPLE-OMIT-YEAR") == year:
        year = ""
    dated = all(
        each.upper().startswith("VALUE=DATE")
        or (is_unknown and is_parameter(each, "X-APPLE-OMIT-YEAR"))
        for each in written.parameters
    )
    is_whole = not written.group and dated and not (time or "").strip("0:.")
    return parse_birthday(f"{year or '-'}-{month}-{day}", today), is_whole


def _day(text: str, _: date) -> date:
    if (day := iso_day(text)) and FIRST <= day <= LAST:
        return day
    raise BadValueError(f'"{text}" is not a day')


def _past_day(text: str, today: date) -> date:
    if (day := _day(text, today)) > today:
        raise BadValueError(f"{day} is to come")
    return day


STANDARD: dict[str, tuple[str, Taker]] = {
    "FN": ("name", _one_line("name", NAME_LIMIT)),
    "ORG": ("company", _company),
    "TITLE": ("title", _one_line("title")),
    "ADR": ("city", _city),
    "EMAIL": ("emails", _as_text(lambda text, _: (parse_detail(Detail.email, text),))),
    "TEL": ("phones", _phone),
    "URL": ("urls", _as_text(lambda text, _: (parse_detail(Detail.url, text),))),
    "CATEGORIES": ("tags", _tags),
    "BDAY": ("birthday", _birthday),
    "NOTE": ("note", _as_text(lambda text, _: prose(text, "note"))),
    "UID": ("uid", _as_text(lambda text, _: line(text, "UID"))),
}
TAKERS: dict[str, tuple[str, Taker]] = {
    **STANDARD,
    "X-NETKEEP-STATUS": ("status", _as_text(lambda text, _: Status(text))),
    "X-NETKEEP-KIND": ("kind", _as_text(lambda text, _: Kind(text))),
    "X-NETKEEP-CADENCE": ("cadence", _as_text(FIELDS["cadence"].parse)),
    **{
        f"X-NETKEEP-{name.upper().replace('_', '-')}": (name, _as_text(field.parse))
        for name, field in FIELDS.items()
        if field.fills and name not in dict(STANDARD.values())
    },
    "X-NETKEEP-MET-ON": ("met_on", _as_text(_past_day)),
    "X-NETKEEP-FIRST-DUE-ON": ("first_due_on", _as_text(_day)),
    "X-NETKEEP-SNOOZED-UNTIL": ("snoozed_until", _as_text(_day)),
}
