"""Export cards into a folder that may have cards already, and report what was done."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from netkeep.atomic import write_folder
from netkeep.domain.contact import Contact, Status
from netkeep.errors import OutputError, reason
from netkeep.exchange.card_folder import SUFFIX, FolderExport, Person, export_to_folder
from netkeep.exchange.shared_cards import is_ours
from netkeep.exchange.vcard_writer import Version
from netkeep.exchange.vdir import NO_FOLDER, Folder, read_folder
from netkeep.output.values import pluralize

STATES = {Status.candidate: "a candidate", Status.dropped: "dropped"}


def read_cards(path: Path) -> Folder:
    """Read the cards of a folder, which need not exist. Raise OutputError if it cannot be read."""
    if not path.is_dir() or path.is_symlink():
        return NO_FOLDER  # write_folder reports a link
    try:
        return read_folder(path, SUFFIX, {})
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {reason(error)}") from None


def write_cards(
    path: Path,
    folder: Folder,
    people: Sequence[Person],
    version: Version | None,
    today: date,
    *,
    force: bool,
) -> FolderExport:
    """Write cards into a folder. Cards of other programs change only with `force`.

    Raise OutputError, with all files as they were, if one cannot be written.
    """
    names = {file.name for file in path.iterdir()} if folder != NO_FOLDER else set()
    done = export_to_folder(people, folder, names, version, today)
    theirs = [each.name for each in done.changed if not each.is_ours]
    if theirs and not force:
        more = f", and {len(theirs) - 1:,} more" if theirs[1:] else ""
        raise OutputError(
            f"cards of other programs would change: {path / theirs[0]}{more}",
            "to change these cards too: --force",
        )
    if not force and (taken := sorted(names & done.new.keys())):
        raise OutputError(f"{path / taken[0]} exists already", "to overwrite it: --force")
    changed = {each.name: each.content for each in done.changed}
    write_folder(path, {**done.new, **changed}, force=True)
    return done


def lines_about(
    path: Path,
    folder: Folder,
    done: FolderExport,
    people: Sequence[Person],
    contacts: Mapping[str, Contact],
) -> Iterator[str]:
    """Yield the values removed from files, the files left unchanged, and a summary.

    `contacts` are all contacts, by UID.
    """
    for each in done.changed:
        if each.removed:
            yield f"{path / each.name} no longer has {', '.join(each.removed)}"
    for name, why in done.left.items():
        if name not in done.new:
            yield f"{path / name} is left alone: {why}"
    yield from _others(path, folder, {person.uid for person in people}, contacts)
    if done.changed or (done.new and done.unchanged):
        yield f"{len(done.new):,} new, {len(done.changed):,} changed, {done.unchanged:,} unchanged"


def _others(
    path: Path, folder: Folder, exported: Collection[str], contacts: Mapping[str, Contact]
) -> Iterator[str]:
    """Yield the cards in the folder whose contacts are not exported."""
    others = 0
    for uid, item in folder.items.items():
        if uid in exported:
            continue
        if contact := contacts.get(uid):
            yield f"{item.path} is left alone: {contact.name} (#{contact.id}) is {_state(contact)}"
        elif is_ours(item.content):
            yield f"{item.path} is left alone: its contact is no longer in netkeep"
        else:
            others += 1
    if others:
        cards = pluralize(others, "card of another program is", "cards of other programs are")
        yield f"{cards} left alone in {path}"


def _state(contact: Contact) -> str:
    return "not exported" if contact.status is Status.active else STATES[contact.status]
