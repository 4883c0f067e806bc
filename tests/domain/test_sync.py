"""Three-way merges of one item: each side against what it had the last time."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkeep.domain.sync import (
    Conflict,
    Merged,
    Presence,
    bind,
    join_notes,
    merge,
    merge_lists,
    presence,
    too_many_removed,
)

TEXTS = st.none() | st.sampled_from(["a", "b", "c"])
LISTS = st.lists(st.sampled_from("abcd"), unique=True).map(tuple)


@pytest.mark.parametrize(
    ("ours", "theirs", "our_base", "their_base", "merged", "conflict"),
    [
        ("new", "old", "old", "old", "new", False),
        ("old", "new", "old", "old", "new", False),
        ("new", "new", "old", "old", "new", False),
        (None, "old", "old", "old", None, False),
        ("old", None, "old", "old", None, False),
        ("one", "two", "old", "old", "two", True),
        ("IBM", "ibm", "IBM", "ibm", "IBM", False),
        ("Big Blue", "ibm", "IBM", "ibm", "Big Blue", False),
        ("IBM", "hp", "IBM", "ibm", "hp", False),
    ],
)
def test_field_is_compared_with_what_each_side_had(
    *, ours: Any, theirs: Any, our_base: Any, their_base: Any, merged: Any, conflict: bool
) -> None:
    result = merge({"title": ours}, {"title": theirs}, {"title": our_base}, {"title": their_base})
    conflicts = (Conflict("title", ours, theirs),) if conflict else ()
    assert result == Merged({"title": merged}, conflicts)


def test_notes_changed_on_both_sides_are_joined() -> None:
    sides: tuple[Any, Any, Any, Any] = (
        {"note": "mine"},
        {"note": "theirs"},
        {"note": "old"},
        {"note": "old"},
    )
    assert merge(*sides) == Merged({"note": "theirs\n\nmine"})
    assert merge({"note": None}, *sides[1:]).conflicts == (Conflict("note", None, "theirs"),)


def test_note_that_contains_the_other_is_enough() -> None:
    assert join_notes("a", "a b") == join_notes("a b", "a") == "a b"


def test_lists_are_merged_as_sets() -> None:
    merged = merge_lists(("a", "c"), ("b", "a", "d"), ("a", "b"), ("a", "b"))
    assert merged == ("a", "d", "c")
    assert merge({"tags": ("a",)}, {"tags": ("b",)}, {"tags": ()}, {}) == Merged(
        {"tags": ("b", "a")}
    )
    assert merge({"tags": ("a",)}, {}, {}, {}) == Merged({"tags": ("a",)})


@given(mine=LISTS, other=LISTS, base=LISTS)
def test_list_has_what_either_side_added_and_not_what_either_removed(
    mine: tuple[str, ...], other: tuple[str, ...], base: tuple[str, ...]
) -> None:
    merged = set(merge_lists(mine, other, base, base))
    assert merged >= (set(mine) | set(other)) - set(base)
    assert not merged & (set(base) - (set(mine) & set(other)))


@given(ours=TEXTS, theirs=TEXTS, base=TEXTS)
def test_merge_of_its_own_result_changes_nothing(ours: Any, theirs: Any, base: Any) -> None:
    values = merge({"x": ours}, {"x": theirs}, {"x": base}, {"x": base}).values
    assert merge(values, values, values, values) == Merged(values)


def test_binding_fills_empty_fields_both_ways() -> None:
    ours = {"city": "London", "title": None, "tags": ("a",), "kind": "friend"}
    theirs = {"city": "Paris", "title": "Dr", "tags": ("b", "a"), "note": "x"}
    values = {"city": "London", "title": "Dr", "tags": ("a", "b"), "kind": "friend", "note": "x"}
    assert bind(ours, theirs) == Merged(values, (Conflict("city", "London", "Paris"),))


@pytest.mark.parametrize(
    ("here", "there", "known", "changed_here", "changed_there", "decision"),
    [
        (True, True, True, True, True, Presence.MERGE),
        (True, True, False, True, True, Presence.BIND),
        (True, False, True, False, False, Presence.DELETE_HERE),
        (True, False, True, True, False, Presence.RESTORE),
        (True, False, False, True, False, Presence.WRITE),
        (False, True, True, True, False, Presence.DELETE_THERE),
        (False, True, True, True, True, Presence.REVIVE),
        (False, True, False, True, True, Presence.TAKE),
        (False, False, True, True, False, Presence.FORGET),
    ],
)
def test_what_is_done_about_an_item(
    *,
    here: bool,
    there: bool,
    known: bool,
    changed_here: bool,
    changed_there: bool,
    decision: Presence,
) -> None:
    assert (
        presence(
            here=here,
            there=there,
            known=known,
            changed_here=changed_here,
            changed_there=changed_there,
        )
        is decision
    )


@pytest.mark.parametrize(
    ("known", "missing", "lost"), [(5, 3, False), (5, 4, True), (100, 20, False), (100, 21, True)]
)
def test_many_missing_items_look_like_a_lost_folder(known: int, missing: int, lost: bool) -> None:
    assert too_many_removed(known, missing) is lost
