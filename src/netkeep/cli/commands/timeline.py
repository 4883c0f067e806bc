"""netkeep timeline: list touchpoints, the newest first."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.lists import show_list
from netkeep.cli.resolve import resolve_to_read
from netkeep.domain.days import Toward, parse_day
from netkeep.domain.touchpoint import Touchpoint
from netkeep.store.queries.touchpoints import load_timeline


def timeline(
    ctx: typer.Context,
    person: Annotated[
        str | None, typer.Argument(metavar="[PERSON]", help="Only touchpoints with this person.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DAY", help="Only touchpoints on this day or later."),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DAY", help="Only touchpoints on this day or earlier."),
    ] = None,
    channel: options.ChannelOption = None,
    purpose: options.PurposeOption = None,
    limit: options.LimitOption = None,
    chosen: options.FormatOption = None,
) -> None:
    """List touchpoints, the newest first.

    The first column has the ids, which `netkeep amend` takes.

    Examples:
        netkeep timeline ada
        netkeep timeline --since "3 months ago" --channel call
    """
    context: Context = ctx.obj
    contact_id = None if person is None else resolve_to_read(context, person).id
    with context.reading() as connection:
        touchpoints = load_timeline(
            connection,
            contact_id=contact_id,
            since=None if since is None else parse_day(since, context.today, Toward.PAST),
            until=None if until is None else parse_day(until, context.today, Toward.PAST),
            channel=channel,
            purpose=purpose,
            limit=limit,
        )
    show_list(context, touchpoints, Touchpoint, chosen)
