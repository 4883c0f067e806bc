"""Short histories, replayed: each file of scenarios/ says how, by its marks.

`@DAY` turns the calendar; `$` runs a command, which has to succeed; `= A | B` is whom `due` then
lists, in that order, `= -` nobody; `~ A: state, reason kinds` is what the nudge of A says.
"""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Netkeep

SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.txt"))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_replays(path: Path, netkeep: Netkeep, today: Callable[[str], None]) -> None:
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
