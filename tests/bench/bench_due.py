"""Time `netkeep due` in a pipe as a whole process, beside its floor and as the network grows.

    python tests/bench/bench_due.py

makes networks of 1,000 and 100,000 contacts with five touchpoints and news each, and birthdays; of
these twenty are due, and 200 have something dated: news, a birthday, or a round that is open. It
prints the median wall time and peak memory of 15 runs in turn with a Typer hello-world.
It exits with 1 if a ratio is over its limit.
"""

import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netkeep.domain.birthdays import Birthday

RUNS = 15
DUE = 20
DATED = 200  # of whom each has news, a birthday or a round that is open
TODAY = date(2026, 11, 23)
HELLO = """
import typer
app = typer.Typer()
@app.command()
def hello(name: str = "world"):
    print("hello", name)
app()
"""


@dataclass
class Figures:
    """What the runs of one command took: seconds of wall time, and bytes of peak memory."""

    seconds: list[float] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def peak(self) -> float:
        return statistics.median(self.peaks)


def is_dated(place: int) -> bool:
    """Whether this one has something dated."""
    return DUE <= place < DUE + DATED


def birthday(place: int) -> "Birthday":
    """Today for some of those with something dated, else some day out of season."""
    from netkeep.domain.birthdays import Birthday  # noqa: PLC0415 - as in make_network

    if is_dated(place) and place % 3 == 1:
        return Birthday(TODAY.month, TODAY.day)
    return Birthday(1 + place % 10, 1 + place % 28)


def make_network(path: Path, people: int) -> None:
    """Fill a new file through the writer, and its touchpoints in one go."""
    # Not above: what the measuring process holds would count for every process it starts.
    from netkeep.domain.backups import Keeping  # noqa: PLC0415
    from netkeep.domain.contact import ContactFields, Kind, Status  # noqa: PLC0415
    from netkeep.domain.lengths import Length  # noqa: PLC0415
    from netkeep.domain.rounds import MonthDay, Season  # noqa: PLC0415
    from netkeep.store.writer import open_writer  # noqa: PLC0415

    cadence = Length(6, "month")
    new = [
        ContactFields(
            name=f"Person {number} of {number % 997}",
            status=Status.active,
            kind=Kind.other,
            cadence=cadence,
            company=f"Company {number % 97}",
            emails=(f"person{number}@x.example",),
            birthday=birthday(number),
            tags=("greet",) if is_dated(number) and number % 3 == 2 else (),
        )
        for number in range(people)
    ]
    with open_writer(path, datetime.now(UTC), TODAY, "add", Keeping()) as write:
        ids = write.add(new)
        write.add_round("greetings", Season(MonthDay(11, 20), MonthDay(11, 30)), [], ["greet"])
    touchpoints, derived, news = [], [], []
    for place, contact_id in enumerate(ids):
        # All before the last thirty days, so that no touchpoint settles what is open.
        last = TODAY - timedelta(days=200 + place if place < DUE else 40 + place % 100)
        days = [last - timedelta(days=30 * back) for back in range(5)]
        touchpoints += [(contact_id, day.isoformat()) for day in days]
        derived.append((last.isoformat(), cadence.after(last).isoformat(), contact_id))
        fresh = is_dated(place) and place % 3 == 0
        news.append((contact_id, (TODAY - timedelta(days=0 if fresh else 100)).isoformat()))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "INSERT INTO touchpoint"
            " (contact_id, day, channel, purpose, direction, note, created_at, updated_at)"
            " VALUES (?, ?, 'call', 'catch-up', 'out', 'The weather', '2026-01-01', '2026-01-01')",
            touchpoints,
        )
        connection.executemany(
            "INSERT INTO occasion"
            " (contact_id, kind, day, opens_on, text, yours, created_at, updated_at)"
            " VALUES (?1, 'news', ?2, ?2, 'Promoted', 0, '2026-01-01', '2026-01-01')",
            news,
        )
        connection.executemany(
            "UPDATE contact SET last_touch_on = ?, due_on = ? WHERE id = ?", derived
        )


def make_elsewhere(path: Path, people: int) -> None:
    """Make a network in a process of its own, for the same reason."""
    subprocess.run([sys.executable, __file__, str(path), str(people)], check=True)


def measure(command: list[str], environment: dict[str, str], figures: Figures) -> int:
    """Run a command once, note what it took, and return how many lines it printed."""
    begun = datetime.now(UTC)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    lines = len(process.stdout.read().splitlines())
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    figures.seconds.append((datetime.now(UTC) - begun).total_seconds())
    figures.peaks.append(usage.ru_maxrss * 1024)
    return lines


def main() -> int:
    """Measure, print, and judge."""
    plain = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
    }
    with tempfile.TemporaryDirectory() as folder:
        hello = Path(folder, "hello.py")
        hello.write_text(HELLO)
        commands = {"hello": ([sys.executable, str(hello)], plain, 1)}
        for people in (1_000, 100_000):
            path = Path(folder, f"{people}.db")
            make_elsewhere(path, people)
            here = plain | {"NETKEEP_DB": str(path), "NETKEEP_TODAY": TODAY.isoformat()}
            commands[f"due, {people:,}"] = (
                [sys.executable, "-m", "netkeep", "due"],
                here,
                DUE + DATED,
            )
        figures = {name: Figures() for name in commands}
        for run in range(RUNS + 1):  # the first compiles and fills caches, and does not count
            for name, (command, environment, lines) in commands.items():
                noted = figures[name] if run else Figures()
                assert measure(command, environment, noted) == lines
    for name, noted in figures.items():
        print(f"{name:14} {noted.median * 1000:6.1f} ms {noted.peak / 2**20:6.1f} MiB")
    floor, small, large = figures.values()
    ratios = {
        "time, due with 1,000 to hello-world": (small.median / floor.median, 1.5),
        "time, due with 100,000 to 1,000": (large.median / small.median, 1.3),
        "memory, due with 100,000 to 1,000": (large.peak / small.peak, 1.3),
    }
    for name, (ratio, limit) in ratios.items():
        print(f"{ratio:5.2f} x, at most {limit} x: {name}")
    return int(any(ratio > limit for ratio, limit in ratios.values()))


if __name__ == "__main__":
    if arguments := sys.argv[1:]:
        make_network(Path(arguments[0]), int(arguments[1]))
    else:
        sys.exit(main())
