"""One part of a synchronisation: decide item by item, change what is here, note what to write."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from netkeep.atomic import FILE_MODE, TEMPORARY, remove
from netkeep.domain.sync import Merged, Presence, bind, merge, presence, too_many_removed
from netkeep.errors import BadValueError, NetkeepError, OutputError, reason
from netkeep.exchange.vdir import Folder, Item, stamp_of
from netkeep.store.queries.sync import SyncItem

if TYPE_CHECKING:  # SQLModel, which a synchronisation without changes does not need
    from netkeep.store.repository import Repository


NOTHING = "{}"  # was carried yet of a new item; a second write assumes that the first was


class LostFolderError(NetkeepError):
    """A folder is missing, or so many items are that it looks lost."""

    exit_code = 5

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, "if this is right: netkeep sync --allow-removals")


class Ours(NamedTuple):
    """An item as netkeep has it; one that is not `shared` is read, and never written."""

    type: str
    row_id: int
    name: str
    values: dict[str, Any]
    shared: bool = True


class Theirs(NamedTuple):
    """An item as the folder has it.

    Values that are not there are unknown to the program that wrote it, not cleared. `detail` is
    what the part read beyond them.
    """

    type: str
    values: dict[str, Any]
    detail: Any = None


@dataclass(frozen=True)
class Part:
    """What differs between people and history.

    `take` adds a new item and returns it, or the item here that it is; None leaves it alone.
    `update` sets values here. `remove` reacts to a deletion in the folder, and returns what is
    left here. `render` returns a file, given the one that is there and copies of it. If `read`,
    `take` or `update` raises BadValueError, it has changed nothing, and the item is left alone.
    """

    name: str
    suffix: str
    read: Callable[[bytes], Theirs]
    take: Callable[[str, Theirs], Ours | None]
    update: Callable[[str, Ours, dict[str, Any]], Ours]
    remove: Callable[[str, Ours], Ours | None]
    render: Callable[..., bytes]


class Write(NamedTuple):
    """A file to write or, without content, to remove, and the item to store after that."""

    path: Path
    content: bytes | None
    item: SyncItem | None


@dataclass
class Report:
    """What a synchronisation did to one part: numbers, and sentences about what to know."""

    part: str
    added_here: int = 0
    changed_here: int = 0
    removed_here: int = 0
    added_there: int = 0
    changed_there: int = 0
    removed_there: int = 0
    messages: list[str] = field(default_factory=list)


def dumps(values: Mapping[str, Any]) -> str:
    """Return values as JSON, the same for the same values."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def loads(text: str | None) -> dict[str, Any]:
    """Return the values in JSON; lists are tuples."""
    values = json.loads(text) if text else {}
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }


def refuse_lost_folder(
    bases: Mapping[str, SyncItem], folder: Folder, path: Path, *, allowed: bool
) -> None:
    """Raise LostFolderError if so many known items are gone that the folder looks lost."""
    known = [uid for uid, base in bases.items() if base.file and base.theirs]
    gone = [uid for uid in known if not (uid in folder.items or uid in folder.unchanged)]
    left_alone = {file.name for file in folder.problems}
    missing = sum(bases[uid].file not in left_alone for uid in gone)
    if too_many_removed(len(known), missing) and not allowed:
        raise LostFolderError(
            f"{missing:,} of {len(known):,} items are gone from {path}; nothing was changed"
        )


