"""netkeep show: show everything about people."""

import typer

from netkeep.cli import options
from netkeep.cli.agenda import load_nudge
from netkeep.cli.context import Context
from netkeep.cli.resolve import resolve_people_to_read
from netkeep.domain.contact import Contact
from netkeep.domain.stats import by_month, first_month
from netkeep.output.printing import print_page, print_records, prints_table
from netkeep.store.queries.contacts import load_contact, load_contacts_by_id
from netkeep.store.queries.touchpoints import count_touchpoints_by_day, load_timeline

LATEST = 5  # touchpoints on a card


def show(
    ctx: typer.Context,
    people: options.PeopleArgument,
    chosen: options.FormatOption = None,
) -> None:
    """Show people: their fields, the past year and the latest touchpoints.

    A part of a name is enough if it fits only one person. In JSON, one person is an object, and
    several people are an array.

    Examples:
        netkeep show ada
        netkeep show 12 --format json
        netkeep show ada grace
    """
    context: Context = ctx.obj
    ids = [person.id for person in resolve_people_to_read(context, people)]
    if len(ids) > 1 and not prints_table(chosen):
        with context.reading() as connection:
            contacts = load_contacts_by_id(connection, ids)
        print_records(contacts, Contact, chosen)
        return
    for contact_id in ids:
        _show_one(context, contact_id, chosen)


def _show_one(context: Context, contact_id: int, chosen: options.FormatOption) -> None:
    with context.reading() as connection:
        contact = load_contact(connection, contact_id)
        latest = load_timeline(connection, contact_id=contact.id, limit=LATEST)
        days = count_touchpoints_by_day(
            connection, first_month(context.today), context.today, contact_id
        )
        nudge = load_nudge(connection, contact_id, context.today)
    print_page(
        contact,
        chosen,
        reasons=nudge.reasons if nudge else (),
        latest=latest,
        months=by_month(days, context.today),
    )
