"""Open the files of an import: address books, messages and calendars."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

from netkeep.config import expand
from netkeep.domain.correspondence import Message
from netkeep.errors import BadValueError, reason
from netkeep.exchange import limits, sources
from netkeep.exchange.correspondence import Correspondence, Wanted, find_in_path, read_stream
from netkeep.exchange.folders import SUFFIXES, find_in_folder
from netkeep.exchange.own_json import Dump
from netkeep.exchange.plan import Record, Skipped
from netkeep.exchange.sources import Source
from netkeep.output.streams import progress_bar

HINT = f"in a folder, netkeep reads Maildirs, and files that end in {', '.join(SUFFIXES)}"


class Book(NamedTuple):
    """An address book, by the name it was typed with."""

    name: str
    read: Callable[[], bytes]


class Files(NamedTuple):
    """The opened files; `left_out` names the mail and calendars next to address books."""

    books: list[Book]
    messages: list[Correspondence]
    left_out: list[str]


class People(NamedTuple):
    """The people in all address books, and the formats of the files.

    `histories` has the contents of netkeep's own files by number; a CSV has only contacts.
    """

    rows: Sequence[Record | Skipped] = ()
    formats: frozenset[Source] = frozenset()
    histories: Mapping[int, Dump] = MappingProxyType({})


class Reading(NamedTuple):
    """How to read address books, as typed: `columns` maps those of a CSV to fields."""

    source: Source | None
    columns: Mapping[str, str]
    encoding: str | None


def open_files(names: Sequence[str], stack: ExitStack, *, is_book: bool) -> Files:
    """Open the files and folders of these names.

    With `is_book`, each is an address book. Raise BadValueError if one cannot be read.
    """
    files = Files([], [], [])
    for name in names:
        if not name:
            raise BadValueError("a file is required", "try: netkeep import Connections.csv")
        with _name_in_errors(name, is_one=len(names) == 1):
            if name == "-":
                stream = sys.stdin.buffer if sys.stdin else BytesIO()
                _open_stream(files, name, stream, stack, is_book=is_book)
            elif (path := expand(name)).is_dir():
                _open_folder(files, name.rstrip("/"), path, is_book=is_book)
            elif path.is_fifo():
                with path.open("rb") as pipe:
                    _open_stream(files, name, pipe, stack, is_book=is_book)
            else:
                _open_file(files, name, path, is_book=is_book)
    return files


@contextmanager
def _name_in_errors(name: str, *, is_one: bool) -> Iterator[None]:
    """Name the file in errors; if it is the only one, only in the error that it is unreadable."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise BadValueError(f"{name} cannot be read: {reason(error)}") from None
    except BadValueError as error:
        if is_one or error.sentence.startswith(name):
            raise
        raise BadValueError(f"{name}: {error.sentence}", error.hint) from None


def _open_stream(
    files: Files, name: str, stream: BinaryIO, stack: ExitStack, *, is_book: bool
) -> None:
    """Read standard input, or a pipe, which cannot be read a second time."""
    content, messages = stack.enter_context(read_stream(stream))
    if is_book or messages is None:
        files.books.append(Book(name, lambda: content.read(limits.MAX_BYTES + 1)))
    else:
        _add_messages(files, name, messages)


def _open_folder(files: Files, name: str, path: Path, *, is_book: bool) -> None:
    found = find_in_folder(path, is_book=is_book)
    for file in found.files:
        with _name_in_errors(f"{name}/{file.name}", is_one=False):
            _open_file(files, f"{name}/{file.name}", file, is_book=is_book)
    if found.mail:
        _add_messages(files, name, found.mail)
    files.left_out.extend(f"{name}/{file.name}" for file in found.left_out)
    if not (found.files or found.mail):
        raise BadValueError(f"{name} has no address book, no mail and no calendar", HINT)


def _open_file(files: Files, name: str, path: Path, *, is_book: bool) -> None:
    messages = None if is_book else find_in_path(path)
    if messages:
        _add_messages(files, name, messages)
    else:
        with path.open("rb"):  # raises OSError
            files.books.append(Book(name, lambda: _read_file(path)))


def _read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(limits.MAX_BYTES + 1)


def _add_messages(files: Files, name: str, messages: Correspondence) -> None:
    files.messages.append(messages._replace(read=partial(_read_messages, name, messages)))
    if (connections := messages.connections) is not None:
        files.books.append(Book(name, lambda: connections))


def _read_messages(name: str, messages: Correspondence, wanted: Wanted) -> Iterator[Message]:
    """Yield the messages; raise BadValueError if a file or folder cannot be read (any more)."""
    try:
        yield from messages.read(wanted)
    except OSError as error:
        path = error.filename or name
        raise BadValueError(f"{path} cannot be read: {reason(error)}") from None


def read_books(books: Sequence[Book], how: Reading, today: date) -> People:
    """Read the people of all address books; if there are several, places name the file.

    Raise BadValueError if one cannot be read.
    """
    own: list[Record | Skipped] = []
    others: list[Record | Skipped] = []
    formats: set[Source] = set()
    histories: dict[int, Dump] = {}
    is_one = len(books) == 1
    with progress_bar("Reading", None if is_one else len(books)) as advance:
        for number, book in enumerate(books):
            with _name_in_errors(book.name, is_one=is_one):
                content = book.read()
                source = _source(content, how)
                rows, history = sources.read(content, source, how.columns, today, how.encoding)
                limits.check_records(len(own) + len(others) + len(rows))
            formats |= {source} if source else set()
            is_own = source in {Source.json, Source.csv}
            if is_own:
                histories[number] = history
            placed = (_placed(row, source, number, "" if is_one else book.name) for row in rows)
            (own if is_own else others).extend(placed)
            advance(1)
    # Records of netkeep's own files are never joined to each other, so they come first.
    return People([*own, *others], frozenset(formats), histories)


def _source(content: bytes, how: Reading) -> Source | None:
    """Return the format of an address book; None for a CSV of other programs."""
    return None if how.columns else how.source or sources.detect(content, how.encoding)


def _placed(
    row: Record | Skipped, source: Source | None, number: int, name: str
) -> Record | Skipped:
    """Return a row with its place, format and number of the file."""
    place = f"{row.place} of {'standard input' if name == '-' else name}" if name else row.place
    if isinstance(row, Skipped):
        return row._replace(place=place)
    return row._replace(place=place, source=source, file=number)


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
            raise BadValueError(f'--map names the column "{column}" twice', "leave one out")
    return columns
