"""The measurements and limits, as a table or as JSON."""

import json
import platform
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tests.bench.cases import LIMITS, Limit
from tests.bench.timing import Figures

MEBIBYTE = 2**20


class Subject(NamedTuple):
    """A case or a floor, with the size of its network; 0 if it has none."""

    name: str
    size: int = 0

    def __str__(self) -> str:
        """`due, 1,000`."""
        return f"{self.name}, {self.size:,}" if self.size else self.name


Measurements = dict[Subject, Figures]


class Verdict(NamedTuple):
    """A limit, and the multiple that was measured."""

    limit: Limit
    times: float

    @property
    def is_met(self) -> bool:
        return self.times <= self.limit.times

    def __str__(self) -> str:
        """`1.20 x, at most 1.25: time of due, 1,000, to hello`."""
        subject = Subject(self.limit.case, self.limit.size)
        other = Subject(self.limit.other, self.limit.other_size)
        return (
            f"{'met ' if self.is_met else 'OVER'} {self.times:6.2f} x, at most"
            f" {self.limit.times:g}: {self.limit.of} of {subject} to {other}"
        )


def judge(measurements: Measurements) -> list[Verdict]:
    """Return a verdict for each limit of which both sides were measured."""
    verdicts = []
    for limit in LIMITS:
        case = measurements.get(Subject(limit.case, limit.size))
        other = measurements.get(Subject(limit.other, limit.other_size))
        if case and other:
            name = "peak" if limit.of == "memory" else "median"
            verdicts.append(Verdict(limit, getattr(case, name) / getattr(other, name)))
    return verdicts


def to_table(measurements: Measurements, verdicts: Sequence[Verdict], absent: Sequence[str]) -> str:
    not_installed = (f"{name} is not installed, and not compared" for name in absent)
    return "\n".join([*_rows(measurements), "", *map(str, verdicts), *not_installed])


def _rows(measurements: Measurements) -> Iterator[str]:
    hello = measurements[Subject("hello")].median
    yield (
        f"{'':24} {'people':>7} {'runs':>4} {'median':>11} {'least':>9} {'x hello':>8}"
        f" {'grown':>6} {'peak':>10} {'grown':>6}"
    )
    for subject, figures in measurements.items():
        # The growth is relative to the smallest network.
        smallest = measurements[min(each for each in measurements if each.name == subject.name)]
        growth = ("", "")
        if smallest is not figures:
            times = figures.median / smallest.median, figures.peak / smallest.peak
            growth = (f"{times[0]:.2f}", f"{times[1]:.2f}")
        size = f"{subject.size:,}" if subject.size else ""
        yield (
            f"{subject.name:24} {size:>7} {len(figures.seconds):4}"
            f" {figures.median * 1000:8.1f} ms {min(figures.seconds) * 1000:6.1f} ms"
            f" {figures.median / hello:8.2f} {growth[0]:>6}"
            f" {figures.peak / MEBIBYTE:6.1f} MiB {growth[1]:>6}"
        )


def to_json(measurements: Measurements, verdicts: Sequence[Verdict], absent: Sequence[str]) -> str:
    """Return one document, with times in seconds and memory in bytes."""
    document: dict[str, Any] = {
        "python": platform.python_version(),
        "figures": [
            {
                "name": subject.name,
                "people": subject.size or None,
                "median": figures.median,
                "seconds": figures.seconds,
                "peak": figures.peak,
            }
            for subject, figures in measurements.items()
        ],
        "limits": [
            verdict.limit._asdict() | {"was": verdict.times, "met": verdict.is_met}
            for verdict in verdicts
        ],
        "absent": list(absent),
    }
    return json.dumps(document, indent=2)
