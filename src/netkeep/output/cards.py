"""Pages for people: a contact's card, a brief, and the progress of a round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from netkeep.domain.agenda import Reason
from netkeep.domain.brief import LATEST as MAX_NEWS
from netkeep.domain.brief import Brief
from netkeep.domain.contact import Contact
from netkeep.domain.days import format_distance, format_near_day
from netkeep.domain.occasions import Occasion
from netkeep.domain.rounds import RoundProgress
from netkeep.domain.stats import Count
from netkeep.domain.touchpoint import Touchpoint
from netkeep.output.charts import month_counts, symbols_for
from netkeep.output.tables import COLUMNS, STATE_STYLES, cell_text, make_console, render

Rows = Iterator[tuple[str, object]]  # labels and values; rows with an empty value are left out

BAR_WIDTH = 30  # columns


def render_contact(
    contact: Contact,
    reasons: Sequence[Reason],
    latest: Sequence[Touchpoint],
    months: Sequence[Count],
) -> str:
    """Return a contact's card: reasons, all fields, the past year and the latest touchpoints."""
    console = make_console()
    title = Text(cell_text(f"{contact.name} (#{contact.id})", console), "bold")
    year = month_counts(months, symbols_for(console)) if latest else ""
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
        when = f"ended {format_near_day(progress.until, today)}"
    else:
        when = f"until {format_near_day(progress.until, today)}"
    summary = f"{progress.greeted:,} of {progress.people:,} had a word; {when}"
    console = make_console()
    line = Table.grid(padding=(0, 2))
    if len(summary) + 2 + BAR_WIDTH <= console.width:
        # Rich's own bar shows the rest in another colour only, which NO_COLOR hides.
        symbol = "-" if console.options.ascii_only else "━"
        length = BAR_WIDTH * progress.greeted // max(progress.people, 1)
        line.add_row(Text(summary), Text(symbol * length))
    else:
        line.add_row(Text(summary))
    name = Text(cell_text(progress.name, console), "bold")
    return render(Group(name, line, Text("")), console)


def _grid(rows: Rows, console: Console) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
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
    yield "birthday", contact.birthday
    yield "note", contact.note
    yield "dropped", ": ".join(map(str, filter(None, (contact.dropped_on, contact.drop_reason))))


def _brief_rows(brief: Brief, today: date) -> Rows:
    cadence = f"every {brief.cadence.rhythm}" if brief.cadence else "no cadence"
    yield "who", ", ".join(filter(None, (brief.kind, cadence, *brief.tags)))
    yield "work", ", ".join(filter(None, (brief.title, brief.company)))
    yield "worked", "\n".join(map(str, brief.worked))
    yield "where", ", ".join(filter(None, (brief.city, brief.school)))
    via = f" through {brief.via}" if brief.via else ""
    yield "met", (_format_met(brief) + via).strip()
    yield "birthday", brief.birthday
    yield "note", brief.note
    yield "latest", "\n".join(map(str, brief.latest)) or "no word yet"
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
    yield from map(str, brief.own_news[:MAX_NEWS])
    if len(brief.own_news) > MAX_NEWS:
        yield f"and {len(brief.own_news) - MAX_NEWS:,} more: netkeep me"


def _format_met(contact: Contact | Brief) -> str:
    parts = (("on", contact.met_on), ("at", contact.met))
    return " ".join(f"{preposition} {value}" for preposition, value in parts if value)


def _format_visit(visit: Occasion) -> str:
    """Return the place and the days of a visit."""
    days = f"{visit.day} to {visit.until}"
    return f"{'you are ' if visit.yours else ''}in {visit.city or 'town'}, {days}"


def _format_balance(brief: Brief) -> str:
    if not brief.asks:
        return ""
    thanks = f"; not thanked since {brief.unthanked_since}" if brief.unthanked_since else ""
    return f"{brief.asks:,} asked, {brief.others:,} other{thanks}"
