"""Find the contact that a typed name or id means; never guess."""

from collections.abc import Iterable, Mapping, Sequence

import typer

from netkeep.cli.context import Context
from netkeep.cli.lists import FIRST_STEP
from netkeep.cli.prompts import can_prompt, choose_person
from netkeep.domain.contact import Status
from netkeep.domain.people import (
    ACTIVE_FIRST,
    SMALL_WORDS,
    Person,
    Tier,
    match_people,
    nearest_names,
    parse_id,
    trailing_id,
)
from netkeep.domain.text import LINE_LIMIT, key
from netkeep.errors import AmbiguousPersonError, NoSuchPersonError
from netkeep.output.streams import print_message
from netkeep.store.queries import Connection
from netkeep.store.queries import contacts as queries


def resolve_person(context: Context, typed: str) -> Person:
    """Return the person who is meant; prompt if the text is ambiguous.

    Raise NoSuchPersonError, or AmbiguousPersonError if netkeep cannot prompt.
    """
    (found,) = resolve_people(context, [typed])
    return found


def resolve_to_read(context: Context, typed: str) -> Person:
    """Return the person who is meant, for a command that only reads; raise as resolve_person does.

    If there are no contacts yet, print what to do first and end the command without an error.
    """
    (found,) = resolve_people_to_read(context, [typed])
    return found


def resolve_people_to_read(context: Context, typed: Iterable[str]) -> list[Person]:
    """Return the people who are meant, each once, as resolve_to_read does."""
    try:
        return resolve_people(context, typed)
    except NoSuchPersonError as error:
        if error.has_contacts:
            raise
        print_message(FIRST_STEP)
        raise typer.Exit from None


def resolve_people(
    context: Context, typed: Iterable[str], order: Sequence[Status] = ACTIVE_FIRST
) -> list[Person]:
    """Return the people who are meant, each once; raise as resolve_person does.

    A name of several words needs no quotes, if it cannot be several people. `order` is the order in
    which contacts are tried, by status.
    """
    with context.reading() as connection:
        matches = {text: _matches(connection, text, order) for text in typed}
        if people := _people_with_all_words(connection, matches, order):
            matches = {" ".join(matches): people}
        elif len(matches) > 1:
            _refuse_small_words(matches)
    # A prompt may wait for hours, so the file is closed first.
    chosen = [_choose(text, people) for text, people in matches.items()]
    return list({person.id: person for person in chosen}.values())


def _matches(connection: Connection, typed: str, order: Sequence[Status]) -> Sequence[Person]:
    """Return the people who may be meant, at least one; raise NoSuchPersonError."""
    contact_id = parse_id(typed)
    if contact_id is not None:
        people: Sequence[Person] = queries.person_by_id(connection, contact_id)
    else:
        people = _people_named(connection, typed, order)
    if people:
        return people
    names = []
    if contact_id is None and len(typed) <= LINE_LIMIT:
        names = queries.names_to_suggest(connection, key(typed))
    has_contacts = any(queries.count_by_status(connection).values())
    raise NoSuchPersonError(typed, nearest_names(typed, names), has_contacts=has_contacts)


def _people_named(connection: Connection, typed: str, order: Sequence[Status]) -> list[Person]:
    typed_key = key(typed)
    if len(typed_key) > LINE_LIMIT:
        return []
    contact_id = trailing_id(typed_key)
    whole = queries.people_by_key(connection, typed_key)
    if contact_id is not None:
        whole += queries.person_by_id(connection, contact_id)

    def read(tier: Tier, status: Status) -> list[Person]:
        if not typed_key:
            return []
        if tier is Tier.word_starts:
            return queries.people_by_word_starts(connection, typed_key, status)
        return queries.people_containing(connection, typed_key, status)

    return match_people(typed, whole, read, order)


def _people_with_all_words(
    connection: Connection, matches: Mapping[str, Sequence[Person]], order: Sequence[Status]
) -> Sequence[Person]:
    """Return the people who may be meant by all texts together, such as `ada` and `lovelace`.

    Return none if each text means one person, unless together they are the name of another.
    """
    if len(matches) < 2:
        return []
    first, *others = matches.values()
    if any(len(people) > 1 for people in matches.values()):
        return [person for person in first if all(person in people for people in others)]
    named = [
        person
        for person in queries.people_by_key(connection, key(" ".join(matches)))
        if person.status is order[0]
    ]
    meant = list(dict.fromkeys(people[0] for people in matches.values()))
    return list(dict.fromkeys([*named, *meant])) if named and named != meant else []


def _refuse_small_words(matches: Mapping[str, Sequence[Person]]) -> None:
    """Raise NoSuchPersonError for a word such as `for` that only occurs within the names."""
    for text, people in matches.items():
        is_small = len(text) > 1 and text.lower() in SMALL_WORDS
        if is_small and not any(text.lower() in person.key.split() for person in people):
            raise NoSuchPersonError(text)


def _choose(typed: str, people: Sequence[Person]) -> Person:
    if len(people) == 1:
        return people[0]
    if can_prompt():
        return choose_person(f'Which "{typed}"?', people)
    raise AmbiguousPersonError(typed, [str(person) for person in people], people[0].id)
