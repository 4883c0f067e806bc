"""The brief: one page about one person, to read before you write or call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from netkeep.domain.agenda import Facts, Reason, agenda
from netkeep.domain.balance import ledger
from netkeep.domain.contact import Contact, Kind, Position, Status, Via
from netkeep.domain.due import State
from netkeep.domain.lengths import Length
from netkeep.domain.occasions import Birthday, Occasion, OccasionKind, OwnNews, unheard_by
from netkeep.domain.rounds import Round
from netkeep.domain.touchpoint import Touchpoint

LATEST = 3  # touchpoints, and pieces of news


class Brief(NamedTuple):
    """What to know of someone; field by field what `brief` prints.

    `state` and `reasons` are those of the agenda, None and empty for whom is not on it. `news` is
    theirs to ask about, newest first; `own_news` is yours that they have not heard; `visits` are
    not over yet.
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
    """Put together what to know; touchpoints and own news come newest first."""
    contact: Contact = facts.contact
    nudge = next(iter(agenda([facts], rounds, today)), None)
    counted = ledger(reversed(touchpoints), facts.occasions)
    still_open = sorted(
        (one for one in facts.occasions if one.done_on is None), key=lambda one: (one.day, one.id)
    )
    news, visits, promises = (
        [one for one in still_open if one.kind is kind] for kind in OccasionKind
    )
    return Brief(
        id=contact.id,
        name=contact.name,
        status=contact.status,
        kind=contact.kind,
        cadence=contact.cadence,
        state=nudge.state if nudge else None,
        due_on=contact.due_on,
        reasons=nudge.reasons if nudge else (),
        company=contact.company,
        title=contact.title,
        worked=contact.worked,
        city=contact.city,
        school=contact.school,
        met=contact.met,
        met_on=contact.met_on,
        via=contact.via,
        birthday=contact.birthday,
        tags=contact.tags,
        note=contact.note,
        last_touch_on=contact.last_touch_on,
        latest=tuple(touchpoints[:LATEST]),
        news=tuple(reversed(news[-LATEST:])),
        own_news=unheard_by(own_news, contact.last_touch_on),
        promises=tuple(promises),
        asks=counted.asks,
        others=counted.others,
        unthanked_since=counted.unthanked_since,
        emails=contact.emails,
        phones=contact.phones,
        urls=contact.urls,
        visits=tuple(one for one in visits if one.until and one.until >= today),
    )
