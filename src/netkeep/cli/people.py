"""People: let in, changed, looked at, taken out."""

from enum import StrEnum
from typing import Annotated

import typer

from netkeep.cli import options, who
from netkeep.cli.fields import NOTHING, fields_typed, lists_changed, lists_typed
from netkeep.cli.filters import tag_keys, word_keys
from netkeep.cli.interview import ask_name, interview
from netkeep.cli.invocation import Invocation, say_what_first
from netkeep.cli.questions import can_ask
from netkeep.domain.contact import Contact, Kind, Status
from netkeep.domain.days import past_day
from netkeep.domain.details import Detail
from netkeep.domain.keeping import first_due_on, let_in
from netkeep.domain.lengths import parse_length
from netkeep.domain.text import line
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.show import show as show_list
from netkeep.output.show import show_contact, tell, tell_one
from netkeep.output.streams import say
from netkeep.store.filter import Filter, Sort

LATEST = 5  # touchpoints on a card


class Statuses(StrEnum):
    """A status, or all of them."""

    active = "active"
    candidate = "candidate"
    dropped = "dropped"
    all = "all"


def add(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Their name; asked for if left out.")
    ] = None,
    kind: options.KindOption = None,
    cadence: options.CadenceOption = None,
    email: options.EmailsOption = None,
    phone: options.PhonesOption = None,
    url: options.UrlsOption = None,
    company: options.CompanyOption = None,
    title: options.TitleOption = None,
    school: options.SchoolOption = None,
    city: options.CityOption = None,
    met: options.MetOption = None,
    met_on: options.MetOnOption = None,
    via: options.ViaOption = None,
    birthday: options.BirthdayOption = None,
    tag: options.TagsOption = None,
    note: options.NoteOption = None,
    last: options.LastOption = None,
    candidate: options.CandidateOption = False,
    force: Annotated[
        bool, typer.Option("--force", help="Add them even if somebody looks the same.")
    ] = False,
    chosen: options.ResultOption = None,
) -> None:
    """Add a person.

    They are first due two days after you met, or after today. Without NAME, on a terminal,
    netkeep asks.

    Examples:
        netkeep add "Ada Lovelace" --kind coworker --company "Analytical Engines"
        netkeep add "Grace Hopper" -k professor -e 4m --last 2026-05-20 -t compilers
        netkeep add
    """
    here: Invocation = ctx.obj
    if name is None and not can_ask():
        raise BadValueError("add takes a name", 'try: netkeep add "Ada Lovelace"')
    fields = fields_typed(
        here,
        name=name,
        cadence=cadence,
        company=company,
        title=title,
        school=school,
        city=city,
        met=met,
        met_on=met_on,
        via=via,
        birthday=birthday,
        note=note,
    ) | lists_typed({Detail.email: email, Detail.phone: phone, Detail.url: url, Detail.tag: tag})
    if kind:
        fields["kind"] = kind
    touched_on = None if last is None else past_day(last, here.today, "a touchpoint")
    if name is None:
        fields["name"] = ask_name()
        force = force or who.agreed_to_add(here, fields)
        fields |= interview(here, fields)
    fields["status"] = Status.candidate if candidate else Status.active
    fields.setdefault("kind", Kind.other)
    fields.setdefault("cadence", here.settings.cadences[fields["kind"]])
    met_day = fields.get("met_on") or here.today
    fields["first_due_on"] = first_due_on(met_day, here.settings.follow_up_days)
    with here.writer() as write:
        if not force:
            who.refuse_same_person(write.ask, fields)
        (contact_id,) = write.add([fields])
        if touched_on:
            write.log([contact_id], {"day": touched_on})
        contact = write.ask.contact(contact_id)
    tell_one(sentences.added(contact), contact, chosen)


def edit(
    ctx: typer.Context,
    person: options.PersonArgument,
    name: options.NameOption = None,
    kind: options.KindOption = None,
    cadence: options.CadenceOption = None,
    email: options.EmailsOption = None,
    phone: options.PhonesOption = None,
    url: options.UrlsOption = None,
    company: options.CompanyOption = None,
    title: options.TitleOption = None,
    school: options.SchoolOption = None,
    city: options.CityOption = None,
    met: options.MetOption = None,
    met_on: options.MetOnOption = None,
    via: options.ViaOption = None,
    birthday: options.BirthdayOption = None,
    tag: options.TagsOption = None,
    note: options.NoteOption = None,
    last: options.LastOption = None,
    candidate: options.CandidateOption = False,
    add_email: options.AddEmail = None,
    remove_email: options.RemoveEmail = None,
    add_phone: options.AddPhone = None,
    remove_phone: options.RemovePhone = None,
    add_url: options.AddUrl = None,
    remove_url: options.RemoveUrl = None,
    add_tag: options.AddTag = None,
    remove_tag: options.RemoveTag = None,
    chosen: options.ResultOption = None,
) -> None:
    """Change what is kept about a person.

    `none` clears a field. --email, --phone, --url and --tag put a whole list in place of what is
    there; the --add and --remove options change one entry of it.

    Examples:
        netkeep edit ada --title "Principal Engineer" --every 2m
        netkeep edit ada --add-tag chess --remove-email ada@engines.example
        netkeep edit ada --city none
    """
    here: Invocation = ctx.obj
    if name is not None and name.strip().lower() == NOTHING:
        raise BadValueError("a name cannot be cleared")
    contact_id = who.person(here, person).id
    fields = fields_typed(
        here,
        name=name,
        cadence=cadence,
        company=company,
        title=title,
        school=school,
        city=city,
        met=met,
        met_on=met_on,
        via=via,
        birthday=birthday,
        note=note,
    )
    if kind:
        fields["kind"] = kind
    if candidate:
        fields["status"] = Status.candidate
    lists = lists_changed(
        {Detail.email: email, Detail.phone: phone, Detail.url: url, Detail.tag: tag},
        {
            Detail.email: add_email,
            Detail.phone: add_phone,
            Detail.url: add_url,
            Detail.tag: add_tag,
        },
        {
            Detail.email: remove_email,
            Detail.phone: remove_phone,
            Detail.url: remove_url,
            Detail.tag: remove_tag,
        },
    )
    touched_on = None if last is None else past_day(last, here.today, "a touchpoint")
    if not (fields or lists or touched_on):
        raise BadValueError("nothing was said to change", "see the options: netkeep edit --help")
    if fields.get("via_id") == contact_id:
        raise BadValueError("nobody is met through themselves")
    with here.writer() as write:
        contact = write.edit(contact_id, fields, lists)
        if touched_on:
            write.log([contact_id], {"day": touched_on})
            contact = write.ask.contact(contact_id)
    tell_one(sentences.edited(contact, fields, lists, touched_on), contact, chosen)


