"""netkeep promise: something to do for someone."""

from typing import Annotated

import typer

from netkeep.cli import options, resolve
from netkeep.cli.context import Context
from netkeep.domain.days import coming_day
from netkeep.domain.text import line
from netkeep.output import sentences
from netkeep.output.printing import print_result


def promise(
    ctx: typer.Context,
    person: options.PersonArgument,
    words: Annotated[str, typer.Argument(metavar="TEXT", help="What you promised.")],
    by: Annotated[str, typer.Option("--by", metavar="DAY", help="The day it is promised for.")],
    chosen: options.ResultOption = None,
) -> None:
    """Note what you promised someone.

    On its day it comes on the agenda, and stays there until it is done.

    Examples:
        netkeep promise alan "send the paper on morphogenesis" --by friday
        netkeep promise 12 "introduce her to Grace" --by "in 2 weeks"
    """
    here: Context = ctx.obj
    text = line(words, "promise")
    day = coming_day(by, here.today, "the day of a promise")
    contact_id = resolve.person(here, person).id
    with here.writer() as write:
        (occasion,) = write.promise([contact_id], text, day)
        contact = write.ask.contact(contact_id)
    print_result(sentences.promised(occasion, contact), occasion, chosen)
