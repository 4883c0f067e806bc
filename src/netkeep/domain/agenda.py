"""The agenda: who should hear from you, why, and in what order; and which part is for today.

Today's list is decided as of this morning, before anyone was contacted, and then leaves out those
contacted since. So it only gets shorter during the day, and can be finished.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from netkeep.domain.contact import Contact, Kind, Status, format_met, is_linkedin
from netkeep.domain.days import Length, format_distance, format_lateness, format_near_day
from netkeep.domain.due import State, due_on, due_state, is_new
from netkeep.domain.occasions import Birthday, Occasion, OccasionKind, Window
from netkeep.domain.rounds import Round


class ReasonKind(StrEnum):
    """Why a contact is on the agenda."""

    cadence = "cadence"
    new = "new"
    news = "news"
    visit = "visit"
    promise = "promise"
    birthday = "birthday"
    round = "round"


# Each contact with one of these reasons is on today's list; the others take turns.
ALWAYS_LISTED = {ReasonKind.news, ReasonKind.visit, ReasonKind.promise, ReasonKind.birthday}
DATED = {*ALWAYS_LISTED, ReasonKind.round}  # they have a window, and come first on the agenda
SHOWN_THROUGH_SNOOZE = {ReasonKind.birthday, ReasonKind.visit}


class Reason(NamedTuple):
    """One reason to be in touch, with its window; `id` is that of the occasion or the round."""

    kind: ReasonKind
    text: str
    since: date
    until: date | None = None
    id: int | None = None

    @property
    def ends(self) -> date:
        """The last day of the window; for an open promise, its day."""
        return self.until or self.since

    def __str__(self) -> str:
        """Return the text alone."""
        return self.text


def cadence_reason(
    contact: Contact, since: date, cadence: Length, today: date, *, new: bool
) -> Reason:
    """Return the reason to keep the cadence, or to follow up on a new contact."""
    if new:
        met = format_met(contact.met, contact.met_on) or "no touchpoint yet"
        return Reason(ReasonKind.new, f"new, {met}", since=since)
    if contact.last_touch_on is None and contact.met_on:
        text = f"no contact logged yet ({_how_met(contact.met, contact.met_on)})"
        return Reason(ReasonKind.cadence, text, since=since)
    text = f"{format_lateness((today - since).days)}, every {cadence.rhythm}"
    return Reason(ReasonKind.cadence, text, since=since)


def _how_met(place: str | None, day: date) -> str:
    """Return `connected on LinkedIn, 2018`, `met at PyCon, 2018` or `met in 2018`."""
    if place is None:
        return f"met in {day.year}"
    return f"{'connected on' if is_linkedin(place) else 'met at'} {place}, {day.year}"


def dated_reasons(
    contact: Contact,
    occasions: Sequence[Occasion],
    seasons: Sequence[tuple[Round, Window]],
    today: date,
    by: date,
) -> Iterator[Reason]:
    """Yield the dated reasons that open by a day and that no touchpoint has settled.

    `seasons` are the rounds, each with its window that is open today, or the next one.
    """
    last = contact.last_touch_on
    for occasion in occasions:
        window = occasion.window
        if window.since <= by and not occasion.is_settled(last):
            text = _occasion_text(occasion, today)
            yield Reason(ReasonKind(occasion.kind), text, *window, occasion.id)
    if contact.birthday:
        day, window = contact.birthday.unsettled(today, last)
        if window.since <= by:
            text = _birthday_text(contact.birthday, day, today)
            yield Reason(ReasonKind.birthday, text, *window)
    for round_, season in seasons:
        window = round_.season.after(season) if season.settled_by(last) else season
        if window.since <= by and round_.includes(contact):
            text = f"{round_.name} round{_span_text(window, today)}"
            yield Reason(ReasonKind.round, text, *window, round_.id)


def _occasion_text(occasion: Occasion, today: date) -> str:
    if occasion.kind is OccasionKind.visit:
        place = f"{'you are ' if occasion.yours else ''}in {occasion.city or 'town'}"
        return f"{place}{_span_text(Window(occasion.day, occasion.until), today)}"
    what = occasion.what.rstrip(".")
    what += "" if what.endswith(("!", "?", "…")) else ","
    if occasion.kind is OccasionKind.news:
        return f"{what} {format_distance(occasion.day, today)}"
    return f"promise #{occasion.id}: {what} {format_lateness((today - occasion.day).days)}"


def _birthday_text(birthday: Birthday, day: date, today: date) -> str:
    if birthday.year is None or birthday.year >= day.year:
        return f"birthday {format_distance(day, today)}"
    turns = "turned" if day < today else "turns"
    return f"{turns} {day.year - birthday.year} {format_distance(day, today)}"


def _span_text(window: Window, today: date) -> str:
    """Format the days of a stay or a season: `on ...`, `until Fri 25 Sep` or `from ... to ...`."""
    last = format_near_day(window.until or window.since, today)
    if window.since > today and window.since != window.until:
        return f" from {format_near_day(window.since, today)} to {last}"
    return f" on {last}" if window.since == window.until else f" until {last}"


class Facts(NamedTuple):
    """What the agenda needs to know about a contact.

    `balance` is the number of touchpoints that were not your asks, less the number of your asks.
    """

    contact: Contact
    occasions: tuple[Occasion, ...] = ()
    balance: int = 0


class Nudge(NamedTuple):
    """One line of the agenda: a contact and all the reasons; field by field what `due` prints.

    `days_late` is 0 on the due date, negative before it, and None without one. A `balance` below 0
    means more asks than other touchpoints.
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
    def is_for_rounds_only(self) -> bool:
        """Whether all of the reasons are rounds."""
        return all(reason.kind is ReasonKind.round for reason in self.reasons)


