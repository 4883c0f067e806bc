"""The page of `stats` for people, on a terminal or as a picture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from netkeep.domain.contact import Kind
from netkeep.domain.days import counted_days
from netkeep.domain.load import WEEKS, CadenceChange, Load
from netkeep.domain.stats import Branch, Introducer, KindCount, Silence, Stats
from netkeep.output import charts
from netkeep.output.charts import Marks, marks_for
from netkeep.output.sentences import pluralize
from netkeep.output.tables import ROUNDS, Column, console, draw, lines, table

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

PICTURE_WIDTH = 120  # columns
BESIDE = 76  # columns, from which on two charts stand side by side
KINDS = {
    Kind.friend: ("friend", "friends"),
    Kind.relative: ("relative", "relatives"),
    Kind.coworker: ("coworker", "coworkers"),
    Kind.association: ("person from an association", "people from associations"),
    Kind.professor: ("professor", "professors"),
    Kind.alumni: ("alumni", "alumni"),
    Kind.client: ("client", "clients"),
    Kind.mentor: ("mentor", "mentors"),
    Kind.other: ("other", "others"),
}
# What Rich fills in; its own would have a browser load a font from elsewhere.
SVG = """\
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

PEOPLE: tuple[Column[KindCount], ...] = (
    Column("kind", lambda one: one.kind, wraps=False),
    Column("active", lambda one: f"{one.active:6,}", wraps=False),
    Column("candidate", lambda one: f"{one.candidate:9,}", from_width=40, wraps=False),
    Column("dropped", lambda one: f"{one.dropped:7,}", from_width=40, wraps=False),
)
SILENCES: tuple[Column[Silence], ...] = (
    Column("id", lambda one: one.id, wraps=False),
    Column("name", lambda one: one.name),
    Column("kind", lambda one: one.kind, from_width=70, wraps=False),
    Column("cadence", lambda one: one.cadence or "none", from_width=60, wraps=False),
    Column("last", lambda one: one.last_touch_on, from_width=50, wraps=False),
    Column("silent for", lambda one: counted_days(one.days), wraps=False),
)
INTRODUCERS: tuple[Column[Introducer], ...] = (
    Column("id", lambda one: one.id, wraps=False),
    Column("name", lambda one: one.name),
    Column("introduced", lambda one: pluralize(one.introduced, "person", "people")),
)


def overview_of(page: Stats) -> str:
    """All figures on one page."""
    screen = console()
    return draw(screen, _overview(page, screen))


def tree_of(branches: Sequence[Branch]) -> str:
    """Who introduced whom; only what is too long is given to Rich, which is slow for thousands."""
    from rich.cells import cell_len

    screen = console()
    drawn = (
        (before, lines(who, screen))
        for before, who in charts.tree(branches, screen.width, marks_for(screen))
    )
    return "".join(
        f"{before}{who}\n"
        if cell_len(before + who) <= screen.width
        else draw(screen, _hung(before, who))
        for before, who in drawn
    )


def _hung(before: str, who: str) -> RenderableType:
    """A branch of a tree that goes on below where it begins."""
    from rich.table import Table

    grid = Table.grid()
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(_text(before), _text(who))
    return grid


