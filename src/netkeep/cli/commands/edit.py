"""netkeep edit: fields and lists of one contact, by options or in an editor."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple, cast

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.editor import can_edit, edit_text
from netkeep.cli.fields import NOTHING, contact_fields, is_nothing, list_changes
from netkeep.cli.prompts import parse_choice
from netkeep.cli.resolve import resolve_person
from netkeep.domain.contact import (
    EDITABLE,
    Contact,
    ContactFields,
    Detail,
    Kind,
    ListChange,
    Status,
    parse_detail,
)
from netkeep.domain.days import parse_past_day
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.printing import print_result
from netkeep.store.queries.contacts import load_contact

LISTS = set(Detail)
REMARKS = """\
# What is kept about {name}. Leave nothing after a colon to clear a field;
# write one more line of email, phone, url or tag to add one, delete one to remove it.
# The note comes last, and may have several lines.
"""


class Edit(NamedTuple):
    """What to change of a contact, and perhaps a day on which you were in touch."""

    fields: ContactFields
    lists: Mapping[Detail, ListChange]
    touched_on: date | None = None


@options.contact_change_options
def edit(
    ctx: typer.Context,
    person: options.PersonArgument,
    kind: options.KindOption = None,
    last: options.LastOption = None,
    candidate: options.CandidateOption = False,
    chosen: options.ResultOption = None,
    **typed: Any,
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
    context: Context = ctx.obj
    name = typed["name"]
    if name is not None and is_nothing(name):
        raise BadValueError("a name cannot be cleared")
    contact_id = resolve_person(context, person).id
    fields = contact_fields(context, typed, kind)
    if candidate:
        fields["status"] = Status.candidate
    touched_on = None if last is None else parse_past_day(last, context.today, "a touchpoint")
    change = Edit(fields, list_changes(typed), touched_on)
    _refuse_themselves(contact_id, fields)
    if any(change):
        contact = _apply(context, contact_id, change)
    elif can_edit():
        contact, change = _edit_in_editor(context, contact_id)
    else:
        raise BadValueError("nothing was said to change", "see the options: netkeep edit --help")
    sentence = sentences.edited(contact, *change) if any(change) else sentences.UNCHANGED
    print_result(sentence, contact, chosen, saved=any(change))


def _edit_in_editor(context: Context, contact_id: int) -> tuple[Contact, Edit]:
    """Return the contact after it was edited, and what was changed."""
    with context.reading() as connection:
        opened = load_contact(connection, contact_id)
    read = partial(changes_in_form, context, opened)
    with edit_text(form_of(opened), "contact.txt", read) as change:
        if change and any(change):
            return _apply(context, contact_id, change, opened), change
    return opened, Edit({}, {})


def _apply(
    context: Context, contact_id: int, change: Edit, opened: Contact | None = None
) -> Contact:
    with context.writing() as repository:
        if opened:
            now = load_contact(repository.connection, contact_id)
            _refuse_changed_meanwhile(opened, now, change)
        contact = repository.contacts.edit(contact_id, change.fields, change.lists)
        if change.touched_on:
            repository.touchpoints.log([contact_id], {"day": change.touched_on})
            contact = load_contact(repository.connection, contact_id)
    return contact


def _refuse_themselves(contact_id: int, fields: ContactFields) -> None:
    if fields.get("via_id") == contact_id:
        raise BadValueError("nobody is met through themselves")


def _refuse_changed_meanwhile(opened: Contact, now: Contact, change: Edit) -> None:
    """Raise BadValueError if another process changed a field after the editor had opened."""
    for name in (*change.fields, *(detail.field for detail in change.lists)):
        field = name.removesuffix("_id")
        if getattr(now, field) != getattr(opened, field):
            raise BadValueError(
                f"{field} of {now.name} was changed meanwhile", "look at it, and edit it again"
            )


def form_of(contact: Contact) -> str:
    """Return the contact as a text to edit: a line for each value, the note last."""
    lines = (f"{field}: {value}" for field in EDITABLE for value in _form_values(contact, field))
    return REMARKS.format(name=contact.name) + "".join(f"{line.rstrip()}\n" for line in lines)


def changes_in_form(context: Context, contact: Contact, form: str) -> Edit:
    """Return the fields and lists that differ from the form as form_of wrote it.

    Raise BadValueError if it is no such form, or for a value, as the options of `edit` do.
    """
    if not any(line.strip() and not line.startswith("#") for line in form.split("\n")):
        return Edit({}, {})
    before, after = _parse_form(form_of(contact)), _parse_form(form)
    changed = {field: values for field, values in after.items() if values != before[field]}
    lists = {
        detail: ListChange(
            replace=tuple(parse_detail(detail, text) for text in changed.pop(detail))
        )
        for detail in Detail
        if detail in changed
    }
    typed = {field: text for field, (text,) in changed.items()}
    kind = typed.pop("kind", None)
    for field, text in typed.items():
        typed[field] = text if field == "name" else text or NOTHING
    fields = contact_fields(context, typed, None if kind is None else parse_choice(Kind, kind))
    _refuse_themselves(contact.id, fields)
    current = contact._asdict() | {"via_id": contact.via and contact.via.id}
    new = {name: value for name, value in fields.items() if value != current[name]}
    return Edit(cast(ContactFields, new), lists)


def _form_values(contact: Contact, field: str) -> tuple[str, ...]:
    if field in LISTS:
        return getattr(contact, Detail(field).field) or ("",)
    if field == "via":
        return (contact.via.name if contact.via else "",)
    value = getattr(contact, field)
    return ("" if value is None else str(value),)


def _parse_form(form: str) -> dict[str, list[str]]:
    """Return what stands after each field: one text, or the entries of a list."""
    values: dict[str, list[str]] = {field: [] for field in EDITABLE}
    lines = iter(form.replace("\r\n", "\n").split("\n"))
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        field, colon, text = (part.strip() for part in line.partition(":"))
        if not colon or field not in values:
            raise BadValueError(
                f'"{line.strip()}" is not a field with its value',
                f"the fields are {', '.join(EDITABLE)}",
            )
        if field == "note":
            text = "\n".join([text, *lines]).strip()
        if text or field not in LISTS:
            values[field].append(text)
    for field, texts in values.items():
        if field not in LISTS and len(texts) != 1:
            wrong = "there more than once" if texts else "missing"
            raise BadValueError(
                f'the line "{field}:" is {wrong}',
                "to clear a field, leave nothing after the colon",
            )
    return values
