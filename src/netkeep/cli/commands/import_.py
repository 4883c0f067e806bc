"""netkeep import: people, and histories, of other address books and of netkeep itself."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple, cast

import typer

from netkeep.cli import options
from netkeep.cli.commands.keep import accept_contacts
from netkeep.cli.context import Context
from netkeep.config import expand
from netkeep.domain.contact import ContactFields, Detail, Kind, Status, parse_detail
from netkeep.domain.lifecycle import first_due_on, spread
from netkeep.errors import BadValueError, reason
from netkeep.exchange import own_json, sources
from netkeep.exchange.encodings import parse_encoding
from netkeep.exchange.limits import MAX_BYTES
from netkeep.exchange.own_json import Dump
from netkeep.exchange.plan import Plan, Record, Skipped, Update, decide, match
from netkeep.exchange.sources import Source
from netkeep.output import sentences
from netkeep.output.printing import print_result
from netkeep.output.streams import is_stdout_terminal, print_message, progress_bar, shorten
from netkeep.store.queries import Connection
from netkeep.store.queries.contacts import load_contacts_by_id, load_extra_lines, load_identities

if TYPE_CHECKING:
    from netkeep.store.repository import Repository


LISTS = {detail.field for detail in Detail}


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
    unread: tuple[Skipped, ...]


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
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding", metavar="NAME", help="The encoding of a file that is not UTF-8: cp1252."
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
    verbose: Annotated[
        bool, typer.Option("--verbose", help="With --dry-run, also name everyone on a terminal.")
    ] = False,
    chosen: options.ResultOption = None,
) -> None:
    """Take people in from another address book; they wait as candidates.

    It takes LinkedIn's Connections.csv, contacts exported by Google, Outlook, Thunderbird or Apple,
    vCards, any CSV whose columns you name, and what netkeep exported. An import fills what is empty
    and adds to lists: nothing that is there is overwritten, nobody dropped comes back, and the same
    file may come again.

    Examples:
        netkeep import Connections.csv
        netkeep import contacts.vcf --keep --kind friend
        netkeep import members.csv --map "Full name=name" --map Mail=email --tag choir --dry-run
    """
    context: Context = ctx.obj
    tags = tuple(parse_detail(Detail.tag, text) for text in tag or ())
    columns = _columns(mapped or ())
    if columns and source:
        raise BadValueError("--map is for a CSV of columns of your own", "leave out --as")
    with progress_bar("Reading"):
        codec = parse_encoding(encoding) if encoding is not None else None
        read, dump = sources.read(_content(file), source, columns, context.today, codec)
    rows = read
    if tags:
        tagged = ContactFields(tags=tags)
        rows = [
            row if isinstance(row, Skipped) else row.joined(Record(row.place, tagged))
            for row in read
        ]
    if dry_run:
        with context.reading() as connection:
            plan = _plan(connection, rows)
    else:
        with (
            context.writing(backup_first=True) as repository,
            progress_bar("Importing", len(rows)) as advance,
        ):
            plan = _plan(repository.connection, rows)
            new = _new_contacts(context, plan.new, kind, keep=keep)
            _carry_out(repository, plan, new, dump, advance)
            if keep:
                _accept_existing(context, repository, plan, kind)
    report = _report(plan, whole=dry_run or chosen is not None)
    for skipped in report.skipped:
        print_message(shorten(f"left out {skipped}"))
    for left_out in report.left_out:
        print_message(f"left out {left_out.reason} of {left_out.place}")
    for unread in report.unread:
        print_message(shorten(f"kept as text on {unread}"))
    if dry_run:
        names = verbose or not is_stdout_terminal()
        first, *more = _would(report, with_names=names)
        print_result(first, report, chosen, more, saved=False)
    else:
        candidates = all(fields["status"] is Status.candidate for fields in new)
        done = sentences.imported(
            report.added, report.unchanged, report.updated, candidates=candidates
        )
        print_result(done, report, chosen)


def _content(file: str) -> bytes:
    """Return the bytes of a file, or of standard input for `-`."""
    if not file:
        raise BadValueError("import takes a file", "try: netkeep import Connections.csv")
    try:
        if file == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
        with expand(file).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise BadValueError(f"{file} cannot be read: {reason(error)}") from None


def _columns(mapped: Sequence[str]) -> dict[str, str]:
    """Parse --map: the fields, by column."""
    columns: dict[str, str] = {}
    for text in mapped:
        column, equals, field = text.rpartition("=")
        if not (equals and column and field):
            raise BadValueError(
                f'--map "{text}" is not COLUMN=FIELD', 'try: --map "Full name=name"'
            )
        if columns.setdefault(column, field) != field:
            raise BadValueError(f'--map says twice what "{column}" is', "leave one out")
    return columns


def _report(plan: Plan, *, whole: bool) -> ImportReport:
    """Return the report; `new` and `changed` are left empty unless the whole is wanted."""
    records = [*plan.new, *(update.record for update in (*plan.updated, *plan.unchanged))]
    return ImportReport(
        added=len(plan.new),
        unchanged=len(plan.unchanged),
        skipped=tuple(plan.skipped),
        updated=len(plan.updated),
        left_out=tuple(
            Skipped(record.place, what)
            for record in records
            for what in dict.fromkeys(record.left_out)
        ),
        new=tuple(
            Planned(record.place, None, record.fields["name"], _brings(record.fields, record.extra))
            for record in (plan.new if whole else ())
        ),
        changed=tuple(
            Planned(update.record.place, update.contact_id, update.name, _added_to(update))
            for update in (plan.updated if whole else ())
        ),
        unread=tuple(Skipped(record.place, what) for record in records for what in record.unread),
    )


def _would(report: ImportReport, *, with_names: bool) -> Iterator[str]:
    """Yield what an import would do: a line for each person with names, then a summary."""
    if with_names:
        yield from (f"new: {new.name} ({new.place})" for new in report.new)
        for existing in report.changed:
            brings = "; ".join(existing.brings)
            yield f"add to {existing.name} (#{existing.id}, {existing.place}): {brings}"
    summary = (
        f"Nothing is written: {report.added:,} new, {report.updated:,} added to,"
        f" {report.unchanged:,} unchanged, {len(report.skipped):,} left out."
    )
    is_complete = with_names or not (report.new or report.changed)
    yield summary if is_complete else f"{summary} To name them: --verbose"


def _added_to(update: Update) -> tuple[str, ...]:
    lists = {detail.field: change.add for detail, change in update.lists.items()}
    return _brings(update.fields | cast(ContactFields, lists), update.extra)


def _brings(fields: ContactFields, extra: Sequence[str]) -> tuple[str, ...]:
    """Return what a record brings, as text: `company Initech`, `email ada@x.example`."""
    brought = []
    for name, value in fields.items():
        for entry in value if isinstance(value, tuple) and name in LISTS else (value,):
            if entry is not None and name != "name":
                brought.append(f"{name.removesuffix('s') if name in LISTS else name} {entry}")
    return (*brought, *extra)


def _plan(connection: Connection, rows: Sequence[Record | Skipped]) -> Plan:
    """Decide what these rows change in the file."""
    matches = match(rows, load_identities(connection))
    ids = [existing.contact_id for existing in matches.existing]
    contacts = {contact.id: contact for contact in load_contacts_by_id(connection, ids)}
    return decide(matches, contacts, load_extra_lines(connection, ids))


def _new_contacts(
    context: Context, records: Sequence[Record], kind: Kind | None, *, keep: bool
) -> list[ContactFields]:
    """Return the fields of new contacts: candidates, or accepted together, or as the file says."""
    new = []
    for record in records:
        own_kind = record.fields.get("kind") or kind or Kind.other
        defaults = ContactFields(
            status=Status.candidate, kind=own_kind, cadence=context.settings.cadences[own_kind]
        )
        fields = defaults | record.fields
        if keep and fields["status"] is Status.candidate:
            fields["status"] = Status.active
        new.append(fields)
    active = [fields for fields in new if fields["status"] is Status.active]
    first = first_due_on(context.today, context.settings.follow_up_days)
    days = spread([fields["cadence"] for fields in active], first)
    for fields, day in zip(active, days, strict=True):
        fields.setdefault("first_due_on", day)
    return new


def _carry_out(
    repository: Repository,
    plan: Plan,
    new: Sequence[ContactFields],
    dump: Dump,
    advance: Callable[[int], None],
) -> None:
    """Add the new contacts, what the plan adds to existing ones, and the history in the file."""
    ids = {}  # by the id in an exported history, the id in this database
    if dump.contacts:
        new_ids = [own_json.id_in(record.place) for record in plan.new]
        ids = repository.history.free_ids("contact", new_ids)
    given = [ids[own_json.id_in(record.place)] for record in plan.new] if ids else None
    added = repository.contacts.add(new, advance, given)
    for update in plan.updated:
        repository.contacts.edit(update.contact_id, update.fields, update.lists)
    extras = {contact_id: record.extra for contact_id, record in zip(added, plan.new, strict=True)}
    extras |= {update.contact_id: update.extra for update in plan.updated}
    repository.contacts.add_extra_lines(
        {contact_id: lines for contact_id, lines in extras.items() if lines}
    )
    if dump != Dump():
        added_contacts = [contact for contact in dump.contacts if contact.id in ids]
        for update in (*plan.updated, *plan.unchanged):
            ids[own_json.id_in(update.record.place)] = update.contact_id
        repository.history.complete_contacts(added_contacts, ids)
        repository.history.add_touchpoints_and_occasions(dump.touchpoints, dump.occasions, ids)
        repository.history.add_rounds_and_own_news(dump.rounds, dump.own_news)


def _accept_existing(
    context: Context, repository: Repository, plan: Plan, kind: Kind | None
) -> None:
    """Accept the candidates among the contacts that exist already."""
    ids = [update.contact_id for update in (*plan.updated, *plan.unchanged)]
    contacts = load_contacts_by_id(repository.connection, ids)
    candidates = [contact for contact in contacts if contact.status is Status.candidate]
    fields = ContactFields(kind=kind) if kind else ContactFields()
    accept_contacts(context, repository, candidates, fields)
