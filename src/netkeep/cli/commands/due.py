"""netkeep due: who should hear from you, and why."""

from datetime import timedelta
from typing import Annotated

import typer

from netkeep.cli import agenda
from netkeep.cli.context import Context, what_first
from netkeep.cli.options import (
    FormatOption,
    HavingTags,
    InCity,
    LimitOption,
    OfKind,
    tag_keys,
    word_keys,
)
from netkeep.domain.agenda import Nudge, todays_share
from netkeep.domain.days import coming_day
from netkeep.output import sentences
from netkeep.output.printing import print_records, prints_table
from netkeep.output.streams import print_message, write_output
from netkeep.store.filter import Filter

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
    here: Context = ctx.obj
    until = here.today if by is None else coming_day(by, here.today, "--by")
    if by is None and not (count or check or oneline):
        until += timedelta(days=here.settings.soon_days)
    which = Filter(kind=kind, tags=tag_keys(tag), words=word_keys(city=city))
    to_people = prints_table(chosen) and not (count or oneline)
    first = next_day = None
    with here.reader() as ask:
        everybody = agenda.nudges(ask, which, here.today, until)
        touched = ask.count_touched(here.today)
        if not everybody:
            first = what_first(ask)
            next_day = agenda.next_day(ask, which, here.today, until) if to_people else None
    if first:
        print_message(first)
    shown = everybody[:limit]
    if to_people and not all_ and limit is None:
        shown = todays_share(everybody, here.settings.daily_cap, touched)
    if count:
        write_output(f"{len(shown)}\n")
    elif oneline:
        write_output(sentences.due_summary(shown, oneline=True))
    else:
        print_records(shown, Nudge, chosen)
    if to_people:
        agenda.say_what_is_left(len(shown), len(everybody), next_day)
    if check and everybody:
        raise typer.Exit(SOMEONE_IS_DUE)
