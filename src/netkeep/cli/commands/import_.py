"""netkeep import: people, and histories, of other address books and of netkeep itself."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple, cast

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.config import Settings, expand
from netkeep.domain.contact import ContactFields, Detail, Kind, Status, parse_detail
from netkeep.domain.lifecycle import accept, first_due_on, spread
from netkeep.errors import BadValueError, reason
from netkeep.exchange import own_json, sources
from netkeep.exchange.own_json import Dump
from netkeep.exchange.plan import Plan, Record, Skipped, Update, decide, match
from netkeep.exchange.sources import Source
from netkeep.output import sentences
from netkeep.output.printing import print_result
from netkeep.output.streams import print_message, progress_bar, shorten
from netkeep.store.queries import Connection
from netkeep.store.queries.contacts import load_contacts_by_id, load_extra_lines, load_identities

if TYPE_CHECKING:
    from netkeep.store.repository import Repository


LISTS = {detail.field for detail in Detail}


class Arrival(NamedTuple):
    """How new contacts are added: of which kind if the file does not say, and whether accepted."""

    kind: Kind | None
    keep: bool
    settings: Settings
    today: date

    @property
    def first_day(self) -> date:
        """The first day on which an accepted contact may be due."""
        return first_due_on(self.today, self.settings.follow_up_days)


class Planned(NamedTuple):
    """A person of a file, and what the file adds; `id` is None for a new contact."""

    place: str
    id: int | None
    name: str
    brings: tuple[str, ...]

    def __str__(self) -> str:
        """`card 3: Ada Lovelace: title Analyst`."""
        return f"{self.place}: {self.name}: {', '.join(self.brings)}"


class ImportReport(NamedTuple):
    """What an import did, in numbers and in full; field by field what it prints."""

    added: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    updated: int
    left_out: tuple[Skipped, ...]
    new: tuple[Planned, ...]
    changed: tuple[Planned, ...]


def import_(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="A CSV, vCard or JSON file, or - for stdin.")
    ],
    source: Annotated[
        Source | None,
        typer.Option(
            "--as",
            metavar="FORMAT",
            help=f"{', '.join(Source)}; recognised from the content if left out.",
        ),
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="COLUMN=FIELD", help="A column of any other CSV; repeatable."
        ),
    ] = None,
    kind: options.KindOption = None,
    tag: Annotated[
        list[str] | None, typer.Option("-t", "--tag", metavar="TAG", help="Tag; repeatable.")
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Let them in, their first days spread.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    chosen: options.ResultOption = None,
) -> None:
    """Take people in from another address book; they wait as candidates.

    It takes LinkedIn's Connections.csv, contacts exported by Google, Outlook or Apple, vCards, any
    CSV whose columns you name, and what netkeep exported. An import fills what is empty and adds to
    lists: nothing that is there is overwritten, nobody dropped comes back, and the same file may
    come again.

    Examples:
        netkeep import Connections.csv
        netkeep import contacts.vcf --keep --kind friend
        netkeep import members.csv --map "Full name=name" --map Mail=email --tag choir --dry-run
    """
    context: Context = ctx.obj
    tags = tuple(parse_detail(Detail.tag, each) for each in tag or ())
    columns = _columns(mapped or ())
    if columns and source:
        raise BadValueError("--map is for a CSV of columns of your own", "leave out --as")
    with progress_bar("Reading"):
        read, dump = sources.read(content_of(file), source, columns, context.today)
    rows = [_tagged(row, tags) for row in read]
    if dry_run:
        with context.reading() as connection:
            plan = plan_import(connection, rows)
    else:
        arrival = Arrival(kind, keep, context.settings, context.today)
        with (
            context.writing(backup_first=True) as repository,
            progress_bar("Importing", len(rows)) as advance,
        ):
            plan = plan_import(repository.connection, rows)
            carry_out(repository, plan, dump, arrival, advance)
    report = _report(plan, whole=dry_run or chosen is not None)
    for skipped in report.skipped:
        print_message(shorten(f"left out {skipped}"))
    for left_out in report.left_out:
        print_message(f"left out {left_out.reason} of {left_out.place}")
    if dry_run:
        summary, *people = _would(report)
        print_result(summary, report, chosen, people, saved=False)
    else:
        waiting = Status.candidate
        candidates = not keep and all(
            one.fields.get("status", waiting) is waiting for one in plan.new
        )
        done = sentences.imported(
            report.added, report.unchanged, report.updated, candidates=candidates
        )
        print_result(done, report, chosen)


def content_of(file: str) -> bytes:
    """The bytes of a file, or of standard input for `-`."""
    if not file:
        raise BadValueError("import takes a file", "try: netkeep import Connections.csv")
    try:
        if file == "-":
            return sys.stdin.buffer.read() if sys.stdin else b""
        return expand(file).read_bytes()
    except (OSError, ValueError) as error:
        raise BadValueError(f"{file} cannot be read: {reason(error)}") from None


def _columns(mapped: Sequence[str]) -> dict[str, str]:
    """What was typed for --map, by column."""
    columns: dict[str, str] = {}
    for each in mapped:
        column, equals, field = each.rpartition("=")
        if not (equals and column and field):
            raise BadValueError(
                f'--map "{each}" is not COLUMN=FIELD', 'try: --map "Full name=name"'
            )
        if columns.setdefault(column, field) != field:
            raise BadValueError(f'--map says twice what "{column}" is', "leave one out")
    return columns


def _tagged(row: Record | Skipped, tags: tuple[str, ...]) -> Record | Skipped:
    if isinstance(row, Skipped) or not tags:
        return row
    return row.joined(Record(row.place, ContactFields(tags=tags)))


def _report(plan: Plan, *, whole: bool) -> ImportReport:
    """What came of it; who is new or changed, and what of them, only for whom the whole is."""
    everybody = [*plan.new, *(update.record for update in (*plan.updated, *plan.unchanged))]
    return ImportReport(
        added=len(plan.new),
        unchanged=len(plan.unchanged),
        skipped=tuple(plan.skipped),
        updated=len(plan.updated),
        left_out=tuple(
            Skipped(record.place, what)
            for record in everybody
            for what in dict.fromkeys(record.left_out)
        ),
        new=tuple(
            Planned(one.place, None, one.fields["name"], tuple(_said(one.fields, one.extra)))
            for one in (plan.new if whole else ())
        ),
        changed=tuple(
            Planned(one.record.place, one.contact_id, one.name, tuple(_brings(one)))
            for one in (plan.updated if whole else ())
        ),
    )


def _would(report: ImportReport) -> Iterator[str]:
    """What an import would do, in a sentence and then a line for each person."""
    yield (
        f"Nothing is written: {report.added:,} new, {report.updated:,} added to,"
        f" {report.unchanged:,} unchanged, {len(report.skipped):,} left out."
    )
    yield from (f"new: {one.name} ({one.place})" for one in report.new)
    for one in report.changed:
        yield f"add to {one.name} (#{one.id}, {one.place}): {'; '.join(one.brings)}"


def _brings(update: Update) -> Iterator[str]:
    lists = {detail.field: change.add for detail, change in update.lists.items()}
    yield from _said(update.fields | cast(ContactFields, lists), update.extra)


def _said(fields: ContactFields, extra: Sequence[str]) -> Iterator[str]:
    """What is brought, in words: `company Initech`, `email ada@x.example`."""
    for name, value in fields.items():
        for entry in value if isinstance(value, tuple) and name in LISTS else (value,):
            if entry is not None and name != "name":
                yield f"{name.removesuffix('s') if name in LISTS else name} {entry}"
    yield from extra


def plan_import(connection: Connection, rows: Sequence[Record | Skipped]) -> Plan:
    """Decide what these rows will do to the file."""
    matches = match(rows, load_identities(connection))
    ids = [each.contact_id for each in matches.existing]
    contacts = {contact.id: contact for contact in load_contacts_by_id(connection, ids)}
    return decide(matches, contacts, load_extra_lines(connection, ids))


def carry_out(
    repository: Repository,
    plan: Plan,
    dump: Dump,
    arrival: Arrival,
    advance: Callable[[int], None],
) -> None:
    """Add the new contacts of a plan, add to those that exist, and add the history there is."""
    existing = [*plan.updated, *plan.unchanged]
    ids = {}  # from those of a history to those here; other files have none
    if dump.contacts:
        new_ids = [own_json.id_in(record.place) for record in plan.new]
        ids = repository.history.free_ids("contact", new_ids)
    given = [ids[own_json.id_in(record.place)] for record in plan.new] if ids else None
    added = repository.contacts.add(_new_contacts(plan.new, arrival), advance, given)
    for update in plan.updated:
        repository.contacts.edit(update.contact_id, update.fields, update.lists)
    extras = {contact_id: new.extra for contact_id, new in zip(added, plan.new, strict=True)}
    extras |= {update.contact_id: update.extra for update in plan.updated}
    repository.contacts.add_extra_lines(
        {contact_id: lines for contact_id, lines in extras.items() if lines}
    )
    if dump != Dump():
        new = [contact for contact in dump.contacts if contact.id in ids]
        ids |= {own_json.id_in(update.record.place): update.contact_id for update in existing}
        repository.history.complete_contacts(new, ids)
        repository.history.add_touchpoints_and_occasions(dump.touchpoints, dump.occasions, ids)
        repository.history.add_rounds_and_own_news(dump.rounds, dump.own_news)
    if arrival.keep:
        contact_ids = [update.contact_id for update in existing]
        contacts = load_contacts_by_id(repository.connection, contact_ids)
        candidates = [contact for contact in contacts if contact.status is Status.candidate]
        changes = ContactFields(kind=arrival.kind) if arrival.kind else ContactFields()
        repository.contacts.keep(
            accept(candidates, changes, arrival.settings.cadences, arrival.first_day)
        )


def _new_contacts(records: Sequence[Record], arrival: Arrival) -> list[ContactFields]:
    """Return the fields of new contacts: candidates, or accepted together, or as the file says."""
    new = []
    for record in records:
        kind = record.fields.get("kind") or arrival.kind or Kind.other
        defaults = ContactFields(
            status=Status.active if arrival.keep else Status.candidate,
            kind=kind,
            cadence=arrival.settings.cadences[kind],
        )
        fields = defaults | record.fields
        if arrival.keep and fields["status"] is Status.candidate:
            fields["status"] = Status.active
        new.append(fields)
    active = [fields for fields in new if fields["status"] is Status.active]
    days = spread([fields["cadence"] for fields in active], arrival.first_day)
    for fields, day in zip(active, days, strict=True):
        fields.setdefault("first_due_on", day)
    return new
