"""netkeep snooze: off the agenda for a while."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.fields import parse_snooze
from netkeep.cli.resolve import resolve_people
from netkeep.domain.contact import Contact
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.printing import print_results


def snooze(
    ctx: typer.Context,
    typed: Annotated[
        list[str],
        typer.Argument(
            metavar="PERSON... LENGTH|DAY", help="Who, and for how long or until when: ada 2w."
        ),
    ],
    chosen: options.ResultOption = None,
) -> None:
    """Hide people from the agenda for a while, or until a day.

    A snooze ends with the next touchpoint, or with `none`.

    Examples:
        netkeep snooze ada 2w
        netkeep snooze grace alan "1 dec"
    """
    context: Context = ctx.obj
    *people, until = typed
    if not people:
        raise BadValueError("snooze takes who and for how long", "try: netkeep snooze ada 2w")
    day = parse_snooze(context, until)
    ids = [person.id for person in resolve_people(context, people)]
    with context.writing() as repository:
        contacts = repository.contacts.snooze(ids, day)
    print_results(map(sentences.snoozed, contacts), contacts, Contact, chosen)
