"""netkeep doctor: what is wrong, and what to do about it."""

from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.config import default_database
from netkeep.domain.maintenance import Fault
from netkeep.output import sentences
from netkeep.output.printing import print_changes, print_lines, print_records


def doctor(
    ctx: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what is safe to mend.")] = False,
    accept: Annotated[
        bool,
        typer.Option("--accept", help="What was changed from outside is right: you did it."),
    ] = False,
    chosen: options.FormatOption = None,
) -> None:
    """Look at every page and every row of the file, and at what lies around it.

    It says what is wrong and what to do, and exits with 1 if anything is. Once it has seen damage,
    nothing is written to the file until a backup is put back. --fix puts right what follows from
    the rest, which `undo` takes back, and who may look into the file.

    Examples:
        netkeep doctor
        netkeep doctor --fix
    """
    from netkeep.store import doctor as store

    here: Context = ctx.obj
    own_folder = default_database().parent
    if accept:
        store.accept(here.path)
    faults = store.examine(here.path, own_folder, here.now)
    if fix and any(fault.mends for fault in faults):
        store.mend(here.path, own_folder, here.now)
        print_changes(sentences.mended(fault for fault in faults if fault.mends))
        faults = store.examine(here.path, own_folder, here.now)
    if chosen is None:
        print_lines(sentences.diagnosis(faults))
    else:
        print_records(faults, Fault, chosen)
    if faults:
        raise typer.Exit(1)
