"""Carrying an import out: what is planned of the file, written in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from netkeep.domain.contact import ContactFields, Kind, Status
from netkeep.domain.keeping import first_due_on, let_in, spread
from netkeep.exchange import own_json
from netkeep.exchange.own_json import Dump
from netkeep.exchange.plan import Plan, Record, Skipped, decide, match
from netkeep.settings import Settings
from netkeep.store.reader import Reader

if TYPE_CHECKING:
    from netkeep.store.writer import Writer


class Arrival(NamedTuple):
    """How people arrive: of which kind if the file does not say, and whether they are let in."""

    kind: Kind | None
    keep: bool
    settings: Settings
    today: date

    @property
    def first_day(self) -> date:
        """The first day on which somebody who is let in may be due."""
        return first_due_on(self.today, self.settings.follow_up_days)


def plan_for(ask: Reader, rows: Sequence[Record | Skipped]) -> Plan:
    """What these rows will do to the file."""
    matches = match(rows, ask.identities())
    ids = [same.contact_id for same in matches.same]
    contacts = {contact.id: contact for contact in ask.contacts_named(ids)}
    return decide(matches, contacts, ask.extras(ids))


def carry_out(
    write: Writer, plan: Plan, dump: Dump, arrival: Arrival, advance: Callable[[int], None]
) -> None:
    """Add whom the plan adds, add to whom it adds to, and take in the history there is."""
    same = [*plan.updated, *plan.unchanged]
    ids = _free_ids(write, plan, dump)
    given = [ids[own_json.id_in(record.place)] for record in plan.new] if ids else None
    added = write.add(_arriving(plan.new, arrival), advance, given)
    for update in plan.updated:
        write.edit(update.contact_id, update.fields, update.lists)
    extras = {contact_id: one.extra for contact_id, one in zip(added, plan.new, strict=True)}
    extras |= {update.contact_id: update.extra for update in plan.updated}
    write.keep_extra({contact_id: lines for contact_id, lines in extras.items() if lines})
    if dump != Dump():
        new = [contact for contact in dump.contacts if contact.id in ids]
        ids |= {own_json.id_in(update.record.place): update.contact_id for update in same}
        write.take_in_people(new, ids)
        write.take_in_history(dump.touchpoints, dump.occasions, ids)
        write.take_in_yours(dump.rounds, dump.own_news)
    if arrival.keep:
        there = write.ask.contacts_named([update.contact_id for update in same])
        waiting = [contact for contact in there if contact.status is Status.candidate]
        asked = ContactFields(kind=arrival.kind) if arrival.kind else ContactFields()
        write.keep(let_in(waiting, asked, arrival.settings.cadences, arrival.first_day))


def _free_ids(write: Writer, plan: Plan, dump: Dump) -> dict[int, int]:
    """The id here of everybody new, by the one in a history; of any other file none are given."""
    if not dump.contacts:
        return {}
    return write.free_ids("contact", [own_json.id_in(record.place) for record in plan.new])


def _arriving(records: Sequence[Record], arrival: Arrival) -> list[ContactFields]:
    """Whoever is new: candidates, or let in together, but for whom the file says otherwise."""
    people = []
    for record in records:
        kind = record.fields.get("kind") or arrival.kind or Kind.other
        usual = ContactFields(
            status=Status.active if arrival.keep else Status.candidate,
            kind=kind,
            cadence=arrival.settings.cadences[kind],
        )
        fields = usual | record.fields
        if arrival.keep and fields["status"] is Status.candidate:
            fields["status"] = Status.active
        people.append(fields)
    active = [fields for fields in people if fields["status"] is Status.active]
    days = spread([fields["cadence"] for fields in active], arrival.first_day)
    for fields, day in zip(active, days, strict=True):
        fields.setdefault("first_due_on", day)
    return people
