"""netkeep amend: change or delete one touchpoint."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.fields import touchpoint_fields
from netkeep.cli.resolve import resolve_person
from netkeep.domain.people import parse_id
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.printing import print_result
from netkeep.store.queries.agenda import load_occasions
from netkeep.store.queries.contacts import load_contacts_by_id
from netkeep.store.queries.touchpoints import load_touchpoint


def amend(
    ctx: typer.Context,
    touchpoint_id: Annotated[
        str, typer.Argument(metavar="ID", help="The id of a touchpoint, as `timeline` shows it.")
    ],
    on: options.OnOption = None,
    channel: options.ChannelOption = None,
    purpose: options.PurposeOption = None,
    from_them: Annotated[
        bool | None,
        typer.Option("--in/--out", help="Who reached out: they did (--in), or you did (--out)."),
    ] = None,
    note: options.NoteOption = None,
    with_: Annotated[
        str | None,
        typer.Option("--with", metavar="PERSON", help="Move the touchpoint to this contact."),
    ] = None,
    delete: Annotated[bool, typer.Option("--delete", help="Delete the touchpoint.")] = False,
    chosen: options.ResultOption = None,
) -> None:
    """Change or delete one touchpoint.

    If you delete the latest touchpoint, the due date is counted from the touchpoint before it.
    `--note none` clears the note. --with moves the touchpoint to another contact; both contacts get
    new due dates.

    Examples:
        netkeep amend 57 --with grace
        netkeep amend 57 --on 2026-11-20 --note "It was a video call"
        netkeep amend 57 --delete
    """
    context: Context = ctx.obj
    number = parse_id(touchpoint_id)
    if number is None:
        raise BadValueError(
            f'"{touchpoint_id}" is not the id of a touchpoint', "see the ids: netkeep timeline"
        )
    changes = touchpoint_fields(context, on, channel, purpose, from_them, note)
    if (bool(changes) or with_ is not None) == delete:
        raise BadValueError(
            "use options that change the touchpoint, or --delete",
            "see the options: netkeep amend --help",
        )
    with context.reading() as connection:
        load_touchpoint(connection, number)
    contact_id = None if with_ is None else resolve_person(context, with_).id
    with context.writing() as repository:
        previous_id = load_touchpoint(repository.connection, number).contact_id
        ids = list(dict.fromkeys([contact_id or previous_id, previous_id]))
        before = load_occasions(repository.connection, ids)
        if delete:
            touchpoint = repository.touchpoints.delete(number)
            done = "Deleted"
        else:
            touchpoint = repository.touchpoints.amend(number, changes, contact_id)
            done = "Amended"
        contacts = load_contacts_by_id(repository.connection, ids)
        after = load_occasions(repository.connection, ids)
    contact, *previous = contacts
    sentence = sentences.touchpoint_changed(done, touchpoint, contact, context.today)
    more = [
        *(sentences.touchpoint_moved_from(each, context.today) for each in previous),
        *sentences.promises_changed(before, after, contacts),
    ]
    print_result(sentence, touchpoint, chosen, more)
