"""Read mail: mbox files, Maildir folders and .eml files. Only a few headers are parsed.

Measured for 20,000 messages of 4 kB each: mailbox.mbox takes 7.3 s, and mailbox.Maildir as long,
because they read and parse whole messages; email.policy.default takes 2.3 ms a message for From and
To alone. Finding header blocks in chunks, picking the headers that are needed, and parsing these
with email.utils takes 1.3 s for the mbox and 1.9 s for the Maildir. Parsing usual dates without it
saves another 0.1 s.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import getaddresses, parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from netkeep.domain.contact import Detail, detail_key
from netkeep.domain.correspondence import Message, Participant, Reason
from netkeep.domain.text import LINE_LIMIT, key
from netkeep.domain.touchpoint import Channel

MAILDIR = {"cur", "new", "tmp"}  # the folders of a Maildir
CHUNK = 256 * 1024  # bytes read at a time
MAX_HEADERS = 256 * 1024  # bytes of headers in one message; real mail has a few kB
MAX_ADDRESSES = 1_000  # in one header; more take long to parse, and are too many recipients anyway

# The separator that mutt, Thunderbird, Gmail and Python write (RFC 4155): From, an address or a
# dash, and a date with a weekday. mutt does not escape lines of a body that start with From.
_WEEKDAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_FROM = (
    rb"From [^\n]{0,300}\b" + _WEEKDAY + rb",? [ \w]{4,14}\d:\d\d[^\n]{0,100}\d{4}[^\n]{0,100}\n"
)
_SEPARATOR = re.compile(rb"\n" + _FROM)
_END = re.compile(rb"\n(?=\r?\n|" + _FROM + rb")")
LONGEST_SEPARATOR = 600  # bytes
_STARTS_EML = re.compile(rb"(?:[!-9;-~]+:.*\r?\n(?:[ \t].*\r?\n)*)+", re.MULTILINE)
_USUAL_DATE = re.compile(  # RFC 5322, 3.3, without comments
    r"(?:\w{3}, )?(\d{1,2}) (\w{3}) (\d{4}) (\d\d:\d\d:\d\d) ([+-]\d{4})",
    re.ASCII,
)
_USUAL_ADDRESS = re.compile(  # one of RFC 5322, 3.4, without comments
    r"""(?P<named>(?P<quote>")?(?P<name>[\w '-]*)(?(quote)")[ ]*<)?"""
    r"(?P<address>[\w.+-]+@[\w-]+(?:\.[\w-]+)*)(?(named)>)"
)
_MONTH_NAMES = "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
_MONTHS = {name: f"{number:02}" for number, name in enumerate(_MONTH_NAMES, 1)}

NEEDED = (
    *("From", "To", "Cc", "Date", "Message-ID", "List-Id", "Precedence", "Auto-Submitted"),
    "X-Gmail-Labels",  # Google Takeout has all folders in one file
)
_ADDRESSES = {"from", "to", "cc"}
_AUTOMATIC_PRECEDENCE = {"bulk", "list", "junk"}
# By key, in the languages of the column names (columns.py).
_EXCLUDED_FOLDERS = {
    *("drafts", "draft", "spam", "junk", "junk e mail", "junk email", "bulk mail", "trash", "bin"),
    *("deleted", "deleted items", "deleted messages", "brouillons", "corbeille"),
    *("entwurfe", "papierkorb", "geloscht", "geloschte elemente", "courrier indesirable"),
    *("borradores", "papelera", "correo no deseado", "bozze", "cestino", "posta indesiderata"),
    *("rascunhos", "lixo", "lixeira", "concepten", "prullenbak"),
}


class Reader:
    """Reads the headers of messages; subjects only if they are wanted."""

    def __init__(self, *, subjects: bool) -> None:
        names = (*NEEDED, "Subject") if subjects else NEEDED
        initials = "".join({name[0] for name in names})
        # A line break at the start is found 4 times as fast as ^; the initials save another 20 %.
        self._needed = re.compile(
            rf"\n(?=[{initials}])({'|'.join(names)})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)",
            re.IGNORECASE | re.ASCII,
        )

    def read(self, block: bytes | None) -> Message:
        """Parse a block of headers; with a flaw if it is too long (None) or broken."""
        if block is None:
            return _left_out(Reason.broken)
        if b"\r" in block:
            block = block.replace(b"\r\n", b"\n").replace(b"\r", b" ")
        lines = "\n" + block.decode("utf-8", "replace")  # as raw 8-bit headers are (RFC 6532)
        found = [
            (name.lower(), value.replace("\n", "").strip())
            for name, value in self._needed.findall(lines)
        ]
        headers = dict(found)
        if len(headers) < len(found):
            for name in _ADDRESSES & headers.keys():
                headers[name] = ", ".join(value for other, value in found if other == name)
        try:
            return _message(headers)
        # The errors that `email` raises for invalid headers.
        except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError):
            return _left_out(Reason.broken)


def read_mbox(file: BinaryIO, reader: Reader, *, folder: str = "") -> Iterator[Message]:
    """Yield the messages of an mbox file; all have a flaw if the folder is one such as Trash."""
    excluded = is_excluded_folder(folder)
    for block in header_blocks(file):
        yield _flawed(reader.read(block), excluded)


def read_eml(file: BinaryIO, reader: Reader) -> Message:
    """Return the message in a file that has one."""
    return reader.read(_first_block(file))


def read_folder(folder: Path, reader: Reader) -> Iterator[Message]:
    """Yield the messages of all Maildirs and .eml files in a folder, at any depth."""
    for inside in _folders_in(folder):
        excluded = is_excluded_folder(inside.name)
        for entry in _message_files(inside):
            yield _read_file(entry, reader, excluded=excluded)


def has_mail(folder: Path) -> bool:
    """Return whether a folder is a Maildir, or has one or an .eml file in it, at any depth."""
    return any(is_maildir(inside) or _eml_files(inside) for inside in _folders_in(folder))


def _folders_in(folder: Path) -> Iterator[Path]:
    """Yield a folder and all folders in it, but not those of a Maildir that have its messages."""
    waiting = [folder]  # no recursion, which has a limit: paths may have 2,000 folders
    while waiting:
        folder = waiting.pop()
        yield folder
        with os.scandir(folder) as entries:
            names = sorted(
                entry.name
                for entry in entries
                if entry.name not in MAILDIR and entry.is_dir(follow_symlinks=False)
            )
        waiting += [folder / name for name in reversed(names)]


def _message_files(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield the files with a message in a folder: those of a Maildir, and .eml files."""
    for part in ("new", "cur") if is_maildir(folder) else ():
        with os.scandir(folder / part) as entries:
            for entry in entries:
                if not entry.name.startswith(".") and _is_file(entry):
                    yield entry
    yield from _eml_files(folder)


