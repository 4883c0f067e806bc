"""A year with a real network: the list fits the terminal, and every view says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.conftest import Netkeep

Today = Callable[[str], None]
Works = Callable[[date], bool]  # whether somebody does the list on a day

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


def but_for_three_weeks(day: date) -> bool:
    return on_workdays(day) and not AWAY <= day < AWAY + timedelta(weeks=3)


class Year:
    """Somebody's year: what is on the list, and what they do about it."""

    def __init__(self, netkeep: Netkeep, today: Today, works: Works, kept: int) -> None:
        self.netkeep, self.today, self.works, self.kept = netkeep, today, works, kept
        self.chance = Random(14)
        self.longest = 0
        self.done_on: dict[str, date] = {}

    def live(self, first: date, last: date) -> None:
        day = first
        while day <= last:
            self.today(day.isoformat())
            if day.weekday() < 5:
                self.hear_of_things(day)
            if self.works(day):
                for contact_id in self.list_people():
                    self.netkeep("log", contact_id)
                    if contact_id in self.list_people():  # a promise is not kept by a contact
                        self.netkeep("log", contact_id, "--done")
                        assert contact_id not in self.list_people()
                self.check_rounds(day)
            day += timedelta(days=1)

    def hear_of_things(self, day: date) -> None:
        """Note some news, promises and visits, as they come."""
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
    """Import this many people, and keep so many of them."""

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


def test_december_of_a_small_network(
    netkeep: Netkeep, today: Today, network: Callable[[int, int], None]
) -> None:
    network(30, 12)
    year = Year(netkeep, today, on_workdays, 12)
    year.live(date(2026, 12, 7), date(2026, 12, 24))
    assert year.done_on.keys() == {"holidays"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("works", "done"),
    [
        (on_workdays, {"holidays"}),  # the summer round ends on a Sunday
        (on_mondays, set()),
        (but_for_three_weeks, {"holidays"}),
    ],
)
def test_a_year(
    netkeep: Netkeep,
    today: Today,
    network: Callable[[int, int], None],
    works: Works,
    done: set[str],
) -> None:
    network(1_978, 66)
    year = Year(netkeep, today, works, 66)
    year.live(date(2026, 11, 23), date(2027, 11, 22))
    assert year.done_on.keys() == done
