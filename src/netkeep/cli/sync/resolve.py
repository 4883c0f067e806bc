"""Merge two versions of one file, as vdirsyncer's conflict command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from netkeep.atomic import write_file
from netkeep.cli.context import Context
from netkeep.cli.sync.items import loads
from netkeep.domain.sync import Values, bind, merge
from netkeep.errors import BadValueError, reason
from netkeep.exchange.shared_calendar import merge_files
from netkeep.exchange.shared_cards import merge_cards
from netkeep.exchange.vdir import read_item
from netkeep.output.streams import print_message
from netkeep.store.queries.sync import load_sync_items

Merge = Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]


def resolve_conflict(context: Context, first: Path, second: Path) -> None:
    """Merge two versions of an item, and write the result to both files.

    Their base is the version that was carried last. Raise BadValueError if they are not versions of
    one item.
    """
    try:
        items = [read_item(path) for path in (first, second)]
    except (OSError, ValueError) as error:
        raise BadValueError(f"{first} and {second} cannot be merged: {reason(error)}") from None
    if items[0].uid != items[1].uid:
        raise BadValueError(f"{first} and {second} have different UIDs", "nothing was changed")
    uid = items[0].uid
    with context.reading() as connection:
        parts = [load_sync_items(connection, part) for part in ("people", "history", "tasks")]
    base: Values | None = None
    for part in parts:
        if item := part.get(uid):
            base = loads(item.carried or item.theirs) or None

    def merged(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
        if base is None:
            result = bind(ours, theirs)
        else:
            result = merge({**base, **ours}, {**base, **theirs}, base, base)
        for field, first_value, second_value in result.conflicts:
            chosen, other = (
                (first_value, second_value) if base is None else (second_value, first_value)
            )
            print_message(
                f"{result.values.get('name') or uid}: {field} is {chosen or 'empty'} in one version"
                f" and {other or 'empty'} in the other; kept {chosen or 'empty'}"
            )
        return result.values

    is_card = b"BEGIN:VCARD" in items[0].content.upper()
    merge_two = merge_cards if is_card else merge_files
    content = merge_two(items[0].content, items[1].content, uid, context.now, merged)
    for path in (first, second):
        write_file(path, content, force=True)
