"""netkeep restore: a backup put back."""

from pathlib import Path
from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import FIRST_STEP, Context
from netkeep.cli.prompts import agree
from netkeep.config import expand
from netkeep.domain.maintenance import Backup
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.printing import print_changes, print_records, prints_table
from netkeep.output.streams import print_message


def restore(
    ctx: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="A backup of the list, or any other.")
    ] = None,
    yes: options.YesOption = False,
    chosen: options.FormatOption = None,
) -> None:
    """Put a backup in place of what is there now; without FILE, list the backups.

    The backup is checked first, and what is there now is kept as another one.

    Examples:
        netkeep restore
        netkeep restore 20261124T081203Z-daily.db
    """
    from netkeep.store import backups

    here: Context = ctx.obj
    if file is None:
        there = backups.backups(here.path)
        if not (there or here.path.exists()):
            print_message(FIRST_STEP)
        elif not there and prints_table(chosen):
            print_message("There are no backups yet. To make one: netkeep backup")
        print_records(there, Backup, chosen)
        return
    source = _source(backups.folder_of(here.path), file)
    if here.path.exists() and source.samefile(here.path):
        raise BadValueError(f"{file} is the file itself", "see the backups: netkeep restore")
    agree(f"Put {source.name} in place of all that is there now", yes=yes)
    kept = backups.restore(here.path, source, here.now)
    print_changes(sentences.restored(source.name, kept))


def _source(folder: Path, typed: str) -> Path:
    for path in (folder / typed, folder / f"{typed}.db", expand(typed)):
        if typed and path.is_file():
            return path
    raise BadValueError(f"there is no backup {typed}", "see the backups: netkeep restore")
