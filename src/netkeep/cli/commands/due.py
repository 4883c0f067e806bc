"""netkeep due and prompt: show who should hear from you and why, or how many."""

from datetime import timedelta
from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.agenda import load_agenda, load_soon, print_more, print_rest
from netkeep.cli.context import Context
from netkeep.cli.lists import print_first_step
from netkeep.cli.todays_list import load_todays_list, print_prompt
from netkeep.domain.agenda import Nudge
from netkeep.domain.days import parse_future_day
from netkeep.output.printing import print_records
from netkeep.output.streams import write_output
from netkeep.output.values import due_summary
from netkeep.store.queries.contacts import Filter

SOMEONE_IS_DUE = 8  # exit code


def due(
    ctx: typer.Context,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="DAY", help="Look ahead: show everyone who is due by this day."
        ),
    ] = None,
    kind: options.OfKind = None,
    tag: options.HavingTags = None,
    city: options.InCity = None,
    limit: options.LimitOption = None,
    all_: options.AllOption = False,
    count: Annotated[
        bool, typer.Option("--count", help="Print only how many are on the list.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Exit with 8 if the list is not empty.")
    ] = False,
    oneline: Annotated[
        bool, typer.Option("--oneline", help="Print one line, for a prompt or a status bar.")
    ] = False,
    chosen: options.FormatOption = None,
) -> None:
    """Say who should hear from you today, and why.

    Today's list has everyone with news, a visit, a promise or a birthday, a few people of each open
    round, and at most ten people whose last touchpoint is longer ago than their cadence (how often
    you want to be in touch). Each touchpoint that you log makes the list shorter. To see the whole
    agenda, everyone who is due, use --all.

    If you set soon_days (see `netkeep config`), the list also shows people who are due soon. They
    are not counted by --count, --check and --oneline.

    Examples:
        netkeep due
        netkeep due --by "in 1 week" --city boston
        netkeep due --format json
    """
    context: Context = ctx.obj
    until = context.today if by is None else parse_future_day(by, context.today, "--by")
    if by is None and not (count or check or oneline):
        until += timedelta(days=context.settings.soon_days)
    which = Filter(kind=kind, tags=tag or (), texts={"city": city})
    is_today = by is None and not all_
    with context.reading() as connection:
        if is_today:
            cap = context.settings.daily_cap
            nudges = load_todays_list(connection, which, context.today, cap)
            if until > context.today:
                nudges += load_soon(connection, which, context.today, until)
        else:
            nudges = load_agenda(connection, which, context.today, until)
    if not nudges:
        print_first_step(context)
    shown = nudges[:limit]
    if count:
        write_output(f"{len(shown)}\n")
    elif oneline:
        write_output(due_summary(shown, oneline=True))
    elif print_records(shown, Nudge, chosen):
        if is_today:
            print_more(context, nudges, which, shown=len(shown))
        else:
            print_rest(context, nudges, which, until, shown=len(shown))
    if check and nudges:
        raise typer.Exit(SOMEONE_IS_DUE)


def prompt(
    ctx: typer.Context,
    oneline: Annotated[bool, typer.Option("--oneline", help="Also print the first names.")] = False,
) -> None:
    """Say how many are on today's list, for a shell prompt or a status bar.

    Prints nothing if the list is empty. It never waits, and never changes anything. If the file is
    busy or cannot be used, it prints nothing and exits with 4; `netkeep due` says why.

    Examples:
        netkeep prompt
        netkeep prompt --oneline
    """
    context: Context = ctx.obj
    code = print_prompt(context.path, context.today, oneline=oneline)
    if code:
        raise typer.Exit(code)
