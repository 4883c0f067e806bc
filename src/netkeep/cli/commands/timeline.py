"""netkeep timeline: touchpoints, newest first."""

from typing import Annotated

import typer

from netkeep.cli.context import Context
from netkeep.cli.lists import first_step, show_list
from netkeep.cli.options import (
    ChannelOption,
    FormatOption,
    LimitOption,
    PurposeOption,
)
from netkeep.cli.resolve import resolve_to_read
from netkeep.domain.days import Toward, parse_day
from netkeep.domain.touchpoint import Touchpoint
from netkeep.store.queries.contacts import load_timeline


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
        first = None if touchpoints else first_step(connection)
    show_list(touchpoints, Touchpoint, chosen, first)
