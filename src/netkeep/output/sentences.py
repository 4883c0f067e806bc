"""What writing commands say they did: the id, what was understood, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from netkeep.domain.agenda import Nudge
from netkeep.domain.change import Change
from netkeep.domain.contact import Contact, ContactFields, Detail, ListChange, Status
from netkeep.domain.days import spoken_day
from netkeep.domain.lengths import Length
from netkeep.domain.lifecycle import longer_cadence
from netkeep.domain.maintenance import DAMAGED, Backup, Fault
from netkeep.domain.occasions import Occasion, OccasionKind, OwnNews, Window
from netkeep.domain.rounds import RoundProgress
from netkeep.domain.search import Find
from netkeep.domain.touchpoint import Channel, Direction, Touchpoint
from netkeep.output.sanitizer import sanitize

NOUNS = {
    Channel.email: "e-mail",
    Channel.social: "word on social media",
    Channel.other: "touchpoint",
}
WRITTEN = {Channel.email, Channel.message, Channel.letter, Channel.social}
UNCHANGED, UNLOGGED = "Nothing was changed.", "Nothing was logged."
MAX_NAMES = 3  # people in one line
MAX_LISTED = 20  # people of whom no sentence each is wanted


class LogResult(NamedTuple):
    """What was logged, with whom, and their occasions before and after it."""

    touchpoints: Sequence[Touchpoint]
    contacts: Sequence[Contact]
    before: Sequence[Occasion]
    after: Sequence[Occasion]


def added(contact: Contact) -> str:
    """Say `Added Ada Lovelace (#1): coworker, every 3 months. Next: 20 Aug 2026.`."""
    facts = [contact.kind.value, _rhythm(contact.cadence)]
    if contact.met_on:
        facts.append(f"met on {contact.met_on}")
    if contact.last_touch_on:
        facts.append(f"last touch on {contact.last_touch_on}")
    if contact.birthday:
        facts.append(f"birthday {contact.birthday}")
    return f"Added {label(contact)}: {', '.join(facts)}. {_next(contact)}"


def edited(
    contact: Contact,
    fields: ContactFields,
    lists: Mapping[Detail, ListChange],
    touched_on: date | None,
) -> str:
    """Say `Changed Alan Turing (#3): cadence 10 days. Next: 10 Sep 2026.`."""
    changed = []
    for name in (field.removesuffix("_id") for field in fields):
        changed.append(f"{name.replace('_', ' ')} {_understood(getattr(contact, name))}")
    changed += [
        f"{detail.label} {_understood(', '.join(getattr(contact, detail.field)) or None)}"
        for detail in lists
    ]
    if touched_on:
        changed.append(f"last touch on {touched_on}")
    return f"Changed {label(contact)}: {'; '.join(changed)}. {_next(contact)}"


def logged_one(touchpoint: Touchpoint, contact: Contact) -> str:
    """Say `Logged a call with Ada Lovelace on 2026-11-22 (#57). Next: 22 Feb 2027.`."""
    return f"Logged {_what(touchpoint)} (#{touchpoint.id}). {_next(contact)}"


def amended(touchpoint: Touchpoint, contact: Contact) -> str:
    """Say `Amended touchpoint #57: a call with Ada Lovelace on 2026-11-21. Next: 21 Feb 2027.`."""
    return f"Amended touchpoint #{touchpoint.id}: {_what(touchpoint)}. {_next(contact)}"


def deleted(touchpoint: Touchpoint, contact: Contact) -> str:
    """Say `Deleted touchpoint #57: a call with Ada Lovelace on 2026-11-21. Next: 21 Feb 2027.`."""
    return f"Deleted touchpoint #{touchpoint.id}: {_what(touchpoint)}. {_next(contact)}"


def all_logged(logged: LogResult) -> Iterator[str]:
    """Say what was logged, a sentence each, then what it changed of promises."""
    yield from map(logged_one, logged.touchpoints, logged.contacts)
    yield from promises_changed(logged.before, logged.after, logged.contacts)


def promises_changed(
    before: Iterable[Occasion], after: Iterable[Occasion], contacts: Iterable[Contact]
) -> Iterator[str]:
    """Say which promises were made or moved, settled, opened again, or are none any more."""
    by_id = {contact.id: contact for contact in contacts}
    were = {one.id: one for one in before}
    for now in after:
        was = were.pop(now.id, None)
        if now.done_on and was and not was.done_on:
            yield settled(now)
        elif was and was.done_on and not now.done_on:
            yield f"Open again: {_promise(now)}, by {now.day}."
        elif not now.done_on and (was is None or was.day != now.day):
            yield promised(now, by_id[now.contact_id])
    for gone in were.values():
        yield f"No promise any more: {_promise(gone)}."


def snoozed(contact: Contact) -> str:
    """Say `Snoozed Ada Lovelace (#1) until 2026-09-15. Next: 15 Sep 2026.`."""
    if contact.snoozed_until is None:
        return f"{label(contact)} is not snoozed any more. {_next(contact)}"
    said = f"Snoozed {label(contact)} until {contact.snoozed_until}. {_next(contact)}"
    longer = longer_cadence(contact)
    if longer is None:
        return said
    in_a_row = f"Snoozed {contact.snoozes} times in a row"
    return f"{said} {in_a_row}; for a longer cadence: netkeep edit {contact.id} -e {longer}"


def kept(contacts: Sequence[Contact]) -> list[str]:
    """Say `Kept Ada Lovelace (#1): coworker, every 3 months. Next: 24 Nov 2026.`.

    A crowd in one sentence: `Kept 300 people. Their first days: 25 Nov 2026 to 22 May 2027.`
    """
    if len(contacts) < MAX_LISTED:
        return [
            f"Kept {label(one)}: {one.kind}, {_rhythm(one.cadence)}. {_next(one)}"
            for one in contacts
        ]
    days = sorted(contact.due_on for contact in contacts if contact.due_on)
    first = f" Their first days: {spoken_day(days[0])} to {spoken_day(days[-1])}." if days else ""
    return [f"Kept {len(contacts):,} people.{first}"]


def merged(gone: Contact, contact: Contact) -> str:
    """Say `Merged Ada King (#57) into Ada Lovelace (#1). Next: 20 Nov 2026.`."""
    return f"Merged {label(gone)} into {label(contact)}. {_next(contact)}"


def dropped(contact: Contact) -> str:
    """Say `Dropped Ada Lovelace (#1): moved on. To take them back: netkeep keep 1`."""
    reason = f": {contact.drop_reason}" if contact.drop_reason else ""
    return f"Dropped {label(contact)}{reason}. To take them back: netkeep keep {contact.id}"


def news_noted(occasion: Occasion, contact: Contact, fields: ContactFields, today: date) -> str:
    """Say `Noted news of Ada Lovelace (#1): promoted. On the agenda until 16 Oct 2026.`."""
    now = ""
    if any(getattr(contact, name) != value for name, value in fields.items()):
        now = " It is older than what is known of where they work, and changes nothing of that."
    elif fields:
        work = ", ".join(filter(None, (contact.title, contact.company)))
        now = f" Now: {_ended(work)}" if work else " Now without title and company."
    what = f"{contact.name} on {occasion.day} (#{occasion.id}): {_ended(occasion.what)}"
    return f"Noted news of {what}{now} {_on_agenda(occasion, contact, today)}"


def visit_noted(occasion: Occasion, contact: Contact, today: date) -> str:
    """Say `Noted a visit of Grace Hopper to Boston, 2026-09-22 to 2026-09-25 (#2). ...`."""
    days = (
        str(occasion.day)
        if occasion.day == occasion.until
        else (f"{occasion.day} to {occasion.until}")
    )
    noted = f"Noted {_visit(occasion)}, {days} (#{occasion.id})."
    return f"{noted} {_on_agenda(occasion, contact, today)}"


def promised(occasion: Occasion, contact: Contact) -> str:
    """Say `Promised to Alan Turing, by 2026-09-18 (#3): send the paper. When it is done: ...`."""
    hidden = ""
    if contact.status is not Status.active:
        hidden = f" {_never_on_agenda(contact.status)}"
    elif contact.snoozed_until and contact.snoozed_until > occasion.day:
        hidden = f" Snoozed until {contact.snoozed_until}."
    what = f"{contact.name}, by {occasion.day} (#{occasion.id}): {_ended(occasion.what)}"
    return f"Promised to {what}{hidden} When it is done: netkeep done {occasion.id}"


def settled(occasion: Occasion) -> str:
    """Say `Done: send the paper (#3), promised to Alan Turing.`."""
    match occasion.kind:
        case OccasionKind.visit:
            return f"Settled: {_visit(occasion)} (#{occasion.id})."
        case OccasionKind.news:
            return f"Settled: news of {occasion.name} (#{occasion.id}): {_ended(occasion.what)}"
        case _:
            return f"Done: {_promise(occasion)}."


def too_many_asks(contact: Contact, asks: int) -> str:
    """Say `This makes 3 asks in a row of Ada Lovelace, with nothing else in between.`."""
    return f"This makes {asks:,} asks in a row of {contact.name}, with nothing else in between."


def own_news_noted(news: OwnNews) -> str:
    """Say `Noted your news (#1): Started at Initech. Whoever you are in touch with ...`."""
    heard = "Whoever you are in touch with from today on has heard it."
    return f"Noted your news (#{news.id}): {_ended(news.text)} {heard}"


def own_news_removed(news: OwnNews) -> str:
    """Say `Removed your news (#1): Started at Initech.`."""
    return f"Removed your news (#{news.id}): {_ended(news.text)}"


def round_added(made: RoundProgress, window: Window, today: date) -> str:
    """Say `Added the holidays round: 12-01 to 12-24, everybody (57 people). On the agenda ...`."""
    whom = ", ".join([*made.kinds, *(f"tag {tag}" for tag in made.tags)]) or "everybody"
    people = pluralize(made.people, "person", "people")
    what = f"{made.begins} to {made.ends} every year, {whom} ({people})"
    return f"Added the {made.name} round: {what}. {_opens(window, today)}"


def round_removed(made: RoundProgress) -> str:
    """Say `Removed the holidays round: 12-01 to 12-24.`."""
    return f"Removed the {made.name} round: {made.begins} to {made.ends}."


def pluralize(number: int, one: str, many: str) -> str:
    """Say `1 person`, `1,978 people`."""
    return f"{number:,} {one if number == 1 else many}"


def _on_agenda(occasion: Occasion, contact: Contact, today: date) -> str:
    """What follows from an occasion: when it is on the agenda, or why not."""
    window, snoozed_until = occasion.window, contact.snoozed_until
    if contact.status is not Status.active:
        return _never_on_agenda(contact.status)
    if window.until and window.until < today:
        return f"Not on the agenda any more: it closed on {window.until}."
    if occasion.is_settled(contact.last_touch_on) or window.since > (window.until or date.max):
        return f"Not on the agenda: you were in touch on {contact.last_touch_on}."
    if snoozed_until and occasion.kind is not OccasionKind.visit:
        if window.until and snoozed_until > window.until:
            return f"Not on the agenda: snoozed until {snoozed_until}."
        window = window._replace(since=max(window.since, snoozed_until))
    return _opens(window, today)


def _never_on_agenda(status: Status) -> str:
    return f"Never on the agenda: {_being(status)}."


def _being(status: Status) -> str:
    return "a candidate" if status is Status.candidate else status.value


def _visit(occasion: Occasion) -> str:
    if occasion.yours:
        return f"your visit to {occasion.name} in {occasion.city}"
    return f"a visit of {occasion.name}{f' to {occasion.city}' if occasion.city else ''}"


def _promise(occasion: Occasion) -> str:
    """The words of a promise, and to whom, which thanks say by themselves."""
    to = "" if occasion.ask_id else f", promised to {occasion.name}"
    return f"{occasion.what.rstrip('.')} (#{occasion.id}){to}"


def _opens(window: Window, today: date) -> str:
    if window.since > today or not window.until:
        return f"On the agenda from {spoken_day(window.since)}."
    return f"On the agenda until {spoken_day(window.until)}."


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def label(contact: Contact) -> str:
    """Say `Ada Lovelace (#1)`."""
    return f"{contact.name} (#{contact.id})"


def _rhythm(cadence: Length | None) -> str:
    return "no cadence" if cadence is None else f"every {cadence.rhythm}"


def _next(contact: Contact) -> str:
    if contact.due_on:
        return f"Next: {spoken_day(contact.due_on)}."
    if contact.status is Status.active:
        return "Never due: no cadence."
    return f"Never due: {_being(contact.status)}."


def _what(touchpoint: Touchpoint) -> str:
    noun = NOUNS.get(touchpoint.channel, touchpoint.channel.value)
    article = "an" if noun[0] in "aeiou" else "a"
    if touchpoint.direction is Direction.in_ and touchpoint.channel in {*WRITTEN, Channel.call}:
        preposition = "from"
    else:
        preposition = "to" if touchpoint.channel in WRITTEN else "with"
    return f"{article} {noun} {preposition} {touchpoint.name} on {touchpoint.day}"


def _understood(value: date | Length | str | None) -> str:
    return "none" if value is None else str(value)


def imported(added: int, unchanged: int, updated: int, *, candidates: bool) -> str:
    """Say `Imported 1,978 people as candidates; 12 were there already. See them: ...`."""
    there = f"; {pluralize(unchanged, 'was', 'were')} there already" if unchanged else ""
    more = f"; {pluralize(updated, 'was', 'were')} added to" if updated else ""
    if not added:
        return f"Imported nobody{more}{there}."
    if not candidates:
        return f"Imported {pluralize(added, 'person', 'people')}{more}{there}."
    people = pluralize(added, "person as a candidate", "people as candidates")
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
    return f"Exported {pluralize(people, 'person', 'people')} to {path}."


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
    yield f"{done}: {change.command} of {format_local_time(change.at)} (change {change.id})."
    yield from (f"  {line}" for line in change.what)


def format_local_time(at: datetime) -> str:
    """Say `2026-11-25 14:03`, as the clock on the wall had it."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def backed_up(path: str, octets: int) -> str:
    """Say `Backed up to /home/ada/netkeep.db (164 KB).`."""
    return f"Backed up to {path} ({format_size(octets)})."


