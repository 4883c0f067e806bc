"""The agenda in the prompt of a shell, or in a status bar."""

from __future__ import annotations

from collections.abc import Sequence

from netkeep.domain.agenda import Nudge
from netkeep.output.text import shown

NAMED = 3  # people


def for_prompt(due: Sequence[Nudge], *, oneline: bool) -> str:
    """Say `5 due`, or nothing for nobody; `5 due: Grace Hopper, Ada Lovelace, ... and 2 more`."""
    if not due:
        return ""
    if not oneline:
        return f"{len(due):,} due\n"
    more = f" and {len(due) - NAMED:,} more" if len(due) > NAMED else ""
    return f"{len(due):,} due: {shown(', '.join(nudge.name for nudge in due[:NAMED]))}{more}\n"
