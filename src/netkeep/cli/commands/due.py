"""netkeep due: who should hear from you, and why."""

from datetime import timedelta
from typing import Annotated

import typer

from netkeep.cli.agenda import find_next_day, load_agenda, print_rest
from netkeep.cli.context import Context
from netkeep.cli.fields import tag_keys, text_keys
from netkeep.cli.lists import first_step
from netkeep.cli.options import (
    FormatOption,
    HavingTags,
    InCity,
    LimitOption,
    OfKind,
)
from netkeep.domain.agenda import Nudge, todays_share
from netkeep.domain.days import parse_future_day
from netkeep.output.printing import Format, print_records, resolve_format
from netkeep.output.sentences import due_summary
from netkeep.output.streams import print_message, write_output
from netkeep.store.queries.contacts import Filter, count_touched

SOMEONE_IS_DUE = 8  # exit code


def due(
    ctx: typer.Context,
    by: Annotated[
        str | None, typer.Option("--by", metavar="DAY", help="Look ahead: who is due by this day.")
    ] = None,
    kind: OfKind = None,
    tag: HavingTags = None,
    city: InCity = None,
    limit: LimitOption = None,
    all_: Annotated[bool, typer.Option("--all", help="Everybody, not just today's share.")] = False,
    count: Annotated[bool, typer.Option("--count", help="Print only how many are due.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit with 8 if anyone is due.")] = False,
    oneline: Annotated[
        bool, typer.Option("--oneline", help="One line for a prompt or a status bar.")
    ] = False,
    chosen: FormatOption = None,
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
    first = next_day = None
    with context.reading() as connection:
        everybody = load_agenda(connection, which, context.today, until)
        touched = count_touched(connection, context.today) if is_capped else 0
        if not everybody:
            first = first_step(connection)
            next_day = find_next_day(connection, which, context.today, until) if to_people else None
    if first:
        print_message(first)
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
        print_rest(len(shown), len(everybody), next_day)
    if check and everybody:
        raise typer.Exit(SOMEONE_IS_DUE)
