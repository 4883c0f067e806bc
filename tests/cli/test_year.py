"""A year with a real network: the list fits the terminal, and every view says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.conftest import Netkeep

Today = Callable[[str], None]
Works = Callable[[date], bool]  # whether the list is done on a day

FIRST_NAMES = (
    "Ada",
    "Barbara",
    "Chen",
    "Edsger",
    "Farah",
    "Grace",
    "Hedy",
    "Kofi",
    "Priya",
    "Radia",
)
LAST_NAMES = ("Lovelace", "Liskov", "Wei", "Dijkstra", "Nakamura", "Hopper", "Lamarr", "Mensah")
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
KINDS = ("friend", "client", "mentor", "coworker", "association", "professor")
LINES = 20
AWAY = date(2027, 7, 12)


def on_workdays(day: date) -> bool:
    return day.weekday() < 5


def on_mondays(day: date) -> bool:
    return day.weekday() == 0


def on_workdays_with_three_weeks_off(day: date) -> bool:
    return on_workdays(day) and not AWAY <= day < AWAY + timedelta(weeks=3)


class Year:
    """A year of use: on each working day, everyone on the list is contacted and logged."""

    def __init__(self, netkeep: Netkeep, today: Today, works: Works, kept: int) -> None:
        self.netkeep, self.today, self.works, self.kept = netkeep, today, works, kept
        self.chance = Random(14)
        self.longest = 0
        self.done_on: dict[str, date] = {}

    def run(self, first: date, last: date) -> None:
        day = first
        while day <= last:
            self.today(day.isoformat())
            if day.weekday() < 5:
                self.add_occasions(day)
            if self.works(day):
                for contact_id in self.list_people():
                    self.netkeep("log", contact_id)
                    if contact_id in self.list_people():  # a touchpoint does not settle a promise
                        self.netkeep("log", contact_id, "--done")
                        assert contact_id not in self.list_people()
                self.check_rounds(day)
            day += timedelta(days=1)

    def add_occasions(self, day: date) -> None:
        """Add some news, promises and visits."""
        person = str(self.chance.randint(1, self.kept))
        match self.chance.randint(1, 12):
            case 1:
                self.netkeep("news", person, "Became head of the department")
            case 2:
                self.netkeep("promise", person, "send the paper", "--by", f"{day + timedelta(5)}")
            case 3:
                stay = ("--from", f"{day + timedelta(9)}", "--to", f"{day + timedelta(11)}")
                self.netkeep("visit", person, *stay, "--city", "London")

    def list_people(self) -> list[str]:
        """Return the ids on the list, after checking that every view agrees and that it fits."""
        table = self.netkeep("due", "-f", "table", err=None)
        lines = [*table.out.splitlines(), *table.err.splitlines()]
        height = sum(-(-len(line) // 80) for line in lines)
        self.longest = max(self.longest, height)
        assert height <= LINES, f"{table.out}\n{table.err}"
        ids = [line.split("\t")[0] for line in self.netkeep("due").out.splitlines()]
        is_done = table.err.startswith(("Today's list is done.", "No one is due."))
        assert is_done == (not ids)
        assert bool(table.out) == bool(ids)
        assert self.netkeep("prompt").out == (f"{len(ids)} due\n" if ids else "")
        assert self.netkeep("due", "--count").out == f"{len(ids)}\n"
        return ids

    def check_rounds(self, day: date) -> None:
        for progress in self.netkeep("round", "list", "-f", "json").json:
            is_open = progress["since"] <= day.isoformat() <= progress["until"]
            if is_open and progress["greeted"] == progress["people"]:
                self.done_on.setdefault(progress["name"], day)


@pytest.fixture
def network(netkeep: Netkeep, tmp_path: Path) -> Callable[[int, int], None]:
    """Import a number of people, and keep some of them."""

    def build(people: int, kept: int) -> None:
        file = tmp_path / "Connections.csv"
        file.write_text(HEADER + "".join(connections(people)))
        netkeep("import", str(file), err=None)
        for index, kind in enumerate(KINDS):
            ids = map(str, range(1 + index, kept + 1, len(KINDS)))
            netkeep("keep", *ids, "-k", kind, err=None)
        netkeep("round", "add", "--preset", "holidays")
        netkeep(
            "round", "add", "--preset", "summer", "-k", "friend", "-k", "client", "-k", "mentor"
        )

    return build


def connections(people: int) -> Iterator[str]:
    for number in range(people):
        first, last = FIRST_NAMES[number % 10], LAST_NAMES[number // 10 % 8]
        yield (
            f"{first},{last} {number},https://www.linkedin.com/in/person-{number},,"
            f"Company {number % 97},Engineer,{1 + number % 28:02} Sep 2017\n"
        )


@pytest.mark.slow
def test_list_of_a_small_network_fits_the_terminal_in_december(
    netkeep: Netkeep, today: Today, network: Callable[[int, int], None]
) -> None:
    network(30, 12)
    year = Year(netkeep, today, on_workdays, 12)
    year.run(date(2026, 12, 7), date(2026, 12, 24))
    assert year.done_on.keys() == {"holidays"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Live a whole year in a thorough run, else until the end of the holidays."""
    if "works" in metafunc.fixturenames:
        years: list[tuple[Works, set[str]]] = [
            (on_workdays, {"holidays"}),  # the summer round ends on a Sunday
            (on_mondays, set()),
            (on_workdays_with_three_weeks_off, {"holidays"}),
        ]
        is_thorough = metafunc.config.getoption("--thorough")
        metafunc.parametrize(("works", "done"), years if is_thorough else years[:2])


def test_list_of_a_large_network_fits_the_terminal_all_year(
    netkeep: Netkeep,
    today: Today,
    network: Callable[[int, int], None],
    thorough: bool,
    works: Works,
    done: set[str],
) -> None:
    network(1_978 if thorough else 200, 66)
    year = Year(netkeep, today, works, 66)
    year.run(date(2026, 11, 23), date(2027, 11, 22) if thorough else date(2026, 12, 31))
    assert year.done_on.keys() == done
