"""Who introduced whom: the tree that `via` makes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from netkeep.domain.contact import Status


class Introduced(NamedTuple):
    """Someone who was introduced by a contact, or introduced others."""

    id: int
    name: str
    status: Status
    via_id: int | None


class Branch(NamedTuple):
    """One line of the tree; field by field what `stats --tree` prints.

    At depth 0 nobody introduced them, or they are where a ring was opened: A by B, and B by A.
    """

    depth: int
    id: int
    name: str
    status: Status
    via_id: int | None


class Introducer(NamedTuple):
    """Someone, and how many they introduced themselves."""

    id: int
    name: str
    introduced: int


def tree(people: Iterable[Introduced]) -> list[Branch]:
    """Everybody once, each under who introduced them, by name."""
    found = {
        one.id: one
        for one in sorted(
            people, key=lambda one: (one.via_id is not None, one.name.casefold(), one.id)
        )
    }
    introduced = defaultdict(list)
    for one in found.values():
        introduced[one.via_id].append(one)
    placed: dict[int, Branch] = {}
    for one in found.values():
        if one.id in placed:
            continue
        waiting = [(0, _first(one, found))]
        while waiting:
            depth, person = waiting.pop()
            if person.id not in placed:
                placed[person.id] = Branch(depth, *person)
                waiting += [(depth + 1, each) for each in reversed(introduced[person.id])]
    return list(placed.values())


def _first(one: Introduced, found: Mapping[int, Introduced]) -> Introduced:
    """Whom nobody introduced, up from here, or someone of the ring that this ends in."""
    passed = set()
    while one.via_id is not None and one.id not in passed:
        passed.add(one.id)
        one = found[one.via_id]
    return one
