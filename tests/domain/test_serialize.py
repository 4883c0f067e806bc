"""Values of the domain as JSON."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from netkeep.domain.contact import Kind, Via
from netkeep.domain.days import Length
from netkeep.domain.occasions import Birthday
from netkeep.domain.rounds import MonthDay
from netkeep.domain.serialize import json_value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 11, 23), "2026-11-23"),
        (datetime(2026, 11, 23, 8, tzinfo=UTC), "2026-11-23T08:00:00+00:00"),
        (Length(3, "month"), "3 months"),
        (Birthday(12, 10), "--12-10"),
        (MonthDay(12, 1), "12-01"),
        (Via(2, "Grace Hopper"), {"id": 2, "name": "Grace Hopper"}),
        ((Kind.friend, None, 3, True), ["friend", None, 3, True]),
    ],
)
def test_values_are_written_as_json(value: Any, written: Any) -> None:
    assert json_value(value) == written
