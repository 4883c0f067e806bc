"""netkeep log: a touchpoint, and what follows from it."""

from typing import Annotated

import typer

from netkeep.cli import who
from netkeep.cli.fields import promise_typed, touchpoint_fields
from netkeep.cli.invocation import Invocation
from netkeep.cli.options import (
    ChannelOption,
    NoteOption,
    OnOption,
    PeopleArgument,
    PurposeOption,
    ResultOption,
)
from netkeep.cli.touchpoints import log_with
from netkeep.domain.touchpoint import Touchpoint
from netkeep.output import sentences
from netkeep.output.show import tell


def log(
    ctx: typer.Context,
    people: PeopleArgument,
    on: OnOption = None,
    channel: ChannelOption = None,
    purpose: PurposeOption = None,
    from_them: Annotated[bool, typer.Option("--in", help="They reached out, not you.")] = False,
    note: NoteOption = None,
    next_: Annotated[
        str | None,
        typer.Option("--next", metavar="WHAT", help="What you promised to do next, with --by."),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="DAY", help="The day you promised it for.")
    ] = None,
    done: Annotated[
        bool, typer.Option("--done", help="It settles what you promised them by now, or else next.")
    ] = False,
    chosen: ResultOption = None,
) -> None:
    """Log a touchpoint: one contact with each of the people named.

    Alone with a name it is a touchpoint of today. The next due date is counted from the latest.
    An ask makes the promise to say thanks; to thank or to give settles it.

    Examples:
        netkeep log ada
        netkeep log grace alan --channel meal --on yesterday
        netkeep log ada -c call -p ask -n "Asked for an introduction"
        netkeep log ada --next "send the slides" --by friday
    """
    here: Invocation = ctx.obj
    new = touchpoint_fields(
        here, "today" if on is None else on, channel, purpose, from_them or None, note
    )
    next_promise = promise_typed(here, next_, by)
    ids = [person.id for person in who.people(here, people)]
    logged = log_with(here, ids, new, next_promise, settles=done)
    tell(sentences.all_logged(logged), logged.touchpoints, Touchpoint, chosen)
