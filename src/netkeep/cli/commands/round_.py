"""Greet a group of people in the same season every year.

A round, such as holiday greetings, has a first day, a last day and a group of people. Between these
days, `netkeep due` lists a few of the people each day, until each has a touchpoint.

Without a subcommand, list the rounds.

Examples:
    netkeep round
    netkeep round add --preset holidays
    netkeep round show holidays
"""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.agenda import load_round_progress
from netkeep.cli.context import Context
from netkeep.domain.contact import Detail, Kind, parse_detail
from netkeep.domain.rounds import (
    PRESETS,
    Greeting,
    Round,
    RoundProgress,
    Season,
    parse_month_day,
    parse_round_name,
    round_progress,
)
from netkeep.domain.text import key
from netkeep.errors import BadValueError, DuplicateRoundError, NoSuchRoundError
from netkeep.output import sentences
from netkeep.output.printing import print_page, print_records, print_result, prints_table
from netkeep.output.streams import print_message
from netkeep.store.queries import Connection
from netkeep.store.queries.agenda import first_touch_days, load_rounds
from netkeep.store.queries.contacts import load_contacts_by_id

NONE_YET = "You have no rounds yet. Add one: netkeep round add --preset holidays"
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The name of a round.")]


def add(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="The name; not with --preset.")
    ] = None,
    begins: Annotated[
        str | None, typer.Option("--from", metavar="MM-DD", help="The first day, every year.")
    ] = None,
    ends: Annotated[
        str | None, typer.Option("--to", metavar="MM-DD", help="The last day, every year.")
    ] = None,
    kind: Annotated[
        list[Kind] | None,
        typer.Option(
            "-k", "--kind", metavar="KIND", help="Include people of this kind; repeatable."
        ),
    ] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option(
            "-t", "--tag", metavar="TAG", help="Include people with this tag; repeatable."
        ),
    ] = None,
    preset: Annotated[
        str | None,
        typer.Option(
            "--preset",
            metavar="PRESET",
            help="holidays (1 to 24 Dec) or summer (1 Jul to 15 Aug).",
        ),
    ] = None,
    chosen: options.ResultOption = None,
) -> None:
    """Add a round.

    A round has everyone who is of a kind given with --kind or has a tag given with --tag. Without
    these options, it has all active people. It may run past New Year.

    Examples:
        netkeep round add --preset holidays --kind client --kind friend
        netkeep round add "lunar new year" --from 01-20 --to 02-20 --tag asia
    """
    context: Context = ctx.obj
    round_name, season = _parse_season(name, begins, ends, preset)
    tags = [parse_detail(Detail.tag, text) for text in tag or ()]
    with context.writing() as repository:
        existing = load_rounds(repository.connection)
        if any(key(round_.name) == key(round_name) for round_ in existing):
            raise DuplicateRoundError(round_name)
        new = repository.occasions.add_round(round_name, season, kind or (), tags)
        added = load_round_progress(repository.connection, new, context.today)
    window = season.window(context.today)
    print_result(sentences.round_added(added, window, context.today), added, chosen)
    if not added.people:
        print_message("It has no people yet: no active contact has one of its kinds or tags.")


def list_(ctx: typer.Context, chosen: options.FormatOption = None) -> None:
    """List the rounds.

    The list also says how many people you have greeted this year.

    Examples:
        netkeep round list
    """
    context: Context = ctx.obj
    with context.reading() as connection:
        rounds = [
            load_round_progress(connection, round_, context.today)
            for round_ in load_rounds(connection)
        ]
    if not rounds:
        print_message(NONE_YET)
    print_records(rounds, RoundProgress, chosen)


def show(ctx: typer.Context, name: NameArgument, chosen: options.FormatOption = None) -> None:
    """Show who you have greeted in a round this year, and who is left.

    People you have not greeted yet come first.

    Examples:
        netkeep round show holidays
    """
    context: Context = ctx.obj
    with context.reading() as connection:
        round_ = _find_round(connection, name) if load_rounds(connection) else None
        if round_:
            window = round_.season.this_year(context.today)
            days = first_touch_days(connection, round_, window)
            contacts = load_contacts_by_id(connection, list(days))
    if round_ is None:  # printed after the file is closed
        print_message(NONE_YET)
        return
    greetings = [Greeting.from_contact(contact, days[contact.id]) for contact in contacts]
    greetings.sort(key=lambda greeting: greeting.word_on is not None)
    if not greetings:
        print_message(
            f"The {round_.name} round has no people:"
            " no active contact has one of its kinds or tags."
        )
    if prints_table(chosen):
        print_page(round_progress(round_, window, days), chosen, today=context.today)
    print_records(greetings, Greeting, chosen)


def remove(ctx: typer.Context, name: NameArgument, chosen: options.ResultOption = None) -> None:
    """Remove a round.

    The people in it stay as they are.

    Examples:
        netkeep round remove summer
    """
    context: Context = ctx.obj
    with context.reading() as connection:
        _find_round(connection, name)
    with context.writing() as repository:
        round_ = _find_round(repository.connection, name)
        removed = load_round_progress(repository.connection, round_, context.today)
        repository.occasions.remove_round(round_.id)
    print_result(sentences.round_removed(removed), removed, chosen)


COMMANDS = (add, list_, show, remove)


def _parse_season(
    name: str | None, begins: str | None, ends: str | None, preset: str | None
) -> tuple[str, Season]:
    if preset is not None:
        if name is not None or begins is not None or ends is not None:
            raise BadValueError(
                "a preset has a name and days already", "leave out NAME, --from, --to"
            )
        if preset not in PRESETS:
            raise BadValueError(f'there is no preset "{preset}"', f"try {' or '.join(PRESETS)}")
        return preset, PRESETS[preset]
    if name is None or begins is None or ends is None:
        raise BadValueError(
            "a round needs a name, --from and --to",
            "try: netkeep round add greetings --from 12-01 --to 12-24, or --preset holidays",
        )
    return parse_round_name(name), Season(parse_month_day(begins), parse_month_day(ends))


def _find_round(connection: Connection, name: str) -> Round:
    rounds = load_rounds(connection)
    for round_ in rounds:
        if key(round_.name) == key(name):
            return round_
    raise NoSuchRoundError(name, [round_.name for round_ in rounds])
