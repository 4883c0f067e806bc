"""netkeep forget: erase a contact for good."""

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.prompts import require_confirmation
from netkeep.cli.resolve import resolve_person
from netkeep.domain.text import key
from netkeep.output import sentences
from netkeep.output.printing import print_changes
from netkeep.output.values import MAX_NAMES
from netkeep.store.queries.contacts import load_contact, load_extra_lines
from netkeep.store.queries.search import search
from netkeep.store.queries.touchpoints import load_touchpoints


def forget(
    ctx: typer.Context, person: options.PersonArgument, yes: options.YesOption = False
) -> None:
    """Erase a person and everything about them.

    This cannot be undone. As it also erases the history of changes, no earlier change can be undone
    either. netkeep makes a backup first, and then names every backup that still has the person.
    To take people off your list, but keep what you know of them, use `netkeep drop`.

    Examples:
        netkeep forget ada
    """
    from netkeep.store import forget as store

    context: Context = ctx.obj
    contact_id = resolve_person(context, person).id
    with context.reading() as connection:
        contact = load_contact(connection, contact_id)
        extra = load_extra_lines(connection, [contact_id]).get(contact_id, [])
        touchpoints = len(load_touchpoints(connection, [contact_id]).get(contact_id, ()))
    require_confirmation(sentences.to_forget(contact, touchpoints), yes=yes)
    store.forget(context.path, context.now, contact)
    with context.reading() as connection:
        mentions = search(connection, [key(contact.name)], MAX_NAMES) if key(contact.name) else []
    print_changes(
        sentences.forgotten(contact, mentions, store.backups_with(context.path, contact, extra))
    )
