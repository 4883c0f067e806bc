"""netkeep snooze: hide people from the agenda for a while."""

from contextlib import suppress
from datetime import date
from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.fields import DEFAULT_SNOOZE, parse_snooze
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
            metavar="PERSON... [LENGTH|DAY]",
            help="People, then a length or a day: ada 1m (one month). Without a length, one person"
            f" is snoozed for {DEFAULT_SNOOZE}.",
        ),
    ],
    chosen: options.ResultOption = None,
) -> None:
    """Hide people from the agenda for a while, or until a day.

    A snooze ends with the next touchpoint. To end it now, give `none` as the length.

    Examples:
        netkeep snooze ada
        netkeep snooze ada 2w
        netkeep snooze grace alan "1 dec"
    """
    context: Context = ctx.obj
    default = None
    if len(typed) == 1:
        _refuse_end_alone(context, typed[0])
        default = DEFAULT_SNOOZE
        typed = [*typed, str(default)]
    people, day = _split_end(context, typed)
    ids = [person.id for person in resolve_people(context, people)]
    with context.writing() as repository:
        contacts = repository.contacts.snooze(ids, day)
    snoozed = (sentences.snoozed(contact, context.today, default) for contact in contacts)
    print_results(snoozed, contacts, Contact, chosen)


def _split_end(context: Context, typed: list[str]) -> tuple[list[str], date | None]:
    """Return the people, and the day a snooze ends: the last one to three words."""
    for words in (3, 2, 1):
        with suppress(BadValueError):
            if words < len(typed):
                return typed[:-words], parse_snooze(context, " ".join(typed[-words:]))
    return typed[:-1], parse_snooze(context, typed[-1])


def _refuse_end_alone(context: Context, typed: str) -> None:
    """Raise BadValueError if the only argument is a length or a day, not a person."""
    try:
        parse_snooze(context, typed)
    except BadValueError:
        return
    raise BadValueError("name people before the length or day", "try: netkeep snooze ada 2w")
