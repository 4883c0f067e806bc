"""netkeep promise and done: note promises, and mark them as done."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.fields import parse_ids
from netkeep.cli.resolve import resolve_person
from netkeep.domain.days import parse_future_day
from netkeep.domain.occasions import Occasion
from netkeep.domain.text import parse_line
from netkeep.output import sentences
from netkeep.output.printing import print_result, print_results
from netkeep.output.streams import print_message
from netkeep.store.queries.agenda import load_occasions_by_id
from netkeep.store.queries.contacts import load_contact


def promise(
    ctx: typer.Context,
    person: options.PersonArgument,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What you promised.")],
    by: Annotated[str, typer.Option("--by", metavar="DAY", help="The day to keep the promise by.")],
    chosen: options.ResultOption = None,
) -> None:
    """Note a promise to a person.

    `netkeep due` lists the promise from the day of --by until you mark it as done.

    Examples:
        netkeep promise alan "send the paper on morphogenesis" --by friday
        netkeep promise 12 "introduce her to Grace" --by "in 2 weeks"
    """
    context: Context = ctx.obj
    text = parse_line(text, "promise")
    day = parse_future_day(by, context.today, "the day of a promise")
    contact_id = resolve_person(context, person).id
    with context.writing() as repository:
        (occasion,) = repository.occasions.add_promise([contact_id], text, day)
        contact = load_contact(repository.connection, contact_id)
    print_result(sentences.promised(occasion, contact), occasion, chosen)


def done(
    ctx: typer.Context,
    typed: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...", help="The id of a promise, visit or news, as shown by `brief`."
        ),
    ],
    chosen: options.ResultOption = None,
) -> None:
    """Mark promises as done.

    Visits and news have ids too: `netkeep done` takes them off the agenda.

    Examples:
        netkeep done 3
        netkeep done 3 8
    """
    context: Context = ctx.obj
    ids = parse_ids(typed, "promise", "netkeep brief PERSON")
    with context.reading() as connection:
        load_occasions_by_id(connection, ids)
    with context.writing() as repository:
        occasions = load_occasions_by_id(repository.connection, ids)
        settled = repository.occasions.settle(ids, context.today)
    for occasion in occasions:
        if occasion.done_on:
            print_message(f"#{occasion.id} was done on {occasion.done_on}: {occasion.what}")
    print_results(map(sentences.settled, settled), settled, Occasion, chosen)
