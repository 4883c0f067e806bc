"""What may be wrong with the file, and what to do about it."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """One thing that is wrong; field by field what `doctor` prints.

    `mends` is whether `doctor --fix` puts it right.
    """

    what: str
    advice: str
    mends: bool = False
