"""The sentences that commands print: what changed, with ids, and what happens next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from netkeep.domain.agenda import OpenRound
from netkeep.domain.change import Change
from netkeep.domain.contact import Contact, ContactFields, Detail, ListChange, Status
from netkeep.domain.days import Length, format_day, format_rhythm, format_short_day
from netkeep.domain.lifecycle import longer_cadence
from netkeep.domain.maintenance import DAMAGED, Backup, Fault
from netkeep.domain.occasions import Birthday, Occasion, OccasionKind, OwnNews, Window
from netkeep.domain.rounds import RoundProgress
from netkeep.domain.search import Find
from netkeep.domain.touchpoint import Channel, Direction, Touchpoint
from netkeep.output.streams import separator, shorten
from netkeep.output.values import format_local_time, format_size, pluralize

CHANNEL_NOUNS = {
    Channel.email: "e-mail",
    Channel.social: "message on social media",
    Channel.other: "touchpoint",
}
WRITTEN_CHANNELS = {Channel.email, Channel.message, Channel.letter, Channel.social}
UNCHANGED, UNLOGGED = "Nothing changed.", "Nothing was logged."
MAX_LISTED = 20  # this many contacts or more are counted in one sentence


class LogResult(NamedTuple):
    """Logged touchpoints, their contacts, and the occasions of these before and after."""

    touchpoints: Sequence[Touchpoint]
    contacts: Sequence[Contact]
    before: Sequence[Occasion]
    after: Sequence[Occasion]


def added(contact: Contact, today: date) -> str:
    """Return `Added Ada Lovelace (#1): coworker, every 3 months. First due: 22 Nov 2026.`."""
    facts = [contact.kind.value, format_rhythm(contact.cadence)]
    if contact.met_on:
        facts.append(f"met on {contact.met_on}")
    if contact.last_touch_on:
        facts.append(f"last touchpoint on {contact.last_touch_on}")
    if contact.birthday:
        facts.append(f"birthday {contact.birthday.readable}")
    return f"Added {_label(contact)}: {', '.join(facts)}. {_next(contact, today)}"


def edited(
    before: Contact,
    contact: Contact,
    fields: ContactFields,
    lists: Mapping[Detail, ListChange],
    touched_on: date | None,
    today: date,
) -> str:
    """Return `Changed Alan Turing (#3): cadence: 10 days (was: 3 months). Next: ...`."""
    changed = []
    for name in (field.removesuffix("_id") for field in fields):
        changed.append((name.replace("_", " "), getattr(before, name), getattr(contact, name)))
    for detail in lists:
        old, new = (", ".join(getattr(each, detail.field)) for each in (before, contact))
        changed.append((detail.label, old, new))
    texts = [
        f"{what}: {_short(new)} ({'as before' if old == new else f'was: {_short(old)}'})"
        for what, old, new in changed
    ]
    if touched_on:
        texts.append(f"last touchpoint on {touched_on}")
    return f"Changed {_label(contact)}: {'; '.join(texts)}. {_next(contact, today)}"


def touchpoint_changed(done: str, touchpoint: Touchpoint, contact: Contact, today: date) -> str:
    """Return `Amended touchpoint #57: a call with Ada Lovelace on 2026-11-21. Next: ...`."""
    return f"{done} touchpoint #{touchpoint.id}: {_what(touchpoint)}. {_next(contact, today)}"


def touchpoint_moved_from(contact: Contact, today: date) -> str:
    """Return `Moved from Ada Lovelace (#1). Next: 1 Dec 2026.`."""
    return f"Moved from {_label(contact)}. {_next(contact, today)}"


def all_logged(logged: LogResult, today: date) -> Iterator[str]:
    """Yield `Logged a call with Ada Lovelace on 2026-11-22 (#57). Next: ...`, then promises."""
    for touchpoint, contact in zip(logged.touchpoints, logged.contacts, strict=True):
        yield f"Logged {_what(touchpoint)} (#{touchpoint.id}). {_next(contact, today)}"
    yield from promises_changed(logged.before, logged.after, logged.contacts)


def promises_changed(
    before: Iterable[Occasion], after: Iterable[Occasion], contacts: Iterable[Contact]
) -> Iterator[str]:
    """Yield a sentence per promise that was added, moved, settled, reopened or removed."""
    by_id = {contact.id: contact for contact in contacts}
    removed = {promise.id: promise for promise in before}
    for promise in after:
        previous = removed.pop(promise.id, None)
        if promise.done_on and previous and not previous.done_on:
            yield settled(promise)
        elif previous and previous.done_on and not promise.done_on:
            yield f"Reopened: {_promise(promise)}, by {promise.day}."
        elif not promise.done_on and (previous is None or previous.day != promise.day):
            yield promised(promise, by_id[promise.contact_id])
    for promise in removed.values():
        yield f"Removed the promise: {_promise(promise)}."


def snoozed(contact: Contact, today: date, default: Length | None = None) -> str:
    """Return `Snoozed Ada Lovelace (#1) until 2026-09-15. Next: 15 Sep 2026.`.

    `default` is the length, if none was given.
    """
    if contact.snoozed_until is None:
        return f"{_label(contact)} is no longer snoozed. {_next(contact, today)}"
    length = f" for {default}," if default else ""
    sentence = (
        f"Snoozed {_label(contact)}{length} until {contact.snoozed_until}. {_next(contact, today)}"
    )
    longer = longer_cadence(contact)
    if longer is None:
        return sentence
    return (
        f"{sentence} Snoozed {contact.snoozes} times in a row;"
        f" for a longer cadence: netkeep edit {contact.id} -e {longer}"
    )


def kept(contacts: Sequence[Contact], today: date) -> list[str]:
    """Return `Kept Ada Lovelace (#1): coworker, every 3 months. First due: 25 Nov 2026.` for each.

    For many contacts: `Kept 300 people. First due dates: 25 Nov 2026 to 22 May 2027.`
    """
    if len(contacts) < MAX_LISTED:
        return [
            f"Kept {_label(contact)}: {contact.kind}, {format_rhythm(contact.cadence)}."
            f" {_next(contact, today)}"
            for contact in contacts
        ]
    days = sorted(contact.due_on for contact in contacts if contact.due_on)
    first = f" First due dates: {format_day(days[0])} to {format_day(days[-1])}." if days else ""
    return [f"Kept {len(contacts):,} people.{first}"]


def merged(removed: Contact, contact: Contact, today: date) -> str:
    """Return `Merged Ada King (#57) into Ada Lovelace (#1). Next: 20 Nov 2026.`."""
    return f"Merged {_label(removed)} into {_label(contact)}. {_next(contact, today)}"


def dropped(contact: Contact) -> str:
    """Return `Dropped Ada Lovelace (#1): moved on. To undo this: netkeep keep 1`."""
    reason = f": {contact.drop_reason}" if contact.drop_reason else ""
    return f"Dropped {_label(contact)}{reason}. To undo this: netkeep keep {contact.id}"


def all_dropped(contacts: Sequence[Contact]) -> list[str]:
    """Return the sentence of `dropped` for each contact, or `Dropped 300 people. ...` for many."""
    if len(contacts) < MAX_LISTED:
        return list(map(dropped, contacts))
    return [f"Dropped {len(contacts):,} people. To bring them back: netkeep undo"]


def news_noted(occasion: Occasion, contact: Contact, fields: ContactFields, today: date) -> str:
    """Return `Noted news of Ada Lovelace (#1): promoted. On the agenda until 16 Oct 2026.`."""
    job = ""
    if any(getattr(contact, name) != value for name, value in fields.items()):
        job = " It is older than their current job, so the job is unchanged."
    elif fields:
        work = ", ".join(filter(None, (contact.title, contact.company)))
        job = f" Now: {_sentence(work)}" if work else " Now without a title and a company."
    what = f"{contact.name} on {occasion.day} (#{occasion.id}): {_sentence(occasion.what)}"
    return f"Noted news of {what}{job} {_on_agenda(occasion, contact, today)}"


def visit_noted(occasion: Occasion, contact: Contact, today: date) -> str:
    """Return `Noted a visit of Grace Hopper to Boston, 2026-09-22 to 2026-09-25 (#2). ...`."""
    until = f" to {occasion.until}" if occasion.until != occasion.day else ""
    noted = f"Noted {_visit(occasion)}, {occasion.day}{until} (#{occasion.id})."
    return f"{noted} {_on_agenda(occasion, contact, today)}"


def promised(occasion: Occasion, contact: Contact) -> str:
    """Return `Promised to Alan Turing, by 2026-09-18 (#3): send the paper. ...`."""
    hidden = ""
    if contact.status is not Status.active:
        hidden = f" {_never_on_agenda(contact.status)}"
    elif contact.snoozed_until and contact.snoozed_until > occasion.day:
        hidden = f" {contact.name} is snoozed until {contact.snoozed_until}."
    what = f"{contact.name}, by {occasion.day} (#{occasion.id}): {_sentence(occasion.what)}"
    return f"Promised to {what}{hidden} When it is done: netkeep done {occasion.id}"


def settled(occasion: Occasion) -> str:
    """Return `Done: send the paper (#3), promised to Alan Turing.`."""
    match occasion.kind:
        case OccasionKind.visit:
            return f"Off the agenda: {_visit(occasion)} (#{occasion.id})."
        case OccasionKind.news:
            news = f"news of {occasion.name} (#{occasion.id})"
            return f"Off the agenda: {news}: {_sentence(occasion.what)}"
        case _:
            return f"Done: {_promise(occasion)}."


def too_many_asks(contact: Contact, asks: int) -> str:
    """Return `You have now asked Ada Lovelace 3 times in a row, without any other touchpoint.`."""
    return (
        f"You have now asked {contact.name} {asks:,} times in a row, without any other touchpoint."
    )


def own_news_noted(news: OwnNews) -> str:
    """Return `Noted your news (#1): Started at Initech. Everyone you contact ...`."""
    heard = "Everyone you contact from today on counts as having heard it."
    return f"Noted your news (#{news.id}): {_sentence(news.text)} {heard}"


def own_news_removed(news: OwnNews) -> str:
    """Return `Removed your news (#1): Started at Initech.`."""
    return f"Removed your news (#{news.id}): {_sentence(news.text)}"


def round_added(progress: RoundProgress, window: Window, today: date) -> str:
    """Return `Added the holidays round: 12-01 to 12-24, everyone (57 people). ...`."""
    members = ", ".join([*progress.kinds, *(f"tag {tag}" for tag in progress.tags)]) or "everyone"
    people = pluralize(progress.people, "person", "people")
    what = f"{progress.begins} to {progress.ends} every year, {members} ({people})"
    return f"Added the {progress.name} round: {what}. {_opens(window, today)}"


def round_removed(progress: RoundProgress) -> str:
    """Return `Removed the holidays round: 12-01 to 12-24.`."""
    return f"Removed the {progress.name} round: {progress.begins} to {progress.ends}."


def imported(added: int, unchanged: int, updated: int, *, candidates: bool) -> str:
    """Return `Imported 1,978 people as candidates; 12 were known already. See them: ...`."""
    rest = f"; {pluralize(updated, 'was', 'were')} updated" if updated else ""
    rest += f"; {pluralize(unchanged, 'was', 'were')} known already" if unchanged else ""
    if not added:
        return f"Imported no one{rest}."
    if not candidates:
        return f"Imported {pluralize(added, 'person', 'people')}{rest}."
    people = pluralize(added, "person as a candidate", "people as candidates")
    return f"Imported {people}{rest}. Keep or drop them: netkeep triage"


def kept_as_text(unread: object) -> str:
    """Return `line 3: the day you met: "31 Feb 2020" is not a day; the full text is kept`."""
    return shorten(f"{unread}; the full text is kept")


def removed_by_sync(name: str, numbers: Mapping[str, int]) -> str:
    """Return `Ada Lovelace: removed 2 touchpoints, which another device deleted. To …`."""
    nouns = {"news": ("news item", "news items"), "own-news": ("item", "items")}
    what = ", ".join(
        pluralize(number, *nouns.get(type_, (type_, f"{type_}s")))
        for type_, number in sorted(numbers.items())
    )
    return f"{name}: removed {what}, which another device deleted. To undo this sync: netkeep undo"


def exported(people: int, path: str, file_format: str = "") -> str:
    """Return `Exported 57 people to people.vcf.`, or `to people.txt as JSON.`."""
    as_format = f" as {file_format}" if file_format else ""
    return f"Exported {pluralize(people, 'person', 'people')} to {path}{as_format}."


def put_back(done: str, changes: Iterable[Change]) -> Iterator[str]:
    """Yield `Undone: log of 2026-11-25 14:03 (change 12).`, with its details below."""
    for change in changes:
        yield f"{done}: {change.command} of {format_local_time(change.at)} (change {change.id})."
        yield from (f"  {line}" for line in change.what)


def backed_up(path: str, size: int) -> str:
    """Return `Backed up to /home/ada/netkeep.db (164 KB).`."""
    return f"Backed up to {path} ({format_size(size)})."


def restored(name: str, kept: Backup | None) -> Iterator[str]:
    """Yield `Put back 20261124T081203Z-daily.db.`, and how to undo that."""
    yield f"Put back {name}."
    if kept and kept.reason == DAMAGED:
        yield f"The damaged database is kept as {kept.name}."
    elif kept:
        yield f"The previous database is kept. To go back: netkeep restore {kept.name}"


def to_forget(contact: Contact, touchpoints: int) -> str:
    """Return `Erase Ada Lovelace (#1), 12 touchpoints and the history ... for good`."""
    count = pluralize(touchpoints, "touchpoint", "touchpoints")
    return f"Erase {_label(contact)}, {count} and the history of all changes for good"


def diagnosis(faults: Sequence[Fault]) -> Iterator[str]:
    """Yield two lines per fault, what is wrong and what to do, or `No problems found.`."""
    for fault in faults:
        yield fault.what
        yield f"  {fault.advice}"
    if not faults:
        yield "No problems found."


def forgotten(
    contact: Contact, mentions: Sequence[Find], backups: Sequence[Backup]
) -> Iterator[str]:
    """Yield what was erased, and which contacts and backups still mention the name."""
    yield f"Erased {_label(contact)}, and the history of all changes."
    if mentions:
        people = ", ".join(f"{find.name} (#{find.id})" for find in mentions)
        yield f"The name is still in notes about others: {people}."
    if backups:
        names = ", ".join(backup.name for backup in backups)
        yield f"Still in {pluralize(len(backups), 'backup', 'backups')}: {names}."


def more_than_today(due: int, rounds: Iterable[OpenRound], command: str, today: date) -> str:
    """Return `53 more: netkeep due --all · holidays round: 58 more by 24 Dec`, or an empty text."""
    parts = [
        f"{each.round.name} round: {each.left:,} more"
        f" by {format_short_day(each.window.until, today)}"
        for each in rounds
        if each.left > 0 and each.window.until
    ]
    if due > 0:
        return separator().join([f"{due:,} more: {command}", *parts])
    return separator().join([*parts, command] if parts else [])


def _on_agenda(occasion: Occasion, contact: Contact, today: date) -> str:
    """Return the sentence about when an occasion is on the agenda, or why it is not."""
    window, snoozed_until = occasion.window, contact.snoozed_until
    if contact.status is not Status.active:
        return _never_on_agenda(contact.status)
    if window.until and window.until < today:
        return f"Not on the agenda: its days there ended on {window.until}."
    if occasion.is_settled(contact.last_touch_on) or window.since > (window.until or date.max):
        return f"Not on the agenda: you were in touch on {contact.last_touch_on}."
    if snoozed_until and occasion.kind is not OccasionKind.visit:
        if window.until and snoozed_until > window.until:
            return f"Not on the agenda: snoozed until {snoozed_until}."
        window = window._replace(since=max(window.since, snoozed_until))
    return _opens(window, today)


def _opens(window: Window, today: date) -> str:
    if window.since > today or not window.until:
        return f"On the agenda from {format_day(window.since)}."
    return f"On the agenda until {format_day(window.until)}."


def _never_on_agenda(status: Status) -> str:
    return f"Never on the agenda: {_status_noun(status)}."


def _next(contact: Contact, today: date) -> str:
    if contact.due_on and contact.due_on < today:
        return f"Due since {format_day(contact.due_on)}."
    if contact.due_on:
        what = "Next" if contact.last_touch_on else "First due"
        return f"{what}: {format_day(contact.due_on)}."
    if contact.status is Status.active:
        return "Never due: no cadence."
    return f"Never due: {_status_noun(contact.status)}."


def _status_noun(status: Status) -> str:
    return "a candidate" if status is Status.candidate else status.value


def _what(touchpoint: Touchpoint) -> str:
    noun = CHANNEL_NOUNS.get(touchpoint.channel, touchpoint.channel.value)
    article = "an" if noun[0] in "aeiou" else "a"
    written = touchpoint.channel in WRITTEN_CHANNELS
    if touchpoint.direction is Direction.in_ and (written or touchpoint.channel is Channel.call):
        preposition = "from"
    else:
        preposition = "to" if written else "with"
    return f"{article} {noun} {preposition} {touchpoint.name} on {touchpoint.day}"


def _visit(occasion: Occasion) -> str:
    if occasion.yours:
        return f"your visit to {occasion.name} in {occasion.city}"
    return f"a visit of {occasion.name}{f' to {occasion.city}' if occasion.city else ''}"


def _promise(occasion: Occasion) -> str:
    """Return the text of a promise, and the contact; that of a thank-you has the name already."""
    to = "" if occasion.ask_id else f", promised to {occasion.name}"
    return f"{occasion.what.rstrip('.')} (#{occasion.id}){to}"


def _short(value: object) -> str:
    if isinstance(value, Birthday):
        return value.readable
    return shorten(str(value)) if value else "none"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _label(contact: Contact) -> str:
    """Return `Ada Lovelace (#1)`."""
    return f"{contact.name} (#{contact.id})"
