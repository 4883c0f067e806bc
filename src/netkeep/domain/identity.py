"""Who is the same person: matching records, suggesting duplicates, and what a merge changes."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import combinations, islice
from typing import Any, NamedTuple, cast

from netkeep.domain.contact import (
    FIELDS,
    Contact,
    ContactFields,
    Detail,
    Kind,
    ListChange,
    Status,
    detail_key,
    new_values,
)
from netkeep.domain.text import key

FILLED_FIELDS = (*(field.name for field in FIELDS.values() if field.fills), "uid")
PROFILE_START = "linkedin.com/in/"  # of the key of a URL that belongs to one person
MAX_MATCHES = 20  # people to check per key
MAX_SHARING = 10  # people; a key that more of them share suggests no duplicates

MatchKey = tuple[str, ...]  # its type, then the values that have to be equal


class Identity(NamedTuple):
    """What identifies a person; the lists hold the keys of their entries.

    `id` is None for someone who is not a contact. `own_uid` is the UID under which netkeep exports
    them, `other_uids` are those of contacts that were merged into them.
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

    @property
    def has_address(self) -> bool:
        """Whether there is any URL, e-mail address or phone number."""
        return bool(self.urls or self.emails or self.phones)

    def joined(self, other: Identity) -> Identity:
        """Add the keys of another record of the same person."""
        return self._replace(
            urls=(*dict.fromkeys(self.urls + other.urls),),
            emails=(*dict.fromkeys(self.emails + other.emails),),
            phones=(*dict.fromkeys(self.phones + other.phones),),
            uid=self.uid or other.uid,
        )


