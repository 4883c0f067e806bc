"""Decide what a contact gains from another contact, or from an import, of the same person."""

from collections.abc import Mapping
from typing import Any, cast

from netkeep.domain.contact import (
    FIELDS,
    Contact,
    ContactFields,
    Detail,
    Kind,
    ListChange,
    Status,
    new_values,
)

FILLED_FIELDS = (*(field.name for field in FIELDS.values() if field.fills), "uid")


def additions(
    contact: Contact, other: Mapping[str, Any]
) -> tuple[ContactFields, dict[Detail, ListChange]]:
    """Return the empty fields of a contact that other fields fill, and the entries they add."""
    fields = {
        name: other[name]
        for name in FILLED_FIELDS
        if getattr(contact, name) is None and other.get(name) is not None
    }
    lists = {
        detail: ListChange(add=more)
        for detail in Detail
        if (more := new_values(detail, getattr(contact, detail.field), other.get(detail.field, ())))
    }
    return cast(ContactFields, fields), lists


def merge_changes(
    first: Contact, second: Contact
) -> tuple[ContactFields, dict[Detail, ListChange]]:
    """Return the changes to the first contact when the second is merged into it.

    Fill empty fields, and join lists and notes. If one contact is active, so is the merged one,
    with its kind and cadence. Keep the later snooze and the earlier first due date.
    """
    contacts = (first, second)
    fields, lists = additions(first, second._asdict())
    if first.note and second.note and second.note not in first.note:
        fields["note"] = f"{first.note}\n{second.note}"
    vias = [contact.via.id for contact in contacts if contact.via]
    via_id = next((via for via in vias if via not in {first.id, second.id}), None)
    if via_id != (first.via and first.via.id):
        fields["via_id"] = via_id
    if second.status is Status.active and first.status is not Status.active:
        fields |= {"status": second.status, "kind": second.kind, "cadence": second.cadence}
    elif first.kind is Kind.other and second.kind is not Kind.other:
        fields["kind"] = second.kind
    if snoozes := [contact.snoozed_until for contact in contacts if contact.snoozed_until]:
        fields["snoozed_until"] = max(snoozes)
    if first_days := [contact.first_due_on for contact in contacts if contact.first_due_on]:
        fields["first_due_on"] = min(first_days)
    return fields, lists
