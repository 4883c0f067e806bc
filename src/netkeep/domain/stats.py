"""What `stats` tells: the network and a year of it in figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from netkeep.domain.contact import Kind, Status
from netkeep.domain.days import WEEKDAYS, WeekStart
from netkeep.domain.lengths import Length
from netkeep.domain.load import Group, Load
from netkeep.domain.rounds import RoundProgress
from netkeep.domain.touchpoint import Channel, Direction, Purpose


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


def introduction_tree(people: Iterable[Introduced]) -> list[Branch]:
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


WEEKS = 53  # a year of weeks, and this one
MONTHS = 12  # the last of which is this one


class Count(NamedTuple):
    """How many touchpoints there were on a day, or in the week or month that begins with it."""

    since: date
    touchpoints: int


def first_day(today: date, start: WeekStart) -> date:
    """The day on which a year of weeks begins, of those that begin so."""
    into_this_week = (today.weekday() - WEEKDAYS.index(start)) % 7
    return today - timedelta(days=into_this_week, weeks=WEEKS - 1)


def first_month(today: date) -> date:
    """The first day of a year of months."""
    return today.replace(day=1) - relativedelta(months=MONTHS - 1)


def by_day(counted: Mapping[date, int], first: date, today: date) -> tuple[Count, ...]:
    """Every day from the first up to today, those without touchpoints too."""
    days = (first + timedelta(days=away) for away in range((today - first).days + 1))
    return tuple(Count(day, counted.get(day, 0)) for day in days)


def by_week(days: Sequence[Count]) -> tuple[Count, ...]:
    """The weeks of days in a row, the first of which begins one."""
    weeks = (days[place : place + 7] for place in range(0, len(days), 7))
    return tuple(Count(week[0].since, sum(day.touchpoints for day in week)) for week in weeks)


def by_month(counted: Mapping[date, int], today: date) -> tuple[Count, ...]:
    """Every month of a year of months, those without touchpoints too."""
    first = first_month(today)
    found = dict.fromkeys((first + relativedelta(months=away) for away in range(MONTHS)), 0)
    for day, touchpoints in counted.items():
        found[day.replace(day=1)] += touchpoints
    return tuple(Count(month, touchpoints) for month, touchpoints in found.items())


class KindCount(NamedTuple):
    """How many contacts of a kind there are of each status."""

    kind: Kind
    active: int
    candidate: int
    dropped: int


class TouchpointCount(NamedTuple):
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


def tally(counted: Iterable[tuple[str, int]]) -> tuple[Tally, ...]:
    """Count what was counted in parts, the most first, then by name."""
    sums: Counter[str] = Counter()
    for name, touchpoints in counted:
        sums[name] += touchpoints
    tallies = (Tally(name, touchpoints) for name, touchpoints in sums.items())
    return tuple(sorted(tallies, key=lambda tally: (-tally.touchpoints, tally.name)))


def count_by_purpose(
    sorts: Iterable[TouchpointCount], purpose: Purpose, direction: Direction
) -> int:
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
