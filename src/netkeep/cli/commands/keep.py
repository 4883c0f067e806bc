"""netkeep keep: candidates let in, and dropped people taken back."""

import typer

from netkeep.cli import options, resolve
from netkeep.cli.context import Context
from netkeep.cli.fields import fields_typed
from netkeep.domain.contact import Contact, Status
from netkeep.domain.lifecycle import accept, first_due_on
from netkeep.output import sentences
from netkeep.output.printing import print_results
from netkeep.output.streams import print_message


def keep(
    ctx: typer.Context,
    people: options.PeopleArgument,
    kind: options.KindOption = None,
    cadence: options.CadenceOption = None,
    chosen: options.ResultOption = None,
) -> None:
    """Let candidates in, or take back people you dropped.

    Several at once are spread over their cadence, so that they never all fall due together.
    Another kind brings its usual cadence, unless they have one of their own.

    Examples:
        netkeep keep ada --kind coworker
        netkeep list --status candidate --company initech | cut -f1 | xargs netkeep keep -e 6m
    """
    here: Context = ctx.obj
    asked = fields_typed(here, cadence=cadence)
    if kind:
        asked["kind"] = kind
    ids = []
    for person in resolve.people(here, people):
        if person.status is Status.active:
            print_message(f"{person} is kept already; to change them: netkeep edit {person.id}")
        else:
            ids.append(person.id)
    first_day = first_due_on(here.today, here.settings.follow_up_days)
    contacts: list[Contact] = []
    if ids:
        with here.writer() as write:
            waiting = write.ask.contacts_named(ids)
            contacts = write.keep(accept(waiting, asked, here.settings.cadences, first_day))
    print_results(sentences.kept(contacts), contacts, Contact, chosen)
