"""config.toml: its settings, and how mistakes in it are reported."""

import os
import socket
from collections.abc import Callable
from contextlib import chdir
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import Configure, Fails, Netkeep, Process
from tests.test_architecture import modules_loaded_by


def test_changed_defaults_apply_to_new_contacts_only(
    netkeep: Netkeep, configure: Configure
) -> None:
    netkeep("add", "Ada", "-k", "friend")
    configure('follow_up_days = 5\n[cadence]\nfriend = "3 weeks"\nclient = "none"\n')
    assert netkeep("add", "Bea", "-k", "friend").out == (
        "Added Bea (#2): friend, every 3 weeks. First due: 28 Nov 2026.\n"
    )
    assert "no cadence" in netkeep("add", "Cleo", "-k", "client").out
    assert "every 2 months" in netkeep("add", "Dot", "-k", "mentor").out
    assert netkeep("show", "ada", "-f", "json").json["cadence"] == "2 months"


def test_daily_cap_limits_the_list(netkeep: Netkeep, configure: Configure) -> None:
    configure("daily_cap = 1\n")
    for name in ("Ada", "Bea"):
        netkeep("add", name, "--last", "2026-01-01")
    assert netkeep("due", "-f", "table", err=None).out.count("late") == 1


def test_xdg_variables_move_the_files(
    netkeep: Netkeep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    netkeep("add", "Ada")
    assert (tmp_path / "netkeep" / "netkeep.db").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "daily_cup = 1",
            'there is no setting "daily_cup"\n  the settings are: database, follow_up_days, ',
        ),
        ("daily_cap = -1", 'daily_cap: "-1" is not a whole number from 0 to 1,000'),
        ("daily_cap = true", 'daily_cap: "True" is not a whole number from 0 to 1,000'),
        ("[daily_cap]\nx = 1", "is not a whole number from 0 to 1,000"),
        ('follow_up_days = "2"', 'follow_up_days: "2" is not a whole number'),
        ("soon_days = 1_001", 'soon_days: "1001" is not a whole number'),
        ("cadence = 3", "cadence is not a table"),
        (
            '[cadence]\nfoe = "1m"',
            'there is no setting "cadence.foe"\n  the settings are: cadence.friend, ',
        ),
        ('[cadence]\nfriend = "often"', 'cadence.friend: "often" is not a length of time'),
        ("[cadence]\nfriend = 3", 'cadence.friend: "3" is not a length of time'),
        ("[backups]\ndays = 1.5", 'backups.days: "1.5" is not a whole number from 0 to 1,000'),
        ("[backups]\nyears = 1", "the settings are: backups.days, backups.weeks, backups.months"),
        ('"foe.x" = 1', 'there is no setting "foe.x"\n  the settings are: database, '),
        ("first_day_of_week = []", '"[]" is not one of monday, sunday, saturday'),
        ('first_day_of_week = "friday"', '"friday" is not one of monday, sunday, saturday'),
        ("database = 1", 'database: "1" is not an absolute path'),
        ('database = "netkeep.db"', 'database: "netkeep.db" is not an absolute path'),
        ('database = "/x\\u0000"', "database: the path is not valid text"),
        ("not toml", "is not TOML"),
        ('x = "\udcff"', "is not TOML"),
        (f"x = {'[' * 10_000}", "is not TOML"),
    ],
)
def test_mistake_is_reported_with_its_key(
    fails: Fails, configure: Configure, text: str, said: str
) -> None:
    configure("").write_bytes(text.encode(errors="surrogateescape"))
    assert said in fails("add", "Ada", code=2)


def test_byte_order_mark_is_accepted(netkeep: Netkeep, configure: Configure) -> None:
    configure("").write_bytes(b"\xef\xbb\xbfdaily_cap = 3\n")
    netkeep("add", "Ada")


def test_help_and_the_db_option_work_despite_a_mistake(
    netkeep: Netkeep, fails: Fails, configure: Configure
) -> None:
    netkeep("add", "Ada", "--last", "2026-01-01")
    path = configure("not toml")
    netkeep("due", "--help")
    assert netkeep("--db", str(path.with_name("other.db")), "list", err=None).out == ""
    # Without --db, the settings could name the file.
    assert "is not TOML" in fails("due", code=2)


