"""When a contact is due, and how late: the rule behind every list of people to contact."""

from datetime import date, timedelta
from enum import StrEnum

from netkeep.domain.contact import Status
from netkeep.domain.days import Length

OVERDUE_DAYS = 3
OVERDUE_PERCENT = 15  # of the cadence
LAPSED_CADENCES = 3


class State(StrEnum):
    """How pressing a due date is."""

    soon = "soon"
    due = "due"
    overdue = "overdue"
    lapsed = "lapsed"
    new = "new"


def due_on(
    *,
    status: Status,
    cadence: Length | None,
    last_touch_on: date | None,
    first_due_on: date | None,
    snoozed_until: date | None,
) -> date | None:
    """Return the day an active contact is due, or None.

    It is one cadence after the latest touchpoint, or the first due date if there is none yet, and
    never before a snooze ends. Calendar arithmetic: 1 month after 31 Jan is 28 Feb.
    """
    if status is not Status.active or cadence is None:
        return None
    day = first_due_on if last_touch_on is None else cadence.after(last_touch_on)
    if day is None or snoozed_until is None:
        return day
    return max(day, snoozed_until)


def first_due_on(met_on: date, follow_up_days: int) -> date:
    """Return the day to follow up on a new contact, a few days after you met."""
    return met_on + timedelta(days=follow_up_days)


def is_new(cadence: Length, last_touch_on: date | None, met_on: date | None, today: date) -> bool:
    """Return whether there is no touchpoint yet, and you met at most one cadence ago."""
    if last_touch_on is not None:
        return False
    return met_on is None or (today - met_on).days <= cadence.days


def due_state(due: date, cadence: Length, today: date, *, new: bool) -> State:
    """Return the state of a due date; a new contact stays `new` until it lapses."""
    late = (today - due).days
    if late < 0:
        return State.soon
    if late > LAPSED_CADENCES * cadence.days:
        return State.lapsed
    if new:
        return State.new
    if late > max(OVERDUE_DAYS, cadence.days * OVERDUE_PERCENT // 100):
        return State.overdue
    return State.due
