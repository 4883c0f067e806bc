"""Pages for people: a contact's card, a brief, the progress of a round, and statistics."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from netkeep.domain.agenda import Reason
from netkeep.domain.brief import LATEST, Brief
from netkeep.domain.contact import Contact, Kind, format_met
from netkeep.domain.days import format_distance, format_near_day, format_rhythm
from netkeep.domain.occasions import Occasion
from netkeep.domain.rounds import RoundProgress
from netkeep.domain.stats import (
    LOAD_WEEKS,
    Branch,
    CadenceChange,
    Count,
    Introducer,
    KindCount,
    Load,
    Silence,
    Stats,
)
from netkeep.domain.touchpoint import Touchpoint
from netkeep.output import charts
from netkeep.output.charts import Symbols, symbols_for
from netkeep.output.tables import (
    COLUMNS,
    STATE_STYLES,
    cell_text,
    make_console,
    make_table,
    render,
)
from netkeep.output.values import pluralize

Rows = Iterator[tuple[str, object]]  # labels and values; rows with an empty value are not shown

BAR_WIDTH = 30  # columns
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


def render_contact(
    contact: Contact,
    reasons: Sequence[Reason],
    latest: Sequence[Touchpoint],
    months: Sequence[Count],
) -> str:
    """Return a contact's card: reasons, all fields, the past year and the latest touchpoints."""
    console = make_console()
    title = Text(cell_text(f"{contact.name} (#{contact.id})", console), "bold")
    year = charts.month_counts(months, symbols_for(console)) if latest else ""
    parts = [title, _grid(_contact_rows(contact, reasons, year), console)]
    if latest:
        parts += [Text(""), Text("latest touchpoints", "dim"), _touchpoint_grid(latest, console)]
    return render(Group(*parts), console)


def render_brief(brief: Brief, today: date) -> str:
    """Return a brief as one page."""
    console = make_console()
    title = Text(cell_text(f"{brief.name} (#{brief.id})", console), "bold")
    if brief.state:
        title.append(f"  {brief.state}", STATE_STYLES[brief.state])
    elif brief.status != "active":
        title.append(f"  {brief.status}", "dim")
    parts: list[RenderableType] = [title]
    if brief.reasons:
        parts.append(Text(cell_text("\n".join(map(str, brief.reasons)), console), "italic"))
    return render(Group(*parts, _grid(_brief_rows(brief, today), console)), console)


def render_round_progress(progress: RoundProgress, today: date) -> str:
    """Return the progress of a round this year, with a bar if it fits."""
    if progress.since > today:
        when = f"opens {format_near_day(progress.since, today)}"
    elif progress.until < today:
        again = progress.begins.in_year(progress.since.year + 1)
        when = (
            f"ended {format_near_day(progress.until, today)},"
            f" opens again {format_near_day(again, today)}"
        )
    else:
        when = f"until {format_near_day(progress.until, today)}"
    summary = f"{progress.greeted:,} of {progress.people:,} greeted; {when}"
    console = make_console()
    line = Table.grid(padding=(0, 2))
    if len(summary) + 2 + BAR_WIDTH <= console.width:
        # Rich's own bar tells the rest by its colour only, which NO_COLOR hides.
        symbol = "-" if console.options.ascii_only else "━"
        length = BAR_WIDTH * progress.greeted // max(progress.people, 1)
        line.add_row(Text(summary), Text(symbol * length))
    else:
        line.add_row(Text(summary))
    name = Text(cell_text(progress.name, console), "bold")
    return render(Group(name, line, Text("")), console)


def _grid(rows: Rows, console: Console) -> RenderableType:
    grid = _two_columns(gap=2)
    for label, value in rows:
        if value:
            grid.add_row(Text(label, "dim"), Text(cell_text(value, console)))
    return grid


def _touchpoint_grid(touchpoints: Sequence[Touchpoint], console: Console) -> RenderableType:
    columns = [column for column in COLUMNS[Touchpoint] if column.header != "name"]
    grid = Table.grid(padding=(0, 2))
    for _ in columns:
        grid.add_column(overflow="fold")
    for touchpoint in touchpoints:
        grid.add_row(*(Text(column.text(touchpoint, console)) for column in columns))
    return grid


def _contact_rows(contact: Contact, reasons: Sequence[Reason], year: str) -> Rows:
    yield "status", contact.status
    yield "why now", "\n".join(map(str, reasons))
    yield "kind", contact.kind
    yield "cadence", contact.cadence or "none"
    yield "last touch", contact.last_touch_on
    yield "year", year
    yield "due", contact.due_on
    yield "snoozed until", contact.snoozed_until
    yield "company", contact.company
    yield "title", contact.title
    yield "worked", "\n".join(map(str, contact.worked))
    yield "city", contact.city
    yield "school", contact.school
    yield from (("e-mail", email) for email in contact.emails)
    yield from (("phone", phone) for phone in contact.phones)
    yield from (("URL", url) for url in contact.urls)
    yield "tags", ", ".join(contact.tags)
    yield "met", _format_met(contact)
    yield "via", contact.via
    yield "birthday", contact.birthday and contact.birthday.readable
    yield "note", contact.note
    yield "dropped", ": ".join(map(str, filter(None, (contact.dropped_on, contact.drop_reason))))


