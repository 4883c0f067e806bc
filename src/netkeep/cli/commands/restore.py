"""netkeep restore: a backup put back."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.lists import FIRST_STEP
from netkeep.cli.prompts import require_confirmation
from netkeep.config import expand
from netkeep.domain.maintenance import Backup
from netkeep.errors import BadValueError, FileError
from netkeep.output import sentences
from netkeep.output.printing import print_changes, print_records, prints_table
from netkeep.output.streams import print_message
from netkeep.store.backup import folder_of, list_backups
from netkeep.store.backup import restore as restore_backup


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
    context: Context = ctx.obj
    if file is None:
        backups = list_backups(context.path)
        if not (backups or context.path.exists()):
            print_message(FIRST_STEP)
        elif not backups and prints_table(chosen):
            print_message("There are no backups yet. To make one: netkeep backup")
        print_records(backups, Backup, chosen)
        return
    source = _source(folder_of(context.path), file)
    if context.path.exists() and source.samefile(context.path):
        raise BadValueError(f"{file} is the file itself", "see the backups: netkeep restore")
    require_confirmation(f"Put {source.name} in place of all that is there now", yes=yes)
    kept = restore_backup(context.path, source, context.now)
    from netkeep.store.undo import note_restore

    with suppress(FileError):  # the backup is in its place all the same
        note_restore(context.path, context.now)
    print_changes(sentences.restored(source.name, kept))


def _source(folder: Path, typed: str) -> Path:
    for path in (folder / typed, folder / f"{typed}.db", expand(typed)):
        if typed and path.is_file():
            return path
    raise BadValueError(f"there is no backup {typed}", "see the backups: netkeep restore")
