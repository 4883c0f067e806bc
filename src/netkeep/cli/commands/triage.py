"""netkeep triage: the candidates, walked through one at a time."""

from datetime import timedelta
from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.commands.add import ask_kind
from netkeep.cli.context import Context, what_first
from netkeep.cli.fields import fields_typed
from netkeep.cli.options import tag_keys, word_keys
from netkeep.cli.prompts import ask as question
from netkeep.cli.prompts import can_walk
from netkeep.cli.walk import Action, dropping, openings, walk
from netkeep.domain.brief import Brief
from netkeep.domain.contact import Status
from netkeep.domain.lifecycle import accept, first_due_on
from netkeep.errors import NotInteractiveError
from netkeep.output import sentences
from netkeep.output.printing import print_changes
from netkeep.output.streams import print_message
from netkeep.store.filter import Filter


def triage(
    ctx: typer.Context,
    tag: options.HavingTags = None,
    city: options.InCity = None,
    company: Annotated[
        str | None, typer.Option("--company", metavar="COMPANY", help="Working there.")
    ] = None,
) -> None:
    """Walk through the candidates: keep, drop, or leave for later.

    Every step is saved as you take it; q or Ctrl-D ends the walk at any time. Those kept are
    first due a day after one another.

    Examples:
        netkeep triage
        netkeep triage --company initech
    """
    here: Context = ctx.obj
    if not can_walk():
        raise NotInteractiveError(
            "triage", "use: netkeep list --status candidate, then netkeep keep or drop"
        )
    which = Filter(
        statuses=[Status.candidate],
        tags=tag_keys(tag),
        words=word_keys(city=city, company=company),
    )
    with here.reader() as ask:
        waiting = [contact.id for contact in ask.contacts(which)]
        first = None if waiting else what_first(ask)
    if waiting:
        walk(here, waiting, _actions(here))
    else:
        print_message(first or "No candidates are waiting.")


def _actions(here: Context) -> dict[str, Action]:
    kept = 0

    def keep(page: Brief) -> str:
        nonlocal kept
        _keep(here, page, kept)
        kept += 1
        return "kept"

    return {
        "k": Action("keep", keep),
        **openings(),
        "x": dropping(here),
    }


def _keep(here: Context, page: Brief, kept: int) -> None:
    """Let a candidate in; whoever is let in on one walk is first due a day after the other."""
    kind = ask_kind(page.kind)
    usual = str(here.settings.cadences[kind] or "none")
    asked = question("How often", lambda text: fields_typed(here, cadence=text), usual)
    asked["kind"] = kind
    cadence = asked["cadence"]
    first = first_due_on(here.today, here.settings.follow_up_days)
    if cadence:
        first += timedelta(days=kept % cadence.days)
    with here.writer() as write:
        waiting = write.ask.contacts_named([page.id])
        contacts = write.keep(accept(waiting, asked, here.settings.cadences, first))
    print_changes(sentences.kept(contacts))