def _brief_rows(brief: Brief, today: date) -> Rows:
    yield "who", ", ".join((brief.kind, format_rhythm(brief.cadence), *brief.tags))
    if not brief.state:
        yield "due", brief.due_on
    yield "work", ", ".join(filter(None, (brief.title, brief.company)))
    yield "worked", "\n".join(map(str, brief.worked))
    yield "where", ", ".join(filter(None, (brief.city, brief.school)))
    via = f" through {brief.via}" if brief.via else ""
    yield "met", (_format_met(brief) + via).strip()
    yield "birthday", brief.birthday and brief.birthday.readable
    yield "note", brief.note
    yield "latest", "\n".join(map(str, brief.latest)) or "no touchpoint yet"
    yield (
        "ask about",
        "\n".join(
            f"#{news.id} {news.what} ({format_distance(news.day, today)})" for news in brief.news
        ),
    )
    yield "visits", "\n".join(f"#{visit.id} {_format_visit(visit)}" for visit in brief.visits)
    yield "tell", "\n".join(_own_news(brief))
    yield "promised", "\n".join(map(str, brief.promises))
    yield "balance", _format_balance(brief)
    yield "e-mail", ", ".join(brief.emails)
    yield "phone", ", ".join(brief.phones)
    yield "URL", ", ".join(brief.urls)


def _own_news(brief: Brief) -> Iterator[str]:
    """Yield your latest news that the contact has not heard, and how many more there are."""
    yield from map(str, brief.own_news[:LATEST])
    if len(brief.own_news) > LATEST:
        yield f"and {len(brief.own_news) - LATEST:,} more: netkeep me"


def _format_met(contact: Contact | Brief) -> str:
    return format_met(contact.met, contact.met_on).removeprefix("met ")


def _format_visit(visit: Occasion) -> str:
    days = f"{visit.day} to {visit.until}"
    return f"{'you are ' if visit.yours else ''}in {visit.city or 'town'}, {days}"


def _format_balance(brief: Brief) -> str:
    if not brief.asks:
        return ""
    thanks = (
        f"; not thanked for the ask of {brief.unthanked_since}" if brief.unthanked_since else ""
    )
    asks = pluralize(brief.asks, "ask", "asks")
    return f"{asks}, {pluralize(brief.others, 'other touchpoint', 'other touchpoints')}{thanks}"


def render_stats(stats: Stats) -> str:
    """Return all statistics as one page."""
    console = make_console()
    return render(_stats_page(stats, console), console)


def render_svg(stats: Stats) -> str:
    """Return the page of statistics as SVG that loads nothing from the network."""
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
    console.print(_stats_page(stats, console))
    svg = console.export_svg(title="netkeep stats", code_format=SVG_TEMPLATE)
    return re.sub("[\ufffe\uffff]", "\ufffd", svg)  # characters that XML forbids (1.0, 2.2)


def render_tree(branches: Sequence[Branch]) -> str:
    """Return introductions as a tree.

    Only lines that have to be wrapped are rendered with Rich, which is slow for thousands of lines.
    """
    console = make_console()
    lines = []
    for prefix, name in charts.tree(branches, console.width, symbols_for(console)):
        text = cell_text(name, console)
        if cell_len(prefix + text) <= console.width:
            lines.append(f"{prefix}{text}\n")
        else:
            grid = _two_columns()
            grid.add_row(Text(prefix), Text(text))
            lines.append(render(grid, console))
    return "".join(lines)


def _two_columns(gap: int = 0) -> Table:
    """Return a grid that wraps only its second column."""
    grid = Table.grid(padding=(0, gap))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _stats_page(stats: Stats, console: Console) -> RenderableType:
    kinds = [count for count in stats.people if any(count[1:])]
    rounds = [make_table(stats.rounds, RoundProgress, console)] if stats.rounds else []
    sections: Sequence[tuple[str, Iterable[RenderableType]]] = (
        ("people", [make_table(kinds, KindCount, console)]),
        ("touchpoints", _touchpoints(stats, console.width, symbols_for(console))),
        ("longest silences", _silences(stats, console)),
        ("rounds", rounds),
        ("most introductions", _introducers(stats, console)),
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
        f"{total:,} since {stats.since};"
        f" the busiest week, from {busiest.since}, had {busiest.touchpoints:,}"
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
        yield Text(f"No touchpoint yet: {people}.")


def _introducers(stats: Stats, console: Console) -> Iterator[RenderableType]:
    if stats.introducers:
        yield make_table(stats.introducers, Introducer, console)
        yield Text("The whole tree: netkeep stats --tree")


def _load(load: Load) -> Iterator[RenderableType]:
    yield Text(
        f"Your cadences need {_number(load.wanted)} touchpoints a week;"
        f" you log {_number(load.done)} (last {LOAD_WEEKS} weeks)."
    )
    if load.is_sustainable:
        yield Text("You are keeping up.")
    elif load.change is None:
        yield Text("Log your touchpoints to get a suggestion: netkeep log ada")
    else:
        fits = load.change.wanted <= load.done
        intro = "To keep up, try" if fits else "No single change is enough; this one helps most"
        yield Text(f"{intro}: {_cadence_change(load.change)}.")
        yield Text(f"  {load.change.command}")


def _cadence_change(change: CadenceChange) -> str:
    """Return `a cadence of 3 months instead of 2 months for your 40 friends, which leaves 4.5 ...`.

    The present cadence is named only if all of these contacts have the same one.
    """
    cadence = f"a cadence of {change.cadence}" if change.cadence else "no cadence"
    replaced = str(change.instead[0]) if len(change.instead) == 1 else "a shorter one"
    nouns = IRREGULAR_KINDS.get(change.kind, (change.kind, f"{change.kind}s"))
    people = f"your {pluralize(change.out_of, *nouns)}"
    if change.people < change.out_of:
        people = f"{change.people:,} of {people}"
    return (
        f"{cadence} instead of {replaced} for {people};"
        f" your cadences would then need {_number(change.wanted)} a week"
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


# The page of each type of record. Some take more keyword arguments.
PAGES: Mapping[type, Callable[..., str]] = {
    Contact: render_contact,
    Brief: render_brief,
    RoundProgress: render_round_progress,
    Stats: render_stats,
}
