"""The agenda: who should hear from you, why, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from netkeep.domain.contact import Contact, Kind, Status
from netkeep.domain.due import State, state
from netkeep.domain.lengths import Length
from netkeep.domain.occasions import Occasion
from netkeep.domain.reasons import Reason, ReasonKind, dated_reasons, rhythm_reason
from netkeep.domain.rounds import Round
from netkeep.domain.window import Window


class Facts(NamedTuple):
    """What is known of a contact that may make a nudge.

    `balance` is the number of touchpoints that were no asks of yours, less those that were.
    """

    contact: Contact
    occasions: tuple[Occasion, ...] = ()
    balance: int = 0


class Nudge(NamedTuple):
    """One line of the agenda: a contact, and all the reasons; field by field what `due` prints.

    `days_late` is 0 on the day, negative before it, and None without a due date. With a
    `balance` below 0 you lean on them.
    """

    id: int
    name: str
    state: State
    due_on: date | None
    days_late: int | None
    reasons: tuple[Reason, ...]
    last_touch_on: date | None
    cadence: Length | None
    kind: Kind
    company: str | None
    title: str | None
    city: str | None
    email: str | None
    phone: str | None
    balance: int

    @property
    def is_dated(self) -> bool:
        """Whether one of its reasons is dated, and so comes first."""
        return any(reason.kind.is_dated for reason in self.reasons)


def agenda(
    people: Iterable[Facts], rounds: Sequence[Round], today: date, by: date | None = None
) -> list[Nudge]:
    """One nudge for each active contact with a reason that opens by a day, or is open today.

    Dated reasons come first; then those most late for their cadence.
    """
    seasons = [(one, one.season.window(today)) for one in rounds]
    nudges = (_nudge(facts, seasons, today, by or today) for facts in people)
    return sorted(filter(None, nudges), key=_rank)


def first_opening(
    people: Iterable[Facts], rounds: Sequence[Round], today: date, by: date
) -> date | None:
    """The earliest day up to `by` on which the agenda has anybody; None if it has nobody."""
    days = (
        max(today, min(_opens(reason, nudged.contact.snoozed_until) for reason in nudge.reasons))
        for nudged in people
        for nudge in agenda([nudged], rounds, today, by)
    )
    return min(days, default=None)


def within_cap(nudges: Sequence[Nudge], cap: int, touched_today: int) -> list[Nudge]:
    """All dated nudges, and what is left of today's share of the others.

    It gets shorter with every contact touched today.
    """
    dated = [nudge for nudge in nudges if nudge.is_dated]
    others = [nudge for nudge in nudges if not nudge.is_dated]
    return dated + others[: max(0, cap - touched_today)]


def _nudge(
    facts: Facts, seasons: Sequence[tuple[Round, Window]], today: date, by: date
) -> Nudge | None:
    contact = facts.contact
    if contact.status is not Status.active:
        return None
    reasons = sorted(
        (
            reason
            for reason in dated_reasons(contact, facts.occasions, seasons, today, by)
            if _shows(reason, contact.snoozed_until, today, by)
        ),
        key=lambda reason: (reason.ends, reason.kind, reason.id or 0),
    )
    if contact.due_on and contact.cadence and contact.due_on <= by:
        reasons.append(rhythm_reason(contact, contact.due_on, contact.cadence, today))
    if not reasons:
        return None
    return Nudge(
        id=contact.id,
        name=contact.name,
        state=_state(contact, reasons, today),
        due_on=contact.due_on,
        days_late=(today - contact.due_on).days if contact.due_on else None,
        reasons=tuple(reasons),
        last_touch_on=contact.last_touch_on,
        cadence=contact.cadence,
        kind=contact.kind,
        company=contact.company,
        title=contact.title,
        city=contact.city,
        email=next(iter(contact.emails), None),
        phone=next(iter(contact.phones), None),
        balance=facts.balance,
    )


def _shows(reason: Reason, snoozed_until: date | None, today: date, by: date) -> bool:
    opens = _opens(reason, snoozed_until)
    return opens <= by and (reason.until is None or reason.until >= max(opens, today))


def _opens(reason: Reason, snoozed_until: date | None) -> date:
    if snoozed_until is None or reason.kind.shows_through_snooze:
        return reason.since
    return max(reason.since, snoozed_until)


def _state(contact: Contact, reasons: Sequence[Reason], today: date) -> State:
    """The state of the due date, or that of the dated reasons where they press more."""
    open_now = [reason for reason in reasons if _opens(reason, contact.snoozed_until) <= today]
    if not open_now:
        return State.soon
    late_promise = any(
        reason.kind is ReasonKind.promise and reason.since < today for reason in open_now
    )
    dated = State.overdue if late_promise else State.due
    if contact.due_on is None or contact.cadence is None or contact.due_on > today:
        return dated
    rhythm = state(contact.due_on, contact.cadence, contact.last_touch_on, today)
    return dated if late_promise and rhythm is not State.lapsed else rhythm


def _rank(nudge: Nudge) -> tuple[bool, date, bool, float, date, str, int]:
    """Dated first, the soonest end of a window leading; then the most late for its cadence.

    The lapsed come after all others, least lapsed first. Ties: older latest touchpoint (none at
    all is oldest), then name, then id.
    """
    ends = [reason.ends for reason in nudge.reasons if reason.kind.is_dated]
    lapsed, lateness = False, 0.0
    if not ends and nudge.days_late is not None and nudge.cadence is not None:
        lapsed = nudge.state is State.lapsed
        ratio = nudge.days_late / nudge.cadence.days
        lateness = ratio if lapsed else -ratio
    last = nudge.last_touch_on or date.min
    end = min(ends, default=date.max)
    return not ends, end, lapsed, lateness, last, nudge.name.casefold(), nudge.id
