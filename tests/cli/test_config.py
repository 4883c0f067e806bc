"""config: every setting, its value and its source."""

from pathlib import Path

import pytest

from netkeep.config import Settings
from tests.conftest import Configure, Fails, Netkeep


def sources(netkeep: Netkeep, *options: str) -> dict[str, tuple[object, str]]:
    shown = netkeep(*options, "config", "-f", "json").json
    return {one["name"]: (one["value"], one["source"]) for one in shown}


def test_config_shows_every_setting_with_its_source(
    netkeep: Netkeep, configure: Configure, database: Path
) -> None:
    defaults = sources(netkeep)
    assert list(defaults) == list(Settings().by_key())
    assert {source for _, source in defaults.values()} == {"default"}
    assert defaults["database"][0] == str(database)
    configure('daily_cap = 10\n[cadence]\nfriend = "none"\n[backups]\ndays = 3\n')
    shown = sources(netkeep)
    assert {name: one for name, one in shown.items() if one[1] != "default"} == {
        "daily_cap": (10, "config.toml"),
        "cadence.friend": ("none", "config.toml"),
        "backups.days": (3, "config.toml"),
    }


def test_config_prints_table_and_tsv(netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    lines = netkeep("config", "-f", "table").out.splitlines()
    assert lines[3].split() == ["follow_up_days", "2", "default"]
    assert netkeep("config").out.splitlines()[1] == "follow_up_days\t2\tdefault"


def test_database_setting_has_four_sources(
    netkeep: Netkeep, configure: Configure, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sources(netkeep)["database"][1] == "default"
    configure('database = "~/mine.db"\n')
    assert sources(netkeep)["database"] == (str(home / "mine.db"), "config.toml")
    monkeypatch.setenv("NETKEEP_DB", "/tmp/x.db")
    assert sources(netkeep)["database"] == ("/tmp/x.db", "NETKEEP_DB")
    assert sources(netkeep, "--db", "/tmp/y.db")["database"] == ("/tmp/y.db", "--db")


def test_mistake_is_reported_with_the_path_of_the_file(
    netkeep: Netkeep, fails: Fails, configure: Configure, config: Path
) -> None:
    configure("daily_cap = 5000\n")
    assert fails("config", code=2) == (
        f'netkeep: {config}: daily_cap: "5000" is not a whole number from 0 to 1,000\n'
    )
    assert netkeep("config", "--path").out == f"{config}\n"
