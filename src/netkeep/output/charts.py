"""Charts of plain characters, for a terminal of any width, and for one that knows ASCII alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from netkeep.domain.contact import Status
from netkeep.domain.stats import Branch, Count, Tally
from netkeep.output.sanitizer import sanitize

if TYPE_CHECKING:
    from rich.console import Console

LABEL = 5  # columns before a row of a heat map
_WIDEST_BAR = 40


class Marks(NamedTuple):
    """The characters charts are made of.

    `shades` and `heights` begin with that for nothing at all. A `branch` has others after it under
    the same one, the `last` has not, and a `rail` runs down to those others.
    """

    shades: str
    heights: str
    bar: str
    branch: str
    last: str
    rail: str
    cut: str


UNICODE = Marks("·░▒▓█", "▁▂▃▄▅▆▇█", "█", "├─ ", "└─ ", "│  ", "… ")
ASCII = Marks(".:+*#", "_.:-=+*#", "#", "|- ", "`- ", "|  ", "... ")


def marks_for(screen: Console) -> Marks:
    """What this screen can show."""
    return ASCII if screen.options.ascii_only else UNICODE


def heat_map(days: Sequence[Count], weeks: Sequence[Count], width: int, marks: Marks) -> list[str]:
    """A column for each week, a row for each day of it, months above and a sparkline below.

    The first day begins a week. Only the latest weeks are shown that fit.
    """
    cell = 2 if LABEL + 2 * len(weeks) <= width else 1
    columns = min(len(weeks), (width - LABEL) // cell)
    shades = "".join(marks.shades[level] for level in levels([day.touchpoints for day in days]))
    shades = shades[7 * (len(weeks) - columns) :]
    rows = [_months(weeks[-columns:], cell)]
    for place, day in enumerate(days[:7]):
        label = "" if place % 2 else f"{day.since:%a}"
        rows.append(_row(label, shades[place::7], cell))
    line = sparkline([week.touchpoints for week in weeks], marks)
    return [*rows, _row("week", line[-columns:], cell)]


def legend(days: Sequence[Count], marks: Marks) -> str:
    """What the shades of a heat map stand for: `░ 1  ▒ 2 to 3  █ 7 a day`."""
    counts = [day.touchpoints for day in days]
    ranges: dict[int, list[int]] = {}
    for level, count in sorted(zip(levels(counts), counts, strict=True)):
        ranges.setdefault(level, []).append(count)
    return "  ".join(
        f"{marks.shades[level]} {found[0]:,}" + (f" to {found[-1]:,}" * (found[-1] > found[0]))
        for level, found in ranges.items()
    )


def levels(counts: Sequence[int]) -> list[int]:
    """0 for nothing, else 1 to 4: in which quarter of all the counts that are not 0 each is."""
    some = sorted(filter(None, counts))
    bounds = [some[(len(some) * quarter - 1) // 4] for quarter in (1, 2, 3)] if some else []
    return [1 + bisect_left(bounds, count) if count else 0 for count in counts]


def sparkline(counts: Sequence[int], marks: Marks) -> str:
    """A character for each count, as high as its share of the highest."""
    most, steps = max(counts, default=0), len(marks.heights) - 1
    return "".join(marks.heights[-(-steps * count // most) if count else 0] for count in counts)


def bars(tallies: Sequence[Tally], width: int, marks: Marks) -> list[str]:
    """A bar for each, with its name before it and its number behind."""
    name = max((len(tally.name) for tally in tallies), default=0)
    most = max((tally.touchpoints for tally in tallies), default=0)
    longest = max(1, min(_WIDEST_BAR, width - name - len(f"{most:,}") - 3))
    return [
        f"{tally.name:{name}}  {marks.bar * max(1, longest * tally.touchpoints // most)}"
        f" {tally.touchpoints:,}"
        for tally in tallies
    ]


def year(months: Sequence[Count], marks: Marks) -> str:
    """The first letters of months, and below each its touchpoints: 1 to 9, and `+` for more."""
    names = [f"{month.since:%b}"[0] for month in months]
    counts = [_digit(month.touchpoints, marks) for month in months]
    return f"{' '.join(names)}\n{' '.join(counts)}"


def tree(branches: Sequence[Branch], width: int, marks: Marks) -> list[tuple[str, str]]:
    """For each branch what it hangs by, and who it is, below the one it hangs on.

    What they hang by takes half the width.
    """
    deepest = max(1, width // 2 // len(marks.rail))
    has_more: list[bool] = []  # by depth, whether there is another one below under the same one
    lines = []
    for branch in reversed(branches):
        depth = branch.depth
        has_more += [False] * (depth + 1 - len(has_more))
        mark = marks.branch if has_more[depth] else marks.last
        rails = (
            marks.rail if has_more[each] else " " * len(marks.rail)
            for each in range(max(1, depth - deepest), depth)
        )
        cut = marks.cut if depth > deepest else ""
        before = f"{cut}{''.join(rails)}{mark}" if depth else ""
        status = "" if branch.status is Status.active else f", {branch.status}"
        lines.append((before, f"{sanitize(branch.name)} (#{branch.id}{status})"))
        has_more[depth] = True
        del has_more[depth + 1 :]
    return lines[::-1]


def _months(weeks: Sequence[Count], cell: int) -> str:
    """The name of each month above the week it begins in, where there is room for it."""
    line = " " * LABEL
    for column, week in enumerate(weeks):
        place = LABEL + column * cell
        last = week.since + timedelta(days=6)
        has_room = place > len(line) or column == 0
        if last.day <= 7 and has_room and place + len(f"{last:%b}") <= LABEL + len(weeks) * cell:
            line = f"{line:{place}}{last:%b}"
    return line


def _row(label: str, characters: str, cell: int) -> str:
    return f"{label:{LABEL}}" + "".join(f"{each:{cell}}" for each in characters)


def _digit(count: int, marks: Marks) -> str:
    if not count:
        return marks.shades[0]
    return str(count) if count <= 9 else "+"
