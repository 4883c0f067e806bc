"""Undoing and doing again: rows put back as they were, all of them or none."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from netkeep.domain.change import Change
from netkeep.errors import UndoConflictError
from netkeep.store.change_questions import ChangeQuestions
from netkeep.store.deriving import derive_rows
from netkeep.store.engine import driver_connection, transaction
from netkeep.store.filter import marks
from netkeep.store.images import Table, add_to_seals, digest, sealed, tables
from netkeep.store.journal import head, seal_of
from netkeep.store.rows import damaged


class Undoing:
    """Puts back what commands changed, the newest first, and does it again."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.ask = ChangeQuestions(connection)
        self._connection = connection

    def put_back(self, count: int, *, again: bool) -> list[Change]:
        """Undo the newest changes, or do again what was undone last.

        Raises NothingToUndoError if there are fewer, and UndoConflictError if a row is not as one
        of them left it, or something has come to hang on it.
        """
        changes = self.ask.changes_back(count, again=again)
        for change in changes:
            self._put_rows(change, again=again)
        if self._connection.execute("PRAGMA foreign_key_check").fetchone():
            raise _not_as_left(changes[-1], "more has come to hang on what was changed")
        return changes

    def _put_rows(self, change: Change, *, again: bool) -> None:
        at = change.at.isoformat(timespec="seconds")
        was, becomes = (
            head(change.id, at, change.command, undone=undone) for undone in (again, not again)
        )
        seal = seal_of(self._connection, change.id, was)
        if (seal,) != self._connection.execute(
            "SELECT seal FROM change WHERE id = ?", [change.id]
        ).fetchone():
            raise damaged(f"what change {change.id} was is not known any more")
        images = list(self._images(change, again=again))
        digests: Counter[str] = Counter()
        for image in images:  # all go before any comes: two may have exchanged what is unique
            digests[image.table.name] -= self._digest(image)
            self._take_away(image, change)
        try:
            for image in images:
                self._put(image)
                digests[image.table.name] += self._digest(image)
        except sqlite3.IntegrityError:
            raise _not_as_left(change, "something else has taken the place") from None
        derive_rows(self._connection, sorted({one for image in images for one in image.people}))
        add_to_seals(self._connection, digests)
        self._connection.execute(
            "UPDATE change SET undone = ?, seal = ? WHERE id = ?",
            [not again, sealed([seal, becomes, -was]), change.id],
        )

    def _images(self, change: Change, *, again: bool) -> Iterator[_Image]:
        by_name = {table.name: table for table in tables(self._connection)}
        for source, key, before, after in self._connection.execute(
            "SELECT source, row_key, before, after FROM image WHERE change_id = ?", [change.id]
        ):
            now, then = (before, after) if again else (after, before)
            yield _Image(by_name[source], json.loads(key), _values(now), _values(then))

    def _take_away(self, image: _Image, change: Change) -> None:
        """Take a row away that is as it has to be."""
        if not _same(_values(self._text(image, image.table.image())), image.now):
            raise _not_as_left(change, f"{image} was changed")
        self._connection.execute(
            f'DELETE FROM "{image.table.name}" WHERE {image.table.where}', image.key
        )

    def _put(self, image: _Image) -> None:
        if image.then is not None:
            columns = ", ".join(f'"{one}"' for one in image.table.columns[: len(image.then)])
            self._connection.execute(
                f'INSERT INTO "{image.table.name}" ({columns}) VALUES ({marks(image.then)})',
                image.then,
            )

    def _digest(self, image: _Image) -> int:
        """What the row that is there now adds to the seal of its table."""
        return digest(image.table.name, self._text(image, image.table.sealed_image))

    def _text(self, image: _Image, wanted: str) -> str | None:
        row = self._connection.execute(
            f'SELECT {wanted} FROM "{image.table.name}" WHERE {image.table.where}', image.key
        ).fetchone()
        return row and str(row[0])


class _Image(NamedTuple):
    """A row of a table: its key, its values as they have to be now, and as they are to become."""

    table: Table
    key: list[Any]
    now: list[Any] | None
    then: list[Any] | None

    def __str__(self) -> str:
        """`Ada Lovelace (#1)`, `touchpoint (#57)`."""
        row = dict(zip(self.table.columns, self.now or self.then or (), strict=False))
        what = row["name"] if self.table.name in {"contact", "round"} else self.table.name
        return f"{what} (#{self.key[0]})"

    @property
    def people(self) -> Iterator[int]:
        """Whom it is about, before and after."""
        column = "id" if self.table.name == "contact" else "contact_id"
        if column in self.table.columns:
            place = self.table.columns.index(column)
            yield from (values[place] for values in (self.now, self.then) if values)


@contextmanager
def open_undoing(path: Path, now: datetime) -> Iterator[Undoing]:
    """What is put back is committed together at the end, or none of it."""
    # SQLite would delete what hangs on a row along with it; here every row is put back by itself.
    with transaction(path, now, foreign_keys=False) as connection:
        yield Undoing(driver_connection(connection))


def _not_as_left(change: Change, what: str) -> UndoConflictError:
    return UndoConflictError(change.command, change.id, what)


def _values(image: str | None) -> list[Any] | None:
    return None if image is None else json.loads(image)


def _same(now: list[Any] | None, left: list[Any] | None) -> bool:
    """Whether a row is as it was left; columns that were added since have no value."""
    if now is None or left is None:
        return now is left
    return now[: len(left)] == left and not any(now[len(left) :])