def test_option_wins_over_variable_and_variable_over_setting_of_the_database(
    netkeep: Netkeep, configure: Configure, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure('database = "~/people/mine.db"\n')
    netkeep("add", "Ada")
    assert (home / "people/mine.db").exists()
    netkeep("--db", str(home / "option.db"), "add", "Bea")
    assert netkeep("list", "-f", "json").names == ["Ada"]
    monkeypatch.setenv("NETKEEP_DB", str(home / "variable.db"))
    netkeep("add", "Cleo")
    assert netkeep("--db", str(home / "option.db"), "list", "-f", "json").names == ["Bea"]
    assert netkeep("list", "-f", "json").names == ["Cleo"]


def test_soon_days_sets_how_far_due_looks_ahead(netkeep: Netkeep, configure: Configure) -> None:
    netkeep("add", "Ada", "-e", "2w", "--last", "2026-11-16")
    netkeep("add", "Bea", "-e", "2w", "--last", "2026-11-17")
    configure("soon_days = 7\n")
    (soon,) = netkeep("due", "-f", "json").json
    assert (soon["name"], soon["state"]) == ("Ada", "soon")
    assert netkeep("due", "--by", "today").out == ""
    assert len(netkeep("due", "--by", "in 2 weeks", "-f", "json").json) == 2
    # These count those due today only.
    assert netkeep("due", "--count").out == "0\n"
    assert netkeep("due", "--check").out == ""
    assert netkeep("due", "--oneline").out == ""


def test_settings_limit_the_number_of_backups(
    netkeep: Netkeep, configure: Configure, database: Path
) -> None:
    netkeep("add", "Ada")
    folder = database.with_name("netkeep.db-backups")

    def make_a_year_of_backups() -> None:
        netkeep("backup")
        (newest, *_) = sorted(folder.iterdir(), reverse=True)
        for day in range(1, 365):
            at = datetime.now(UTC) - timedelta(days=day)
            (folder / f"{at:%Y%m%dT%H%M%SZ}-daily.db").write_bytes(newest.read_bytes())

    configure("[backups]\ndays = 20\nweeks = 0\nmonths = 0\n")
    make_a_year_of_backups()
    netkeep("backup")
    assert len({one.name[:8] for one in folder.iterdir()}) == 20
    make_a_year_of_backups()
    netkeep("log", "ada")
    assert len({one.name[:8] for one in folder.iterdir()}) == 20


def test_toml_parser_is_loaded_only_with_a_config_file(configure: Configure) -> None:
    assert "tomllib" not in modules_loaded_by("due")
    configure("daily_cap = 3\n")
    assert "tomllib" in modules_loaded_by("due")


def test_home_that_is_no_folder_has_no_settings(
    netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/dev/null")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/dev/null")
    assert "daily_cap\t10\tdefault" in netkeep("config").out


@pytest.mark.parametrize("url", ["postgresql://localhost/netkeep", "sqlite:///people.db"])
def test_url_is_refused_as_database(
    netkeep: Netkeep,
    fails: Fails,
    configure: Configure,
    process: Process,
    url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = f'"{url}" is a URL, but the database is a file\n  name a file, such as ~/netkeep.db\n'
    assert fails("--db", url, "list", code=2) == f"netkeep: {said}"
    monkeypatch.setenv("NETKEEP_DB", url)
    assert fails("add", "Ada", code=2) == f"netkeep: {said}"
    assert process("prompt").returncode == 2
    assert process("--complete-names", "a", "people").stdout == b""
    monkeypatch.delenv("NETKEEP_DB")
    path = configure(f'database = "{url}"\n')
    assert fails("list", code=2) == f"netkeep: {path}: database: {said}"
    assert netkeep("--db", "n.db", "list", err=None).out == ""


def make_folder(path: Path) -> None:
    path.mkdir()


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server, chdir(path.parent):
        server.bind(path.name)  # the path of a socket has 103 bytes at most


@pytest.mark.parametrize("make", [make_folder, os.mkfifo, make_socket])
def test_settings_file_that_is_no_file_is_refused(
    config: Path, fails: Fails, make: Callable[[Path], None]
) -> None:
    config.parent.mkdir(parents=True)
    make(config)
    said = f"netkeep: {config} is not a file\n  remove it, or replace it with a file\n"
    for command in (["config"], ["due"], ["add", "Ada"]):
        assert fails(*command, code=2) == said