def restored(name: str, kept: Backup | None) -> Iterator[str]:
    """Say `Put back 20261124T081203Z-daily.db.`, and how to go back."""
    yield f"Put back {name}."
    if kept and kept.reason == DAMAGED:
        yield f"What was there is damaged, and kept as {kept.name}."
    elif kept:
        yield f"What was there is kept; to go back to it: netkeep restore {kept.name}"


def to_forget(contact: Contact, touchpoints: int) -> str:
    """Say `Erase Ada Lovelace (#1) for good, with 12 touchpoints`."""
    said = pluralize(touchpoints, "touchpoint", "touchpoints")
    return f"Erase {label(contact)} for good, with {said}, and the history of changes"


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
    yield f"Erased {label(contact)}, and with them the history of changes."
    if mentions:
        people = ", ".join(f"{find.name} (#{find.id})" for find in mentions)
        yield f"The name still stands in what is written of others: {people}."
    if backups:
        names = ", ".join(backup.name for backup in backups)
        yield f"Still in {pluralize(len(backups), 'backup', 'backups')}: {names}."


def format_size(octets: int) -> str:
    """Say `164 KB`, `1.2 MB`."""
    return f"{octets / 1_000_000:.1f} MB" if octets >= 1_000_000 else f"{-(-octets // 1_000)} KB"


def due_summary(due: Sequence[Nudge], *, oneline: bool) -> str:
    """Return `5 due`, with `oneline` `5 due: Grace Hopper, Ada Lovelace, ...`, or an empty text."""
    if not due:
        return ""
    if not oneline:
        return f"{len(due):,} due\n"
    more = f" and {len(due) - MAX_NAMES:,} more" if len(due) > MAX_NAMES else ""
    return (
        f"{len(due):,} due: {sanitize(', '.join(nudge.name for nudge in due[:MAX_NAMES]))}{more}\n"
    )
