"""Logging touchpoints, with all that follows from them; `log` and `review` both do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from netkeep.cli.invocation import Invocation
from netkeep.domain.balance import ASKS_IN_A_ROW, ledger
from netkeep.domain.contact import Contact
from netkeep.domain.occasions import Occasion, promises_meant
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
    with here.writer() as write:
        before = write.ask.occasions(contact_ids)
        meant = promises_meant(before, here.today) if settles else {}
        if settles:
            _tell_who_is_promised_nothing(write.ask.contacts_named(contact_ids), meant)
        _warn_of_asks(write.ask, contact_ids, new)
        touchpoints = write.log(contact_ids, new, here.settings.thank_you_days)
        for touchpoint in touchpoints:
            for promise in meant.get(touchpoint.contact_id, ()):
                # Thanks by hand: no touchpoint that is none could be what they were given with.
                by_id = None if promise.ask_id else touchpoint.id
                write.done([promise.id], touchpoint.day, by_id)
        if next_promise:
            write.promise(contact_ids, *next_promise)
        contacts = write.ask.contacts_named(contact_ids)
        after = write.ask.occasions(contact_ids)
    return sentences.Logged(touchpoints, contacts, before, after)


def _tell_who_is_promised_nothing(
    contacts: Sequence[Contact], meant: Mapping[int, Sequence[Occasion]]
) -> None:
    without = [contact.name for contact in contacts if contact.id not in meant]
    if len(without) == len(contacts):
        raise NothingPromisedError(without)
    for name in without:
        say(f"nothing is promised to {name}")


def _warn_of_asks(ask: Reader, contact_ids: Sequence[int], new: TouchpointFields) -> None:
    if new.get("purpose") is not Purpose.ask or new.get("direction") is Direction.in_:
        return
    for contact in ask.contacts_named(contact_ids):
        earlier = ask.timeline(contact_id=contact.id, until=new["day"])
        asks = ledger(reversed(earlier)).in_a_row + 1
        if asks >= ASKS_IN_A_ROW:
            say(sentences.too_many_asks(contact, asks))
