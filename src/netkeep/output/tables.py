"""Tables for people: columns, widths that fit the terminal, and rendering with Rich."""

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from shutil import get_terminal_size
from typing import Any, Literal, NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import Console, OverflowMethod, RenderableType
from rich.table import Table
from rich.text import Text

from netkeep.domain.agenda import DATED, Nudge, Reason, ReasonKind
from netkeep.domain.balance import Balance
from netkeep.domain.change import Change
from netkeep.domain.contact import Contact, Status
from netkeep.domain.days import format_day_count
from netkeep.domain.due import State
from netkeep.domain.identity import Pair
from netkeep.domain.maintenance import Backup, Fault, Setting
from netkeep.domain.occasions import OwnNews
from netkeep.domain.rounds import Greeting, RoundProgress
from netkeep.domain.search import Find
from netkeep.domain.stats import Introducer, KindCount, Silence
from netkeep.domain.touchpoint import Direction, Touchpoint
from netkeep.output.streams import (
    DUMB_TERMINALS,
    MIN_WIDTH,
    has_color,
    is_stdout_terminal,
    sanitize,
)
from netkeep.output.values import format_local_time, format_size, pluralize

# Widths are in terminal columns.
GAP = 2  # between two columns of a table
READABLE = 10  # wide enough to read wrapped text
MAX_WORD = 20  # longer words, and texts without blanks, may be broken

_TRAILING_BLANKS = re.compile(r"(?: |\x1b\[[0-9;]*m)+$")  # with escape codes of colour


class Column(NamedTuple):
    """A column of a table; by default its value is the attribute named like the header.

    Terminals narrower than `from_width` do not show it. With `one_line`, a long value is cut off
    instead of wrapped.
    """

    header: str
    get_value: Callable[[Any], object] | None = None
    style: Callable[[Any], str] = lambda record: ""
    from_width: int = 0
    wraps: bool = True
    one_line: bool = False

    def text(self, record: object, console: Console) -> str:
        """Return the sanitized value of a record."""
        value = self.get_value(record) if self.get_value else getattr(record, self.header)
        return cell_text(value, console)


class ColumnSize(NamedTuple):
    """The widths of the longest line and longest word of a column, and whether it may shrink."""

    line: int
    word: int
    wraps: bool = True
    from_width: int = 0

    @property
    def readable(self) -> int:
        """The smallest width at which the column can be read well."""
        return min(self.word, READABLE) if self.wraps else self.line


STATE_STYLES = {
    State.soon: "cyan",
    State.due: "magenta",
    State.overdue: "bold red",
    State.lapsed: "dim",
    State.new: "green",
}


def _channel(touchpoint: Touchpoint) -> str:
    return touchpoint.channel + (" from them" if touchpoint.direction is Direction.in_ else "")


def _why(nudge: Nudge) -> str:
    """Return the reasons, each promise on a line of its own.

    To keep most rows to one line, shorten a round and the reasons beside it.
    """
    promises = [reason.text for reason in nudge.reasons if reason.kind is ReasonKind.promise]
    others = [reason for reason in nudge.reasons if reason.kind is not ReasonKind.promise]
    shorten = len(others) > 1 and any(reason.kind is ReasonKind.round for reason in others)
    texts = [_short(reason) if shorten else reason.text for reason in others]
    return "\n".join([*promises, *(["; ".join(texts)] if texts else [])])


def _short(reason: Reason) -> str:
    """Return `holidays round` without its days, and `3 days late` without the cadence."""
    if reason.kind is ReasonKind.round:
        return f"{reason.text.rpartition(' round ')[0]} round"
    return reason.text if reason.kind in DATED else re.split(r", | \(", reason.text)[0]


def _due_or_status(contact: Contact) -> object:
    return contact.due_on or (None if contact.status is Status.active else contact.status)


def _round_members(progress: RoundProgress) -> str:
    return ", ".join([*progress.kinds, *progress.tags]) or "everyone"


def _greeting_style(greeting: Greeting) -> str:
    return "green" if greeting.word_on else "magenta"


def _command(change: Change) -> str:
    return f"{change.command}, undone" if change.undone else change.command


def _change_style(change: Change) -> str:
    return "dim" if change.undone else ""


