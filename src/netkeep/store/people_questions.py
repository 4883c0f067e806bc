"""Questions about people and touchpoints: SQL on a plain connection, the domain's values back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from netkeep.domain.contact import Contact, Detail, Position, Status, own_uid
from netkeep.domain.identity import Identity
from netkeep.domain.people import Person
from netkeep.domain.touchpoint import Channel, Purpose, Touchpoint
from netkeep.errors import NoSuchPersonError, NoSuchTouchpointError
from netkeep.store import rows
from netkeep.store.filter import ID_LIST, ORDERS, Filter, Sort, id_list, marks
from netkeep.store.questions import Questions

NAMES_COMPARED = 5_000  # at most, to suggest one: comparing 100,000 takes seconds
ANY_STATUS = tuple(Status)
ANOTHER_UID = "X-NETKEEP-ANOTHER-UID:"  # of somebody who was merged into another one


_PERSON = "SELECT c.id, c.name, c.status, c.kind, c.company, c.key FROM contact c"
_CONTACT = """
    SELECT c.id, c.name, c.status, c.kind, c.cadence, c.due_on, c.last_touch_on, c.company,
           c.title, c.city, c.school, c.met, c.met_on, c.via_id, via.name AS via_name,
           c.birthday, c.note,
           c.first_due_on, c.snoozed_until, c.dropped_on, c.drop_reason, c.created_at, c.updated_at,
           c.uid, c.snoozes
    FROM contact c LEFT JOIN contact via ON via.id = c.via_id"""
TOUCHPOINT = """
    SELECT t.id, t.day, t.contact_id, c.name, t.channel, t.purpose, t.direction, t.note,
           t.created_at, t.updated_at
    FROM touchpoint t JOIN contact c ON c.id = t.contact_id"""


class PeopleQuestions(Questions):
    """Who there is, and what was said to them and when."""

    def count(self) -> dict[Status, int]:
        """How many contacts there are of each status."""
        counted = dict(self._all("SELECT status, count(*) FROM contact GROUP BY status", (), tuple))
        return {status: counted.get(status, 0) for status in Status}

    def contacts(
        self, which: Filter, sort: Sort = Sort.name, limit: int | None = None
    ) -> list[Contact]:
        """The contacts, whole, in the order asked for."""
        where, values = which.where()
        chosen = f"FROM contact c WHERE {where} ORDER BY {ORDERS[sort]} LIMIT ?"
        values.append(-1 if limit is None else limit)
        details: defaultdict[int, defaultdict[str, list[str]]]
        details = defaultdict(lambda: defaultdict(list))
        for contact_id, detail, value in self._all(
            "SELECT contact_id, detail, value FROM detail"
            f" WHERE contact_id IN (SELECT c.id {chosen}) ORDER BY contact_id, detail, position",
            values,
            tuple,
        ):
            details[contact_id][detail].append(value)
        worked: defaultdict[int, list[Position]] = defaultdict(list)
        for contact_id, position in self._all(
            "SELECT contact_id, company, title, until FROM position"
            f" WHERE contact_id IN (SELECT c.id {chosen}) ORDER BY contact_id, until, id",
            values,
            lambda row: (row["contact_id"], rows.position(row)),
        ):
            worked[contact_id].insert(0, position)
        return self._all(
            f"{_CONTACT} WHERE {where} ORDER BY {ORDERS[sort]} LIMIT ?",
            values,
            lambda row: rows.contact(row, details[row[0]], worked[row[0]]),
        )

    def contact(self, contact_id: int) -> Contact:
        """One contact; NoSuchPersonError if nobody has this id."""
        (contact,) = self.contacts_named([contact_id])
        return contact

    def contacts_named(self, contact_ids: Sequence[int]) -> list[Contact]:
        """The contacts with these ids, in the same order; NoSuchPersonError if one has none."""
        found = {contact.id: contact for contact in self.contacts(Filter(ids=contact_ids))}
        try:
            return [found[contact_id] for contact_id in contact_ids]
        except KeyError as missing:
            raise NoSuchPersonError(f"#{missing.args[0]}") from None

    def balances(self, which: Filter) -> dict[int, int]:
        """By id, the touchpoints that were no asks of yours less those that were."""
        where, values = which.where()
        return dict(
            self._all(
                "SELECT contact_id, sum(CASE WHEN purpose = 'ask' AND direction = 'out'"
                " THEN -1 ELSE 1 END) FROM touchpoint"
                f" WHERE contact_id IN (SELECT c.id FROM contact c WHERE {where})"
                " GROUP BY contact_id",
                values,
                lambda row: (row[0], row[1]),
            )
        )

    def count_touched(self, day: date) -> int:
        """How many active contacts had their latest touchpoint on this day."""
        counted = self._all(
            "SELECT count(*) FROM contact WHERE status = 'active' AND last_touch_on = ?",
            [day.isoformat()],
            lambda row: int(row[0]),
        )
        return sum(counted)

    def people_with_id(self, contact_id: int) -> list[Person]:
        """Who has this id, if anybody."""
        return self._all(f"{_PERSON} WHERE c.id = ?", [contact_id], rows.person)

    def people_starting(self, words: str) -> list[Person]:
        """Whoever has a name in which each word of this key starts a word."""
        where, values = Filter(words={"name": words}).where()
        return self._all(f"{_PERSON} WHERE {where} ORDER BY c.key, c.id", values, rows.person)

    def people_containing(self, words: str) -> list[Person]:
        """Whoever has this key anywhere in the key of the name; looks at every name."""
        return self._all(
            f"{_PERSON} WHERE c.key LIKE ? ORDER BY c.key, c.id", [f"%{words}%"], rows.person
        )

    def names_like(self, words: str) -> list[str]:
        """Names to suggest from, those with the same first letter first."""
        return self._all(
            "SELECT name FROM contact WHERE status <> 'dropped'"
            " ORDER BY CASE WHEN key LIKE ? THEN 0 ELSE 1 END LIMIT ?",
            [f"{words[:1]}%", NAMES_COMPARED],
            lambda row: str(row[0]),
        )

    def people_with_key(self, key: str) -> list[Person]:
        """Whoever has exactly this key of the name."""
        return self._all(
            f"{_PERSON} WHERE c.status IN ({marks(ANY_STATUS)}) AND c.key = ? ORDER BY c.id",
            [*ANY_STATUS, key],
            rows.person,
        )

    def people_with(self, detail: Detail, detail_key: str) -> list[Person]:
        """Whoever has this e-mail, phone or URL."""
        return self._all(
            f"{_PERSON} JOIN detail d ON d.contact_id = c.id"
            " WHERE d.detail = ? AND d.key = ? ORDER BY c.id",
            [detail, detail_key],
            rows.person,
        )

    def identities(self) -> list[Identity]:
        """What everybody is known by, for telling who of a file is already there."""
        keys: defaultdict[int, defaultdict[str, list[str]]]
        keys = defaultdict(lambda: defaultdict(list))
        for contact_id, detail, key in self._all(
            "SELECT contact_id, detail, key FROM detail WHERE detail <> 'tag'", (), tuple
        ):
            keys[contact_id][detail].append(key)
        uids: defaultdict[int, list[str]] = defaultdict(list)
        for contact_id, line in self._all(
            "SELECT contact_id, line FROM extra WHERE line LIKE ?", [f"{ANOTHER_UID}%"], tuple
        ):
            uids[contact_id].append(line.removeprefix(ANOTHER_UID))
        return self._all(
            "SELECT id, name, company, status, uid, created_at FROM contact ORDER BY id DESC",
            (),
            lambda row: Identity(
                id=row["id"],
                name=row["name"],
                company=row["company"],
                status=Status(row["status"]),
                urls=tuple(keys[row["id"]][Detail.url]),
                emails=tuple(keys[row["id"]][Detail.email]),
                phones=tuple(keys[row["id"]][Detail.phone]),
                uid=row["uid"],
                own_uid=own_uid(row["id"], row["created_at"]),
                other_uids=tuple(uids[row["id"]]),
            ),
        )

    def extras(self, contact_ids: Sequence[int]) -> dict[int, list[str]]:
        """By contact, what imports brought that no field holds, as content lines of a vCard."""
        found: defaultdict[int, list[str]] = defaultdict(list)
        for contact_id, line in self._all(
            f"SELECT contact_id, line FROM extra WHERE contact_id IN {ID_LIST}"
            " ORDER BY contact_id, position",
            [id_list(contact_ids)],
            tuple,
        ):
            found[contact_id].append(line)
        return found

    def touchpoint(self, touchpoint_id: int) -> Touchpoint:
        """One touchpoint; NoSuchTouchpointError if none has this id."""
        for found in self._all(f"{TOUCHPOINT} WHERE t.id = ?", [touchpoint_id], rows.touchpoint):
            return found
        raise NoSuchTouchpointError(touchpoint_id)

    def timeline(
        self,
        *,
        contact_id: int | None = None,
        since: date | None = None,
        until: date | None = None,
        channel: Channel | None = None,
        purpose: Purpose | None = None,
        limit: int | None = None,
    ) -> list[Touchpoint]:
        """Touchpoints, newest first; since and until include their day."""
        narrowed = {
            "t.contact_id = ?": contact_id,
            "t.day >= ?": since and since.isoformat(),
            "t.day <= ?": until and until.isoformat(),
            "t.channel = ?": channel,
            "t.purpose = ?": purpose,
        }
        conditions = {text: value for text, value in narrowed.items() if value is not None}
        return self._all(
            f"{TOUCHPOINT} WHERE {' AND '.join(['1', *conditions])}"
            " ORDER BY t.day DESC, t.id DESC LIMIT ?",
            [*conditions.values(), -1 if limit is None else limit],
            rows.touchpoint,
        )

    def touchpoints_by_day(
        self, since: date, until: date, contact_id: int | None = None
    ) -> dict[date, int]:
        """The days from one to another on which there were touchpoints, and how many."""
        narrowed: dict[str, Any] = {"day BETWEEN ? AND ?": (str(since), str(until))}
        if contact_id is not None:
            narrowed["contact_id = ?"] = (contact_id,)
        return dict(
            self._all(
                f"SELECT day, count(*) FROM touchpoint WHERE {' AND '.join(narrowed)} GROUP BY day",
                [value for values in narrowed.values() for value in values],
                lambda row: (date.fromisoformat(row[0]), int(row[1])),
            )
        )
