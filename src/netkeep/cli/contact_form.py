"""A contact as a text to edit: a field and its value on each line, the note last."""

from __future__ import annotations

from typing import cast

from netkeep.cli.fields import NOTHING, fields_typed
from netkeep.cli.invocation import Invocation
from netkeep.cli.questions import one_of
from netkeep.domain.contact import Contact, ContactFields, Kind
from netkeep.domain.details import Detail, ListChange, clean
from netkeep.errors import BadValueError

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
    here: Invocation, contact: Contact, form: str
) -> tuple[ContactFields, dict[Detail, ListChange]]:
    """The fields and lists that are not in a form as form_of wrote them.

    BadValueError if it is no such form, or as of the options of `edit`.
    """
    if not any(line.strip() and not line.startswith("#") for line in form.split("\n")):
        return {}, {}
    before, after = _texts(form_of(contact)), _texts(form)
    changed = {field: texts for field, texts in after.items() if texts != before[field]}
    lists = {
        detail: ListChange(instead=tuple(clean(detail, text) for text in changed.pop(detail)))
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
