"""Job changes that an import of an address book finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from netkeep.cli.context import Context
from netkeep.domain.contact import Status
from netkeep.domain.jobs import JobChange, SaidPosition, job_change
from netkeep.exchange.plan import Plan, Record
from netkeep.exchange.sources import Source
from netkeep.store.queries import Connection
from netkeep.store.queries.contacts import load_contacts_by_id
from netkeep.store.queries.imports import load_contacts_of_source, load_said_positions

if TYPE_CHECKING:
    from netkeep.store.repository import Repository

# What people call the sources; netkeep's own files say nothing that it does not know.
LABELS = {
    Source.linkedin: "LinkedIn",
    Source.google: "Google",
    Source.outlook: "Outlook",
    Source.vcard: "vCard",
}


class Jobs(NamedTuple):
    """What a source says now: changes, everything to remember, and who is gone from it."""

    changes: Sequence[JobChange]
    news: Sequence[JobChange]
    said: Mapping[int, SaidPosition]
    gone: Sequence[int]


NO_JOBS = Jobs((), (), {}, ())


def find_job_changes(connection: Connection, source: Source | None, plan: Plan) -> Jobs:
    """Compare what a source says of existing contacts with what it said the last time.

    `news` are those changes that are news: of active contacts.
    """
    if source not in LABELS:
        return NO_JOBS
    records = {
        **{match.contact_id: match.record for match in plan.dropped},
        **{each.contact_id: each.record for each in (*plan.updated, *plan.unchanged)},
    }
    stored = load_said_positions(connection, list(records))
    changes, news, said = [], [], {}
    for contact in load_contacts_by_id(connection, list(records)):
        now, others = position_in(records[contact.id]), dict(stored.get(contact.id, {}))
        last = others.pop(source, None)
        said[contact.id] = last.after(now) if last else now
        change = job_change(contact, LABELS[source], last, now, others.values()) if last else None
        if change:
            changes.append(change)
            if contact.status is Status.active:
                news.append(change)
    gone = []
    if source is Source.linkedin:  # whose file always has everyone
        known = load_contacts_of_source(connection, source)
        gone = [each for each, was_gone in known.items() if not was_gone and each not in records]
    return Jobs(changes, news, said, gone)


def apply_jobs(
    context: Context,
    repository: Repository,
    source: Source | None,
    jobs: Jobs,
    added: Mapping[int, Record],
    *,
    no_news: bool,
) -> None:
    """Make the changes, and remember what the source says, also of contacts just added."""
    if source not in LABELS:
        return
    for change in jobs.changes:
        is_news = change in jobs.news and not no_news
        repository.imports.change_job(change, context.today, is_news=is_news)
    new = {contact_id: position_in(record) for contact_id, record in added.items()}
    repository.imports.remember_positions(source, {**jobs.said, **new})
    repository.imports.mark_gone(source, jobs.gone)


def position_in(record: Record) -> SaidPosition:
    """Return where a record says that someone works."""
    return SaidPosition(record.fields.get("company"), record.fields.get("title"))


def summary(jobs: Jobs) -> Iterator[str]:
    """Yield `14 changed jobs, 3 left LinkedIn or your connections: netkeep due, netkeep undo`."""
    parts = [f"{len(jobs.changes):,} changed jobs"] if jobs.changes else []
    parts += [f"{len(jobs.gone):,} left LinkedIn or your connections"] if jobs.gone else []
    if parts:
        yield f"{', '.join(parts)}: netkeep due, netkeep undo"


def change_texts(jobs: Jobs) -> tuple[str, ...]:
    """Return each change as text: `Ada Lovelace (#1): now CTO at Initech (LinkedIn)`."""
    return tuple(f"{each.name} (#{each.contact_id}): {each.text}" for each in jobs.changes)
