"""The paths of the files, and the settings in config.toml. No other module knows these."""

import os
import stat
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from netkeep.domain.contact import Kind
from netkeep.domain.days import Length, WeekStart, parse_cadence
from netkeep.domain.maintenance import Retention
from netkeep.domain.text import parse_line
from netkeep.errors import BadValueError, reason

APP_NAME = "netkeep"
NUMBER_LIMIT = 1_000  # of every setting that is a number

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


class SyncSettings(NamedTuple):
    """The folders of `sync`, and the command that carries them between computers, if any."""

    contacts: Path | None = None
    history: Path | None = None
    tasks: Path | None = None
    carry: tuple[str, ...] = ()


class Settings(NamedTuple):
    """What users can set, with the defaults."""

    database: Path | None = None  # None: default_database()
    follow_up_days: int = 2
    daily_cap: int = 10
    soon_days: int = 0
    thank_you_days: int = 3
    first_day_of_week: WeekStart = WeekStart.monday
    me: tuple[str, ...] = ()  # the keys of your own addresses and profile URLs
    cadences: Mapping[Kind, Length | None] = CADENCES
    backups: Retention = Retention()
    sync: SyncSettings = SyncSettings()

    def by_key(self) -> dict[str, Any]:
        """Return each value by its key in the file: `daily_cap`, `cadence.friend`."""
        values = self._asdict()
        cadences, backups, sync = (values.pop(name) for name in ("cadences", "backups", "sync"))
        values |= {f"cadence.{kind}": cadence for kind, cadence in cadences.items()}
        values |= {f"backups.{period}": count for period, count in backups._asdict().items()}
        return values | {f"sync.{name}": value for name, value in sync._asdict().items()}


def default_database() -> Path:
    """Return the path of the database that is used unless the user names another."""
    return _user_folder("data", "XDG_DATA_HOME", ".local/share") / f"{APP_NAME}.db"


def config_path() -> Path:
    """Return the path of the settings file, which need not exist."""
    return _user_folder("config", "XDG_CONFIG_HOME", ".config") / "config.toml"


def find_database(named: str | None) -> Path:
    """Return the path of the database: the given one, else that of the settings or the default.

    Raise BadValueError if a URL is given, or if the settings are needed and not valid.
    """
    if named is not None:
        _refuse_url(named)
        return expand(named)
    return load(config_path()).database or default_database()


def _refuse_url(text: str) -> None:
    if "://" in text:
        raise BadValueError(
            f'"{text}" is a URL, but the database is a file',
            "name a file, such as ~/netkeep.db",
        )


def expand(path: str) -> Path:
    """Return a typed path, with `~` replaced by the home folder."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - Path raises for an unknown user


def _user_folder(kind: str, variable: str, default: str) -> Path:
    """Return netkeep's folder, the same as platformdirs does.

    On Linux follow the XDG Base Directory Specification without importing platformdirs, which takes
    as long as Python itself to start (14 ms).
    https://specifications.freedesktop.org/basedir-spec/latest/
    """
    home = os.environ.get("HOME", "")
    if sys.platform == "linux" and "ANDROID_ROOT" not in os.environ and home.startswith("/"):
        chosen = os.environ.get(variable, "")
        return (Path(chosen) if chosen.startswith("/") else Path(home, default)) / APP_NAME
    import platformdirs

    folders = {"data": platformdirs.user_data_path, "config": platformdirs.user_config_path}
    return folders[kind](APP_NAME, appauthor=False)


def load(path: Path) -> Settings:
    """Return the settings in a file, with the defaults of those that are not in it.

    Raise BadValueError, which names the wrong key and what it may be.
    """
    return settings_from(read(path))


def read(path: Path) -> dict[str, Any]:
    """Return the values set in a file, by key; raise BadValueError as load does."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # reading a pipe would wait for a writer
            raise BadValueError(f"{path} is not a file", "remove it, or replace it with a file")
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):  # such as below a home of /dev/null
        return {}
    except OSError as error:
        raise BadValueError(f"{path} cannot be read: {reason(error)}") from None
    try:
        return _parse(content)
    except BadValueError as error:
        raise BadValueError(f"{path}: {error.sentence}", error.hint) from None


