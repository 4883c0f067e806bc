"""The brief: one page about a contact, to read before you write or call."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from netkeep.domain.agenda import Facts, Reason, agenda
from netkeep.domain.balance import ledger
from netkeep.domain.contact import Kind, Position, Status, Via
from netkeep.domain.days import Length
from netkeep.domain.due import State
from netkeep.domain.occasions import Birthday, Occasion, OccasionKind, OwnNews, unheard_by
from netkeep.domain.rounds import Round
from netkeep.domain.touchpoint import Touchpoint

LATEST = 3  # touchpoints and pieces of news shown


class Brief(NamedTuple):
    """What to know about a contact; field by field what `brief` prints.

    `state` and `reasons` come from the agenda; they are None and empty for a contact that is not
    on it. `news` is theirs, newest first, without news whose window closed before the latest
    touchpoint. `own_news` is yours since the latest touchpoint. `visits` are those not yet over.
    """

    id: int
    name: str
    status: Status
    kind: Kind
    cadence: Length | None
    state: State | None
    due_on: date | None
    reasons: tuple[Reason, ...]
    company: str | None
    title: str | None
    worked: tuple[Position, ...]
    city: str | None
    school: str | None
    met: str | None
    met_on: date | None
    via: Via | None
    birthday: Birthday | None
    tags: tuple[str, ...]
    note: str | None
    last_touch_on: date | None
    latest: tuple[Touchpoint, ...]
    news: tuple[Occasion, ...]
    own_news: tuple[OwnNews, ...]
    promises: tuple[Occasion, ...]
    asks: int
    others: int
    unthanked_since: date | None
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    urls: tuple[str, ...]
    visits: tuple[Occasion, ...]


def brief(
    facts: Facts,
    touchpoints: Sequence[Touchpoint],
    own_news: Sequence[OwnNews],
    rounds: Sequence[Round],
    today: date,
) -> Brief:
    """Return the brief of a contact. `touchpoints` and `own_news` are newest first."""
    contact = facts.contact
    nudge = next(iter(agenda([facts], rounds, today)), None)
    total = ledger(reversed(touchpoints), facts.occasions)
    unfinished = sorted(
        (occasion for occasion in facts.occasions if occasion.done_on is None),
        key=lambda occasion: (occasion.day, occasion.id),
    )
    news, visits, promises = (
        [occasion for occasion in unfinished if occasion.kind is kind] for kind in OccasionKind
    )
    last = contact.last_touch_on or date.min
    news = [each for each in news if each.window.until and last <= each.window.until]
    return Brief(
        **contact.values_for(Brief),
        state=nudge.state if nudge else None,
        reasons=nudge.reasons if nudge else (),
        latest=tuple(touchpoints[:LATEST]),
        news=tuple(reversed(news[-LATEST:])),
        own_news=unheard_by(own_news, contact.last_touch_on),
        promises=tuple(promises),
        asks=total.asks,
        others=total.others,
        unthanked_since=total.unthanked_since,
        visits=tuple(visit for visit in visits if visit.until and visit.until >= today),
    )
