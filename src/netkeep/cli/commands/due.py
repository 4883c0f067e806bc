"""netkeep due and prompt: who should hear from you and why, and how many."""

from datetime import timedelta
from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.agenda import load_agenda, print_prompt, print_rest
from netkeep.cli.context import Context
from netkeep.cli.fields import tag_keys, text_keys
from netkeep.cli.lists import print_first_step
from netkeep.domain.agenda import Nudge, todays_share
from netkeep.domain.days import parse_future_day
from netkeep.output.printing import Format, print_records, resolve_format
from netkeep.output.sentences import due_summary
from netkeep.output.streams import write_output
from netkeep.store.queries.contacts import Filter, count_touched

SOMEONE_IS_DUE = 8  # exit code


def due(
    ctx: typer.Context,
    by: Annotated[
        str | None, typer.Option("--by", metavar="DAY", help="Look ahead: who is due by this day.")
    ] = None,
    kind: options.OfKind = None,
    tag: options.HavingTags = None,
    city: options.InCity = None,
    limit: options.LimitOption = None,
    all_: options.AllOption = False,
    count: Annotated[bool, typer.Option("--count", help="Print only how many are due.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit with 8 if anyone is due.")] = False,
    oneline: Annotated[
        bool, typer.Option("--oneline", help="One line for a prompt or a status bar.")
    ] = False,
    chosen: options.FormatOption = None,
) -> None:
    """Say who should hear from you today, and why.

    Dated reasons come first: news, visits, promises, birthdays, rounds. On a terminal the rest is
    today's share: at most ten, less whom you were in touch with today, so that the list can be
    finished. The most pressing come first. The setting soon_days has it look ahead without --by,
    but not for --count, --check and --oneline.

    Examples:
        netkeep due
        netkeep due --by "in 1 week" --city boston
        netkeep due --format json
    """
    context: Context = ctx.obj
    until = context.today if by is None else parse_future_day(by, context.today, "--by")
    if by is None and not (count or check or oneline):
        until += timedelta(days=context.settings.soon_days)
    which = Filter(kind=kind, tags=tag_keys(tag), texts=text_keys(city=city))
    chosen = resolve_format(chosen)
    to_people = chosen is Format.table and not (count or oneline)
    is_capped = to_people and not all_ and limit is None
    with context.reading() as connection:
        everybody = load_agenda(connection, which, context.today, until)
        touched = count_touched(connection, context.today) if is_capped else 0
    if not everybody:
        print_first_step(context)
    shown = everybody[:limit]
    if is_capped:
        shown = todays_share(everybody, context.settings.daily_cap, touched)
    if count:
        write_output(f"{len(shown)}\n")
    elif oneline:
        write_output(due_summary(shown, oneline=True))
    else:
        print_records(shown, Nudge, chosen)
    if to_people:
        print_rest(context, which, len(shown), len(everybody), until)
    if check and everybody:
        raise typer.Exit(SOMEONE_IS_DUE)


def prompt(
    ctx: typer.Context,
    oneline: Annotated[bool, typer.Option("--oneline", help="Name the first of them.")] = False,
) -> None:
    """Say how many are due, for the prompt of a shell or a status bar.

    It says nothing at all if nobody is due, waits for nobody, and changes nothing. If the file
    cannot be used at once it says nothing either, and exits with 4: `netkeep due` says why.

    Examples:
        netkeep prompt
        netkeep prompt --oneline
    """
    context: Context = ctx.obj
    code = print_prompt(context.path, context.today, oneline=oneline)
    if code:
        raise typer.Exit(code)
