"""Import touchpoints from messages and events: read, decide and log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from netkeep.cli.context import Context
from netkeep.cli.fields import new_candidate
from netkeep.cli.prompts import can_prompt, confirm
from netkeep.domain.contact import ContactFields
from netkeep.domain.correspondence import (
    MAX_PARTICIPANTS,
    Log,
    Missing,
    Reason,
    Rules,
    Tally,
    is_own_url,
    is_social,
    likely_you,
    missing,
    parse_own_address,
    touchpoints_of,
)
from netkeep.domain.touchpoint import Channel, Direction
from netkeep.errors import DeclinedError, UnknownUserError
from netkeep.exchange.content_lines import escape
from netkeep.exchange.correspondence import Correspondence, Wanted
from netkeep.exchange.mail import decode
from netkeep.exchange.names import clean_name, cut_reason
from netkeep.output.streams import progress_bar
from netkeep.output.values import pluralize
from netkeep.store.queries import Connection
from netkeep.store.queries.contacts import load_contacts_by_id
from netkeep.store.queries.imports import load_known_messages, load_owners
from netkeep.store.queries.touchpoints import load_touchpoints

if TYPE_CHECKING:
    from netkeep.store.repository import Repository

GUESSED_FROM = 1_000  # messages, to guess which address is yours
STEP = 500  # messages between two reports of progress
MAX_MISSING = 10  # frequent correspondents listed for people
MET = {Channel.email: "by mail", Channel.social: "LinkedIn", Channel.meeting: "in a meeting"}


class Options(NamedTuple):
    """The typed options for messages."""

    since: date
    me: Sequence[str] = ()
    subjects: bool = False
    most: int | None = None
    candidates: bool = False


class LeftOut(NamedTuple):
    """How many messages are left out for a reason."""

    reason: str
    messages: int

    def __str__(self) -> str:
        """`412 messages from mailing lists or sent automatically`."""
        what = "event" if self.reason == Reason.cancelled else "message"
        return f"{pluralize(self.messages, what, f'{what}s')} {self.reason}"


class PersonLog(NamedTuple):
    """The touchpoints that an import logs with one contact; `id` is None for a new one."""

    id: int | None
    name: str
    touchpoints: tuple[str, ...]

    def __str__(self) -> str:
        """`Ada Lovelace (#1): 2026-11-10 email; 2026-11-12 meeting from them`."""
        number = f" (#{self.id})" if self.id else ""
        return f"{self.name}{number}: {'; '.join(self.touchpoints)}"


class Decided(NamedTuple):
    """What to log, by contact or by the address of a new candidate, and what is told of the rest.

    `missing` are the frequent correspondents who stay unknown. `long_names` has, by address, the
    whole names of new candidates that are cut.
    """

    logs: Mapping[int, Log]
    candidates: Mapping[Missing, Log]
    missing: Sequence[Missing]
    left_out: Sequence[LeftOut]
    long_names: Mapping[str, str] = {}

    @property
    def logged(self) -> int:
        """How many touchpoints are logged."""
        return sum(len(log.new) for log in (*self.logs.values(), *self.candidates.values()))

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to write."""
        logs = (*self.logs.values(), *self.candidates.values())
        return any(log.new or log.joined for log in logs)

    @property
    def known(self) -> int:
        """How many messages of contacts were imported before."""
        return sum(log.known for log in self.logs.values())

    @property
    def people(self) -> int:
        """How many people touchpoints are logged with."""
        return sum(bool(log.new) for log in (*self.logs.values(), *self.candidates.values()))


NOTHING = Decided({}, {}, (), ())


def read_messages(
    context: Context,
    connection: Connection,
    sources: Sequence[Correspondence],
    options: Options,
) -> Tally:
    """Read all messages and sort them by contact, with a progress bar."""
    me = {*context.settings.me, *map(parse_own_address, options.me)}
    wanted = Wanted(me, options.since, context.today, options.subjects)
    me |= _confirmed_guesses(sources, wanted)
    rules = Rules(
        me=me,
        since=options.since,
        until=_last_moment(context),
        today=context.today,
        most=options.most or MAX_PARTICIPANTS,
        subjects=options.subjects,
    )
    tally = Tally(rules, load_owners(connection))
    with progress_bar("Reading") as advance:
        for source in sources:
            for number, message in enumerate(source.read(wanted._replace(me=me)), 1):
                tally.add(message)
                if number % STEP == 0:
                    advance(STEP)
    return tally


