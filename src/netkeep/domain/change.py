"""Describe what a command changed, and what undoing it restores."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from netkeep.domain.contact import Detail

UNCHANGED = "as it was"  # none of the fields that users care about has changed
TEXT_LIMIT = 60  # characters shown of a text

CONTACT, LIST_ENTRY = "contact", "detail"  # described together, one line per contact
CONTACT_FIELDS = {"via_id", "contact_id"}  # shown as the contact they refer to
SILENT_FIELDS = {"id", "key", "created_at", "updated_at", "ask_id", "uid", "snoozes", "skipped_at"}
FIELD_LABELS = {"done_by_id": "done by touchpoint", "contact_id": "with"}


class Change(NamedTuple):
    """One command that changed something; field by field what `undo --list` prints."""

    id: int
    at: datetime
    command: str
    undone: bool
    what: tuple[str, ...]


class RowChange(NamedTuple):
    """The values of one record before and after a change; None where it does not exist.

    `source` is the type of the record; one that is not in RECORD_TYPES is not described alone.
    """

    source: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def row(self) -> Mapping[str, Any]:
        """The values after the change, or before it if the record was deleted."""
        return self.after or self.before or {}

    def reversed(self) -> RowChange:
        """Return the change that undoes this one."""
        return RowChange(self.source, self.after, self.before)


class RecordType(NamedTuple):
    """How to describe records of one type.

    `label` returns the label of a record, from its values and the name of its contact. `singular`
    and `plural` are the nouns for counts; records without them are not counted. With
    `part_of_contact`, a record is not described if the same command added or deleted its contact.
    """

    label: Callable[[Mapping[str, Any], str], str]
    singular: str | None = None
    plural: str | None = None
    part_of_contact: bool = False


def _occasion_label(row: Mapping[str, Any], name: str) -> str:
    text = row["text"] or " to ".join(filter(None, [row["day"], row["until"]]))
    return f"{row['kind']} #{row['id']}, {name}, {_shorten(text)}"


def _position_label(row: Mapping[str, Any], name: str) -> str:
    return f"past position of {name}, {', '.join(filter(None, [row['title'], row['company']]))}"


RECORD_TYPES = {
    CONTACT: RecordType(lambda row, name: f"{name} (#{row['id']})", "person", "people"),
    "touchpoint": RecordType(
        lambda row, name: f"touchpoint #{row['id']}, {row['channel']} with {name} on {row['day']}",
        "touchpoint",
        "touchpoints",
    ),
    "occasion": RecordType(_occasion_label, "promise, visit or news", "promises, visits and news"),
    "position": RecordType(_position_label, part_of_contact=True),
    "extra": RecordType(
        lambda row, name: f"extra value of {name}, {_shorten(row['line'])}", part_of_contact=True
    ),
    "round": RecordType(lambda row, _: f"the {row['name']} round", "round", "rounds"),
    "own_news": RecordType(
        lambda row, _: f"your news #{row['id']}, {_shorten(row['text'])}",
        "piece of your news",
        "pieces of your news",
    ),
}


class Describer(NamedTuple):
    """Turns changes into lines such as `Ada Lovelace (#1): due 2026-11-20 (was: 2027-02-22)`.

    `name` returns the name of a contact by id. `added` is the word for a record that is new.
    """

    name: Callable[[int], str]
    added: str

    def describe(self, rows: Sequence[RowChange]) -> list[str]:
        """Return one line per changed record, or per record if none has changed."""
        lines = list(self._lines(rows))
        changed = [line for line in lines if line[1] != UNCHANGED]
        return [f"{label}: {state}" for label, state in changed or lines]

    def describe_counts(self, counts: Mapping[tuple[str, str], int]) -> Iterator[str]:
        """Yield lines such as `1,978 people: new`.

        The counts are by type and by state: `added`, `gone` or `changed`.
        """
        for (source, state), count in counts.items():
            record_type = RECORD_TYPES.get(source)
            if record_type and record_type.singular:
                noun = record_type.singular if count == 1 else record_type.plural
                yield f"{count:,} {noun}: {self.added if state == 'added' else state}"

    def _lines(self, rows: Sequence[RowChange]) -> Iterator[tuple[str, str]]:
        """Yield the label and the state of each record, contacts first."""
        entries = self._list_changes(row for row in rows if row.source == LIST_ENTRY)
        added_or_deleted = set()
        for row in rows:
            if row.source == CONTACT:
                contact_id = row.row["id"]
                if row.before is None or row.after is None:
                    added_or_deleted.add(contact_id)
                yield self._contact(contact_id), self._state(row, entries.pop(contact_id, []))
        for contact_id, changes in entries.items():
            yield self._contact(contact_id), "; ".join(changes)
        for row in rows:
            record_type = RECORD_TYPES.get(row.source)
            if record_type is None or row.source == CONTACT:
                continue
            contact_id = row.row.get("contact_id")
            if not (record_type.part_of_contact and contact_id in added_or_deleted):
                name = "" if contact_id is None else self.name(contact_id)
                yield record_type.label(row.row, name), self._state(row)

    def _list_changes(self, rows: Iterable[RowChange]) -> dict[int, list[str]]:
        """Return the entries added to and removed from the lists of each contact.

        An entry that only moved within its list is left out.
        """
        counts: Counter[tuple[int, str, str]] = Counter()
        for row in rows:
            for values, sign in ((row.before, -1), (row.after, 1)):
                if values:
                    counts[values["contact_id"], values["detail"], values["value"]] += sign
        changes = defaultdict(list)
        for (contact_id, detail, value), count in counts.items():
            if count:
                state = self.added if count > 0 else "gone"
                changes[contact_id].append(f"{Detail(detail).label} {value} {state}")
        return changes

    def _state(self, row: RowChange, list_changes: Sequence[str] = ()) -> str:
        if row.before is None:
            return self.added
        if row.after is None:
            return "gone"
        return "; ".join([*self._differences(row.before, row.after), *list_changes]) or UNCHANGED

    def _differences(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
        for field, value in after.items():
            old_value = before.get(field)
            if value != old_value and field not in SILENT_FIELDS:
                new, old = self._value(field, value), self._value(field, old_value)
                label = field.removesuffix("_id").removesuffix("_on").replace("_", " ")
                yield f"{FIELD_LABELS.get(field, label)} {new} (was: {old})"

    def _value(self, field: str, value: Any) -> str:
        if value is None:
            return "none"
        return self._contact(value) if field in CONTACT_FIELDS else _shorten(str(value))

    def _contact(self, contact_id: int) -> str:
        return RECORD_TYPES[CONTACT].label({"id": contact_id}, self.name(contact_id))


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TEXT_LIMIT else f"{line[:TEXT_LIMIT]}..."
