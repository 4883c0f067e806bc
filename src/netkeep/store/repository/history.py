"""Import the history of another file: everything but contacts in an export as JSON."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from netkeep.domain.contact import Contact
from netkeep.domain.occasions import Occasion, OwnNews
from netkeep.domain.rounds import Round
from netkeep.domain.text import key
from netkeep.domain.touchpoint import Touchpoint
from netkeep.store.queries.agenda import load_occasions, load_own_news, load_rounds
from netkeep.store.queries.touchpoints import load_touchpoints
from netkeep.store.repository.occasions import Occasions
from netkeep.store.schema import ContactRow, OccasionRow, OwnNewsRow, PositionRow, TouchpointRow
from netkeep.store.transaction import Transaction

M = TypeVar("M", Touchpoint, Occasion)
Ids = Mapping[int, int]  # from the ids of the other file to those of this one


@dataclass
class History:
    """Adds the records of another file that this one does not have."""

    _transaction: Transaction
    _occasions: Occasions

    def free_ids(self, table: str, wanted: Iterable[int]) -> dict[int, int]:
        """Return new ids by ids of another file: the same if none was used here, else the next."""
        wanted = sorted(wanted)
        last = self._transaction.last_id(table)
        if wanted and wanted[0] > last:
            return {each: each for each in wanted}
        return {each: last + place for place, each in enumerate(wanted, 1)}

    def complete_contacts(self, contacts: Iterable[Contact], ids: Ids) -> None:
        """Set the fields of newly added contacts that only a whole export has."""
        added = list(contacts)
        self._transaction.update(
            ContactRow,
            (
                {
                    "id": ids[contact.id],
                    "via_id": ids.get(contact.via.id) if contact.via else None,
                    "dropped_on": contact.dropped_on,
                    "drop_reason": contact.drop_reason,
                    "snoozes": contact.snoozes,
                    "created_at": contact.created_at.isoformat(),
                    "updated_at": contact.updated_at.isoformat(),
                }
                for contact in added
            ),
        )
        self._transaction.insert(
            PositionRow,
            (
                {"contact_id": ids[contact.id], **position._asdict()}
                for contact in added
                for position in reversed(contact.worked)
            ),
        )
        self._transaction.touch(*(ids[contact.id] for contact in added if contact.worked))

    def add_touchpoints_and_occasions(
        self, touchpoints: Sequence[Touchpoint], occasions: Sequence[Occasion], ids: Ids
    ) -> None:
        """Add the touchpoints and occasions of these contacts that the file does not have yet."""
        local = list(ids.values())
        by_contact = load_touchpoints(self._transaction.connection, local)
        existing = [touchpoint for each in by_contact.values() for touchpoint in each]
        touchpoint_ids = self._add(TouchpointRow, "touchpoint", touchpoints, existing, ids)
        occasions = [
            occasion._replace(
                ask_id=touchpoint_ids.get(occasion.ask_id or 0),
                done_by_id=touchpoint_ids.get(occasion.done_by_id or 0),
            )
            for occasion in occasions
        ]
        existing_occasions = load_occasions(self._transaction.connection, local)
        self._add(OccasionRow, "occasion", occasions, existing_occasions, ids)

    def add_rounds_and_own_news(self, rounds: Iterable[Round], own_news: Iterable[OwnNews]) -> None:
        """Add the rounds and your own news that the file does not have yet."""
        names = {key(round_.name) for round_ in load_rounds(self._transaction.connection)}
        by_key: dict[str, Round] = {}  # names are unique: add the first round of each name
        for round_ in rounds:
            by_key.setdefault(key(round_.name), round_)
        new_rounds = [round_ for name, round_ in by_key.items() if name not in names]
        free = self.free_ids("round", [round_.id for round_ in new_rounds])
        for round_ in new_rounds:
            self._occasions.add_round(
                round_.name, round_.season, round_.kinds, round_.tags, free[round_.id]
            )
        known = {(news.day, news.text) for news in load_own_news(self._transaction.connection)}
        new = [news for news in own_news if (news.day, news.text) not in known]
        free = self.free_ids("own_news", [news.id for news in new])
        at = {"created_at": self._transaction.now, "updated_at": self._transaction.now}
        self._transaction.insert(
            OwnNewsRow,
            ({"id": free[news.id], "day": news.day, "text": news.text, **at} for news in new),
        )

    def _add(
        self,
        table: type[Any],
        name: str,
        records: Sequence[M],
        existing: Sequence[M],
        ids: Ids,
    ) -> dict[int, int]:
        """Insert the missing records; return the local ids of all, by the other file's ids."""
        known = {_content(record): record.id for record in existing}
        local = [
            record._replace(contact_id=ids[record.contact_id])
            for record in records
            if record.contact_id in ids
        ]
        found = {
            record.id: known[_content(record)] for record in local if _content(record) in known
        }
        new = [record for record in local if record.id not in found]
        found |= self.free_ids(name, [record.id for record in new])
        self._transaction.insert(table, (_columns(record, found[record.id]) for record in new))
        self._transaction.touch(*{record.contact_id for record in new})
        return found


def _columns(record: Touchpoint | Occasion, record_id: int) -> dict[str, Any]:
    columns = record._asdict() | {
        "id": record_id,
        "created_at": record.created_at.isoformat(),
        "updated_at": record.updated_at.isoformat(),
    }
    del columns["name"]
    return columns


def _content(record: Touchpoint | Occasion) -> tuple[Any, ...]:
    """Return the values that equal records share, which excludes ids and audit times."""
    if isinstance(record, Touchpoint):
        return (
            *(record.contact_id, record.day, record.channel, record.purpose),
            *(record.direction, record.note),
        )
    return (
        *(record.contact_id, record.kind, record.day, record.until),
        *(record.text, record.city, record.yours),
    )
