"""From the words people type to the person meant; nobody is ever guessed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import typer

from netkeep.cli.context import FIRST_STEP, Context
from netkeep.cli.prompts import can_ask, choose, confirm
from netkeep.domain.contact import ContactFields, Detail, Status, detail_key, entries
from netkeep.domain.people import Person, id_at_end, match_people, nearest, parse_id
from netkeep.domain.text import LINE_LIMIT, key
from netkeep.errors import AmbiguousPersonError, DuplicateContactError, NoSuchPersonError
from netkeep.output.streams import print_message
from netkeep.store.reader import Reader

TO_CHOOSE_FROM = 20  # people; a longer list is no question any more


def person(here: Context, words: str) -> Person:
    """Whoever is meant; NoSuchPersonError or, if nobody can be asked, AmbiguousPersonError."""
    (found,) = people(here, [words])
    return found


def looked_up(here: Context, words: str) -> Person:
    """Whoever is meant, as person, for a command that only looks.

    Before anybody is kept at all that is no error: it says what to do first, and ends.
    """
    try:
        return person(here, words)
    except NoSuchPersonError as error:
        if error.has_contacts:
            raise
        print_message(FIRST_STEP)
        raise typer.Exit from None


def people(here: Context, named: Iterable[str]) -> list[Person]:
    """Whoever is meant by each, everybody once."""
    with here.reader() as ask:
        meant_by = {words: _candidates(ask, words) for words in named}
    # Asked only now: a question may stand for hours, and the file is nobody's meanwhile.
    chosen = [_one(words, candidates) for words, candidates in meant_by.items()]
    return list({found.id: found for found in chosen}.values())


def agreed_to_add(here: Context, new: ContactFields) -> bool:
    """Ask whether to add someone who looks the same as another; False if nobody does.

    Raises DuplicateContactError if not.
    """
    with here.reader() as ask:
        already = _already_there(ask, new)
    if already and not confirm(f"{already.person} has the same {already.same}. Add another one?"):
        raise already
    return already is not None


def refuse_same_person(ask: Reader, new: ContactFields) -> None:
    """Raise DuplicateContactError if somebody who looks the same is there."""
    already = _already_there(ask, new)
    if already:
        raise already


def _already_there(ask: Reader, new: ContactFields) -> DuplicateContactError | None:
    for found in ask.people_with_key(key(new["name"])):
        if found.key or found.name == new["name"]:
            return _same(found, "name")
    for detail in (Detail.email, Detail.phone, Detail.url):
        for value in entries(new, detail):
            for found in ask.people_with(detail, detail_key(detail, value)):
                return _same(found, detail.label)
    return None


def _same(person: Person, what: str) -> DuplicateContactError:
    return DuplicateContactError(str(person), what, person.id, person.status)


def _candidates(ask: Reader, words: str) -> Sequence[Person]:
    """Everybody who may be meant, at least one."""
    number = parse_id(words)
    found = _named(ask, words) if number is None else ask.people_with_id(number)
    if found:
        return found
    like = ask.names_like(key(words)) if number is None and len(words) <= LINE_LIMIT else []
    raise NoSuchPersonError(words, nearest(words, like), has_contacts=any(ask.count().values()))


def _named(ask: Reader, words: str) -> Sequence[Person]:
    typed = key(words)
    if not typed:
        return match_people(words, ask.people_with_key(""))
    if len(typed) > LINE_LIMIT:
        return []
    starting = {found.id: found for found in [*ask.people_starting(typed), *_with_id(ask, typed)]}
    if any(found.status is not Status.dropped for found in starting.values()):
        return match_people(words, starting.values())
    # Only a name that begins no word, or a dropped one, is worth a look at every name.
    anywhere = {found.id: found for found in ask.people_containing(typed)}
    return match_people(words, (starting | anywhere).values())


def _with_id(ask: Reader, typed: str) -> list[Person]:
    number = id_at_end(typed)
    found = [] if number is None else ask.people_with_id(number)
    return [person for person in found if person.key_and_id == typed]


def _one(words: str, candidates: Sequence[Person]) -> Person:
    if len(candidates) == 1:
        return candidates[0]
    if can_ask() and len(candidates) <= TO_CHOOSE_FROM:
        return choose(f'Which "{words}"? Its number', {one.id: one for one in candidates})
    raise AmbiguousPersonError(words, [str(one) for one in candidates], candidates[0].id)
