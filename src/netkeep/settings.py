"""Where things are, and what config.toml sets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import platformdirs

from netkeep.domain.contact import Kind
from netkeep.domain.lengths import Length, parse_cadence
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

    cadences: Mapping[Kind, Length | None] = CADENCES
    follow_up_days: int = 2
    daily_cap: int = 10
    thank_you_days: int = 3  # from an ask; 0: nobody is reminded


NUMBERS = tuple(name for name, usual in Settings()._asdict().items() if type(usual) is int)


def database_path() -> Path:
    """Where the contacts are unless --db or NETKEEP_DB says otherwise."""
    return platformdirs.user_data_path("netkeep", appauthor=False) / "netkeep.db"


def config_path() -> Path:
    """Where the settings file is, or would be."""
    return platformdirs.user_config_path("netkeep", appauthor=False) / "config.toml"


def load(path: Path) -> Settings:
    """Read the settings file; BadValueError names the key that is wrong and what it may be."""
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise BadValueError(f"{path} cannot be read: {reason(error)}") from None
    # Only those who have a settings file pay for the parser.
    import tomllib  # noqa: PLC0415

    try:
        table = tomllib.loads(text.decode())
    except ValueError as error:
        raise BadValueError(f"{path} is not TOML: {error}") from None
    try:
        return _read(table)
    except BadValueError as error:
        raise BadValueError(f"{path}: {error.sentence}", error.hint) from None


def _read(table: dict[str, object]) -> Settings:
    cadences = table.pop("cadence", {})
    if not isinstance(cadences, dict):
        raise BadValueError("cadence is not a table", 'try [cadence] and below it friend = "2m"')
    numbers: dict[str, int] = {}
    for key, value in table.items():
        if key not in NUMBERS:
            raise BadValueError(
                f'there is no setting "{key}"', f"there are: [cadence], {', '.join(NUMBERS)}"
            )
        if type(value) is not int or not 0 <= value <= NUMBER_LIMIT:
            raise BadValueError(f"{key} is not a whole number from 0 to {NUMBER_LIMIT:,}")
        numbers[key] = value
    return Settings(cadences={**CADENCES, **_cadences(cadences)}, **numbers)


def _cadences(table: dict[str, object]) -> dict[Kind, Length | None]:
    cadences = {}
    for name, value in table.items():
        if name not in set(Kind):
            raise BadValueError(f'there is no kind "{name}"', f"there are: {', '.join(Kind)}")
        try:
            cadences[Kind(name)] = parse_cadence(str(value))
        except BadValueError as error:
            raise BadValueError(f"cadence.{name}: {error.sentence}", error.hint) from None
    return cadences
