"""Note news, visits, promises, rounds and your own news."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from netkeep.domain.contact import ContactFields, Detail, Kind, detail_key, distinct
from netkeep.domain.correspondence import NewTouchpoint, days_around
from netkeep.domain.lifecycle import has_later_change, past_position
from netkeep.domain.occasions import Occasion, OccasionFields, OccasionKind, OwnNews, opens_on
from netkeep.domain.rounds import Round, Season
from netkeep.domain.text import key
from netkeep.errors import NoSuchOccasionError, NoSuchOwnNewsError
from netkeep.store.queries.agenda import (
    load_occasions,
    load_occasions_by_id,
    load_own_news,
    load_rounds,
)
from netkeep.store.queries.contacts import load_contact
from netkeep.store.schema import OccasionRow, OwnNewsRow, PositionRow, RoundPartRow, RoundRow
from netkeep.store.transaction import Transaction


@dataclass
class Occasions:
    """Writes occasions, rounds and your own news."""

    _transaction: Transaction
    _today: date

    def add_news(self, contact_id: int, text: str, day: date, fields: ContactFields) -> Occasion:
        """Note news, and set these fields; the position that it ends is kept.

        News that is older than a known change of position sets no field.
        """
        self.change_position(contact_id, fields, day)
        (occasion,) = self.add([contact_id], {"kind": OccasionKind.news, "day": day, "text": text})
        return occasion

    def change_position(self, contact_id: int, fields: ContactFields, day: date) -> None:
        """Set the position of a contact from a day on, unless a later change is known."""
        contact = load_contact(self._transaction.connection, contact_id)
        ended = past_position(contact, fields, day)
        if ended and not has_later_change(contact, day):
            if ended.company or ended.title:
                self._transaction.session.add(PositionRow(contact_id=contact_id, **ended._asdict()))
            row = self._transaction.contact_row(contact_id)
            for name, value in fields.items():
                setattr(row, name, value)
            row.updated_at = self._transaction.now

    def add_visit(
        self,
        contact_ids: Sequence[int],
        arrival: date,
        until: date,
        city: str | None,
        *,
        yours: bool,
    ) -> list[Occasion]:
        """Note that these contacts come to visit or, with `yours`, that you visit them."""
        fields = OccasionFields(
            kind=OccasionKind.visit, day=arrival, until=until, city=city, yours=yours
        )
        return self.add(contact_ids, fields)

    def add_promise(self, contact_ids: Sequence[int], text: str, by: date) -> list[Occasion]:
        """Note a promise to each of these contacts, to be done by a day."""
        return self.add(contact_ids, {"kind": OccasionKind.promise, "day": by, "text": text})

    def add(
        self, contact_ids: Sequence[int], fields: OccasionFields, ask_id: int | None = None
    ) -> list[Occasion]:
        """Note an occasion with each contact; `ask_id` is for promises to say thanks."""
        rows = []
        for contact_id in contact_ids:
            last_touch_on = self._transaction.contact_row(contact_id).last_touch_on
            row = OccasionRow(
                contact_id=contact_id,
                opens_on=opens_on(fields["kind"], fields["day"], last_touch_on),
                ask_id=ask_id,
                created_at=self._transaction.now,
                updated_at=self._transaction.now,
                **fields,
            )
            self._transaction.session.add(row)
            rows.append(row)
        self._transaction.session.flush()
        return load_occasions_by_id(self._transaction.connection, [row.id or 0 for row in rows])

    def open_after(self, contact_id: int, touchpoints: Sequence[NewTouchpoint]) -> None:
        """Open visits after the imported touchpoints before which they were not known."""
        for occasion in load_occasions(self._transaction.connection, [contact_id]):
            before, _ = days_around(touchpoints, occasion.created_at)
            opens = opens_on(occasion.kind, occasion.day, before)
            if before and occasion.done_on is None and opens > occasion.opens_on:
                row = self.row(occasion.id)
                row.opens_on, row.updated_at = opens, self._transaction.now

    def settle(
        self, occasion_ids: Sequence[int], day: date, by_id: int | None = None
    ) -> list[Occasion]:
        """Mark occasions as done on a day, by the touchpoint with the id `by_id` if given.

        Return those that were not done before; the others stay unchanged.
        """
        rows = [self.row(occasion_id) for occasion_id in occasion_ids]
        settled = [row for row in rows if row.done_on is None]
        for row in settled:
            row.done_on, row.done_by_id, row.updated_at = day, by_id, self._transaction.now
        return load_occasions_by_id(self._transaction.connection, [row.id or 0 for row in settled])

    def add_round(
        self,
        name: str,
        season: Season,
        kinds: Sequence[Kind],
        tags: Sequence[str],
        round_id: int | None = None,
    ) -> Round:
        """Add a round for contacts of these kinds or with these tags."""
        row = RoundRow(
            id=round_id,
            name=name,
            key=key(name),
            begins=str(season.begins),
            ends=str(season.ends),
            created_at=self._transaction.now,
            updated_at=self._transaction.now,
        )
        self._transaction.session.add(row)
        self._transaction.session.flush()
        self.add_round_parts(row.id or 0, kinds, tags)
        rounds = load_rounds(self._transaction.connection)
        return next(round_ for round_ in rounds if round_.id == row.id)

    def add_round_parts(self, round_id: int, kinds: Sequence[Kind], tags: Sequence[str]) -> None:
        """Add the kinds and tags of a round."""
        parts = [("kind", kind.value, kind.value) for kind in dict.fromkeys(kinds)]
        parts += [("tag", detail_key(Detail.tag, tag), tag) for tag in distinct(Detail.tag, tags)]
        self._transaction.session.add_all(
            RoundPartRow(round_id=round_id, part=part, key=part_key, value=value)
            for part, part_key, value in parts
        )

    def remove_round(self, round_id: int) -> None:
        """Remove a round."""
        self._transaction.session.delete(self._transaction.get(RoundRow, round_id))

    def add_own_news(self, text: str) -> OwnNews:
        """Note news of your own, as of today."""
        now = self._transaction.now
        row = OwnNewsRow(day=self._today, text=text, created_at=now, updated_at=now)
        self._transaction.session.add(row)
        self._transaction.session.flush()
        return self._own_news(row.id or 0)

    def remove_own_news(self, news_id: int) -> OwnNews:
        """Remove news of your own, and return it."""
        removed = self._own_news(news_id)
        self._transaction.session.delete(self._transaction.get(OwnNewsRow, news_id))
        return removed

    def row(self, occasion_id: int) -> OccasionRow:
        """Return the row of an occasion; raise NoSuchOccasionError."""
        row = self._transaction.get(OccasionRow, occasion_id)
        if row is None:
            raise NoSuchOccasionError(occasion_id)
        return row

    def _own_news(self, news_id: int) -> OwnNews:
        for news in load_own_news(self._transaction.connection):
            if news.id == news_id:
                return news
        raise NoSuchOwnNewsError(news_id)
