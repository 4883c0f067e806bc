"""netkeep edit: fields and lists of one person, by options or in an editor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple, cast

import typer

from netkeep.cli import options, resolve
from netkeep.cli.context import Context
from netkeep.cli.editor import can_edit, edited
from netkeep.cli.fields import NOTHING, fields_typed, lists_changed
from netkeep.cli.prompts import one_of
from netkeep.domain.contact import (
    Contact,
    ContactFields,
    Detail,
    Kind,
    ListChange,
    Status,
    parse_detail,
)
from netkeep.domain.days import past_day
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.printing import print_result

FIELDS = (
    *("name", "kind", "cadence", "company", "title", "city", "school"),
    *Detail,
    *("met", "met_on", "via", "birthday", "note"),
)
REMARKS = """\
# What is kept about {name}. Leave nothing after a colon to clear a field;
# write one more line of email, phone, url or tag to add one, delete one to remove it.
# The note comes last, and may have several lines.
"""


def form_of(contact: Contact) -> str:
    """The contact as a text to edit."""
    lines = (f"{field}: {value}" for field in FIELDS for value in _values(contact, field))
    return REMARKS.format(name=contact.name) + "".join(f"{line.rstrip()}\n" for line in lines)


def changes_in(
    here: Context, contact: Contact, form: str
) -> tuple[ContactFields, dict[Detail, ListChange]]:
    """The fields and lists that are not in a form as form_of wrote them.

    BadValueError if it is no such form, or as of the options of `edit`.
    """
    if not any(line.strip() and not line.startswith("#") for line in form.split("\n")):
        return {}, {}
    before, after = _texts(form_of(contact)), _texts(form)
    changed = {field: texts for field, texts in after.items() if texts != before[field]}
    lists = {
        detail: ListChange(
            replace=tuple(parse_detail(detail, text) for text in changed.pop(detail))
        )
        for detail in Detail
        if detail in changed
    }
    typed = {field: text for field, (text,) in changed.items()}
    kind = typed.pop("kind", None)
    fields = fields_typed(
        here,
        **{field: text if field == "name" else text or NOTHING for field, text in typed.items()},
    )
    if kind is not None:
        fields["kind"] = one_of(Kind, kind)
    now = contact._asdict() | {"via_id": contact.via and contact.via.id}
    new = {name: value for name, value in fields.items() if value != now[name]}
    return cast(ContactFields, new), lists


def _values(contact: Contact, field: str) -> tuple[str, ...]:
    if field in set(Detail):
        return getattr(contact, Detail(field).field) or ("",)
    if field == "via":
        return (contact.via.name if contact.via else "",)
    value = getattr(contact, field)
    return ("" if value is None else str(value),)


def _texts(form: str) -> dict[str, list[str]]:
    """What stands after each field: one text, but of lists those that are not empty."""
    texts: dict[str, list[str]] = {field: [] for field in FIELDS}
    lines = iter(form.replace("\r\n", "\n").split("\n"))
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        field, colon, text = (part.strip() for part in line.partition(":"))
        if not colon or field not in texts:
            raise BadValueError(
                f'"{line.strip()}" is not a field with its value',
                f"the fields are {', '.join(FIELDS)}",
            )
        if field == "note":
            text = "\n".join([text, *lines]).strip()
        if text or field not in set(Detail):
            texts[field].append(text)
    for field, values in texts.items():
        if field not in set(Detail) and len(values) != 1:
            wrong = "there more than once" if values else "missing"
            raise BadValueError(
                f'the line "{field}:" is {wrong}',
                "to clear a field, leave nothing after the colon",
            )
    return texts


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
    here: Context = ctx.obj
    if name is not None and name.strip().lower() == NOTHING:
        raise BadValueError("a name cannot be cleared")
    contact_id = resolve.person(here, person).id
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
    print_result(sentence, contact, chosen, saved=any(change))


@contextmanager
def _wanted(here: Context, contact_id: int, said: Edit) -> Iterator[tuple[Edit, Contact | None]]:
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


def _made(here: Context, contact_id: int, change: Edit, opened: Contact | None) -> Contact:
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
