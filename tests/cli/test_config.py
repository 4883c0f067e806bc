"""config: what is set and by what, and setting it without breaking it."""

import stat
from pathlib import Path

import pytest

from netkeep.settings import Settings, database_path, load
from tests.cli.editor import Editor
from tests.cli.terminal import Terminal, ending
from tests.conftest import Configure, Fails, Netkeep


def sources(netkeep: Netkeep, *options: str) -> dict[str, tuple[object, str]]:
    shown = netkeep(*options, "config", "-f", "json").json
    return {one["name"]: (one["value"], one["source"]) for one in shown}


def test_every_setting_is_shown_with_what_says_so(
    netkeep: Netkeep, configure: Configure, database: Path
) -> None:
    usual = sources(netkeep)
    assert list(usual) == list(Settings().by_key())
    assert {source for _, source in usual.values()} == {"default"}
    assert usual["database"][0] == str(database)
    configure('daily_cap = 10\n[cadence]\nfriend = "none"\n[backups]\ndays = 3\n')
    shown = sources(netkeep)
    assert {name: one for name, one in shown.items() if one[1] != "default"} == {
        "daily_cap": (10, "config.toml"),
        "cadence.friend": ("none", "config.toml"),
        "backups.days": (3, "config.toml"),
    }


def test_the_table_is_for_people(netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    lines = netkeep("config", "-f", "table").out.splitlines()
    assert lines[3].split() == ["follow_up_days", "2", "default"]
    assert netkeep("config").out.splitlines()[1] == "follow_up_days\t2\tdefault"


def test_the_file_in_use_has_four_sources(
    netkeep: Netkeep, configure: Configure, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sources(netkeep)["database"][1] == "default"
    configure('database = "~/mine.db"\n')
    assert sources(netkeep)["database"] == (str(home / "mine.db"), "config.toml")
    monkeypatch.setenv("NETKEEP_DB", "/tmp/x.db")
    assert sources(netkeep)["database"] == ("/tmp/x.db", "NETKEEP_DB")
    assert sources(netkeep, "--db", "/tmp/y.db")["database"] == ("/tmp/y.db", "--db")


def test_a_mistake_in_the_file_is_said_and_where_it_is_can_be_asked(
    netkeep: Netkeep, fails: Fails, configure: Configure, config: Path
) -> None:
    configure("daily_cap = 5000\n")
    assert fails("config", code=2) == (
        f'netkeep: {config}: daily_cap: "5000" is not a whole number from 0 to 1,000\n'
    )
    assert netkeep("config", "--path").out == f"{config}\n"
    fails("config", "--path", "--edit", code=2)


def test_the_first_time_every_setting_is_there_to_be_set(
    netkeep: Netkeep, editor: Editor, config: Path
) -> None:
    editor.does("")
    assert netkeep("config", "--edit").out == "Nothing was changed.\n"
    assert not config.exists()
    editor.does('sed -i "s/^#//" "$1"; sed -i 1d "$1"')
    assert netkeep("config", "--edit").out == f"Saved {config}: database {database_path()}.\n"
    assert load(config) == Settings(database=database_path())
    assert set(sources(netkeep).values()) == {
        (value, "config.toml") for value, _ in sources(netkeep).values()
    }
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert list(editor.drafts.iterdir()) == []


def test_what_is_set_is_said_and_the_rest_of_the_file_stays(
    netkeep: Netkeep, editor: Editor, configure: Configure, config: Path
) -> None:
    configure("# mine\r\ndaily_cap = 4\r\n")
    config.chmod(0o644)
    editor.does('sed -i "s/4/5/" "$1"; printf "[cadence]\\nfriend = \\"3w\\"\\n" >>"$1"')
    assert netkeep("config", "--edit").out == (
        f"Saved {config}: daily_cap 5; cadence.friend 3 weeks.\n"
    )
    assert config.read_bytes() == b'# mine\r\ndaily_cap = 5\r\n[cadence]\nfriend = "3w"\n'
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    editor.does('echo "# more" >>"$1"')
    assert netkeep("config", "--edit").out == f"Saved {config}.\n"


def test_a_mistake_leaves_the_file_and_keeps_what_was_written(
    fails: Fails, editor: Editor, configure: Configure, config: Path
) -> None:
    configure("daily_cap = 4\n")
    editor.writes('first_day_of_week = "friday"\n')
    err = fails("config", "--edit", code=2)
    (draft,) = editor.kept
    assert err == (
        'netkeep: first_day_of_week: "friday" is not one of monday, sunday, saturday\n'
        f"  what you wrote is kept in {draft}\n"
    )
    assert draft.read_text() == 'first_day_of_week = "friday"\n'
    assert config.read_text() == "daily_cap = 4\n"


def test_a_broken_file_can_be_mended(
    netkeep: Netkeep, editor: Editor, configure: Configure, config: Path
) -> None:
    configure("")
    config.write_bytes(b"daily_cap = \xff\n")
    editor.writes("daily_cap = 4\n")
    assert netkeep("config", "--edit").out == f"Saved {config}: daily_cap 4.\n"


def test_a_link_to_the_file_stays_one(
    netkeep: Netkeep, editor: Editor, config: Path, tmp_path: Path
) -> None:
    real = tmp_path / "dotfiles/netkeep.toml"
    config.parent.mkdir(parents=True)
    config.symlink_to(real)
    editor.writes("daily_cap = 4\n")
    netkeep("config", "--edit")
    assert config.is_symlink()
    assert real.read_text() == "daily_cap = 4\n"


def test_a_file_that_another_one_changes_meanwhile_is_left_alone(
    fails: Fails, editor: Editor, configure: Configure, config: Path
) -> None:
    configure("daily_cap = 4\n")
    editor.does(f'echo "daily_cap = 5" >"$1"; echo "daily_cap = 6" >"{config}"')
    assert "was changed meanwhile\n  what you wrote is kept in " in fails(
        "config", "--edit", code=2
    )
    assert config.read_text() == "daily_cap = 6\n"


def test_a_file_that_cannot_be_written_loses_nothing(
    fails: Fails, editor: Editor, home: Path
) -> None:
    (home / ".config").write_text("")
    editor.writes("daily_cap = 4\n")
    fails("config", "--edit", code=2)
    (home / ".config").unlink()
    editor.does(f'echo "daily_cap = 4" >"$1"; echo >"{home}/.config"')
    err = fails("config", "--edit", code=2)
    assert editor.kept[0].read_text() == "daily_cap = 4\n"
    assert "what you wrote is kept in" in err


def test_without_an_editor_or_a_terminal_it_is_said(fails: Fails) -> None:
    assert fails("config", "--edit", code=1) == (
        "netkeep: there is no editor here\n  the editor is the one that VISUAL or EDITOR names\n"
    )


def test_on_a_terminal_a_mistake_can_be_put_right(
    terminal: Terminal, editor: Editor, config: Path
) -> None:
    editor.does(
        'if grep -q fortnightly "$1"; then sed -i "s/fortnightly/3w/" "$1";'
        ' else printf "[cadence]\\nfriend = \\"fortnightly\\"\\n" >"$1"; fi'
    )
    child = terminal.run("config", "--edit")
    child.expect_exact('cadence.friend: "fortnightly" is not a length of time; try 10d')
    child.expect_exact("Edit it again? [y/N]: ")
    child.sendline("y")
    out, code = ending(child)
    assert code == 0
    assert out.replace("\n", "").endswith(f"Saved {config}: cadence.friend 3 weeks.")
    assert config.read_text() == '[cadence]\nfriend = "3w"\n'


@pytest.mark.parametrize(("said", "code"), [("\n", 2), ("\x04", 130), ("\x03", 130)])
def test_a_mistake_nobody_wants_to_put_right_is_kept(
    terminal: Terminal, editor: Editor, config: Path, said: str, code: int
) -> None:
    editor.writes("daily_cap = -1\n")
    child = terminal.run("config", "--edit")
    child.expect_exact("Edit it again? [y/N]: ")
    child.send(said)
    out, ended = ending(child)
    assert ended == code
    assert f"what you wrote is kept in {editor.kept[0]}" in out
    assert not config.exists()
