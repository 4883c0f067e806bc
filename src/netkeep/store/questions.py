"""What every question is asked with: one connection, and rows turned into values."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from netkeep.store.rows import Row, damaged

T = TypeVar("T")


class Questions:
    """Asks over one connection, or about nobody at all if there is no file yet."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._connection = connection

    def _all(self, sql: str, values: Iterable[Any], build: Callable[[Row], T]) -> list[T]:
        if self._connection is None:
            return []
        cursor = self._connection.cursor()
        cursor.row_factory = sqlite3.Row
        try:
            return [build(row) for row in cursor.execute(sql, tuple(values))]
        except (ValueError, TypeError, LookupError) as error:
            raise damaged(error) from error
