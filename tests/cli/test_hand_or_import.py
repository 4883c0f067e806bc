"""The same people and days, logged by hand and imported: `due` is the same every morning."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from random import Random

import pytest
from icalendar import Calendar, Event, vCalAddress

from tests.conftest import Netkeep, change

ME = "me@home.example"
FIRST = date(2026, 9, 1)
CADENCES = ("1w", "10d", "2w", "1m", "2m", "3m")
REASONS = (  # a command, and what follows the person
    ("news", "Promoted"),
    ("visit", "--from", "in 3 days", "--to", "in 5 days"),
    ("promise", "Send the slides", "--by", "in 4 days"),
    ("snooze", "1w"),
)

Contacted = dict[tuple[str, str], list[int]]  # contacts by channel and direction, of one day


class Quarter:
    """Mail and a calendar that grow day by day, and the touchpoints to log by hand each day."""

    def __init__(self, folder: Path, people: int, seed: int) -> None:
        self.files = [str(folder / name) for name in ("INBOX", "Sent", "calendar.ics")]
        self._random = Random(seed)
        self._people = range(1, people + 1)
        self._inbox, self._sent, self._ics = map(Path, self.files)
        self._calendar = Calendar()
        self._calendar.add("prodid", "-//tests//")
        self._calendar.add("version", "2.0")
        self._numbers = iter(range(10**9))

    def some(self, share: float) -> list[int]:
        """Return a share of the people, at least one."""
        return self._random.sample(self._people, max(1, round(share * len(self._people))))

    def spend(self, day: date) -> Contacted:
        """Add the mail and events of a day; return who there was contact with."""
        contacted: Contacted = defaultdict(list)
        for person in self.some(0.03):
            is_in = self._random.random() < 0.5
            for hour in sorted(self._random.sample(range(7, 22), self._random.randint(1, 3))):
                first = contacted["email", "in" if is_in else "out"]
                if person not in (*contacted["email", "in"], *contacted["email", "out"]):
                    first.append(person)
                self.add_mail(day, hour, person, is_in=is_in)
                is_in = not is_in
        met = self.some(0.01)
        organizer = self._random.choice([0, *met])
        contacted["meeting", "in" if organizer else "out"] += met
        self._event(day, organizer, [0, *met])
        self._add_noise(day)
        self._ics.write_bytes(self._calendar.to_ical())
        return contacted

    def _add_noise(self, day: date) -> None:
        """Add what is not logged: lists, copies, cancelled, declined and future events."""
        (person,) = self._random.sample(self._people, 1)
        self.add_mail(day, 9, person, is_in=True, **{"List-Id": "<list.x.example>"})
        self.add_mail(day, 9, person, is_in=True, To="a@other.example", Cc=ME)
        self._event(day, 0, [0, person], status="CANCELLED")
        self._event(day, person, [0, person], declined=0)
        self._event(day, 0, [0, person], declined=person)
        self._event(day + timedelta(days=400), 0, [0, person])

    def add_mail(self, day: date, hour: int, person: int, *, is_in: bool, **headers: str) -> None:
        message = EmailMessage()
        people = (address(person), ME) if is_in else (ME, address(person))
        at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        number = f"<{next(self._numbers)}@x.example>"
        values = {"From": people[0], "To": people[1], "Date": at, "Message-ID": number, **headers}
        for name, value in values.items():
            message[name] = value
        message.set_content("Hello.")
        with (self._inbox if is_in else self._sent).open("ab") as box:
            box.write(b"From - Tue Sep  1 08:00:00 2026\n" + bytes(message) + b"\n")

    def _event(
        self,
        day: date,
        organizer: int,
        people: list[int],
        *,
        status: str = "CONFIRMED",
        declined: int | None = None,
    ) -> None:
        event = Event()
        event.add("uid", f"{next(self._numbers)}")
        event.add("dtstamp", datetime(2026, 9, 1, tzinfo=UTC))
        event.add("dtstart", datetime(day.year, day.month, day.day, 14, tzinfo=UTC))
        event.add("status", status)
        event.add("organizer", vCalAddress(f"mailto:{address(organizer)}"))
        for person in people:
            attendee = vCalAddress(f"mailto:{address(person)}")
            attendee.params["PARTSTAT"] = "DECLINED" if person == declined else "ACCEPTED"
            event.add("attendee", attendee)
        self._calendar.add_component(event)


def address(person: int) -> str:
    """Return the address of a contact by number; 0 is you."""
    return f"p{person}@x.example" if person else ME


def logs_of(contacted: Contacted) -> Iterator[list[str]]:
    """Yield the commands that log the contacts of a day."""
    for (channel, direction), people in contacted.items():
        if people:
            side = ["--in"] if direction == "in" else []
            yield ["log", *map(str, people), "-c", channel, *side]


def note(
    netkeep: Netkeep, database: Path, person: int, reason: tuple[str, ...], at: str | None = None
) -> None:
    """Note a reason, or a snooze, as if the clock showed the time `at`."""
    command, *rest = reason
    netkeep("--db", str(database), command, str(person), *rest, err=None)
    if at:
        change(
            database,
            f"UPDATE change SET at = '{at}' WHERE id = (SELECT max(id) FROM change)",
            f"UPDATE occasion SET created_at = '{at}' WHERE id = (SELECT max(id) FROM occasion)"
            f" AND '{command}' <> 'snooze'",
        )


@pytest.mark.parametrize("hours", [(10,), (20,), (10, 20)], ids=str)
@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason[0])
def test_the_order_of_a_day_counts(
    netkeep: Netkeep,
    tmp_path: Path,
    today: Callable[[str], None],
    reason: tuple[str, ...],
    hours: tuple[int, ...],
) -> None:
    """The reason is noted at 18:00, and the mail of the day is imported in the night."""
    hand, imported = tmp_path / "hand.db", tmp_path / "imported.db"
    quarter = Quarter(tmp_path, 1, seed=18)
    today(str(FIRST))
    for database in (hand, imported):
        netkeep(
            *("--db", str(database), "add", "Ada", "--email", address(1), "-e", "1m"),
            *("--last", "2026-07-01"),
        )
    note(netkeep, hand, 1, ("snooze", "3w"))
    note(netkeep, imported, 1, ("snooze", "3w"), f"{FIRST}T06:00:00+00:00")
    note(netkeep, imported, 1, reason, f"{FIRST}T18:00:00+00:00")
    for hour in sorted((*hours, 18)):
        if hour == 18:
            note(netkeep, hand, 1, reason)
        else:
            quarter.add_mail(FIRST, hour, 1, is_in=True)
            netkeep("--db", str(hand), "log", "1", "-c", "email", "--in", err=None)
    today(str(FIRST + timedelta(days=1)))
    netkeep("--db", str(imported), "import", quarter.files[0], "--me", ME, err=None)
    by_hand, by_import = (shown(netkeep, database) for database in (hand, imported))
    assert by_hand == by_import


def shown(netkeep: Netkeep, database: Path) -> tuple[object, ...]:
    """Return when the contact is on the agenda, and why."""
    contact = netkeep("--db", str(database), "show", "1", "-f", "json").json
    (nudge,) = netkeep("--db", str(database), "due", "--by", "2027-01-01", "-f", "json").json
    return nudge["due_on"], nudge["reasons"], contact["snoozed_until"], contact["snoozes"]


def test_due_is_the_same_by_hand_and_by_import(
    netkeep: Netkeep, tmp_path: Path, today: Callable[[str], None]
) -> None:
    compare_mornings(netkeep, tmp_path, today, people=15, days=5)


def test_due_of_500_people_is_the_same_on_every_morning(
    netkeep: Netkeep, tmp_path: Path, today: Callable[[str], None], thorough: bool
) -> None:
    """With --thorough for a quarter."""
    compare_mornings(netkeep, tmp_path, today, people=500, days=92 if thorough else 10)


def compare_mornings(
    netkeep: Netkeep, tmp_path: Path, today: Callable[[str], None], people: int, days: int
) -> None:
    """Log by hand in one file what a nightly import finds for another, and compare `due`."""
    hand, imported = (tmp_path / name / "netkeep.db" for name in ("hand", "imported"))
    rows = "".join(f"P{each},{address(each)}\n" for each in range(1, people + 1))
    (tmp_path / "people.csv").write_text(f"name,mail\n{rows}")
    today(str(FIRST))
    added = ("import", str(tmp_path / "people.csv"), "--map", "name=name", "--map", "mail=email")
    netkeep("--db", str(hand), *added, "--keep", err=None)
    for number, cadence in enumerate(CADENCES):
        some = [str(each) for each in range(1, people + 1) if each % len(CADENCES) == number]
        netkeep("--db", str(hand), "edit", *some, "-e", cadence, err=None)
    season = ("--from", "09-05", "--to", "09-30", "--kind", "other")
    netkeep("--db", str(hand), "round", "add", "greetings", *season)
    imported.parent.mkdir()
    shutil.copy(hand, imported)
    quarter = Quarter(tmp_path, people, seed=18)
    for day in (FIRST + timedelta(days=number) for number in range(days)):
        today(str(day))
        reason = REASONS[day.toordinal() % len(REASONS)]
        (person,) = quarter.some(0)
        note(netkeep, hand, person, reason)
        note(netkeep, imported, person, reason, f"{day}T06:00:00+00:00")
        contacted = quarter.spend(day)
        for log in logs_of(contacted):
            netkeep("--db", str(hand), *log, err=None)
        person = next(people[0] for people in contacted.values() if people)
        note(netkeep, hand, person, reason)
        note(netkeep, imported, person, reason, f"{day}T23:00:00+00:00")
        today(str(day + timedelta(days=1)))
        nightly = ("import", "--since", "3 days ago", *quarter.files, "--me", ME)
        netkeep("--db", str(imported), *nightly, err=None)
        for options in ((), ("--all",)):
            due = ("due", "-f", "json", *options)
            by_hand, by_import = (
                netkeep("--db", str(each), *due, err=None).json for each in (hand, imported)
            )
            assert by_hand == by_import, day
