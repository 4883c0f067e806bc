"""netkeep doctor: check the database and its backups."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.config import default_database
from netkeep.domain.maintenance import Fault
from netkeep.output import sentences
from netkeep.output.printing import print_changes, print_lines, print_records
from netkeep.store.doctor import examine
from netkeep.store.doctor import fix as fix_file


def doctor(
    ctx: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Repair what can be repaired safely.")] = False,
    chosen: options.FormatOption = None,
) -> None:
    """Check the database and its backups.

    Prints each problem and what to do about it, and exits with 1 if there are any. --fix corrects
    wrong due dates, the search index and the permissions of the file. `netkeep undo` undoes these
    repairs, except for the permissions.

    Examples:
        netkeep doctor
        netkeep doctor --fix
    """
    context: Context = ctx.obj
    own_folder = default_database().parent
    faults = examine(context.path, own_folder, context.now)
    if fix and any(fault.mends for fault in faults):
        fix_file(context.path, own_folder, context.now)
        print_changes(f"Found and repaired: {fault.what}" for fault in faults if fault.mends)
        faults = examine(context.path, own_folder, context.now)
    if chosen is None:
        print_lines(sentences.diagnosis(faults))
    else:
        print_records(faults, Fault, chosen)
    if faults:
        raise typer.Exit(1)