COLUMNS: dict[type, Sequence[Column]] = {
    Nudge: (
        Column("id", wraps=False),
        Column("name", style=lambda row: STATE_STYLES[row.state]),
        Column("state", style=lambda row: STATE_STYLES[row.state], from_width=60, wraps=False),
        Column("why", _why),
        Column("company", from_width=100),
        Column("reach", lambda row: row.email or row.phone, from_width=100),
    ),
    Contact: (
        Column("id", wraps=False),
        Column("name"),
        Column("kind", from_width=60, wraps=False),
        Column("last", lambda row: row.last_touch_on, from_width=50, wraps=False),
        Column("due", _due_or_status, wraps=False),
        Column("company", from_width=70),
        Column("title", from_width=100),
        Column("city", from_width=100),
        Column("tags", lambda row: ", ".join(row.tags), from_width=100),
    ),
    Touchpoint: (
        Column("id", wraps=False),
        Column("day", from_width=30, wraps=False),
        Column("name"),
        Column("channel", _channel, from_width=60),
        Column("purpose", from_width=70, wraps=False),
        Column("note"),
    ),
    Find: (
        Column("id", wraps=False),
        Column("name"),
        Column(
            "status",
            style=lambda row: "cyan" if row.status is Status.candidate else "",
            from_width=60,
            wraps=False,
        ),
        Column("last", lambda row: row.last_touch_on, from_width=60, wraps=False),
        Column("found", lambda row: "\n".join(map(str, row.found))),
    ),
    Balance: (
        Column("id", wraps=False),
        Column("name"),
        Column("balance", lambda row: f"{row.balance:+}", wraps=False),
        Column("asks", from_width=60, wraps=False),
        Column("others", from_width=60, wraps=False),
        Column("not thanked since", lambda row: row.unthanked_since, from_width=40),
    ),
    RoundProgress: (
        Column("name"),
        Column("days", lambda row: f"{row.begins} to {row.ends}", from_width=50, wraps=False),
        Column("for", _round_members, from_width=70),
        Column("this year", lambda row: f"{row.greeted:,} of {row.people:,} greeted"),
    ),
    Greeting: (
        Column("id", wraps=False),
        Column("name"),
        Column("kind", from_width=60, wraps=False),
        Column("greeted", lambda row: row.word_on or "not yet", _greeting_style, wraps=False),
        Column("reach", lambda row: row.email or row.phone, from_width=70),
    ),
    Pair: (
        Column("id", wraps=False),
        Column("name"),
        Column("other", lambda row: f"#{row.other_id} {row.other_name}"),
        Column("why", lambda row: "; ".join(row.reasons), from_width=60),
    ),
    OwnNews: (
        Column("id", wraps=False),
        Column("day", from_width=40, wraps=False),
        Column("news", lambda row: row.text),
        Column("heard by", lambda row: row.heard_by, from_width=40, wraps=False),
    ),
    Change: (  # without ids, which could be taken for the number that `undo` takes
        Column("when", lambda row: format_local_time(row.at), from_width=50, wraps=False),
        Column("command", _command, _change_style, wraps=False),
        Column("what", lambda row: "; ".join(row.what), one_line=True),
    ),
    Backup: (
        Column("name", wraps=False),
        Column("made", lambda row: format_local_time(row.made_at), from_width=60, wraps=False),
        Column("made for", lambda row: row.reason, from_width=50, wraps=False),
        Column("size", lambda row: format_size(row.bytes), wraps=False),
    ),
    Fault: (
        Column("what"),
        Column("what to do", lambda row: row.advice),
    ),
    Setting: (
        Column("name", wraps=False),
        Column("value"),
        Column("source", from_width=50, wraps=False),
    ),
    KindCount: (
        Column("kind", wraps=False),
        Column("active", lambda row: f"{row.active:6,}", wraps=False),
        Column("candidate", lambda row: f"{row.candidate:9,}", from_width=40, wraps=False),
        Column("dropped", lambda row: f"{row.dropped:7,}", from_width=40, wraps=False),
    ),
    Silence: (
        Column("id", wraps=False),
        Column("name"),
        Column("kind", from_width=70, wraps=False),
        Column("cadence", lambda row: row.cadence or "none", from_width=60, wraps=False),
        Column("last", lambda row: row.last_touch_on, from_width=50, wraps=False),
        Column("silent for", lambda row: format_day_count(row.days), wraps=False),
    ),
    Introducer: (
        Column("id", wraps=False),
        Column("name"),
        Column("introduced", lambda row: pluralize(row.introduced, "person", "people")),
    ),
}


