"""Questions about reasons to be in touch: whom the agenda has to look at, and what it is told.

Whatever may be a reason is found by an index, a kind of reason each, so that a morning list of
twenty out of 100,000 contacts touches twenty. What is a reason is for the domain to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import Any

from netkeep.domain.agenda import Facts
from netkeep.domain.contact import Detail, Kind, detail_key
from netkeep.domain.occasions import (
    BIRTHDAY_DAYS_AFTER,
    BIRTHDAY_DAYS_BEFORE,
    NEWS_DAYS,
    Occasion,
    OwnNews,
    Window,
)
from netkeep.domain.rounds import Round, Season
from netkeep.domain.touchpoint import Touchpoint
from netkeep.errors import NoSuchOccasionError
from netkeep.store import rows
from netkeep.store.filter import ID_LIST, Filter, id_list, marks
from netkeep.store.people_questions import TOUCHPOINT, PeopleQuestions

Part = tuple[str, list[Any]]  # of SQL, and the values bound in it

WHOLE_YEAR = 366  # days
_BORN = "substr(birthday, -5)"  # as it is indexed
_OCCASION = """
    SELECT o.id, o.kind, o.contact_id, c.name, o.day, o.until, o.opens_on, o.text, o.city, o.yours,
           o.ask_id, o.done_on, o.created_at, o.updated_at, o.done_by_id
    FROM occasion o JOIN contact c ON c.id = o.contact_id"""


class ReasonQuestions(PeopleQuestions):
    """Why and when to be in touch."""

    def on_agenda(
        self, which: Filter, rounds: Sequence[Round], today: date, by: date
    ) -> list[Facts]:
        """What is known of every active contact who may have a reason that opens by a day."""
        possible = self._ids_among(_may_matter(rounds, today, by))
        where, values = which.where()
        return self.facts(
            self._all(
                f"SELECT c.id FROM contact c WHERE c.id IN {ID_LIST} AND {where}",
                [id_list(possible), *values],
                lambda row: int(row[0]),
            )
        )

    def facts(self, contact_ids: Sequence[int]) -> list[Facts]:
        """What is known of these contacts."""
        which = Filter(ids=contact_ids)
        balances = self.balances(which)
        occasions: defaultdict[int, list[Occasion]] = defaultdict(list)
        for occasion in self.occasions(contact_ids):
            occasions[occasion.contact_id].append(occasion)
        return [
            Facts(contact, tuple(occasions[contact.id]), balances.get(contact.id, 0))
            for contact in self.contacts(which)
        ]

    def occasions(self, contact_ids: Sequence[int]) -> list[Occasion]:
        """All occasions of these contacts, in the order they were noted."""
        return self._all(
            f"{_OCCASION} WHERE o.contact_id IN {ID_LIST} ORDER BY o.id",
            [id_list(contact_ids)],
            rows.occasion,
        )

    def occasion(self, occasion_id: int) -> Occasion:
        """One occasion; NoSuchOccasionError if none has this id."""
        for found in self._all(f"{_OCCASION} WHERE o.id = ?", [occasion_id], rows.occasion):
            return found
        raise NoSuchOccasionError(occasion_id)

    def rounds(self) -> list[Round]:
        """All rounds, by the day they begin."""
        kinds: defaultdict[int, list[Kind]] = defaultdict(list)
        tags: defaultdict[int, list[str]] = defaultdict(list)
        for round_id, part, value in self._all(
            "SELECT round_id, part, value FROM round_part ORDER BY round_id, part, key", (), tuple
        ):
            if part == "kind":
                kinds[round_id].append(Kind(value))
            else:
                tags[round_id].append(value)
        return self._all(
            'SELECT id, name, begins, ends FROM "round" ORDER BY begins, id',
            (),
            lambda row: Round(
                id=row["id"],
                name=row["name"],
                season=Season(rows.month_day(row["begins"]), rows.month_day(row["ends"])),
                kinds=tuple(kinds[row["id"]]),
                tags=tuple(tags[row["id"]]),
            ),
        )

    def words_in(self, one: Round, window: Window) -> dict[int, date | None]:
        """By contact in a round, the first day in the window on which you were in touch."""
        active = self._all(
            f"SELECT id FROM contact WHERE id IN {ID_LIST} AND status = 'active' ORDER BY key, id",
            [id_list(self._ids_among(_in_round(one)))],
            lambda row: int(row[0]),
        )
        days = dict(
            self._all(
                "SELECT contact_id, min(day) FROM touchpoint"
                f" WHERE contact_id IN {ID_LIST} AND day BETWEEN ? AND ? GROUP BY contact_id",
                [id_list(active), str(window.since), str(window.until)],
                lambda row: (row[0], rows.day(row[1])),
            )
        )
        return {contact_id: days.get(contact_id) for contact_id in active}

    def own_news(self, after: date | None = None) -> list[OwnNews]:
        """Your news, newest first; with a day, only what came after it: to count costs steps."""
        return self._all(
            "SELECT id, day, text, (SELECT count(*) FROM contact"
            " WHERE status = 'active' AND last_touch_on >= own_news.day) AS heard_by"
            " FROM own_news WHERE day > ? ORDER BY day DESC, id DESC",
            ["" if after is None else after.isoformat()],
            rows.own_news,
        )

    def asked(self) -> list[int]:
        """Active contacts of whom you ever asked something."""
        return self._all(
            "SELECT DISTINCT t.contact_id FROM touchpoint t JOIN contact c ON c.id = t.contact_id"
            " WHERE t.purpose = 'ask' AND t.direction = 'out' AND c.status = 'active'",
            (),
            lambda row: int(row[0]),
        )

    def touchpoints_with(self, contact_ids: Sequence[int]) -> dict[int, list[Touchpoint]]:
        """By contact, all their touchpoints, oldest first."""
        found: defaultdict[int, list[Touchpoint]] = defaultdict(list)
        for touchpoint in self._all(
            f"{TOUCHPOINT} WHERE t.contact_id IN {ID_LIST} ORDER BY t.day, t.id",
            [id_list(contact_ids)],
            rows.touchpoint,
        ):
            found[touchpoint.contact_id].append(touchpoint)
        return found

    def _ids_among(self, parts: Iterable[Part]) -> list[int]:
        """The ids that any of these questions finds, asked one by one: SQL joins 500 at most."""
        found = (self._all(sql, values, lambda row: int(row[0])) for sql, values in parts)
        return sorted(set(chain.from_iterable(found)))


def _may_matter(rounds: Sequence[Round], today: date, by: date) -> Iterator[Part]:
    """A question for ids a kind of reason, none of which looks at more than may be open."""
    yield "SELECT id FROM contact WHERE due_on <= ?", [str(by)]
    occasion = "SELECT contact_id AS id FROM occasion WHERE done_on IS NULL AND kind ="
    since = today - timedelta(days=NEWS_DAYS)
    yield f"{occasion} 'news' AND opens_on BETWEEN ? AND ?", [str(since), str(by)]
    yield f"{occasion} 'visit' AND until >= ? AND opens_on <= ?", [str(today), str(by)]
    yield f"{occasion} 'promise' AND opens_on <= ?", [str(by)]
    first, last = (
        today - timedelta(days=BIRTHDAY_DAYS_AFTER),
        by + timedelta(days=BIRTHDAY_DAYS_BEFORE),
    )
    for begins, ends in _days_of_year(first, last):
        yield f"SELECT id FROM contact WHERE {_BORN} BETWEEN ? AND ?", [begins, ends]
    for one in rounds:
        window = one.season.window(today)
        if window.since <= by:
            yield from _in_round(one, "last_touch_on IS NULL")
            yield from _in_round(one, "last_touch_on < ?", str(window.since))
        if one.season.after(window).since <= by:
            yield from _in_round(one)  # whoever had a word this time has none the next


def _days_of_year(first: date, last: date) -> Iterator[tuple[str, str]]:
    """The days of the year from one day to another, in one range of `MM-DD` or two."""
    begins, ends = f"{first:%m-%d}", f"{last:%m-%d}"
    if ends == "02-28":
        ends = "02-29"  # which is kept on that day in common years
    if (last - first).days >= WHOLE_YEAR:
        yield "01-01", "12-31"
    elif begins <= ends:
        yield begins, ends
    else:
        yield begins, "12-31"
        yield "01-01", ends


def _in_round(one: Round, where: str = "1", *values: str) -> Iterator[Part]:
    """Whom a round includes, as the domain says it, a question a way to be in it."""
    active = f"SELECT id FROM contact WHERE status = 'active' AND {where}"
    if not (one.kinds or one.tags):
        yield active, [*values]
    if one.kinds:
        yield f"{active} AND kind IN ({marks(one.kinds)})", [*values, *one.kinds]
    if one.tags:
        tags = [detail_key(Detail.tag, tag) for tag in one.tags]
        tagged = "SELECT id FROM detail CROSS JOIN contact ON id = contact_id WHERE detail = 'tag'"
        yield f"{tagged} AND detail.key IN ({marks(tags)}) AND {where}", [*tags, *values]
