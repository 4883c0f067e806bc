"""From the words people type to the person meant; nobody is ever guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from netkeep.cli.questions import can_ask, choose
from netkeep.domain.contact import ContactFields, Status, entries
from netkeep.domain.details import Detail, detail_key
from netkeep.domain.people import Person, contact_id, meant, nearest
from netkeep.domain.text import key
from netkeep.errors import AmbiguousPersonError, NoSuchPersonError
from netkeep.store.reader import Reader

TO_CHOOSE_FROM = 20  # people; a longer list is no question any more


def person(ask: Reader, words: str) -> Person:
    """Whoever is meant; NoSuchPersonError or, if nobody can be asked, AmbiguousPersonError."""
    number = contact_id(words)
    if number is not None:
        found = ask.person(number)
        if found is None:
            raise NoSuchPersonError(words)
        return found
    people = _meant(ask, words)
    if not people:
        raise NoSuchPersonError(words, nearest(words, ask.names_like(key(words))))
    if len(people) == 1:
        return people[0]
    if can_ask() and len(people) <= TO_CHOOSE_FROM:
        return people[choose(f'Which "{words}"', people)]
    raise AmbiguousPersonError(words, [str(one) for one in people], people[0].id)


def people(ask: Reader, named: Iterable[str]) -> list[Person]:
    """Whoever is meant by each, everybody once."""
    return list({found.id: found for found in (person(ask, words) for words in named)}.values())


def same_person(ask: Reader, new: ContactFields) -> tuple[Person, str] | None:
    """Who is already kept with the same name, e-mail, phone or URL, and which of them it is."""
    name = new["name"]
    for found in ask.people_with_key(key(name)):
        if found.key or found.name == name:
            return found, "name"
    for detail in (Detail.email, Detail.phone, Detail.url):
        for value in entries(new, detail):
            for found in ask.people_with(detail, detail_key(detail, value)):
                return found, detail.spoken
    return None


def _meant(ask: Reader, words: str) -> Sequence[Person]:
    typed = key(words)
    if not typed:
        return meant(words, ask.people_with_key(""))
    starting = ask.people_starting(typed)
    if any(found.status is not Status.dropped for found in starting):
        return meant(words, starting)
    # Only a name that begins no word, or a dropped one, is worth a look at every name.
    anywhere = {found.id: found for found in [*starting, *ask.people_containing(typed)]}
    return meant(words, anywhere.values())
