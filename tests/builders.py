"""Build domain values for tests: a contact, occasions, a touchpoint and a round."""

from datetime import UTC, date, datetime
from typing import Any

from netkeep.domain.contact import Contact, Kind, Status
from netkeep.domain.days import Length
from netkeep.domain.occasions import Occasion, OccasionKind, opens_on
from netkeep.domain.rounds import PRESETS, Round
from netkeep.domain.touchpoint import Channel, Direction, Purpose, Touchpoint

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

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
    worked=(),
    uid=None,
    snoozes=0,
)


def contact(**changes: Any) -> Contact:
    return ADA._replace(**changes)


PROMOTION = Occasion(
    id=1,
    kind=OccasionKind.news,
    contact_id=1,
    name="Ada Lovelace",
    day=date(2026, 11, 20),
    until=None,
    opens_on=date(2026, 11, 20),
    text="Promoted to Chief Analyst",
    city=None,
    yours=False,
    ask_id=None,
    done_on=None,
    created_at=datetime(2026, 11, 20, tzinfo=UTC),
    updated_at=datetime(2026, 11, 20, tzinfo=UTC),
    done_by_id=None,
)


def occasion(**changes: Any) -> Occasion:
    """Return an occasion; by default it opens as if there was no earlier touchpoint."""
    changed = PROMOTION._replace(**changes)
    opens = opens_on(changed.kind, changed.day, last_touch_on=None)
    return changed._replace(opens_on=changes.get("opens_on", opens))


def visit(since: date, until: date, **changes: Any) -> Occasion:
    stay = {"kind": OccasionKind.visit, "day": since, "until": until, "text": None}
    return occasion(**stay, **{"city": "London", **changes})


def promise(day: date, **changes: Any) -> Occasion:
    return occasion(kind=OccasionKind.promise, day=day, **{"text": "send the paper", **changes})


CALL = Touchpoint(
    id=1,
    day=date(2026, 9, 23),
    contact_id=1,
    name="Ada Lovelace",
    channel=Channel.call,
    purpose=Purpose.catch_up,
    direction=Direction.out,
    note=None,
    created_at=datetime(2026, 9, 23, tzinfo=UTC),
    updated_at=datetime(2026, 9, 23, tzinfo=UTC),
)


def touchpoint(**changes: Any) -> Touchpoint:
    return CALL._replace(**changes)


HOLIDAYS = Round(id=1, name="holidays", season=PRESETS["holidays"], kinds=(), tags=())


def yearly_round(**changes: Any) -> Round:
    return HOLIDAYS._replace(**changes)
