"""Decide who is the same person: match records, and suggest duplicates."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import combinations, islice
from typing import Any, NamedTuple, cast

from netkeep.domain.contact import (
    Contact,
    ContactFields,
    Detail,
    Status,
    detail_key,
)
from netkeep.domain.names import contradict, parse_name
from netkeep.domain.text import key

PROFILE_START = "linkedin.com/in/"  # the start of the key of a URL that belongs to one person
MERGED_UID = "X-NETKEEP-ANOTHER-UID:"  # an extra line with the UID of a merged contact
PHONE = Detail.phone.label
ENDING = "phone number (last digits)"
LAST_DIGITS = 9  # of a phone number; they are the same with and without a country code
MAX_MATCHES = 20  # people to check per key, and names per person
MAX_IN_TUPLE = 8  # values; more are in a set, which is searched faster
MAX_SHARING = 10  # a key that more people share does not suggest duplicates

MatchKey = tuple[str, ...]  # the type of the key, then the values that have to be equal


class Identity(NamedTuple):
    """What identifies a person; the lists hold the keys of their entries.

    `id` is None for a person who is not a contact. `own_uid` is the UID that netkeep exports,
    `other_uids` are those of contacts that were merged into this one. `nicknames` may be other full
    names, kept by an import or a merge.
    """

    id: int | None
    name: str
    company: str | None
    status: Status
    urls: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    uid: str | None = None
    own_uid: str | None = None
    other_uids: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()


class Strength(IntEnum):
    """How well two records match, weakest first."""

    none = 0
    same_name = 1
    address = 2  # an e-mail address, phone number or URL, and names that do not contradict
    address_and_name = 3
    profile = 4
    merged_uid = 5
    uid = 6


class Individual:
    """One person, who gains names and addresses as more records of them are found.

    An import holds one for each row, so a few values are in a tuple.
    """

    __slots__ = ("aliases", "company", "emails", "identity", "names", "phones", "uid", "urls")

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.uid = identity.uid
        self.company = ""  # its key
        self.names: tuple[str, ...] = ()  # their own name first, then those that do not contradict
        self.aliases: Collection[str] = ()  # the keys of all names but their own
        self.emails: Collection[str] = ()
        self.phones: Collection[str] = ()
        self.urls: Collection[str] = ()
        self.add(identity)

    @property
    def profiles(self) -> set[str]:
        """The URLs that belong to one person."""
        return {url for url in self.urls if url.startswith(PROFILE_START)}

    @property
    def has_address(self) -> bool:
        """Whether there is any URL, e-mail address or phone number."""
        return bool(self.urls or self.emails or self.phones)

    def add(self, identity: Identity) -> None:
        """Add the names and addresses of another record of the same person."""
        self.uid = self.uid or identity.uid
        self.company = self.company or key(identity.company or "")
        self.emails = _with(self.emails, identity.emails)
        self.phones = _with(self.phones, identity.phones)
        self.urls = _with(self.urls, identity.urls)
        if not is_nameless(identity):
            for name in (identity.name, *identity.nicknames[:MAX_MATCHES]):
                self._add_name(name)

    def _add_name(self, name: str) -> None:
        first = self.names[0] if self.names else name
        if name != first:
            self.aliases = _with(self.aliases, [key(name) or name])
        if len(parse_name(name).words) == 1 and len(rest := parse_name(first).words[1:]) > 0:
            others = [f"{key(name)} {' '.join(rest)}", f"{key(name)} {rest[-1]}"]
            self.aliases = _with(self.aliases, others)
        is_new = name not in self.names and len(self.names) < MAX_MATCHES
        if is_new and not contradict(first, name):
            self.names = (*self.names, name)

    def shares_address_with(self, other: Individual) -> bool:
        """Return whether an e-mail address, a phone number or a URL is the same."""
        return any(
            value in theirs
            for own, theirs in (
                (self.emails, other.emails),
                (self.phones, other.phones),
                (self.urls, other.urls),
            )
            for value in own
        )

    def contradicts(self, other: Individual) -> bool:
        """Return whether their names cannot belong to one person; nicknames count as names."""
        if not (self.names and other.names):
            return False
        first, second = (key(each.names[0]) for each in (self, other))
        if first == second or first in other.aliases or second in self.aliases:
            return False
        return any(contradict(one, another) for one in self.names for another in other.names)


def _with(values: Collection[str], more: Sequence[str]) -> Collection[str]:
    """Return values with more: a tuple of a few, which takes little memory, else a set."""
    if isinstance(values, set):
        values.update(more)
        return values
    together = tuple(dict.fromkeys((*values, *more))) if values else tuple(more)
    return together if len(together) <= MAX_IN_TUPLE else set(together)


def is_nameless(identity: Identity) -> bool:
    """Return whether the record has no name, only its e-mail address in place of it."""
    return identity.name.casefold() in identity.emails


def strength(record: Individual, person: Individual) -> Strength:
    """Return how well a record matches a person; any result but `none` is proof.

    Proof is the same UID or profile URL; or the same e-mail address, phone number or URL, and names
    that do not contradict; or the same name, unless companies or addresses differ. Different
    profiles are different people, and so are different UIDs without profiles.
    """
    if uid_strength := _uid_strength(record, person):
        return uid_strength
    if record.profiles and person.profiles:
        is_same = not record.profiles.isdisjoint(person.profiles)
        return Strength.profile if is_same else Strength.none
    if record.uid and person.uid and record.uid != person.uid:
        return Strength.none
    is_same_name = _name_key(record.identity) == _name_key(person.identity)
    if record.shares_address_with(person):
        if is_same_name:
            return Strength.address_and_name
        return Strength.none if record.contradicts(person) else Strength.address
    return Strength.same_name if is_same_name and _name_is_enough(record, person) else Strength.none


def _uid_strength(record: Individual, person: Individual) -> Strength:
    """Compare the UIDs.

    On a vCard, the UID that netkeep exports for a contact is proof, even with another name. In
    netkeep's own JSON and CSV it is computed from an id and a time, which another database may have
    too, so it is proof only together with the name.
    """
    new, known = record.identity, person.identity
    if record.uid and record.uid in {person.uid, known.own_uid if known.id else None}:
        return Strength.uid
    own_uids = {known.own_uid, person.uid} if known.id else {person.uid}
    if new.own_uid and new.own_uid in own_uids and _name_key(new) == _name_key(known):
        return Strength.uid
    if known.id and {new.own_uid, record.uid} & {*known.other_uids}:
        return Strength.merged_uid
    return Strength.none


def _name_key(identity: Identity) -> str:
    return key(identity.name) or identity.name


def _name_is_enough(record: Individual, person: Individual) -> bool:
    """Return whether the same name is proof without a shared address.

    It is not if the companies, or addresses of the same kind, differ. If both have addresses, they
    need the same company as well. A contact named like its company had no name of its own, so the
    name is proof only if neither has an address.
    """
    have_address = record.has_address and person.has_address
    name = _name_key(record.identity)
    if name in {record.company, person.company}:
        return record.company == person.company and not (record.has_address or person.has_address)
    if have_address or (record.company and person.company):
        differ = (
            (record.emails and person.emails)
            or (record.phones and person.phones)
            or (record.urls and person.urls)
        )
        return bool(record.company) and record.company == person.company and not differ
    return True


class IdentityIndex:
    """People by the keys that identify them; strength() decides who is the same person."""

    def __init__(self) -> None:
        # Most keys belong to one person; a dictionary for each would take most of the memory.
        self._people: dict[MatchKey, Individual | dict[Individual, None]] = {}

    def add(self, person: Individual, identity: Identity) -> None:
        """Add a person by the keys of one of their records."""
        for match_key in _match_keys(identity):
            known = self._people.setdefault(match_key, person)
            if isinstance(known, dict):
                known[person] = None
            elif known is not person:
                self._people[match_key] = {known: None, person: None}

    def _with_key(self, match_key: MatchKey) -> Collection[Individual]:
        known = self._people.get(match_key)
        return known if isinstance(known, dict) else () if known is None else (known,)

    def find(self, record: Individual, excluded: Container[Individual] = ()) -> Individual | None:
        """Return the person who matches a record best; the first of equals.

        People who are `excluded` match only by the UID of a merged contact. A name that fits two
        people whose names contradict each other is not proof. Check at most MAX_MATCHES people per
        key.
        """
        match_keys = list(_match_keys(record.identity))
        people = dict.fromkeys(
            person
            for match_key in match_keys
            for person in islice(self._with_key(match_key), MAX_MATCHES)
        )
        matches: dict[Individual, Strength] = {}
        for person in people:
            found = strength(record, person)
            if found and (person not in excluded or found is Strength.merged_uid):
                matches[person] = found
        best = max(matches.values(), default=Strength.none)
        closest = [person for person, found in matches.items() if found is best]
        if best is Strength.address and any(
            one.contradicts(other) for one, other in combinations(closest, 2)
        ):
            return None
        sharing = [self._with_key(each) for each in match_keys]

        def closeness(person: Individual) -> tuple[int, int]:
            """Return how many keys match, then how few other addresses there are."""
            addresses = len(person.emails) + len(person.phones) + len(person.urls)
            return sum(person in each for each in sharing), -addresses

        return max(closest, key=closeness, default=None)


def _match_keys(identity: Identity) -> Iterator[MatchKey]:
    """Yield the keys to find a person by.

    Keys with a name find one of hundreds of people who share a phone number.
    """
    uids = (identity.uid, identity.own_uid, *(identity.other_uids if identity.id else ()))
    yield from (("uid", uid) for uid in uids if uid)
    name = _name_key(identity)
    for kind in ("urls", "emails", "phones"):
        for value in getattr(identity, kind):
            if not value.startswith(PROFILE_START):  # which one person has
                yield kind, value, name
            yield kind, value
    yield "name", name
    yield "name", name, key(identity.company or "")


def reasons_alike(identity: Identity, other: Identity) -> Iterator[str]:
    """Yield what two people have in common, such as `phone number`."""
    if _name_key(identity) == _name_key(other):
        yield "name"
    for detail in (Detail.email, Detail.phone, Detail.url):
        if {*getattr(identity, detail.field)} & {*getattr(other, detail.field)}:
            yield detail.label
    endings = {*map(last_digits, identity.phones)} & {*map(last_digits, other.phones)} - {None}
    if endings and not {*identity.phones} & {*other.phones}:
        yield ENDING


def last_digits(phone_key: str) -> str | None:
    """Return the last digits of the key of a phone number; None if it is too short."""
    return phone_key[-LAST_DIGITS:] if len(phone_key) >= LAST_DIGITS else None


class Pair(NamedTuple):
    """Two contacts that may be the same person; the fields are what `merge --suggest` prints."""

    id: int
    name: str
    other_id: int
    other_name: str
    reasons: tuple[str, ...]


def likely_duplicates(contacts: Iterable[Contact]) -> list[Pair]:
    """Return the pairs that may be one person, those with the most reasons first.

    Contacts of every status are compared. Different profiles are different people.
    """
    by_id = {contact.id: Individual(identity_of(contact)) for contact in contacts}
    reasons: dict[tuple[int, int], list[str]] = {}
    for label, value, ids in _shared(by_id.values()):
        for pair in combinations(sorted(ids), 2):
            first, second = (by_id[contact_id] for contact_id in pair)
            if first.profiles and second.profiles and first.profiles.isdisjoint(second.profiles):
                continue
            known = reasons.setdefault(pair, [])
            if label != ENDING or not any(each.startswith(f"same {PHONE} ") for each in known):
                known.append(f"same {label} {value}")
    pairs = [
        Pair(first, by_id[first].identity.name, second, by_id[second].identity.name, tuple(shared))
        for (first, second), shared in reasons.items()
    ]
    return sorted(pairs, key=lambda pair: (-len(pair.reasons), pair.id, pair.other_id))


def identity_of(contact: Contact | ContactFields) -> Identity:
    """Return the identity of a contact, or of the fields of one to add, without nicknames."""
    is_known = isinstance(contact, Contact)
    fields: Mapping[str, Any] = contact._asdict() if isinstance(contact, Contact) else contact

    def keys(detail: Detail) -> tuple[str, ...]:
        return tuple(detail_key(detail, value) for value in fields.get(detail.field) or ())

    return Identity(
        id=fields["id"] if is_known else None,
        name=fields["name"],
        company=fields.get("company"),
        status=fields["status"] if is_known else Status.candidate,
        urls=keys(Detail.url),
        emails=keys(Detail.email),
        phones=keys(Detail.phone),
        uid=fields.get("uid"),
        own_uid=contact.own_uid if isinstance(contact, Contact) else None,
    )


def _shared(people: Iterable[Individual]) -> Iterator[tuple[str, str, set[int]]]:
    """Yield what several contacts have in common: a label, the value and their ids; ENDING last."""
    ids: dict[tuple[str, str], set[int]] = {}
    for identity in (person.identity for person in people):
        contact_id = cast(int, identity.id)
        for detail in (Detail.email, Detail.phone, Detail.url):
            for value in getattr(identity, detail.field):
                ids.setdefault((detail.label, value), set()).add(contact_id)
        for ending in filter(None, map(last_digits, identity.phones)):
            ids.setdefault((ENDING, ending), set()).add(contact_id)
        if name := key(identity.name):
            ids.setdefault(("name", name), set()).add(contact_id)
    for (label, value), sharing in sorted(ids.items(), key=lambda item: item[0][0] == ENDING):
        if 1 < len(sharing) <= MAX_SHARING:
            yield label, value, sharing
