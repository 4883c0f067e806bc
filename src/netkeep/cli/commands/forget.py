"""netkeep forget: someone erased for good."""

import typer

from netkeep.cli import options, resolve
from netkeep.cli.context import Context
from netkeep.cli.prompts import agree
from netkeep.domain.text import key
from netkeep.output import sentences
from netkeep.output.printing import print_changes


def forget(
    ctx: typer.Context, words: options.PersonArgument, yes: options.YesOption = False
) -> None:
    """Erase someone for good, with all that was ever said to them.

    It cannot be undone: what earlier changes were is erased as well. A backup is made before, and
    the answer names every backup that still holds them. To only take someone out: netkeep drop.

    Examples:
        netkeep forget ada
    """
    from netkeep.store.forgetting import forget, holding

    here: Context = ctx.obj
    found = resolve.person(here, words)
    with here.reader() as ask:
        contact = ask.contact(found.id)
        extra = ask.extras([found.id]).get(found.id, [])
        touchpoints = len(ask.touchpoints_with([found.id]).get(found.id, ()))
    agree(sentences.to_forget(contact, touchpoints), yes=yes)
    forget(here.path, here.now, contact)
    with here.reader() as ask:
        mentions = ask.find([key(contact.name)], sentences.MAX_NAMES) if key(contact.name) else []
    print_changes(sentences.forgotten(contact, mentions, holding(here.path, contact, extra)))