class Individual:
    """One person, with an identity that grows as more records of them are found."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity


class IdentityIndex:
    """People by the keys that identify them.

    The same person has the same UID, profile URL, e-mail address or phone number, or else the same
    name and company, unless both have a profile URL or a UID and these differ.
    """

    def __init__(self) -> None:
        self._people: dict[MatchKey, dict[Individual, None]] = {}

    def add(self, person: Individual) -> None:
        """Add someone, or the keys that they have gained since."""
        for match_key in _match_keys(person.identity):
            self._people.setdefault(match_key, {})[person] = None

    def find(self, identity: Identity, excluded: Container[Individual] = ()) -> Individual | None:
        """Return the person with the strongest of these keys, and of several the one with most.

        Those who are `excluded` match only if the key is a UID of someone merged into them. Check
        at most MAX_MATCHES people per key.
        """
        match_keys = list(_match_keys(identity))
        for match_key in match_keys:
            matches = [
                person
                for person in islice(self._people.get(match_key, ()), MAX_MATCHES)
                if _is_proof(match_key, identity, person.identity)
                and (
                    person not in excluded or (match_key[0] == "merged uid" and person.identity.id)
                )
            ]
            if matches:
                sharing = [self._people.get(each, {}) for each in match_keys]
                return max(matches, key=lambda person: sum(person in each for each in sharing))
        return None


def _match_keys(identity: Identity) -> Iterator[MatchKey]:
    """Yield the keys that identify someone, strongest first.

    The UID under which netkeep exports a contact is enough on a vCard, whatever the name there. In
    netkeep's own JSON and CSV it is computed from an id and a time, which another database may have
    too, so it counts only together with the name.
    """
    name, company = key(identity.name) or identity.name, key(identity.company or "")
    if identity.uid:
        yield "uid", identity.uid
    if card_uid := identity.uid or (identity.own_uid if identity.id else None):
        yield "card uid", card_uid
    uids = [uid for uid in (identity.own_uid, identity.uid) if uid]
    yield from (("own uid", uid, name) for uid in uids)
    yield from (("merged uid", uid) for uid in (identity.other_uids if identity.id else uids))
    yield from (("url", url) for url in identity.urls)
    yield from (("email", email) for email in identity.emails)
    yield from (("phone", phone) for phone in identity.phones)
    # A contact without a name has that of the company, which identifies nobody.
    if name != company or not identity.has_address:
        yield "name", name, company


def _is_proof(match_key: MatchKey, first: Identity, second: Identity) -> bool:
    """Whether a key that both have is enough: no profile, or else no UID, differs.

    A name without a company is not enough if both have addresses.
    """
    if match_key[0].endswith("uid"):
        return True
    if match_key[0] == "name" and not match_key[2] and first.has_address and second.has_address:
        return False
    if (differ := profiles_differ(first.urls, second.urls)) is not None:
        return not differ
    return not (first.uid and second.uid) or first.uid == second.uid


def profiles_differ(urls: Iterable[str], other_urls: Iterable[str]) -> bool | None:
    """Whether the profiles among these keys of URLs differ; None unless both have one."""
    profiles = {url for url in urls if url.startswith(PROFILE_START)}
    others = {url for url in other_urls if url.startswith(PROFILE_START)}
    return profiles.isdisjoint(others) if profiles and others else None


class Pair(NamedTuple):
    """Two contacts that may be the same person; the fields are what `merge --suggest` prints."""

    id: int
    name: str
    other_id: int
    other_name: str
    reasons: tuple[str, ...]


def likely_duplicates(contacts: Iterable[Contact]) -> list[Pair]:
    """Return the pairs that look like one person, those with the most reasons first.

    Contacts of every status count. Two whose profiles differ are two people.
    """
    by_id = {contact.id: contact for contact in contacts}
    url_keys = {
        contact.id: [detail_key(Detail.url, url) for url in contact.urls]
        for contact in by_id.values()
    }
    reasons: dict[tuple[int, int], list[str]] = {}
    for reason, ids in _shared(by_id.values()):
        for pair in combinations(sorted(ids), 2):
            if not profiles_differ(url_keys[pair[0]], url_keys[pair[1]]):
                reasons.setdefault(pair, []).append(reason)
    pairs = [
        Pair(first, by_id[first].name, second, by_id[second].name, tuple(shared))
        for (first, second), shared in reasons.items()
    ]
    return sorted(pairs, key=lambda pair: (-len(pair.reasons), pair.id, pair.other_id))


def _shared(contacts: Iterable[Contact]) -> Iterator[tuple[str, set[int]]]:
    """Yield what several contacts have in common, as a phrase, and their ids."""
    ids: dict[tuple[str, str], set[int]] = {}
    for contact in contacts:
        for detail in (Detail.email, Detail.phone, Detail.url):
            for value in getattr(contact, detail.field):
                ids.setdefault((detail.label, detail_key(detail, value)), set()).add(contact.id)
        if name := key(contact.name):
            ids.setdefault(("name", name), set()).add(contact.id)
    for (label, value), sharing in ids.items():
        if 1 < len(sharing) <= MAX_SHARING:
            yield f"same {label} {value}", sharing


def additions(
    contact: Contact, other: Mapping[str, Any]
) -> tuple[ContactFields, dict[Detail, ListChange]]:
    """Return the empty fields of a contact that other fields fill, and the entries they add."""
    fields = {
        name: other[name]
        for name in FILLED_FIELDS
        if getattr(contact, name) is None and other.get(name) is not None
    }
    lists = {
        detail: ListChange(add=more)
        for detail in Detail
        if (more := new_values(detail, getattr(contact, detail.field), other.get(detail.field, ())))
    }
    return cast(ContactFields, fields), lists


def merge_changes(
    first: Contact, second: Contact
) -> tuple[ContactFields, dict[Detail, ListChange]]:
    """Return the changes to the first contact when the second is merged into it.

    Empty fields are filled, lists and notes joined. An active contact stays active, with its kind
    and cadence. The later snooze counts, and the earlier first day.
    """
    contacts = (first, second)
    fields, lists = additions(first, second._asdict())
    if first.note and second.note and second.note not in first.note:
        fields["note"] = f"{first.note}\n{second.note}"
    vias = [contact.via.id for contact in contacts if contact.via]
    via_id = next((via for via in vias if via not in {first.id, second.id}), None)
    if via_id != (first.via and first.via.id):
        fields["via_id"] = via_id
    if second.status is Status.active and first.status is not Status.active:
        fields |= {"status": second.status, "kind": second.kind, "cadence": second.cadence}
    elif first.kind is Kind.other and second.kind is not Kind.other:
        fields["kind"] = second.kind
    if snoozes := [contact.snoozed_until for contact in contacts if contact.snoozed_until]:
        fields["snoozed_until"] = max(snoozes)
    if first_days := [contact.first_due_on for contact in contacts if contact.first_due_on]:
        fields["first_due_on"] = min(first_days)
    return fields, lists
