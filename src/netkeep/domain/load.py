"""The load check: what your cadences need, what you do, and one change that would help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from netkeep.domain.contact import Kind, Status
from netkeep.domain.days import USUAL, Length, to_typed

WEEKS = 8  # over which your touchpoints are averaged


class Group(NamedTuple):
    """The number of contacts with one status, kind and cadence (or none)."""

    status: Status
    kind: Kind
    cadence: Length | None
    people: int


class CadenceChange(NamedTuple):
    """A longer cadence, or none, for everyone of a kind with a shorter one.

    `instead` has their present cadences; `people` is their number, out of `out_of` active contacts
    of the kind. `wanted` is the touchpoints a week that all cadences need after the change.
    `command` is what to type for each of them.
    """

    kind: Kind
    cadence: Length | None
    instead: tuple[Length, ...]
    people: int
    out_of: int
    wanted: float
    command: str


class Load(NamedTuple):
    """Touchpoints a week: those that your cadences need, and those you had in the last weeks.

    There is no change if you do enough, or nothing at all: no cadence would be long enough.
    """

    wanted: float
    done: float
    change: CadenceChange | None

    @property
    def is_sustainable(self) -> bool:
        """Whether you do as much as your cadences need."""
        return self.wanted <= self.done


def check_load(groups: Iterable[Group], touchpoints: int) -> Load:
    """Compare what the cadences need with the number of touchpoints in the last weeks."""
    active = [group for group in groups if group.status is Status.active]
    load = Load(_wanted(active), round(touchpoints / WEEKS, 2), None)
    if load.is_sustainable or not touchpoints:
        return load
    return load._replace(change=_best_change(active, load.done))


def _wanted(active: Iterable[Group]) -> float:
    a_week = (7 * group.people / group.cadence.days for group in active if group.cadence)
    return round(sum(a_week), 2)


def _best_change(active: Sequence[Group], done: float) -> CadenceChange:
    """Return the change that needs the most of what you do, or if none fits, the least.

    A cadence is preferred to none, unless only none fits.
    """

    def rank(change: CadenceChange) -> tuple[bool, bool, float]:
        fits = change.wanted <= done
        return not fits, change.cadence is None, -change.wanted if fits else change.wanted

    return min(_changes(active), key=rank)


def _changes(active: Sequence[Group]) -> Iterator[CadenceChange]:
    """Yield the change to each usual cadence, the shortest first, for each kind."""
    for kind in Kind:
        of_kind = [group for group in active if group.kind is kind]
        for cadence in (*USUAL, None):
            shorter = [group for group in of_kind if _is_shorter(group.cadence, cadence)]
            if not shorter:
                continue
            after = [
                group._replace(cadence=cadence) if group in shorter else group for group in active
            ]
            yield CadenceChange(
                kind=kind,
                cadence=cadence,
                instead=tuple(group.cadence for group in shorter if group.cadence),
                people=sum(group.people for group in shorter),
                out_of=sum(group.people for group in of_kind),
                wanted=_wanted(after),
                command=f"netkeep edit PERSON -e {to_typed(cadence)}",
            )


def _is_shorter(cadence: Length | None, other: Length | None) -> bool:
    return cadence is not None and (other is None or cadence.days < other.days)
