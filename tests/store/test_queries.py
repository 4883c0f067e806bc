"""The cost of queries: rows are found by an index, never by reading every contact."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from netkeep.domain.contact import Detail, Status
from netkeep.store.queries import agenda, contacts, identities, stats, touchpoints
from netkeep.store.queries.contacts import Filter, Sort
from tests.conftest import Netkeep


class Watched(sqlite3.Connection):
    """A connection that remembers the plan of every query."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # passed on unchanged
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
    "query",
    [
        lambda db: agenda.load_agenda_facts(db, Filter(), [], DAY, DAY),
        lambda db: agenda.load_agenda_facts(db, Filter(), agenda.load_rounds(db), DAY, DAY),
        lambda db: agenda.load_agenda_facts(db, Filter(tags=["x"]), [], DAY, DAY),
        lambda db: agenda.load_facts(db, [1]),
        lambda db: agenda.load_todays_facts(db, DAY),
        lambda db: agenda.load_open_rounds(db, DAY, Filter(tags=["x"])),
        lambda db: agenda.count_due(db, Filter(), DAY),
        lambda db: agenda.count_due(db, Filter(tags=["x"]), DAY),
        lambda db: agenda.load_occasions_by_id(db, [1]),
        agenda.ids_with_asks,
        lambda db: touchpoints.load_touchpoints(db, [1]),
        lambda db: contacts.load_contact(db, 1),
        lambda db: contacts.person_by_id(db, 1),
        lambda db: contacts.people_by_word_starts(db, "ada l", Status.active),
        lambda db: contacts.people_by_key(db, "ada lovelace"),
        lambda db: identities.people_by_detail(db, Detail.email, "ada@x.example"),
        lambda db: touchpoints.load_touchpoint(db, 1),
        lambda db: touchpoints.load_timeline(db, contact_id=1, limit=5),
        lambda db: touchpoints.count_touchpoints_by_day(db, DAY, DAY),
        lambda db: touchpoints.count_touchpoints_by_day(db, DAY, DAY, 1),
        lambda db: contacts.load_contacts(db, Filter(tags=["x"])),
        lambda db: contacts.load_contacts(db, Filter(texts={"city": "lon", "company": "x"})),
    ],
)
def test_queries_scan_only_short_tables(
    watched: Watched, query: Callable[[Watched], object]
) -> None:
    query(watched)
    assert watched.plans
    scans = {plan.split()[1] for plan in watched.plans if plan.startswith("SCAN")}
    assert scans <= {"json_each", "one", "round", "round_part"}  # no longer than the list of ids


@pytest.mark.parametrize(
    "query",
    [
        lambda db: stats.count_touchpoints(db, DAY, DAY),
        lambda db: stats.longest_silences(db, DAY, 5),
        stats.count_never_touched,
        stats.load_introductions,
    ],
)
def test_statistics_use_indexes(watched: Watched, query: Callable[[Watched], object]) -> None:
    query(watched)
    assert watched.plans
    assert not [plan for plan in watched.plans if plan.startswith("SCAN contact")]
    assert not [plan for plan in watched.plans if plan.startswith("SCAN touchpoint")]


def test_touchpoints_are_counted_by_day_with_a_covering_index(watched: Watched) -> None:
    db = watched
    touchpoints.count_touchpoints_by_day(db, DAY, DAY)
    touchpoints.count_touchpoints_by_day(db, DAY, DAY, 1)
    assert watched.plans
    assert all("COVERING INDEX" in plan for plan in watched.plans)


def test_empty_list_of_ids_selects_nothing(watched: Watched) -> None:
    db = watched
    assert contacts.load_contacts(db, Filter(ids=[])) == []
    assert contacts.load_contacts_by_id(db, []) == []
    assert agenda.load_facts(db, []) == []


@pytest.mark.parametrize(
    "query",
    [
        lambda db: agenda.load_agenda_facts(db, Filter(), agenda.load_rounds(db), DAY, DAY),
        lambda db: contacts.people_by_word_starts(db, "ada", Status.active),
    ],
)
def test_queries_do_not_read_all_active_contacts(
    watched: Watched, query: Callable[[Watched], object]
) -> None:
    query(watched)
    assert watched.plans
    whole_status = re.compile(r"SEARCH (c|contact) USING .*INDEX \w+ \(status=\?\)$")
    assert [plan for plan in watched.plans if whole_status.match(plan)] == []


@pytest.mark.parametrize("sort", [Sort.name, Sort.last])
def test_short_lists_are_read_in_the_order_of_an_index(watched: Watched, sort: Sort) -> None:
    contacts.load_contacts(watched, Filter(statuses=[Status.active]), sort, limit=20)
    assert watched.plans
    assert not [plan for plan in watched.plans if "TEMP B-TREE" in plan]


def test_newest_touchpoints_are_read_in_the_order_of_an_index(watched: Watched) -> None:
    touchpoints.load_timeline(watched, limit=20)
    assert watched.plans
    assert not [plan for plan in watched.plans if "TEMP B-TREE" in plan]
