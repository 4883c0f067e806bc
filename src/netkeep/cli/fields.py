"""Parse what users type in options, forms and prompts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from netkeep.cli.context import Context
from netkeep.cli.prompts import prompt
from netkeep.cli.resolve import resolve_person
from netkeep.domain.contact import (
    FIELDS,
    ContactFields,
    Detail,
    Kind,
    ListChange,
    Status,
    parse_detail,
)
from netkeep.domain.days import (
    Length,
    find_length,
    parse_future_day,
    parse_length,
    parse_past_day,
)
from netkeep.domain.people import parse_id
from netkeep.domain.text import parse_line, parse_text
from netkeep.domain.touchpoint import Channel, Direction, Purpose, TouchpointFields
from netkeep.errors import BadValueError

NOTHING = "none"  # typed to clear a field
DEFAULT_SNOOZE = Length(2, "week")


def contact_fields(
    context: Context, typed: Mapping[str, Any], kind: Kind | None = None
) -> ContactFields:
    """Parse the typed fields, by name; `none` clears any field but the name."""
    fields: dict[str, Any] = {}
    for name, text in typed.items():
        if text is None or not (name in FIELDS or name == "via"):
            continue
        column = "via_id" if name == "via" else name
        if name != "name" and is_nothing(text):
            fields[column] = None
        elif name == "via":
            fields[column] = resolve_person(context, text).id
        else:
            fields[column] = FIELDS[name].parse(text, context.today)
    if kind:
        fields["kind"] = kind
    return cast("ContactFields", fields)


def new_candidate(context: Context, kind: Kind = Kind.other) -> ContactFields:
    """Return the fields of a candidate of this kind, with its default cadence."""
    return ContactFields(
        status=Status.candidate, kind=kind, cadence=context.settings.cadences[kind]
    )


def prompt_for_cadence(context: Context, kind: Kind, *, can_go_back: bool = False) -> ContactFields:
    """Prompt for the cadence; an empty answer is the default of the kind."""

    def parse(text: str) -> ContactFields:
        return contact_fields(context, {"cadence": text}, kind)

    default = str(context.settings.cadences[kind] or NOTHING)
    return prompt("How often", parse, default, can_go_back=can_go_back)


def contact_lists(typed: Mapping[str, Any]) -> ContactFields:
    """Parse the typed lists, as fields."""
    lists = {detail.field: _entries(detail, typed.get(detail)) for detail in Detail}
    return cast("ContactFields", {name: values for name, values in lists.items() if values})


def list_changes(typed: Mapping[str, Any]) -> dict[Detail, ListChange]:
    """Parse the changes to lists, by list; leave out unchanged lists.

    The options are named `email`, `add_email`, `remove_email`.
    """
    changes = {
        detail: ListChange(
            replace=_entries(detail, typed.get(detail)),
            add=_entries(detail, typed.get(f"add_{detail}")) or (),
            remove=_entries(detail, typed.get(f"remove_{detail}")) or (),
        )
        for detail in Detail
    }
    return {detail: change for detail, change in changes.items() if change != ListChange()}


def _entries(detail: Detail, values: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return the entries, without `none`; None if the option was not given."""
    if not values:
        return None
    return tuple(parse_detail(detail, value) for value in values if not is_nothing(value))


def is_nothing(text: str) -> bool:
    """Return whether a text is `none`, which clears a field."""
    return text.strip().lower() == NOTHING


def touchpoint_fields(
    context: Context,
    on: str | None,
    channel: Channel | None,
    purpose: Purpose | None,
    from_them: bool | None,
    note: str | None,
) -> TouchpointFields:
    """Parse the given fields of a touchpoint; the note `none` clears the note."""
    fields = TouchpointFields()
    if on is not None:
        fields["day"] = parse_past_day(on, context.today, "a touchpoint")
    if channel:
        fields["channel"] = channel
    if purpose:
        fields["purpose"] = purpose
    if from_them is not None:
        fields["direction"] = Direction.in_ if from_them else Direction.out
    if note is not None:
        fields["note"] = None if is_nothing(note) else parse_text(note, "note")
    return fields


def parse_promise(context: Context, what: str | None, by: str | None) -> tuple[str, date] | None:
    """Parse the text and the day of a promise, if given; raise BadValueError if one is missing."""
    if what is None and by is None:
        return None
    if what is None or by is None:
        needs = (
            "--next needs --by, the day to keep the promise by"
            if by is None
            else "--by needs --next, the text of the promise"
        )
        raise BadValueError(needs, 'try: --next "send the slides" --by friday')
    return parse_line(what, "promise"), parse_future_day(by, context.today, "the day of a promise")


def parse_snooze(context: Context, text: str) -> date | None:
    """Parse a length or a day as the end of a snooze; None for `none` and `off`."""
    if is_nothing(text) or text == "off":
        return None
    if find_length(text):
        return parse_length(text).after(context.today)
    day = parse_future_day(text, context.today, "the end of a snooze")
    if day == context.today:
        raise BadValueError(
            "a snooze must end tomorrow or later", "try 1d or tomorrow; to end a snooze now: none"
        )
    return day


def parse_ids(typed: Sequence[str], what: str, shown_by: str) -> list[int]:
    """Parse ids, each once; BadValueError says that they are ids of `what`, and what shows them."""
    ids = []
    for text in typed:
        number = parse_id(text)
        if number is None:
            raise BadValueError(f'"{text}" is not the id of a {what}', f"see the ids: {shown_by}")
        ids.append(number)
    return list(dict.fromkeys(ids))
