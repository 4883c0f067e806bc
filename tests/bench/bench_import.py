"""Time `netkeep import` as a whole process, beside `import sqlmodel`, and what memory it takes.

    python tests/bench/bench_import.py

makes a Connections.csv of LinkedIn with 10,000 people, and imports it twice into a new file: the
median wall time of five such pairs, in turn with `python -c "import sqlmodel"`. Then it imports
100,000 people, once. It prints the figures, and exits with 1 if one is over its limit.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # it is run by its path, as a script

from tests.bench.bench_due import TODAY, Figures, measure

RUNS = 5
PEOPLE, MANY = 10_000, 100_000
TIMES_AS_LONG = 6  # as the import of sqlmodel
MEBIBYTES = 400 * 10**6 / 2**20
FLOOR = [sys.executable, "-c", "import sqlmodel"]
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


def rows(people: int) -> Iterator[str]:
    """As LinkedIn has them: everybody has a profile, and one in twenty an address."""
    for number in range(people):
        email = "" if number % 20 else f"person{number}@x.example"
        yield (
            f"Person{number},Of {number % 997},https://www.linkedin.com/in/person-{number},{email},"
            f'"Company {number % 97}, Inc.",Engineer {number % 31},{1 + number % 28:02} Sep 2017\n'
        )


def make_connections(path: Path, people: int) -> list[str]:
    """Write such a file, and return the command that imports it."""
    with path.open("w") as file:
        file.write(HEADER)
        file.writelines(rows(people))
    return [sys.executable, "-m", "netkeep", "import", str(path)]


def main() -> int:
    """Measure, print, and judge."""
    plain = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
    }
    floor, first, second, many = (Figures() for _ in range(4))
    with tempfile.TemporaryDirectory() as folder:
        connections = make_connections(Path(folder, "Connections.csv"), PEOPLE)

        def here(name: str) -> dict[str, str]:
            return plain | {
                "NETKEEP_DB": str(Path(folder, name)),
                "NETKEEP_TODAY": TODAY.isoformat(),
            }

        for run in range(RUNS + 1):  # the first compiles and fills caches, and does not count
            noted = (floor, first, second) if run else (Figures(), Figures(), Figures())
            measure(FLOOR, plain, noted[0])
            for figures in noted[1:]:
                assert measure(connections, here(f"{run}.db"), figures) == 1
        all_of_them = make_connections(Path(folder, "Many.csv"), MANY)
        assert measure(all_of_them, here("many.db"), many) == 1
    named = {
        "import sqlmodel": floor,
        f"import of {PEOPLE:,}": first,
        "the same again": second,
        f"import of {MANY:,}": many,
    }
    for name, figures in named.items():
        print(f"{name:18} {figures.median * 1000:8.1f} ms {figures.peak / 2**20:6.1f} MiB")
    judged = {
        f"x, time, import of {PEOPLE:,} to import sqlmodel": (
            first.median / floor.median,
            TIMES_AS_LONG,
        ),
        "x, time, the same again to the first": (second.median / first.median, 1),
        f"MiB, peak memory, import of {MANY:,}": (many.peak / 2**20, MEBIBYTES),
    }
    for what, (figure, limit) in judged.items():
        print(f"{figure:6.2f}, at most {limit:.4g} {what}")
    return int(any(figure > limit for figure, limit in judged.values()))


if __name__ == "__main__":
    sys.exit(main())
