"""Time every command as a whole process, beside what no such program can do without.

    python -m tests.bench [--sizes 1000 100000] [--runs 15] [--only due log] [--json]

The floors and the commands run in turn, so that what else the machine does hits all alike. It
prints medians, how they grow with the network, and whether each limit of cases.py is met, and
exits with 1 if one is not; after Ctrl-C, of what was measured by then. Commands that walk through
a list with somebody are not measured.
"""

import argparse
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from tests.bench import peers, report
from tests.bench.cases import FLOORS, READING, SIZELESS, WRITING, Case, is_wanted
from tests.bench.stage import Stage
from tests.bench.timing import Figures, measure, measure_peak

SIZES = (100, 1_000, 10_000, 100_000)
INTERRUPTED = 130  # exit code, before anything was measured
FEW = 3  # runs are enough
LONG_SECONDS = 30  # for what took so long in all


def main() -> int:
    """Measure, print, and judge."""
    asked = parsed()
    stage = Stage(asked.folder)
    try:
        cases = chosen(asked.only, asked.sizes)
        for case, people in cases:
            if people:
                stage.network(people, case.dated)
        compared, absent = peers.there(stage, asked.only)
        figures = timed(stage, cases, FLOORS | compared, asked.runs)
    finally:
        stage.close()
    if report.Of("hello") not in figures:
        return INTERRUPTED
    judged = report.judged(figures)
    print((report.as_json if asked.json else report.as_table)(figures, judged, absent))
    return int(not all(one.is_met for one in judged))


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="of networks")
    parser.add_argument(
        "--runs", type=int, default=15, help=f"of what is not over {LONG_SECONDS} s"
    )
    parser.add_argument(
        "--only", nargs="+", action="extend", metavar="CASE", help="whose name begins so"
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(tempfile.gettempdir(), "netkeep-bench"),
        help="where networks stay for the next time",
    )
    return parser.parse_args()


def chosen(only: list[str] | None, sizes: list[int]) -> list[tuple[Case, int]]:
    """The cases to time, each with the size of its network, 0 for none."""
    everything = [(case, size) for case in [*READING, *WRITING] for size in sizes]
    everything += [(case, 0) for case in SIZELESS]
    everything = [(case, size) for case, size in everything if not (case.dated and size < 1_000)]
    return [(case, size) for case, size in everything if is_wanted(case.name, only)]


def timed(
    stage: Stage, cases: list[tuple[Case, int]], others: dict[str, list[str]], runs: int
) -> report.All:
    """Run all in turn until somebody interrupts; what was not run yet is left out."""
    figures = {report.Of(name): Figures() for name in others}
    figures |= {report.Of(case.name, size): Figures() for case, size in cases}
    with suppress(KeyboardInterrupt):
        for run in range(runs + 1):
            _run_all(stage, cases, others, figures, run)
            print(f"{run} of {runs}", file=sys.stderr)
    return {of: noted for of, noted in figures.items() if noted.seconds}


def _run_all(
    stage: Stage,
    cases: list[tuple[Case, int]],
    others: dict[str, list[str]],
    figures: report.All,
    run: int,
) -> None:
    """Run all once; the first time, which fills caches, is for the memory they take."""
    for name, command in others.items():
        _note(figures[report.Of(name)], run, stage.filled(command), stage.environment)
    for case, size in cases:
        noted = figures[report.Of(case.name, size)]
        if len(noted.seconds) < FEW or sum(noted.seconds) < LONG_SECONDS:
            with stage.set_for(case, size) as (command, environment):
                _note(noted, run, command, environment, case)


def _note(
    figures: Figures,
    run: int,
    command: list[str],
    environment: dict[str, str],
    case: Case | None = None,
) -> None:
    on_terminal = case is not None and case.on_terminal
    if not run:
        seconds, figures.peak = measure_peak(command, environment, on_terminal=on_terminal)
        if seconds < LONG_SECONDS / FEW:
            return
    else:
        seconds, printed = measure(command, environment, on_terminal=on_terminal)
        if case and case.lines is not None and printed.count(b"\n") != case.lines:
            raise RuntimeError(f"{case.name} printed {printed!r}")
    figures.seconds.append(seconds)


if __name__ == "__main__":
    sys.exit(main())
