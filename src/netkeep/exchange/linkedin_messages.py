"""Read LinkedIn's messages.csv and Invitations.csv, and the archive that has them."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import IO, BinaryIO

from netkeep.domain.contact import Detail, detail_key
from netkeep.domain.correspondence import Message, Participant, Reason
from netkeep.domain.touchpoint import Channel
from netkeep.errors import BadValueError
from netkeep.exchange.mail import digest

MESSAGE_COLUMNS = {"CONVERSATION ID", "SENDER PROFILE URL", "RECIPIENT PROFILE URLS", "DATE"}
INVITATION_COLUMNS = {"Sent At", "inviterProfileUrl", "inviteeProfileUrl"}
MAX_CELL = 10_000_000  # characters of the longest text of a message

_CONNECTIONS, _MESSAGES, _INVITATIONS = "connections.csv", "messages.csv", "invitations.csv"
_EXCLUDED_FOLDERS = {"SPAM", "DRAFT", "DRAFTS", "TRASH"}

Row = dict[str, str]


def starts_messages(start: bytes) -> bool:
    """Return whether a file that starts with these bytes has messages or invitations."""
    text = start.decode("utf-8-sig", "replace")
    try:
        header = set(next(csv.reader(io.StringIO(text, newline="")), ()))
    except csv.Error:
        return False
    return header >= MESSAGE_COLUMNS or header >= INVITATION_COLUMNS


def read_messages(file: IO[bytes]) -> Iterator[Message]:
    """Yield the messages of messages.csv, or the invitations of Invitations.csv.

    The texts of messages are ignored. A row that is not valid gives a message with a flaw.
    """
    csv.field_size_limit(MAX_CELL)
    text = io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="")
    try:
        yield from _read_rows(csv.DictReader(text, restval=""))
    finally:
        text.detach()  # whoever opened the file closes it


def _read_rows(rows: csv.DictReader[str]) -> Iterator[Message]:
    columns = set(rows.fieldnames or ())
    read: Callable[[Row], Message] = _message if columns >= MESSAGE_COLUMNS else _invitation
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield _broken(str(error))
            continue
        if row is None:
            return
        try:
            yield read(row)
        except (ValueError, KeyError, AttributeError):
            yield _broken(repr(row))


class Archive:
    """The .zip that LinkedIn sends, with connections, messages and invitations."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise BadValueError(f"this .zip cannot be read: {error}") from None
        self._names = {
            name.rpartition("/")[2].lower(): name
            for name in self._zip.namelist()
            if not name.startswith("__MACOSX")
        }
        if self._names.keys().isdisjoint({_CONNECTIONS, _MESSAGES, _INVITATIONS}):
            raise BadValueError(
                "this .zip is not from LinkedIn: it has no Connections.csv or messages.csv"
            )

    def connections(self) -> bytes | None:
        """Return Connections.csv, if it is in the archive."""
        name = self._names.get(_CONNECTIONS)
        if name is None:
            return None
        with _named(name):
            return self._zip.read(name)

    def messages(self) -> Iterator[Message]:
        """Yield the messages and invitations."""
        for name in (_MESSAGES, _INVITATIONS):
            if name in self._names:
                with _named(name), self._zip.open(self._names[name]) as file:
                    yield from read_messages(file)


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Raise BadValueError for a file of the archive that is damaged, encrypted or cut off."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as error:
        raise BadValueError(f"{name} cannot be read: {error}") from None


def _message(row: Row) -> Message:
    at = datetime.strptime(row["DATE"].strip(), "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC)
    sender = _person(row["SENDER PROFILE URL"], row.get("FROM", ""))
    urls = [url for url in row["RECIPIENT PROFILE URLS"].split(",") if url.strip()]
    names = row.get("TO", "").split(",") if len(urls) != 1 else [row.get("TO", "")]
    if len(names) != len(urls):  # a name has a comma in it
        names = [""] * len(urls)
    return Message(
        at=at,
        day=_local_day(at),
        channel=Channel.social,
        digest=digest("\n".join((row["CONVERSATION ID"], row["DATE"], sender.key))),
        sender=sender if sender.key else None,  # of an account that was closed
        to=tuple(map(_person, urls, names)),
        subject=" ".join(row.get("SUBJECT", "").split()) or None,
        flaw=Reason.folder if row.get("FOLDER", "").upper() in _EXCLUDED_FOLDERS else None,
    )


def _invitation(row: Row) -> Message:
    """Return an invitation; its time has the American format, such as `11/22/26, 8:00 AM`."""
    at = datetime.strptime(row["Sent At"].strip(), "%m/%d/%y, %I:%M %p").replace(tzinfo=UTC)
    sender = _person(row["inviterProfileUrl"], row.get("From", ""))
    invited = _person(row["inviteeProfileUrl"], row.get("To", ""))
    return Message(
        at=at,
        day=_local_day(at),
        channel=Channel.social,
        digest=digest("\n".join((sender.key, invited.key, row["Sent At"]))),
        sender=sender,
        to=(invited,),
    )


def _person(url: str, name: str) -> Participant:
    return Participant(detail_key(Detail.url, url.strip()), " ".join(name.split()))


def _local_day(at: datetime) -> date:
    return at.astimezone().date()


def _broken(what: str) -> Message:
    at = datetime.fromtimestamp(0, UTC)
    return Message(at, at.date(), Channel.social, digest(what), None, flaw=Reason.broken)
