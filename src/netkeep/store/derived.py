"""From the fields of the domain to the columns of the file, those that follow from others too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from netkeep.domain.contact import Detail, Status, detail_key, distinct
from netkeep.domain.due import due_on
from netkeep.domain.text import key
from netkeep.store.rows import stored_cadence

_LISTS = {detail.field for detail in Detail}
_PLAIN = {str, int, bool, type(None)}
_AS_TEXT = {"cadence", "birthday"}
INDEXED = ("name", "company", "city", "school", "met")  # the fields whose words can be asked for


def stored(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are columns, as they hold them: a cadence and a birthday are text."""
    return {
        name: str(value) if name in _AS_TEXT and value is not None else value
        for name, value in fields.items()
        if name not in _LISTS
    }


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns as the driver takes them: days and enums are text, too."""
    return {name: value if type(value) in _PLAIN else str(value) for name, value in row.items()}


def derived(row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that follow from the rest of the row, by the rules of the domain."""
    return {
        "key": key(row["name"]),
        "due_on": due_on(
            status=Status(row["status"]),
            cadence=stored_cadence(row["cadence"]),
            last_touch_on=row["last_touch_on"],
            first_due_on=row["first_due_on"],
            snoozed_until=row["snoozed_until"],
        ),
    }


def words(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of the index of words for one contact."""
    for field in INDEXED:
        for word in set(key(row[field] or "").split()):
            yield {"field": field, "word": word, "contact_id": row["id"]}


def entries(contact_id: int, detail: Detail, values: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rows of one list of a contact."""
    for position, value in enumerate(distinct(detail, values)):
        yield {
            "contact_id": contact_id,
            "detail": detail,
            "position": position,
            "key": detail_key(detail, value),
            "value": value,
        }


def passage(source: str, source_id: int, contact_id: int, texts: Iterable[str]) -> dict[str, Any]:
    """What `find` looks through of one contact, touchpoint or occasion: a line for each text."""
    keys = "\n".join(filter(None, map(key, texts)))
    return {"source": source, "source_id": source_id, "contact_id": contact_id, "key": keys}
