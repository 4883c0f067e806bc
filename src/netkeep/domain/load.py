"""The load check: what cadences want of you, what you do, and the one change that would fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from netkeep.domain.contact import Kind, Status
from netkeep.domain.lengths import USUAL, Length, to_typed

WEEKS = 8  # what you do is looked at for as long


class Group(NamedTuple):
    """How many people of a status and a kind have a cadence, or none."""

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
    """Touches a week: those that cadences want, and those you did in the last weeks.

    There is no change if you do enough, or nothing at all: nobody's cadence would fit that.
    """

    wanted: float
    done: float
    change: CadenceChange | None

    @property
    def is_sustainable(self) -> bool:
        """Whether you do as much as is wanted."""
        return self.wanted <= self.done


def check_load(groups: Iterable[Group], touchpoints: int) -> Load:
    """Check what groups want against the touchpoints of the last weeks."""
    active = [group for group in groups if group.status is Status.active]
    found = Load(_wanted(active), round(touchpoints / WEEKS, 2), None)
    if found.is_sustainable or not touchpoints:
        return found
    return found._replace(change=_best_change(active, found.done))


def _wanted(active: Iterable[Group]) -> float:
    a_week = (7 * group.people / group.cadence.days for group in active if group.cadence)
    return round(sum(a_week), 2)


def _best_change(active: Sequence[Group], done: float) -> CadenceChange:
    """The change that leaves the most of what you can do, or else that helps most.

    A cadence goes before none, unless only none would do.
    """

    def rank(change: CadenceChange) -> tuple[bool, bool, float]:
        does = change.wanted <= done
        return not does, change.cadence is None, -change.wanted if does else change.wanted

    return min(_changes(active), key=rank)


def _changes(active: Sequence[Group]) -> Iterator[CadenceChange]:
    """Every usual step for every kind, the shortest first."""
    for kind in Kind:
        theirs = [group for group in active if group.kind is kind]
        for step in (*USUAL, None):
            shorter = [group for group in theirs if _is_shorter(group.cadence, step)]
            if not shorter:
                continue
            after = [
                group._replace(cadence=step) if group in shorter else group for group in active
            ]
            yield CadenceChange(
                kind=kind,
                cadence=step,
                instead=tuple(group.cadence for group in shorter if group.cadence),
                people=sum(group.people for group in shorter),
                out_of=sum(group.people for group in theirs),
                wanted=_wanted(after),
                command=f"netkeep edit PERSON -e {to_typed(step)}",
            )


def _is_shorter(cadence: Length | None, step: Length | None) -> bool:
    return cadence is not None and (step is None or cadence.days < step.days)
