"""netkeep triage: the candidates, walked through one at a time."""

from itertools import count

import typer

from netkeep.cli import options
from netkeep.cli.commands.keep import accept_contacts
from netkeep.cli.context import Context
from netkeep.cli.fields import prompt_for_cadence, tag_keys, text_keys
from netkeep.cli.lists import print_first_step
from netkeep.cli.prompts import can_walk, prompt_for_kind
from netkeep.cli.walk import Action, drop_action, launch_actions, walk
from netkeep.domain.brief import Brief
from netkeep.domain.contact import Status
from netkeep.errors import NotInteractiveError
from netkeep.output import sentences
from netkeep.output.printing import print_changes
from netkeep.output.streams import print_message
from netkeep.store.queries.contacts import Filter, load_contacts, load_contacts_by_id


def triage(
    ctx: typer.Context,
    tag: options.HavingTags = None,
    city: options.InCity = None,
    company: options.AtCompany = None,
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
    if waiting:
        walk(context, waiting, _actions(context))
    elif not print_first_step(context):
        print_message("No candidates are waiting.")


def _actions(context: Context) -> dict[str, Action]:
    kept = count()
    return {
        "k": Action("keep", lambda page: _keep(context, page, next(kept))),
        **launch_actions(),
        "x": drop_action(context),
    }


def _keep(context: Context, page: Brief, kept: int) -> str:
    """Accept a candidate; those accepted on one walk are first due a day after one another."""
    kind = prompt_for_kind(page.kind)
    fields = prompt_for_cadence(context, kind)
    cadence = fields["cadence"]
    days_later = kept % cadence.days if cadence else 0
    with context.writing() as repository:
        candidates = load_contacts_by_id(repository.connection, [page.id])
        contacts = accept_contacts(context, repository, candidates, fields, days_later)
    print_changes(sentences.kept(contacts))
    return "kept"
