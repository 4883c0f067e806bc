"""netkeep triage: walk through the candidates, one at a time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import typer

from netkeep.cli import options
from netkeep.cli.commands.keep import accept_contacts
from netkeep.cli.context import Context
from netkeep.cli.fields import prompt_for_cadence
from netkeep.cli.prompts import can_walk, choice_keys, read_choice
from netkeep.cli.walk import Action, Outcome, drop_action, launch_actions, prompt_in_turn, walk
from netkeep.domain.brief import Brief
from netkeep.domain.contact import Contact, ContactFields, Kind, Status
from netkeep.domain.lifecycle import triage_order
from netkeep.domain.text import key
from netkeep.errors import NotInteractiveError
from netkeep.output import sentences
from netkeep.output.printing import print_changes
from netkeep.output.streams import print_message
from netkeep.output.values import pluralize
from netkeep.store.queries.contacts import (
    Filter,
    load_contacts,
    load_contacts_by_id,
    load_skips,
)

KINDS: Mapping[str, str] = choice_keys(Kind)
DROP = "drop"


def triage(
    ctx: typer.Context,
    tag: options.HavingTags = None,
    city: options.InCity = None,
    company: options.AtCompany = None,
    met: options.MetAt = None,
) -> None:
    """Go through the candidates: keep, drop, or leave each for later.

    The newest connections come first, and candidates you skipped last time come last. To keep
    someone, press k, then the key of a kind; Enter repeats the last kind. All candidates of the
    same company can be kept or dropped together. The first due dates are spread out, so that the
    people you keep are not all due together.

    Esc goes back one question. Each step is saved at once; q or Ctrl-D ends the triage.

    Examples:
        netkeep triage
        netkeep triage --company initech
    """
    context: Context = ctx.obj
    if not can_walk():
        raise NotInteractiveError(
            "triage", "use: netkeep list --status candidate, then netkeep keep or drop"
        )
    which = Filter(
        statuses=[Status.candidate],
        tags=tag or (),
        texts={"city": city, "company": company, "met": met},
    )
    with context.reading() as connection:
        waiting = triage_order(load_contacts(connection, which), load_skips(connection))
    if waiting:
        steps = _Triage(context, _ids_by_company(waiting))
        walk(context, [contact.id for contact in waiting], steps.actions(), steps.skip)
    else:
        print_message("No candidates are waiting. To import some: netkeep import contacts.vcf")


def _ids_by_company(contacts: Sequence[Contact]) -> Mapping[str, Sequence[int]]:
    ids = defaultdict(list)
    for contact in contacts:
        if contact.company:
            ids[key(contact.company)].append(contact.id)
    return ids


@dataclass
class _Triage:
    """The actions of a triage, the kind used last, and how many were kept."""

    context: Context
    ids_by_company: Mapping[str, Sequence[int]]
    kind: Kind | None = None
    kept: int = 0

    def actions(self) -> dict[str, Action]:
        return {
            "k": Action(lambda page: "keep", self._keep_one),
            "c": Action(lambda page: "keep, set cadence", self._keep_with_cadence),
            "a": Action(self._label_of_others, self._decide_for_company),
            **launch_actions(),
            "x": drop_action(self.context),
        }

    def skip(self, page: Brief) -> None:
        """Remember that a candidate was skipped."""
        if page.status is Status.candidate:
            with self.context.writing(undoable=False) as repository:
                repository.contacts.skip(page.id)

    def _keep_one(self, page: Brief) -> Outcome:
        return self._keep([page.id], {"kind": self._read_kind(page)})

    def _keep_with_cadence(self, page: Brief) -> Outcome:
        _, fields = prompt_in_turn(
            lambda: self._read_kind(page),
            lambda kind: prompt_for_cadence(self.context, kind, can_go_back=True),
        )
        return self._keep([page.id], fields)

    def _decide_for_company(self, page: Brief) -> Outcome:
        """Keep or drop the candidates of a company, including the contact shown."""
        ids = [contact.id for contact in self._others(page)]
        if page.status is Status.candidate:
            ids.insert(0, page.id)
        people = pluralize(len(ids), "person", "people")
        decision = read_choice(
            f"Keep {people} at {page.company} (choose the kind), or drop them:",
            {**KINDS, "x": DROP},
        )
        if decision != DROP:
            return self._keep(ids, {"kind": Kind(decision)})
        with self.context.writing() as repository:
            contacts = repository.contacts.drop(ids, None)
        print_changes(sentences.all_dropped(contacts))
        return Outcome("dropped", ids)

    def _label_of_others(self, page: Brief) -> str | None:
        others = len(self._others(page))
        if not others:
            return None
        if page.status is Status.candidate:
            which = "both" if others == 1 else f"all {others + 1:,}"
        else:
            which = f"the other {others:,}"
        return f"decide for {which} at {page.company}"

    def _others(self, page: Brief) -> list[Contact]:
        """Return the other candidates of the same company that this triage still has."""
        ids = self.ids_by_company[key(page.company)] if page.company else []
        others = [contact_id for contact_id in ids if contact_id != page.id]
        if not others:
            return []
        with self.context.reading() as connection:
            return load_contacts(connection, Filter(statuses=[Status.candidate], ids=others))

    def _read_kind(self, page: Brief) -> Kind:
        return Kind(read_choice("Keep as:", KINDS, self.kind or page.kind))

    def _keep(self, ids: Sequence[int], fields: ContactFields) -> Outcome:
        with self.context.writing() as repository:
            candidates = load_contacts_by_id(repository.connection, ids)
            contacts = accept_contacts(self.context, repository, candidates, fields, self.kept)
        self.kind = fields["kind"]
        self.kept += len(contacts)
        print_changes(sentences.kept(contacts, self.context.today))
        return Outcome("kept", ids)
