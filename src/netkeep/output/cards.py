"""Pages about one thing for people: a contact's card, the brief, how far a round is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from netkeep.domain.agenda import Reason
from netkeep.domain.brief import LATEST as NEWS_SHOWN
from netkeep.domain.brief import Brief
from netkeep.domain.contact import Contact
from netkeep.domain.days import format_distance, format_near_day
from netkeep.domain.occasions import Occasion
from netkeep.domain.rounds import RoundProgress
from netkeep.domain.stats import Count
from netkeep.domain.touchpoint import Touchpoint
from netkeep.output.charts import marks_for, year
from netkeep.output.tables import LATEST, STATE_STYLES, console, draw, lines

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

Values = Iterator[tuple[str, object]]  # a label, and what is set of it, if anything

BAR_WIDTH = 30  # columns


def card_of(
    contact: Contact,
    reasons: Sequence[Reason],
    latest: Sequence[Touchpoint],
    months: Sequence[Count],
) -> str:
    """Everything about one contact that is set, why now, their year, and the latest touchpoints."""
    from rich.console import Group
    from rich.text import Text

    screen = console()
    title = Text(lines(f"{contact.name} (#{contact.id})", screen), "bold")
    year_of_theirs = year(months, marks_for(screen)) if latest else ""
    values = _grid(_values_of_contact(contact, reasons, year_of_theirs), screen)
    heading = [Text(""), Text("latest touchpoints", "dim")] if latest else []
    return draw(screen, Group(title, values, *heading, *_touches(latest, screen)))


def page_of(page: Brief, today: date) -> str:
    """A brief, on one screen."""
    from rich.console import Group
    from rich.text import Text

    screen = console()
    title = Text(lines(f"{page.name} (#{page.id})", screen), "bold")
    state = page.state or (f"{page.status}" if page.status != "active" else "")
    title.append(f"  {state}", STATE_STYLES.get(page.state, "dim") if page.state else "dim")
    reasons = Text(lines("\n".join(map(str, page.reasons)), screen), "italic")
    values = _grid(_values_of_brief(page, today), screen)
    return draw(screen, Group(title, *([reasons] if page.reasons else []), values))


def progress_of(made: RoundProgress, today: date) -> str:
    """How far a round is this year: a bar, and in words."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    if made.since > today:
        when = f"opens {format_near_day(made.since, today)}"
    elif made.until < today:
        when = f"ended {format_near_day(made.until, today)}"
    else:
        when = f"until {format_near_day(made.until, today)}"
    said = f"{made.greeted:,} of {made.people:,} had a word; {when}"
    screen = console()
    line = Table.grid(padding=(0, 2))
    if len(said) + 2 + BAR_WIDTH <= screen.width:
        # Rich's own bar has a rest in a colour of its own, which no terminal without colour shows.
        mark = "-" if screen.options.ascii_only else "━"
        line.add_row(Text(said), Text(mark * (BAR_WIDTH * made.greeted // max(made.people, 1))))
    else:
        line.add_row(Text(said))
    return draw(screen, Group(Text(lines(made.name, screen), "bold"), line, Text("")))


def _grid(values: Values, screen: Console) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in values:
        if value:
            grid.add_row(Text(label, "dim"), Text(lines(value, screen)))
    return grid


def _touches(latest: Sequence[Touchpoint], screen: Console) -> Iterator[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    if not latest:
        return
    grid = Table.grid(padding=(0, 2))
    for _ in LATEST:
        grid.add_column(overflow="fold")
    for touchpoint in latest:
        grid.add_row(*(Text(lines(column.value(touchpoint), screen)) for column in LATEST))
    yield grid


def _values_of_contact(contact: Contact, reasons: Sequence[Reason], year_of_theirs: str) -> Values:
    yield "status", contact.status
    yield "why now", "\n".join(map(str, reasons))
    yield "kind", contact.kind
    yield "cadence", contact.cadence or "none"
    yield "last touch", contact.last_touch_on
    yield "year", year_of_theirs
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
    yield "met", _met(contact)
    yield "via", contact.via
    yield "birthday", contact.birthday
    yield "note", contact.note
    yield "dropped", ": ".join(map(str, filter(None, (contact.dropped_on, contact.drop_reason))))


def _values_of_brief(page: Brief, today: date) -> Values:
    rhythm = f"every {page.cadence.rhythm}" if page.cadence else "no cadence"
    yield "who", ", ".join(filter(None, (page.kind, rhythm, *page.tags)))
    yield "work", ", ".join(filter(None, (page.title, page.company)))
    yield "worked", "\n".join(map(str, page.worked))
    yield "where", ", ".join(filter(None, (page.city, page.school)))
    via = f" through {page.via}" if page.via else ""
    yield "met", (_met(page) + via).strip()
    yield "birthday", page.birthday
    yield "note", page.note
    yield "latest", "\n".join(map(str, page.latest)) or "no word yet"
    yield (
        "ask about",
        "\n".join(f"#{one.id} {one.what} ({format_distance(one.day, today)})" for one in page.news),
    )
    yield "visits", "\n".join(f"#{one.id} {_stay(one)}" for one in page.visits)
    yield "tell", "\n".join(_first(page.own_news))
    yield "promised", "\n".join(map(str, page.promises))
    yield "balance", _balance(page)
    yield "e-mail", ", ".join(page.emails)
    yield "phone", ", ".join(page.phones)
    yield "URL", ", ".join(page.urls)


def _first(told: Sequence[object]) -> Iterator[str]:
    """The first few, and how many there are besides."""
    yield from map(str, told[:NEWS_SHOWN])
    if len(told) > NEWS_SHOWN:
        yield f"and {len(told) - NEWS_SHOWN:,} more: netkeep me"


def _met(someone: Contact | Brief) -> str:
    parts = (("on", someone.met_on), ("at", someone.met))
    return " ".join(f"{word} {value}" for word, value in parts if value)


def _stay(visit: Occasion) -> str:
    """Where a visit goes, and when."""
    days = f"{visit.day} to {visit.until}"
    return f"{'you are ' if visit.yours else ''}in {visit.city or 'town'}, {days}"


def _balance(page: Brief) -> str:
    if not page.asks:
        return ""
    thanks = f"; not thanked since {page.unthanked_since}" if page.unthanked_since else ""
    return f"{page.asks:,} asked, {page.others:,} other{thanks}"
