"""netkeep import: people, and histories, of other address books and of netkeep itself."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple, cast

import typer

from netkeep.cli import options
from netkeep.cli.commands.keep import accept_contacts
from netkeep.cli.context import Context
from netkeep.cli.correspondence import (
    NOTHING,
    Decided,
    LeftOut,
    Options,
    PersonLog,
    decide_logs,
    log_decided,
    person_logs,
    read_messages,
    sentences_of,
)
from netkeep.cli.jobs import Jobs, apply_jobs, change_texts, find_job_changes, summary
from netkeep.config import expand
from netkeep.domain.contact import ContactFields, Detail, Kind, Status, parse_detail
from netkeep.domain.correspondence import Missing, Tally
from netkeep.domain.lifecycle import first_due_on, spread
from netkeep.errors import BadValueError, reason
from netkeep.exchange import own_json, sources
from netkeep.exchange.correspondence import Correspondence, find_in_path, standard_input
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
    logged: int = 0
    known: int = 0
    messages_left_out: tuple[LeftOut, ...] = ()
    missing: tuple[Missing, ...] = ()
    log: tuple[PersonLog, ...] = ()
    job_changes: tuple[str, ...] = ()
    gone: int = 0


def import_(
    ctx: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...|-",
            help="An address book, mail (mbox, Maildir, .eml), a calendar, LinkedIn's .zip, or -.",
        ),
    ],
    source: Annotated[
        Source | None,
        typer.Option(
            "--as",
            metavar="FORMAT",
            help=f"{', '.join(Source)}. Without it, recognised by the content.",
        ),
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=FIELD",
            help="The field of a column, for any other CSV; repeatable.",
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
        bool,
        typer.Option(
            "--keep", help="Accept them at once, with first days spread over the cadence."
        ),
    ] = False,
    no_news: Annotated[
        bool, typer.Option("--no-news", help="Make no news of job changes.")
    ] = False,
    me: Annotated[
        list[str] | None,
        typer.Option(
            "--me", metavar="ADDRESS|URL", help="You, in messages and events; repeatable."
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DAY", help="The first day of messages; a year ago."),
    ] = None,
    subjects: Annotated[
        bool, typer.Option("--subjects", help="Keep subjects as notes of touchpoints.")
    ] = False,
    most: Annotated[
        int | None,
        typer.Option(
            "--most", min=1, max=options.MOST, metavar="N", help="Recipients at most; 10."
        ),
    ] = None,
    candidates: Annotated[
        bool, typer.Option("--candidates", help="Add frequent correspondents as candidates.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be done, and change nothing.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="With --dry-run, also name everyone on a terminal.")
    ] = False,
    chosen: options.ResultOption = None,
) -> None:
    """Import people, or log touchpoints from mail, calendars and LinkedIn messages.

    New people wait as candidates.

    It takes LinkedIn's Connections.csv, contacts exported by Google, Outlook, Thunderbird or Apple,
    vCards, any CSV whose columns you name, and what netkeep exported. An import fills what is empty
    and adds to lists: nothing that is there is overwritten, nobody dropped comes back, and the same
    file may come again. Someone whose company or title changed there since the last import is news.

    Of mail, calendars and LinkedIn's messages only days and directions are kept: one touchpoint per
    person, day and channel. The addresses and profile URLs that are you are `me` in the settings.

    Examples:
        netkeep import Connections.csv
        netkeep import --since "3 days ago" ~/Mail/Sent ~/Mail/INBOX ~/calendar.ics
        netkeep import contacts.vcf --keep --kind friend
        netkeep import members.csv --map "Full name=name" --map Mail=email --tag choir --dry-run
    """
    context: Context = ctx.obj
    tags = tuple(parse_detail(Detail.tag, text) for text in tag or ())
    columns = _columns(mapped or ())
    if columns and source:
        raise BadValueError("--map is only for CSV", "leave out --as")
    codec = parse_encoding(encoding) if encoding is not None else None
    wanted = Options(me or (), since, subjects, most, candidates)
    with ExitStack() as stack:
        book, messages = _open(files, stack, is_book=bool(source or columns))
        if book is not None and not columns:
            source = source or sources.detect(book, codec)
        read, dump = _read_book(book, source, columns, context.today, codec)
        rows = _tagged(read, tags)
        tally = _read_messages(context, messages, wanted)
    inputs = Inputs(source, rows, dump, tally, candidates)
    outcome = _preview(context, inputs) if dry_run or book is None else None
    # Where nothing is new there is no need for a backup, which may take as long as the rest.
    if outcome is None or (outcome.decided.changes_anything and not dry_run):
        outcome = _write(context, inputs, kind, keep=keep, no_news=no_news)
    report = _report(outcome, whole=dry_run or chosen is not None)
    _print_left_out(report, outcome.plan)
    has_book = book is not None
    if dry_run:
        names = verbose or not is_stdout_terminal()
        lines = [*_dry_run_lines(outcome, report, book=has_book, with_names=names)]
    else:
        lines = [*_lines(outcome, report, book=has_book)]
    print_result(lines[0], report, chosen, lines[1:], saved=not dry_run)


class Inputs(NamedTuple):
    """Everything that was read: people, the history of an export, and messages, if any."""

    source: Source | None
    rows: Sequence[Record | Skipped]
    dump: Dump
    tally: Tally | None
    candidates: bool


class Outcome(NamedTuple):
    """Everything that an import decides."""

    plan: Plan
    jobs: Jobs
    decided: Decided
    logs: tuple[PersonLog, ...]
    has_messages: bool
    new: Sequence[ContactFields] = ()


def _preview(context: Context, inputs: Inputs) -> Outcome:
    with context.reading() as connection:
        return _decide(connection, inputs)


def _write(
    context: Context, inputs: Inputs, kind: Kind | None, *, keep: bool, no_news: bool
) -> Outcome:
    with (
        context.writing(backup_first=True) as repository,
        progress_bar("Importing", len(inputs.rows)) as advance,
    ):
        outcome = _decide(repository.connection, inputs)
        plan = outcome.plan
        new = _new_contacts(context, plan.new, kind, keep=keep)
        added = _carry_out(repository, plan, new, inputs.dump, advance)
        by_id = dict(zip(added, plan.new, strict=True))
        apply_jobs(context, repository, inputs.source, outcome.jobs, by_id, no_news=no_news)
        if keep:
            _accept_existing(context, repository, plan, kind)
        log_decided(context, repository, outcome.decided)
    return outcome._replace(new=new)


def _decide(connection: Connection, inputs: Inputs) -> Outcome:
    tally = inputs.tally
    plan = _plan(connection, inputs.rows)
    jobs = find_job_changes(connection, inputs.source, plan)
    decided = NOTHING
    if tally:
        decided = decide_logs(connection, tally, candidates=inputs.candidates)
    logs = tuple(person_logs(connection, decided))
    return Outcome(plan, jobs, decided, logs, tally is not None)


def _read_book(
    content: bytes | None,
    source: Source | None,
    columns: Mapping[str, str],
    today: date,
    codec: str | None,
) -> tuple[Sequence[Record | Skipped], Dump]:
    if content is None:
        return (), Dump()
    with progress_bar("Reading"):
        return sources.read(content, source, columns, today, codec)


def _read_messages(
    context: Context, found: Sequence[Correspondence], wanted: Options
) -> Tally | None:
    if not found:
        return None
    with context.reading() as connection, progress_bar("Reading") as advance:
        return read_messages(context, connection, found, wanted, advance)


def _print_left_out(report: ImportReport, plan: Plan) -> None:
    for skipped in report.skipped:
        print_message(shorten(f"left out {skipped}"))
    for update in plan.updated:
        if {*update.record.other_name(update.name)} & {*update.extra}:
            print_message(
                f"{update.record.place}: {update.record.fields['name']} is {update.name}"
                f" (#{update.contact_id}); the name is kept as a nickname"
            )
    for left_out in report.left_out:
        print_message(f"left out {left_out.reason} of {left_out.place}")
    for unread in report.unread:
        print_message(shorten(f"kept as text on {unread}"))
    for of_messages in report.messages_left_out:
        print_message(f"left out {of_messages}")


def _dry_run_lines(
    outcome: Outcome, report: ImportReport, *, book: bool, with_names: bool
) -> Iterator[str]:
    """Yield what would be done, each summary after its people."""
    if book:
        if with_names:
            yield from (f"job change: {text}" for text in report.job_changes)
        yield from _would(report, with_names=with_names)
    if outcome.has_messages:
        yield from (f"log with {each}" for each in report.log)
        yield from sentences_of(outcome.decided, dry_run=True)


def _lines(outcome: Outcome, report: ImportReport, *, book: bool) -> Iterator[str]:
    """Yield what was done, in sentences."""
    if book:
        candidates = all(fields["status"] is Status.candidate for fields in outcome.new)
        yield sentences.imported(
            report.added, report.unchanged, report.updated, candidates=candidates
        )
        yield from summary(outcome.jobs)
    if outcome.has_messages:
        yield from sentences_of(outcome.decided, dry_run=False)


def _tagged(rows: Sequence[Record | Skipped], tags: tuple[str, ...]) -> Sequence[Record | Skipped]:
    if not tags:
        return rows
    tagged = ContactFields(tags=tags)
    return [
        row if isinstance(row, Skipped) else row.joined(Record(row.place, tagged)) for row in rows
    ]


def _open(
    files: Sequence[str], stack: ExitStack, *, is_book: bool
) -> tuple[bytes | None, list[Correspondence]]:
    """Return the content of the address book among the files, and those with messages or events.

    With `is_book` each file is an address book. Raise BadValueError for more than one.
    """
    books, found = [], []
    for file in files:
        if not file:
            raise BadValueError("a file is required", "try: netkeep import Connections.csv")
        try:
            messages, content = _open_one(file, stack, is_book=is_book)
        except (OSError, ValueError) as error:
            raise BadValueError(f"{file} cannot be read: {reason(error)}") from None
        if messages:
            found.append(messages)
        if content is not None:
            books.append(content)
    if len(books) > 1:
        raise BadValueError("import takes one address book at a time", "import one after another")
    return next(iter(books), None), found


def _open_one(
    file: str, stack: ExitStack, *, is_book: bool
) -> tuple[Correspondence | None, bytes | None]:
    if file == "-":
        if not sys.stdin:
            return None, b""
        stream, messages = stack.enter_context(standard_input())
        if is_book or messages is None:
            return None, stream.read(MAX_BYTES + 1)
        return messages, messages.connections
    path = expand(file)
    messages = None if is_book else find_in_path(path)
    if messages:
        return messages, messages.connections
    with path.open("rb") as opened:
        return None, opened.read(MAX_BYTES + 1)


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
            raise BadValueError(
                f'--map has two fields for the column "{column}" is', "leave one out"
            )
    return columns


def _report(outcome: Outcome, *, whole: bool) -> ImportReport:
    """Return the report; `new` and `changed` are left empty unless the whole is wanted."""
    plan, decided = outcome.plan, outcome.decided
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
        logged=decided.logged,
        known=decided.known,
        messages_left_out=tuple(decided.left_out),
        missing=tuple(decided.missing),
        log=outcome.logs if whole else (),
        job_changes=change_texts(outcome.jobs),
        gone=len(outcome.jobs.gone),
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
) -> Sequence[int]:
    """Add the new contacts, what the plan adds to existing ones, and the history in the file.

    Return the ids of the new ones.
    """
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
    return added


def _accept_existing(
    context: Context, repository: Repository, plan: Plan, kind: Kind | None
) -> None:
    """Accept the candidates among the contacts that exist already."""
    ids = [update.contact_id for update in (*plan.updated, *plan.unchanged)]
    contacts = load_contacts_by_id(repository.connection, ids)
    candidates = [contact for contact in contacts if contact.status is Status.candidate]
    fields = ContactFields(kind=kind) if kind else ContactFields()
    accept_contacts(context, repository, candidates, fields)
