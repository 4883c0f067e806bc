"""The files that an import is given: an address book, and those with messages or events."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack

from netkeep.config import expand
from netkeep.errors import BadValueError, reason
from netkeep.exchange.correspondence import Correspondence, find_in_path, standard_input
from netkeep.exchange.limits import MAX_BYTES


def open_files(
    files: Sequence[str], stack: ExitStack, *, is_book: bool
) -> tuple[bytes | None, list[Correspondence]]:
    """Return the content of the address book among the files, and those with messages or events.

    With `is_book` each file is an address book. Raise BadValueError for more than one.
    """
    books, found = [], []
    for file in files:
        if not file:
            raise BadValueError("a file is required", "try: netkeep import Connections.csv")
        try:
            messages, content = _open_one(file, stack, is_book=is_book)
        except (OSError, ValueError) as error:
            raise BadValueError(f"{file} cannot be read: {reason(error)}") from None
        if messages:
            found.append(messages)
        if content is not None:
            books.append(content)
    if len(books) > 1:
        raise BadValueError("import takes one address book at a time", "import one after another")
    return next(iter(books), None), found


def _open_one(
    file: str, stack: ExitStack, *, is_book: bool
) -> tuple[Correspondence | None, bytes | None]:
    if file == "-":
        if not sys.stdin:
            return None, b""
        stream, messages = stack.enter_context(standard_input())
        if is_book or messages is None:
            return None, stream.read(MAX_BYTES + 1)
        return messages, messages.connections
    path = expand(file)
    messages = None if is_book else find_in_path(path)
    if messages:
        return messages, messages.connections
    with path.open("rb") as opened:
        return None, opened.read(MAX_BYTES + 1)


def parse_columns(mapped: Sequence[str]) -> dict[str, str]:
    """Parse --map: the fields, by column."""
    columns: dict[str, str] = {}
    for text in mapped:
        column, equals, field = text.rpartition("=")
        if not (equals and column and field):
            raise BadValueError(
                f'--map "{text}" is not COLUMN=FIELD', 'try: --map "Full name=name"'
            )
        if columns.setdefault(column, field) != field:
            raise BadValueError(
                f'--map has two fields for the column "{column}" is', "leave one out"
            )
    return columns
