"""One of the settings, as `config` shows it."""

from typing import NamedTuple


class Setting(NamedTuple):
    """What it is called in the file, what it is, and what says so."""

    name: str
    value: str | int
    source: str
