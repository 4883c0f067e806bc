"""Queries: plain functions of a connection, which return values of the domain.

A connection of None stands for a file that does not exist yet; its queries return no rows.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeAlias, TypeVar

from netkeep.errors import DamagedFileError

T = TypeVar("T")
Connection: TypeAlias = sqlite3.Connection | None
Row = sqlite3.Row

Query = tuple[str, list[Any]]  # SQL that selects ids, and its bound values

ID_LIST = "(SELECT value FROM json_each(?))"


def select(
    connection: Connection, sql: str, values: Iterable[Any], build: Callable[[Row], T]
) -> list[T]:
    """Return the value that `build` returns for each row.

    A list of ids is bound as a single value, for ID_LIST: SQLite binds 32,766 values at most. Raise
    DamagedFileError if a row has a BLOB, or `build` cannot parse it.
    """
    if connection is None:
        return []
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    bound = [id_list(value) if isinstance(value, list) else value for value in values]
    found = []
    try:
        for row in cursor.execute(sql, bound):
            if bytes in map(type, row):
                break
            found.append(build(row))
        else:
            return found
    except (ValueError, TypeError, LookupError) as error:
        raise damaged(error) from error
    raise damaged("a text in it is stored as a BLOB")


def select_ids(connection: Connection, queries: Iterable[Query]) -> list[int]:
    """Return the ids that the queries select, run one by one: SQLite joins at most 500 by UNION."""
    ids: set[int] = set()
    for sql, values in queries:
        ids.update(select(connection, sql, values, first_value))
    return sorted(ids)


def damaged(what: object) -> DamagedFileError:
    """Return the error for a value in the file that cannot be parsed."""
    return DamagedFileError("the file", what)


def first_value(row: Row) -> int:
    """Return the number in the first column of a row."""
    return int(row[0])


def parse_day(text: str | None) -> date | None:
    """Parse the day in a column."""
    return None if text is None else date.fromisoformat(text)


def id_list(ids: Iterable[int]) -> str:
    """Return ids as the value bound in ID_LIST."""
    return f"[{','.join(map(str, ids))}]"


def placeholders(values: Sequence[object]) -> str:
    """Return a question mark for each value to be bound."""
    return ", ".join("?" * len(values))
