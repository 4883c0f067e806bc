"""Find what to import from a folder: address books, mail or calendars."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from netkeep.exchange import mail
from netkeep.exchange.correspondence import Correspondence, find_in_path

BOOKS = (".vcf", ".csv", ".json")  # of vdirsyncer, and of an unpacked archive of LinkedIn
CALENDARS = (".ics",)  # of vdirsyncer and khal
OTHERS = (".eml", ".mbox", ".zip", *CALENDARS)  # left out if there are address books
SUFFIXES = (*BOOKS, ".eml", *CALENDARS)


class Found(NamedTuple):
    """The files to import one by one, or else the mail; and the files that are left out."""

    files: Sequence[Path] = ()
    mail: Correspondence | None = None
    left_out: Sequence[Path] = ()


def find_in_folder(folder: Path, *, is_book: bool) -> Found:
    """Return what to import from a folder; raise OSError if it cannot be read.

    Read a Maildir as mail. Read any other folder as address books if it has any, so that a message
    saved next to them is not read as your mail; else as mail, including subfolders; else as
    calendars. With `is_book`, read only address books.
    """
    files = sorted(
        file for file in folder.iterdir() if not file.name.startswith(".") and file.is_file()
    )
    books = _ending(files, BOOKS)
    if is_book or (books and not mail.is_maildir(folder)):
        return Found(books, left_out=_ending(files, OTHERS))
    if found := find_in_path(folder):
        return Found(mail=found)
    return Found(_ending(files, CALENDARS))


def _ending(files: Sequence[Path], suffixes: Sequence[str]) -> list[Path]:
    return [file for file in files if file.suffix.lower() in suffixes]
