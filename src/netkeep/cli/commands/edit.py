"""netkeep edit: change contacts by options, or one contact in an editor."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple, cast

import typer

from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.editor import can_edit, edit_text
from netkeep.cli.fields import NOTHING, contact_fields, is_nothing, list_changes
from netkeep.cli.resolve import resolve_people
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
from netkeep.domain.text import parse_choice, parse_text
from netkeep.errors import BadValueError
from netkeep.output import sentences
from netkeep.output.printing import print_result, print_results
from netkeep.store.queries.contacts import load_contact, load_contacts_by_id

LISTS = set(Detail)
REMARKS = """\
# The fields of {name}. To clear a field, leave nothing after the colon.
# To add an email, phone, url or tag, write one more line; to remove one,
# delete its line. The note comes last, and may have several lines.
"""
FOR_ONE = ("name", "email", "add_email")  # options that two people never share


class Edit(NamedTuple):
    """The changes to contacts, a line to add to the note, and the day of a touchpoint to log."""

    fields: ContactFields
    lists: Mapping[Detail, ListChange]
    added_note: str | None = None
    touched_on: date | None = None

    def fields_of(self, contact: Contact) -> ContactFields:
        """Return the fields to set, with the added line in the note of the contact."""
        if self.added_note is None:
            return self.fields
        note = "\n".join(filter(None, [contact.note, self.added_note]))
        return {**self.fields, "note": note}


@options.contact_change_options
def edit(
    ctx: typer.Context,
    people: options.PeopleArgument,
    kind: options.KindOption = None,
    last: options.LastOption = None,
    candidate: options.CandidateOption = False,
    chosen: options.ResultOption = None,
    **typed: Any,
) -> None:
    """Change the fields of people.

    The value `none` clears a field. --email, --phone, --url and --tag replace the whole list; the
    --add and --remove options change one entry. If one of the people cannot be changed, none is. If
    you name one person and give no options, their fields open in your editor (VISUAL or EDITOR).

    Examples:
        netkeep edit ada --title "Principal Engineer" --every 2m
        netkeep edit ada grace alan --city London
        netkeep edit ada --add-note "Prefers calls in the evening"
        netkeep edit ada --add-tag chess --remove-email ada@engines.example
        netkeep edit ada --city none
        netkeep edit ada
    """
    context: Context = ctx.obj
    name = typed["name"]
    if name is not None and is_nothing(name):
        raise BadValueError("the name cannot be cleared")
    ids = [person.id for person in resolve_people(context, people)]
    fields = contact_fields(context, typed, kind)
    if candidate:
        fields["status"] = Status.candidate
    touched_on = None if last is None else parse_past_day(last, context.today, "a touchpoint")
    change = Edit(fields, list_changes(typed), _added_note(typed), touched_on)
    _refuse_for_many(ids, typed)
    _refuse_themselves(ids, fields)
    if any(change):
        edited = _apply(context, ids, change)
    elif len(ids) == 1 and can_edit():
        edited, change = _edit_in_editor(context, ids[0])
    else:
        raise BadValueError("there is nothing to change", "see the options: netkeep edit --help")
    lines = [
        sentences.edited(
            before, after, change.fields_of(before), change.lists, change.touched_on, context.today
        )
        for before, after in edited
    ]
    if len(ids) == 1:
        sentence = lines[0] if any(change) else sentences.UNCHANGED
        print_result(sentence, edited[0][1], chosen, saved=any(change))
    else:
        print_results(lines, [after for _, after in edited], Contact, chosen)


def _added_note(typed: Mapping[str, Any]) -> str | None:
    if typed["add_note"] is None:
        return None
    if typed["note"] is not None:
        raise BadValueError("--note and --add-note cannot be used together", "leave one out")
    return parse_text(typed["add_note"], "note")


def _refuse_for_many(contact_ids: Sequence[int], typed: Mapping[str, Any]) -> None:
    """Raise BadValueError if an option for one contact is used with several."""
    for option in FOR_ONE:
        if typed[option] is not None and len(contact_ids) > 1:
            raise BadValueError(
                f"--{option.replace('_', '-')} is for one person, not {len(contact_ids):,}",
                "edit them one by one",
            )


def _edit_in_editor(
    context: Context, contact_id: int
) -> tuple[list[tuple[Contact, Contact]], Edit]:
    """Return the contact before and after it was edited, and the changes."""
    with context.reading() as connection:
        opened = load_contact(connection, contact_id)
    read = partial(changes_in_form, context, opened)
    with edit_text(form_of(opened), "contact.txt", read) as change:
        if change and any(change):
            return _apply(context, [contact_id], change, opened), change
    return [(opened, opened)], Edit({}, {})


def _apply(
    context: Context, contact_ids: Sequence[int], change: Edit, opened: Contact | None = None
) -> list[tuple[Contact, Contact]]:
    """Change the contacts; return each before and after."""
    with context.writing() as repository:
        before = load_contacts_by_id(repository.connection, contact_ids)
        if opened:
            _refuse_changed_meanwhile(opened, before[0], change)
        for contact in before:
            try:
                repository.contacts.edit(contact.id, change.fields_of(contact), change.lists)
            except BadValueError as error:
                if len(before) > 1:
                    error.sentence = f"{contact.name}: {error.sentence}"
                raise
        if change.touched_on:
            repository.touchpoints.log(contact_ids, {"day": change.touched_on})
        after = load_contacts_by_id(repository.connection, contact_ids)
    return list(zip(before, after, strict=True))


def _refuse_themselves(contact_ids: Sequence[int], fields: ContactFields) -> None:
    if fields.get("via_id") in contact_ids:
        raise BadValueError("--via must name another contact")


def _refuse_changed_meanwhile(opened: Contact, now: Contact, change: Edit) -> None:
    """Raise BadValueError if another process changed a field after the editor had opened."""
    for name in (*change.fields, *(detail.field for detail in change.lists)):
        field = name.removesuffix("_id")
        if getattr(now, field) != getattr(opened, field):
            raise BadValueError(
                f"the field {field} of {now.name} has changed since the editor was opened",
                "check it, and edit it again",
            )


def form_of(contact: Contact) -> str:
    """Return the contact as a text to edit: one line per value, the note last."""
    lines = (f"{field}: {value}" for field in EDITABLE for value in _form_values(contact, field))
    return REMARKS.format(name=contact.name) + "".join(f"{line.rstrip()}\n" for line in lines)


def changes_in_form(context: Context, contact: Contact, form: str) -> Edit:
    """Return the fields and lists that the user changed in the form of form_of.

    Raise BadValueError if the form or a value is not valid.
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
    fields = contact_fields(
        context, typed, None if kind is None else parse_choice(Kind, kind, "kind")
    )
    _refuse_themselves([contact.id], fields)
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
    """Return the texts after each field: one, or those of a list."""
    values: dict[str, list[str]] = {field: [] for field in EDITABLE}
    lines = iter(form.replace("\r\n", "\n").split("\n"))
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        field, colon, text = (part.strip() for part in line.partition(":"))
        if not colon or field not in values:
            raise BadValueError(
                f'"{line.strip()}" is not of the form FIELD: VALUE',
                f"the fields are {', '.join(EDITABLE)}",
            )
        if field == "note":
            text = "\n".join([text, *lines]).strip()
        if text or field not in LISTS:
            values[field].append(text)
    for field, texts in values.items():
        if field not in LISTS and len(texts) != 1:
            wrong = "occurs more than once" if texts else "is missing"
            raise BadValueError(
                f'the line "{field}:" {wrong}',
                "to clear a field, leave nothing after the colon",
            )
    return values
