"""The keys of a walk, beside one another."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from shutil import get_terminal_size

QUESTION = ": "  # what stands behind the last of them


def menu(labels: Sequence[str]) -> list[str]:
    """Labels in lines that fit the terminal, none of them torn."""
    encoding = (sys.stderr and sys.stderr.encoding) or "utf-8"
    mark = " · " if encoding.lower().startswith("utf") else ", "
    room = get_terminal_size().columns - len(QUESTION)
    first, *others = labels
    lines = [first]
    for label in others:
        longer = f"{lines[-1]}{mark}{label}"
        if len(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(label)
    return lines