def render_records(records: Sequence[object], record_type: type) -> str:
    """Return a table of records."""
    console = make_console()
    return render(make_table(records, record_type, console), console)


def make_table(records: Sequence[object], record_type: type, console: Console) -> Table:
    """Return a table with the columns that fit. Long values are wrapped or cut off."""
    table = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="bold",
    )
    columns = [column for column in COLUMNS[record_type] if column.from_width <= console.width]
    cells = [[column.text(record, console) for record in records] for column in columns]
    sizes = [
        _measure(column, texts, console.width) for column, texts in zip(columns, cells, strict=True)
    ]
    widths = fit_widths(sizes, console.width)
    for index, width in widths.items():
        table.add_column(
            columns[index].header,
            justify="right" if columns[index].header == "id" else "left",
            overflow=_overflow(columns[index], console),
            no_wrap=columns[index].one_line or not columns[index].wraps,
            width=width,
        )
    for row, record in enumerate(records):
        table.add_row(*(Text(cells[index][row], columns[index].style(record)) for index in widths))
    return table


def _overflow(column: Column, console: Console) -> OverflowMethod:
    if not column.one_line:
        return "fold"
    return "crop" if console.options.ascii_only else "ellipsis"


def fit_widths(sizes: Sequence[ColumnSize], room: int) -> dict[int, int]:
    """Return the width of every column to show, by its index.

    If not all columns would be readable, leave out columns with a `from_width`, the largest one
    first. Then shrink the widest columns to their longest word, then to a readable width, then
    further.
    """
    shown = dict(enumerate(sizes))
    optional = sorted(
        (index for index, size in shown.items() if size.from_width),
        key=lambda index: sizes[index].from_width,
    )
    while optional and _total(size.readable for size in shown.values()) > room:
        del shown[optional.pop()]
    widths = {index: size.line for index, size in shown.items()}
    for limits in (
        {index: size.word if size.wraps else size.line for index, size in shown.items()},
        {index: size.readable for index, size in shown.items()},
        {index: 1 if size.wraps else size.line for index, size in shown.items()},
    ):
        _shrink(widths, limits, room)
    return widths


def _shrink(widths: dict[int, int], limits: Mapping[int, int], room: int) -> None:
    """Shrink the widest columns until all fit or all are at their limits."""
    while _total(widths.values()) > room:
        above = [index for index, width in widths.items() if width > limits[index]]
        if not above:
            return
        widths[max(above, key=widths.__getitem__)] -= 1


def _total(widths: Iterable[int]) -> int:
    return sum(width + GAP for width in widths) - GAP


def _measure(column: Column, cells: Sequence[str], max_width: int) -> ColumnSize:
    texts = [column.header, *cells]
    line = max(cell_len(line) for text in texts for line in text.split("\n"))
    word = max(cell_len(word) for text in texts for word in text.split())
    return ColumnSize(min(line, max_width), min(word, MAX_WORD), column.wraps, column.from_width)


def make_console() -> Console:
    """Return a Rich console for standard output."""
    console = Console(
        color_system=_color_system(),
        force_terminal=is_stdout_terminal() or has_color(),
        markup=False,
        emoji=False,
        highlight=False,
    )
    # Rich assumes that a dumb terminal has 80 columns.
    width, height = get_terminal_size() if console.is_dumb_terminal else console.size
    console.size = (max(width, MIN_WIDTH), height)
    return console


def _color_system() -> Literal["auto", "standard"] | None:
    if not has_color():
        return None  # no bold either
    # Rich finds no colours in a dumb terminal, even if they are forced.
    return "standard" if os.environ.get("TERM") in DUMB_TERMINALS else "auto"


def render(renderable: RenderableType, console: Console) -> str:
    """Return the text that Rich would print, without trailing blanks, even coloured ones."""
    with console.capture() as capture:
        console.print(renderable)
    return "".join(
        f"{_TRAILING_BLANKS.sub(lambda match: match[0].replace(' ', ''), line)}\n"
        for line in capture.get().splitlines()
    )


def cell_text(value: object, console: Console) -> str:
    """Return a value as sanitized text with its own line breaks.

    Escape characters that the console cannot encode now, so that Rich measures the escapes.
    """
    text = "\n".join(map(sanitize, ("" if value is None else str(value)).split("\n")))
    return text.encode(console.encoding, "backslashreplace").decode(console.encoding)
