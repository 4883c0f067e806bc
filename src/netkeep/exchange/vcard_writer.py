"""Writing vCards: 4.0 (RFC 6350), or 3.0 (RFC 2426) for what cannot read those."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date
from typing import Any, Literal

from netkeep.domain.birthdays import Birthday
from netkeep.domain.contact import Contact, Detail, detail_key
from netkeep.exchange.content_lines import Property, escape, fold, is_parameter, parse
from netkeep.exchange.vcard import ABOUT_THE_FILE, LISTS, TAKERS, Taken, composed_name, made_n, take

Version = Literal["4.0", "3.0"]
Extra = tuple[Property, Taken | None]
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # which no card has (RFC 6350, 3.3)
APPLE_NO_YEAR = 1604  # a leap year nobody who is alive was born in


def to_vcard(contact: Contact, extra: Sequence[str], uid: str, version: Version = "4.0") -> str:
    """One card, lines ended by CRLF and folded.

    A line of `extra` stands for a field if it says the same; it goes if the field says otherwise.
    """
    lines = _readable(extra, contact.updated_at.date())
    values = _values(contact, uid)
    body = _name(contact.name, lines)
    for key, (field, _) in TAKERS.items():
        mine = [(written, taken) for written, taken in lines if taken and taken.field == field]
        if field == Detail.tag.field:
            body += _tags(values[field], mine)
        elif field in LISTS:
            body += _entries(key, LISTS[field], values[field], mine)
        elif field in values:
            body += _one(key, values[field], mine, version)
    body += [written for written, taken in lines if taken is None and written.key != "N"]
    body = _without_orphans(body, lines)
    updated = contact.updated_at.astimezone(UTC)
    stamp = "%Y%m%dT%H%M%SZ" if version == "4.0" else "%Y-%m-%dT%H:%M:%SZ"
    return fold(
        (
            "BEGIN:VCARD",
            f"VERSION:{version}",
            *(CONTROL.sub(" ", written.with_escaped_commas().line) for written in body),
            f"REV:{updated:{stamp}}",
            "END:VCARD",
        )
    )


def _readable(extra: Sequence[str], today: date) -> list[Extra]:
    lines = (escape(line, keep="\\;,") for line in extra)
    properties = [written for written in map(parse, lines) if written.key not in ABOUT_THE_FILE]
    return [(written, take(written, today)) for written in properties]


def _values(contact: Contact, uid: str) -> Mapping[str, Any]:
    """What the fields of a card hold; without those that are empty, a cadence of none is one."""
    values = contact._asdict() | {"uid": uid}
    fields = [field for field, _ in TAKERS.values()]
    return {
        field: values[field] for field in fields if values[field] is not None or field == "cadence"
    }


def _name(name: str, lines: Sequence[Extra]) -> list[Property]:
    """N, which 3.0 asks for (RFC 2426, 3.1.2): as it came, unless the name is another one now."""
    there = [written for written, _ in lines if written.key == "N"]
    full = [taken.value for _, taken in lines if taken and taken.field == "name"]
    if there and (full[0] if full else composed_name(there)) in {"", name}:
        return there
    return [made_n(name)]


def _one(
    key: str, value: Any, mine: Sequence[tuple[Property, Taken]], version: Version
) -> list[Property]:
    """A field that holds one value, and after it what else the card has of the kind."""
    stands = bool(mine) and mine[0][1].value == value
    first = mine[0][0] if stands else _plain(key, value, version)
    return [first, *(written for written, _ in mine[1:])]


def _plain(key: str, value: Any, version: Version) -> Property:
    if isinstance(value, Birthday):
        return _birthday(value, version)
    text = escape("none" if value is None else str(value), keep=",;" if key == "URL" else "")
    return Property(key, f";;;{text};;;" if key == "ADR" else text)


def _birthday(born: Birthday, version: Version) -> Property:
    """RFC 6350, 4.3.1; without a year, which 3.0 has no way to leave out, as Apple does it."""
    if version == "4.0":
        year = "--" if born.year is None else f"{born.year:04}"
        return Property("BDAY", f"{year}{born.month:02}{born.day:02}")
    if born.year is None:
        dated = str(born._replace(year=APPLE_NO_YEAR))
        return Property("BDAY", dated, (f"X-APPLE-OMIT-YEAR={APPLE_NO_YEAR}",))
    return Property("BDAY", str(born))


def _entries(
    key: str, detail: Detail, entries: Sequence[str], mine: Sequence[tuple[Property, Taken]]
) -> list[Property]:
    """The entries of a list in their order, each with what the card has to say about it."""
    body = []
    for entry in entries:
        plain = _plain(key, entry, "4.0")
        same = [
            written if taken.value == (entry,) else _with_value(written, plain.value)
            for written, taken in mine
            if detail_key(detail, taken.value[0]) == detail_key(detail, entry)
        ]
        body += same or [plain]
    return body


def _with_value(written: Property, value: str) -> Property:
    """The same number or address as it is written now; it is text, whatever it was."""
    kept = (each for each in written.parameters if not is_parameter(each, "VALUE"))
    return written._replace(value=value, parameters=tuple(kept))


def _tags(tags: Sequence[str], mine: Sequence[tuple[Property, Taken]]) -> list[Property]:
    """All tags on one line, unless the card's own lines, less the tags that went, say the same."""
    keys = {_tag_key(tag) for tag in tags}
    said = [tag for _, taken in mine for tag in taken.value if _tag_key(tag) in keys]
    gone = {_tag_key(tag) for _, taken in mine for tag in taken.value} - keys
    body = []
    if tags and said != list(tags):
        body.append(Property("CATEGORIES", ",".join(map(escape, tags))))
    for written, _ in mine:
        items = [escape(item) for item in written.items if _tag_key(item.strip()) not in gone]
        if items:
            body.append(written._replace(value=",".join(items)))
    return body


def _tag_key(tag: str) -> str:
    return detail_key(Detail.tag, tag)


def _without_orphans(body: Sequence[Property], lines: Sequence[Extra]) -> list[Property]:
    """Without the labels (`item1.X-ABLabel`) of what is no longer there."""
    had = {written.group for written, _ in lines if not _is_label(written)}
    has = {written.group for written in body if not _is_label(written)}
    return [written for written in body if not (_is_label(written) and written.group in had - has)]


def _is_label(written: Property) -> bool:
    return written.key.startswith("X-AB")
