"""netkeep export: write everything, or people in the formats of other programs."""

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Annotated

import typer

from netkeep.atomic import remove_leftovers, write_file
from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.export_folder import lines_about, read_cards, write_cards
from netkeep.cli.lists import print_first_step
from netkeep.domain.agenda import Facts
from netkeep.domain.contact import Contact, own_uid
from netkeep.domain.occasions import OccasionKind
from netkeep.errors import BadValueError
from netkeep.exchange.card_folder import Person
from netkeep.exchange.own_json import Dump, to_json
from netkeep.exchange.vcard_writer import Version, to_vcard
from netkeep.output import sentences
from netkeep.output.printing import to_csv
from netkeep.output.streams import (
    escape_json,
    is_stdout_terminal,
    print_message,
    progress_bar,
    sanitize_lines,
    shorten,
    write_output,
)
from netkeep.store.queries import Connection
from netkeep.store.queries.agenda import load_facts, load_occasions, load_own_news, load_rounds
from netkeep.store.queries.contacts import EVERYONE, Filter, load_contacts, load_extra_lines
from netkeep.store.queries.touchpoints import load_touchpoints


class Target(StrEnum):
    """The format of an export."""

    json = "json"
    csv = "csv"
    vcard = "vcard"
    ics = "ics"


class VcardVersion(StrEnum):
    """A version of vCard."""

    v4 = "4.0"
    v3 = "3.0"


SUFFIXES = {
    ".json": Target.json,
    ".csv": Target.csv,
    ".vcf": Target.vcard,
    ".ics": Target.ics,
}


def export(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="[FILE|-]",
            help="A file, - for standard output, or a folder, which gets one vCard per person.",
        ),
    ] = "-",
    target: Annotated[
        Target | None,
        typer.Option(
            "--as",
            metavar="FORMAT",
            help="The format: json, csv, vcard or ics. By default, it follows from the ending of"
            " FILE (.csv, .vcf or .ics), or is json.",
        ),
    ] = None,
    kind: options.OfKind = None,
    tag: options.HavingTags = None,
    status: Annotated[
        options.Statuses | None,
        typer.Option(
            "--status",
            help="Only people with this status. By default, all people; in vCards and calendars,"
            " active people.",
        ),
    ] = None,
    version: Annotated[
        VcardVersion | None,
        typer.Option(
            "--vcard-version", help="The version of vCards. Some programs can read only 3.0."
        ),
    ] = None,
    alarm: Annotated[
        str | None,
        typer.Option(metavar="HH:MM", help="With ics: add a reminder at this time to each entry."),
    ] = None,
    force: options.ForceOption = False,
) -> None:
    """Export people to other programs, or everything to a file.

    json has everything, and can be imported again without loss. csv is for spreadsheets, vcard is
    for address books, and a folder of vCards is for vdirsyncer. ics is for calendars: it has due
    dates, visits, promises and birthdays.

    If a folder already has a card of a person, that card is updated, even if you have renamed the
    file. Anything else in the file, such as a photo, is kept. A file is only rewritten if the
    person has changed, and no file is removed. Cards that other programs wrote are only changed
    with --force.

    Examples:
        netkeep export backup.json
        netkeep export people.vcf --tag chess
        netkeep export contacts/ --vcard-version 3.0
        netkeep export network.ics --alarm 09:00
    """
    context: Context = ctx.obj
    _check_name(file, target)
    path = None if file == "-" else context.path_to_write(file)
    folder = path is not None and (file.endswith("/") or os.path.isdir(path))  # noqa: PTH112 - never raises
    by_name = SUFFIXES.get(Path(file).suffix.lower())
    said = "" if target or by_name else "JSON"  # where neither the name nor an option says it
    if target is None:
        target = Target.vcard if folder else by_name or Target.json
    if folder and target is not Target.vcard:
        raise BadValueError(
            f"{file} is a folder, and only vCards can be exported to a folder", "name a file in it"
        )
    remind_at = _parse_alarm(alarm, target)
    if status is None:
        has_all = target in {Target.json, Target.csv}
        status = options.Statuses.all if has_all else options.Statuses.active
    which = Filter(statuses=status.selected(), kind=kind, tags=tag or ())
    if path is not None and folder:
        _export_to_folder(context, path, which, version, force=force)
        return
    with progress_bar("Exporting"):
        with context.reading() as connection:
            ids = [contact.id for contact in load_contacts(connection, which)]
            people = load_facts(connection, ids)
            content = _content(connection, people, target, version, context.today, remind_at)
            missing = _missing(connection, target, ids)
        if not people:
            print_first_step(context)
        if path is not None:
            write_file(path, content, force=force)
    if path is None:
        text = content.decode()
        write_output(sanitize_lines(text) if is_stdout_terminal() else text, "utf-8")
    else:
        print_message(sentences.exported(len(people), str(path), said))
    if missing:
        print_message(f"CSV leaves out {missing}; to export everything: --as json")


