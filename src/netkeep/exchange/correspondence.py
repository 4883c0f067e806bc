"""Where messages and events come from: mail, calendars, and what LinkedIn knows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, NamedTuple, cast

from netkeep.domain.correspondence import Message
from netkeep.exchange import mail
from netkeep.exchange.calendar_events import read_calendar
from netkeep.exchange.limits import MAX_BYTES, check_bytes
from netkeep.exchange.linkedin_messages import Archive, read_messages, starts_messages

START = 64 * 1024  # bytes that tell what a file is
_ZIP = b"PK\x03\x04"
_CALENDAR = b"BEGIN:VCALENDAR"


class Wanted(NamedTuple):
    """What to read: the keys that are you, the days, and whether subjects too."""

    me: Collection[str]
    since: date
    today: date
    subjects: bool = False


class Correspondence(NamedTuple):
    """A file or folder of messages or events.

    `has_urls` says whether people are known by profile URLs, not by addresses. `connections` is the
    address book that comes with the messages, if any.
    """

    read: Callable[[Wanted], Iterator[Message]]
    has_urls: bool = False
    connections: bytes | None = None


def find_in_path(path: Path) -> Correspondence | None:
    """Return what a path has of messages or events, None if it is something else.

    Raise OSError if it cannot be read, BadValueError for another .zip.
    """
    if path.is_dir():
        if mail.has_mail(path):
            return Correspondence(lambda wanted: mail.read_folder(path, _mail(wanted)))
        return None
    with path.open("rb") as file:
        found = _find(file, file.read(START), path.name)
        if found is None:
            return None

    def read(wanted: Wanted) -> Iterator[Message]:
        with path.open("rb") as file:
            again = _find(file, file.read(START), path.name)
            if again:
                yield from again.read(wanted)

    return found._replace(read=read)


@contextmanager
def read_stream(stream: BinaryIO) -> Iterator[tuple[BinaryIO, Correspondence | None]]:
    """Read a stream that can be read once, and what it has of messages or events, if any."""
    with SpooledTemporaryFile(max_size=START) as kept:
        file = cast(BinaryIO, kept)
        while block := stream.read(START):
            file.write(block)
        file.seek(0)
        found = _find(file, file.read(START), "")
        file.seek(0)
        yield file, found


def _find(file: BinaryIO, start: bytes, name: str) -> Correspondence | None:
    if start.startswith(_ZIP):
        archive = Archive(file)
        return Correspondence(
            lambda wanted: archive.messages(), has_urls=True, connections=archive.connections()
        )
    if start.lstrip(b"\xef\xbb\xbf \r\n")[: len(_CALENDAR)].upper() == _CALENDAR:
        return Correspondence(lambda wanted: _calendar(file, wanted))
    if mail.starts_mbox(start):
        return Correspondence(
            lambda wanted: mail.read_mbox(_from_start(file), _mail(wanted), folder=name)
        )
    if starts_messages(start):
        return Correspondence(lambda wanted: read_messages(_from_start(file)), has_urls=True)
    if mail.starts_eml(start):
        return Correspondence(
            lambda wanted: iter([mail.read_eml(_from_start(file), _mail(wanted))])
        )
    return None


def _mail(wanted: Wanted) -> mail.Reader:
    return mail.Reader(subjects=wanted.subjects)


def _calendar(file: BinaryIO, wanted: Wanted) -> Iterator[Message]:
    content = _from_start(file).read(MAX_BYTES + 1)
    check_bytes(len(content))
    return read_calendar(content, wanted.me, wanted.since, wanted.today)


def _from_start(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    return file