class Engine:
    """Synchronises one part; `writes` are to be carried out after the commit."""

    def __init__(
        self,
        part: Part,
        repository: Repository,
        path: Path,
        folder: Folder,
        ours: dict[str, Ours],
        bases: dict[str, SyncItem],
    ) -> None:
        self.part = part
        self.path = path
        self.folder = folder
        self.ours = ours
        self.bases = bases
        self.report = Report(part.name)
        self.writes: list[Write] = []
        self._repository = repository
        self._saved: list[SyncItem] = []
        self._deleted: list[str] = []
        self._left_alone = {file.name for file in folder.problems}
        self._copies: defaultdict[str, list[Item]] = defaultdict(list)
        for copy in folder.copies:
            self._copies[copy.uid].append(copy)
        for file, why in folder.problems.items():
            self.report.messages.append(f"{file} is left alone: {why}")

    def run(self) -> None:
        """Synchronise all items, and store their state."""
        there = {**self.folder.items, **self.folder.unchanged}
        uids = {*self.ours, *self.bases, *there}
        for uid in sorted(uids, key=lambda uid: (uid in self.ours, uid)):
            self._item(uid)  # new ones first: one of ours may turn out to be the same
        self._repository.sync.delete(self.part.name, self._deleted)
        self._repository.sync.save(self._saved)

    def _item(self, uid: str) -> None:
        base, mine = self.bases.get(uid), self.ours.get(uid)
        if {base and base.file, self._path(uid).name} & self._left_alone:
            return
        item = self.folder.items.get(uid)
        is_unchanged = uid in self.folder.unchanged and uid not in self._copies
        changed_here = mine is None or base is None or dumps(mine.values) != base.ours
        if is_unchanged and base and not changed_here and not base.writing:
            return
        messages, writes = len(self.report.messages), len(self.writes)
        try:
            raw, theirs = self._theirs(uid, item, base)
            decision = presence(
                here=mine is not None,
                there=theirs is not None,
                known=base is not None and base.theirs is not None,
                changed_here=changed_here,
                changed_there=theirs is not None and theirs.values != loads(base and base.theirs),
            )
            self._act(decision, uid, mine, theirs, raw, base)
        except BadValueError as error:
            del self.report.messages[messages:], self.writes[writes:]
            self.report.messages.append(f"{self._path(uid)} is left alone: {error.sentence}")

    def _act(
        self,
        decision: Presence,
        uid: str,
        mine: Ours | None,
        theirs: Theirs | None,
        raw: Theirs | None,
        base: SyncItem | None,
    ) -> None:
        match decision:
            case Presence.MERGE | Presence.BIND if mine and theirs:
                self._merge(uid, mine, theirs, raw, base)
            case Presence.TAKE | Presence.REVIVE if theirs:
                taken = self.part.take(uid, theirs)
                if taken:
                    self.report.added_here += 1
                    self._merge(uid, taken, theirs, raw, None)
            case Presence.RESTORE if mine:
                self.report.messages.append(
                    f"{mine.name} was deleted in the folder, but changed here, so it is written"
                    " there again"
                )
                self._write(uid, mine, None)
            case Presence.WRITE if mine and mine.shared:
                # Otherwise it was deleted in the folder, and is still dropped here.
                if base is None or base.writing or dumps(mine.values) != base.ours:
                    self._write(uid, mine, None)
            case Presence.DELETE_HERE if mine:
                self._remove_here(uid, mine)
            case Presence.DELETE_THERE:
                self._remove_there(uid)
                self._deleted.append(uid)
            case Presence.FORGET:
                self._deleted.append(uid)

    def _theirs(
        self, uid: str, item: Item | None, base: SyncItem | None
    ) -> tuple[Theirs | None, Theirs | None]:
        """Return what the file says, and that merged with the copies that Syncthing left."""
        if item:
            raw = self.part.read(item.content)
        elif uid in self.folder.unchanged and base:
            raw = Theirs(base.type, loads(base.theirs))
        else:
            return None, None
        theirs = raw
        for copy in self._copies[uid]:
            other = self.part.read(copy.content)
            common = loads(base and base.theirs)
            merged = merge(other.values, {**common, **theirs.values}, common, common)
            self._tell(uid, merged, bound=False)
            theirs = theirs._replace(values=merged.values)
            self.writes.append(Write(copy.path, None, None))
        return raw, theirs

    def _merge(
        self, uid: str, mine: Ours, theirs: Theirs, raw: Theirs | None, base: SyncItem | None
    ) -> None:
        if base is None:
            merged = bind(mine.values, theirs.values)
        else:
            # Without the folder's past it was deleted there, and has come back as ours was then.
            their_base, written = loads(base.theirs or base.ours), loads(base.writing)
            # What another program does not know it has not changed.
            values = {**their_base, **theirs.values}
            for name, value in written.items():  # of a command that was cut off
                if values.get(name) == value:
                    their_base[name] = value
            merged = merge(mine.values, values, loads(base.ours), their_base)
        self._tell(mine.name, merged, bound=base is None)
        if merged.values != mine.values:
            mine = self.part.update(uid, mine, merged.values)
            if base:
                self.report.changed_here += 1
        self._write(uid, mine, raw)

    def _tell(self, name: str, merged: Merged, *, bound: bool) -> None:
        for conflict in merged.conflicts:
            field_name = conflict.field.replace("_", " ")
            ours, theirs = conflict.ours or "none", conflict.theirs or "none"
            self.report.messages.append(
                f"{name}: {field_name} is {ours} here and {theirs} in the folder"
                if bound
                else f"{name}: {field_name} is now {theirs}, as in the folder (was: {ours})"
            )

    def _write(self, uid: str, mine: Ours, raw: Theirs | None) -> None:
        """Note the item as it is now, and a file to write if that changes its meaning."""
        path, item, old = self._path(uid), self.folder.items.get(uid), self.bases.get(uid)
        saved = SyncItem(
            *(self.part.name, uid, mine.type, mine.row_id, dumps(mine.values)),
            theirs=dumps(raw.values) if raw else None,
            carried=old.carried if old and old.carried != NOTHING else None,
            file=path.name,
            stamp=item.stamp if item else (old.stamp if old else None),
        )
        copies = [copy.content for copy in self._copies[uid]]
        if not mine.shared or (raw and raw.values == mine.values and not copies):
            self._saved.append(saved)
            return
        before = None
        if raw:
            before = item.content if item else _read(path)
        content = self.part.render(uid, mine, before, *copies)
        values = self.part.read(content).values
        if raw and values == raw.values and not copies:
            self._saved.append(saved)
            return
        if raw:
            self.report.changed_there += 1
        else:
            self.report.added_there += 1
        saved = saved._replace(carried=saved.carried or (old.theirs if old else NOTHING))
        self._saved.append(saved._replace(writing=dumps(values)))
        self.writes.append(Write(path, content, saved._replace(theirs=dumps(values))))

    def _path(self, uid: str) -> Path:
        return self.folder.path_to_write(uid, self.path, self.part.suffix)

    def _remove_here(self, uid: str, mine: Ours) -> None:
        left = self.part.remove(uid, mine)
        self.report.removed_here += 1
        if left is None:
            self._deleted.append(uid)
        else:
            values = dumps(left.values)
            self._saved.append(SyncItem(self.part.name, uid, left.type, left.row_id, values))

    def _remove_there(self, uid: str) -> None:
        if path := self.folder.path(uid):
            self.report.removed_there += 1
            self.writes.append(Write(path, None, None))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadValueError(reason(error)) from None


def carry_out(writes: Iterable[Write]) -> list[SyncItem]:
    """Write and remove files; return the items as they are after that. Raise OutputError."""
    done = []
    for write in writes:
        try:
            _write_or_remove(write)
            if write.content and write.item:
                done.append(write.item._replace(stamp=stamp_of(write.path.stat())))
        except OSError as error:
            raise OutputError(
                f"the changes are saved, but {write.path} cannot be written: {reason(error)}",
                "to write it: netkeep sync",
            ) from None
    return done


def _write_or_remove(write: Write) -> None:
    if write.content is None:
        write.path.unlink(missing_ok=True)
        return
    temporary = write.path.with_name(f".{write.path.name[:100]}{TEMPORARY}")
    try:
        temporary.write_bytes(write.content)
        temporary.chmod(FILE_MODE)
        temporary.replace(write.path)
    except OSError:
        remove(temporary)
        raise
