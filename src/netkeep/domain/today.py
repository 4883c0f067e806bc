"""Today's list: the part of the agenda that is for today, the same in every view.

The list is decided as of this morning, before anyone was contacted, and then leaves out those
contacted since. So it only gets shorter during the day, and can be finished.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from netkeep.domain.agenda import (
    ALWAYS_LISTED,
    DATED,
    Facts,
    Nudge,
    ReasonKind,
    agenda,
    by_lateness,
)
from netkeep.domain.due import due_on
from netkeep.domain.occasions import Window
from netkeep.domain.rounds import Round

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
