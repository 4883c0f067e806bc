"""Verbs that take in the history of another file: touchpoints, occasions, rounds, news."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlmodel import col, delete, update

from netkeep.domain.contact import Contact, ContactFields, Detail, ListChange
from netkeep.domain.occasions import Occasion, OwnNews
from netkeep.domain.rounds import Round
from netkeep.domain.text import key
from netkeep.domain.touchpoint import Touchpoint
from netkeep.store import derived
from netkeep.store.models import (
    ContactRow,
    OccasionRow,
    OwnNewsRow,
    PassageRow,
    PositionRow,
    TouchpointRow,
)
from netkeep.store.people_questions import ANOTHER_UID
from netkeep.store.people_verbs import PeopleVerbs
from netkeep.store.touchpoint_verbs import TouchpointVerbs

M = TypeVar("M", Touchpoint, Occasion)

NICKNAME = "NICKNAME:"
Ids = Mapping[int, int]  # from those of the other file to those of this one


class HistoryVerbs(PeopleVerbs, TouchpointVerbs):
    """Takes in what another file knows besides people."""

    def free_ids(self, table: str, wanted: Iterable[int]) -> dict[int, int]:
        """For ids of another file the same if none of them was ever given here, else the next."""
        wanted = sorted(wanted)
        given = self._last_id(table)
        if wanted and wanted[0] > given:
            return {one: one for one in wanted}
        return {one: given + place for place, one in enumerate(wanted, 1)}

    def merge(
        self,
        first: Contact,
        second: Contact,
        fields: ContactFields,
        lists: Mapping[Detail, ListChange],
        thanks_after: int,
    ) -> Contact:
        """Move all that hangs on the second to the first, which gains these, and erase it.

        Its name stays as a nickname, and what it was known by as extra lines.
        """
        extra = self.ask.extras([first.id, second.id])
        there = extra.get(first.id, [])
        more = [*extra.get(second.id, ())]
        if second.name != first.name:
            more.append(f"{NICKNAME}{second.name}")
        uids = (second.uid, second.own_uid)
        more += [f"{ANOTHER_UID}{uid}" for uid in uids if uid and uid != fields.get("uid")]
        self.keep_extra({first.id: [one for one in more if one not in there]})
        for table in (TouchpointRow, OccasionRow, PositionRow, PassageRow):
            self._session.execute(
                update(table)
                .where(col(table.contact_id) == second.id, *_that_move(table))
                .values(contact_id=first.id)
            )
        self._session.execute(
            update(ContactRow).where(col(ContactRow.via_id) == second.id).values(via_id=first.id)
        )
        self._erase_passages("contact", [second.id])
        self._session.execute(delete(ContactRow).where(col(ContactRow.id) == second.id))
        self._session.expire_all()
        self.edit(first.id, fields, lists)
        snoozed_until = fields.get("snoozed_until")
        self._find_latest(first.id)
        self._row(first.id).snoozed_until = snoozed_until
        self._save(self._row(first.id))
        self._session.flush()
        self._keep_thanks(first.id, thanks_after)
        return self.ask.contact(first.id)

    def take_in_people(self, contacts: Iterable[Contact], ids: Ids) -> None:
        """Give people who were just added what only a whole history has."""
        for contact in contacts:
            row = self._row(ids[contact.id])
            row.via_id = ids.get(contact.via.id) if contact.via else None
            row.dropped_on, row.drop_reason = contact.dropped_on, contact.drop_reason
            row.snoozes = contact.snoozes
            self._save(row)
            row.created_at = contact.created_at.isoformat()
            row.updated_at = contact.updated_at.isoformat()
            self._session.add_all(
                PositionRow(contact_id=ids[contact.id], **position._asdict())
                for position in reversed(contact.worked)
            )
            if contact.worked:
                self._write_contact_passage(row.id or 0)
        self._session.flush()

    def take_in_history(
        self, touchpoints: Sequence[Touchpoint], occasions: Sequence[Occasion], ids: Ids
    ) -> None:
        """Take in touchpoints and occasions of these people that are not there already."""
        here = list(ids.values())
        there = [one for some in self.ask.touchpoints_with(here).values() for one in some]
        touchpoint_ids = self._take_in(
            TouchpointRow, "touchpoint", touchpoints, there, ids, lambda one: {}
        )
        for contact_id in {ids[one.contact_id] for one in touchpoints if one.contact_id in ids}:
            row = self._row(contact_id)
            updated_at = row.updated_at
            self._find_latest(contact_id)
            row.updated_at = updated_at
        self._session.flush()

        def pointing(one: Occasion) -> dict[str, int | None]:
            return {
                "ask_id": touchpoint_ids.get(one.ask_id or 0),
                "done_by_id": touchpoint_ids.get(one.done_by_id or 0),
            }

        self._take_in(OccasionRow, "occasion", occasions, self.ask.occasions(here), ids, pointing)

    def take_in_yours(self, rounds: Iterable[Round], own_news: Iterable[OwnNews]) -> None:
        """Take in rounds and your own news that are not there already."""
        names = {key(one.name) for one in self.ask.rounds()}
        by_key: dict[str, Round] = {}  # no two rounds have one, and the first of a name stays
        for one in rounds:
            by_key.setdefault(key(one.name), one)
        new_rounds = [one for name, one in by_key.items() if name not in names]
        free = self.free_ids("round", [one.id for one in new_rounds])
        for one in new_rounds:
            self.add_round(one.name, one.season, one.kinds, one.tags, free[one.id])
        told = {(one.day, one.text) for one in self.ask.own_news()}
        news = [one for one in own_news if (one.day, one.text) not in told]
        free = self.free_ids("own_news", [one.id for one in news])
        at = {"created_at": self._now, "updated_at": self._now}
        rows = ({"id": free[one.id], "day": one.day, "text": one.text} | at for one in news)
        self._insert(OwnNewsRow, map(derived.plain, rows))

    def _take_in(
        self,
        table: type[Any],
        source: str,
        records: Sequence[M],
        there: Sequence[M],
        ids: Ids,
        pointing: Callable[[M], Mapping[str, Any]],
    ) -> dict[int, int]:
        """Insert what is not there, and return the ids of all by those of the other file."""
        known = {_content(one): one.id for one in there}
        mine = [
            one._replace(contact_id=ids[one.contact_id]) for one in records if one.contact_id in ids
        ]
        found = {one.id: known[_content(one)] for one in mine if _content(one) in known}
        new = [one for one in mine if one.id not in found]
        found |= self.free_ids(source, [one.id for one in new])
        self._insert(
            table,
            (
                derived.plain(
                    {name: value for name, value in one._asdict().items() if name != "name"}
                    | {
                        "id": found[one.id],
                        "created_at": one.created_at.isoformat(),
                        "updated_at": one.updated_at.isoformat(),
                    }
                    | dict(pointing(one))
                )
                for one in new
            ),
        )
        passages = (
            derived.passage(source, found[one.id], one.contact_id, _written(one)) for one in new
        )
        self._insert(PassageRow, (row for row in passages if row["key"]))
        return found


def _content(one: Touchpoint | Occasion) -> tuple[Any, ...]:
    """All that makes it what it is, and not when it was written down or under which id."""
    if isinstance(one, Touchpoint):
        return one.contact_id, one.day, one.channel, one.purpose, one.direction, one.note
    return one.contact_id, one.kind, one.day, one.until, one.text, one.city, one.yours


def _written(one: Touchpoint | Occasion) -> list[str]:
    texts = [one.note] if isinstance(one, Touchpoint) else [one.text, one.city]
    return [text for text in texts if text]


def _that_move(table: type[Any]) -> list[Any]:
    """All rows of a table, but of the passages only those of what moves over."""
    return [col(PassageRow.source) != "contact"] if table is PassageRow else []
