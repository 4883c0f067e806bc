"""The agenda: who should hear from you, why, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from netkeep.domain.contact import Contact, Kind
from netkeep.domain.due import State, state
from netkeep.domain.lengths import Length


class ReasonKind(StrEnum):
    """Why someone is on the agenda."""

    cadence = "cadence"
    new = "new"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to be in touch, in words, with its window and the id of what opened it."""

    kind: ReasonKind
    text: str
    since: date
    until: date | None = None
    id: int | None = None

    def __str__(self) -> str:
        """The words alone."""
        return self.text


@dataclass(frozen=True, slots=True)
class Nudge:
    """One line of the agenda: a contact, and all the reasons; field by field what `due` prints.

    `days_late` is 0 on the day and negative before it. `balance` is the number of touchpoints
    that were no asks of yours, less those that were: below 0, you lean on them.
    """

    id: int
    name: str
    state: State
    due_on: date
    days_late: int
    reasons: tuple[Reason, ...]
    last_touch_on: date | None
    cadence: Length
    kind: Kind
    company: str | None
    title: str | None
    city: str | None
    email: str | None
    phone: str | None
    balance: int


def agenda(contacts: Iterable[Contact], balances: Mapping[int, int], today: date) -> list[Nudge]:
    """One nudge for each contact with a due date, the most pressing first."""
    nudges = [
        _nudge(contact, contact.due_on, contact.cadence, balances.get(contact.id, 0), today)
        for contact in contacts
        if contact.due_on is not None and contact.cadence is not None
    ]
    return sorted(nudges, key=_rank)


def within_cap(nudges: Sequence[Nudge], cap: int, touched_today: int) -> Sequence[Nudge]:
    """What is left of today's share: it gets shorter with every contact touched today."""
    return nudges[: max(0, cap - touched_today)]


def _nudge(contact: Contact, due_on: date, cadence: Length, balance: int, today: date) -> Nudge:
    return Nudge(
        id=contact.id,
        name=contact.name,
        state=state(due_on, cadence, contact.last_touch_on, today),
        due_on=due_on,
        days_late=(today - due_on).days,
        reasons=(_reason(contact, due_on, cadence, today),),
        last_touch_on=contact.last_touch_on,
        cadence=cadence,
        kind=contact.kind,
        company=contact.company,
        title=contact.title,
        city=contact.city,
        email=next(iter(contact.emails), None),
        phone=next(iter(contact.phones), None),
        balance=balance,
    )


def _reason(contact: Contact, due_on: date, cadence: Length, today: date) -> Reason:
    if contact.last_touch_on is None:
        when = "" if contact.met_on is None else f" on {contact.met_on}"
        where = "" if contact.met is None else f" at {contact.met}"
        text = f"new, met{when}{where}" if when or where else "new, no word yet"
        return Reason(ReasonKind.new, text, since=due_on)
    text = f"{lateness((today - due_on).days)}, every {cadence.rhythm}"
    return Reason(ReasonKind.cadence, text, since=due_on)


def lateness(days_late: int) -> str:
    """Days late in words: `due today`, `12 days late`, `due in 3 days`."""
    if days_late == 0:
        return "due today"
    days = f"{abs(days_late):,} day{'' if abs(days_late) == 1 else 's'}"
    return f"{days} late" if days_late > 0 else f"due in {days}"


def _rank(nudge: Nudge) -> tuple[bool, float, date, str, int]:
    """Most late for its cadence first; the lapsed after all others, least lapsed first.

    Ties: older latest touchpoint (none at all is oldest), then name, then id.
    """
    lapsed = nudge.state is State.lapsed
    ratio = nudge.days_late / nudge.cadence.days
    last = nudge.last_touch_on or date.min
    return lapsed, ratio if lapsed else -ratio, last, nudge.name.casefold(), nudge.id
