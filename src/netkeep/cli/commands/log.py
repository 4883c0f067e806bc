"""netkeep log: a touchpoint, and what follows from it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Annotated

import typer

from netkeep.cli import resolve
from netkeep.cli.context import Context
from netkeep.cli.editor import edited
from netkeep.cli.fields import promise_typed, touchpoint_fields
from netkeep.cli.options import (
    ChannelOption,
    OnOption,
    PeopleArgument,
    PurposeOption,
    ResultOption,
)
from netkeep.domain.balance import ASKS_IN_A_ROW, ledger
from netkeep.domain.contact import Contact
from netkeep.domain.occasions import Occasion, promises_to_settle
from netkeep.domain.people import Person
from netkeep.domain.text import prose
from netkeep.domain.touchpoint import Direction, Purpose, Touchpoint, TouchpointFields
from netkeep.errors import BadValueError, NoOpenPromiseError, reason
from netkeep.output import sentences
from netkeep.output.printing import print_results
from netkeep.output.streams import print_message
from netkeep.store.reader import Reader

TO_WRITE = "-"  # what stands for a note that is still to be written


def log(
    ctx: typer.Context,
    people: PeopleArgument,
    on: OnOption = None,
    channel: ChannelOption = None,
    purpose: PurposeOption = None,
    from_them: Annotated[bool, typer.Option("--in", help="They reached out, not you.")] = False,
    note: Annotated[
        str | None,
        typer.Option(
            "-n",
            "--note",
            metavar="NOTE",
            help="Anything worth remembering; - opens your editor, or reads standard input.",
        ),
    ] = None,
    next_: Annotated[
        str | None,
        typer.Option("--next", metavar="WHAT", help="What you promised to do next, with --by."),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="DAY", help="The day you promised it for.")
    ] = None,
    done: Annotated[
        bool, typer.Option("--done", help="It settles what you promised them by now, or else next.")
    ] = False,
    chosen: ResultOption = None,
) -> None:
    """Log a touchpoint: one contact with each of the people named.

    Alone with a name it is a touchpoint of today. The next due date is counted from the latest.
    An ask makes the promise to say thanks; to thank or to give settles it.

    Examples:
        netkeep log ada
        netkeep log grace alan --channel meal --on yesterday
        netkeep log ada -c call -p ask -n "Asked for an introduction"
        netkeep log ada --next "send the slides" --by friday
        netkeep log ada -c meal -n -
    """
    here: Context = ctx.obj
    to_write = note == TO_WRITE
    day, said = "today" if on is None else on, None if to_write else note
    new = touchpoint_fields(here, day, channel, purpose, from_them or None, said)
    next_promise = promise_typed(here, next_, by)
    found = resolve.people(here, people)
    ids = [person.id for person in found]
    if not to_write:
        logged = log_with(here, ids, new, next_promise, settles=done)
    else:
        with _written_note(found) as written:
            if written is None:
                print_results([sentences.UNLOGGED], [], Touchpoint, chosen)
                return
            new["note"] = written
            logged = log_with(here, ids, new, next_promise, settles=done)
    print_results(sentences.all_logged(logged), logged.touchpoints, Touchpoint, chosen)


@contextmanager
def _written_note(people: Sequence[Person]) -> Iterator[str | None]:
    """A note written in an editor, None if it was left empty; without a terminal, what comes in."""
    if not (sys.stdin and sys.stdin.isatty()):
        yield _note_coming_in()
        return
    names = ", ".join(person.name for person in people)
    remark = f"# A note on {names}. This line is left out; without a note, nothing is logged."

    def read(text: str) -> str | None:
        lines = text.replace("\r\n", "\n").split("\n")
        note = "\n".join(line for line in lines if line != remark)
        return prose(note, "note") if note.strip() else None

    # A mistake on top, be it half removed, would be part of the note.
    with edited(f"\n{remark}\n", "note.txt", read, asks=True) as note:
        yield note


def _note_coming_in() -> str:
    try:
        content = sys.stdin.buffer.read() if sys.stdin else b""
    except OSError as error:
        raise BadValueError(f"the note cannot be read: {reason(error)}") from None
    return prose(content.decode("utf-8-sig", errors="surrogateescape"), "note")


def log_with(
    here: Context,
    contact_ids: Sequence[int],
    new: TouchpointFields,
    next_promise: tuple[str, date] | None = None,
    *,
    settles: bool = False,
) -> sentences.LogResult:
    """Log a touchpoint with each, make the next promise, and settle those that are meant.

    NoOpenPromiseError if promises are to be settled and there is none.
    """
    with here.writer() as write:
        before = write.ask.occasions(contact_ids)
        meant = promises_to_settle(before, here.today) if settles else {}
        if settles:
            _tell_who_is_promised_nothing(write.ask.contacts_named(contact_ids), meant)
        _warn_of_asks(write.ask, contact_ids, new)
        touchpoints = write.log(contact_ids, new, here.settings.thank_you_days)
        for touchpoint in touchpoints:
            for promise in meant.get(touchpoint.contact_id, ()):
                # Thanks by hand: no touchpoint that is none could be what they were given with.
                by_id = None if promise.ask_id else touchpoint.id
                write.done([promise.id], touchpoint.day, by_id)
        if next_promise:
            write.promise(contact_ids, *next_promise)
        contacts = write.ask.contacts_named(contact_ids)
        after = write.ask.occasions(contact_ids)
    return sentences.LogResult(touchpoints, contacts, before, after)


def _tell_who_is_promised_nothing(
    contacts: Sequence[Contact], meant: Mapping[int, Sequence[Occasion]]
) -> None:
    without = [contact.name for contact in contacts if contact.id not in meant]
    if len(without) == len(contacts):
        raise NoOpenPromiseError(without)
    for name in without:
        print_message(f"nothing is promised to {name}")


def _warn_of_asks(ask: Reader, contact_ids: Sequence[int], new: TouchpointFields) -> None:
    if new.get("purpose") is not Purpose.ask or new.get("direction") is Direction.in_:
        return
    for contact in ask.contacts_named(contact_ids):
        earlier = ask.timeline(contact_id=contact.id, until=new["day"])
        asks = ledger(reversed(earlier)).in_a_row + 1
        if asks >= ASKS_IN_A_ROW:
            print_message(sentences.too_many_asks(contact, asks))
