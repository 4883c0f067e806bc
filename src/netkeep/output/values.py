"""Format values in sentences, tables and pages: contacts, counts, rhythms, times and sizes."""

from __future__ import annotations

from datetime import datetime

from netkeep.domain.contact import Contact
from netkeep.domain.days import Length


def label(contact: Contact) -> str:
    """Return `Ada Lovelace (#1)`."""
    return f"{contact.name} (#{contact.id})"


def pluralize(number: int, singular: str, plural: str) -> str:
    """Return `1 person` or `1,978 people`."""
    return f"{number:,} {singular if number == 1 else plural}"


def format_rhythm(cadence: Length | None) -> str:
    """Return `every 3 months` or `no cadence`."""
    return f"every {cadence.rhythm}" if cadence else "no cadence"


def format_local_time(at: datetime) -> str:
    """Return `2026-11-25 14:03` in local time."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def format_size(size: int) -> str:
    """Return a size in bytes as `164 KB` or `1.2 MB`."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{-(-size // 1_000)} KB"
