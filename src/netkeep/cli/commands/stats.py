"""netkeep stats: show the network and its last year in figures."""

from datetime import date, timedelta
from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.agenda import load_round_progress
from netkeep.cli.context import Context
from netkeep.cli.lists import print_first_step
from netkeep.domain.stats import (
    LOAD_WEEKS,
    Stats,
    by_day,
    by_week,
    check_load,
    count_by_purpose,
    first_day,
    introduction_tree,
    people_by_kind,
    tally,
)
from netkeep.domain.touchpoint import Direction, Purpose
from netkeep.errors import BadValueError
from netkeep.output.printing import print_stats, print_tree, prints_table, write_svg
from netkeep.output.streams import print_message
from netkeep.store.queries import Connection
from netkeep.store.queries import stats as queries
from netkeep.store.queries.agenda import load_rounds
from netkeep.store.queries.contacts import count_by_status
from netkeep.store.queries.touchpoints import count_touchpoints_by_day

MAX_LISTED = 5  # silences, and introducers


def stats(
    ctx: typer.Context,
    whole_tree: Annotated[
        bool, typer.Option("--tree", help="Show who introduced whom, as a tree.")
    ] = False,
    svg: Annotated[
        str | None,
        typer.Option("--svg", metavar="FILE", help="Save the page as a picture, in this SVG file."),
    ] = None,
    force: options.ForceOption = False,
    chosen: options.FormatOption = None,
) -> None:
    """Show figures about your network and the past year.

    The last part shows how many touchpoints a week your cadences need, and how many you log. If you
    log too few, it suggests one change.

    Examples:
        netkeep stats
        netkeep stats --tree
        netkeep stats --svg stats.svg
    """
    context: Context = ctx.obj
    if svg is not None and (chosen or whole_tree):
        raise BadValueError("--svg cannot be used with --tree or --format", "leave one out")
    path = None if svg is None else context.path_to_write(svg)
    with context.reading() as connection:
        has_contacts = any(count_by_status(connection).values())
        if whole_tree:
            branches = introduction_tree(queries.load_introductions(connection))
        else:
            since = first_day(context.today, context.settings.first_day_of_week)
            page = _page(connection, context.today, since)
    print_first_step(context)
    if whole_tree:
        if has_contacts and not branches:
            print_message(
                "You have noted no introductions yet. To note one: netkeep edit ada --via grace"
            )
        print_tree(branches, chosen)
    elif path is not None:
        write_svg(page, path, force=force)
    elif has_contacts or not prints_table(chosen):
        print_stats(page, chosen)


def _page(connection: Connection, today: date, since: date) -> Stats:
    groups = queries.count_groups(connection)
    counts = queries.count_touchpoints(connection, since, today)
    days = by_day(count_touchpoints_by_day(connection, since, today), since, today)
    recent_days = [day for day in days if day.since > today - timedelta(weeks=LOAD_WEEKS)]
    return Stats(
        since=since,
        until=today,
        people=people_by_kind(groups),
        days=days,
        weeks=by_week(days),
        channels=tally((count.channel, count.touchpoints) for count in counts),
        purposes=tally((count.purpose, count.touchpoints) for count in counts),
        asked=count_by_purpose(counts, Purpose.ask, Direction.out),
        given=count_by_purpose(counts, Purpose.give, Direction.out),
        asked_by_them=count_by_purpose(counts, Purpose.ask, Direction.in_),
        given_by_them=count_by_purpose(counts, Purpose.give, Direction.in_),
        silences=tuple(queries.longest_silences(connection, today, MAX_LISTED)),
        no_word_yet=queries.count_never_touched(connection),
        rounds=tuple(
            load_round_progress(connection, round_, today) for round_ in load_rounds(connection)
        ),
        introducers=tuple(queries.top_introducers(connection, MAX_LISTED)),
        load=check_load(groups, sum(day.touchpoints for day in recent_days)),
    )
