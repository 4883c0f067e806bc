"""Turn messages and events into touchpoints, and find frequent correspondents."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from netkeep.domain.contact import Detail, detail_key, parse_detail
from netkeep.domain.touchpoint import Channel, Direction, Touchpoint

FREQUENT_DAYS = 3  # in each direction, of a frequent correspondent
MAX_PARTICIPANTS = 10  # recipients or attendees, by default


class Reason(StrEnum):
    """Why a message or event is left out."""

    automatic = "from mailing lists or sent automatically"
    crowd = "with too many recipients"
    copy = "only copied to you"
    folder = "in drafts, spam or trash"
    future = "in the future"
    old = "older than the day of --since"
    cancelled = "cancelled or declined"
    not_yours = "neither from you nor to you"
    broken = "that cannot be read"


class Participant(NamedTuple):
    """A person named in a message: the key of an address or profile URL, and a name if known."""

    key: str
    name: str = ""


class Message(NamedTuple):
    """One message or event, from its headers or properties.

    `at` is an aware time, `day` its date in the local time zone. `digest` identifies the message
    without its text. The `sender` of an event is the organizer, `to` are the attendees. `flaw` is
    a reason in the source itself to leave it out.
    """

    at: datetime
    day: date
    channel: Channel
    digest: str
    sender: Participant | None
    to: Sequence[Participant] = ()
    copies: Sequence[Participant] = ()
    subject: str | None = None
    flaw: Reason | None = None


class Rules(NamedTuple):
    """Which messages count: your own keys, the first day, the last moment, the most recipients.

    Subjects are only kept with `subjects`.
    """

    me: Collection[str]
    since: date
    until: datetime
    today: date
    most: int = MAX_PARTICIPANTS
    subjects: bool = False


class Exchanged(NamedTuple):
    """A message with one person, as it counts for a touchpoint."""

    day: date
    channel: Channel
    at: datetime
    direction: Direction
    digest: str
    subject: str | None


def parse_own_address(text: str) -> str:
    """Return the key of an address or a profile URL of yours, or raise BadValueError."""
    is_email = "@" in text and "/" not in text
    detail = Detail.email if is_email else Detail.url
    return detail_key(detail, parse_detail(detail, text))


def is_own_url(own_key: str) -> bool:
    """Return whether one of your own keys is a profile URL, not an e-mail address."""
    return "/" in own_key or "@" not in own_key


def is_social(channel: Channel) -> bool:
    """Return whether this channel identifies people by profile URLs, not by addresses."""
    return channel is Channel.social


def counterparts(message: Message, rules: Rules) -> Reason | tuple[Direction, list[Participant]]:
    """Return the direction of a message and the people it is with, or why it is left out.

    At an event, everyone meets. An event without an organizer is yours; that of another organizer
    counts only if you attend. People who are only copied on a mail do not count, and neither does a
    mail that is only copied to you.
    """
    if message.flaw:
        return message.flaw
    if message.day > rules.today or message.at > rules.until:
        return Reason.future
    if message.day < rules.since:
        return Reason.old
    if len(message.to) + len(message.copies) > rules.most:
        return Reason.crowd
    sender = message.sender
    is_event = message.channel is Channel.meeting
    is_yours = sender.key in rules.me if sender else is_event
    others = [each for each in message.to if each.key not in rules.me]
    if is_yours:
        return Direction.out, others
    if sender is None:
        return Reason.not_yours
    if len(others) == len(message.to):
        is_copy = any(each.key in rules.me for each in message.copies)
        return Reason.copy if is_copy else Reason.not_yours
    return Direction.in_, [sender, *others] if is_event else [sender]


class Tally:
    """Messages by contact or stranger, and the number of messages left out for each reason.

    `owners` has the contact of each address and URL by key, None if it does not identify one.
    """

    def __init__(self, rules: Rules, owners: Mapping[str, int | None]) -> None:
        self.contacts: dict[int, list[Exchanged]] = {}
        self.strangers: dict[str, list[Exchanged]] = {}
        self.names: dict[str, str] = {}
        self.left_out: Counter[Reason] = Counter()
        self._rules = rules
        self._owners = owners

    def add(self, message: Message) -> None:
        """Add one message."""
        found = counterparts(message, self._rules)
        if isinstance(found, Reason):
            self.left_out[found] += 1
            return
        direction, people = found
        exchanged = Exchanged(
            day=message.day,
            channel=message.channel,
            at=message.at,
            direction=direction,
            digest=message.digest,
            subject=message.subject if self._rules.subjects else None,
        )
        for person in people:
            if person.key in self._owners:
                owner = self._owners[person.key]
                if owner is not None:
                    self.contacts.setdefault(owner, []).append(exchanged)
            elif person.key:
                self.strangers.setdefault(person.key, []).append(exchanged)
                if person.name:
                    self.names[person.key] = person.name

    def assign(self, owners: Mapping[str, int | None]) -> None:
        """Move the messages of strangers who have become contacts."""
        for key in [key for key in self.strangers if key in owners]:
            exchanged, owner = self.strangers.pop(key), owners[key]
            if owner is not None:
                self.contacts.setdefault(owner, []).extend(exchanged)


class Known(NamedTuple):
    """A message imported before, and its touchpoint, if that still exists."""

    touchpoint_id: int | None
    at: datetime


class NewTouchpoint(NamedTuple):
    """A touchpoint to log, and its messages of that day, earliest first."""

    day: date
    channel: Channel
    direction: Direction
    note: str | None
    messages: Sequence[Exchanged]


class Joined(NamedTuple):
    """Messages that belong to an existing touchpoint; its id is None if it was logged by hand.

    `direction` is set if a message earlier than the known ones changes the direction.
    """

    touchpoint_id: int | None
    direction: Direction | None
    messages: Sequence[Exchanged]


class Log(NamedTuple):
    """The touchpoints to log with one contact, and how many messages were known already."""

    new: Sequence[NewTouchpoint]
    joined: Sequence[Joined]
    known: int


def touchpoints_of(
    messages: Iterable[Exchanged], existing: Iterable[Touchpoint], known: Mapping[str, Known]
) -> Log:
    """Return one touchpoint per day and channel; its direction is that of the first message.

    All messages of a day belong to the touchpoint that was logged by hand on that day, if there is
    one. An amended touchpoint keeps its direction.
    """
    by_digest = {message.digest: message for message in messages}
    unknown = [message for digest, message in by_digest.items() if digest not in known]
    first_at: dict[int, datetime] = {}
    for each in known.values():
        if each.touchpoint_id is not None:
            first_at[each.touchpoint_id] = min(each.at, first_at.get(each.touchpoint_id, each.at))
    imported: dict[tuple[date, Channel], Touchpoint] = {}
    days_by_hand = set()
    for touchpoint in existing:
        if touchpoint.id in first_at:
            imported[touchpoint.day, touchpoint.channel] = touchpoint
        else:
            days_by_hand.add(touchpoint.day)
    new, joined = [], []
    unknown.sort(key=lambda message: (message.day, message.channel, message.at))
    for (day, channel), group in groupby(unknown, lambda each: (each.day, each.channel)):
        of_day = list(group)
        first = of_day[0]
        if day in days_by_hand:
            joined.append(Joined(None, None, of_day))
        elif (day, channel) in imported:
            same = imported[day, channel]
            is_earlier = first.at < first_at[same.id]
            is_amended = same.updated_at != same.created_at
            turns = is_earlier and not is_amended and first.direction is not same.direction
            joined.append(Joined(same.id, first.direction if turns else None, of_day))
        else:
            subjects = dict.fromkeys(each.subject for each in of_day if each.subject)
            note = "; ".join(subjects) or None
            new.append(NewTouchpoint(day, channel, first.direction, note, of_day))
    return Log(new, joined, len(by_digest) - len(unknown))


def days_around(
    touchpoints: Iterable[NewTouchpoint], noted_at: datetime | None
) -> tuple[date | None, date | None]:
    """Return the last days with a message before and after something was noted; None if none.

    An import comes later than what it logs, so these decide what its touchpoints mean for a snooze
    or a visit: the same as if each was logged on its day. A day with messages before and after is
    in both. Without a time everything comes after. An event of a whole day counts from midnight.
    """
    before = after = None
    for each in touchpoints:
        first, last = each.messages[0].at, each.messages[-1].at
        if noted_at and first <= noted_at:
            before = max(before or each.day, each.day)
        if not noted_at or last > noted_at:
            after = max(after or each.day, each.day)
    return before, after


class Missing(NamedTuple):
    """A frequent correspondent who is not a contact; field by field what an import prints."""

    address: str
    name: str
    days_out: int
    days_in: int
    first_day: date
    channel: Channel

    def __str__(self) -> str:
        """`Ada Lovelace <ada@x.example>: you wrote on 5 days, they on 3`."""
        who = f"{self.name} <{self.address}>" if self.name else self.address
        return f"{who}: you wrote on {self.days_out:,} days, they on {self.days_in:,}"


def missing(
    strangers: Mapping[str, Sequence[Exchanged]], names: Mapping[str, str]
) -> list[Missing]:
    """Return the frequent correspondents among strangers, the most frequent first."""
    found = []
    for address, messages in strangers.items():
        first = min(messages, key=lambda message: message.at)
        out, in_ = (
            {message.day for message in messages if message.direction is direction}
            for direction in (Direction.out, Direction.in_)
        )
        if min(len(out), len(in_)) >= FREQUENT_DAYS:
            name = names.get(address, "")
            found.append(Missing(address, name, len(out), len(in_), first.day, first.channel))
    return sorted(found, key=lambda each: (-each.days_out - each.days_in, each.address))


def likely_you(messages: Iterable[Message]) -> str | None:
    """Return the key in the most messages, and of several in the most as sender; None if none."""
    counts: dict[str, tuple[int, int]] = {}
    for message in messages:
        sender = message.sender.key if message.sender else None
        for key in {sender, *(each.key for each in (*message.to, *message.copies))} - {None}:
            in_all, as_sender = counts.get(key or "", (0, 0))
            counts[key or ""] = in_all + 1, as_sender + (key == sender)
    return max(counts, key=lambda key: (counts[key], key), default=None)
