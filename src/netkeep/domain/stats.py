"""The figures of `stats`: the network, a year of touchpoints, and the load.

The load compares what your cadences need with what you do, and suggests one change that would help.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from netkeep.domain.contact import Kind, Status
from netkeep.domain.days import USUAL, WEEKDAYS, Length, WeekStart, to_typed
from netkeep.domain.rounds import RoundProgress
from netkeep.domain.touchpoint import Channel, Direction, Purpose

WEEKS = 53  # a year of weeks and the present one
MONTHS = 12  # the present one included
LOAD_WEEKS = 8  # your touchpoints are averaged over these
STATUSES = (Status.active, Status.candidate, Status.dropped)  # in the order of KindCount


class Introduced(NamedTuple):
    """A contact who was introduced by another or introduced others."""

    id: int
    name: str
    status: Status
    via_id: int | None


class Branch(NamedTuple):
    """One line of the tree; field by field what `stats --tree` prints.

    At depth 0 are contacts who were not introduced, and one contact of each ring (A introduced B,
    and B introduced A).
    """

    depth: int
    id: int
    name: str
    status: Status
    via_id: int | None


class Introducer(NamedTuple):
    """A contact and the number of people they introduced directly."""

    id: int
    name: str
    introduced: int


def introduction_tree(people: Iterable[Introduced]) -> list[Branch]:
    """Return everyone once, each below the contact who introduced them, sorted by name."""
    by_id = {
        person.id: person
        for person in sorted(
            people,
            key=lambda person: (person.via_id is not None, person.name.casefold(), person.id),
        )
    }
    introduced = defaultdict(list)
    for person in by_id.values():
        introduced[person.via_id].append(person)
    branches: dict[int, Branch] = {}
    for person in by_id.values():
        if person.id in branches:
            continue
        stack = [(0, _root(person, by_id))]
        while stack:
            depth, next_person = stack.pop()
            if next_person.id not in branches:
                branches[next_person.id] = Branch(depth, *next_person)
                stack += [(depth + 1, child) for child in reversed(introduced[next_person.id])]
    return list(branches.values())


def _root(person: Introduced, by_id: Mapping[int, Introduced]) -> Introduced:
    """Follow the introductions up to a contact without one, or back into a ring."""
    visited = set()
    while person.via_id is not None and person.id not in visited:
        visited.add(person.id)
        person = by_id[person.via_id]
    return person


class Count(NamedTuple):
    """The number of touchpoints on a day, or in the week or month that begins on it."""

    since: date
    touchpoints: int


def first_day(today: date, start: WeekStart) -> date:
    """Return the first day of the last WEEKS weeks, which begin on a weekday."""
    days_into_week = (today.weekday() - WEEKDAYS.index(start)) % 7
    return today - timedelta(days=days_into_week, weeks=WEEKS - 1)


def first_month(today: date) -> date:
    """Return the first day of the last MONTHS months."""
    return today.replace(day=1) - relativedelta(months=MONTHS - 1)


def by_day(counts: Mapping[date, int], first: date, today: date) -> tuple[Count, ...]:
    """Return a count for every day from the first up to today."""
    days = (first + timedelta(days=offset) for offset in range((today - first).days + 1))
    return tuple(Count(day, counts.get(day, 0)) for day in days)


def by_week(days: Sequence[Count]) -> tuple[Count, ...]:
    """Add up consecutive days by week; the first day has to begin a week."""
    weeks = (days[index : index + 7] for index in range(0, len(days), 7))
    return tuple(Count(week[0].since, sum(day.touchpoints for day in week)) for week in weeks)


def by_month(counts: Mapping[date, int], today: date) -> tuple[Count, ...]:
    """Add up days by month, with a count for each of the last MONTHS months."""
    first = first_month(today)
    months = dict.fromkeys((first + relativedelta(months=offset) for offset in range(MONTHS)), 0)
    for day, touchpoints in counts.items():
        months[day.replace(day=1)] += touchpoints
    return tuple(Count(month, touchpoints) for month, touchpoints in months.items())


class Group(NamedTuple):
    """The number of contacts with one status, kind and cadence (or none)."""

    status: Status
    kind: Kind
    cadence: Length | None
    people: int


class KindCount(NamedTuple):
    """The number of contacts of a kind, by status."""

    kind: Kind
    active: int
    candidate: int
    dropped: int


class TouchpointCount(NamedTuple):
    """The number of touchpoints with one channel, purpose and direction."""

    channel: Channel
    purpose: Purpose
    direction: Direction
    touchpoints: int


class Tally(NamedTuple):
    """The number of touchpoints with one channel or purpose."""

    name: str
    touchpoints: int


class Silence(NamedTuple):
    """A contact and the number of days since the latest touchpoint."""

    id: int
    name: str
    kind: Kind
    cadence: Length | None
    last_touch_on: date
    days: int


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
    """Touchpoints a week: `wanted` by your cadences, and `done` on average of the last LOAD_WEEKS.

    `change` is None if you do enough, or nothing: then no cadence would be long enough.
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
    load = Load(_wanted(active), round(touchpoints / LOAD_WEEKS, 2), None)
    if load.is_sustainable or not touchpoints:
        return load
    return load._replace(change=_best_change(active, load.done))


