"""netkeep merge: two contacts that are one person."""

from typing import Annotated

import typer

from netkeep.cli import agenda, options, resolve
from netkeep.cli.context import Context, what_first
from netkeep.domain.merging import Pair, gained, look_alike
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.printing import print_records, print_result
from netkeep.store.filter import Filter


def merge(
    ctx: typer.Context,
    people: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PERSON PERSON]", help="The one who stays, and the other one."),
    ] = None,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="List pairs that look like one person.")
    ] = False,
    limit: options.LimitOption = None,
    chosen: options.FormatOption = None,
) -> None:
    """Merge two contacts that are one person.

    The first stays. What it lacks is filled from the second, lists are joined, touchpoints and
    occasions move over, and the stricter snooze is kept.

    Examples:
        netkeep merge ada 57
        netkeep merge --suggest
    """
    here: Context = ctx.obj
    if suggest == bool(people) or (people and len(people) != 2):
        raise BadValueError("merge takes two people, or --suggest", "try: netkeep merge ada 57")
    if not people:
        with here.reader() as ask:
            pairs = look_alike(ask.contacts(Filter()))[:limit]
            step = None if pairs else what_first(ask)
        if not pairs:
            agenda.say_why_none(step, "Nobody looks like somebody else.", chosen)
        print_records(pairs, Pair, chosen)
        return
    ids = [person.id for person in resolve.people(here, people)]
    if len(ids) == 1:
        raise BadValueError(
            "both are the same contact", "see who looks alike: netkeep merge --suggest"
        )
    with here.writer(backup_first=True) as write:
        first, second = write.ask.contacts_named(ids)
        contact = write.merge(first, second, *gained(first, second), here.settings.thank_you_days)
    print_result(sentences.merged(second, contact), contact, chosen)
