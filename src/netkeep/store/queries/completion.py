"""The query behind the completion of names in a shell."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from netkeep.domain.text import AFTER_EVERY_LETTER, key
from netkeep.store.connection import open_snapshot
from netkeep.store.queries import placeholders

LIMIT = 100  # names; a longer list helps nobody
PRESENT = ("active", "candidate")  # as in Status, whose import takes 4 ms
EVERYBODY = (*PRESENT, "dropped")
BEFORE_EVERY_LETTER = " "


def completions(path: Path, typed: str, statuses: tuple[str, ...]) -> list[str]:
    """Return up to LIMIT names that begin as typed, each a word that means one contact.

    They have letters and digits of any script and dashes, whatever is in the file. Raise FileError
    if the file cannot be used.
    """
    begins = key(typed)
    if begins and typed[-1] in "- ":
        begins += " "
    # `ada-` and `ada-1` may go on to the id of an Ada as well as to another word.
    whole, _, last = begins.rpartition(" ")
    with_id = whole if whole and not last.strip("0123456789") else None
    with open_snapshot(path, now=None) as connection:
        if connection is None:
            return []
        of_status = f"SELECT key, id FROM contact WHERE status IN ({placeholders(statuses)})"
        # In the order of the index contact_by_name, so that no more is read than is shown. Of two
        # lower bounds SQLite may take the one that begins with the first name of all.
        first = begins or BEFORE_EVERY_LETTER
        found = connection.execute(
            f"SELECT * FROM ({of_status} AND key = ? ORDER BY status, key LIMIT ?) UNION ALL"
            f" SELECT * FROM ({of_status} AND key >= ? AND key < ? ORDER BY status, key LIMIT ?)",
            [*statuses, with_id, LIMIT, *statuses, first, begins + AFTER_EVERY_LETTER, LIMIT],
        ).fetchall()
    names = (name for name in _unambiguous_names(found) if name.startswith(begins))
    return [_slug(name) for name in names][:LIMIT]


def _unambiguous_names(found: Iterable[tuple[str, int]]) -> Iterator[str]:
    """Yield the keys, with the id after one that two contacts share, or that looks like an id."""
    for name, contacts in groupby(sorted(found), lambda row: row[0]):
        ids = [contact_id for _, contact_id in contacts]
        if len(ids) > 1 or name.isdecimal():
            yield from (f"{name} {contact_id}" for contact_id in ids)
        else:
            yield name


def _slug(name: str) -> str:
    """Return a name as one word with dashes, without a character that a shell or terminal reads."""
    # NFC puts the syllables of Hangul together again, which a key takes apart.
    letters = (
        character if character.isalnum() and character.isprintable() else " "
        for character in unicodedata.normalize("NFC", name)
    )
    return "-".join("".join(letters).split())
