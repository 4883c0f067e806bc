"""netkeep triage: the candidates, walked through one at a time."""

from datetime import timedelta
from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.fields import contact_fields, tag_keys, text_keys
from netkeep.cli.lists import first_step
from netkeep.cli.prompts import can_walk, prompt, prompt_for_kind
from netkeep.cli.walk import Action, drop_action, launch_actions, walk
from netkeep.domain.brief import Brief
from netkeep.domain.contact import Status
from netkeep.domain.lifecycle import accept, first_due_on
from netkeep.errors import NotInteractiveError
from netkeep.output import sentences
from netkeep.output.printing import print_changes
from netkeep.output.streams import print_message
from netkeep.store.queries.contacts import Filter, load_contacts, load_contacts_by_id


def triage(
    ctx: typer.Context,
    tag: options.HavingTags = None,
    city: options.InCity = None,
    company: Annotated[
        str | None, typer.Option("--company", metavar="COMPANY", help="Working there.")
    ] = None,
) -> None:
    """Walk through the candidates: keep, drop, or leave for later.

    Every step is saved as you take it; q or Ctrl-D ends the walk at any time. Those kept are
    first due a day after one another.

    Examples:
        netkeep triage
        netkeep triage --company initech
    """
    context: Context = ctx.obj
    if not can_walk():
        raise NotInteractiveError(
            "triage", "use: netkeep list --status candidate, then netkeep keep or drop"
        )
    which = Filter(
        statuses=[Status.candidate],
        tags=tag_keys(tag),
        texts=text_keys(city=city, company=company),
    )
    with context.reading() as connection:
        waiting = [contact.id for contact in load_contacts(connection, which)]
        first = None if waiting else first_step(connection)
    if waiting:
        walk(context, waiting, _actions(context))
    else:
        print_message(first or "No candidates are waiting.")


def _actions(context: Context) -> dict[str, Action]:
    kept = 0

    def keep(page: Brief) -> str:
        nonlocal kept
        _keep(context, page, kept)
        kept += 1
        return "kept"

    return {
        "k": Action("keep", keep),
        **launch_actions(),
        "x": drop_action(context),
    }


def _keep(context: Context, page: Brief, kept: int) -> None:
    """Let a candidate in; whoever is let in on one walk is first due a day after the other."""
    kind = prompt_for_kind(page.kind)
    usual = str(context.settings.cadences[kind] or "none")
    asked = prompt("How often", lambda text: contact_fields(context, {"cadence": text}), usual)
    asked["kind"] = kind
    cadence = asked["cadence"]
    first = first_due_on(context.today, context.settings.follow_up_days)
    if cadence:
        first += timedelta(days=kept % cadence.days)
    with context.writing() as repository:
        waiting = load_contacts_by_id(repository.connection, [page.id])
        contacts = repository.contacts.keep(
            accept(waiting, asked, context.settings.cadences, first)
        )
    print_changes(sentences.kept(contacts))
