"""Synchronise tasks: who is due and what you promised, ticked, moved or deleted on a phone."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from netkeep.cli.agenda import load_agenda
from netkeep.cli.context import Context
from netkeep.cli.sync.items import Report, Write, dumps, loads
from netkeep.domain.agenda import Nudge
from netkeep.domain.contact import Status
from netkeep.domain.occasions import Occasion, OccasionKind
from netkeep.domain.sync import join_notes
from netkeep.domain.text import parse_text
from netkeep.domain.touchpoint import TouchpointFields
from netkeep.errors import BadValueError, NoSuchOccasionError
from netkeep.exchange.shared_calendar import Task, read_task, write_done_task, write_task
from netkeep.exchange.vdir import Folder, Item
from netkeep.store.queries.agenda import load_occasions, load_occasions_by_id
from netkeep.store.queries.contacts import EVERYONE, load_contacts_by_id
from netkeep.store.queries.sync import SyncItem, name_uid
from netkeep.store.queries.touchpoints import load_touchpoints

if TYPE_CHECKING:
    from netkeep.store.repository import Repository

DUE, PROMISE, PLACEHOLDER = "due", "promise", "placeholder"
PLACEHOLDER_UID = "netkeep-tasks"


class Wanted(NamedTuple):
    """A task that has to be in the folder; `row_id` is the contact or the promise."""

    type: str
    row_id: int
    name: str
    summary: str
    due: date | None
    description: str
    promise: tuple[str, str] | None = None

    @property
    def values(self) -> dict[str, str]:
        """The values to compare with those in the folder."""
        return {"due": str(self.due), "description": self.description}


class Tasks:
    """The shared tasks, and the changes from ticking, moving and deleting them."""

    def __init__(
        self,
        context: Context,
        connection: sqlite3.Connection,
        bases: Mapping[str, SyncItem],
        contact_uids: Mapping[int, str],
        history: dict[str, SyncItem],
    ) -> None:
        self.report = Report("tasks")
        self.writes: list[Write] = []
        self._context = context
        self._contact_uids = contact_uids
        self._bases = bases
        self._history = history  # gains the touchpoints of ticked tasks
        self._dismissed = {uid for uid, base in bases.items() if base.file is None}
        self._finished: set[str] = set()
        self._before = self._wanted(connection)

    @property
    def is_unchanged(self) -> bool:
        """Whether the agenda has the same tasks as after the last synchronisation."""
        return self._before.keys() == self._bases.keys() and all(
            uid in self._dismissed or self._bases[uid].theirs == dumps(task.values)
            for uid, task in self._before.items()
        )

    def follow(self, repository: Repository, folder: Folder) -> None:
        """Apply what was done with tasks in the folder."""
        self._repository = repository
        self._folder = folder
        self._left_alone = {file.name for file in folder.problems}
        for file, why in folder.problems.items():
            self.report.messages.append(f"{file} is left alone: {why}")
        for uid, item in folder.items.items():
            if self._is_known(uid) and uid != PLACEHOLDER_UID:
                self._follow(uid, item, self._bases.get(uid), self._before.get(uid))
        there = {**folder.items, **folder.unchanged}
        for uid, base in self._bases.items():
            was_there = base.file and base.theirs and base.type != PLACEHOLDER
            if was_there and uid not in there and base.file not in self._left_alone:
                self._dismiss(uid, base)

    def write(self, path: Path, contact_uids: Mapping[int, str]) -> None:
        """Add new promises from the folder, then update the folder from the agenda."""
        self._path = path
        self._contact_uids = contact_uids
        self._take_promises()
        wanted = self._wanted(self._repository.connection)
        new = [
            uid
            for uid in wanted.keys() - {PLACEHOLDER_UID}
            if uid in self._folder.items and not self._is_known(uid)
        ]
        for uid in new:  # of contacts that this synchronisation has added
            self._follow(uid, self._folder.items[uid], None, wanted[uid])
        self._write(self._wanted(self._repository.connection) if new else wanted)

    def _is_known(self, uid: str) -> bool:
        return uid in self._bases or uid in self._before

    def _wanted(self, connection: sqlite3.Connection) -> dict[str, Wanted]:
        today = self._context.today
        wanted = {}
        nudges = [
            nudge
            for nudge in load_agenda(connection, EVERYONE, today)
            if nudge.due_on and nudge.due_on <= today and nudge.id in self._contact_uids
        ]
        for nudge in nudges:
            uid = name_uid(DUE, f"{self._contact_uids[nudge.id]}:{nudge.due_on}")
            wanted[uid] = _due_task(nudge)
        for occasion in load_occasions(connection, list(self._contact_uids)):
            if occasion.kind is OccasionKind.promise and occasion.done_on is None:
                contact_uid = self._contact_uids[occasion.contact_id]
                uid = _promise_uid(contact_uid, occasion.day, occasion.text or "")
                wanted[uid] = _promise_task(occasion, contact_uid)
        if wanted or PLACEHOLDER_UID in self._bases:
            wanted[PLACEHOLDER_UID] = _placeholder()
        return wanted

    def _take_promises(self) -> None:
        """Add the promises that another computer has written."""
        contacts = {uid: contact_id for contact_id, uid in self._contact_uids.items()}
        open_now = self._wanted(self._repository.connection)
        for uid, item in self._folder.items.items():
            if uid in self._bases or uid in open_now:
                continue
            if (task := self._read(item)) is None:
                continue
            if task.text and task.due and task.contact in contacts and not task.completed_on:
                if _promise_uid(task.contact, task.due, task.text) in open_now:
                    continue  # a copy, or its day was moved
                self._repository.occasions.add_promise(
                    [contacts[task.contact]], task.text, task.due
                )
                self.report.added_here += 1

    def _read(self, item: Item) -> Task | None:
        """Return the task of an item; leave it alone and name it if it cannot be read."""
        try:
            return read_task(item.content)
        except BadValueError as error:
            self.report.messages.append(f"{item.path} is left alone: {error.sentence}")
            self._left_alone.add(item.path.name)
            return None

    def _follow(self, uid: str, item: Item, base: SyncItem | None, wanted: Wanted | None) -> None:
        if (task := self._read(item)) is None:
            return
        type_ = base.type if base else wanted.type if wanted else DUE
        row_id = (base and base.row_id) or (wanted.row_id if wanted else 0)
        known = loads(base.theirs) if base and base.theirs else wanted.values if wanted else {}
        if task.completed_on is not None:
            self._finished.add(uid)
            if type_ == PROMISE:
                self._settle(row_id, task.completed_on)
            elif row_id not in self._contact_uids:  # merged since
                text = _added(task.description, known.get("description", ""))
                self.report.messages.append(
                    f"the task in {item.path} is done, but its contact is not in this database"
                    f" (text of the task: {text or 'none'})"
                )
            else:
                self._log(uid, row_id, task, known.get("description", ""))
        elif task.is_cancelled:
            self._dismissed.add(uid)
        elif task.due and known.get("due") and str(task.due) > known["due"]:
            self._move(type_, row_id, task.due)
        else:
            return
        self.report.changed_here += 1

    def _settle(self, promise_id: int, day: date) -> None:
        if self._open_promise(promise_id):
            self._repository.occasions.settle([promise_id], min(day, self._context.today))

    def _log(self, uid: str, contact_id: int, task: Task, description: str) -> None:
        """Log a touchpoint for a task that was ticked, unless there is one on that day."""
        day = min(task.completed_on or date.max, self._context.today)
        added = _added(task.description, description)
        note = added and parse_text(added, "note")
        logged = load_touchpoints(self._repository.connection, [contact_id]).get(contact_id, [])
        same_day = [touchpoint for touchpoint in logged if touchpoint.day == day]
        if not same_day:
            fields = TouchpointFields(day=day, note=note)
            (touchpoint,) = self._repository.touchpoints.log([contact_id], fields)
            # Every computer that sees the tick gives its touchpoint this UID.
            item = SyncItem("history", name_uid("touchpoint", uid), "touchpoint", touchpoint.id)
            self._history[item.uid] = item
        elif note:
            first = same_day[0]
            joined = TouchpointFields(note=join_notes(first.note or "", note))
            self._repository.touchpoints.amend(first.id, joined)

    def _move(self, type_: str, row_id: int, due: date) -> None:
        if type_ == PROMISE:
            if promise := self._open_promise(row_id):
                days = {"day": due, "opens_on": due}
                self._repository.sync.change_occasion(row_id, promise.contact_id, days)
        elif due > self._context.today and self._is_active(row_id):
            self._repository.contacts.snooze([row_id], due)

    def _dismiss(self, uid: str, base: SyncItem) -> None:
        self._dismissed.add(uid)
        if base.type == PROMISE and base.row_id:
            self._settle(base.row_id, self._context.today)
        self.report.removed_here += 1

    def _open_promise(self, promise_id: int) -> Occasion | None:
        try:
            (promise,) = load_occasions_by_id(self._repository.connection, [promise_id])
        except NoSuchOccasionError:  # it was removed here
            return None
        return promise if promise.done_on is None else None

    def _is_active(self, contact_id: int) -> bool:
        if contact_id not in self._contact_uids:
            return False
        (contact,) = load_contacts_by_id(self._repository.connection, [contact_id])
        return contact.status is Status.active

    def _write(self, wanted: Mapping[str, Wanted]) -> None:
        saved = []
        there = {**self._folder.items, **self._folder.unchanged}
        for uid, task in wanted.items():
            base = self._bases.get(uid)
            if {base and base.file, self._path_of(uid).name} & self._left_alone:
                continue
            if uid in self._dismissed:
                saved.append(SyncItem("tasks", uid, task.type, task.row_id))
                self._remove(uid)
                continue
            if base and base.theirs == dumps(task.values) and uid in self._folder.unchanged:
                continue
            item = self._folder.items.get(uid)
            if item is None or self._read(item):
                saved.append(self._put(uid, task))
        for uid in there.keys() - wanted.keys():
            if uid in self._bases or uid in self._finished:
                self._remove(uid)
        deleted = [uid for uid in self._bases if uid not in wanted]
        self._repository.sync.delete("tasks", deleted)
        self._repository.sync.save(saved)

    def _put(self, uid: str, task: Wanted) -> SyncItem:
        """Note a file to write, unless it is up to date; return the item as it is now."""
        item = self._folder.items.get(uid)
        path = self._path_of(uid)
        values = dumps(task.values)
        saved = SyncItem(*("tasks", uid, task.type, task.row_id, values, values), file=path.name)
        if item and _task_values(read_task(item.content)) == task.values:
            return saved._replace(stamp=item.stamp)
        before = item.content if item else None
        if task.due is None:
            content = write_done_task(uid, task.summary, task.description)
        else:
            content = write_task(
                *(uid, task.summary, task.due, task.description, self._context.now, before),
                promise=task.promise,
            )
        self.writes.append(Write(path, content, saved))
        if item or uid in self._folder.unchanged:
            self.report.changed_there += 1
        else:
            self.report.added_there += 1
        return saved._replace(theirs=None)  # until the file is written

    def _path_of(self, uid: str) -> Path:
        return self._folder.path_to_write(uid, self._path, ".ics")

    def _remove(self, uid: str) -> None:
        path = self._folder.path(uid)
        if path and path.name not in self._left_alone:
            self.report.removed_there += 1
            self.writes.append(Write(path, None, None))


def _promise_uid(contact_uid: str, day: date, text: str) -> str:
    return name_uid(PROMISE, f"{contact_uid}:{day} {text}")


def _due_task(nudge: Nudge) -> Wanted:
    lines = [f"Last touchpoint: {nudge.last_touch_on or 'none'}"]
    if nudge.cadence:
        lines[0] += f", every {nudge.cadence.rhythm}"
    lines += [each for each in (nudge.email, nudge.phone) if each]
    due = nudge.due_on or date.min
    return Wanted(
        DUE, nudge.id, nudge.name, f"Get in touch with {nudge.name}", due, "\n".join(lines)
    )


def _promise_task(promise: Occasion, contact_uid: str) -> Wanted:
    return Wanted(
        PROMISE,
        promise.id,
        promise.name,
        f"{promise.text} (promised to {promise.name})",
        promise.day,
        f"Promised to {promise.name}",
        (contact_uid, promise.text or ""),
    )


def _placeholder() -> Wanted:
    """Return a task that always stays: vdirsyncer stops if a list has become empty."""
    why = "vdirsyncer does not copy an empty list, so this finished task always stays in the list."
    return Wanted(PLACEHOLDER, 0, "", "netkeep", None, why)


def _task_values(task: Task) -> dict[str, str]:
    return {"due": str(task.due), "description": task.description}


def _added(description: str, before: str) -> str | None:
    """Return the text that was added to a description, if any."""
    if before and before in description:
        description = description.replace(before, "", 1)
    elif description == before:
        return None
    known = set(before.splitlines())
    lines = [line for line in description.splitlines() if line not in known]
    return "\n".join(lines).strip() or None
