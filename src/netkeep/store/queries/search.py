"""The query of `find`: search everything you have written."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from netkeep.domain.contact import Contact
from netkeep.domain.occasions import Occasion
from netkeep.domain.search import Find, Passage, field_passages, find_terms
from netkeep.domain.touchpoint import Touchpoint
from netkeep.store.queries import ID_LIST, Connection, first_value, select
from netkeep.store.queries.agenda import load_occasions
from netkeep.store.queries.contacts import load_contacts_by_id
from netkeep.store.queries.touchpoints import load_touchpoints


def search(connection: Connection, terms: Sequence[str], limit: int | None) -> list[Find]:
    """Return the contacts with each of these keys in some text, the latest touchpoint first.

    Read the key of every text, and everything else only of contacts that match.
    """
    sql = "SELECT contact_id FROM passage WHERE key LIKE ?"
    matches = [
        set(select(connection, sql, [f"%{term}%"], first_value)) for term in dict.fromkeys(terms)
    ]
    ids = select(
        connection,
        f"SELECT id FROM contact WHERE id IN {ID_LIST} AND status <> 'dropped'"
        " ORDER BY last_touch_on DESC, id LIMIT ?",
        [sorted(set.intersection(*matches)), -1 if limit is None else limit],
        first_value,
    )
    touchpoints = load_touchpoints(connection, ids)
    occasions: defaultdict[int, list[Occasion]] = defaultdict(list)
    for occasion in load_occasions(connection, ids):
        occasions[occasion.contact_id].append(occasion)
    found = (
        find_terms(terms, each, _passages(each, touchpoints.get(each.id, ()), occasions[each.id]))
        for each in load_contacts_by_id(connection, ids)
    )
    return [each for each in found if each]


def _passages(
    contact: Contact, touchpoints: Sequence[Touchpoint], occasions: Sequence[Occasion]
) -> Iterator[Passage]:
    """Yield every text about a contact, the newest touchpoint and occasion first."""
    yield from field_passages(contact._asdict())
    for touchpoint in reversed(touchpoints):
        if touchpoint.note:
            yield Passage(f"{touchpoint.channel} on {touchpoint.day}", touchpoint.note)
    for occasion in reversed(occasions):
        yield Passage(f"{occasion.kind} of {occasion.day}", occasion.text or occasion.city or "")
