"""netkeep stats: the network and a year of it in figures."""

from datetime import date, timedelta
from typing import Annotated

import typer

from netkeep.cli.context import Context, what_first
from netkeep.cli.options import FormatOption
from netkeep.domain.load import WEEKS, load
from netkeep.domain.rounds import Round, RoundProgress, progress
from netkeep.domain.stats import (
    Branch,
    Stats,
    by_day,
    by_week,
    count_of,
    first_day,
    people_by_kind,
    tallied,
    tree,
)
from netkeep.domain.touchpoint import Direction, Purpose
from netkeep.errors import BadValueError
from netkeep.output.printing import print_stats, print_tree, prints_table, write_svg
from netkeep.output.streams import print_message
from netkeep.store.stats_questions import StatsQuestions

LONGEST = 5  # silences, and introducers


def stats(
    ctx: typer.Context,
    whole_tree: Annotated[
        bool, typer.Option("--tree", help="Instead, who introduced whom, as a tree.")
    ] = False,
    svg: Annotated[
        str | None, typer.Option("--svg", metavar="FILE", help="Write the page as a picture.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
    chosen: FormatOption = None,
) -> None:
    """Show your network and its last year in figures.

    Last comes the load check: how many touches a week your cadences want, how many you did, and
    the one change that would make them fit.

    Examples:
        netkeep stats
        netkeep stats --tree
        netkeep stats --svg stats.svg
    """
    here: Context = ctx.obj
    if svg is not None and (chosen or whole_tree):
        raise BadValueError(
            "--svg writes the page as a picture", "leave out either --svg, or --tree and --format"
        )
    path = None if svg is None else here.path_to_write(svg)
    with here.statistics() as ask:
        nobody = not any(ask.count().values())
        first = what_first(ask)
        if whole_tree:
            branches = tree(ask.introduced())
        else:
            page = _page(ask, here.today, first_day(here.today, here.settings.first_day_of_week))
    if first:
        print_message(first)
    if whole_tree:
        if not (nobody or branches):
            print_message(
                "Nobody came through anybody. To note who did: netkeep edit ada --via grace"
            )
        print_tree(branches, Branch, chosen)
    elif path is not None:
        write_svg(page, path, force=force)
    elif not (nobody and prints_table(chosen)):
        print_stats(page, chosen)


def _page(ask: StatsQuestions, today: date, since: date) -> Stats:
    groups = ask.groups()
    sorts = ask.sorts(since, today)
    days = by_day(ask.touchpoints_by_day(since, today), since, today)
    lately = [day for day in days if day.since > today - timedelta(weeks=WEEKS)]
    return Stats(
        since=since,
        until=today,
        people=people_by_kind(groups),
        days=days,
        weeks=by_week(days),
        channels=tallied((one.channel, one.touchpoints) for one in sorts),
        purposes=tallied((one.purpose, one.touchpoints) for one in sorts),
        asked=count_of(sorts, Purpose.ask, Direction.out),
        given=count_of(sorts, Purpose.give, Direction.out),
        asked_by_them=count_of(sorts, Purpose.ask, Direction.in_),
        given_by_them=count_of(sorts, Purpose.give, Direction.in_),
        silences=tuple(ask.silences(today, LONGEST)),
        no_word_yet=ask.no_word_yet(),
        rounds=tuple(_progress(ask, one, today) for one in ask.rounds()),
        introducers=tuple(ask.introducers(LONGEST)),
        load=load(groups, sum(day.touchpoints for day in lately)),
    )


def _progress(ask: StatsQuestions, one: Round, today: date) -> RoundProgress:
    window = one.season.this_year(today)
    return progress(one, window, ask.words_in(one, window))
