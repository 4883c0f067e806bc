"""Replay the short histories in scenarios/.

`@DAY` sets the day; `$` runs a command, which must succeed; `= A | B` are the names that `due`
lists, in that order, `= -` none; `~ A: state, reason kinds` describes the nudge of A.
"""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Netkeep

SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.txt"))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenario_prints_what_its_file_shows(
    path: Path, netkeep: Netkeep, today: Callable[[str], None]
) -> None:
    for step in path.read_text().splitlines():
        mark, rest = step[0], step[1:].strip()
        match mark:
            case "@":
                today(rest)
            case "$":
                netkeep(*shlex.split(rest)[1:])
            case "=":
                expected = [] if rest == "-" else rest.split(" | ")
                assert netkeep("due", "-f", "json").names == expected, step
            case "~":
                name, _, said = rest.partition(": ")
                nudges = {nudge["name"]: nudge for nudge in netkeep("due", "-f", "json").json}
                kinds = " ".join(reason["kind"] for reason in nudges[name]["reasons"])
                assert f"{nudges[name]['state']}, {kinds}" == said, step
            case _:
                assert mark == "#", step
