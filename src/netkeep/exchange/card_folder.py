"""Decide what an export changes in a folder of cards that other programs use too."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any, NamedTuple

from netkeep.domain.contact import Contact, detail_key
from netkeep.errors import BadValueError
from netkeep.exchange import vcard
from netkeep.exchange.content_lines import Property, parse
from netkeep.exchange.plan import Record
from netkeep.exchange.shared_cards import OURS, is_ours, read_card
from netkeep.exchange.vcard import LISTS, parse_property
from netkeep.exchange.vcard_writer import Version, to_vcard
from netkeep.exchange.vdir import Folder, file_name, uids_in

SUFFIX = ".vcf"


class Person(NamedTuple):
    """Someone to export, with their extra lines."""

    contact: Contact
    extra: Sequence[str]
    uid: str


class Changed(NamedTuple):
    """A file to write again, and the values to remove from it; netkeep wrote it if `is_ours`."""

    name: str
    content: bytes
    removed: tuple[str, ...]
    is_ours: bool


class FolderExport(NamedTuple):
    """What to write into a folder; `left` has the reason for each file that is left unchanged."""

    new: Mapping[str, bytes]
    changed: Sequence[Changed]
    unchanged: int
    left: Mapping[str, str]


def export_to_folder(
    people: Sequence[Person],
    folder: Folder,
    names: Collection[str],
    version: Version | None,
    today: date,
) -> FolderExport:
    """Decide what to write into a folder that has files of these names.

    A card goes into the file that has its UID, in the version of that file unless one is given. A
    file with the same meaning is left unchanged. A new card may replace a file without a UID.
    """
    left = {path.name: why for path, why in folder.problems.items()}
    left |= {copy.path.name: "it is a conflict copy that Syncthing made" for copy in folder.copies}
    no_cards = {path.name for path in folder.problems if not uids_in(path)}
    kept_apart = {uid: path.name for path in folder.problems for uid in uids_in(path)}
    new: dict[str, bytes] = {}
    changed = []
    unchanged = 0
    for person in people:
        item = folder.items.get(person.uid)
        if item is None:
            if person.uid not in kept_apart:  # vdirsyncer stops at two files with one UID
                name = _free_name(person.uid, {*names, *new} - no_cards)
                new[name] = _card(person, version or "4.0")
            continue
        try:
            update = _update(person, item.path.name, item.content, version, today)
        except BadValueError as error:
            left[item.path.name] = error.sentence
            continue
        if update:
            changed.append(update)
        else:
            unchanged += 1
    return FolderExport(new, changed, unchanged, left)


def _free_name(uid: str, taken: Collection[str]) -> str:
    """Return a name for a new file; a card with another UID may have the usual name."""
    names = (file_name(uid + "\n" * number, SUFFIX) for number in count())
    return next(name for name in names if name not in taken)


def _card(person: Person, version: Version, more: Sequence[str] = ()) -> bytes:
    return to_vcard(person.contact, [*person.extra, *more], person.uid, version).encode()


def _update(
    person: Person, name: str, before: bytes, version: Version | None, today: date
) -> Changed | None:
    """Return the change of a file, None if its meaning is the same.

    Raise BadValueError if the file is not one card.
    """
    existing = _version(before)
    bare = _card(person, version or existing)
    if bare == before:
        return None
    old = read_card(before, today)
    more = [*_kept_lines(person, bare, before, today), *vcard.left_out_lines(before)]
    content = _card(person, version or existing, more)
    new = read_card(content, today)
    if version in {None, existing} and _meaning(new.values) == _meaning(old.values):
        return None
    removed = tuple(_removed(old.values, new.values, today))
    return Changed(name, content, removed, is_ours(before))


def _version(content: bytes) -> Version:
    """Return the version of a card: 4.0, or 3.0 for any other."""
    return "4.0" if b"VERSION:4.0" in content.upper() else "3.0"


def _kept_lines(person: Person, bare: bytes, before: bytes, today: date) -> Iterator[str]:
    """Yield the lines of a file without a field, and those that say more than their field.

    Examples of the latter are a phone with a label and an address with a street. They are kept if
    the contact still has the value.
    """
    written = _lines(bare, today)
    known = {_value(prop, today) for prop in map(parse, written)}
    for line in _lines(before, today):
        prop = parse(line)
        value = _value(prop, today)
        if line in written or prop.key == "FN":
            continue
        if prop.key == "N":
            if not any(parse(each).key == "N" for each in written):
                yield line
        elif value is None or (value not in known and _has(person.contact, *value)):
            yield line


def _lines(content: bytes, today: date) -> tuple[str, ...]:
    """Return the lines of a card that no field holds completely."""
    (record,) = vcard.read(content, today)
    return record.extra if isinstance(record, Record) else ()


def _value(prop: Property, today: date) -> tuple[str, Any] | None:
    """Return the field of a property, and its value in the form that is compared."""
    parsed = parse_property(prop, today)
    if parsed is None:
        return None
    if detail := LISTS.get(parsed.field):
        return parsed.field, tuple(detail_key(detail, entry) for entry in parsed.value)
    return parsed.field, parsed.value


def _has(contact: Contact, field: str, value: Any) -> bool:
    own = getattr(contact, field)
    if detail := LISTS.get(field):
        return {*value} <= {detail_key(detail, entry) for entry in own}
    return bool(own == value)


def _meaning(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**values, "extra": sorted(values["extra"])}


def _removed(old: Mapping[str, Any], new: Mapping[str, Any], today: date) -> Iterator[str]:
    """Yield the values removed from a file: `email ada@old.example`."""
    for field, value in old.items():
        if field in OURS:
            continue
        if field == "extra":
            lines = (line for line in value if line not in new[field])
            yield from (line for line in lines if not _is_entry(parse(line), today))
        elif isinstance(value, tuple):
            label = field.removesuffix("s")
            yield from (f"{label} {entry}" for entry in value if entry not in new[field])
        elif value is not None and new.get(field) is None:
            yield f"{field} {value}"


def _is_entry(prop: Property, today: date) -> bool:
    """Return whether a property is an entry of a list, perhaps with a label."""
    value = _value(prop, today)
    return value is not None and value[0] in LISTS
