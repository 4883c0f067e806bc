"""Verbs about reasons to be in touch: news, visits and promises, rounds, your own news."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from netkeep.domain.balance import thanks_for
from netkeep.domain.contact import ContactFields, Detail, Kind, detail_key, distinct
from netkeep.domain.occasions import Occasion, OccasionFields, OccasionKind, OwnNews, opens_on
from netkeep.domain.rounds import Round, Season
from netkeep.domain.text import key
from netkeep.domain.touchpoint import Touchpoint
from netkeep.errors import NoSuchOccasionError, NoSuchOwnNewsError
from netkeep.store.changes import Changes
from netkeep.store.models import OccasionRow, OwnNewsRow, PositionRow, RoundPartRow, RoundRow


class ReasonVerbs(Changes):
    """Changes why and when to be in touch."""

    def news(self, contact_id: int, words: str, day: date, fields: ContactFields) -> Occasion:
        """Note news of someone; what it changes of where they work is kept as it was before.

        News from before the latest change of it changes nothing.
        """
        row = self._row(contact_id)
        newer = any(position.until > day for position in self.ask.contact(contact_id).worked)
        if not newer and any(getattr(row, name) != value for name, value in fields.items()):
            if row.company or row.title:
                self._session.add(
                    PositionRow(
                        contact_id=contact_id, company=row.company, title=row.title, until=day
                    )
                )
            self._apply(row, fields)
            self._save(row)
            self._write_contact_passage(contact_id)
        (occasion,) = self._note(
            [contact_id], {"kind": OccasionKind.news, "day": day, "text": words}
        )
        return occasion

    def visit(
        self, contact_ids: Sequence[int], arrival: date, until: date, city: str | None, yours: bool
    ) -> list[Occasion]:
        """Note that they come to town, or that you come to theirs."""
        fields = OccasionFields(
            kind=OccasionKind.visit, day=arrival, until=until, city=city, yours=yours
        )
        return self._note(contact_ids, fields)

    def promise(self, contact_ids: Sequence[int], words: str, by: date) -> list[Occasion]:
        """Note what you promised to each of them, to be done by a day."""
        return self._note(contact_ids, {"kind": OccasionKind.promise, "day": by, "text": words})

    def done(
        self, occasion_ids: Iterable[int], day: date, by_id: int | None = None
    ) -> list[Occasion]:
        """Settle occasions as of a day, perhaps by a touchpoint, without which they are open.

        Those that are done already stay as they are, and are not returned.
        """
        rows = (self._occasion_row(occasion_id) for occasion_id in occasion_ids)
        settled = [row for row in rows if row.done_on is None]
        for row in settled:
            row.done_on, row.done_by_id, row.updated_at = day, by_id, self._now
            self._session.add(row)
        self._session.flush()
        return [self.ask.occasion(row.id or 0) for row in settled]

    def add_round(
        self,
        name: str,
        season: Season,
        kinds: Sequence[Kind],
        tags: Sequence[str],
        round_id: int | None = None,
    ) -> Round:
        """Add a round for people of these kinds and with these tags, by the next id or this one."""
        row = RoundRow(
            id=round_id,
            name=name,
            key=key(name),
            begins=str(season.begins),
            ends=str(season.ends),
            created_at=self._now,
            updated_at=self._now,
        )
        self._session.add(row)
        self._session.flush()
        parts = [("kind", kind.value, kind.value) for kind in dict.fromkeys(kinds)]
        parts += [("tag", detail_key(Detail.tag, tag), tag) for tag in distinct(Detail.tag, tags)]
        self._insert(
            RoundPartRow,
            (
                {"round_id": row.id, "part": part, "key": part_key, "value": value}
                for part, part_key, value in parts
            ),
        )
        return next(one for one in self.ask.rounds() if one.id == row.id)

    def remove_round(self, round_id: int) -> None:
        """Remove a round."""
        self._session.delete(self._get(RoundRow, round_id))
        self._session.flush()

    def tell(self, words: str) -> OwnNews:
        """Note news of your own, as of today."""
        row = OwnNewsRow(day=self._today, text=words, created_at=self._now, updated_at=self._now)
        self._session.add(row)
        self._session.flush()
        return next(news for news in self.ask.own_news() if news.id == row.id)

    def remove_own_news(self, news_id: int) -> OwnNews:
        """Remove news of your own, and return it."""
        row = self._get(OwnNewsRow, news_id)
        if row is None:
            raise NoSuchOwnNewsError(news_id)
        removed = next(news for news in self.ask.own_news() if news.id == news_id)
        self._session.delete(row)
        self._session.flush()
        return removed

    def _note(
        self, contact_ids: Sequence[int], fields: OccasionFields, ask_id: int | None = None
    ) -> list[Occasion]:
        noted = [
            OccasionRow(
                contact_id=contact_id,
                opens_on=opens_on(
                    fields["kind"], fields["day"], self._row(contact_id).last_touch_on
                ),
                ask_id=ask_id,
                created_at=self._now,
                updated_at=self._now,
                **fields,
            )
            for contact_id in contact_ids
        ]
        self._session.add_all(noted)
        self._session.flush()
        for row in noted:
            self._write_passage("occasion", row.id or 0, row.contact_id, [row.text, row.city])
        return [self.ask.occasion(row.id or 0) for row in noted]

    def _keep_thanks(self, contact_id: int, thanks_after: int) -> None:
        """Keep the promises of thanks in step with what was asked, and thanked for.

        There is one for the first ask of each time you asked without thanks, so many days after
        it; none is made for 0. What was done by hand stays so.
        """
        promises = {row.ask_id: row for row in self._session.exec(_promises_of_thanks(contact_id))}
        touchpoints = {one.id: one for one in self.ask.touchpoints_with([contact_id])[contact_id]}
        waiting: list[int] = []
        for ask_id, thanks in thanks_for(touchpoints.values()).items():
            promise = promises.pop(ask_id, None)
            if promise and promise.done_on and promise.done_by_id is None:
                waiting.clear()
            elif promise:
                promise.done_on, promise.done_by_id = (
                    (thanks.day, thanks.id) if thanks else (None, None)
                )
                self._session.add(promise)
            if not thanks and not (promise and promise.done_on):
                waiting.append(ask_id)
        for promise in promises.values():  # of what is no ask any more
            self._erase_passages("occasion", [promise.id or 0])
            self._session.delete(promise)
        self._session.flush()
        if thanks_after and waiting and not self._open_thanks(contact_id):
            ask = touchpoints[waiting[0]]
            fields = OccasionFields(
                kind=OccasionKind.promise,
                day=ask.day + timedelta(days=thanks_after),
                text=f"thank {ask.name}",
            )
            self._note([contact_id], fields, ask_id=ask.id)

    def _open_thanks(self, contact_id: int) -> bool:
        occasions = self.ask.occasions([contact_id])
        return any(one.ask_id and one.done_on is None for one in occasions)

    def _move_thanks(self, before: Touchpoint, now: Touchpoint) -> None:
        """Move the promise of thanks for an ask along with it."""
        for row in self._session.exec(select(OccasionRow).where(OccasionRow.ask_id == now.id)):
            row.day += now.day - before.day
            row.opens_on = row.day
            self._session.add(row)
        self._session.flush()

    def _reopen(self, touchpoint_id: int) -> None:
        """Open again what was done with a touchpoint."""
        for row in self._session.exec(
            select(OccasionRow).where(OccasionRow.done_by_id == touchpoint_id)
        ):
            row.done_on = row.done_by_id = None
            self._session.add(row)
        self._session.flush()

    def _occasion_row(self, occasion_id: int) -> OccasionRow:
        row = self._get(OccasionRow, occasion_id)
        if row is None:
            raise NoSuchOccasionError(occasion_id)
        return row


def _promises_of_thanks(contact_id: int) -> Any:
    return select(OccasionRow).where(
        OccasionRow.contact_id == contact_id, col(OccasionRow.ask_id).is_not(None)
    )
