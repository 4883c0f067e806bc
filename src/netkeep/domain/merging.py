"""Two contacts that are one person: what the first gains from the second, and who looks like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple, cast

from netkeep.domain.contact import (
    FIELDS,
    Contact,
    ContactFields,
    Detail,
    Kind,
    ListChange,
    Status,
    detail_key,
    new_values,
)
from netkeep.domain.people import profiles_differ
from netkeep.domain.text import key

FILLED = (*(field.name for field in FIELDS.values() if field.fills), "uid")
CROWD = 10  # more people than this with one phone share it, and are not one


class Pair(NamedTuple):
    """Two people who may be one; field by field what `merge --suggest` prints."""

    id: int
    name: str
    other_id: int
    other_name: str
    reasons: tuple[str, ...]


def gained(first: Contact, second: Contact) -> tuple[ContactFields, dict[Detail, ListChange]]:
    """The fields and lists of the first after a merge: what it lacks, and the stricter snooze.

    Whoever was let in stays so, with their kind and cadence. Two notes are one after the other.
    """
    fields = {
        name: getattr(second, name)
        for name in FILLED
        if getattr(first, name) is None and getattr(second, name) is not None
    }
    if first.note and second.note and second.note not in first.note:
        fields["note"] = f"{first.note}\n{second.note}"
    both = {first.id, second.id}
    vias = [one.via.id for one in (first, second) if one.via and one.via.id not in both]
    via = next(iter(vias), None)
    if via != (first.via and first.via.id):
        fields["via_id"] = via
    if second.status is Status.active and first.status is not Status.active:
        fields |= {"status": second.status, "kind": second.kind, "cadence": second.cadence}
    elif first.kind is Kind.other and second.kind is not Kind.other:
        fields["kind"] = second.kind
    snoozes = [one.snoozed_until for one in (first, second) if one.snoozed_until]
    if snoozes:
        fields["snoozed_until"] = max(snoozes)
    firsts = [one.first_due_on for one in (first, second) if one.first_due_on]
    if firsts:
        fields["first_due_on"] = min(firsts)
    lists = {
        detail: ListChange(add=more)
        for detail in Detail
        if (more := new_values(detail, *(getattr(one, detail.field) for one in (first, second))))
    }
    return cast(ContactFields, fields), lists


def look_alike(people: Iterable[Contact]) -> list[Pair]:
    """Pairs that look like one person, those with the most reasons first.

    Two with profiles that differ are two people; dropped ones count like any other.
    """
    people = list(people)
    by_id = {contact.id: contact for contact in people}
    reasons: dict[tuple[int, int], list[str]] = {}
    for words, group in _groups(people):
        for one, other in combinations(sorted(group), 2):
            if not _are_two(by_id[one], by_id[other]):
                reasons.setdefault((one, other), []).append(words)
    pairs = [
        Pair(one, by_id[one].name, other, by_id[other].name, tuple(said))
        for (one, other), said in reasons.items()
    ]
    return sorted(pairs, key=lambda pair: (-len(pair.reasons), pair.id, pair.other_id))


def _groups(people: Iterable[Contact]) -> Iterator[tuple[str, set[int]]]:
    """What some have in common, in words, and who they are."""
    sharing: dict[tuple[str, str], set[int]] = {}
    for contact in people:
        for detail in (Detail.email, Detail.phone, Detail.url):
            for value in getattr(contact, detail.field):
                sharing.setdefault((detail, detail_key(detail, value)), set()).add(contact.id)
        if name := key(contact.name):
            sharing.setdefault(("name", name), set()).add(contact.id)
    for (what, shared), group in sharing.items():
        if 1 < len(group) <= CROWD:
            words = Detail(what).label if what != "name" else "name"
            yield f"same {words} {shared}", group


def _are_two(one: Contact, other: Contact) -> bool:
    keys = ([detail_key(Detail.url, url) for url in each.urls] for each in (one, other))
    return bool(profiles_differ(*keys))
