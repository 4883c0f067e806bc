"""Whom to be in touch with less often: those who are put off again and again."""

from __future__ import annotations

from netkeep.domain.contact import Contact
from netkeep.domain.lengths import USUAL, typed

OFTEN = 3  # snoozes in a row


def longer_cadence(contact: Contact) -> str | None:
    """The next longer usual cadence for someone snoozed often, as it is typed; else None.

    After the longest comes `none`.
    """
    if contact.cadence is None or contact.snoozes < OFTEN:
        return None
    days = contact.cadence.days
    return typed(next((one for one in USUAL if one.days > days), None))
