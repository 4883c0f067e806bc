"""netkeep undo and redo: undo the last changes, or redo them."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.lists import show_list
from netkeep.domain.change import Change
from netkeep.output import sentences
from netkeep.output.printing import print_lines, print_records, print_results
from netkeep.output.streams import print_message
from netkeep.store.queries.changes import load_changes, load_changes_to_put_back

LISTED = 20  # changes, by default


def undo(
    ctx: typer.Context,
    count: Annotated[
        int | None,
        typer.Argument(
            metavar="[N]", parser=options.parse_count, help="How many changes. By default, one."
        ),
    ] = None,
    list_: Annotated[
        bool,
        typer.Option("--list", help="List the newest 20 changes, or the newest N."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be undone, and change nothing.")
    ] = False,
    chosen: options.FormatOption = None,
) -> None:
    """Undo the last change, or the last N changes.

    Each command is one change, even an import of thousands of people, and is undone as a whole. It
    cannot be undone if another program has changed the same contacts since. netkeep remembers the
    newest 500 changes.

    Examples:
        netkeep undo
        netkeep undo --list
        netkeep undo 3 --dry-run
    """
    context: Context = ctx.obj
    if list_:
        with context.reading() as connection:
            changes = load_changes(connection, count or LISTED)
        if show_list(context, changes, Change, chosen) and changes:
            print_message("To undo the newest three, for example: netkeep undo 3")
    elif dry_run:
        with context.reading() as connection:
            changes = load_changes_to_put_back(connection, count or 1, again=False)
        if chosen is None:
            print_lines(sentences.put_back("Would undo", changes))
        else:
            print_records(changes, Change, chosen)
    else:
        from netkeep.store.undo import put_back

        undone = put_back(context.path, context.now, count or 1, again=False)
        one = count in {None, 1}
        redo_all = f"To redo {'it' if one else 'all'}: netkeep redo{'' if one else f' {count}'}"
        lines = [*sentences.put_back("Undone", undone), redo_all]
        print_results(lines, undone, Change, chosen)


def redo(
    ctx: typer.Context,
    count: Annotated[
        int | None,
        typer.Argument(
            metavar="[N]", parser=options.parse_count, help="How many changes. By default, one."
        ),
    ] = None,
    chosen: options.ResultOption = None,
) -> None:
    """Redo the last undone change, or the last N.

    Once you make a new change, the undone ones can no longer be redone.

    Examples:
        netkeep redo
    """
    from netkeep.store.undo import put_back

    context: Context = ctx.obj
    redone = put_back(context.path, context.now, count or 1, again=True)
    print_results(sentences.put_back("Redone", redone), redone, Change, chosen)
