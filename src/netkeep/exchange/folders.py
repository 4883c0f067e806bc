"""Folders that an import is given: address books, mail or calendars."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from netkeep.exchange import mail
from netkeep.exchange.correspondence import Correspondence, find_in_path

BOOKS = (".vcf", ".csv", ".json")  # of vdirsyncer, and of an unpacked archive of LinkedIn
CALENDARS = (".ics",)  # of vdirsyncer and khal
OTHERS = (".eml", ".mbox", ".zip", *CALENDARS)  # that are left out next to address books
SUFFIXES = (*BOOKS, ".eml", *CALENDARS)


class Found(NamedTuple):
    """What a folder has: files to read as if each was named, or mail, and what is left out."""

    files: Sequence[Path] = ()
    mail: Correspondence | None = None
    left_out: Sequence[Path] = ()


def find_in_folder(folder: Path, *, is_book: bool) -> Found:
    """Return what a folder has; raise OSError if it cannot be read.

    A Maildir is mail. Any other folder with address books in it is one, so that a message that was
    saved there is not read as your mail; else it has mail, or else calendars. Only of mail the
    folders inside are read too. With `is_book` it is an address book.
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
