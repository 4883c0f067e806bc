"""netkeep edit: fields and lists of one person, by options or in an editor."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

import typer

from netkeep.cli import options, who
from netkeep.cli.contact_form import changes_in, form_of
from netkeep.cli.editor import can_edit, edited
from netkeep.cli.fields import NOTHING, fields_typed, lists_changed
from netkeep.cli.invocation import Invocation
from netkeep.domain.contact import Contact, ContactFields, Status
from netkeep.domain.days import past_day
from netkeep.domain.details import Detail, ListChange
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.show import tell_one


class Edit(NamedTuple):
    """What is to change of a contact, and perhaps a day on which you were in touch."""

    fields: ContactFields
    lists: Mapping[Detail, ListChange]
    touched_on: date | None = None


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
    there; the --add and --remove options change one entry of it. Without any option, what is kept
    opens in your editor, the one that VISUAL or EDITOR names.

    Examples:
        netkeep edit ada --title "Principal Engineer" --every 2m
        netkeep edit ada --add-tag chess --remove-email ada@engines.example
        netkeep edit ada --city none
        netkeep edit ada
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
    said = Edit(fields, lists, touched_on)
    if not any(said) and not can_edit():
        raise BadValueError("nothing was said to change", "see the options: netkeep edit --help")
    with _wanted(here, contact_id, said) as (change, opened):
        if any(change):
            contact = _made(here, contact_id, change, opened)
            sentence = sentences.edited(contact, *change)
        else:
            with here.reader() as ask:
                contact = ask.contact(contact_id)
            sentence = sentences.UNCHANGED
    tell_one(sentence, contact, chosen, saved=any(change))


@contextmanager
def _wanted(here: Invocation, contact_id: int, said: Edit) -> Iterator[tuple[Edit, Contact | None]]:
    """What was said to change, or else what is changed in an editor, and of whom as it opened."""
    if any(said):
        _refuse_themselves(contact_id, said.fields)
        yield said, None
        return
    with here.reader() as ask:
        contact = ask.contact(contact_id)

    def read(form: str) -> Edit:
        fields, lists = changes_in(here, contact, form)
        _refuse_themselves(contact_id, fields)
        return Edit(fields, lists)

    with edited(form_of(contact), "contact.txt", read) as change:
        yield change or Edit({}, {}), contact


def _made(here: Invocation, contact_id: int, change: Edit, opened: Contact | None) -> Contact:
    with here.writer() as write:
        if opened:
            _refuse_changed_meanwhile(opened, write.ask.contact(contact_id), change)
        contact = write.edit(contact_id, change.fields, change.lists)
        if change.touched_on:
            write.log([contact_id], {"day": change.touched_on})
            contact = write.ask.contact(contact_id)
    return contact


def _refuse_themselves(contact_id: int, fields: ContactFields) -> None:
    if fields.get("via_id") == contact_id:
        raise BadValueError("nobody is met through themselves")


def _refuse_changed_meanwhile(opened: Contact, now: Contact, change: Edit) -> None:
    """BadValueError if something else changed what the editor changes, after it had opened."""
    for name in (*change.fields, *(detail.field for detail in change.lists)):
        field = name.removesuffix("_id")
        if getattr(now, field) != getattr(opened, field):
            raise BadValueError(
                f"{field} of {now.name} was changed meanwhile", "look at it, and edit it again"
            )
