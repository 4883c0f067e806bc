"""Store the state of synchronisation, and changes from other computers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, delete, select, update

from netkeep.domain.contact import Kind, Position
from netkeep.domain.identity import MERGED_UID
from netkeep.domain.rounds import Season
from netkeep.domain.text import key
from netkeep.domain.touchpoint import Purpose, TouchpointFields, ends_snooze
from netkeep.store.queries.sync import TABLES, SyncItem, uid_digest
from netkeep.store.repository.occasions import Occasions
from netkeep.store.repository.touchpoints import Touchpoints
from netkeep.store.schema import (
    ExtraRow,
    OccasionRow,
    OwnNewsRow,
    PositionRow,
    RoundPartRow,
    RoundRow,
    SyncItemRow,
    TouchpointRow,
)
from netkeep.store.transaction import Transaction

BATCH = 500  # values bound at once


@dataclass
class Sync:
    """Writes the state of synchronisation, and rows as another computer has them."""

    _transaction: Transaction
    _occasions: Occasions
    _touchpoints: Touchpoints

    def save(self, items: Collection[SyncItem]) -> None:
        """Store items; replace those with the same UIDs."""
        for part in {item.part for item in items}:
            self.delete(part, [item.uid for item in items if item.part == part])
        self._transaction.insert(SyncItemRow, (item._asdict() for item in items))

    def delete(self, part: str, uids: Sequence[str]) -> None:
        """Delete the items with these UIDs."""
        for start in range(0, len(uids), BATCH):
            self._transaction.session.execute(
                delete(SyncItemRow).where(
                    col(SyncItemRow.part) == part,
                    col(SyncItemRow.uid).in_(uids[start : start + BATCH]),
                )
            )

    def note_carried(self) -> None:
        """Note that the carrier has carried all items as they are in the folders."""
        self._transaction.session.execute(
            update(SyncItemRow).where(col(SyncItemRow.carried).is_not(None)).values(carried=None)
        )

    def complete(
        self,
        contact_id: int,
        *,
        extra: Sequence[str],
        via_id: int | None,
        snoozes: int,
        dropped_on: date | None,
        drop_reason: str | None,
        worked: Sequence[Position],
    ) -> None:
        """Set everything of a contact but its fields and lists."""
        session = self._transaction.session
        row = self._transaction.contact_row(contact_id)
        row.via_id, row.snoozes = via_id, snoozes
        row.dropped_on, row.drop_reason = dropped_on, drop_reason
        row.updated_at = self._transaction.now
        for table in (ExtraRow, PositionRow):
            session.execute(delete(table).where(col(table.contact_id) == contact_id))
        self._transaction.insert(
            ExtraRow,
            (
                {"contact_id": contact_id, "position": position, "line": line}
                for position, line in enumerate(extra)
            ),
        )
        session.add_all(
            PositionRow(contact_id=contact_id, **position._asdict())
            for position in reversed(worked)
        )

    def next_touchpoint_id(self) -> int:
        """Return the id of the next touchpoint."""
        return self._transaction.last_id("touchpoint") + 1

    def add_touchpoints(self, touchpoints: Sequence[tuple[int, int, TouchpointFields]]) -> None:
        """Add touchpoints of other computers, each as its id, contact id and fields.

        They do not end a snooze: the vCard of the contact has the state of the snooze.
        """
        now = self._transaction.now
        self._transaction.insert(
            TouchpointRow,
            (
                {**fields, "id": row_id, "contact_id": contact_id}
                | {"created_at": now, "updated_at": now}
                for row_id, contact_id, fields in touchpoints
            ),
        )
        self._transaction.touch(*{contact_id for _, contact_id, _ in touchpoints})
        for contact_id in {
            contact_id
            for _, contact_id, fields in touchpoints
            if fields["purpose"] in {Purpose.ask, Purpose.thank, Purpose.give}
        }:
            self._touchpoints.update_thank_yous(contact_id)

    def end_snooze(self, contact_id: int, day: date) -> None:
        """End the snooze of a contact, unless it has a touchpoint after this day."""
        contact = self._transaction.contact_row(contact_id)
        if ends_snooze(contact.last_touch_on, day):
            contact.snoozed_until, contact.snoozes = None, 0

    def add_occasion(self, contact_id: int, fields: Mapping[str, Any]) -> int:
        """Add an occasion with all its columns; return its id."""
        self._transaction.contact_row(contact_id)
        now = self._transaction.now
        return self._add(
            OccasionRow(contact_id=contact_id, created_at=now, updated_at=now, **fields)
        )

    def change_occasion(self, occasion_id: int, contact_id: int, fields: Mapping[str, Any]) -> None:
        """Set columns of an occasion."""
        row = self._transaction.get(OccasionRow, occasion_id)
        if row is not None:
            self._transaction.touch(row.contact_id, contact_id)
            for name, value in {**fields, "contact_id": contact_id}.items():
                setattr(row, name, value)
            row.updated_at = self._transaction.now

    def delete_row(self, type_: str, row_id: int) -> None:
        """Delete a visit, news, news of your own, or a round."""
        tables: dict[str, type[OwnNewsRow | RoundRow]] = {"own-news": OwnNewsRow, "round": RoundRow}
        table: type[OwnNewsRow | RoundRow | OccasionRow] = tables.get(type_, OccasionRow)
        row = self._transaction.get(table, row_id)
        if row is not None:
            if isinstance(row, OccasionRow):
                self._transaction.touch(row.contact_id)
            self._transaction.session.delete(row)

    def put_own_news(self, news_id: int | None, day: date, text: str) -> int:
        """Add or change news of your own; return its id."""
        row = None if news_id is None else self._transaction.get(OwnNewsRow, news_id)
        now = self._transaction.now
        if row is None:
            return self._add(OwnNewsRow(day=day, text=text, created_at=now, updated_at=now))
        row.day, row.text, row.updated_at = day, text, now
        return row.id or 0

    def put_round(
        self,
        round_id: int,
        name: str,
        season: Season,
        kinds: Sequence[Kind],
        tags: Sequence[str],
    ) -> None:
        """Change a round."""
        row = self._transaction.get(RoundRow, round_id)
        if row is None:
            return
        row.name, row.key, row.updated_at = name, key(name), self._transaction.now
        row.begins, row.ends = str(season.begins), str(season.ends)
        self._transaction.session.execute(
            delete(RoundPartRow).where(col(RoundPartRow.round_id) == round_id)
        )
        self._occasions.add_round_parts(round_id, kinds, tags)

    def _add(self, row: OccasionRow | OwnNewsRow) -> int:
        self._transaction.session.add(row)
        self._transaction.session.flush()
        return row.id or 0


def forget_items(session: Session, contact_id: int) -> None:
    """Replace the items of a contact to be erased, and of its history, by digests of their UIDs.

    Synchronisations use the digests to find what to remove from the folders, also when a computer
    that does not know yet writes it again. So they do for contacts that were merged into this one.
    """
    uids = {}
    touchpoints = select(TouchpointRow.id).where(TouchpointRow.contact_id == contact_id)
    occasions = select(OccasionRow.id).where(OccasionRow.contact_id == contact_id)
    conditions = [
        (col(SyncItemRow.part) == "people") & (col(SyncItemRow.row_id) == contact_id),
        (col(SyncItemRow.type) == "due") & (col(SyncItemRow.row_id) == contact_id),
        (col(SyncItemRow.type) == "touchpoint") & col(SyncItemRow.row_id).in_(touchpoints),
        col(SyncItemRow.type).in_(("visit", "news", "promise"))
        & col(SyncItemRow.row_id).in_(occasions),
    ]
    for condition in conditions:
        for row in session.exec(select(SyncItemRow).where(condition)).all():
            session.delete(row)
            uids[row.uid] = (row.part, row.type)
    merged = select(ExtraRow.line).where(
        col(ExtraRow.contact_id) == contact_id, col(ExtraRow.line).startswith(MERGED_UID)
    )
    for line in session.exec(merged).all():
        uids[line.removeprefix(MERGED_UID)] = ("people", "person")
    session.flush()
    for uid, (part, type_) in uids.items():
        session.merge(SyncItemRow(part=part, uid=uid_digest(uid), type=type_))
    session.flush()


def forget_rows(session: Session, rows: Iterable[tuple[str, int]]) -> None:
    """Forget the items of rows, by table and id, that a sync added and `undo` removed.

    The next sync then sees them as new in the folder, not as deleted here, so that nothing is lost.
    """
    ids = defaultdict(list)
    for table, row_id in rows:
        ids[table].append(row_id)
    tables = {"person": "contact", "due": "contact", "promise": "occasion", **TABLES}
    for type_, table in tables.items():
        for start in range(0, len(ids[table]), BATCH):
            session.execute(
                delete(SyncItemRow).where(
                    col(SyncItemRow.type) == type_,
                    col(SyncItemRow.row_id).in_(ids[table][start : start + BATCH]),
                )
            )