def picture_of(page: Stats) -> str:
    """The page as SVG, which fetches nothing from anywhere."""
    import io

    from rich.console import Console

    screen = Console(
        record=True,
        file=io.StringIO(),
        width=PICTURE_WIDTH,
        color_system="truecolor",
        force_terminal=True,
        no_color=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    screen.print(_overview(page, screen))
    svg = screen.export_svg(title="netkeep stats", code_format=SVG)
    return re.sub("[\ufffe\uffff]", "\ufffd", svg)  # which XML cannot have (1.0, 2.2)


def _overview(page: Stats, screen: Console) -> RenderableType:
    from rich.console import Group

    sections = (
        ("people", _people(page, screen)),
        ("touchpoints", _touchpoints(page, screen.width, marks_for(screen))),
        ("the longest silences", _silences(page, screen)),
        ("rounds", [table(page.rounds, ROUNDS, screen)] if page.rounds else []),
        ("who introduced most", _introducers(page, screen)),
        ("load", _load(page.load, screen.width)),
    )
    parts: list[RenderableType] = []
    for heading, found in sections:
        if section := list(found):
            parts += [*([""] if parts else []), _text(heading, "bold"), *section]
    return Group(*parts)


def _people(page: Stats, screen: Console) -> Iterator[RenderableType]:
    yield table([one for one in page.people if any(one[1:])], PEOPLE, screen)


def _touchpoints(page: Stats, width: int, marks: Marks) -> Iterator[RenderableType]:
    in_all = sum(day.touchpoints for day in page.days)
    if not in_all:
        yield _text(f"None since {page.since}. To note one: netkeep log ada")
        return
    busiest = max(page.weeks, key=lambda week: week.touchpoints)
    months, *rows = charts.heat_map(page.days, page.weeks, width, marks)
    yield _text(months, "dim")
    yield from (_coloured(row, marks) for row in rows)
    yield _text(f"{charts.legend(page.days, marks)} a day")
    yield _text(
        f"{in_all:,} since {page.since}; the most in a week: {busiest.touchpoints:,},"
        f" from {busiest.since} on"
    )
    yield ""
    yield _charts(page, width, marks)
    yield ""
    yield _text(
        f"You asked {_times(page.asked)} and gave {_times(page.given)};"
        f" they asked {_times(page.asked_by_them)} and gave {_times(page.given_by_them)}."
    )


def _charts(page: Stats, width: int, marks: Marks) -> RenderableType:
    """Channels and purposes, side by side if there is room."""
    from rich.console import Group
    from rich.table import Table

    if width < BESIDE:
        channels, purposes = (
            _lines(charts.bars(found, width, marks)) for found in (page.channels, page.purposes)
        )
        return Group(channels, "", purposes)
    grid = Table.grid(padding=(0, 4))
    half = (width - 4) // 2
    grid.add_row(
        *(_lines(charts.bars(found, half, marks)) for found in (page.channels, page.purposes))
    )
    return grid


def _silences(page: Stats, screen: Console) -> Iterator[RenderableType]:
    if page.silences:
        yield table(page.silences, SILENCES, screen)
    if page.no_word_yet:
        people = pluralize(page.no_word_yet, "active person", "active people")
        yield _text(f"There was no word yet with {people}.")


def _introducers(page: Stats, screen: Console) -> Iterator[RenderableType]:
    if page.introducers:
        yield table(page.introducers, INTRODUCERS, screen)
        yield _text("The whole tree: netkeep stats --tree")


def _load(load: Load, width: int) -> Iterator[RenderableType]:
    yield _text(
        f"Your cadences want {_number(load.wanted)} touches a week; in the last {WEEKS} weeks you"
        f" did {_number(load.done)} a week."
    )
    if load.is_sustainable:
        yield _text("That is enough.")
    elif load.change is None:
        yield _text("Log what you do, and netkeep can say what would fit: netkeep log ada")
    else:
        fits = load.change.wanted <= load.done
        alone = "What would fit" if fits else "No one change would fit; what helps most"
        yield _text(f"{alone}: {_change(load.change)}.")
        command = load.change.command
        if len(command) > width - 2:  # a shell reads on after a pipe, so it can still be copied
            command = command.replace("| ", "|\n")
        yield _lines(f"  {line}" for line in command.split("\n"))


def _change(change: CadenceChange) -> str:
    """Say `a cadence of 3 months instead of 2 months for your 40 friends, which leaves 4.5 ...`."""
    cadence = f"a cadence of {change.cadence}" if change.cadence else "no cadence"
    now = str(change.instead[0]) if len(change.instead) == 1 else "a shorter one"
    kind = pluralize(change.out_of, *KINDS[change.kind])
    whom = f"{change.people:,} of your {kind}" if change.people < change.out_of else f"your {kind}"
    return f"{cadence} instead of {now} for {whom}, which leaves {_number(change.wanted)} a week"


def _number(number: float) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def _coloured(row: str, marks: Marks) -> Text:
    """A row of a heat map, its label left as it is."""
    text = _text(row)
    text.stylize("green", charts.LABEL)
    text.highlight_regex(re.escape(marks.shades[0]), "dim")
    return text


def _lines(found: Iterable[str]) -> Text:
    return _text("\n".join(found))


def _text(words: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(words, style)


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")
