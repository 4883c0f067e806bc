"""One synchronisation of all parts: one transaction, then the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from netkeep.atomic import make_folder
from netkeep.cli.context import Context
from netkeep.cli.sync.history import History
from netkeep.cli.sync.items import (
    Engine,
    LostFolderError,
    Ours,
    Report,
    Write,
    carry_out,
    dumps,
    refuse_lost_folder,
)
from netkeep.cli.sync.people import People
from netkeep.cli.sync.tasks import Tasks
from netkeep.config import SyncSettings
from netkeep.exchange.shared_calendar import contact_of
from netkeep.exchange.vdir import NO_FOLDER, Folder, read_folder
from netkeep.output.streams import progress_bar
from netkeep.store.queries import Connection
from netkeep.store.queries.sync import SyncItem, load_digests, load_sync_items, uid_digest

if TYPE_CHECKING:
    from netkeep.store.repository import Repository

PARTS = {"people": ".vcf", "history": ".ics", "tasks": ".ics"}


class _DryRunOverError(Exception):
    """Ends a dry run, so that nothing is committed."""


def synchronise(
    context: Context, settings: SyncSettings, *, dry_run: bool, allow_removals: bool
) -> Sequence[Report]:
    """Synchronise with the folders of the settings.

    Raise LostFolderError if a folder, or many of its items, are missing.
    """
    paths = {
        part: path
        for part, path in zip(
            PARTS, (settings.contacts, settings.history, settings.tasks), strict=True
        )
        if path
    }
    with progress_bar("Synchronising"):
        with context.reading() as connection:
            bases = {part: load_sync_items(connection, part) for part in paths}
            digests = load_digests(connection)
            folders = {
                part: _read(
                    *(path, PARTS[part], bases[part]), make=not dry_run, allowed=allow_removals
                )
                for part, path in paths.items()
            }
            if _is_unchanged(context, connection, bases, folders):
                return [Report(part) for part in paths]
        reports: list[Report] = []
        writes: list[Write] = []
        is_new = not context.path.exists()
        try:
            with context.writing(backup_first=not dry_run) as repository:
                done = _synchronise(context, repository, paths, folders, bases, digests)
                reports = [each.report for each in done]
                writes = [write for each in done for write in each.writes]
                _end_dry_run(dry_run)
        except _DryRunOverError:
            if is_new:  # the transaction left an empty file
                context.path.unlink(missing_ok=True)
            return reports
        written = carry_out(writes)
        if written:
            with context.writing() as repository:
                repository.sync.save(written)
    return reports


def _end_dry_run(dry_run: bool) -> None:
    if dry_run:
        raise _DryRunOverError


def _synchronise(
    context: Context,
    repository: Repository,
    paths: Mapping[str, Path],
    folders: Mapping[str, Folder],
    bases: Mapping[str, dict[str, SyncItem]],
    digests: set[str],
) -> list[Engine | Tasks]:
    """Synchronise all parts: first what was done with tasks, which is history then."""
    people = People(context, repository.connection, bases["people"])
    if digests:
        digests = digests.difference(map(uid_digest, people.uids.values()))  # imported again
    erased = {part: _erased(folder, digests) for part, folder in folders.items()}
    folders = {part: folder.without(erased[part]) for part, folder in folders.items()}
    tasks = None
    if "tasks" in paths:
        history_bases = bases.get("history", {})
        tasks = Tasks(context, repository.connection, bases["tasks"], people.uids, history_bases)
        tasks.follow(repository, folders["tasks"])
        if tasks.report.changed_here:
            people = People(context, repository.connection, bases["people"])
    done: list[Engine | Tasks] = [
        people.synchronise(repository, paths["people"], folders["people"])
    ]
    if "history" in paths:
        history = History(context, repository.connection, bases["history"], people.uids)
        done.append(history.synchronise(repository, paths["history"], folders["history"]))
    if tasks:
        tasks.write(paths["tasks"], people.uids)
        done.append(tasks)
    for each in done:
        files = erased[each.report.part]
        each.report.removed_there += len(files)
        each.writes += [Write(file, None, None) for file in files]
    return done


def _erased(folder: Folder, digests: set[str]) -> set[Path]:
    """Return the files of forgotten contacts, which a computer that did not know may have made."""
    if not digests:
        return set()
    return {
        item.path
        for item in (*folder.items.values(), *folder.copies)
        if not digests.isdisjoint(map(uid_digest, (item.uid, contact_of(item.content) or "")))
    }


def _read(
    path: Path, suffix: str, bases: Mapping[str, SyncItem], *, make: bool, allowed: bool
) -> Folder:
    known = {
        base.file: (uid, base.stamp) for uid, base in bases.items() if base.file and base.stamp
    }
    if not path.is_dir():
        if known and not allowed:
            raise LostFolderError(f"the folder {path} is missing; nothing was changed")
        if make:
            make_folder(path)
    folder = read_folder(path, suffix, known) if path.is_dir() else NO_FOLDER
    refuse_lost_folder(bases, folder, path, allowed=allowed)
    return folder


def _is_unchanged(
    context: Context,
    connection: Connection,
    bases: Mapping[str, dict[str, SyncItem]],
    folders: Mapping[str, Folder],
) -> bool:
    """Return whether neither the folders nor the database have changed since the last time."""
    if connection is None:
        return False
    for part, folder in folders.items():
        known = {uid for uid, base in bases[part].items() if base.file}
        if folder.items or folder.copies or folder.problems or known != folder.unchanged.keys():
            return False
    people = People(context, connection, bases["people"])
    if not _same(people.ours, bases["people"]):
        return False
    if "history" in bases:
        history = History(context, connection, bases["history"], people.uids)
        if not _same(history.ours, bases["history"]):
            return False
    return (
        "tasks" not in bases
        or Tasks(context, connection, bases["tasks"], people.uids, {}).is_unchanged
    )


def _same(ours: Mapping[str, Ours], bases: Mapping[str, SyncItem]) -> bool:
    return ours.keys() == bases.keys() and all(
        dumps(mine.values) == bases[uid].ours and not bases[uid].writing
        for uid, mine in ours.items()
    )
