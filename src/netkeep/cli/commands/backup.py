"""netkeep backup: a copy of everything."""

from pathlib import Path
from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.config import expand
from netkeep.domain.maintenance import Backup
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.printing import print_result
from netkeep.store.backup import copy_to, folder_of, make_backup, prune, stamp
from netkeep.store.connection import has_contents, refuse_foreign

BY_HAND = "manual"


def backup(
    ctx: typer.Context,
    target: Annotated[
        str | None,
        typer.Argument(metavar="[PATH]", help="A new file, or a folder; else among the others."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
    chosen: options.ResultOption = None,
) -> None:
    """Copy everything into a backup, checked, and safe to make while others write.

    netkeep makes one by itself on the first change of a day, and before an import, a merge, a new
    schema, `restore` and `forget`. It keeps those of the last 2 days, and the newest of each of 7
    days, 4 weeks and 6 months, or as the settings say. `netkeep restore` lists them.

    Examples:
        netkeep backup
        netkeep backup /media/stick/netkeep.db
    """
    context: Context = ctx.obj
    if has_contents(context.path):
        refuse_foreign(context.path)
    if target is None:
        made = make_backup(context.path, context.now, BY_HAND)
        prune(context.path, context.now, context.settings.backups)
        path = folder_of(context.path) / made.name
    else:
        path = _target(context, target, f"{context.path.stem}-{stamp(context.now)}.db")
        copy_to(context.path, path, force=force)
        made = Backup(path.name, context.now, BY_HAND, path.stat().st_size)
    print_result(sentences.backed_up(str(path), made.bytes), made, chosen)


def _target(context: Context, typed: str, name: str) -> Path:
    """The file that is meant; in a folder, one of this name."""
    if not typed:
        raise BadValueError("backup takes a file or a folder", "try: netkeep backup copy.db")
    path = expand(typed)
    if typed.endswith("/") and not path.is_dir():
        raise BadValueError(f"there is no folder {typed}", "make it first, or name a file")
    if path.is_dir():
        path /= name
    if path.exists() and context.path.exists() and path.samefile(context.path):
        raise BadValueError(f"{typed} is the file itself", "name another one")
    return path
