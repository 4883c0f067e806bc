"""Values of the domain in the terms of JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from netkeep.domain.birthdays import Birthday
from netkeep.domain.lengths import Length
from netkeep.domain.rounds import MonthDay


def plain(value: Any) -> Any:
    """A value as JSON has it: named tuples are objects, days and times are ISO 8601."""
    match value:
        case date():
            return value.isoformat()
        case Length() | Birthday() | MonthDay():  # as people write them
            return str(value)
        case tuple() if hasattr(value, "_fields"):
            return {name: plain(item) for name, item in zip(value._fields, value, strict=True)}
        case tuple():
            return [plain(item) for item in value]
        case _:
            return value
