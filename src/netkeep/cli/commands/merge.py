"""netkeep merge: two contacts that are one person."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.lists import show_list
from netkeep.cli.resolve import resolve_people
from netkeep.domain.identity import Pair, likely_duplicates, merge_changes
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.printing import print_result
from netkeep.store.queries.contacts import EVERYONE, load_contacts, load_contacts_by_id


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
    context: Context = ctx.obj
    if suggest == bool(people) or (people and len(people) != 2):
        raise BadValueError("merge takes two people, or --suggest", "try: netkeep merge ada 57")
    if not people:
        with context.reading() as connection:
            pairs = likely_duplicates(load_contacts(connection, EVERYONE))[:limit]
        show_list(context, pairs, Pair, chosen)
        return
    ids = [person.id for person in resolve_people(context, people)]
    if len(ids) == 1:
        raise BadValueError(
            "both are the same contact", "see who looks alike: netkeep merge --suggest"
        )
    with context.writing(backup_first=True) as repository:
        kept, gone = load_contacts_by_id(repository.connection, ids)
        contact = repository.merge(kept, gone, *merge_changes(kept, gone))
    print_result(sentences.merged(gone, contact, context.today), contact, chosen)