def settings_from(values: Mapping[str, Any]) -> Settings:
    """Return the settings with these values, by key, and the defaults of all others."""
    all_values = {**Settings().by_key(), **values}
    return Settings(
        cadences={kind: all_values[f"cadence.{kind}"] for kind in CADENCES},
        backups=Retention(*(all_values[f"backups.{period}"] for period in Retention._fields)),
        sync=SyncSettings(*(all_values[f"sync.{name}"] for name in SyncSettings._fields)),
        **{key: value for key, value in all_values.items() if "." not in key},
    )


def _parse(content: bytes) -> dict[str, Any]:
    import tomllib  # not needed without a settings file, which most users do not have

    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadValueError(f"this is not TOML: {error}") from None
    found: dict[str, object] = {}
    for key, value in document.items():
        if key in TABLES and isinstance(value, dict):
            found |= {f"{key}.{name}": entry for name, entry in value.items()}
        else:
            found[key] = value
    return {key: _parse_value(key, value) for key, value in found.items()}


def _parse_value(key: str, value: object) -> Any:
    if key in TABLES:
        raise BadValueError(
            f"{key} is not a table", f"write [{key}] on one line, and its settings below"
        )
    if key not in PARSERS:
        table = key.partition(".")[0]
        known = [each for each in PARSERS if each.startswith(f"{table}.")] or [
            *(each for each in PARSERS if "." not in each),
            *(f"[{each}]" for each in TABLES),
        ]
        raise BadValueError(f'there is no setting "{key}"', f"the settings are: {', '.join(known)}")
    try:
        return PARSERS[key](value)
    except BadValueError as error:
        raise BadValueError(f"{key}: {error.sentence}", error.hint) from None


def _parse_path(value: object) -> Path:
    path = expand(parse_line(value, "path") if isinstance(value, str) else "")
    if not path.is_absolute():
        raise BadValueError(f'"{value}" is not an absolute path', 'try "~/netkeep/netkeep.db"')
    return path


def _parse_database(value: object) -> Path:
    if isinstance(value, str):
        _refuse_url(value)
    return _parse_path(value)


def _parse_number(value: object) -> int:
    if type(value) is not int or not 0 <= value <= NUMBER_LIMIT:
        raise BadValueError(f'"{value}" is not a whole number from 0 to {NUMBER_LIMIT:,}')
    return value


def _parse_week_start(value: object) -> WeekStart:
    for start in WeekStart:
        if value == start:
            return start
    raise BadValueError(f'"{value}" is not one of {", ".join(WeekStart)}')


def _parse_own_addresses(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise BadValueError(f'"{value}" is not a list', 'try ["ada@home.example"]')
    from netkeep.domain.correspondence import parse_own_address

    return tuple(parse_own_address(str(each)) for each in value)


def _parse_arguments(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
        raise BadValueError(f"{value} is not a command", 'try ["vdirsyncer", "sync"]')
    return tuple(value)


TABLES = ("cadence", "backups", "sync")
PARSERS: Mapping[str, Callable[[object], Any]] = {  # by key; each raises BadValueError
    "database": _parse_database,
    **dict.fromkeys(("follow_up_days", "daily_cap", "soon_days", "thank_you_days"), _parse_number),
    "first_day_of_week": _parse_week_start,
    "me": _parse_own_addresses,
    **{f"cadence.{kind}": lambda value: parse_cadence(str(value)) for kind in CADENCES},
    **{f"backups.{period}": _parse_number for period in Retention._fields},
    **{f"sync.{name}": _parse_path for name in ("contacts", "history", "tasks")},
    "sync.carry": _parse_arguments,
}
