"""netkeep review: the agenda, walked through one brief at a time."""

from collections.abc import Sequence
from functools import partial

import typer

from netkeep.cli import options
from netkeep.cli.agenda import load_agenda, print_rest
from netkeep.cli.commands.log import log_touchpoint
from netkeep.cli.context import Context
from netkeep.cli.fields import parse_snooze, tag_keys, text_keys
from netkeep.cli.lists import print_first_step
from netkeep.cli.prompts import can_walk, parse_choice, prompt
from netkeep.cli.walk import Action, drop_action, launch_actions, walk
from netkeep.domain.agenda import todays_share
from netkeep.domain.brief import Brief
from netkeep.domain.contact import Status
from netkeep.domain.occasions import Occasion
from netkeep.domain.people import parse_id
from netkeep.domain.text import parse_text
from netkeep.domain.touchpoint import Channel, TouchpointFields
from netkeep.errors import BadValueError, NotInteractiveError
from netkeep.output import sentences
from netkeep.output.printing import print_changes
from netkeep.output.streams import print_message
from netkeep.store.queries.contacts import Filter, count_touched

SNOOZE = "2 weeks"  # unless told otherwise


def review(
    ctx: typer.Context,
    kind: options.OfKind = None,
    tag: options.HavingTags = None,
    city: options.InCity = None,
    all_: options.AllOption = False,
) -> None:
    """Walk through the agenda, one brief at a time.

    A single key says what to do: log, snooze, mark a promise done, open an e-mail, phone or URL,
    drop, skip, go back. Every step is saved as you take it; q or Ctrl-D ends the walk at any time.

    Examples:
        netkeep review
        netkeep review --kind client --all
    """
    context: Context = ctx.obj
    if not can_walk():
        raise NotInteractiveError("review", "use: netkeep due -f json, then netkeep log or snooze")
    which = Filter(kind=kind, tags=tag_keys(tag), texts=text_keys(city=city))
    with context.reading() as connection:
        nudges = everybody = load_agenda(connection, which, context.today)
        if not all_:
            touched = count_touched(connection, context.today)
            nudges = todays_share(everybody, context.settings.daily_cap, touched)
    if not everybody:
        print_first_step(context)
    if nudges:
        walk(context, [nudge.id for nudge in nudges], _actions(context))
    print_rest(context, which, len(nudges), len(everybody), context.today)


def _actions(context: Context) -> dict[str, Action]:
    return {
        "l": Action("log", partial(_log, context)),
        "s": Action("snooze", partial(_snooze, context), lambda page: page.status is Status.active),
        "d": Action(
            "done", partial(_done, context), lambda page: bool(page.promises), moves_on=False
        ),
        **launch_actions(),
        "x": drop_action(context),
    }


def _log(context: Context, page: Brief) -> str:
    new = TouchpointFields(
        day=context.today, channel=prompt("Channel", partial(parse_choice, Channel), Channel.other)
    )
    new["note"] = prompt("Note", lambda text: parse_text(text, "note") if text else None)
    print_changes(sentences.all_logged(log_touchpoint(context, [page.id], new)))
    return "logged"


def _snooze(context: Context, page: Brief) -> str:
    until = prompt("For how long, or until when", lambda text: parse_snooze(context, text), SNOOZE)
    with context.writing() as repository:
        contacts = repository.contacts.snooze([page.id], until)
    print_changes(map(sentences.snoozed, contacts))
    return "snoozed"


def _done(context: Context, page: Brief) -> str | None:
    promise = page.promises[0] if len(page.promises) == 1 else _which(page.promises)
    if promise is None:
        return None
    with context.writing() as repository:
        settled = repository.occasions.settle([promise.id], context.today)
    print_changes(map(sentences.settled, settled))
    return "done"


def _which(promises: Sequence[Occasion]) -> Occasion | None:
    """Ask which promise it is; None if it is none of them after all."""
    by_id = {promise.id: promise for promise in promises}
    for promise in promises:
        print_message(f"  {promise}")

    def parse(text: str) -> Occasion | None:
        number = parse_id(text)
        if text and number not in by_id:
            raise BadValueError(f'"{text}" is none of them', f"one of {', '.join(map(str, by_id))}")
        return by_id[number] if number else None

    return prompt("Which one? Its number, or Enter for none", parse)
