"""Tables and cards for people, drawn by Rich, which takes no part in anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from netkeep.domain.agenda import Nudge
from netkeep.domain.contact import Contact
from netkeep.domain.due import State
from netkeep.domain.touchpoint import Direction, Touchpoint
from netkeep.output.streams import to_terminal
from netkeep.output.text import shown

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

R = TypeVar("R")
WIDE = 100  # columns a terminal has to have for everything to be in a table


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: what is in it, its style, and whether only a wide terminal shows it."""

    header: str
    value: Callable[[R], object]
    style: Callable[[R], str] = lambda record: ""
    right: bool = False
    only_wide: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One record over several lines: a title, labelled values, and lines under a heading."""

    title: str
    values: Sequence[tuple[str, object]]
    heading: str = ""
    lines: Sequence[str] = ()


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


AGENDA: tuple[Column[Nudge], ...] = (
    Column("id", lambda nudge: nudge.id, right=True),
    Column("name", lambda nudge: nudge.name, _state_style),
    Column("state", lambda nudge: nudge.state, _state_style),
    Column("why", lambda nudge: "; ".join(map(str, nudge.reasons))),
    Column("company", lambda nudge: nudge.company, only_wide=True),
    Column("reach", lambda nudge: nudge.email or nudge.phone, only_wide=True),
)
CONTACTS: tuple[Column[Contact], ...] = (
    Column("id", lambda contact: contact.id, right=True),
    Column("name", lambda contact: contact.name),
    Column("kind", lambda contact: contact.kind),
    Column("last", lambda contact: contact.last_touch_on),
    Column(
        "due",
        lambda contact: contact.due_on or ("" if contact.status == "active" else contact.status),
    ),
    Column("company", lambda contact: contact.company),
    Column("title", lambda contact: contact.title, only_wide=True),
    Column("city", lambda contact: contact.city, only_wide=True),
    Column("tags", lambda contact: ", ".join(contact.tags), only_wide=True),
)
TIMELINE: tuple[Column[Touchpoint], ...] = (
    Column("id", lambda touchpoint: touchpoint.id, right=True),
    Column("day", lambda touchpoint: touchpoint.day),
    Column("name", lambda touchpoint: touchpoint.name),
    Column("channel", _channel),
    Column("purpose", lambda touchpoint: touchpoint.purpose),
    Column("note", lambda touchpoint: touchpoint.note),
)


def contact_card(contact: Contact, latest: Iterable[Touchpoint]) -> Card:
    """Everything about one contact that is set, and the latest touchpoints."""
    met = [
        f"on {contact.met_on}" if contact.met_on else "",
        f"at {contact.met}" if contact.met else "",
    ]
    dropped = f"on {contact.dropped_on}" + (
        f": {contact.drop_reason}" if contact.drop_reason else ""
    )
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
        ("met", " ".join(filter(None, met))),
        ("via", contact.via),
        ("birthday", contact.birthday),
        ("note", contact.note),
        ("dropped", dropped if contact.dropped_on else None),
    )
    return Card(
        f"{contact.name} (#{contact.id})",
        [(label, value) for label, value in values if value],
        "latest touchpoints",
        [_touch_line(touchpoint) for touchpoint in latest],
    )


def render_table(records: Sequence[R], columns: Sequence[Column[R]]) -> str:
    """The table, as wide as the terminal; what does not fit is wrapped, never cut off."""
    # 45 ms, and only whoever looks at a table pays them.
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = _console()
    used = [column for column in columns if console.width >= WIDE or not column.only_wide]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for column in used:
        table.add_column(
            column.header, justify="right" if column.right else "left", overflow="fold"
        )
    for record in records:
        table.add_row(
            *(Text(_lines(column.value(record)), column.style(record)) for column in used)
        )
    return _draw(console, table)


def render_card(card: Card) -> str:
    """The card, its values in one column."""
    # 45 ms, and only whoever looks at a card pays them.
    from rich.console import Group  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    values = Table.grid(padding=(0, 2))
    for label, value in card.values:
        values.add_row(Text(label, "dim"), Text(_lines(value)))
    parts: list[RenderableType] = [Text(shown(card.title), "bold"), values]
    if card.lines:
        parts += [Text(""), Text(card.heading, "dim"), *map(Text, map(_lines, card.lines))]
    return _draw(_console(), Group(*parts))


def _draw(console: Console, renderable: RenderableType) -> str:
    with console.capture() as capture:
        console.print(renderable)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def _console() -> Console:
    from rich.console import Console  # noqa: PLC0415 - see render_table

    return Console(markup=False, emoji=False, highlight=False, force_terminal=to_terminal())


def _lines(value: object) -> str:
    """A value as it is shown, its own line breaks kept."""
    return "\n".join(map(shown, ("" if value is None else str(value)).split("\n")))


def _touch_line(touchpoint: Touchpoint) -> str:
    note = f": {touchpoint.note}" if touchpoint.note else ""
    return f"{touchpoint.day}  {_channel(touchpoint)}, {touchpoint.purpose}{note}"
