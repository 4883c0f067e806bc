"""netkeep import: people of LinkedIn's Connections.csv."""

import os
import sys
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from netkeep.cli.invocation import Invocation
from netkeep.cli.options import ResultOption
from netkeep.domain.contact import ContactFields, Kind, Status
from netkeep.errors import BadValueError
from netkeep.exchange import linkedin
from netkeep.exchange.plan import Record, Skipped, decide
from netkeep.output import sentences
from netkeep.output.progress import progress
from netkeep.output.show import tell_one
from netkeep.output.streams import say


class ImportReport(NamedTuple):
    """What an import did, in numbers of people and rows."""

    added: int
    unchanged: int
    skipped: tuple[Skipped, ...]


def import_(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="Connections.csv of LinkedIn, or - for stdin.")
    ],
    chosen: ResultOption = None,
) -> None:
    """Take people in from LinkedIn's Connections.csv; they wait as candidates.

    In LinkedIn, ask for a copy of your data, and take Connections.csv out of it. Whoever is
    there already is left as they are, so the same file may come again.

    Examples:
        netkeep import Connections.csv
        netkeep list --status candidate
    """
    here: Invocation = ctx.obj
    rows = linkedin.read(content_of(file), here.today)
    with here.writer() as write, progress("Importing", len(rows)) as advance:
        plan = decide(rows, write.ask.identities())
        write.add([candidate(here, record) for record in plan.new], progress=advance)
    for skipped in plan.skipped:
        say(f"left out {skipped}")
    report = ImportReport(len(plan.new), plan.unchanged, tuple(plan.skipped))
    tell_one(sentences.imported(report.added, report.unchanged), report, chosen)


def content_of(file: str) -> bytes:
    """The bytes of a file, or of standard input for `-`."""
    if not file:
        raise BadValueError("import takes a file", "try: netkeep import Connections.csv")
    try:
        if file == "-":
            return sys.stdin.buffer.read() if sys.stdin else b""
        return Path(os.path.expanduser(file)).read_bytes()  # noqa: PTH111 - see Invocation
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadValueError(f"{file} cannot be read: {reason.lower()}") from None


def candidate(here: Invocation, record: Record) -> ContactFields:
    """Whoever a record is of, to wait as a candidate."""
    kind = Kind.other
    waiting = ContactFields(
        status=Status.candidate, kind=kind, cadence=here.settings.cadences[kind]
    )
    return waiting | record.fields
