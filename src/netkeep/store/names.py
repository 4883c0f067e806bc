"""The names that complete what is typed of one, each as a word that means one person."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from netkeep.domain.text import AFTER_EVERY_LETTER, key
from netkeep.store.glance import glance

LIMIT = 100  # people; a longer list is no help to anybody
PRESENT = ("active", "candidate")  # of Status, which takes 4 ms to load
EVERYBODY = (*PRESENT, "dropped")
BEFORE_EVERY_LETTER = " "


def completions(path: Path, typed: str, statuses: tuple[str, ...]) -> list[str]:
    """Up to LIMIT slugs: letters and digits of any script, and dashes, whatever is in the file.

    FileError if the file cannot be used.
    """
    begins = key(typed)
    if begins and typed[-1] in "- ":
        begins += " "
    # `ada-` and `ada-1` may go on to the id of an Ada as well as to another word.
    whole, _, last = begins.rpartition(" ")
    with_id = whole if whole and not last.strip("0123456789") else None
    with glance(path) as connection:
        if connection is None:
            return []
        marks = ", ".join("?" * len(statuses))
        # In the order of the index contact_by_name, so that no more is read than is shown. Of two
        # lower bounds SQLite may take the one that begins with the first name of all.
        first = begins or BEFORE_EVERY_LETTER
        found = connection.execute(
            f"SELECT * FROM (SELECT key, id FROM contact WHERE status IN ({marks}) AND key = ?"
            " ORDER BY status, key LIMIT ?) UNION ALL"
            f" SELECT * FROM (SELECT key, id FROM contact WHERE status IN ({marks})"
            " AND key >= ? AND key < ? ORDER BY status, key LIMIT ?)",
            [*statuses, with_id, LIMIT, *statuses, first, begins + AFTER_EVERY_LETTER, LIMIT],
        ).fetchall()
    return [_slug(words) for words in _telling_apart(found) if words.startswith(begins)][:LIMIT]


def _telling_apart(found: Iterable[tuple[str, int]]) -> Iterator[str]:
    """The keys, with the id behind what two people share, or what looks like an id itself."""
    for name, people in groupby(sorted(found), lambda row: row[0]):
        ids = [contact_id for _, contact_id in people]
        if len(ids) > 1 or name.isdecimal():
            yield from (f"{name} {contact_id}" for contact_id in ids)
        else:
            yield name


def _slug(words: str) -> str:
    """The words with dashes, and with nothing in them that a shell, or a terminal, reads."""
    # NFC puts the syllables of Hangul together again, which a key takes apart.
    letters = (
        character if character.isalnum() and character.isprintable() else " "
        for character in unicodedata.normalize("NFC", words)
    )
    return "-".join("".join(letters).split())
