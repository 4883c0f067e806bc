"""How wide each column of a table is, whatever the width of the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

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
    shown = dict(enumerate(needs))
    optional = sorted(
        (place for place, need in shown.items() if need.from_width),
        key=lambda place: needs[place].from_width,
    )
    while optional and _total(need.readable for need in shown.values()) > room:
        del shown[optional.pop()]
    widths = {place: need.line for place, need in shown.items()}
    for narrowest in (
        {place: need.word if need.wraps else need.line for place, need in shown.items()},
        {place: need.readable for place, need in shown.items()},
        {place: 1 if need.wraps else need.line for place, need in shown.items()},
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
