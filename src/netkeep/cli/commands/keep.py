"""netkeep keep: candidates let in, and dropped people taken back."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.fields import contact_fields
from netkeep.cli.resolve import resolve_people
from netkeep.domain.contact import FIELDS, Contact, Status
from netkeep.domain.lifecycle import accept, first_due_on
from netkeep.output import sentences
from netkeep.output.printing import print_results
from netkeep.output.streams import print_message
from netkeep.store.queries.contacts import load_contacts_by_id


def keep(
    ctx: typer.Context,
    people: options.PeopleArgument,
    kind: options.KindOption = None,
    cadence: Annotated[
        str | None,
        typer.Option("-e", "--every", metavar="CADENCE", help=FIELDS["cadence"].help),
    ] = None,
    chosen: options.ResultOption = None,
) -> None:
    """Let candidates in, or take back people you dropped.

    Several at once are spread over their cadence, so that they never all fall due together.
    Another kind brings its usual cadence, unless they have one of their own.

    Examples:
        netkeep keep ada --kind coworker
        netkeep list --status candidate --company initech | cut -f1 | xargs netkeep keep -e 6m
    """
    context: Context = ctx.obj
    asked = contact_fields(context, {"cadence": cadence})
    if kind:
        asked["kind"] = kind
    ids = []
    for person in resolve_people(context, people):
        if person.status is Status.active:
            print_message(f"{person} is kept already; to change them: netkeep edit {person.id}")
        else:
            ids.append(person.id)
    first_day = first_due_on(context.today, context.settings.follow_up_days)
    contacts: list[Contact] = []
    if ids:
        with context.writing() as repository:
            waiting = load_contacts_by_id(repository.connection, ids)
            contacts = repository.contacts.keep(
                accept(waiting, asked, context.settings.cadences, first_day)
            )
    print_results(sentences.kept(contacts), contacts, Contact, chosen)
