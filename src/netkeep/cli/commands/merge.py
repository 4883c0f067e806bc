"""netkeep merge: merge two contacts that are one person."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.lists import show_list
from netkeep.cli.resolve import resolve_person
from netkeep.domain.identity import Pair, likely_duplicates
from netkeep.domain.merging import merge_changes
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.printing import print_result
from netkeep.store.queries.contacts import EVERYONE, load_contacts, load_contacts_by_id


def merge(
    ctx: typer.Context,
    people: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PERSON PERSON]", help="The contact to keep, and the one to merge into it."
        ),
    ] = None,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="List pairs that may be the same person.")
    ] = False,
    limit: options.LimitOption = None,
    chosen: options.FormatOption = None,
) -> None:
    """Merge two contacts that are one person.

    The first contact is kept. Its empty fields are filled from the second, lists are joined, and
    touchpoints, news, visits and promises move to it. If both are snoozed, the later end counts.

    Examples:
        netkeep merge ada 57
        netkeep merge --suggest
    """
    context: Context = ctx.obj
    if suggest == bool(people) or (people and len(people) != 2):
        raise BadValueError("name two people, or use --suggest", "try: netkeep merge ada 57")
    if not people:
        with context.reading() as connection:
            pairs = likely_duplicates(load_contacts(connection, EVERYONE))[:limit]
        show_list(context, pairs, Pair, chosen)
        return
    ids = [resolve_person(context, person).id for person in people]
    if ids[0] == ids[1]:
        raise BadValueError(
            "both are the same contact",
            "list pairs that may be one person: netkeep merge --suggest",
        )
    with context.writing(backup_first=True) as repository:
        kept, gone = load_contacts_by_id(repository.connection, ids)
        contact = repository.merge(kept, gone, *merge_changes(kept, gone))
    print_result(sentences.merged(gone, contact, context.today), contact, chosen)
