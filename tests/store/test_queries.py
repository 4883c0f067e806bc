"""The cost of a question: found by an index, never by looking at everybody."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from netkeep.store.filter import Filter, Sort
from netkeep.store.reader import Reader
from netkeep.store.stats_questions import StatsQuestions

from netkeep.domain.contact import Detail, Status
from tests.conftest import Netkeep


class Watched(sqlite3.Connection):
    """A connection that remembers the plan of every question it is asked."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # passed on as they are
        self.plans: list[str] = []
        self.set_trace_callback(self._explain)

    def _explain(self, statement: str) -> None:
        if statement.lstrip().startswith("SELECT"):
            with closing(sqlite3.connect(self.path)) as other:
                rows = other.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
            self.plans += [row[3] for row in rows]

    path: Path = Path()


@pytest.fixture
def watched(netkeep: Netkeep, database: Path) -> Iterator[Watched]:
    for name in ("Ada Lovelace", "Grace Hopper", "Alan Turing"):
        netkeep("add", name, "-t", "x", "--city", "London", "--last", "2026-01-01")
    netkeep("news", "ada", "Promoted")
    netkeep("round", "add", "everybody", "--from", "11-01", "--to", "12-31")
    netkeep("round", "add", "some", "--from", "11-01", "--to", "12-31", "-k", "friend", "-t", "x")
    Watched.path = database
    with closing(sqlite3.connect(database, factory=Watched)) as connection:
        yield connection


DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "question",
    [
        lambda ask: ask.on_agenda(Filter(), [], DAY, DAY),
        lambda ask: ask.on_agenda(Filter(), ask.rounds(), DAY, DAY),
        lambda ask: ask.on_agenda(Filter(tags=["x"]), [], DAY, DAY),
        lambda ask: ask.facts([1]),
        lambda ask: ask.count_touched(DAY),
        lambda ask: ask.occasion(1),
        lambda ask: ask.asked(),
        lambda ask: ask.touchpoints_with([1]),
        lambda ask: ask.contact(1),
        lambda ask: ask.people_with_id(1),
        lambda ask: ask.people_starting("ada l"),
        lambda ask: ask.people_with_key("ada lovelace"),
        lambda ask: ask.people_with(Detail.email, "ada@x.example"),
        lambda ask: ask.touchpoint(1),
        lambda ask: ask.timeline(contact_id=1, limit=5),
        lambda ask: ask.touchpoints_by_day(DAY, DAY),
        lambda ask: ask.touchpoints_by_day(DAY, DAY, 1),
        lambda ask: ask.contacts(Filter(tags=["x"])),
        lambda ask: ask.contacts(Filter(words={"city": "lon", "company": "x"})),
    ],
)
def test_only_rows_that_matter_are_looked_at(
    watched: Watched, question: Callable[[Reader], object]
) -> None:
    question(Reader(watched))
    assert watched.plans
    scans = {plan.split()[1] for plan in watched.plans if plan.startswith("SCAN")}
    assert scans <= {"json_each", "one", "round", "round_part"}  # as short as what is asked for


@pytest.mark.parametrize(
    "question",
    [
        lambda ask: ask.sorts(DAY, DAY),
        lambda ask: ask.silences(DAY, 5),
        lambda ask: ask.no_word_yet(),
        lambda ask: ask.introduced(),
    ],
)
def test_what_is_counted_is_found_by_an_index(
    watched: Watched, question: Callable[[StatsQuestions], object]
) -> None:
    question(StatsQuestions(watched))
    assert watched.plans
    assert not [plan for plan in watched.plans if plan.startswith("SCAN contact")]
    assert not [plan for plan in watched.plans if plan.startswith("SCAN touchpoint")]


def test_days_are_counted_in_the_index_alone(watched: Watched) -> None:
    ask = StatsQuestions(watched)
    ask.touchpoints_by_day(DAY, DAY)
    ask.touchpoints_by_day(DAY, DAY, 1)
    assert watched.plans
    assert all("COVERING INDEX" in plan for plan in watched.plans)


def test_nobody_asked_for_is_nobody_looked_at(watched: Watched) -> None:
    ask = Reader(watched)
    assert ask.contacts(Filter(ids=[])) == []
    assert ask.contacts_named([]) == []
    assert ask.facts([]) == []


def test_a_morning_goes_through_nobody_who_has_no_reason(watched: Watched) -> None:
    ask = Reader(watched)
    ask.on_agenda(Filter(), ask.rounds(), DAY, DAY)
    assert watched.plans
    everybody = re.compile(r"SEARCH (c|contact) USING .*INDEX \w+ \(status=\?\)$")
    assert [plan for plan in watched.plans if everybody.match(plan)] == []


@pytest.mark.parametrize("sort", [Sort.name, Sort.last])
def test_a_short_list_is_read_in_order_and_not_sorted(watched: Watched, sort: Sort) -> None:
    Reader(watched).contacts(Filter(statuses=[Status.active]), sort, limit=20)
    assert watched.plans
    assert not [plan for plan in watched.plans if "TEMP B-TREE" in plan]


def test_the_newest_touchpoints_are_read_in_order(watched: Watched) -> None:
    Reader(watched).timeline(limit=20)
    assert watched.plans
    assert not [plan for plan in watched.plans if "TEMP B-TREE" in plan]
