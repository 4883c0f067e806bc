"""What `stats` tells: the network and a year of it in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from netkeep.domain.contact import Kind, Status
from netkeep.domain.introductions import Introducer
from netkeep.domain.lengths import Length
from netkeep.domain.load import Group, Load
from netkeep.domain.rounds import RoundProgress
from netkeep.domain.touchpoint import Channel, Direction, Purpose
from netkeep.domain.year import Count


class KindCount(NamedTuple):
    """How many contacts of a kind there are of each status."""

    kind: Kind
    active: int
    candidate: int
    dropped: int


class Sort(NamedTuple):
    """How many touchpoints were of one sort."""

    channel: Channel
    purpose: Purpose
    direction: Direction
    touchpoints: int


class Tally(NamedTuple):
    """How many touchpoints were over one channel, or for one purpose."""

    name: str
    touchpoints: int


class Silence(NamedTuple):
    """Someone, and for how many days there was no touchpoint."""

    id: int
    name: str
    kind: Kind
    cadence: Length | None
    last_touch_on: date
    days: int


class Stats(NamedTuple):
    """The figures; field by field what `stats -f json` prints.

    `days`, `weeks`, `channels` and `purposes` count the touchpoints from `since` to `until`, and so
    do `asked` and `given`, by you and by them. `no_word_yet` is how many active people there was
    never a touchpoint with.
    """

    since: date
    until: date
    people: tuple[KindCount, ...]
    days: tuple[Count, ...]
    weeks: tuple[Count, ...]
    channels: tuple[Tally, ...]
    purposes: tuple[Tally, ...]
    asked: int
    given: int
    asked_by_them: int
    given_by_them: int
    silences: tuple[Silence, ...]
    no_word_yet: int
    rounds: tuple[RoundProgress, ...]
    introducers: tuple[Introducer, ...]
    load: Load


class Figure(NamedTuple):
    """One figure, and what it is of; field by field what `stats` prints as TSV and CSV."""

    figure: str
    of: str | None
    value: float | str


def people_by_kind(groups: Iterable[Group]) -> tuple[KindCount, ...]:
    """Count every kind, in the usual order."""
    people: Counter[tuple[Kind, Status]] = Counter()
    for group in groups:
        people[group.kind, group.status] += group.people
    return tuple(
        KindCount(
            kind,
            people[kind, Status.active],
            people[kind, Status.candidate],
            people[kind, Status.dropped],
        )
        for kind in Kind
    )


def tallied(counted: Iterable[tuple[str, int]]) -> tuple[Tally, ...]:
    """Count what was counted in parts, the most first, then by name."""
    sums: Counter[str] = Counter()
    for name, touchpoints in counted:
        sums[name] += touchpoints
    tallies = (Tally(name, touchpoints) for name, touchpoints in sums.items())
    return tuple(sorted(tallies, key=lambda tally: (-tally.touchpoints, tally.name)))


def count_of(sorts: Iterable[Sort], purpose: Purpose, direction: Direction) -> int:
    """How many touchpoints were for a purpose of yours, or of theirs."""
    found = (one for one in sorts if (one.purpose, one.direction) == (purpose, direction))
    return sum(one.touchpoints for one in found)


def figures(page: Stats) -> Iterator[Figure]:
    """Every figure on a line of its own."""
    for kind, *counts in page.people:
        yield from (
            Figure(status, kind, people) for status, people in zip(_STATUSES, counts, strict=True)
        )
    yield from _counted("day", page.days)
    yield from _counted("week", page.weeks)
    yield from (Figure("channel", name, touchpoints) for name, touchpoints in page.channels)
    yield from (Figure("purpose", name, touchpoints) for name, touchpoints in page.purposes)
    for name in ("asked", "given", "asked_by_them", "given_by_them"):
        yield Figure(name, None, getattr(page, name))
    yield from (Figure("silence", f"{one.name} (#{one.id})", one.days) for one in page.silences)
    yield Figure("no_word_yet", None, page.no_word_yet)
    for one in page.rounds:
        yield Figure("round_people", one.name, one.people)
        yield Figure("round_greeted", one.name, one.greeted)
    yield from (
        Figure("introduced", f"{one.name} (#{one.id})", one.introduced) for one in page.introducers
    )
    yield Figure("load_wanted", None, page.load.wanted)
    yield Figure("load_done", None, page.load.done)
    if change := page.load.change:
        yield Figure("load_change", change.kind, str(change.cadence or "none"))
        yield Figure("load_command", None, change.command)


_STATUSES = (Status.active, Status.candidate, Status.dropped)


def _counted(figure: str, counts: Sequence[Count]) -> Iterator[Figure]:
    yield from (Figure(figure, str(since), touchpoints) for since, touchpoints in counts)
