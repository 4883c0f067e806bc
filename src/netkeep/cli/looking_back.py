"""Looking back: what was said to whom, and putting it right."""

from typing import Annotated

import typer

from netkeep.cli import who
from netkeep.cli.fields import touchpoint_fields
from netkeep.cli.invocation import Invocation, say_what_first
from netkeep.cli.options import (
    ChannelOption,
    FormatOption,
    LimitOption,
    NoteOption,
    OnOption,
    PurposeOption,
    ResultOption,
)
from netkeep.domain.days import Toward, parse_day
from netkeep.domain.people import contact_id as id_in
from netkeep.domain.touchpoint import Touchpoint
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.show import show, tell_one


def timeline(
    ctx: typer.Context,
    person: Annotated[
        str | None, typer.Argument(metavar="[PERSON]", help="Of one person only.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="From this day on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="Up to this day.")
    ] = None,
    channel: ChannelOption = None,
    purpose: PurposeOption = None,
    limit: LimitOption = None,
    chosen: FormatOption = None,
) -> None:
    """List touchpoints, the newest first.

    The number in front is the id that `netkeep amend` takes.

    Examples:
        netkeep timeline ada
        netkeep timeline --since "3 months ago" --channel call
    """
    here: Invocation = ctx.obj
    contact_id = None if person is None else who.person(here, person).id
    with here.reader() as ask:
        touchpoints = ask.timeline(
            contact_id=contact_id,
            since=None if since is None else parse_day(since, here.today, Toward.PAST),
            until=None if until is None else parse_day(until, here.today, Toward.PAST),
            channel=channel,
            purpose=purpose,
            limit=limit,
        )
        if not touchpoints:
            say_what_first(ask)
    show(touchpoints, Touchpoint, chosen)


def amend(
    ctx: typer.Context,
    touchpoint_id: Annotated[
        str, typer.Argument(metavar="ID", help="The id of a touchpoint, as `timeline` shows it.")
    ],
    on: OnOption = None,
    channel: ChannelOption = None,
    purpose: PurposeOption = None,
    from_them: Annotated[
        bool | None, typer.Option("--in/--out", help="They reached out, or you did.")
    ] = None,
    note: NoteOption = None,
    delete: Annotated[bool, typer.Option("--delete", help="Take it away instead.")] = False,
    chosen: ResultOption = None,
) -> None:
    """Change or delete one touchpoint.

    Without the latest one, the next due date is counted from the one before. The note `none`
    clears a note.

    Examples:
        netkeep amend 57 --on 2026-11-20 --note "It was a video call"
        netkeep amend 57 --delete
    """
    here: Invocation = ctx.obj
    number = id_in(touchpoint_id)
    if number is None:
        raise BadValueError(
            f'"{touchpoint_id}" is not the id of a touchpoint', "see the ids: netkeep timeline"
        )
    changes = touchpoint_fields(here, on, channel, purpose, from_them, note)
    if bool(changes) == delete:
        raise BadValueError(
            "amend takes either what to change, or --delete",
            "see the options: netkeep amend --help",
        )
    with here.reader() as ask:
        ask.touchpoint(number)
    with here.writer() as write:
        if delete:
            touchpoint = write.delete(number)
            done = sentences.deleted
        else:
            touchpoint = write.amend(number, changes)
            done = sentences.amended
        contact = write.ask.contact(touchpoint.contact_id)
    tell_one(done(touchpoint, contact), touchpoint, chosen)
