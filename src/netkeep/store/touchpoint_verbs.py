"""Verbs about touchpoints: logged, amended, deleted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import func, select

from netkeep.domain.touchpoint import Channel, Direction, Purpose, Touchpoint, TouchpointFields
from netkeep.errors import NoSuchTouchpointError
from netkeep.store.models import TouchpointRow
from netkeep.store.reason_verbs import ReasonVerbs


class TouchpointVerbs(ReasonVerbs):
    """Changes what was said to whom and when."""

    def log(
        self, contact_ids: Sequence[int], new: TouchpointFields, thanks_after: int = 0
    ) -> list[Touchpoint]:
        """Log one touchpoint for each contact; one that becomes the latest ends a snooze.

        An ask makes the promise of thanks so many days later, none for 0; thanks settle it.
        """
        logged = []
        for contact_id in contact_ids:
            row = self._row(contact_id)
            if row.last_touch_on is None or new["day"] >= row.last_touch_on:
                row.last_touch_on = new["day"]
                self._end_snooze(row)
            self._save(row)
            touchpoint = TouchpointRow(
                contact_id=contact_id,
                day=new["day"],
                channel=new.get("channel", Channel.other),
                purpose=new.get("purpose", Purpose.catch_up),
                direction=new.get("direction", Direction.out),
                note=new.get("note"),
                created_at=self._now,
                updated_at=self._now,
            )
            self._session.add(touchpoint)
            logged.append(touchpoint)
        self._session.flush()
        touchpoints = [self.ask.touchpoint(row.id or 0) for row in logged]
        for logged_one in touchpoints:
            self._follow(logged_one, thanks_after, logged_one)
        return touchpoints

    def amend(
        self, touchpoint_id: int, fields: TouchpointFields, thanks_after: int = 0
    ) -> Touchpoint:
        """Change one touchpoint, and with it the promise of thanks for an ask."""
        before = self.ask.touchpoint(touchpoint_id)
        touchpoint = self._touchpoint_row(touchpoint_id)
        for name, value in fields.items():
            setattr(touchpoint, name, value)
        touchpoint.updated_at = self._now
        self._session.add(touchpoint)
        self._find_latest(touchpoint.contact_id)
        self._session.flush()
        amended = self.ask.touchpoint(touchpoint_id)
        self._move_thanks(before, amended)
        self._follow(amended, thanks_after, before, amended)
        return amended

    def delete(self, touchpoint_id: int, thanks_after: int = 0) -> Touchpoint:
        """Delete one touchpoint and return it; the one before it, if any, is the latest again.

        What was done with it is open again, and nothing is left to be thanked for.
        """
        touchpoint = self.ask.touchpoint(touchpoint_id)
        occasions = self.ask.occasions([touchpoint.contact_id])
        self._reopen(touchpoint_id)
        self._erase_passages("occasion", [o.id for o in occasions if o.ask_id == touchpoint_id])
        self._session.delete(self._touchpoint_row(touchpoint_id))
        self._find_latest(touchpoint.contact_id)
        self._session.flush()
        self._session.expire_all()  # SQLite has deleted the promise of thanks along with its ask
        self._follow(touchpoint._replace(note=None), thanks_after, touchpoint)
        return touchpoint

    def _follow(self, now: Touchpoint, thanks_after: int, *versions: Touchpoint) -> None:
        """Keep in step what follows from a touchpoint, in all the versions there were of it."""
        self._write_passage("touchpoint", now.id, now.contact_id, [now.note])
        if any(version.is_ask or version.is_thanks for version in versions):
            self._keep_thanks(now.contact_id, thanks_after)

    def _find_latest(self, contact_id: int) -> None:
        self._session.flush()
        days = select(func.max(TouchpointRow.day)).where(TouchpointRow.contact_id == contact_id)
        row = self._row(contact_id)
        row.last_touch_on = self._session.exec(days).one()
        self._save(row)

    def _touchpoint_row(self, touchpoint_id: int) -> TouchpointRow:
        row = self._get(TouchpointRow, touchpoint_id)
        if row is None:
            raise NoSuchTouchpointError(touchpoint_id)
        return row
