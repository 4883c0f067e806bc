"""config.toml: what may be set, and what is said of a mistake."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Netkeep

Fails = Callable[..., str]


@pytest.fixture
def configure(home: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = home / ".config/netkeep/config.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write


Configure = Callable[[str], Path]


def test_a_default_is_for_those_who_come_after(netkeep: Netkeep, configure: Configure) -> None:
    netkeep("add", "Ada", "-k", "friend")
    configure('follow_up_days = 5\n[cadence]\nfriend = "3 weeks"\nclient = "none"\n')
    assert netkeep("add", "Bea", "-k", "friend").out == (
        "Added Bea (#2): friend, every 3 weeks. Next: 28 Nov 2026.\n"
    )
    assert "no cadence" in netkeep("add", "Cleo", "-k", "client").out
    assert "every 2 months" in netkeep("add", "Dot", "-k", "mentor").out
    assert netkeep("show", "ada", "-f", "json").json["cadence"] == "2 months"


def test_the_daily_share_can_be_set(netkeep: Netkeep, configure: Configure) -> None:
    configure("daily_cap = 1\n")
    for name in ("Ada", "Bea"):
        netkeep("add", name, "--last", "2026-01-01")
    assert netkeep("due", "-f", "table", err=None).out.count("late") == 1


def test_the_file_may_be_somewhere_else(
    netkeep: Netkeep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    netkeep("add", "Ada")
    assert (tmp_path / "netkeep" / "netkeep.db").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("daily_cup = 1", 'there is no setting "daily_cup"'),
        ("daily_cap = -1", "daily_cap is not a whole number from 0 to 1,000"),
        ("daily_cap = true", "daily_cap is not a whole number"),
        ('follow_up_days = "2"', "follow_up_days is not a whole number"),
        ("cadence = 3", "cadence is not a table"),
        ('[cadence]\nfoe = "1m"', 'there is no kind "foe"'),
        ('[cadence]\nfriend = "often"', 'cadence.friend: "often" is not a length of time'),
        ("[cadence]\nfriend = 3", 'cadence.friend: "3" is not a length of time'),
        ("not toml", "is not TOML"),
        ('x = "\udcff"', "is not TOML"),
    ],
)
def test_a_mistake_is_one_line_with_the_key(
    fails: Fails, configure: Configure, text: str, said: str
) -> None:
    configure("").write_bytes(text.encode(errors="surrogateescape"))
    assert said in fails("add", "Ada", code=2)


def test_a_folder_in_its_place_is_said(fails: Fails, configure: Configure) -> None:
    path = configure("")
    path.unlink()
    path.mkdir()
    assert "config.toml cannot be read: is a directory" in fails("add", "Ada", code=2)


def test_help_and_scripts_do_not_trip_over_a_mistake(
    netkeep: Netkeep, configure: Configure
) -> None:
    configure("not toml")
    netkeep("due", "--help")
    netkeep("due", err=None)
