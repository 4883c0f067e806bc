"""Find and apply the job changes in an imported address book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any, NamedTuple

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
    """What sources say now: changes, everything to remember, and who is gone from LinkedIn.

    `news` are those changes that are news: of active contacts. `said` has the positions of existing
    contacts by source.
    """

    changes: Sequence[JobChange]
    news: Sequence[JobChange]
    said: Mapping[str, Mapping[int, SaidPosition]]
    gone: Sequence[int]


def find_job_changes(connection: Connection, formats: Set[Source], plan: Plan) -> Jobs:
    """Compare the positions of existing contacts in each source with those of the last import."""
    records = {
        **{match.contact_id: match.record for match in plan.dropped},
        **{each.contact_id: each.record for each in (*plan.updated, *plan.unchanged)},
    }
    ids = list(records) if formats & LABELS.keys() else []
    stored = load_said_positions(connection, ids)
    changes, news = [], []
    said: dict[str, dict[int, SaidPosition]] = {source: {} for source in formats}
    for loaded in load_contacts_by_id(connection, ids):
        contact, known = loaded, dict(stored.get(loaded.id, {}))
        for source, now in positions_in(records[contact.id]).items():
            last = known.pop(source, None)
            change = None
            if last:
                change = job_change(contact, LABELS[source], last, now, known.values())
            known[source] = said[source][contact.id] = last.after(now) if last else now
            if change:
                followed: dict[str, Any] = {**change.fields}
                contact = contact._replace(**followed)
                changes.append(change)
                if contact.status is Status.active:
                    news.append(change)
    gone = []
    if Source.linkedin in formats:  # whose file always has everyone
        known_there = load_contacts_of_source(connection, Source.linkedin)
        there = said[Source.linkedin]
        gone = [
            each for each, was_gone in known_there.items() if not was_gone and each not in there
        ]
    return Jobs(changes, news, said, gone)


def apply_jobs(
    context: Context,
    repository: Repository,
    jobs: Jobs,
    added: Mapping[int, Record],
) -> None:
    """Make the changes, and remember what sources say, also of contacts just added."""
    for change in jobs.changes:
        repository.imports.change_job(change, context.today, is_news=change in jobs.news)
    said = {source: dict(positions) for source, positions in jobs.said.items() if source in LABELS}
    for contact_id, record in added.items():
        for source, position in positions_in(record).items():
            said[source][contact_id] = position
    for name, positions in said.items():
        repository.imports.remember_positions(name, positions)
    repository.imports.mark_gone(Source.linkedin, jobs.gone)


def positions_in(record: Record) -> dict[Source, SaidPosition]:
    """Return where each source says in a record that someone works."""
    positions: dict[Source, SaidPosition] = {}
    for part in record.parts or (record,):
        if part.source in LABELS:
            source = Source(part.source)
            earlier = positions.get(source, SaidPosition(None, None))
            positions[source] = SaidPosition(
                earlier.company or part.fields.get("company"),
                earlier.title or part.fields.get("title"),
            )
    return positions


def summary(jobs: Jobs) -> Iterator[str]:
    """Yield `14 changed jobs. To see who: netkeep due. To undo the import: netkeep undo`."""
    parts = [f"{_people(jobs.changes)} changed jobs"] if jobs.changes else []
    if jobs.gone:
        are = "is" if len(jobs.gone) == 1 else "are"
        parts.append(f"{_people(jobs.gone)} {are} no longer among your LinkedIn connections")
    if parts:
        see = " To see who: netkeep due." if jobs.news else ""
        yield f"{', '.join(parts)}.{see} To undo the import: netkeep undo"


def _people(changed: Sequence[object]) -> str:
    return "1 person" if len(changed) == 1 else f"{len(changed):,}"


def change_texts(jobs: Jobs) -> tuple[str, ...]:
    """Return each change as text: `Ada Lovelace (#1): now CTO at Initech (LinkedIn)`."""
    return tuple(f"{each.name} (#{each.contact_id}): {each.text}" for each in jobs.changes)
