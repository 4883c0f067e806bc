"""Convert values of the domain to JSON."""

from datetime import date
from typing import Any

from netkeep.domain.days import Length
from netkeep.domain.occasions import Birthday
from netkeep.domain.rounds import MonthDay


def json_value(value: Any) -> Any:
    """Convert a value for `json.dumps`: named tuples to objects, days and times to ISO 8601."""
    match value:
        case date():
            return value.isoformat()
        case Length() | Birthday() | MonthDay():  # as people write them
            return str(value)
        case tuple() if hasattr(value, "_fields"):
            return {name: json_value(item) for name, item in zip(value._fields, value, strict=True)}
        case tuple():
            return [json_value(item) for item in value]
        case _:
            return value
