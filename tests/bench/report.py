"""What was measured, for people and for programs."""

import json
import platform
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tests.bench.cases import LIMITS, Limit
from tests.bench.timing import Figures

MEBIBYTE = 2**20


class Of(NamedTuple):
    """Whose figures: a case's or a floor's, with a network of a size; 0 where it has none."""

    name: str
    size: int = 0

    def __str__(self) -> str:
        """`due, 1,000`."""
        return f"{self.name}, {self.size:,}" if self.size else self.name


All = dict[Of, Figures]


class Judged(NamedTuple):
    """A limit, and how many times as much it was."""

    limit: Limit
    times: float

    @property
    def is_met(self) -> bool:
        return self.times <= self.limit.times

    def __str__(self) -> str:
        """`1.20 x, at most 1.25: time of due, 1,000, to hello`."""
        of, other = (
            Of(self.limit.case, self.limit.size),
            Of(self.limit.other, self.limit.other_size),
        )
        said = "met " if self.is_met else "OVER"
        return (
            f"{said} {self.times:6.2f} x, at most {self.limit.times:g}:"
            f" {self.limit.of} of {of} to {other}"
        )


def judged(figures: All) -> list[Judged]:
    """The limits of what was measured."""
    found = []
    for limit in LIMITS:
        one = figures.get(Of(limit.case, limit.size))
        other = figures.get(Of(limit.other, limit.other_size))
        if one and other:
            was = (one.peak, other.peak) if limit.of == "memory" else (one.median, other.median)
            found.append(Judged(limit, was[0] / was[1]))
    return found


def as_table(figures: All, limits: Sequence[Judged], absent: Sequence[str]) -> str:
    return "\n".join([*_rows(figures), "", *map(str, limits), *_absent(absent)])


def _rows(figures: All) -> Iterator[str]:
    hello = figures[Of("hello")].median
    yield (
        f"{'':24} {'people':>7} {'runs':>4} {'median':>11} {'least':>9} {'x hello':>8}"
        f" {'grown':>6} {'peak':>10} {'grown':>6}"
    )
    for of, noted in figures.items():
        smallest = _smallest(figures, of)
        grown = ("", "")
        if smallest is not noted:
            times = noted.median / smallest.median, noted.peak / smallest.peak
            grown = (f"{times[0]:.2f}", f"{times[1]:.2f}")
        size = f"{of.size:,}" if of.size else ""
        yield (
            f"{of.name:24} {size:>7} {len(noted.seconds):4}"
            f" {noted.median * 1000:8.1f} ms {min(noted.seconds) * 1000:6.1f} ms"
            f" {noted.median / hello:8.2f} {grown[0]:>6}"
            f" {noted.peak / MEBIBYTE:6.1f} MiB {grown[1]:>6}"
        )


def _smallest(figures: All, of: Of) -> Figures:
    """The figures of the same with the smallest network."""
    return figures[min(one for one in figures if one.name == of.name)]


def _absent(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield f"{name} is not installed, and not compared"


def as_json(figures: All, limits: Sequence[Judged], absent: Sequence[str]) -> str:
    """The same as one document, times in seconds and memory in bytes."""
    document: dict[str, Any] = {
        "python": platform.python_version(),
        "figures": [
            {
                "name": of.name,
                "people": of.size or None,
                "median": noted.median,
                "seconds": noted.seconds,
                "peak": noted.peak,
            }
            for of, noted in figures.items()
        ],
        "limits": [one.limit._asdict() | {"was": one.times, "met": one.is_met} for one in limits],
        "absent": list(absent),
    }
    return json.dumps(document, indent=2)
