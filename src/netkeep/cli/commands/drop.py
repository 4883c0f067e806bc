"""netkeep drop: people taken out."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.resolve import resolve_people
from netkeep.domain.contact import Contact, Status
from netkeep.domain.text import parse_line
from netkeep.output import sentences
from netkeep.output.printing import print_results
from netkeep.output.streams import print_message


def drop(
    ctx: typer.Context,
    people: options.PeopleArgument,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="TEXT", help="Why, for when they come up again."),
    ] = None,
    chosen: options.ResultOption = None,
) -> None:
    """Take people out: they are never due, and an import does not bring them back.

    What you know of them stays; `keep` takes them back.

    Examples:
        netkeep drop ada --reason "moved to another field"
        netkeep drop 12 14 19
    """
    context: Context = ctx.obj
    why = None if reason is None else parse_line(reason, "reason")
    ids = []
    for person in resolve_people(context, people):
        if person.status is Status.dropped and not why:
            print_message(
                f"{person} is dropped already; to take them back: netkeep keep {person.id}"
            )
        else:
            ids.append(person.id)
    contacts: list[Contact] = []
    if ids:
        with context.writing() as repository:
            contacts = repository.contacts.drop(ids, why)
    print_results(map(sentences.dropped, contacts), contacts, Contact, chosen)
