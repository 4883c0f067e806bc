"""netkeep keep and drop: accept candidates, and take people off the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.fields import contact_fields
from netkeep.cli.resolve import resolve_people
from netkeep.domain.contact import FIELDS, Contact, ContactFields, Status
from netkeep.domain.due import first_due_on
from netkeep.domain.lifecycle import accept
from netkeep.domain.people import CANDIDATES_FIRST
from netkeep.domain.text import parse_line
from netkeep.output import sentences
from netkeep.output.printing import print_results
from netkeep.output.streams import print_message
from netkeep.store.queries.contacts import load_contacts_by_id

if TYPE_CHECKING:
    from netkeep.store.repository import Repository


def keep(
    ctx: typer.Context,
    people: options.PeopleArgument,
    kind: options.KindOption = None,
    cadence: Annotated[
        str | None, typer.Option("-e", "--every", metavar="CADENCE", help=FIELDS["cadence"].help)
    ] = None,
    chosen: options.ResultOption = None,
) -> None:
    """Accept candidates, or bring back people you dropped.

    If you keep several people, their first due dates are spread out, so that they are not all due
    together. With --kind, each gets the default cadence of that kind, unless you have set their
    cadence yourself.

    Examples:
        netkeep keep ada --kind coworker
        netkeep keep 12 14 19 --kind client --every 6m
    """
    context: Context = ctx.obj
    fields = contact_fields(context, {"cadence": cadence}, kind)
    ids = []
    for person in resolve_people(context, people, CANDIDATES_FIRST):
        if person.status is Status.active:
            print_message(
                f"{person} is active already; to change the contact: netkeep edit {person.id}"
            )
        else:
            ids.append(person.id)
    contacts: list[Contact] = []
    if ids:
        with context.writing() as repository:
            waiting = load_contacts_by_id(repository.connection, ids)
            contacts = accept_contacts(context, repository, waiting, fields)
    print_results(sentences.kept(contacts, context.today), contacts, Contact, chosen)


def drop(
    ctx: typer.Context,
    people: options.PeopleArgument,
    reason: Annotated[
        str | None,
        typer.Option(
            "--reason", metavar="TEXT", help="The reason, shown if an import finds them again."
        ),
    ] = None,
    chosen: options.ResultOption = None,
) -> None:
    """Take people off your list; a later import does not bring them back.

    Everything about them is kept. To bring them back, use `netkeep keep`.

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
                f"{person} is dropped already; to bring them back: netkeep keep {person.id}"
            )
        else:
            ids.append(person.id)
    contacts: list[Contact] = []
    if ids:
        with context.writing() as repository:
            contacts = repository.contacts.drop(ids, why)
    print_results(map(sentences.dropped, contacts), contacts, Contact, chosen)


def accept_contacts(
    context: Context,
    repository: Repository,
    contacts: Sequence[Contact],
    fields: ContactFields,
    accepted_before: int = 0,
) -> list[Contact]:
    """Make contacts active; those without a touchpoint are due after the follow-up days."""
    first = first_due_on(context.today, context.settings.follow_up_days)
    cadences = context.settings.cadences
    return repository.contacts.keep(accept(contacts, fields, cadences, first, accepted_before))
