"""The balance of a relationship: your asks against everything else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from netkeep.domain.contact import Contact
from netkeep.domain.occasions import Occasion
from netkeep.domain.touchpoint import Touchpoint

ASKS_IN_A_ROW = 3  # netkeep warns before the third


class Ledger(NamedTuple):
    """The number of your asks and of all other touchpoints.

    `in_a_row` is the number of asks since the latest other touchpoint. `unthanked_since` is the day
    of the first ask after which you neither thanked nor gave.
    """

    asks: int = 0
    others: int = 0
    in_a_row: int = 0
    unthanked_since: date | None = None

    @property
    def balance(self) -> int:
        """The number of other touchpoints less the number of asks."""
        return self.others - self.asks

    def after(self, touchpoint: Touchpoint) -> Ledger:
        """Return the ledger with one more touchpoint, the latest."""
        if touchpoint.is_ask:
            unthanked_since = self.unthanked_since or touchpoint.day
            return Ledger(self.asks + 1, self.others, self.in_a_row + 1, unthanked_since)
        still_unthanked = None if touchpoint.is_thanks else self.unthanked_since
        return Ledger(self.asks, self.others + 1, 0, still_unthanked)


class Balance(NamedTuple):
    """One lopsided relationship; field by field what `balance` prints."""

    id: int
    name: str
    balance: int
    asks: int
    others: int
    unthanked_since: date | None
    last_touch_on: date | None


def ledger(touchpoints: Iterable[Touchpoint], occasions: Iterable[Occasion] = ()) -> Ledger:
    """Count touchpoints, the oldest first; a promise of thanks that is done counts as thanks."""
    thanked = {occasion.ask_id for occasion in occasions if occasion.ask_id and occasion.done_on}
    total = Ledger()
    for touchpoint in touchpoints:
        total = total.after(touchpoint)
        if touchpoint.id in thanked:
            total = total._replace(unthanked_since=None)
    return total


def thanks_for(touchpoints: Iterable[Touchpoint]) -> dict[int, Touchpoint | None]:
    """Return the first later touchpoint that thanks for each ask, if any, by id of the ask.

    `touchpoints` are oldest first.
    """
    thanks: dict[int, Touchpoint | None] = {}
    for touchpoint in touchpoints:
        if touchpoint.is_ask:
            thanks[touchpoint.id] = None
        elif touchpoint.is_thanks:
            thanks |= {ask_id: touchpoint for ask_id, earlier in thanks.items() if earlier is None}
    return thanks


def lopsided(people: Iterable[tuple[Contact, Ledger]]) -> list[Balance]:
    """Return relationships with more asks than other touchpoints, or with an ask without thanks.

    Sort them by balance, the most lopsided first.
    """
    balances = [
        Balance(
            **contact.values_for(Balance),
            balance=total.balance,
            asks=total.asks,
            others=total.others,
            unthanked_since=total.unthanked_since,
        )
        for contact, total in people
        if total.balance < 0 or total.unthanked_since
    ]
    return sorted(
        balances,
        key=lambda balance: (
            balance.balance,
            balance.unthanked_since or date.max,
            balance.name.casefold(),
            balance.id,
        ),
    )


class ThankYous(NamedTuple):
    """How promises to say thanks have to change.

    `settled` has the touchpoint that settles each promise, by id of the promise; None if it is open
    again. `obsolete` are the ids of promises whose ask is gone. `owed` is the ask that needs a new
    promise, if any.
    """

    settled: dict[int, Touchpoint | None]
    obsolete: list[int]
    owed: Touchpoint | None


def thank_yous(touchpoints: Sequence[Touchpoint], promises: Iterable[Occasion]) -> ThankYous:
    """Decide what becomes of the promises to say thanks to one contact.

    The first of several asks without thanks between them has one. A later thank or give settles it;
    a promise that was marked as done by hand stays done. `touchpoints` are all touchpoints with the
    contact, oldest first; `promises` are those made for an ask.
    """
    by_ask = {promise.ask_id: promise for promise in promises}
    by_id = {touchpoint.id: touchpoint for touchpoint in touchpoints}
    settled: dict[int, Touchpoint | None] = {}
    waiting: list[int] = []  # asks without thanks
    has_open_promise = False
    for ask_id, thanks in thanks_for(touchpoints).items():
        promise = by_ask.pop(ask_id, None)
        if promise and promise.done_on and promise.done_by_id is None:  # by hand
            waiting.clear()
            continue
        if promise:
            settled[promise.id] = thanks
        if not thanks:
            waiting.append(ask_id)
            has_open_promise = has_open_promise or promise is not None
    obsolete = [promise.id for promise in by_ask.values()]
    owed = by_id[waiting[0]] if waiting and not has_open_promise else None
    return ThankYous(settled, obsolete, owed)
