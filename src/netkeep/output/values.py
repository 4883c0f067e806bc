"""Format values in sentences, tables and pages: counts, times and sizes."""

from collections.abc import Sequence
from datetime import datetime

from netkeep.domain.agenda import Nudge
from netkeep.output.streams import sanitize

MAX_NAMES = 3  # contacts named in one line


def pluralize(number: int, singular: str, plural: str) -> str:
    """Return `1 person` or `1,978 people`."""
    return f"{number:,} {singular if number == 1 else plural}"


def format_local_time(at: datetime) -> str:
    """Return `2026-11-25 14:03` in local time."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def format_size(size: int) -> str:
    """Return a size in bytes as `164 KB` or `1.2 MB`."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{-(-size // 1_000)} KB"


def due_summary(due: Sequence[Nudge], *, oneline: bool) -> str:
    """Return `5 due`, with names if `oneline` is set, or an empty text if none are due."""
    if not due:
        return ""
    if not oneline:
        return f"{len(due):,} due\n"
    more = f" and {len(due) - MAX_NAMES:,} more" if len(due) > MAX_NAMES else ""
    names = sanitize(", ".join(nudge.name for nudge in due[:MAX_NAMES]))
    return f"{len(due):,} due: {names}{more}\n"