def agenda(
    people: Iterable[Facts], rounds: Sequence[Round], today: date, by: date | None = None
) -> list[Nudge]:
    """Return a nudge for each active contact with a reason that opens by a day, today if None.

    Contacts with dated reasons come first, then those most late for their cadence.
    """
    seasons = [(round_, round_.season.window(today)) for round_ in rounds]
    nudges = (_nudge(facts, seasons, today, by or today) for facts in people)
    return sorted(filter(None, nudges), key=_rank)


def first_opening(
    people: Iterable[Facts], rounds: Sequence[Round], today: date, by: date
) -> date | None:
    """Return the first day up to `by` on which the agenda is not empty, or None."""
    days = (
        max(today, min(_opens(reason, facts.contact.snoozed_until) for reason in nudge.reasons))
        for facts in people
        for nudge in agenda([facts], rounds, today, by)
    )
    return min(days, default=None)


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
            if _is_visible(reason, contact.snoozed_until, today, by)
        ),
        key=lambda reason: (reason.ends, reason.kind, reason.id or 0),
    )
    due = None
    if contact.due_on and contact.cadence and contact.due_on <= by:
        new = is_new(contact.cadence, contact.last_touch_on, contact.met_on, today)
        due = due_state(contact.due_on, contact.cadence, today, new=new)
        reasons.append(cadence_reason(contact, contact.due_on, contact.cadence, today, new=new))
    if not reasons:
        return None
    return Nudge(
        id=contact.id,
        name=contact.name,
        state=_state(reasons, contact.snoozed_until, due, today),
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


def _is_visible(reason: Reason, snoozed_until: date | None, today: date, by: date) -> bool:
    opens = _opens(reason, snoozed_until)
    return opens <= by and (reason.until is None or reason.until >= max(opens, today))


def _opens(reason: Reason, snoozed_until: date | None) -> date:
    if snoozed_until is None or reason.kind in SHOWN_THROUGH_SNOOZE:
        return reason.since
    return max(reason.since, snoozed_until)


def _state(
    reasons: Sequence[Reason], snoozed_until: date | None, due: State | None, today: date
) -> State:
    """Return the more pressing of two states, that of the due date and that of the dated reasons.

    Lapsed is the most pressing, then overdue, then due.
    """
    open_now = [reason for reason in reasons if _opens(reason, snoozed_until) <= today]
    if not open_now:
        return State.soon
    late_promise = any(
        reason.kind is ReasonKind.promise and reason.since < today for reason in open_now
    )
    if late_promise:
        return State.lapsed if due is State.lapsed else State.overdue
    return State.due if due in {None, State.soon} else due


def _rank(nudge: Nudge) -> tuple[bool, date, bool, float, date, str, int]:
    """Return the sort key: dated first, by the end of the window; then the most late."""
    ends = [reason.ends for reason in nudge.reasons if reason.kind in DATED]
    lapsed, lateness, *_ = by_lateness(nudge)
    if ends:  # dated nudges are not ranked by lateness
        lapsed, lateness = False, 0.0
    end = min(ends, default=date.max)
    return not ends, end, lapsed, lateness, *_ties(nudge)


def by_lateness(nudge: Nudge) -> tuple[bool, float, date, str, int]:
    """Return the sort key of nudges with a due date: the most late for their cadence first.

    Lapsed contacts come last, the least lapsed first.
    """
    lapsed, ratio = nudge.state is State.lapsed, 0.0
    if nudge.days_late is not None and nudge.cadence is not None:
        ratio = nudge.days_late / nudge.cadence.days
    return lapsed, ratio if lapsed else -ratio, *_ties(nudge)


def _ties(nudge: Nudge) -> tuple[date, str, int]:
    """Return the sort key of equals: the latest touchpoint (none, then the oldest), name, id."""
    return nudge.last_touch_on or date.min, nudge.name.casefold(), nudge.id


# The contacts touched today: by id, the day of the latest touchpoint before today.
Touched = Mapping[int, date | None]


class OpenRound(NamedTuple):
    """A round that is open today; `left` counts its contacts without a touchpoint in the window."""

    round: Round
    window: Window
    left: int

    def share(self, touched: int, today: date) -> int:
        """Return how many people to greet today, so that all are greeted by the last day.

        `touched` counts those who were left this morning and have been contacted since.
        """
        days_left = ((self.window.until or today) - today).days + 1
        return -(-(self.left + touched) // days_left)

    def is_reason_for(self, nudge: Nudge) -> bool:
        """Return whether the round is one of the reasons of a nudge."""
        return any(
            reason.kind is ReasonKind.round and reason.id == self.round.id
            for reason in nudge.reasons
        )


def todays_list(
    people: Iterable[Facts], touched: Touched, rounds: Sequence[OpenRound], today: date, cap: int
) -> list[Nudge]:
    """Return the nudges that are for today, in the order of the agenda.

    It has everyone with news, a visit, a birthday or a promise; today's share of each open round;
    and at most `cap` others, the most late for their cadence first. A contact touched today without
    one of the other reasons counts towards `cap`.
    """
    agenda_rounds = [open_round.round for open_round in rounds]
    people = list(people)
    now = agenda(people, agenda_rounds, today)
    changed = {
        before.contact.id: before
        for facts in people
        if (before := _this_morning(facts, touched, today)) is not facts
    }
    morning = [nudge for nudge in now if nudge.id not in changed]
    morning += agenda(changed.values(), agenda_rounds, today)
    always = {nudge.id for nudge in now if _is_always_listed(nudge)}
    always_before = {nudge.id for nudge in morning if _is_always_listed(nudge)}
    # Contacts touched today come first: the touchpoint ended any snooze, so it is no longer known
    # whether they were late this morning.
    late = sorted(filter(_is_late, morning), key=by_lateness)
    late.sort(key=lambda nudge: nudge.id not in touched)
    by_cadence = [
        nudge.id
        for nudge in late
        if nudge.id not in (always_before if nudge.id in touched else always)
    ][:cap]
    picked, to_greet = _pick(
        morning, touched, rounds, today, {*always, *always_before, *by_cadence}
    )
    others_touched = touched.keys() - always_before - (picked - {*by_cadence})
    still_late = [contact_id for contact_id in by_cadence if contact_id not in touched]
    listed = {*always, *to_greet, *still_late[: max(0, cap - len(others_touched))]}
    return [nudge for nudge in now if nudge.id in listed]


def _pick(
    morning: Sequence[Nudge],
    touched: Touched,
    rounds: Sequence[OpenRound],
    today: date,
    listed: Collection[int],
) -> tuple[set[int], set[int]]:
    """Return the contacts in today's shares of the rounds, and those of them still to greet.

    Prefer contacts who are listed anyway, also for another round, then the longest silence.
    """
    picked: set[int] = set()
    to_greet: set[int] = set()
    for open_round in sorted(rounds, key=lambda each: (each.window.until, each.round.id)):
        people = sorted(
            filter(open_round.is_reason_for, morning),
            key=lambda nudge: (
                nudge.id not in listed and nudge.id not in picked,
                nudge.last_touch_on or date.min,
                nudge.id,
            ),
        )
        greeted = sum(nudge.id in touched for nudge in people)
        share = open_round.share(greeted, today)
        chosen = [nudge.id for nudge in people[:share]]
        left = [contact_id for contact_id in chosen if contact_id not in touched]
        picked.update(chosen)
        to_greet.update(left[: max(0, share - greeted)])
    return picked, to_greet


def _this_morning(facts: Facts, touched: Touched, today: date) -> Facts:
    """Return the facts as of this morning; the same object if nothing was done today."""
    contact = facts.contact
    if any(occasion.done_on == today for occasion in facts.occasions):
        reopened = [
            occasion._replace(done_on=None) if occasion.done_on == today else occasion
            for occasion in facts.occasions
        ]
        facts = facts._replace(occasions=tuple(reopened))
    if contact.id not in touched:
        return facts
    day = due_on(
        status=contact.status,
        cadence=contact.cadence,
        last_touch_on=touched[contact.id],
        first_due_on=contact.first_due_on,
        snoozed_until=None,
    )
    contact = contact._replace(last_touch_on=touched[contact.id], due_on=day, snoozed_until=None)
    return facts._replace(contact=contact)


def _is_always_listed(nudge: Nudge) -> bool:
    return any(reason.kind in ALWAYS_LISTED for reason in nudge.reasons)


def _is_late(nudge: Nudge) -> bool:
    return nudge.reasons[-1].kind not in DATED  # the cadence comes last
