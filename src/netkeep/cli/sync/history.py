"""Touchpoints, visits, news, your news and rounds as events."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netkeep.cli.context import Context
from netkeep.cli.sync.items import Engine, Ours, Part, Theirs
from netkeep.domain.contact import Detail, Kind, Status
from netkeep.domain.occasions import Occasion, OccasionKind, opens_on
from netkeep.domain.people import Person, Tier, match_people
from netkeep.domain.rounds import Season, parse_month_day
from netkeep.domain.text import key, parse_text
from netkeep.domain.touchpoint import (
    CHANNEL_WORDS,
    Channel,
    Direction,
    Purpose,
    Touchpoint,
    TouchpointFields,
)
from netkeep.errors import BadValueError
from netkeep.exchange.shared_calendar import (
    FOREIGN,
    TYPES,
    Event,
    mark_event,
    read_event,
    write_event,
)
from netkeep.exchange.vdir import Folder
from netkeep.output import sentences
from netkeep.store.queries.agenda import load_occasions, load_own_news, load_rounds
from netkeep.store.queries.contacts import people_by_key, people_by_word_starts
from netkeep.store.queries.identities import people_by_detail
from netkeep.store.queries.sync import (
    TABLES,
    SyncItem,
    load_created_at,
    name_uid,
    names_by_id,
    row_uid,
)
from netkeep.store.queries.touchpoints import load_touchpoints

if TYPE_CHECKING:
    from netkeep.store.repository import Repository

# Words of a title such as "Lunch with Ada Lovelace" that do not belong to the name.
SMALL_WORDS = {"with", "and", "to", "from", "for", "at", "the", "a", "an", "re"}
TITLE_WORDS = CHANNEL_WORDS | {"drinks": Channel.meal}


class History:
    """What was said and what happens, and how events change it."""

    def __init__(
        self,
        context: Context,
        connection: sqlite3.Connection,
        bases: dict[str, SyncItem],
        contact_uids: Mapping[int, str],
    ) -> None:
        self._context = context
        self._bases = bases
        self._contact_uids = contact_uids
        self._contacts = {uid: contact_id for contact_id, uid in contact_uids.items()}
        self._names = names_by_id(connection, list(contact_uids))
        self._uids = {(base.type, base.row_id): uid for uid, base in bases.items()}
        self._messages: list[str] = []
        self._removed: defaultdict[str, Counter[str]] = defaultdict(Counter)  # types, by name
        self._new: list[tuple[int, int, TouchpointFields]] = []  # added all at once at the end
        self._ours = self._load(connection)
        self._unbound: defaultdict[str, list[str]] = defaultdict(list)
        for uid, mine in self._ours.items():
            if uid not in bases:
                self._unbound[_content(mine.type, mine.values)].append(uid)

    @property
    def ours(self) -> Mapping[str, Ours]:
        """All history of the contacts that are shared, by UID."""
        return self._ours

    def synchronise(self, repository: Repository, path: Path, folder: Folder) -> Engine:
        """Synchronise all history with a folder of events."""
        self._repository = repository
        part = Part(
            name="history",
            suffix=".ics",
            read=self._read,
            take=self._take,
            update=self._update,
            remove=self._remove,
            render=self._render,
        )
        engine = Engine(part, repository, path, folder, self._ours, self._bases)
        self._next_id = repository.sync.next_touchpoint_id()
        engine.run()
        repository.sync.add_touchpoints(self._new)
        engine.report.messages += self._messages
        engine.report.messages += starmap(sentences.removed_by_sync, self._removed.items())
        return engine

    def _load(self, connection: sqlite3.Connection) -> dict[str, Ours]:
        ids = list(self._contact_uids)
        created = {table: load_created_at(connection, table) for table in set(TABLES.values())}

        def uid(type_: str, row_id: int) -> str:
            table = TABLES[type_]
            return self._uids.get((type_, row_id)) or row_uid(table, row_id, created[table][row_id])

        ours = {}
        for touchpoints in load_touchpoints(connection, ids).values():
            for touchpoint in touchpoints:
                ours[uid("touchpoint", touchpoint.id)] = self._touchpoint(touchpoint)
        for occasion in load_occasions(connection, ids):
            if occasion.kind is not OccasionKind.promise:
                ours[uid(occasion.kind, occasion.id)] = self._occasion(occasion)
        for news in load_own_news(connection):
            values = {"day": str(news.day), "text": news.text}
            ours[uid("own-news", news.id)] = Ours("own-news", news.id, "your news", values)
        for round_ in load_rounds(connection):
            season: dict[str, Any] = {
                "name": round_.name,
                "begins": str(round_.season.begins),
                "ends": str(round_.season.ends),
                "kinds": tuple(map(str, round_.kinds)),
                "tags": round_.tags,
            }
            round_uid = self._uids.get(("round", round_.id)) or name_uid("round", key(round_.name))
            ours[round_uid] = Ours("round", round_.id, round_.name, season)
        return ours

    def _touchpoint(self, touchpoint: Touchpoint) -> Ours:
        values = {
            "contact": self._contact_uids[touchpoint.contact_id],
            "day": str(touchpoint.day),
            "channel": str(touchpoint.channel),
            "purpose": str(touchpoint.purpose),
            "direction": str(touchpoint.direction),
            "note": touchpoint.note,
        }
        return Ours("touchpoint", touchpoint.id, touchpoint.name, values)

    def _occasion(self, occasion: Occasion) -> Ours:
        all_values = {
            "contact": self._contact_uids[occasion.contact_id],
            "day": str(occasion.day),
            "until": str(occasion.until) if occasion.until else None,
            "city": occasion.city,
            "text": occasion.text,
            "yours": "1" if occasion.yours else None,
            "opens_on": str(occasion.opens_on),
            "done_on": str(occasion.done_on) if occasion.done_on else None,
        }
        values = {name: all_values[name] for name in TYPES[occasion.kind]}
        return Ours(str(occasion.kind), occasion.id, occasion.name, values)

    def _read(self, content: bytes) -> Theirs:
        event = read_event(content)
        if event.type is None:  # of another program: all that it may change of a touchpoint
            values = {name: event.values.get(name) for name in ("day", "note")}
            return Theirs("touchpoint", values, event)
        return Theirs(event.type, event.values, event)

    def _take(self, _uid: str, theirs: Theirs) -> Ours | None:
        """Add what a new event says, unless its contact is unknown: name it then."""
        event: Event = theirs.detail
        if event.type is None:
            return self._take_foreign(event)
        if event.type == "round" and self._has_round(event.values):
            self._messages.append(
                f'"{event.summary}" is left alone: there is already a round with this name'
            )
            return None
        same = self._unbound.get(_content(event.type, event.values))
        if same:
            return self._bind(same.pop())
        contact_uid = event.values.get("contact")
        if "contact" in TYPES[event.type] and contact_uid not in self._contacts:
            self._messages.append(
                f'"{event.summary}" is left alone: its contact is not in this database'
            )
            return None
        return self._put(event.type, None, _complete(event.type, event.values))

    def _has_round(self, values: Mapping[str, Any]) -> bool:
        """Return whether there is a round of this name, by which computers know them."""
        name = key(values.get("name") or "")
        return any(mine.type == "round" and key(mine.name) == name for mine in self._ours.values())

    def _bind(self, uid: str) -> Ours:
        """Return an item of ours that is the same as a new event, which has its own UID."""
        return self._ours.pop(uid)

    def _take_foreign(self, event: Event) -> Ours | None:
        """Log a touchpoint for an event of another program, if it is clear who it was with."""
        day = date.fromisoformat(event.values["day"])
        if day > self._context.today or event.is_cancelled:
            return None
        found = self._people_at(event)
        if event.recurs or len(found) != 1:
            why = "it recurs" if event.recurs else _who(found)
            self._messages.append(f'"{event.summary}" on {day} is left alone: {why}')
            return None
        (person,) = found
        values = {
            "contact": self._contact_uids[person.id],
            "day": str(day),
            "channel": str(_channel(event.summary)),
            "purpose": str(Purpose.catch_up),
            "direction": str(Direction.out),
            "note": event.values.get("note"),
        }
        self._repository.sync.end_snooze(person.id, day)
        return self._put("touchpoint", None, values)

    def _people_at(self, event: Event) -> list[Person]:
        """Return the contacts an event is with: by address, or else by the name in its title."""
        connection = self._repository.connection
        by_address = [
            person
            for address in event.attendees
            for person in people_by_detail(connection, Detail.email, address.casefold())
            if person.id in self._contact_uids
        ]
        if by_address:
            return list({person.id: person for person in by_address}.values())
        words = [
            word
            for word in key(event.summary).split()
            if word not in SMALL_WORDS and word not in TITLE_WORDS
        ]
        if not words:
            return []
        typed = " ".join(words)

        def shared(people: Iterable[Person]) -> list[Person]:
            return [person for person in people if person.id in self._contact_uids]

        def read(tier: Tier, status: Status) -> list[Person]:
            if tier is Tier.anywhere:
                return []
            return shared(people_by_word_starts(connection, typed, status))

        return match_people(typed, shared(people_by_key(connection, typed)), read)

    def _update(self, _uid: str, mine: Ours, values: dict[str, Any]) -> Ours:
        if "contact" in values and values["contact"] not in self._contacts:
            raise BadValueError("its contact is not in this database")
        return self._put(mine.type, mine.row_id, values)

    def _put(self, type_: str, row_id: int | None, values: Mapping[str, Any]) -> Ours:
        """Add a row with these values, or set them on one that is here."""
        sync = self._repository.sync
        match type_:
            case "touchpoint":
                return self._put_touchpoint(row_id, values)
            case "own-news":
                news_id = sync.put_own_news(
                    row_id, date.fromisoformat(values["day"]), values["text"]
                )
                return Ours(type_, news_id, "your news", dict(values))
            case "round":
                return self._put_round(row_id, values)
            case _:
                return self._put_occasion(type_, row_id, values)

    def _put_touchpoint(self, row_id: int | None, values: Mapping[str, Any]) -> Ours:
        contact_id = self._contacts[values["contact"]]
        fields = TouchpointFields(
            day=min(date.fromisoformat(values["day"]), self._context.today),
            channel=Channel(values["channel"]),
            purpose=Purpose(values["purpose"]),
            direction=Direction(values["direction"]),
            note=values["note"] and parse_text(values["note"], "note"),
        )
        if row_id is not None:
            amended = self._repository.touchpoints.amend(row_id, fields, contact_id)
            return self._touchpoint(amended)
        row_id = self._next_id + len(self._new)
        self._new.append((row_id, contact_id, fields))
        shown = {**values, "day": str(fields["day"]), "note": fields["note"]}
        return Ours("touchpoint", row_id, self._names.get(contact_id, ""), shown)

    def _put_round(self, row_id: int | None, values: Mapping[str, Any]) -> Ours:
        season = Season(parse_month_day(values["begins"]), parse_month_day(values["ends"]))
        kinds = [Kind(kind) for kind in values["kinds"]]
        if row_id is None:
            repository = self._repository.occasions
            row_id = repository.add_round(values["name"], season, kinds, values["tags"]).id
        else:
            self._repository.sync.put_round(row_id, values["name"], season, kinds, values["tags"])
        return Ours("round", row_id, values["name"], dict(values))

    def _put_occasion(self, type_: str, row_id: int | None, values: Mapping[str, Any]) -> Ours:
        contact_id = self._contacts[values["contact"]]
        day = date.fromisoformat(values["day"])
        opens = values.get("opens_on")
        done = values.get("done_on")
        until = values.get("until")
        fields = {
            "kind": type_,
            "day": day,
            "until": max(day, date.fromisoformat(until)) if until else None,
            "opens_on": date.fromisoformat(opens)
            if opens
            else opens_on(OccasionKind(type_), day, None),
            "text": values.get("text"),
            "city": values.get("city"),
            "yours": bool(values.get("yours")),
            "done_on": date.fromisoformat(done) if done else None,
        }
        if row_id is None:
            row_id = self._repository.sync.add_occasion(contact_id, fields)
        else:
            self._repository.sync.change_occasion(row_id, contact_id, fields)
        name = self._names.get(contact_id, "")
        return Ours(type_, row_id, name, dict(values) | {"opens_on": str(fields["opens_on"])})

    def _remove(self, _uid: str, mine: Ours) -> None:
        self._removed[mine.name][mine.type] += 1
        if mine.type == "touchpoint":
            self._repository.touchpoints.delete(mine.row_id)
        else:
            self._repository.sync.delete_row(mine.type, mine.row_id)

    def _render(self, uid: str, mine: Ours, before: bytes | None, *copies: bytes) -> bytes:
        now = self._context.now
        if before and mine.type == "touchpoint" and not copies:
            event = read_event(before)
            is_same = all(mine.values[name] == event.values.get(name) for name in FOREIGN)
            if not event.type and is_same and mine.values["channel"] == _channel(event.summary):
                return mark_event(before, mine.values)  # it keeps its hours and its title
        return write_event(mine.type, mine.values, mine.name, uid, now, before, *copies)


def _content(type_: str, values: Mapping[str, Any]) -> str:
    return repr((type_, [values.get(name) for name in TYPES[type_]]))


def _complete(type_: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Fill in what an event of netkeep lacks after another program has changed it."""
    defaults: dict[str, Any] = dict.fromkeys(TYPES[type_])
    if type_ == "touchpoint":
        defaults |= {"channel": "other", "purpose": "catch-up", "direction": "out"}
    complete = {**defaults, **{name: value for name, value in values.items() if value is not None}}
    for name in ("text", "name"):
        if name in complete and not complete[name]:
            raise BadValueError(f"it has no {name}")
    return complete


def _channel(summary: str) -> Channel:
    """Return the channel that the title of an event names; a meeting if it names none."""
    words = key(summary).split()
    return next((TITLE_WORDS[word] for word in words if word in TITLE_WORDS), Channel.meeting)


def _who(found: Sequence[Person]) -> str:
    if not found:
        return "no contact matches it"
    return f"it matches {len(found)} contacts"