def show(
    ctx: typer.Context,
    person: options.PersonArgument,
    chosen: options.FormatOption = None,
) -> None:
    """Show everything about one person, and the latest touchpoints.

    A person is named by any part of the name that is theirs alone, or by id.

    Examples:
        netkeep show ada
        netkeep show 12 --format json
    """
    here: Invocation = ctx.obj
    contact_id = who.person(here, person).id
    with here.reader() as ask:
        contact = ask.contact(contact_id)
        latest = ask.timeline(contact_id=contact.id, limit=LATEST)
    show_contact(contact, latest, chosen)


def list_(
    ctx: typer.Context,
    kind: options.OfKind = None,
    tag: options.HavingTags = None,
    not_tag: Annotated[
        list[str] | None, typer.Option("--not-tag", metavar="TAG", help="Without it; repeatable.")
    ] = None,
    city: options.InCity = None,
    company: Annotated[
        str | None, typer.Option("--company", metavar="COMPANY", help="Working there.")
    ] = None,
    school: Annotated[
        str | None, typer.Option("--school", metavar="SCHOOL", help="Of this school.")
    ] = None,
    met: Annotated[str | None, typer.Option("--met", metavar="WHERE", help="Met there.")] = None,
    status: Annotated[
        Statuses, typer.Option("--status", help="Of this status, or all.")
    ] = Statuses.active,
    quiet_for: Annotated[
        str | None,
        typer.Option("--quiet-for", metavar="LENGTH", help="Without a touchpoint for so long: 6m."),
    ] = None,
    sort: Annotated[
        Sort, typer.Option("--sort", help="By name, longest silence, due date or newest.")
    ] = Sort.name,
    limit: options.LimitOption = None,
    chosen: options.FormatOption = None,
) -> None:
    """List people.

    Words for a city, company, school or place need only begin those that are kept there:
    --company "anal eng" finds Analytical Engines.

    Examples:
        netkeep list --company initech --sort last
        netkeep list --tag chess --quiet-for 6m
        netkeep list --status candidate --format csv
    """
    here: Invocation = ctx.obj
    which = Filter(
        statuses=() if status is Statuses.all else (Status(status),),
        kind=kind,
        tags=tag_keys(tag),
        without_tags=tag_keys(not_tag),
        words=word_keys(city=city, company=company, school=school, met=met),
        quiet_since=None if quiet_for is None else parse_length(quiet_for).before(here.today),
    )
    with here.reader() as ask:
        contacts = ask.contacts(which, sort, limit)
        if not contacts:
            say_what_first(ask)
    show_list(contacts, Contact, chosen)


def keep(
    ctx: typer.Context,
    people: options.PeopleArgument,
    kind: options.KindOption = None,
    cadence: options.CadenceOption = None,
    chosen: options.ResultOption = None,
) -> None:
    """Let candidates in, or take back people you dropped.

    Several at once are spread over their cadence, so that they never all fall due together.
    Another kind brings its usual cadence, unless they have one of their own.

    Examples:
        netkeep keep ada --kind coworker
        netkeep list --status candidate --company initech | cut -f1 | xargs netkeep keep -e 6m
    """
    here: Invocation = ctx.obj
    asked = fields_typed(here, cadence=cadence)
    if kind:
        asked["kind"] = kind
    ids = []
    for person in who.people(here, people):
        if person.status is Status.active:
            say(f"{person} is kept already; to change them: netkeep edit {person.id}")
        else:
            ids.append(person.id)
    first_day = first_due_on(here.today, here.settings.follow_up_days)
    contacts: list[Contact] = []
    if ids:
        with here.writer() as write:
            waiting = write.ask.contacts_named(ids)
            contacts = write.keep(let_in(waiting, asked, here.settings.cadences, first_day))
    tell(sentences.kept(contacts), contacts, Contact, chosen)


def drop(
    ctx: typer.Context,
    people: options.PeopleArgument,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="TEXT", help="Why, for when they come up again."),
    ] = None,
    chosen: options.ResultOption = None,
) -> None:
    """Take people out: they are never due, and an import does not bring them back.

    What you know of them stays; `keep` takes them back.

    Examples:
        netkeep drop ada --reason "moved to another field"
        netkeep drop 12 14 19
    """
    here: Invocation = ctx.obj
    why = None if reason is None else line(reason, "reason")
    ids = []
    for person in who.people(here, people):
        if person.status is Status.dropped and not why:
            say(f"{person} is dropped already; to take them back: netkeep keep {person.id}")
        else:
            ids.append(person.id)
    contacts: list[Contact] = []
    if ids:
        with here.writer() as write:
            contacts = write.drop(ids, why)
    tell(map(sentences.dropped, contacts), contacts, Contact, chosen)
