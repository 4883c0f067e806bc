"""netkeep import: people, and histories, of other address books and of netkeep itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from itertools import count
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from netkeep.cli import options
from netkeep.cli.commands.keep import accept_contacts
from netkeep.cli.context import Context
from netkeep.cli.correspondence import (
    NOTHING,
    Options,
    decide_logs,
    log_decided,
    person_logs,
    read_messages,
)
from netkeep.cli.fields import new_candidate
from netkeep.cli.import_files import People, Reading, open_files, parse_columns, read_books
from netkeep.cli.import_report import (
    Outcome,
    done_lines,
    dry_run_lines,
    make_report,
    print_left_out,
)
from netkeep.cli.jobs import apply_jobs, find_job_changes
from netkeep.domain.contact import ContactFields, Detail, Kind, Status, parse_detail
from netkeep.domain.correspondence import Tally
from netkeep.domain.days import parse_past_day
from netkeep.domain.due import first_due_on
from netkeep.domain.lifecycle import spread
from netkeep.errors import BadValueError
from netkeep.exchange.correspondence import Correspondence
from netkeep.exchange.encodings import parse_encoding
from netkeep.exchange.own_json import Dump
from netkeep.exchange.plan import Plan, Record, Skipped, decide, match, new_owners
from netkeep.exchange.sources import Source
from netkeep.output.printing import print_result
from netkeep.output.streams import is_stdout_terminal, print_message, progress_bar
from netkeep.store.queries import Connection
from netkeep.store.queries.contacts import load_contacts_by_id, load_extra_lines
from netkeep.store.queries.identities import load_identities
from netkeep.store.queries.imports import load_owners

if TYPE_CHECKING:
    from netkeep.store.repository import Repository

SINCE = "1 year ago"  # the first day of messages, by default


def import_(
    ctx: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...|FOLDER|-",
            help="Address books, mail (mbox, .eml), calendars, LinkedIn's .zip, a folder, or - for"
            " standard input.",
        ),
    ],
    source: Annotated[
        Source | None,
        typer.Option(
            "--as",
            metavar="FORMAT",
            help=f"The format: {', '.join(Source)}. By default, netkeep recognises it.",
        ),
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=FIELD",
            help="Import this column of a CSV into this field; repeatable.",
        ),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding",
            metavar="NAME",
            help="The encoding of a file that is not in UTF-8, such as cp1252.",
        ),
    ] = None,
    kind: options.KindOption = None,
    tag: Annotated[
        list[str] | None, typer.Option("-t", "--tag", metavar="TAG", help="Tag; repeatable.")
    ] = None,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep",
            help="Keep the people at once, without triage; their first due dates are spread out.",
        ),
    ] = False,
    no_news: Annotated[
        bool, typer.Option("--no-news", help="Do not note job changes as news.")
    ] = False,
    me: Annotated[
        list[str] | None,
        typer.Option(
            "--me", metavar="ADDRESS|URL", help="Your own address or profile URL; repeatable."
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DAY",
            help="Only messages and events since this day. By default, a year ago.",
        ),
    ] = None,
    subjects: Annotated[
        bool, typer.Option("--subjects", help="Keep the subject as the note of the touchpoint.")
    ] = False,
    most: Annotated[
        int | None,
        typer.Option(
            "--most",
            parser=options.parse_count,
            metavar="N",
            help="Only messages and events with at most N people. By default, 10.",
        ),
    ] = None,
    candidates: Annotated[
        bool, typer.Option("--candidates", help="Add frequent correspondents as candidates.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be done, and change nothing.")
    ] = False,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose",
            help="Name every person, and everything left out. By default, a terminal shows only"
            " counts.",
        ),
    ] = False,
    chosen: options.ResultOption = None,
) -> None:
    """Import people, or log touchpoints from mail, calendars and LinkedIn messages.

    People come from LinkedIn's Connections.csv, from exports of Google, Outlook, Thunderbird, Apple
    and netkeep, from vCards, and from any CSV with columns such as Name and Email. New people
    become candidates; to go through them, run `netkeep triage`.

    Importing a file again changes nothing, and people you dropped stay dropped. An import fills
    empty fields and adds to lists. It replaces only a company or title, and only if that has
    changed since your last import from the same program. The change is noted as news.

    Touchpoints come from mail (mbox, Maildir, .eml), calendars (.ics) and LinkedIn's messages: one
    per person, day and channel. netkeep keeps no text, but notes which of you reached out. For that
    it must know your own addresses and profile URLs: use --me, or the setting `me`.

    In a folder, netkeep reads the .vcf, .csv and .json files. If there are none, it reads the mail,
    and if there is no mail, the .ics files. `netkeep undo` undoes the whole import.

    Examples:
        netkeep import Connections.csv
        netkeep import ~/Mail/Sent ~/calendar.ics --since "3 days ago"
        netkeep import contacts/ --keep --kind friend
        netkeep import members.csv --map "Full name=name" --tag choir
    """
    context: Context = ctx.obj
    tags = tuple(parse_detail(Detail.tag, text) for text in tag or ())
    columns = parse_columns(mapped or ())
    if columns and source:
        raise BadValueError("--map is only for CSV, and --as names another format", "leave one out")
    how = Reading(source, columns, parse_encoding(encoding) if encoding is not None else None)
    first_day = parse_past_day(since or SINCE, context.today, "the first day")
    wanted = Options(first_day, me or (), subjects, most, candidates)
    with ExitStack() as stack:
        given = open_files(files, stack, is_book=bool(source or columns))
        people = read_books(given.books, how, context.today)
        tally = _read_messages(context, given.messages, wanted)
    whole = dry_run or chosen is not None
    inputs = Inputs(people._replace(rows=_tagged(people.rows, tags)), tally, candidates, whole)
    has_book = bool(given.books)
    outcome = _preview(context, inputs) if dry_run or not has_book else None
    # Where nothing is new there is no need for a backup, which may take as long as the rest.
    if outcome and outcome.decided.changes_anything and not dry_run:
        outcome = None  # for 200,000 messages it takes 30 MiB, and is decided again
    if outcome is None:
        outcome = _write(context, inputs, kind, keep=keep, no_news=no_news)
    report = make_report(outcome, whole=whole)
    for name in given.left_out:
        print_message(
            f"left out {name}: in a folder with address books, other files are not imported"
        )
    names = verbose or not is_stdout_terminal()
    print_left_out(report, outcome.plan, whole=names)
    if dry_run:
        lines = [*dry_run_lines(outcome, report, book=has_book, with_names=names)]
    else:
        lines = [*done_lines(outcome, report, book=has_book)]
    print_result(lines[0], report, chosen, lines[1:], saved=not dry_run)


class Inputs(NamedTuple):
    """Everything that was read: people, and messages, if any.

    With `whole`, the report lists the touchpoints of each person.
    """

    people: People
    tally: Tally | None
    candidates: bool
    whole: bool


def _preview(context: Context, inputs: Inputs) -> Outcome:
    with context.reading() as connection:
        outcome = _decide(connection, inputs)
        if inputs.tally:
            inputs.tally.assign(new_owners(outcome.plan))
        return _with_logs(outcome, connection, inputs)


def _write(
    context: Context, inputs: Inputs, kind: Kind | None, *, keep: bool, no_news: bool
) -> Outcome:
    with (
        context.writing(backup_first=True) as repository,
        progress_bar("Importing", len(inputs.people.rows)) as advance,
    ):
        outcome = _decide(repository.connection, inputs)
        if no_news:
            outcome = outcome._replace(jobs=outcome.jobs._replace(news=()))
        plan = outcome.plan
        new = _new_contacts(context, plan.new, kind, keep=keep)
        added = _carry_out(repository, plan, new, inputs.people.histories, advance)
        by_id = dict(zip(added, plan.new, strict=True))
        apply_jobs(context, repository, outcome.jobs, by_id)
        if keep:
            _accept_existing(context, repository, plan, kind)
        if inputs.tally:
            # The people of this import may have written its messages.
            inputs.tally.assign(load_owners(repository.connection))
        outcome = _with_logs(outcome, repository.connection, inputs)
        log_decided(context, repository, outcome.decided)
    return outcome._replace(new=new)


def _decide(connection: Connection, inputs: Inputs) -> Outcome:
    """Decide what to do with the people."""
    plan = _plan(connection, inputs.people.rows)
    jobs = find_job_changes(connection, inputs.people.formats, plan)
    return Outcome(plan, jobs, NOTHING, (), inputs.tally is not None)


def _with_logs(outcome: Outcome, connection: Connection, inputs: Inputs) -> Outcome:
    """Add to an outcome what is logged with the contacts in the file."""
    if inputs.tally is None:
        return outcome
    decided = decide_logs(connection, inputs.tally, candidates=inputs.candidates)
    new_names = {-number: each.fields["name"] for number, each in enumerate(outcome.plan.new, 1)}
    logs = person_logs(connection, decided, new_names) if inputs.whole else ()
    return outcome._replace(decided=decided, logs=tuple(logs))


def _read_messages(
    context: Context, found: Sequence[Correspondence], wanted: Options
) -> Tally | None:
    if not found:
        return None
    with context.reading() as connection:
        return read_messages(context, connection, found, wanted)


def _tagged(rows: Sequence[Record | Skipped], tags: tuple[str, ...]) -> Sequence[Record | Skipped]:
    if not tags:
        return rows
    tagged = ContactFields(tags=tags)
    return [
        row if isinstance(row, Skipped) else row.joined(Record(row.place, tagged)) for row in rows
    ]


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
        fields = new_candidate(context, own_kind) | record.fields
        if keep and fields["status"] is Status.candidate:
            fields["status"] = Status.active
        new.append(fields)
    active = [
        fields
        for record, fields in zip(records, new, strict=True)
        if fields["status"] is Status.active and not record.contact
    ]
    first = first_due_on(context.today, context.settings.follow_up_days)
    days = spread([fields["cadence"] for fields in active], first)
    for fields, day in zip(active, days, strict=True):
        fields.setdefault("first_due_on", day)
    return new


def _carry_out(
    repository: Repository,
    plan: Plan,
    new: Sequence[ContactFields],
    histories: Mapping[int, Dump],
    advance: Callable[[int], None],
) -> Sequence[int]:
    """Add the new contacts, what the plan adds to existing ones, and the histories.

    Return the ids of the new ones.
    """
    own = [record.contact.id for record in plan.new if record.contact]
    ids = repository.history.free_ids("contact", own)
    others = count(max(ids.values(), default=0) + 1)
    given = []
    for record in plan.new:
        wanted = record.contact.id if record.contact else 0
        given.append(ids[wanted] if wanted in ids else next(others))
        ids.pop(wanted, 0)  # another file may have a contact of this id
    added = repository.contacts.add(new, advance, given if own else None)
    for update in plan.updated:
        repository.contacts.edit(update.contact_id, update.fields, update.lists)
    extras = {contact_id: record.extra for contact_id, record in zip(added, plan.new, strict=True)}
    extras |= {update.contact_id: update.extra for update in plan.updated}
    repository.contacts.add_extra_lines(
        {contact_id: lines for contact_id, lines in extras.items() if lines}
    )
    records = [*plan.new, *(each.record for each in (*plan.updated, *plan.unchanged))]
    contact_ids = [*added, *(each.contact_id for each in (*plan.updated, *plan.unchanged))]
    for file, history in histories.items():
        of_file = {
            part.contact.id: contact_id
            for record, contact_id in zip(records, contact_ids, strict=True)
            for part in record.parts or (record,)
            if part.contact and part.file == file
        }
        repository.history.complete_contacts(
            [each.contact for each in plan.new if each.contact and each.file == file], of_file
        )
        repository.history.add_touchpoints_and_occasions(
            history.touchpoints, history.occasions, of_file
        )
        repository.history.add_rounds_and_own_news(history.rounds, history.own_news)
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
