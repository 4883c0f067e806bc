"""netkeep undo: the last changes taken back."""

from typing import Annotated

import typer

from netkeep.cli import agenda, options
from netkeep.cli.context import Context, what_first
from netkeep.domain.change import Change
from netkeep.output import sentences
from netkeep.output.printing import print_lines, print_records, print_results

LISTED = 20  # changes, unless told otherwise


def undo(
    ctx: typer.Context,
    count: Annotated[
        int | None, typer.Argument(metavar="[N]", min=1, max=options.MOST, help="How many changes.")
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="List the last 20 changes, or N, newest first.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be put back.")
    ] = False,
    chosen: options.FormatOption = None,
) -> None:
    """Undo the last change, or the last N, whatever command made it.

    Every command that changed something is one change: an import of thousands, a merge, an
    amendment. Nothing is undone by halves, nor over what something else has changed since. The
    newest 500 changes are kept.

    Examples:
        netkeep undo
        netkeep undo --list
        netkeep undo 3 --dry-run
    """
    here: Context = ctx.obj
    if list_:
        with here.history() as ask:
            found = ask.changes(count or LISTED)
            first = None if found else what_first(ask)
        if not found:
            agenda.say_why_none(first, "Nothing was changed yet.", chosen)
        print_records(found, Change, chosen)
    elif dry_run:
        with here.history() as ask:
            found = ask.changes_back(count or 1, again=False)
        if chosen is None:
            print_lines(sentences.would_put_back(found))
        else:
            print_records(found, Change, chosen)
    else:
        with here.undoing() as undoing:
            undone = undoing.put_back(count or 1, again=False)
        print_results(sentences.undone(undone), undone, Change, chosen)