def _eml_files(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        files = (entry for entry in entries if entry.is_file(follow_symlinks=False))
        return sorted(
            (file for file in files if Path(file.name).suffix.lower() == ".eml"),
            key=lambda file: file.name,
        )


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a symbolic link to itself
        return False


def is_maildir(path: Path) -> bool:
    """Return whether a path is a Maildir."""
    return (path / "cur").is_dir() and (path / "new").is_dir()


def is_excluded_folder(name: str) -> bool:
    """Return whether a folder is for drafts, spam or deleted mail, by its name.

    Examples are `.Trash` (Maildir++), and `[Gmail].Spam` and `INBOX.Drafts` (mbsync).
    """
    last = name.removesuffix(".mbox").rpartition(".")[2].rpartition("/")[2]
    return key(last) in _EXCLUDED_FOLDERS


def starts_mbox(start: bytes) -> bool:
    """Return whether a file that starts with these bytes is an mbox."""
    return _SEPARATOR.match(b"\n" + start) is not None


def starts_eml(start: bytes) -> bool:
    """Return whether a file that starts with these bytes is a message, with From and Date."""
    headers = _STARTS_EML.match(start)
    names = {line.partition(b":")[0].lower() for line in headers[0].split(b"\n")} if headers else ()
    return b"from" in names and not {b"date", b"message-id", b"to"}.isdisjoint(names)


def header_blocks(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield the headers of each message of an mbox; None for those that are too long.

    Bodies are skipped in chunks, so that only a few chunks are in memory.
    """
    buffer, position = b"\n" + file.read(CHUNK), 0
    while True:
        separator = _SEPARATOR.search(buffer, position)
        if separator is None:
            more = file.read(CHUNK)
            if not more:
                return
            # The last line may be the start of a separator.
            position = max(position, len(buffer) - LONGEST_SEPARATOR)
            buffer, position = buffer[position:] + more, 0
            continue
        first = separator.end()
        end = _END.search(buffer, first - 1)
        while not _is_whole(end, buffer) and len(buffer) - first <= MAX_HEADERS:
            more = file.read(CHUNK)
            if not more:
                break
            buffer, first = buffer[first - 1 :] + more, 1
            end = _END.search(buffer, 0)
        last = end.start() if end else len(buffer)
        yield buffer[first:last] if last - first <= MAX_HEADERS else None
        position = max(last, first - 1)


def _is_whole(end: re.Match[bytes] | None, buffer: bytes) -> bool:
    """Return whether the buffer has enough after the end of headers to recognise a separator."""
    return end is not None and end.end() + LONGEST_SEPARATOR <= len(buffer)


def _first_block(file: BinaryIO) -> bytes | None:
    """Return the headers of a file with one message, None if they are too long."""
    block = file.read(CHUNK)
    end = _END.search(block)
    if end is None and len(block) == CHUNK:
        return None
    return block[: end.start()] if end else block


def _read_file(entry: os.DirEntry[str], reader: Reader, *, excluded: bool) -> Message:
    try:
        # Without a file object, which takes 2 us: most headers are in the first few kB.
        descriptor = os.open(entry.path, os.O_RDONLY)
        try:
            block = os.read(descriptor, 16 * 1024)
        finally:
            os.close(descriptor)
        if end := _END.search(block):
            message = reader.read(block[: end.start()])
        else:
            with Path(entry.path).open("rb") as file:
                message = reader.read(_first_block(file))
    except OSError:
        return _left_out(Reason.broken)
    flags = entry.name.rpartition(":2,")[2] if ":2," in entry.name else ""
    return _flawed(message, excluded or "D" in flags or "T" in flags)


def _message(headers: Mapping[str, str]) -> Message:
    if _is_automatic(headers):
        return _left_out(Reason.automatic)
    sender, *_ = _participants(headers.get("from", ""))
    at = _parse_date(headers["date"])
    at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    subject, labels = headers.get("subject"), headers.get("x-gmail-labels")
    is_excluded = labels and any(map(is_excluded_folder, decode(labels).split(",")))
    return Message(
        at=at,
        day=at.astimezone().date(),
        channel=Channel.email,
        digest=digest(headers.get("message-id") or repr(sorted(headers.items()))),
        sender=sender,
        to=_participants(headers.get("to", "")),
        copies=_participants(headers.get("cc", "")),
        subject=None if subject is None else decode(subject),
        flaw=Reason.folder if is_excluded else None,
    )


def _parse_date(text: str) -> datetime:
    """Parse a date; most are written in the same way, which takes a fourth of the time."""
    if match := _USUAL_DATE.match(text):
        day, name, year, time, zone = match.groups()
        if month := _MONTHS.get(name):
            return datetime.fromisoformat(f"{year}-{month}-{day:0>2}T{time}{zone}")
    return parsedate_to_datetime(text)


def _is_automatic(headers: Mapping[str, str]) -> bool:
    """Return whether a message is from a list (RFC 2919), bulk, or automatic (RFC 3834)."""
    return (
        "list-id" in headers
        or headers.get("precedence", "").lower() in _AUTOMATIC_PRECEDENCE
        or headers.get("auto-submitted", "no").lower() != "no"
    )


@lru_cache(maxsize=10_000)  # the same people are in thousands of headers
def _participants(header: str) -> tuple[Participant, ...]:
    """Parse addresses; if there are more than MAX_ADDRESSES, return that many placeholders."""
    usual = _USUAL_ADDRESS.fullmatch(header)
    if usual and len(header) <= LINE_LIMIT:  # takes a tenth of the time
        name = (usual["name"] or "").strip()
        return (Participant(detail_key(Detail.email, usual["address"]), name),)
    if header.count("@") > MAX_ADDRESSES:
        return tuple(Participant(f"{number}@") for number in range(MAX_ADDRESSES))
    found = {
        detail_key(Detail.email, address): label
        for label, address in getaddresses([header])
        if "@" in address and len(address) <= LINE_LIMIT
    }
    return tuple(Participant(address, label) for address, label in found.items())


def decode(text: str) -> str:
    """Return a text with its encoded words decoded (RFC 2047), on one line."""
    if "=?" in text:
        with suppress(ValueError, LookupError, HeaderParseError):  # stays as it is written
            text = str(make_header(decode_header(text)))
    return " ".join(text.split())


def digest(text: str) -> str:
    """Return a digest that identifies a message without its contents: half of a SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _flawed(message: Message, is_excluded: bool) -> Message:
    return message._replace(flaw=Reason.folder) if is_excluded else message


def _left_out(flaw: Reason) -> Message:
    """Return a message that is counted only; the rest of it is not parsed."""
    at = datetime.fromtimestamp(0, UTC)
    return Message(at, at.date(), Channel.email, "", None, flaw=flaw)
