"""Tables for people, drawn by Rich, which takes no part in anything else."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from netkeep.domain.agenda import Nudge
from netkeep.domain.balance import Balance
from netkeep.domain.change import Change
from netkeep.domain.contact import Contact, Status
from netkeep.domain.due import State
from netkeep.domain.maintenance import Backup, Fault, Setting
from netkeep.domain.merging import Pair
from netkeep.domain.occasions import OwnNews
from netkeep.domain.rounds import Greeting, RoundProgress
from netkeep.domain.search import Find
from netkeep.domain.touchpoint import Direction, Touchpoint
from netkeep.output.sanitizer import sanitize
from netkeep.output.sentences import format_local_time, format_size
from netkeep.output.streams import is_stdout_terminal

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


GAP = 2  # terminal columns between two of a table
READABLE = 10  # terminal columns, in which a text still reads well


class Need(NamedTuple):
    """What a column needs, in columns of a terminal: for its longest line, and its longest word.

    One that never wraps needs all of its lines. One that is not shown at every width has a
    `from_width`.
    """

    line: int
    word: int
    wraps: bool = True
    from_width: int = 0

    @property
    def readable(self) -> int:
        """How narrow it may be and still be read."""
        return min(self.word, READABLE) if self.wraps else self.line


def fitted(needs: Sequence[Need], room: int) -> dict[int, int]:
    """The width of each column that there is room for, by its place.

    Those that only a wide terminal shows go, the last first, if the rest could not be read. Then
    the widest give way, down to their longest words, and only then are words torn.
    """
    sanitize = dict(enumerate(needs))
    optional = sorted(
        (place for place, need in sanitize.items() if need.from_width),
        key=lambda place: needs[place].from_width,
    )
    while optional and _total(need.readable for need in sanitize.values()) > room:
        del sanitize[optional.pop()]
    widths = {place: need.line for place, need in sanitize.items()}
    for narrowest in (
        {place: need.word if need.wraps else need.line for place, need in sanitize.items()},
        {place: need.readable for place, need in sanitize.items()},
        {place: 1 if need.wraps else need.line for place, need in sanitize.items()},
    ):
        _narrow(widths, narrowest, room)
    return widths


def _narrow(widths: dict[int, int], narrowest: Mapping[int, int], room: int) -> None:
    """Take from the widest, none narrower than it may be, until there is room or nothing left."""
    while _total(widths.values()) > room:
        above = [place for place, width in widths.items() if width > narrowest[place]]
        if not above:
            return
        widths[max(above, key=widths.__getitem__)] -= 1


def _total(widths: Iterable[int]) -> int:
    return sum(width + GAP for width in widths) - GAP


R = TypeVar("R")
NARROWEST = 20  # columns; a terminal that says it has fewer does not know
_END = re.compile(r"(?: |\x1b\[[0-9;]*m)+$")  # of a line: blanks, and where their colour ends
LONGEST_WORD = 20  # columns; a longer one, or a text without blanks, may be torn


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: what is in it, its style, and how wide a terminal has to be to show it."""

    header: str
    value: Callable[[R], object]
    style: Callable[[R], str] = lambda record: ""
    from_width: int = 0
    wraps: bool = True


STATE_STYLES = {
    State.soon: "cyan",
    State.due: "magenta",
    State.overdue: "bold red",
    State.lapsed: "dim",
    State.new: "green",
}


def _state_style(nudge: Nudge) -> str:
    return STATE_STYLES[nudge.state]


def _channel(touchpoint: Touchpoint) -> str:
    return touchpoint.channel + (" from them" if touchpoint.direction is Direction.in_ else "")


def _due_or_status(contact: Contact) -> object:
    return contact.due_on or (None if contact.status is Status.active else contact.status)


def _candidate_style(find: Find) -> str:
    return "cyan" if find.status is Status.candidate else ""


def _word_style(greeting: Greeting) -> str:
    return "green" if greeting.word_on else "magenta"


def _command(change: Change) -> str:
    return f"{change.command}, undone" if change.undone else change.command


