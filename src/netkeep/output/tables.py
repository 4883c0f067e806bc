"""Tables and cards for people, drawn by Rich, which takes no part in anything else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from netkeep.domain.agenda import Nudge
from netkeep.domain.contact import Contact, Status
from netkeep.domain.due import State
from netkeep.domain.touchpoint import Direction, Touchpoint
from netkeep.output.streams import to_terminal
from netkeep.output.text import shown

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

R = TypeVar("R")
NARROWEST = 20  # columns; a terminal that says it has fewer does not know


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: what is in it, its style, and how wide a terminal has to be to show it."""

    header: str
    value: Callable[[R], object]
    style: Callable[[R], str] = lambda record: ""
    from_width: int = 0
    wraps: bool = True


_STATE_STYLES = {
    State.soon: "cyan",
    State.due: "yellow",
    State.overdue: "bold red",
    State.lapsed: "dim",
    State.new: "green",
}


def _state_style(nudge: Nudge) -> str:
    return _STATE_STYLES[nudge.state]


def _channel(touchpoint: Touchpoint) -> str:
    return touchpoint.channel + (" from them" if touchpoint.direction is Direction.in_ else "")


def _due_or_status(contact: Contact) -> object:
    return contact.due_on or (None if contact.status is Status.active else contact.status)


AGENDA: tuple[Column[Nudge], ...] = (
    Column("id", lambda nudge: nudge.id, wraps=False),
    Column("name", lambda nudge: nudge.name, _state_style),
    Column("state", lambda nudge: nudge.state, _state_style, from_width=60, wraps=False),
    Column("why", lambda nudge: "; ".join(map(str, nudge.reasons))),
    Column("company", lambda nudge: nudge.company, from_width=100),
    Column("reach", lambda nudge: nudge.email or nudge.phone, from_width=100),
)
CONTACTS: tuple[Column[Contact], ...] = (
    Column("id", lambda contact: contact.id, wraps=False),
    Column("name", lambda contact: contact.name),
    Column("kind", lambda contact: contact.kind, from_width=60, wraps=False),
    Column("last", lambda contact: contact.last_touch_on, from_width=50, wraps=False),
    Column("due", _due_or_status, wraps=False),
    Column("company", lambda contact: contact.company, from_width=70),
    Column("title", lambda contact: contact.title, from_width=100),
    Column("city", lambda contact: contact.city, from_width=100),
    Column("tags", lambda contact: ", ".join(contact.tags), from_width=100),
)
TIMELINE: tuple[Column[Touchpoint], ...] = (
    Column("id", lambda touchpoint: touchpoint.id, wraps=False),
    Column("day", lambda touchpoint: touchpoint.day, wraps=False),
    Column("name", lambda touchpoint: touchpoint.name),
    Column("channel", _channel, from_width=60),
    Column("purpose", lambda touchpoint: touchpoint.purpose, from_width=70, wraps=False),
    Column("note", lambda touchpoint: touchpoint.note),
)
LATEST = [column for column in TIMELINE if column.header != "name"]
_TABLES: dict[type, Sequence[Column[Any]]] = {
    Nudge: AGENDA,
    Contact: CONTACTS,
    Touchpoint: TIMELINE,
}


def table_of(records: Sequence[R], record_type: type[R]) -> str:
    """The table of this kind of record; what does not fit the terminal is wrapped, never cut."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    console = _console()
    table = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="bold",
    )
    used = [column for column in _TABLES[record_type] if column.from_width <= console.width]
    for column in used:
        table.add_column(
            column.header,
            justify="right" if column.header == "id" else "left",
            overflow="fold",
            no_wrap=not column.wraps,
        )
    for record in records:
        table.add_row(
            *(Text(_lines(column.value(record)), column.style(record)) for column in used)
        )
    return _draw(console, table)


def card_of(contact: Contact, latest: Sequence[Touchpoint]) -> str:
    """Everything about one contact that is set, and the latest touchpoints."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    values, touches = Table.grid(padding=(0, 2)), Table.grid(padding=(0, 2))
    for grid in (values, *[touches] * len(LATEST), values):
        grid.add_column(overflow="fold")
    for label, value in _set_values(contact):
        values.add_row(Text(label, "dim"), Text(_lines(value)))
    for touchpoint in latest:
        touches.add_row(*(Text(_lines(column.value(touchpoint))) for column in LATEST))
    heading = [Text(""), Text("latest touchpoints", "dim")] if latest else []
    title = Text(shown(f"{contact.name} (#{contact.id})"), "bold")
    return _draw(_console(), Group(title, values, *heading, touches))


def _set_values(contact: Contact) -> list[tuple[str, object]]:
    met = " ".join(
        f"{word} {value}" for word, value in (("on", contact.met_on), ("at", contact.met)) if value
    )
    dropped = ": ".join(map(str, filter(None, (contact.dropped_on, contact.drop_reason))))
    values = (
        ("status", contact.status),
        ("kind", contact.kind),
        ("cadence", contact.cadence or "none"),
        ("last touch", contact.last_touch_on),
        ("due", contact.due_on),
        ("snoozed until", contact.snoozed_until),
        ("company", contact.company),
        ("title", contact.title),
        ("city", contact.city),
        ("school", contact.school),
        *(("e-mail", email) for email in contact.emails),
        *(("phone", phone) for phone in contact.phones),
        *(("URL", url) for url in contact.urls),
        ("tags", ", ".join(contact.tags)),
        ("met", met),
        ("via", contact.via),
        ("birthday", contact.birthday),
        ("note", contact.note),
        ("dropped", dropped),
    )
    return [(label, value) for label, value in values if value]


def _draw(console: Console, renderable: RenderableType) -> str:
    with console.capture() as capture:
        console.print(renderable)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def _console() -> Console:
    from rich.console import Console

    console = Console(markup=False, emoji=False, highlight=False, force_terminal=to_terminal())
    console.width = max(console.width, NARROWEST)
    return console


def _lines(value: object) -> str:
    """A value as it is shown, its own line breaks kept."""
    return "\n".join(map(shown, ("" if value is None else str(value)).split("\n")))
