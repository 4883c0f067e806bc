"""netkeep review: walk through the agenda, one brief at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

import typer

from netkeep.cli import options
from netkeep.cli.agenda import load_agenda, print_more, print_rest
from netkeep.cli.commands.log import log_touchpoint
from netkeep.cli.context import Context
from netkeep.cli.fields import DEFAULT_SNOOZE, parse_snooze
from netkeep.cli.lists import print_first_step
from netkeep.cli.prompts import can_walk, choice_keys, prompt, read_choice
from netkeep.cli.todays_list import load_todays_list
from netkeep.cli.walk import Action, Outcome, drop_action, launch_actions, prompt_in_turn, walk
from netkeep.domain.brief import Brief
from netkeep.domain.contact import Status
from netkeep.domain.occasions import Occasion
from netkeep.domain.people import parse_id
from netkeep.domain.text import parse_text
from netkeep.domain.touchpoint import Channel, Purpose, TouchpointFields
from netkeep.errors import BadValueError, NotInteractiveError
from netkeep.output import sentences
from netkeep.output.printing import print_changes
from netkeep.output.streams import print_message
from netkeep.store.queries.contacts import Filter


def review(
    ctx: typer.Context,
    kind: options.OfKind = None,
    tag: options.HavingTags = None,
    city: options.InCity = None,
    all_: options.AllOption = False,
) -> None:
    """Walk through today's list, one brief at a time.

    Press a key to log, snooze, drop, skip, go back, mark a promise as done, or open an e-mail
    address, phone number or URL. Esc goes back one question. At the questions for channel and
    purpose, Enter repeats your last answer. Each step is saved at once. q or Ctrl-D ends the
    review.

    Examples:
        netkeep review
        netkeep review --kind client --all
    """
    context: Context = ctx.obj
    if not can_walk():
        raise NotInteractiveError("review", "use: netkeep due -f json, then netkeep log or snooze")
    which = Filter(kind=kind, tags=tag or (), texts={"city": city})
    with context.reading() as connection:
        if all_:
            nudges = load_agenda(connection, which, context.today)
        else:
            cap = context.settings.daily_cap
            nudges = load_todays_list(connection, which, context.today, cap)
    if not nudges:
        print_first_step(context)
    if nudges:
        walk(context, [nudge.id for nudge in nudges], _Review(context).actions())
    if all_:
        print_rest(context, nudges, which, context.today, shown=len(nudges))
    else:
        print_more(context, nudges, which, command="review")


@dataclass
class _Review:
    """The actions of a review, and the channel and purpose logged last, which are the defaults."""

    context: Context
    channel: Channel = Channel.other
    purpose: Purpose = Purpose.catch_up

    def actions(self) -> dict[str, Action]:
        return {
            "l": Action(lambda page: "log", self._log),
            "s": Action(
                lambda page: "snooze" if page.status is Status.active else None, self._snooze
            ),
            "d": Action(
                lambda page: "done" if page.promises else None, self._settle, moves_on=False
            ),
            **launch_actions(),
            "x": drop_action(self.context),
        }

    def _log(self, page: Brief) -> Outcome:
        channel, purpose, note = prompt_in_turn(
            lambda: read_choice("Channel:", choice_keys(Channel), self.channel),
            lambda channel: read_choice("Purpose:", choice_keys(Purpose), self.purpose),
            lambda channel, purpose: prompt(
                "Note", lambda text: parse_text(text, "note") if text else None, can_go_back=True
            ),
        )
        fields = TouchpointFields(
            day=self.context.today, channel=channel, purpose=purpose, note=note
        )
        logged = log_touchpoint(self.context, [page.id], fields)
        print_changes(sentences.all_logged(logged, self.context.today))
        self.channel, self.purpose = channel, purpose
        return Outcome("logged", [page.id])

    def _snooze(self, page: Brief) -> Outcome:
        until = prompt(
            "For how long, or until when",
            lambda text: parse_snooze(self.context, text),
            str(DEFAULT_SNOOZE),
            can_go_back=True,
        )
        with self.context.writing() as repository:
            contacts = repository.contacts.snooze([page.id], until)
        print_changes(sentences.snoozed(each, self.context.today) for each in contacts)
        return Outcome("snoozed", [page.id])

    def _settle(self, page: Brief) -> Outcome | None:
        promise = page.promises[0] if len(page.promises) == 1 else _which(page.promises)
        if promise is None:
            return None
        with self.context.writing() as repository:
            settled = repository.occasions.settle([promise.id], self.context.today)
        print_changes(map(sentences.settled, settled))
        return Outcome("done", [page.id])


def _which(promises: Sequence[Occasion]) -> Occasion | None:
    """Prompt for one of several promises; None if the user chooses none."""
    by_id = {promise.id: promise for promise in promises}
    for promise in promises:
        print_message(f"  {promise}")

    def parse(text: str) -> Occasion | None:
        number = parse_id(text)
        if text and number not in by_id:
            raise BadValueError(
                f'"{text}" is not one of these', f"one of {', '.join(map(str, by_id))}"
            )
        return by_id[number] if number else None

    return prompt("Which one? Type its id, or press Enter for none", parse, can_go_back=True)
