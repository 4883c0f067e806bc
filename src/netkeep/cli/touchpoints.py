"""Logging touchpoints, with all that follows from them; `log` and `review` both do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from netkeep.cli.invocation import Invocation
from netkeep.domain.balance import ASKS_IN_A_ROW, ledger
from netkeep.domain.occasions import promises_meant
from netkeep.domain.touchpoint import Direction, Purpose, TouchpointFields
from netkeep.errors import NothingPromisedError
from netkeep.output import sentences
from netkeep.output.streams import say
from netkeep.store.reader import Reader


def log_with(
    here: Invocation,
    contact_ids: Sequence[int],
    new: TouchpointFields,
    next_promise: tuple[str, date] | None = None,
    *,
    settles: bool = False,
) -> sentences.Logged:
    """Log a touchpoint with each, make the next promise, and settle those that are meant.

    NothingPromisedError if promises are to be settled and there is none.
    """
    thanks_after = here.settings.thank_you_days
    with here.writer() as write:
        before = {occasion.id: occasion for occasion in write.ask.occasions(contact_ids)}
        meant = promises_meant(before.values(), here.today) if settles else {}
        if settles and not meant:
            raise NothingPromisedError([one.name for one in write.ask.contacts_named(contact_ids)])
        _warn_of_asks(write.ask, contact_ids, new)
        touchpoints = write.log(contact_ids, new, thanks_after)
        for touchpoint in touchpoints:
            promises = [promise.id for promise in meant.get(touchpoint.contact_id, ())]
            write.done(promises, touchpoint.day, touchpoint.id)
        if next_promise:
            write.promise(contact_ids, *next_promise)
        contacts = write.ask.contacts_named(contact_ids)
        after = write.ask.occasions(contact_ids)
    return sentences.Logged(
        touchpoints,
        contacts,
        promised=[one for one in after if one.id not in before and one.done_on is None],
        settled=[
            one for one in after if one.done_on and one.id in before and not before[one.id].done_on
        ],
    )


def _warn_of_asks(ask: Reader, contact_ids: Sequence[int], new: TouchpointFields) -> None:
    if new.get("purpose") is not Purpose.ask or new.get("direction") is Direction.in_:
        return
    for contact in ask.contacts_named(contact_ids):
        earlier = ask.timeline(contact_id=contact.id, until=new["day"])
        asks = ledger(reversed(earlier)).in_a_row + 1
        if asks >= ASKS_IN_A_ROW:
            say(sentences.too_many_asks(contact, asks))
