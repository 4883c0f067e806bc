"""Every day: see who is due, log a touchpoint, put one off."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from netkeep.cli import who
from netkeep.cli.fields import NOTHING, touchpoint_fields
from netkeep.cli.filters import tag_keys, word_keys
from netkeep.cli.invocation import Invocation, say_what_first
from netkeep.cli.options import (
    ChannelOption,
    FormatOption,
    HavingTags,
    InCity,
    LimitOption,
    NoteOption,
    OfKind,
    OnOption,
    PeopleArgument,
    PurposeOption,
    ResultOption,
)
from netkeep.domain.agenda import Nudge, agenda, within_cap
from netkeep.domain.contact import Contact
from netkeep.domain.days import coming_day
from netkeep.domain.lengths import find_length, parse_length
from netkeep.domain.touchpoint import Touchpoint
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.show import for_people, show, tell
from netkeep.output.streams import answer, say
from netkeep.output.text import spoken_day
from netkeep.store.filter import Filter

SOMEONE_IS_DUE = 8  # exit code


def due(
    ctx: typer.Context,
    by: Annotated[
        str | None, typer.Option("--by", metavar="DAY", help="Look ahead: who is due by this day.")
    ] = None,
    kind: OfKind = None,
    tag: HavingTags = None,
    city: InCity = None,
    limit: LimitOption = None,
    all_: Annotated[bool, typer.Option("--all", help="Everybody, not just today's share.")] = False,
    count: Annotated[bool, typer.Option("--count", help="Print only how many are due.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit with 8 if anyone is due.")] = False,
    oneline: Annotated[
        bool, typer.Option("--oneline", help="One line for a prompt or a status bar.")
    ] = False,
    chosen: FormatOption = None,
) -> None:
    """Say who should hear from you today, and why.

    On a terminal this is today's share: at most ten, less whom you were in touch with today, so
    that the list can be finished. The most pressing come first.

    Examples:
        netkeep due
        netkeep due --by "in 1 week" --city boston
        netkeep due --format json
    """
    here: Invocation = ctx.obj
    until = here.today if by is None else coming_day(by, here.today, "--by")
    which = Filter(due_by=until, kind=kind, tags=tag_keys(tag), words=word_keys(city=city))
    with here.reader() as ask:
        nudges = agenda(ask.contacts(which), ask.balances(which), here.today)
        touched = ask.count_touched(here.today)
        next_day = None
        if not nudges:
            next_day = ask.next_due_on(replace(which, due_by=None), until)
            say_what_first(ask)
    shown: Sequence[Nudge] = nudges[:limit]
    if count:
        answer(f"{len(shown)}\n")
    elif oneline:
        answer(sentences.oneline([nudge.name for nudge in shown]))
    elif not for_people(chosen):
        show(shown, Nudge, chosen)
    else:
        if not all_ and limit is None:
            shown = within_cap(nudges, here.settings.daily_cap, touched)
        show(shown, Nudge, chosen)
        say_what_is_left(len(shown), len(nudges), next_day)
    if check and nudges:
        raise typer.Exit(SOMEONE_IS_DUE)


def log(
    ctx: typer.Context,
    people: PeopleArgument,
    on: OnOption = None,
    channel: ChannelOption = None,
    purpose: PurposeOption = None,
    from_them: Annotated[bool, typer.Option("--in", help="They reached out, not you.")] = False,
    note: NoteOption = None,
    chosen: ResultOption = None,
) -> None:
    """Log a touchpoint: one contact with each of the people named.

    Alone with a name it is a touchpoint of today. The next due date is counted from the latest.

    Examples:
        netkeep log ada
        netkeep log grace alan --channel meal --on yesterday
        netkeep log ada -c call -p ask -n "Asked for an introduction"
    """
    here: Invocation = ctx.obj
    new = touchpoint_fields(
        here, "today" if on is None else on, channel, purpose, from_them or None, note
    )
    ids = [person.id for person in who.people(here, people)]
    with here.writer() as write:
        touchpoints = write.log(ids, new)
        contacts = write.ask.contacts_named(ids)
    tell(map(sentences.logged, touchpoints, contacts), touchpoints, Touchpoint, chosen)


def snooze(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="PERSON... LENGTH|DAY", help="Who, and for how long or until when: ada 2w."
        ),
    ],
    chosen: ResultOption = None,
) -> None:
    """Hide people from the agenda for a while, or until a day.

    A snooze ends with the next touchpoint, or with `none`.

    Examples:
        netkeep snooze ada 2w
        netkeep snooze grace alan "1 dec"
    """
    here: Invocation = ctx.obj
    *people, until = words
    if not people:
        raise BadValueError("snooze takes who and for how long", "try: netkeep snooze ada 2w")
    day = snoozed_until(here, until)
    ids = [person.id for person in who.people(here, people)]
    with here.writer() as write:
        contacts = write.snooze(ids, day)
    tell(map(sentences.snoozed, contacts), contacts, Contact, chosen)


def snoozed_until(here: Invocation, text: str) -> date | None:
    """The day a snooze ends, from a length or a day; None for `none`."""
    if text.strip().lower() == NOTHING:
        return None
    if find_length(text):
        return parse_length(text).after(here.today)
    day = coming_day(text, here.today, "the end of a snooze")
    if day == here.today:
        raise BadValueError("a snooze cannot end today", "try 1d or tomorrow, or none to end it")
    return day


def say_what_is_left(shown: int, due: int, next_day: date | None) -> None:
    """Below the list on a terminal: how many more there are, or when the next one falls due."""
    if due > shown:
        done = "" if shown else "Today's share is done. "
        more = sentences.counted(due - shown, "more is", "more are")
        say(f"{done}{more} on the list; to see everybody, add --all.")
    elif not due and next_day:
        say(f"Nobody is due. The next one is on {spoken_day(next_day)}.")