def _export_to_folder(
    context: Context, path: Path, which: Filter, version: VcardVersion | None, *, force: bool
) -> None:
    with progress_bar("Exporting"):
        with context.reading() as connection:
            cards = _cards(connection, load_contacts(connection, which))
            everyone = load_contacts(connection, EVERYONE)
        if not cards:
            print_first_step(context)
        files = read_cards(path)
        done = write_cards(path, files, cards, _version(version), context.today, force=force)
        with suppress(OSError):
            remove_leftovers(path, context.now)
    uids = _uids(everyone)
    contacts = {uids[contact.id]: contact for contact in everyone}
    for line in lines_about(path, files, done, cards, contacts):
        print_message(shorten(line))
    written = len(done.new) + len(done.changed) + done.unchanged
    print_message(sentences.exported(written, str(path)))


def _content(
    connection: Connection,
    people: Sequence[Facts],
    target: Target,
    version: VcardVersion | None,
    today: date,
    alarm: timedelta | None,
) -> bytes:
    """Return what to write."""
    contacts = [facts.contact for facts in people]
    match target:
        case Target.json:
            return to_json(_dump(connection, contacts), escape_json).encode()
        case Target.csv:
            return to_csv(contacts, Contact).encode()
        case Target.ics:
            from netkeep.exchange.ical import to_ical

            return to_ical(list(people), _uids(contacts), today, alarm)
        case Target.vcard:
            used = _version(version) or "4.0"
            cards = _cards(connection, contacts)
            return "".join(to_vcard(*card, used) for card in cards).encode()


def _version(chosen: VcardVersion | None) -> Version | None:
    return chosen.value if chosen else None


def _cards(connection: Connection, contacts: Sequence[Contact]) -> list[Person]:
    uids = _uids(contacts)
    extras = load_extra_lines(connection, list(uids))
    return [Person(each, extras.get(each.id, ()), uids[each.id]) for each in contacts]


def _missing(connection: Connection, target: Target, ids: Sequence[int]) -> str:
    """Return what the database has, of these contacts or of you, that CSV has no column for."""
    if target is not Target.csv:
        return ""
    occasions = load_occasions(connection, ids)
    has = {
        "touchpoints": any(load_touchpoints(connection, ids).values()),
        "news": any(each.kind is OccasionKind.news for each in occasions),
        "visits": any(each.kind is OccasionKind.visit for each in occasions),
        "promises": any(each.kind is OccasionKind.promise for each in occasions),
        "rounds": bool(load_rounds(connection)),
        "news of your own": bool(load_own_news(connection)),
        "values outside the fields of netkeep": any(load_extra_lines(connection, ids).values()),
    }
    return ", ".join(what for what, is_there in has.items() if is_there)


def _check_name(file: str, target: Target | None) -> None:
    """Raise BadValueError if the name is empty, or is the format in place of --as."""
    if not file:
        raise BadValueError("the path is empty", "try: netkeep export people.vcf")
    if target is None and file in set(Target):
        raise BadValueError(
            f'"{file}" is the name of a format',
            f"try: netkeep export people.{file}, or netkeep export --as {file}",
        )


def _parse_alarm(text: str | None, target: Target) -> timedelta | None:
    """Parse the time of --alarm, as the time since midnight; raise BadValueError."""
    if text is None:
        return None
    if target is not Target.ics:
        raise BadValueError("--alarm is only for calendars", "add --as ics")
    match = re.fullmatch("([01]?[0-9]|2[0-3]):([0-5][0-9])", text)
    if match is None:
        raise BadValueError(f'"{text}" is not a time of the day', "try --alarm 09:00")
    return timedelta(hours=int(match[1]), minutes=int(match[2]))


def _dump(connection: Connection, contacts: Sequence[Contact]) -> Dump:
    by_id = attrgetter("id")
    ids = [contact.id for contact in contacts]
    touchpoints = load_touchpoints(connection, ids).values()
    return Dump(
        contacts=sorted(contacts, key=by_id),
        extras=load_extra_lines(connection, ids),
        touchpoints=sorted(chain.from_iterable(touchpoints), key=by_id),
        occasions=sorted(load_occasions(connection, ids), key=by_id),
        rounds=sorted(load_rounds(connection), key=by_id),
        own_news=sorted(load_own_news(connection), key=by_id),
    )


def _uids(contacts: Sequence[Contact]) -> dict[int, str]:
    """Return a unique UID for each contact, by id: the imported one, else a derived one."""
    uids = {contact.id: contact.uid for contact in contacts if contact.uid}
    taken = set(uids.values())
    for contact in contacts:
        if contact.id not in uids:
            uid = contact.own_uid
            uids[contact.id] = own_uid(contact.id, uid) if uid in taken else uid
    return uids
