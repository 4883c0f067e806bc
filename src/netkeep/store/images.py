"""Rows as text: what the journal keeps of them, and what every bit of the file is checked by.

An image is the JSON array of a row's columns, made by SQLite's `json_array`. The seal of a table
is the sum of the digests of all its images: it does not depend on their order, so that a change of
a few rows changes it by a few digests, and a bit that turned by itself makes it wrong. Columns that
follow from others are left out of it: they are checked by the rule that they follow.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import NamedTuple

# What people wrote; the rows of all other tables follow from these.
SOURCES = (
    *("contact", "detail", "extra", "touchpoint", "position", "occasion"),
    *("round", "round_part", "own_news"),
)
SCHEMA = "sqlite_master"  # sealed as the tables are
DERIVED = {"contact": ("key", "last_touch_on", "due_on")}
DIGEST_BYTES = 8
SEAL_LIMIT = 1 << 63  # SQLite's integers are signed


class Table(NamedTuple):
    """A table of the file, as it is in there."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def image(self, row: str | None = None) -> str:
        """SQL for the image of a row: of the table, or of NEW or OLD in a trigger."""
        return _json_array(self.columns, row)

    def row_key(self, row: str | None = None) -> str:
        """SQL for what tells a row from all others."""
        return _json_array(self.key, row)

    @property
    def sealed_image(self) -> str:
        """SQL for what a row of the table is sealed by."""
        derived = DERIVED.get(self.name, ())
        return _json_array((one for one in self.columns if one not in derived), None)

    def sealed_part(self, image: str) -> str:
        """SQL for the same of an image."""
        places = [f"'$[{self.columns.index(one)}]'" for one in DERIVED.get(self.name, ())]
        # From the last one on: each that goes moves those behind it.
        return f"json_remove({', '.join([image, *reversed(places)])})" if places else image

    @property
    def where(self) -> str:
        """SQL for the row of a key, to be bound."""
        return " AND ".join(f'"{column}" = ?' for column in self.key)


def tables(connection: sqlite3.Connection) -> list[Table]:
    """The tables of SOURCES with their columns, in order."""
    found = []
    for name in SOURCES:
        columns = connection.execute("SELECT name, pk FROM pragma_table_info(?)", [name]).fetchall()
        keys = sorted((place, column) for column, place in columns if place)
        found.append(
            Table(name, tuple(column for column, _ in columns), tuple(column for _, column in keys))
        )
    return found


def digest(source: str, *texts: str | None) -> int:
    """What tells this image from any other; 0 for none."""
    if texts == (None,):
        return 0
    content = "\0".join([source, *(text or "" for text in texts)]).encode()
    return int.from_bytes(blake2b(content, digest_size=DIGEST_BYTES).digest(), "big")


def sealed(digests: Iterable[int]) -> int:
    """The seal of all these."""
    return sum(digests) % SEAL_LIMIT


def seals(connection: sqlite3.Connection) -> Mapping[str, int]:
    """The seals that are in the file."""
    return dict(connection.execute("SELECT source, digest FROM seal").fetchall())


def true_seals(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """What the seals have to be, by what is in the tables."""
    selects = {
        table.name: f'SELECT {table.sealed_image} FROM "{table.name}"'
        for table in tables(connection)
    }
    selects[SCHEMA] = f"SELECT json_array(type, name, tbl_name, sql) FROM {SCHEMA}"
    for name, select in selects.items():
        yield name, sealed(digest(name, image) for (image,) in connection.execute(select))


def reseal(connection: sqlite3.Connection) -> None:
    """Seal all tables as they are."""
    write_seals(connection, dict(true_seals(connection)))


def add_to_seals(connection: sqlite3.Connection, more: Mapping[str, int]) -> None:
    """Change the seals by the digests of what came, less those of what went."""
    there = seals(connection)
    write_seals(connection, {name: sealed([there[name], more[name]]) for name in more})


def write_seals(connection: sqlite3.Connection, new: Mapping[str, int]) -> None:
    """Put these seals into the file."""
    connection.executemany("REPLACE INTO seal (source, digest) VALUES (?, ?)", new.items())


def _json_array(columns: Iterable[str], row: str | None) -> str:
    prefix = f"{row}." if row else ""
    return "json_array(" + ", ".join(f'{prefix}"{column}"' for column in columns) + ")"
