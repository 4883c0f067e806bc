"""The paths of the files: the same as those of platformdirs, which is not loaded on Linux."""

import itertools
import sys
from pathlib import Path

import platformdirs
import pytest

from netkeep import config

FOLDERS = (None, "", "/data", "/data/", "/da ta/../é")
HOMES = (None, "", "/", "/home/ada", "/home/ada/", "ada")


@pytest.mark.parametrize("platform", ["linux", "darwin"])
@pytest.mark.parametrize(("chosen", "home"), list(itertools.product(FOLDERS, HOMES)))
def test_default_paths_are_those_of_platformdirs(
    monkeypatch: pytest.MonkeyPatch, platform: str, chosen: str | None, home: str | None
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    for name, value in (("XDG_DATA_HOME", chosen), ("XDG_CONFIG_HOME", chosen), ("HOME", home)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    data = platformdirs.user_data_path("netkeep", appauthor=False)
    configuration = platformdirs.user_config_path("netkeep", appauthor=False)
    assert config.default_database() == data / "netkeep.db"
    assert config.config_path() == configuration / "config.toml"


@pytest.mark.parametrize("relative", ["data", "~/data"])
def test_relative_folder_is_ignored(monkeypatch: pytest.MonkeyPatch, relative: str) -> None:
    """The XDG Base Directory Specification requires it; older versions of platformdirs do not."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.setenv("XDG_DATA_HOME", relative)
    monkeypatch.setenv("XDG_CONFIG_HOME", relative)
    assert config.default_database() == Path("/home/ada/.local/share/netkeep/netkeep.db")
    assert config.config_path() == Path("/home/ada/.config/netkeep/config.toml")
