"""Synchronising with a folder: three-way merges of one item, field by field.

Each side is compared with what that side had after the last synchronisation, never with the other
side's past: the folder may hold a value in another form, or lack fields that another program does
not know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Any, NamedTuple

Values = Mapping[str, Any]  # the fields of an item: texts, None, or tuples of texts for lists

REMOVED_MOST = 3  # items that may be missing from a folder without --allow-removals ...
REMOVED_SHARE = 0.2  # ... or this share of them, if that is more


class Conflict(NamedTuple):
    """A field that both sides changed to different values; the value of the folder was taken."""

    field: str
    ours: Any
    theirs: Any


class Merged(NamedTuple):
    """The values of both sides after the merge, and the conflicts on the way there."""

    values: dict[str, Any]
    conflicts: tuple[Conflict, ...] = ()


def merge(ours: Values, theirs: Values, our_base: Values, their_base: Values) -> Merged:
    """Merge one item that both sides have.

    A field that one side changed is taken over. If both changed it to different values, lists are
    merged as sets, notes are joined, and of anything else the folder's value counts. If neither
    changed it and the values differ, ours has not been written to the folder yet.
    """
    values: dict[str, Any] = {}
    conflicts = []
    for field in {**ours, **theirs}:
        mine, other = ours.get(field), theirs.get(field)
        my_base, other_base = our_base.get(field), their_base.get(field)
        if mine == other:
            values[field] = mine
        elif isinstance(mine, tuple) or isinstance(other, tuple):
            values[field] = merge_lists(mine or (), other or (), my_base or (), other_base or ())
        elif other == other_base:
            values[field] = mine
        elif mine == my_base:
            values[field] = other
        elif field == "note" and mine and other:
            values[field] = join_notes(mine, other)
        else:
            values[field] = other
            conflicts.append(Conflict(field, mine, other))
    return Merged(values, tuple(conflicts))


def bind(ours: Values, theirs: Values) -> Merged:
    """Merge an item that both sides had before they knew of each other.

    Empty fields are filled both ways and lists joined; ours stays where both have a value.
    """
    values: dict[str, Any] = {}
    conflicts = []
    for field in {**ours, **theirs}:
        mine, other = ours.get(field), theirs.get(field)
        if isinstance(mine, tuple) or isinstance(other, tuple):
            values[field] = tuple(dict.fromkeys((*(mine or ()), *(other or ()))))
        elif mine is None or mine == other:
            values[field] = other
        else:
            values[field] = mine
            if other is not None:
                conflicts.append(Conflict(field, mine, other))
    return Merged(values, tuple(conflicts))


def merge_lists(
    mine: Sequence[str], other: Sequence[str], my_base: Sequence[str], other_base: Sequence[str]
) -> tuple[str, ...]:
    """Merge two lists as sets: what either side added is in, what either side removed is out.

    The order is that of the folder, then what only we have.
    """
    removed = (set(my_base) - set(mine)) | (set(other_base) - set(other))
    added = (set(mine) - set(my_base)) | (set(other) - set(other_base))
    return tuple(
        entry for entry in dict.fromkeys((*other, *mine)) if entry in added or entry not in removed
    )


def join_notes(mine: str, other: str) -> str:
    """Return both notes with an empty line between, the folder's first.

    If one contains the other, return that one.
    """
    if mine in other:
        return other
    return mine if other in mine else f"{other}\n\n{mine}"


class Presence(Enum):
    """What to do about an item that is missing on one side, or on both."""

    MERGE = auto()  # it is on both sides
    BIND = auto()  # it is on both sides, and was never synchronised
    TAKE = auto()  # it is new in the folder
    WRITE = auto()  # it is new here, or was changed here and deleted there
    DELETE_HERE = auto()  # it was deleted there, and is unchanged here
    DELETE_THERE = auto()  # it was deleted here
    RESTORE = auto()  # it was deleted there, but has changed here since
    REVIVE = auto()  # it was deleted here, but has changed there since
    FORGET = auto()  # it was deleted on both sides


def presence(
    *, here: bool, there: bool, known: bool, changed_here: bool, changed_there: bool
) -> Presence:
    """Return what to do about an item.

    It is `known` if both sides had it after the last synchronisation. It has changed if its values
    differ from what that side had then.
    """
    match here, there, known:
        case True, True, True:
            return Presence.MERGE
        case True, True, False:
            return Presence.BIND
        case True, False, True:
            return Presence.RESTORE if changed_here else Presence.DELETE_HERE
        case True, False, False:
            return Presence.WRITE
        case False, True, True:
            return Presence.REVIVE if changed_there else Presence.DELETE_THERE
        case False, True, False:
            return Presence.TAKE
        case _:
            return Presence.FORGET


def too_many_removed(known: int, missing: int) -> bool:
    """Return whether so many items are gone that a folder looks lost rather than tidied up."""
    return missing > max(REMOVED_MOST, REMOVED_SHARE * known)
