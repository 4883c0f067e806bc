"""netkeep backup and restore: back up the database, or replace it by a backup."""

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
from netkeep.output.printing import print_changes, print_records, print_result, prints_table
from netkeep.output.streams import print_message
from netkeep.store import backup as store
from netkeep.store.connection import has_contents, refuse_foreign

BY_HAND = "manual"


def backup(
    ctx: typer.Context,
    target: Annotated[
        str | None,
        typer.Argument(
            metavar="[PATH]", help="A new file, or a folder. By default, the folder of backups."
        ),
    ] = None,
    force: options.ForceOption = False,
    chosen: options.ResultOption = None,
) -> None:
    """Back up the database, and check the copy.

    netkeep makes a backup by itself before the first change of a day, and before an import, a
    merge, a migration, `restore` and `forget`. All backups are kept for 2 days. After that, netkeep
    keeps the newest of each day for 7 days, of each week for 4 weeks, and of each month for 6
    months; see the settings of `backups` in `netkeep config`. `netkeep restore` lists the backups.

    Examples:
        netkeep backup
        netkeep backup /media/stick/netkeep.db
    """
    context: Context = ctx.obj
    if has_contents(context.path):
        refuse_foreign(context.path)
    if target is None:
        copy = store.make_backup(context.path, context.now, BY_HAND)
        store.prune(context.path, context.now, context.settings.backups)
        path = store.folder_of(context.path) / copy.name
    else:
        path = _target(context, target)
        store.copy_to(context.path, path, force=force)
        copy = Backup(path.name, context.now, BY_HAND, path.stat().st_size)
    print_result(sentences.backed_up(str(path), copy.bytes), copy, chosen)


def restore(
    ctx: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="The name of a listed backup, or a path.")
    ] = None,
    yes: options.YesOption = False,
    chosen: options.FormatOption = None,
) -> None:
    """Replace the database with a backup, or list the backups.

    The backup is checked first, and the current database is kept as another backup. Without FILE,
    the backups are listed.

    Examples:
        netkeep restore
        netkeep restore 20261124T081203Z-daily.db
    """
    context: Context = ctx.obj
    if file is None:
        backups = store.list_backups(context.path)
        if not (backups or context.path.exists()):
            print_message(FIRST_STEP)
        elif not backups and prints_table(chosen):
            print_message("There are no backups yet. To make one: netkeep backup")
        print_records(backups, Backup, chosen)
        return
    source = _source(store.folder_of(context.path), file)
    if context.path.exists() and source.samefile(context.path):
        raise BadValueError(f"{file} is the database itself", "see the backups: netkeep restore")
    require_confirmation(f"Replace the database with {source.name}", yes=yes)
    from netkeep.store.undo import note_restore

    kept = store.restore(context.path, source, context.now)
    with suppress(FileError):  # the backup is restored even if this fails
        note_restore(context.path, context.now)
    print_changes(sentences.restored(source.name, kept))


def _target(context: Context, typed: str) -> Path:
    """Return the path of the file to write; in a folder, it is named after the time."""
    if not typed:
        raise BadValueError("the path is empty", "try: netkeep backup copy.db")
    path = expand(typed)
    if typed.endswith("/") and not path.is_dir():
        raise BadValueError(f"there is no folder {typed}", "create it first, or name a file")
    if path.is_dir():
        path /= f"{context.path.stem}-{store.stamp(context.now)}.db"
    if path.exists() and context.path.exists() and path.samefile(context.path):
        raise BadValueError(f"{typed} is the database itself", "name another file")
    return path


def _source(folder: Path, typed: str) -> Path:
    for path in (folder / typed, folder / f"{typed}.db", expand(typed)):
        if typed and path.is_file():
            return path
    raise BadValueError(f"there is no backup {typed}", "see the backups: netkeep restore")
