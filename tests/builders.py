"""Somebody to test with."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from netkeep.domain.contact import Contact, Kind, Status
from netkeep.domain.lengths import Length

ADA = Contact(
    id=1,
    name="Ada Lovelace",
    status=Status.active,
    kind=Kind.coworker,
    cadence=Length(2, "month"),
    due_on=date(2026, 11, 23),
    last_touch_on=date(2026, 9, 23),
    company="Analytical Engines",
    title="Analyst",
    city="London",
    school=None,
    emails=("ada@engines.example", "ada@home.example"),
    phones=("+44 20 7946 0000", "112"),
    urls=(),
    tags=(),
    met="a party",
    met_on=date(2026, 6, 5),
    via=None,
    birthday=None,
    note=None,
    first_due_on=date(2026, 6, 7),
    snoozed_until=None,
    dropped_on=None,
    drop_reason=None,
    created_at=datetime(2026, 6, 5, tzinfo=UTC),
    updated_at=datetime(2026, 6, 5, tzinfo=UTC),
)


def contact(**changes: Any) -> Contact:
    return replace(ADA, **changes)
