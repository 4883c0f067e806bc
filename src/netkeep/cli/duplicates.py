"""Find contacts who are, or may be, the person to be added."""

from netkeep.cli.context import Context
from netkeep.cli.prompts import confirm
from netkeep.domain.contact import ContactFields, Detail
from netkeep.domain.identity import Individual, identity_of, last_digits, reasons_alike, strength
from netkeep.domain.people import Person
from netkeep.domain.text import key
from netkeep.errors import DuplicateContactError
from netkeep.output.streams import print_message
from netkeep.store.queries import Connection
from netkeep.store.queries import identities as queries
from netkeep.store.queries.contacts import Filter, people_by_key

MAX_NAMED = 5  # people who may be the same


def confirm_to_add(context: Context, fields: ContactFields) -> bool:
    """Prompt before adding a contact who is the same person as another one.

    Return whether there is such a contact; raise DuplicateContactError if the answer is no.
    """
    try:
        with context.reading() as connection:
            refuse_same_person(connection, fields)
    except DuplicateContactError as error:
        if confirm(f"{error.person} has the same {error.same}. Add this person anyway?"):
            return True
        raise
    return False


def refuse_same_person(connection: Connection, fields: ContactFields) -> dict[Person, str]:
    """Raise DuplicateContactError if a contact is the same person.

    Return the contacts who may be, with what they have in common.
    """
    new = identity_of(fields)
    people = {person.id: person for person in _people_alike(connection, fields)}
    alike: dict[Person, str] = {}
    for identity in reversed(queries.load_identities(connection, Filter(ids=list(people)))):
        person = people[identity.id or 0]
        same = list(reasons_alike(new, identity))
        if strength(Individual(new), Individual(identity)):
            raise DuplicateContactError(str(person), same[0], person.id, person.status)
        alike[person] = " and the same ".join(same)
    return alike


def print_hints(contact_id: int, alike: dict[Person, str]) -> None:
    """Print the contacts who may be the same person as one that was just added."""
    for person, same in list(alike.items())[:MAX_NAMED]:
        print_message(
            f"{person} has the same {same}; if they are one person:"
            f" netkeep merge {person.id} {contact_id}"
        )
    if len(alike) > MAX_NAMED:
        print_message(f"and {len(alike) - MAX_NAMED:,} more: netkeep merge --suggest")


def _people_alike(connection: Connection, fields: ContactFields) -> list[Person]:
    """Return the people with the same name, address or phone number (last digits)."""
    new = identity_of(fields)
    people = [
        person
        for person in people_by_key(connection, key(new.name))
        if person.key or person.name == new.name
    ]
    for detail in (Detail.email, Detail.phone, Detail.url):
        for value in getattr(new, detail.field):
            people += queries.people_by_detail(connection, detail, value)
    for ending in filter(None, map(last_digits, new.phones)):
        people += queries.people_by_last_digits(connection, ending)
    return people
