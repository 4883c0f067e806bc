"""netkeep timeline: touchpoints, newest first."""

from typing import Annotated

import typer

from netkeep.cli import resolve
from netkeep.cli.context import Context, what_first
from netkeep.cli.options import (
    ChannelOption,
    FormatOption,
    LimitOption,
    PurposeOption,
)
from netkeep.domain.days import Toward, parse_day
from netkeep.domain.touchpoint import Touchpoint
from netkeep.output.printing import print_records
from netkeep.output.streams import print_message


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
    here: Context = ctx.obj
    contact_id = None if person is None else resolve.looked_up(here, person).id
    with here.reader() as ask:
        touchpoints = ask.timeline(
            contact_id=contact_id,
            since=None if since is None else parse_day(since, here.today, Toward.PAST),
            until=None if until is None else parse_day(until, here.today, Toward.PAST),
            channel=channel,
            purpose=purpose,
            limit=limit,
        )
        first = None if touchpoints else what_first(ask)
    if first:
        print_message(first)
    print_records(touchpoints, Touchpoint, chosen)
