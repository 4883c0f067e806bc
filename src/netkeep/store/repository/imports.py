"""Store what imports find: touchpoints in messages and events, positions in address books."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, delete, update

from netkeep.domain.correspondence import Log, days_around
from netkeep.domain.jobs import JobChange, SaidPosition
from netkeep.domain.touchpoint import Purpose, ends_snooze
from netkeep.store.queries.changes import load_snoozed_at
from netkeep.store.queries.imports import load_said_positions
from netkeep.store.repository.occasions import Occasions
from netkeep.store.schema import ImportedMessageRow, SourcePositionRow, TouchpointRow
from netkeep.store.transaction import Transaction


@dataclass
class Imports:
    """Logs imported touchpoints, and remembers messages and positions."""

    _transaction: Transaction
    _occasions: Occasions

    def log(self, contact_id: int, log: Log) -> None:
        """Log the touchpoints of one contact; they end a snooze as if logged on their days."""
        now = self._transaction.now
        first_id = self._transaction.last_id("touchpoint") + 1
        ids = range(first_id, first_id + len(log.new))
        self._transaction.insert(
            TouchpointRow,
            (
                {
                    "id": touchpoint_id,
                    "contact_id": contact_id,
                    "day": new.day,
                    "channel": new.channel,
                    "purpose": Purpose.catch_up,
                    "direction": new.direction,
                    "note": new.note,
                    "created_at": now,
                    "updated_at": now,
                }
                for touchpoint_id, new in zip(ids, log.new, strict=True)
            ),
        )
        messages = [
            *zip(ids, (new.messages for new in log.new), strict=True),
            *((each.touchpoint_id, each.messages) for each in log.joined),
        ]
        self._transaction.insert(
            ImportedMessageRow,
            (
                {
                    "contact_id": contact_id,
                    "digest": message.digest,
                    "touchpoint_id": touchpoint_id,
                    "at": message.at.isoformat(),
                }
                for touchpoint_id, of_day in messages
                for message in of_day
            ),
        )
        for joined in log.joined:
            if joined.direction:
                # updated_at stays: a later one would mean that the user amended the touchpoint.
                self._transaction.session.execute(
                    update(TouchpointRow)
                    .where(col(TouchpointRow.id) == joined.touchpoint_id)
                    .values(direction=joined.direction)
                )
        if log.new:
            contact = self._transaction.contact_row(contact_id)
            if contact.snoozed_until:
                snoozed_at = load_snoozed_at(self._transaction.connection, contact_id)
                before, after = days_around(log.new, snoozed_at)
                if after and ends_snooze(contact.last_touch_on, after):
                    contact.snoozed_until, contact.snoozes = None, 0
                elif before and ends_snooze(contact.last_touch_on, before):
                    contact.snoozes = 1
            contact.updated_at = now
            self._occasions.open_after(contact_id, log.new)

    def remember_positions(self, source: str, said: Mapping[int, SaidPosition]) -> None:
        """Remember the positions that a source gives, by contact id."""
        stored = load_said_positions(self._transaction.connection, list(said))
        changed = {
            contact_id: position
            for contact_id, position in said.items()
            if stored.get(contact_id, {}).get(source) != position
        }
        self._transaction.session.execute(
            delete(SourcePositionRow).where(
                col(SourcePositionRow.source) == source,
                col(SourcePositionRow.contact_id).in_(
                    [each for each in changed if source in stored.get(each, {})]
                ),
            )
        )
        self._transaction.insert(
            SourcePositionRow,
            (
                {"contact_id": contact_id, "source": source, **position._asdict()}
                for contact_id, position in changed.items()
            ),
        )

    def mark_gone(self, source: str, contact_ids: Collection[int]) -> None:
        """Remember that these contacts are no longer in a source."""
        for contact_id in contact_ids:
            self._transaction.session.execute(
                update(SourcePositionRow)
                .where(
                    col(SourcePositionRow.source) == source,
                    col(SourcePositionRow.contact_id) == contact_id,
                )
                .values(is_gone=True)
            )

    def change_job(self, change: JobChange, day: date, *, is_news: bool) -> None:
        """Set the position that a source gives, keep the old one, and note it if it is news."""
        if is_news:
            self._occasions.add_news(change.contact_id, change.text, day, change.fields)
        else:
            self._occasions.change_position(change.contact_id, change.fields, day)
