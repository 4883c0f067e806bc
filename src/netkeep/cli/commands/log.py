"""netkeep log: log touchpoints, and update promises."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import Annotated

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.editor import edit_text
from netkeep.cli.fields import parse_promise, touchpoint_fields
from netkeep.cli.resolve import resolve_people
from netkeep.domain.balance import ASKS_IN_A_ROW, ledger
from netkeep.domain.contact import Contact
from netkeep.domain.occasions import Occasion, promises_to_settle
from netkeep.domain.people import Person
from netkeep.domain.text import parse_text
from netkeep.domain.touchpoint import Direction, Purpose, Touchpoint, TouchpointFields
from netkeep.errors import BadValueError, NoOpenPromiseError, reason
from netkeep.output import sentences
from netkeep.output.printing import print_results
from netkeep.output.streams import print_message
from netkeep.store.queries import Connection
from netkeep.store.queries.agenda import load_occasions
from netkeep.store.queries.contacts import load_contacts_by_id
from netkeep.store.queries.touchpoints import load_timeline

TO_WRITE = "-"  # typed for a note to write in the editor, or to read from standard input


def log(
    ctx: typer.Context,
    people: options.PeopleArgument,
    on: options.OnOption = None,
    channel: options.ChannelOption = None,
    purpose: options.PurposeOption = None,
    from_them: Annotated[bool, typer.Option("--in", help="They reached out, not you.")] = False,
    note: Annotated[
        str | None,
        typer.Option(
            "-n",
            "--note",
            metavar="NOTE",
            help='Anything worth remembering. "-" opens your editor, or reads a pipe.',
        ),
    ] = None,
    next_: Annotated[
        str | None,
        typer.Option("--next", metavar="WHAT", help="Also note this promise to them; needs --by."),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="DAY", help="The day to keep the promise by.")
    ] = None,
    done: Annotated[
        bool,
        typer.Option(
            "--done",
            help="Also mark your due promises to them as done. If none is due, mark the one that is"
            " due next.",
        ),
    ] = False,
    chosen: options.ResultOption = None,
) -> None:
    """Log a touchpoint: note that you were in touch with people.

    A touchpoint is a call, a message, a meal or the like. Each person gets one. Its day is today
    unless you give --on.

    If you asked for something (-p ask), netkeep also notes a promise to say thanks. That promise is
    done once you log a touchpoint with -p thank or -p give.

    Examples:
        netkeep log ada
        netkeep log grace alan --channel meal --on yesterday
        netkeep log ada -c call -p ask -n "Asked for an introduction"
        netkeep log ada --next "send the slides" --by friday
        netkeep log ada -c meal -n -
    """
    context: Context = ctx.obj
    note_follows = note == TO_WRITE
    fields = touchpoint_fields(
        context,
        "today" if on is None else on,
        channel,
        purpose,
        from_them or None,
        None if note_follows else note,
    )
    next_promise = parse_promise(context, next_, by)
    contacts = resolve_people(context, people)
    ids = [contact.id for contact in contacts]
    with ExitStack() as stack:
        if note_follows:
            written = stack.enter_context(_written_note(contacts))
            if written is None:
                print_results([sentences.UNLOGGED], [], Touchpoint, chosen)
                return
            fields["note"] = written
        logged = log_touchpoint(context, ids, fields, next_promise, settle=done)
    print_results(
        sentences.all_logged(logged, context.today), logged.touchpoints, Touchpoint, chosen
    )


def log_touchpoint(
    context: Context,
    contact_ids: Sequence[int],
    fields: TouchpointFields,
    next_promise: tuple[str, date] | None = None,
    *,
    settle: bool = False,
) -> sentences.LogResult:
    """Log a touchpoint with each contact, and note the next promise.

    With `settle`, mark the promises that are due, or else the next one, as done; raise
    NoOpenPromiseError if there is none.
    """
    with context.writing() as repository:
        connection = repository.connection
        before = load_occasions(connection, contact_ids)
        contacts = load_contacts_by_id(connection, contact_ids)
        promises = {}
        if settle:
            promises = promises_to_settle(before, context.today)
            _report_contacts_without_promise(contacts, promises)
        _warn_of_asks(connection, contacts, fields)
        touchpoints = repository.touchpoints.log(contact_ids, fields)
        for touchpoint in touchpoints:
            for promise in promises.get(touchpoint.contact_id, ()):
                # Only thanks settle a promise of thanks; else mark it as done by hand.
                by_id = None if promise.ask_id else touchpoint.id
                repository.occasions.settle([promise.id], touchpoint.day, by_id)
        if next_promise:
            repository.occasions.add_promise(contact_ids, *next_promise)
        connection = repository.connection  # flushes what is written so far
        contacts = load_contacts_by_id(connection, contact_ids)
        after = load_occasions(connection, contact_ids)
    return sentences.LogResult(touchpoints, contacts, before, after)


def _report_contacts_without_promise(
    contacts: Sequence[Contact], promises: Mapping[int, Sequence[Occasion]]
) -> None:
    without = [contact.name for contact in contacts if contact.id not in promises]
    if len(without) == len(contacts):
        raise NoOpenPromiseError(without)
    for name in without:
        print_message(f"there is no open promise to {name}")


def _warn_of_asks(
    connection: Connection, contacts: Sequence[Contact], fields: TouchpointFields
) -> None:
    if fields.get("purpose") is not Purpose.ask or fields.get("direction") is Direction.in_:
        return
    for contact in contacts:
        earlier = load_timeline(connection, contact_id=contact.id, until=fields["day"])
        asks = ledger(reversed(earlier)).in_a_row + 1
        if asks >= ASKS_IN_A_ROW:
            print_message(sentences.too_many_asks(contact, asks))


@contextmanager
def _written_note(people: Sequence[Person]) -> Iterator[str | None]:
    """Yield a note from the editor, None if it is empty; without a terminal, standard input."""
    if not (sys.stdin and sys.stdin.isatty()):
        yield _note_from_stdin()
        return
    names = ", ".join(person.name for person in people)
    remark = f"# A note on {names}. This line is ignored. Without a note, nothing is logged."

    def read(text: str) -> str | None:
        lines = text.replace("\r\n", "\n").split("\n")
        note = "\n".join(line for line in lines if line != remark)
        return parse_text(note, "note") if note.strip() else None

    # confirm_retry, because a comment at the top could become part of the note.
    with edit_text(f"\n{remark}\n", "note.txt", read, confirm_retry=True) as note:
        yield note


def _note_from_stdin() -> str:
    try:
        content = sys.stdin.buffer.read() if sys.stdin else b""
    except OSError as error:
        raise BadValueError(f"the note cannot be read: {reason(error)}") from None
    return parse_text(content.decode("utf-8-sig", errors="surrogateescape"), "note")
