"""Synchronise with a folder: three-way merges of items, field by field.

Each side is compared with its own state after the last synchronisation, not with the state of the
other side: the folder may have a value in another form, or lack fields that another program does
not support.
"""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Any, NamedTuple

Values = Mapping[str, Any]  # the fields of an item: texts, None, or tuples of texts for lists

# Without --allow-removals, this many items may be missing from a folder, or this share if larger.
MAX_REMOVED, MAX_REMOVED_SHARE = 3, 0.2


class Conflict(NamedTuple):
    """A field that both sides changed to different values; the folder's value is used."""

    field: str
    ours: Any
    theirs: Any


class Merged(NamedTuple):
    """The values of both sides after the merge, and the conflicts."""

    values: dict[str, Any]
    conflicts: tuple[Conflict, ...] = ()


def merge(ours: Values, theirs: Values, our_base: Values, their_base: Values) -> Merged:
    """Merge one item that both sides have.

    If one side changed a field, use its value. If both changed it, merge lists as sets, join notes,
    and use the folder's value of other fields. If neither changed it and the values differ, ours
    has not been written to the folder yet.
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
    """Merge an item that both sides had before the first synchronisation.

    Fill empty fields on both sides and join lists; if both have a value, use ours.
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
    """Merge two lists as sets: keep entries that a side added, leave out those a side removed.

    Entries in the folder come first, in its order, then those that only we have.
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
    """What to do with an item, by the sides that have it."""

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
    """Return what to do with an item.

    It is `known` if both sides had it after the last synchronisation. It is changed if its values
    differ from those that this side had then.
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
    """Return whether so many items are missing that the folder may be lost."""
    return missing > max(MAX_REMOVED, MAX_REMOVED_SHARE * known)
