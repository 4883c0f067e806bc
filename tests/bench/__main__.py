"""Measure every command as a whole process, and compare it with the floors of cases.py.

    python -m tests.bench [--sizes 1000 100000] [--runs 15] [--only due log] [--json]

Floors and commands run in turn, so that other load on the machine affects all alike. The output has
medians, their growth with the network, and whether each limit is met; the exit code is 1 if one is
not. Ctrl-C ends the measuring early. Interactive commands are not measured.
"""

import argparse
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from tests.bench import peers, report
from tests.bench.cases import FLOORS, READING, SIZELESS, WRITING, Case, is_wanted
from tests.bench.timing import Figures, measure, measure_peak
from tests.bench.workspace import Workspace

SIZES = (100, 1_000, 10_000, 100_000)
INTERRUPTED = 130  # exit code, if nothing was measured
ENOUGH_RUNS = 3  # for a case that has taken LONG_SECONDS in all
LONG_SECONDS = 30


def main() -> int:
    """Measure, print the report, and return the exit code."""
    options = parse_options()
    workspace = Workspace(options.folder)
    try:
        cases = select_cases(options.only, options.sizes)
        for case, people in cases:
            if people:
                workspace.network(people, case.dated)
        compared, absent = peers.peer_commands(workspace, options.only)
        measurements = measure_all(workspace, cases, FLOORS | compared, options.runs)
    finally:
        workspace.close()
    if report.Subject("hello") not in measurements:
        return INTERRUPTED
    verdicts = report.judge(measurements)
    print((report.to_json if options.json else report.to_table)(measurements, verdicts, absent))
    return int(not all(verdict.is_met for verdict in verdicts))


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of contacts")
    parser.add_argument(
        "--runs", type=int, default=15, help=f"fewer once they took {LONG_SECONDS} s"
    )
    parser.add_argument(
        "--only", nargs="+", action="extend", metavar="CASE", help="beginnings of names"
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(tempfile.gettempdir(), "netkeep-bench"),
        help="where networks are kept for the next time",
    )
    return parser.parse_args()


def select_cases(only: list[str] | None, sizes: list[int]) -> list[tuple[Case, int]]:
    """Return the cases to measure, each with the size of its network, 0 for none."""
    everything = [(case, size) for case in [*READING, *WRITING] for size in sizes]
    everything += [(case, 0) for case in SIZELESS]
    everything = [(case, size) for case, size in everything if not (case.dated and size < 1_000)]
    return [(case, size) for case, size in everything if is_wanted(case.name, only)]


def measure_all(
    workspace: Workspace, cases: list[tuple[Case, int]], others: dict[str, list[str]], runs: int
) -> report.Measurements:
    """Measure everything in turn until Ctrl-C; leave out what has not run by then."""
    measurements = {report.Subject(name): Figures() for name in others}
    measurements |= {report.Subject(case.name, size): Figures() for case, size in cases}
    with suppress(KeyboardInterrupt):
        for run in range(runs + 1):
            for name, command in others.items():
                figures = measurements[report.Subject(name)]
                add_run(figures, run, workspace.floor_command(command), workspace.environment)
            for case, size in cases:
                figures = measurements[report.Subject(case.name, size)]
                if len(figures.seconds) < ENOUGH_RUNS or sum(figures.seconds) < LONG_SECONDS:
                    with workspace.prepare(case, size) as (command, environment):
                        add_run(figures, run, command, environment, case)
            print(f"{run} of {runs}", file=sys.stderr)
    return {subject: figures for subject, figures in measurements.items() if figures.seconds}


def add_run(
    figures: Figures,
    run: int,
    command: list[str],
    environment: dict[str, str],
    case: Case | None = None,
) -> None:
    """Measure one run. Run 0 fills caches and measures memory; its time counts only if long."""
    on_terminal = case is not None and case.on_terminal
    if not run:
        seconds, figures.peak = measure_peak(command, environment, on_terminal=on_terminal)
        if seconds < LONG_SECONDS / ENOUGH_RUNS:
            return
    else:
        seconds, printed = measure(command, environment, on_terminal=on_terminal)
        if case and case.lines is not None and printed.count(b"\n") != case.lines:
            raise RuntimeError(f"{case.name} printed {printed!r}")
    figures.seconds.append(seconds)


if __name__ == "__main__":
    sys.exit(main())
