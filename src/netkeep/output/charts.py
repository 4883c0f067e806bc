"""Draw charts of text characters, for any terminal width, in Unicode or ASCII."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from netkeep.domain.contact import Status
from netkeep.domain.stats import Branch, Count, Tally
from netkeep.output.streams import sanitize

if TYPE_CHECKING:
    from rich.console import Console

LABEL_WIDTH = 5  # columns before each row of a heat map
MAX_BAR_WIDTH = 40  # columns


class Symbols(NamedTuple):
    """The characters of charts.

    The first of `shades` and of `heights` stands for zero. In a tree, `branch` starts a line with
    a later one at the same depth, `last` starts the last line, and `rail` connects them. `cut`
    replaces rails that do not fit.
    """

    shades: str
    heights: str
    bar: str
    branch: str
    last: str
    rail: str
    cut: str


UNICODE = Symbols("·░▒▓█", "▁▂▃▄▅▆▇█", "█", "├─ ", "└─ ", "│  ", "… ")
ASCII = Symbols(".:+*#", "_.:-=+*#", "#", "|- ", "`- ", "|  ", "... ")


def symbols_for(console: Console) -> Symbols:
    """Return the symbols that the console can show."""
    return ASCII if console.options.ascii_only else UNICODE


def heat_map(
    days: Sequence[Count], weeks: Sequence[Count], width: int, symbols: Symbols
) -> list[str]:
    """Return a heat map: a column per week, a row per weekday, months above, a sparkline below.

    The first day has to start a week. If not all weeks fit, the latest are shown.
    """
    cell = 2 if LABEL_WIDTH + 2 * len(weeks) <= width else 1
    columns = min(len(weeks), (width - LABEL_WIDTH) // cell)
    shades = "".join(symbols.shades[level] for level in levels([day.touchpoints for day in days]))
    shades = shades[7 * (len(weeks) - columns) :]
    rows = [_month_row(weeks[-columns:], cell)]
    for weekday, day in enumerate(days[:7]):
        label = "" if weekday % 2 else f"{day.since:%a}"
        rows.append(_row(label, shades[weekday::7], cell))
    line = sparkline([week.touchpoints for week in weeks], symbols)
    return [*rows, _row("week", line[-columns:], cell)]


def legend(days: Sequence[Count], symbols: Symbols) -> str:
    """Return the legend of a heat map, such as `░ 1  ▒ 2 to 3  █ 7`."""
    counts = [day.touchpoints for day in days]
    by_level = defaultdict(list)
    for level, count in zip(levels(counts), counts, strict=True):
        by_level[level].append(count)
    entries = []
    for level in sorted(by_level):
        low, high = min(by_level[level]), max(by_level[level])
        to = f" to {high:,}" if high > low else ""
        entries.append(f"{symbols.shades[level]} {low:,}{to}")
    return "  ".join(entries)


def levels(counts: Sequence[int]) -> list[int]:
    """Return a level per count: 0 for zero, else 1 to 4, its quartile among those above zero."""
    nonzero = sorted(filter(None, counts))
    bounds = (
        [nonzero[(len(nonzero) * quarter - 1) // 4] for quarter in (1, 2, 3)] if nonzero else []
    )
    return [1 + bisect_left(bounds, count) if count else 0 for count in counts]


def sparkline(counts: Sequence[int], symbols: Symbols) -> str:
    """Return a character per count, whose height is its share of the highest count."""
    highest, steps = max(counts, default=0), len(symbols.heights) - 1
    return "".join(
        symbols.heights[-(-steps * count // highest) if count else 0] for count in counts
    )


def bars(tallies: Sequence[Tally], width: int, symbols: Symbols) -> list[str]:
    """Return a line per tally: its name, a bar and the number."""
    name_width = max((len(tally.name) for tally in tallies), default=0)
    highest = max((tally.touchpoints for tally in tallies), default=0)
    bar_width = max(1, min(MAX_BAR_WIDTH, width - name_width - len(f"{highest:,}") - 3))
    return [
        f"{tally.name:{name_width}}"
        f"  {symbols.bar * max(1, bar_width * tally.touchpoints // highest)}"
        f" {tally.touchpoints:,}"
        for tally in tallies
    ]


def month_counts(months: Sequence[Count], symbols: Symbols) -> str:
    """Return the initials of months, and their touchpoints below: 1 to 9, or `+` for more."""
    initials = [f"{month.since:%b}"[0] for month in months]
    digits = [_digit(month.touchpoints, symbols) for month in months]
    return f"{' '.join(initials)}\n{' '.join(digits)}"


def tree(branches: Sequence[Branch], width: int, symbols: Symbols) -> list[tuple[str, str]]:
    """Return the lines of a tree, each as its prefix and its text.

    A prefix takes at most half of the width. The lines are made from the last to the first, so that
    it is known for each whether another one follows at its depth.
    """
    max_depth = max(1, width // 2 // len(symbols.rail))
    has_next: list[bool] = []  # by depth
    lines = []
    for branch in reversed(branches):
        depth = branch.depth
        has_next += [False] * (depth + 1 - len(has_next))
        rails = (
            symbols.rail if has_next[level] else " " * len(symbols.rail)
            for level in range(max(1, depth - max_depth), depth)
        )
        cut = symbols.cut if depth > max_depth else ""
        end = symbols.branch if has_next[depth] else symbols.last
        prefix = f"{cut}{''.join(rails)}{end}" if depth else ""
        status = "" if branch.status is Status.active else f", {branch.status}"
        lines.append((prefix, f"{sanitize(branch.name)} (#{branch.id}{status})"))
        has_next[depth] = True
        del has_next[depth + 1 :]
    return lines[::-1]


def _month_row(weeks: Sequence[Count], cell: int) -> str:
    """Return the names of months, each above the week it starts in if there is space."""
    line = " " * LABEL_WIDTH
    for column, week in enumerate(weeks):
        start = LABEL_WIDTH + column * cell
        last_day = week.since + timedelta(days=6)
        month = f"{last_day:%b}"
        fits = start + len(month) <= LABEL_WIDTH + len(weeks) * cell
        if last_day.day <= 7 and fits and (start > len(line) or column == 0):
            line = f"{line:{start}}{month}"
    return line


def _row(label: str, characters: str, cell: int) -> str:
    return f"{label:{LABEL_WIDTH}}" + "".join(f"{character:{cell}}" for character in characters)


def _digit(count: int, symbols: Symbols) -> str:
    if not count:
        return symbols.shades[0]
    return str(count) if count <= 9 else "+"
