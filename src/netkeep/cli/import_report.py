"""Report what an import did or would do, as records and as sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from netkeep.cli.correspondence import Decided, LeftOut, PersonLog, sentences_of
from netkeep.cli.jobs import Jobs, change_texts, summary
from netkeep.domain.contact import ContactFields, Detail, Status
from netkeep.domain.correspondence import Missing
from netkeep.exchange.names import cut_reason
from netkeep.exchange.plan import Plan, Skipped, Update, unread_reason
from netkeep.output import sentences
from netkeep.output.streams import print_message, shorten
from netkeep.output.values import pluralize

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


class Outcome(NamedTuple):
    """Everything that an import decides."""

    plan: Plan
    jobs: Jobs
    decided: Decided
    logs: tuple[PersonLog, ...]
    has_messages: bool
    new: Sequence[ContactFields] = ()


def make_report(outcome: Outcome, *, whole: bool) -> ImportReport:
    """Return the report; without `whole`, leave the lists of people and touchpoints empty."""
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
        unread=(
            *(Skipped(record.place, what) for record in records for what in record.unread),
            *(
                Skipped(address, unread_reason("name", cut_reason(name) or ""))
                for address, name in decided.long_names.items()
            ),
        ),
        logged=decided.logged,
        known=decided.known,
        messages_left_out=tuple(decided.left_out),
        missing=tuple(decided.missing),
        log=outcome.logs if whole else (),
        job_changes=change_texts(outcome.jobs),
        gone=len(outcome.jobs.gone),
    )


def _would(report: ImportReport, *, with_names: bool) -> Iterator[str]:
    """Yield what an import would do: with `with_names` a line per person, then a summary."""
    if with_names:
        yield from (f"new: {new.name} ({new.place})" for new in report.new)
        for existing in report.changed:
            brings = "; ".join(existing.brings)
            yield f"add to {existing.name} (#{existing.id}, {existing.place}): {brings}"
    summary = (
        f"Nothing was written; an import would give: {report.added:,} new,"
        f" {report.updated:,} updated, {report.unchanged:,} unchanged,"
        f" {len(report.skipped):,} left out."
    )
    is_complete = with_names or not (report.new or report.changed)
    yield summary if is_complete else f"{summary} To list the names: --verbose"


def _added_to(update: Update) -> tuple[str, ...]:
    lists = {detail.field: change.add for detail, change in update.lists.items()}
    return _brings(update.fields | cast(ContactFields, lists), update.extra)


def _brings(fields: ContactFields, extra: Sequence[str]) -> tuple[str, ...]:
    """Return the values that a record brings, as texts: `company Initech`."""
    brought = []
    for name, value in fields.items():
        for entry in value if isinstance(value, tuple) and name in LISTS else (value,):
            if entry is not None and name != "name":
                brought.append(f"{name.removesuffix('s') if name in LISTS else name} {entry}")
    return (*brought, *extra)


def print_left_out(report: ImportReport, plan: Plan, *, whole: bool) -> None:
    """Print what is not imported, and names and values that are kept in another form.

    With `whole`, each record left out has a line, otherwise each reason.
    """
    places: defaultdict[str, list[str]] = defaultdict(list)
    for skipped in report.skipped:
        places[skipped.reason].append(skipped.place)
    for reason, (first, *more) in places.items():
        others = f" and {pluralize(len(more), 'other', 'others')}" if more else ""
        lines = [first, *more] if whole else [f"{first}{others}"]
        for line in lines:
            print_message(shorten(f"left out {line}: {reason}"))
    for update in plan.updated:
        if {*update.record.other_name(update.name)} & {*update.extra}:
            print_message(
                f"{update.record.place} is {update.name} (#{update.contact_id});"
                f" {update.record.fields['name']} is kept as a nickname"
            )
    for left_out in report.left_out:
        print_message(f"left out {left_out.reason} of {left_out.place}")
    for unread in report.unread:
        print_message(sentences.kept_as_text(unread))
    for of_messages in report.messages_left_out:
        print_message(f"left out {of_messages}")


def dry_run_lines(
    outcome: Outcome, report: ImportReport, *, book: bool, with_names: bool
) -> Iterator[str]:
    """Yield what would be done: the people, then the summary, of address books and of messages."""
    if book:
        if with_names:
            yield from (f"job change: {text}" for text in report.job_changes)
        yield from _would(report, with_names=with_names)
    if outcome.has_messages:
        yield from (f"log with {each}" for each in report.log)
        yield from sentences_of(outcome.decided, dry_run=True)


def done_lines(outcome: Outcome, report: ImportReport, *, book: bool) -> Iterator[str]:
    """Yield what was done, in sentences."""
    if book:
        candidates = all(fields["status"] is Status.candidate for fields in outcome.new)
        yield sentences.imported(
            report.added, report.unchanged, report.updated, candidates=candidates
        )
        yield from summary(outcome.jobs)
    if outcome.has_messages:
        yield from sentences_of(outcome.decided, dry_run=False)