def _confirmed_guesses(sources: Iterable[Correspondence], wanted: Wanted) -> set[str]:
    """Return your likely keys in sources where none of your known addresses or URLs can be.

    Prompt to confirm. Raise UnknownUserError if netkeep cannot prompt, DeclinedError if the answer
    is no.
    """
    found: set[str] = set()
    for source in sources:
        if any(is_own_url(each) == source.has_urls for each in (*wanted.me, *found)):
            continue
        guess = likely_you(islice(source.read(wanted), GUESSED_FROM))
        if guess is None:
            continue
        if not can_prompt():
            raise UnknownUserError(guess)
        if not confirm(f"Are you {guess}?"):
            raise DeclinedError("say who you are: --me ADDRESS|URL")
        found.add(guess)
    return found


def _last_moment(context: Context) -> datetime:
    """Return now, or the end of today if the clock has another day than today."""
    now = context.now.astimezone()
    if now.date() == context.today:
        return now
    return datetime.combine(context.today + timedelta(days=1), time.min).astimezone()


def decide_logs(connection: Connection, tally: Tally, *, candidates: bool) -> Decided:
    """Decide what to log with each contact, given the existing touchpoints."""
    logs = {}
    for contact_id, messages in tally.contacts.items():
        known = load_known_messages(connection, contact_id)
        # Most imports bring little that is new; loading touchpoints takes longer than the rest.
        is_new = any(message.digest not in known for message in messages)
        existing = load_touchpoints(connection, [contact_id]) if is_new else {}
        logs[contact_id] = touchpoints_of(messages, existing.get(contact_id, ()), known)
    unknown, long_names = [], {}
    for each in missing(tally.strangers, tally.names):
        name = decode(each.name)
        if candidates and cut_reason(name):
            long_names[each.address] = name
        unknown.append(each._replace(name=clean_name(name)))
    added = {
        each: touchpoints_of(tally.strangers[each.address], (), {})
        for each in (unknown if candidates else ())
    }
    left_out = [LeftOut(reason, tally.left_out[reason]) for reason in Reason]
    return Decided(
        logs,
        added,
        () if candidates else unknown,
        [each for each in left_out if each.messages],
        long_names,
    )


def log_decided(context: Context, repository: Repository, decided: Decided) -> None:
    """Add the new candidates, and log everything."""
    fields = [_candidate(context, each) for each in decided.candidates]
    added = repository.contacts.add(fields)
    for contact_id, (each, log) in zip(added, decided.candidates.items(), strict=True):
        repository.imports.log(contact_id, log)
        if name := decided.long_names.get(each.address):
            repository.contacts.add_extra_lines({contact_id: [f"FN:{escape(name)}"]})
    for contact_id, log in decided.logs.items():
        repository.imports.log(contact_id, log)


def _candidate(context: Context, each: Missing) -> ContactFields:
    fields = new_candidate(context) | ContactFields(
        name=each.name or each.address, met=MET[each.channel], met_on=each.first_day
    )
    if is_social(each.channel):
        fields["urls"] = (f"https://{each.address}",)
    else:
        fields["emails"] = (each.address,)
    return fields


def person_logs(
    connection: Connection, decided: Decided, new_names: Mapping[int, str]
) -> Iterator[PersonLog]:
    """Yield what is logged with each person.

    `new_names` has the names of contacts that a dry run only plans to add, by their numbers.
    """
    ids = sorted(contact_id for contact_id, log in decided.logs.items() if log.new)
    for contact in load_contacts_by_id(connection, [each for each in ids if each > 0]):
        yield PersonLog(contact.id, contact.name, _texts(decided.logs[contact.id]))
    for number, name in new_names.items():
        if number in decided.logs:
            yield PersonLog(None, name, _texts(decided.logs[number]))
    for each, log in decided.candidates.items():
        yield PersonLog(None, each.name or each.address, _texts(log))


def _texts(log: Log) -> tuple[str, ...]:
    return tuple(
        f"{new.day} {new.channel}{' from them' if new.direction is Direction.in_ else ''}"
        for new in log.new
    )


def sentences_of(decided: Decided, *, dry_run: bool) -> Iterator[str]:
    """Yield what was logged, and who is missing."""
    what = pluralize(decided.logged, "touchpoint", "touchpoints")
    people = pluralize(decided.people, "person", "people")
    new = len(decided.candidates)
    as_new = f", {pluralize(new, 'of them a new candidate', 'of them new candidates')}"
    known = pluralize(decided.known, "message was", "messages were")
    done = "Nothing was written; an import would log " if dry_run else "Logged "
    yield f"{done}{what} with {people}{as_new if new else ''}; {known} known already."
    if decided.missing:
        count = pluralize(
            len(decided.missing), "frequent correspondent is", "frequent correspondents are"
        )
        yield f"{count} not among your contacts; to add them as candidates: --candidates"
        yield from (f"  {each}" for each in decided.missing[:MAX_MISSING])
        if len(decided.missing) > MAX_MISSING:
            yield f"  and {len(decided.missing) - MAX_MISSING:,} more: -f json lists them"
