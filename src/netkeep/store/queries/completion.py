"""The query behind the completion of names in a shell."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from netkeep.domain.text import AFTER_EVERY_LETTER, key
from netkeep.store.connection import open_snapshot

LIMIT = 100  # names; a longer list is of no use
# The contacts to complete, in order. Not members of Status, whose import takes 4 ms.
STATUSES = {
    "people": ("active", "candidate"),
    "candidates": ("candidate", "active", "dropped"),
    "everybody": ("active", "candidate", "dropped"),
}
BEFORE_EVERY_LETTER = " "


def completions(path: Path, typed: str, which: str) -> list[str]:
    """Return up to LIMIT names that begin as typed, each a single word that means one contact.

    `which` is a key of STATUSES. The names have only letters and digits of any script, and dashes.
    Raise FileError if the file cannot be used.
    """
    begins = key(typed)
    if begins and typed[-1] in "- ":
        begins += " "
    # After `ada-` or `ada-1`, the id of an Ada may follow as well as another word.
    whole, _, last = begins.rpartition(" ")
    with_id = whole if whole and not last.strip("0123456789") else None
    # In the order of the index contact_by_name, so that SQLite reads only what is shown. There is
    # one lower bound, because of two SQLite might use the one with the first name of all.
    first = begins or BEFORE_EVERY_LETTER
    queries, values = [], []
    for status in STATUSES[which]:
        of_status = "SELECT status, key, id FROM contact WHERE status = ?"
        queries += [
            f"SELECT * FROM ({of_status} AND key = ? ORDER BY key LIMIT ?)",
            f"SELECT * FROM ({of_status} AND key >= ? AND key < ? ORDER BY key LIMIT ?)",
        ]
        values += [status, with_id, LIMIT]
        values += [status, first, begins + AFTER_EVERY_LETTER, LIMIT]
    with open_snapshot(path, now=None) as connection:
        if connection is None:
            return []
        found = connection.execute(" UNION ALL ".join(queries), values).fetchall()
    found.sort(key=lambda row: (STATUSES[which].index(row[0]), row[1:]))
    names = (name for name in _unambiguous_names(found) if name.startswith(begins))
    return [_slug(name) for name in names][:LIMIT]


def _unambiguous_names(found: Iterable[tuple[str, str, int]]) -> Iterator[str]:
    """Yield the keys, followed by the id if a key is ambiguous or looks like an id.

    A key means the contacts of the first status that has it.
    """
    seen = set()
    for (_, name), contacts in groupby(found, lambda row: row[:2]):
        ids = [contact_id for _, _, contact_id in contacts]
        if len(ids) > 1 or name in seen or name.isdecimal():
            yield from (f"{name} {contact_id}" for contact_id in ids)
        else:
            yield name
        seen.add(name)


def _slug(name: str) -> str:
    """Return a name as one word with dashes, without characters special to shells or terminals."""
    # NFC composes the syllables of Hangul again, which a key decomposes.
    letters = (
        character if character.isalnum() and character.isprintable() else " "
        for character in unicodedata.normalize("NFC", name)
    )
    return "-".join("".join(letters).split())
