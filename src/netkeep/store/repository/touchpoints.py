"""Log, amend and delete touchpoints, and update the promises to say thanks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, delete, select

from netkeep.domain.balance import thank_yous
from netkeep.domain.occasions import OccasionKind
from netkeep.domain.touchpoint import (
    Channel,
    Direction,
    Purpose,
    Touchpoint,
    TouchpointFields,
    ends_snooze,
)
from netkeep.errors import NoSuchTouchpointError
from netkeep.store.queries.agenda import load_occasions
from netkeep.store.queries.touchpoints import load_touchpoint, load_touchpoints
from netkeep.store.repository.occasions import Occasions
from netkeep.store.schema import OccasionRow, TouchpointRow
from netkeep.store.transaction import Transaction


@dataclass
class Touchpoints:
    """Writes touchpoints, and promises to say thanks."""

    _transaction: Transaction
    _occasions: Occasions
    _thank_you_days: int

    def log(self, contact_ids: Sequence[int], fields: TouchpointFields) -> list[Touchpoint]:
        """Log one touchpoint with each contact; the latest of a contact ends a snooze.

        An ask adds a promise to say thanks, which a thank or give settles.
        """
        rows = []
        for contact_id in contact_ids:
            self._end_snooze(contact_id, fields["day"])
            row = TouchpointRow(
                contact_id=contact_id,
                day=fields["day"],
                channel=fields.get("channel", Channel.other),
                purpose=fields.get("purpose", Purpose.catch_up),
                direction=fields.get("direction", Direction.out),
                note=fields.get("note"),
                created_at=self._transaction.now,
                updated_at=self._transaction.now,
            )
            self._transaction.session.add(row)
            rows.append(row)
        logged = [self._load(row) for row in rows]
        for touchpoint in logged:
            self._update_thank_yous_after(touchpoint)
        return logged

    def amend(
        self, touchpoint_id: int, fields: TouchpointFields, contact_id: int | None = None
    ) -> Touchpoint:
        """Change one touchpoint, and the promise to say thanks for it; move it to `contact_id`."""
        if contact_id is not None:
            self._move(touchpoint_id, contact_id)
        before = load_touchpoint(self._transaction.connection, touchpoint_id)
        row = self._row(touchpoint_id)
        for name, value in fields.items():
            setattr(row, name, value)
        row.updated_at = self._transaction.now
        self._transaction.contact_row(row.contact_id).updated_at = self._transaction.now
        amended = self._load(row)
        for promise in self._transaction.session.exec(
            select(OccasionRow).where(OccasionRow.ask_id == touchpoint_id)
        ):
            promise.day += amended.day - before.day
            promise.opens_on = promise.day
        self._update_thank_yous_after(before, amended)
        return amended

    def delete(self, touchpoint_id: int) -> Touchpoint:
        """Delete one touchpoint and return it.

        Promises that it settled are open again. A promise to say thanks for it is deleted.
        """
        touchpoint = load_touchpoint(self._transaction.connection, touchpoint_id)
        self._reopen(touchpoint_id)
        self._transaction.session.delete(self._row(touchpoint_id))
        contact = self._transaction.contact_row(touchpoint.contact_id)
        contact.updated_at = self._transaction.now
        self._transaction.session.flush()
        self._transaction.session.expire_all()  # SQLite has deleted the promise by cascade
        self._update_thank_yous_after(touchpoint)
        return touchpoint

    def update_thank_yous(self, contact_id: int) -> None:
        """Update the promises to say thanks to a contact, from all touchpoints."""
        connection = self._transaction.connection
        touchpoints = load_touchpoints(connection, [contact_id]).get(contact_id, [])
        occasions = load_occasions(connection, [contact_id])
        promises = {occasion.id: occasion for occasion in occasions if occasion.ask_id}
        change = thank_yous(touchpoints, promises.values())
        self._transaction.touch(contact_id)
        for promise_id, thanks in change.settled.items():
            row = self._occasions.row(promise_id)
            row.done_on, row.done_by_id = (thanks.day, thanks.id) if thanks else (None, None)
        if change.obsolete:
            self._transaction.session.execute(
                delete(OccasionRow).where(col(OccasionRow.id).in_(change.obsolete))
            )
        if change.owed and self._thank_you_days:
            day = change.owed.day + timedelta(days=self._thank_you_days)
            text = f"thank {change.owed.name}"
            self._occasions.add(
                [contact_id],
                {"kind": OccasionKind.promise, "day": day, "text": text},
                ask_id=change.owed.id,
            )

    def _move(self, touchpoint_id: int, contact_id: int) -> None:
        """Move a touchpoint to another contact, as if it was deleted and logged there.

        Promises that it settled are open again. The other contact gets the promise to say thanks
        for it, and a snooze of that contact ends.
        """
        before = load_touchpoint(self._transaction.connection, touchpoint_id)
        if before.contact_id == contact_id:
            return
        self._reopen(touchpoint_id)
        self._transaction.contact_row(before.contact_id).updated_at = self._transaction.now
        self._end_snooze(contact_id, before.day)
        self._row(touchpoint_id).contact_id = contact_id
        self._transaction.session.flush()
        self._update_thank_yous_after(before)
        self._update_thank_yous_after(load_touchpoint(self._transaction.connection, touchpoint_id))

    def _reopen(self, touchpoint_id: int) -> None:
        """Reopen the promises that a touchpoint settled."""
        for occasion in self._transaction.session.exec(
            select(OccasionRow).where(OccasionRow.done_by_id == touchpoint_id)
        ):
            occasion.done_on = occasion.done_by_id = None

    def _end_snooze(self, contact_id: int, day: date) -> None:
        contact = self._transaction.contact_row(contact_id)
        if ends_snooze(contact.last_touch_on, day):
            contact.snoozed_until, contact.snoozes = None, 0
        contact.updated_at = self._transaction.now

    def _update_thank_yous_after(self, *versions: Touchpoint) -> None:
        """Update the promises to say thanks if a touchpoint is or was an ask or thanks."""
        if any(version.is_ask or version.is_thanks for version in versions):
            self.update_thank_yous(versions[0].contact_id)

    def _load(self, row: TouchpointRow) -> Touchpoint:
        self._transaction.session.flush()
        return load_touchpoint(self._transaction.connection, row.id or 0)

    def _row(self, touchpoint_id: int) -> TouchpointRow:
        row = self._transaction.get(TouchpointRow, touchpoint_id)
        if row is None:
            raise NoSuchTouchpointError(touchpoint_id)
        return row