def _wanted(active: Iterable[Group]) -> float:
    a_week = (7 * group.people / group.cadence.days for group in active if group.cadence)
    return round(sum(a_week), 2)


def _best_change(active: Sequence[Group], done: float) -> CadenceChange:
    """Return the smallest change that fits what you do, or the largest if none fits.

    A longer cadence is preferred to no cadence, unless only the latter fits.
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


class Stats(NamedTuple):
    """The figures; field by field what `stats -f json` prints.

    All touchpoints counted are those from `since` to `until`. `asked` and `given` are yours.
    `no_word_yet` is the number of active contacts without any touchpoint.
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
    """One figure and its subject; field by field what `stats` prints as TSV and CSV."""

    figure: str
    of: str | None
    value: float | str


def people_by_kind(groups: Iterable[Group]) -> tuple[KindCount, ...]:
    """Count the contacts of every kind."""
    people: Counter[tuple[Kind, Status]] = Counter()
    for group in groups:
        people[group.kind, group.status] += group.people
    return tuple(KindCount(kind, *(people[kind, status] for status in STATUSES)) for kind in Kind)


def tally(counts: Iterable[tuple[str, int]]) -> tuple[Tally, ...]:
    """Add up counts by name; sort by count, the largest first, then by name."""
    sums: Counter[str] = Counter()
    for name, touchpoints in counts:
        sums[name] += touchpoints
    tallies = (Tally(name, touchpoints) for name, touchpoints in sums.items())
    return tuple(sorted(tallies, key=lambda tally: (-tally.touchpoints, tally.name)))


def count_by_purpose(
    counts: Iterable[TouchpointCount], purpose: Purpose, direction: Direction
) -> int:
    """Return the number of touchpoints with a purpose, yours or theirs."""
    return sum(
        count.touchpoints
        for count in counts
        if (count.purpose, count.direction) == (purpose, direction)
    )


def figures(stats: Stats) -> Iterator[Figure]:
    """Yield every figure as a line of its own."""
    for kind, *counts in stats.people:
        yield from (
            Figure(status, kind, people) for status, people in zip(STATUSES, counts, strict=True)
        )
    for name, periods in (("day", stats.days), ("week", stats.weeks)):
        yield from (Figure(name, str(since), touchpoints) for since, touchpoints in periods)
    for name, tallies in (("channel", stats.channels), ("purpose", stats.purposes)):
        yield from (Figure(name, of, touchpoints) for of, touchpoints in tallies)
    for name in ("asked", "given", "asked_by_them", "given_by_them"):
        yield Figure(name, None, getattr(stats, name))
    for silence in stats.silences:
        yield Figure("silence", f"{silence.name} (#{silence.id})", silence.days)
    yield Figure("no_word_yet", None, stats.no_word_yet)
    for progress in stats.rounds:
        yield Figure("round_people", progress.name, progress.people)
        yield Figure("round_greeted", progress.name, progress.greeted)
    for person in stats.introducers:
        yield Figure("introduced", f"{person.name} (#{person.id})", person.introduced)
    yield Figure("load_wanted", None, stats.load.wanted)
    yield Figure("load_done", None, stats.load.done)
    if change := stats.load.change:
        yield Figure("load_change", change.kind, str(change.cadence or "none"))
        yield Figure("load_command", None, change.command)
