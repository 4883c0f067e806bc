"""The page of `stats` for people, on a terminal or as an SVG picture."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from netkeep.domain.contact import Kind
from netkeep.domain.load import WEEKS, CadenceChange, Load
from netkeep.domain.rounds import RoundProgress
from netkeep.domain.stats import Branch, Introducer, KindCount, Silence, Stats
from netkeep.output import charts
from netkeep.output.charts import Symbols, symbols_for
from netkeep.output.sentences import pluralize
from netkeep.output.tables import cell_text, make_console, make_table, render

SVG_WIDTH = 120  # columns
TWO_CHARTS_WIDTH = 76  # columns; wider terminals show two charts side by side
IRREGULAR_KINDS = {
    Kind.association: ("person from an association", "people from associations"),
    Kind.alumni: ("alumni", "alumni"),
}
# Filled in by Rich. Its own template makes browsers download a font.
SVG_TEMPLATE = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
text {{ font: {char_height}px/{line_height}px "DejaVu Sans Mono", Menlo, Consolas, monospace }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" xml:space="preserve"
 clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
{matrix}
</g>
</svg>
"""


def render_stats(stats: Stats) -> str:
    """Return all statistics as one page."""
    console = make_console()
    return render(_page(stats, console), console)


def render_svg(stats: Stats) -> str:
    """Return the page of statistics as SVG that loads nothing from elsewhere."""
    console = Console(
        record=True,
        file=io.StringIO(),
        width=SVG_WIDTH,
        color_system="truecolor",
        force_terminal=True,
        no_color=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(_page(stats, console))
    svg = console.export_svg(title="netkeep stats", code_format=SVG_TEMPLATE)
    return re.sub("[\ufffe\uffff]", "\ufffd", svg)  # characters that XML forbids (1.0, 2.2)


def render_tree(branches: Sequence[Branch]) -> str:
    """Return who introduced whom as a tree.

    Only lines that have to be wrapped go through Rich, which is slow for thousands of them.
    """
    console = make_console()
    lines = []
    for prefix, name in charts.tree(branches, console.width, symbols_for(console)):
        text = cell_text(name, console)
        if cell_len(prefix + text) <= console.width:
            lines.append(f"{prefix}{text}\n")
        else:
            lines.append(render(_wrapped_branch(prefix, text), console))
    return "".join(lines)


def _wrapped_branch(prefix: str, text: str) -> RenderableType:
    grid = Table.grid()
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(prefix), Text(text))
    return grid


def _page(stats: Stats, console: Console) -> RenderableType:
    kinds = [count for count in stats.people if any(count[1:])]
    rounds = [make_table(stats.rounds, RoundProgress, console)] if stats.rounds else []
    sections: Sequence[tuple[str, Iterable[RenderableType]]] = (
        ("people", [make_table(kinds, KindCount, console)]),
        ("touchpoints", _touchpoints(stats, console.width, symbols_for(console))),
        ("the longest silences", _silences(stats, console)),
        ("rounds", rounds),
        ("who introduced most", _introducers(stats, console)),
        ("load", _load(stats.load)),
    )
    parts: list[RenderableType] = []
    for heading, section in sections:
        if content := list(section):
            parts += [*([""] if parts else []), Text(heading, "bold"), *content]
    return Group(*parts)


def _touchpoints(stats: Stats, width: int, symbols: Symbols) -> Iterator[RenderableType]:
    total = sum(day.touchpoints for day in stats.days)
    if not total:
        yield Text(f"None since {stats.since}. To note one: netkeep log ada")
        return
    busiest = max(stats.weeks, key=lambda week: week.touchpoints)
    months, *rows = charts.heat_map(stats.days, stats.weeks, width, symbols)
    yield Text(months, "dim")
    yield from (_coloured(row, symbols) for row in rows)
    yield Text(f"{charts.legend(stats.days, symbols)} a day")
    yield Text(
        f"{total:,} since {stats.since}; the most in a week: {busiest.touchpoints:,},"
        f" from {busiest.since} on"
    )
    yield ""
    yield _channels_and_purposes(stats, width, symbols)
    yield ""
    yield Text(
        f"You asked {_times(stats.asked)} and gave {_times(stats.given)};"
        f" they asked {_times(stats.asked_by_them)} and gave {_times(stats.given_by_them)}."
    )


def _channels_and_purposes(stats: Stats, width: int, symbols: Symbols) -> RenderableType:
    """Return two bar charts, side by side if they fit."""
    side_by_side = width >= TWO_CHARTS_WIDTH
    chart_width = (width - 4) // 2 if side_by_side else width
    channels, purposes = (
        Text("\n".join(charts.bars(tallies, chart_width, symbols)))
        for tallies in (stats.channels, stats.purposes)
    )
    if not side_by_side:
        return Group(channels, "", purposes)
    grid = Table.grid(padding=(0, 4))
    grid.add_row(channels, purposes)
    return grid


def _silences(stats: Stats, console: Console) -> Iterator[RenderableType]:
    if stats.silences:
        yield make_table(stats.silences, Silence, console)
    if stats.no_word_yet:
        people = pluralize(stats.no_word_yet, "active person", "active people")
        yield Text(f"There was no word yet with {people}.")


def _introducers(stats: Stats, console: Console) -> Iterator[RenderableType]:
    if stats.introducers:
        yield make_table(stats.introducers, Introducer, console)
        yield Text("The whole tree: netkeep stats --tree")


def _load(load: Load) -> Iterator[RenderableType]:
    yield Text(
        f"Your cadences want {_number(load.wanted)} touches a week; in the last {WEEKS} weeks you"
        f" did {_number(load.done)} a week."
    )
    if load.is_sustainable:
        yield Text("That is enough.")
    elif load.change is None:
        yield Text("Log what you do, and netkeep can say what would fit: netkeep log ada")
    else:
        fits = load.change.wanted <= load.done
        intro = "What would fit" if fits else "No one change would fit; what helps most"
        yield Text(f"{intro}: {_cadence_change(load.change)}.")
        yield Text(f"  {load.change.command}")


def _cadence_change(change: CadenceChange) -> str:
    """Return `a cadence of 3 months instead of 2 months for your 40 friends, which leaves 4.5 ...`.

    The shorter cadence is named only if all of these contacts have the same one.
    """
    cadence = f"a cadence of {change.cadence}" if change.cadence else "no cadence"
    replaced = str(change.instead[0]) if len(change.instead) == 1 else "a shorter one"
    nouns = IRREGULAR_KINDS.get(change.kind, (change.kind, f"{change.kind}s"))
    people = f"your {pluralize(change.out_of, *nouns)}"
    if change.people < change.out_of:
        people = f"{change.people:,} of {people}"
    return (
        f"{cadence} instead of {replaced} for {people},"
        f" which leaves {_number(change.wanted)} a week"
    )


def _number(number: float) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _coloured(row: str, symbols: Symbols) -> Text:
    """Return a row of the heat map with colour behind its label."""
    text = Text(row)
    text.stylize("green", charts.LABEL_WIDTH)
    text.highlight_regex(re.escape(symbols.shades[0]), "dim")
    return text
