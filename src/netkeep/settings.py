"""What config.toml sets."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from netkeep import places
from netkeep.domain.backups import Keeping
from netkeep.domain.contact import Kind
from netkeep.domain.days import WeekStart
from netkeep.domain.lengths import Length, parse_cadence
from netkeep.domain.text import line
from netkeep.errors import BadValueError, reason

_TWO_MONTHS, _THREE_MONTHS, _SIX_MONTHS = (Length(count, "month") for count in (2, 3, 6))

CADENCES: Mapping[Kind, Length | None] = {
    Kind.friend: _TWO_MONTHS,
    Kind.relative: _TWO_MONTHS,
    Kind.client: _TWO_MONTHS,
    Kind.mentor: _TWO_MONTHS,
    Kind.coworker: _THREE_MONTHS,
    Kind.association: _THREE_MONTHS,
    Kind.professor: _SIX_MONTHS,
    Kind.alumni: _SIX_MONTHS,
    Kind.other: _SIX_MONTHS,
}
NUMBER_LIMIT = 1_000  # for every setting that is a number


class Settings(NamedTuple):
    """What a user may set; the defaults are what netkeep does without a file."""

    database: Path | None = None  # None: the place of database_path
    follow_up_days: int = 2
    daily_cap: int = 10
    soon_days: int = 0
    thank_you_days: int = 3
    first_day_of_week: WeekStart = WeekStart.monday
    cadences: Mapping[Kind, Length | None] = CADENCES
    backups: Keeping = Keeping()

    def by_key(self) -> dict[str, Any]:
        """Each of them by its key in the file: `daily_cap`, `cadence.friend`, `backups.days`."""
        tables: dict[str, Mapping[Any, Any]] = {
            "cadence": self.cadences,
            "backups": self.backups._asdict(),
        }
        alone = self._asdict()
        del alone["cadences"], alone["backups"]
        return alone | {
            f"{table}.{name}": value
            for table, values in tables.items()
            for name, value in values.items()
        }


def _path(value: object) -> Path:
    typed = line(value, "path") if isinstance(value, str) else ""
    path = Path(os.path.expanduser(typed))  # noqa: PTH111 - that of Path raises for no such user
    if not path.is_absolute():
        raise BadValueError(f'"{value}" is not a whole path', 'try "~/netkeep/netkeep.db"')
    return path


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value <= NUMBER_LIMIT:
        raise BadValueError(f'"{value}" is not a whole number from 0 to {NUMBER_LIMIT:,}')
    return value


def _week_start(value: object) -> WeekStart:
    for start in WeekStart:
        if value == start:
            return start
    raise BadValueError(f'"{value}" is not one of {", ".join(WeekStart)}')


def _cadence(value: object) -> Length | None:
    return parse_cadence(str(value))


class Entry(NamedTuple):
    """A key of the file: how its value is read, and what it is for."""

    read: Callable[[object], Any]  # BadValueError says what is allowed
    meaning: str = ""


TABLES = {
    "cadence": "how often, for people added from now on",
    "backups": "of how many of each the newest backup is kept",
}
ENTRIES: Mapping[str, Entry] = {
    "database": Entry(_path, "the file with everything in it, unless --db or NETKEEP_DB name one"),
    "follow_up_days": Entry(_number, "days until someone new is due"),
    "daily_cap": Entry(
        _number, "how many without a date a morning's list on a terminal has at most"
    ),
    "soon_days": Entry(_number, "how many days ahead `due` looks without --by"),
    "thank_you_days": Entry(_number, "days from an ask to the promise of thanks; 0 makes none"),
    "first_day_of_week": Entry(_week_start, "in `stats`: " + " or ".join(WeekStart)),
    **{f"cadence.{kind}": Entry(_cadence) for kind in CADENCES},
    **{f"backups.{period}": Entry(_number) for period in Keeping._fields},
}


def database_path() -> Path:
    """Where the contacts are unless something says otherwise."""
    return Path(places.database())


def config_path() -> Path:
    """Where the settings file is, or would be."""
    return Path(places.configuration())


def load(path: Path) -> Settings:
    """The settings of a file; BadValueError as of read."""
    return settings_of(read(path))


def read(path: Path) -> dict[str, Any]:
    """What the file sets, by key; BadValueError names the key that is wrong and what it may be."""
    content = content_of(path)
    if content is None:
        return {}
    try:
        return parse(content)
    except BadValueError as error:
        raise BadValueError(f"{path}: {error.sentence}", error.hint) from None


def content_of(path: Path) -> bytes | None:
    """What is in the settings file, None if there is none; BadValueError if it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadValueError(f"{path} cannot be read: {reason(error)}") from None


def parse(content: bytes) -> dict[str, Any]:
    """What a settings file sets, by key; BadValueError as of read, without the path."""
    # Only those who have a settings file pay for the parser.
    import tomllib  # noqa: PLC0415

    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadValueError(f"this is not TOML: {error}") from None
    found: dict[str, object] = {}
    for key, value in document.items():
        if key in TABLES and isinstance(value, dict):
            found |= {f"{key}.{name}": one for name, one in value.items()}
        else:
            found[key] = value
    return {key: _value(key, value) for key, value in found.items()}


def settings_of(values: dict[str, Any]) -> Settings:
    """The settings with these values, by key, and the defaults of all others."""
    usual = Settings()
    every = usual.by_key() | values
    return usual._replace(
        cadences={kind: every[f"cadence.{kind}"] for kind in CADENCES},
        backups=Keeping(*(every[f"backups.{period}"] for period in Keeping._fields)),
        **{key: value for key, value in values.items() if "." not in key},
    )


def _value(key: str, value: object) -> Any:
    if key in TABLES:
        raise BadValueError(f"{key} is not a table", f"try [{key}] and its settings below it")
    if key not in ENTRIES:
        table = key.partition(".")[0]
        there = [one for one in ENTRIES if one.startswith(f"{table}.")] or [
            *(one for one in ENTRIES if "." not in one),
            *(f"[{one}]" for one in TABLES),
        ]
        raise BadValueError(f'there is no setting "{key}"', f"there are: {', '.join(there)}")
    try:
        return ENTRIES[key].read(value)
    except BadValueError as error:
        raise BadValueError(f"{key}: {error.sentence}", error.hint) from None
