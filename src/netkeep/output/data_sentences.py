"""What the commands about your data say they did, or would do, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from netkeep.domain.backups import DAMAGED, Backup
from netkeep.domain.change import Change
from netkeep.domain.contact import Contact
from netkeep.domain.fault import Fault
from netkeep.domain.finding import Find
from netkeep.output.sentences import counted, named


def imported(added: int, unchanged: int, updated: int, *, candidates: bool) -> str:
    """Say `Imported 1,978 people as candidates; 12 were there already. See them: ...`."""
    there = f"; {counted(unchanged, 'was', 'were')} there already" if unchanged else ""
    more = f"; {counted(updated, 'was', 'were')} added to" if updated else ""
    if not added:
        return f"Imported nobody{more}{there}."
    if not candidates:
        return f"Imported {counted(added, 'person', 'people')}{more}{there}."
    people = counted(added, "person as a candidate", "people as candidates")
    return f"Imported {people}{more}{there}. See them: netkeep list --status candidate"


def would_add(name: str, place: str) -> str:
    """Say `new: Ada Lovelace (card 3)`."""
    return f"new: {name} ({place})"


def would_add_to(name: str, contact_id: int, place: str, brings: Iterable[str]) -> str:
    """Say `add to Ada Lovelace (#1, card 3): title Analyst`."""
    return f"add to {name} (#{contact_id}, {place}): {'; '.join(brings)}"


def would_import(added: int, updated: int, unchanged: int, skipped: int) -> str:
    """Say `Nothing is written: 3 new, 1 added to, 12 unchanged, 2 left out.`."""
    counts = f"{added:,} new, {updated:,} added to, {unchanged:,} unchanged, {skipped:,} left out"
    return f"Nothing is written: {counts}."


def exported(people: int, path: str) -> str:
    """Say `Exported 57 people to people.vcf.`."""
    return f"Exported {counted(people, 'person', 'people')} to {path}."


def set_(path: str, changed: Sequence[str]) -> str:
    """Say `Saved /home/ada/.config/netkeep/config.toml: daily_cap 5.`."""
    return f"Saved {path}: {'; '.join(changed)}." if changed else f"Saved {path}."


def undone(changes: Iterable[Change]) -> Iterator[str]:
    """Say `Undone: log of 2026-11-25 14:03 (change 12).`, and below it what was put back."""
    for change in changes:
        yield from _change("Undone", change)
    yield "To do it again: netkeep redo"


def redone(changes: Iterable[Change]) -> Iterator[str]:
    """Say `Done again: log of 2026-11-25 14:03 (change 12).`, and below it what that changed."""
    for change in changes:
        yield from _change("Done again", change)


def would_put_back(changes: Iterable[Change]) -> Iterator[str]:
    """Say what undoing these would put back."""
    for change in changes:
        yield from _change("Would undo", change)


def _change(done: str, change: Change) -> Iterator[str]:
    yield f"{done}: {change.command} of {local_time(change.at)} (change {change.id})."
    yield from (f"  {line}" for line in change.what)


def local_time(at: datetime) -> str:
    """Say `2026-11-25 14:03`, as the clock on the wall had it."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def backed_up(path: str, octets: int) -> str:
    """Say `Backed up to /home/ada/netkeep.db (164 KB).`."""
    return f"Backed up to {path} ({size(octets)})."


def restored(name: str, kept: Backup | None) -> Iterator[str]:
    """Say `Put back 20261124T081203Z-daily.db.`, and how to go back."""
    yield f"Put back {name}."
    if kept and kept.reason == DAMAGED:
        yield f"What was there is damaged, and kept as {kept.name}."
    elif kept:
        yield f"What was there is kept; to go back to it: netkeep restore {kept.name}"


def to_forget(contact: Contact, touchpoints: int) -> str:
    """Say `Erase Ada Lovelace (#1) for good, with 12 touchpoints`."""
    said = counted(touchpoints, "touchpoint", "touchpoints")
    return f"Erase {named(contact)} for good, with {said}, and the history of changes"


def diagnosis(faults: Sequence[Fault]) -> Iterator[str]:
    """Say what is wrong and what to do, two lines each, or that nothing is."""
    for fault in faults:
        yield fault.what
        yield f"  {fault.advice}"
    if not faults:
        yield "Nothing is wrong."


def mended(faults: Iterable[Fault]) -> Iterator[str]:
    """Say `Mended: Ada Lovelace (#1): due_on is 2099-01-01, and has to be 2026-12-01`."""
    return (f"Mended: {fault.what}" for fault in faults)


def forgotten(
    contact: Contact, mentions: Sequence[Find], backups: Sequence[Backup]
) -> Iterator[str]:
    """Say `Erased Ada Lovelace (#1), and the history of changes.`, and what still tells of them."""
    yield f"Erased {named(contact)}, and with them the history of changes."
    if mentions:
        people = ", ".join(f"{find.name} (#{find.id})" for find in mentions)
        yield f"The name still stands in what is written of others: {people}."
    if backups:
        names = ", ".join(backup.name for backup in backups)
        yield f"Still in {counted(len(backups), 'backup', 'backups')}: {names}."


def size(octets: int) -> str:
    """Say `164 KB`, `1.2 MB`."""
    return f"{octets / 1_000_000:.1f} MB" if octets >= 1_000_000 else f"{-(-octets // 1_000)} KB"