def _undone_style(change: Change) -> str:
    return "dim" if change.undone else ""


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
    Column("day", lambda touchpoint: touchpoint.day, from_width=30, wraps=False),
    Column("name", lambda touchpoint: touchpoint.name),
    Column("channel", _channel, from_width=60),
    Column("purpose", lambda touchpoint: touchpoint.purpose, from_width=70, wraps=False),
    Column("note", lambda touchpoint: touchpoint.note),
)
LATEST: Sequence[Column[Touchpoint]] = [column for column in TIMELINE if column.header != "name"]
FOUND: tuple[Column[Find], ...] = (
    Column("id", lambda find: find.id, wraps=False),
    Column("name", lambda find: find.name),
    Column("status", lambda find: find.status, _candidate_style, from_width=60, wraps=False),
    Column("last", lambda find: find.last_touch_on, from_width=60, wraps=False),
    Column("found", lambda find: "\n".join(map(str, find.found))),
)
BALANCES: tuple[Column[Balance], ...] = (
    Column("id", lambda one: one.id, wraps=False),
    Column("name", lambda one: one.name),
    Column("balance", lambda one: f"{one.balance:+}", wraps=False),
    Column("asks", lambda one: one.asks, from_width=60, wraps=False),
    Column("others", lambda one: one.others, from_width=60, wraps=False),
    Column("not thanked since", lambda one: one.unthanked_since, from_width=40),
)
ROUNDS: tuple[Column[RoundProgress], ...] = (
    Column("name", lambda one: one.name),
    Column("days", lambda one: f"{one.begins} to {one.ends}", from_width=50, wraps=False),
    Column("for", lambda one: ", ".join([*one.kinds, *one.tags]) or "everybody", from_width=70),
    Column("this year", lambda one: f"{one.greeted:,} of {one.people:,} had a word"),
)
GREETINGS: tuple[Column[Greeting], ...] = (
    Column("id", lambda one: one.id, wraps=False),
    Column("name", lambda one: one.name),
    Column("kind", lambda one: one.kind, from_width=60, wraps=False),
    Column("word", lambda one: one.word_on or "not yet", _word_style, wraps=False),
    Column("reach", lambda one: one.email or one.phone, from_width=70),
)
PAIRS: tuple[Column[Pair], ...] = (
    Column("id", lambda pair: pair.id, wraps=False),
    Column("name", lambda pair: pair.name),
    Column("other", lambda pair: f"#{pair.other_id} {pair.other_name}"),
    Column("why", lambda pair: "; ".join(pair.reasons), from_width=60),
)
OWN_NEWS: tuple[Column[OwnNews], ...] = (
    Column("id", lambda news: news.id, wraps=False),
    Column("day", lambda news: news.day, from_width=40, wraps=False),
    Column("news", lambda news: news.text),
    Column("heard by", lambda news: news.heard_by, from_width=40, wraps=False),
)
CHANGES: tuple[Column[Change], ...] = (
    Column("id", lambda change: change.id, wraps=False),
    Column("when", lambda change: format_local_time(change.at), from_width=50, wraps=False),
    Column("command", _command, _undone_style, wraps=False),
    Column("what", lambda change: "\n".join(change.what)),
)
BACKUPS: tuple[Column[Backup], ...] = (
    Column("name", lambda backup: backup.name, wraps=False),
    Column("made", lambda backup: format_local_time(backup.made_at), from_width=60, wraps=False),
    Column("made for", lambda backup: backup.reason, from_width=50, wraps=False),
    Column("size", lambda backup: format_size(backup.bytes), wraps=False),
)
FAULTS: tuple[Column[Fault], ...] = (
    Column("what", lambda fault: fault.what),
    Column("what to do", lambda fault: fault.advice),
)
SETTINGS: tuple[Column[Setting], ...] = (
    Column("name", lambda setting: setting.name, wraps=False),
    Column("value", lambda setting: setting.value),
    Column("source", lambda setting: setting.source, from_width=50, wraps=False),
)
_TABLES: dict[type, Sequence[Column[Any]]] = {
    Nudge: AGENDA,
    Contact: CONTACTS,
    Touchpoint: TIMELINE,
    Find: FOUND,
    Balance: BALANCES,
    RoundProgress: ROUNDS,
    Greeting: GREETINGS,
    OwnNews: OWN_NEWS,
    Pair: PAIRS,
    Change: CHANGES,
    Backup: BACKUPS,
    Fault: FAULTS,
    Setting: SETTINGS,
}


def table_of(records: Sequence[R], record_type: type[R]) -> str:
    """The table of this kind of record; what does not fit the terminal is wrapped, never cut."""
    screen = console()
    return draw(screen, table(records, _TABLES[record_type], screen))


def table(records: Sequence[R], columns: Sequence[Column[R]], screen: Console) -> RenderableType:
    """A table with those of its columns that there is room for."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="bold",
    )
    wide = [column for column in columns if column.from_width <= screen.width]
    cells = [[lines(column.value(record), screen) for record in records] for column in wide]
    needs = [_need(column, found, screen.width) for column, found in zip(wide, cells, strict=True)]
    widths = fitted(needs, screen.width)
    for place, width in widths.items():
        made.add_column(
            wide[place].header,
            justify="right" if wide[place].header == "id" else "left",
            overflow="fold",
            no_wrap=not wide[place].wraps,
            width=width,
        )
    for row, record in enumerate(records):
        made.add_row(*(Text(cells[place][row], wide[place].style(record)) for place in widths))
    return made


def _need(column: Column[R], cells: Sequence[str], width: int) -> Need:
    from rich.cells import cell_len

    texts = [column.header, *cells]
    line = max(cell_len(line) for text in texts for line in text.split("\n"))
    word = max(cell_len(word) for text in texts for word in text.split())
    return Need(min(line, width), min(word, LONGEST_WORD), column.wraps, column.from_width)


def draw(screen: Console, renderable: RenderableType) -> str:
    """What Rich would print, without blanks at the ends of lines, be they in colour."""
    with screen.capture() as capture:
        screen.print(renderable)
    return "".join(
        f"{_END.sub(lambda end: end[0].replace(' ', ''), line)}\n"
        for line in capture.get().splitlines()
    )


def console() -> Console:
    """The terminal as Rich sees it, or a page of plain text."""
    from rich.console import Console

    screen = Console(
        # Without colour there is no bold either: a terminal gets text and nothing else.
        color_system=None if os.environ.get("NO_COLOR") else "auto",
        force_terminal=is_stdout_terminal(),
        markup=False,
        emoji=False,
        highlight=False,
    )
    # Of a dumb terminal, Rich takes for granted that it has 80 columns.
    width, height = get_terminal_size() if screen.is_dumb_terminal else screen.size
    screen.size = (max(width, NARROWEST), height)
    return screen


def lines(value: object, screen: Console) -> str:
    """A value as this screen can show it, its own line breaks kept.

    What the screen has no characters for is escaped here, as it would be in the end: its width is
    that of the escapes.
    """
    text = "\n".join(map(sanitize, ("" if value is None else str(value)).split("\n")))
    return text.encode(screen.encoding, "backslashreplace").decode(screen.encoding)
