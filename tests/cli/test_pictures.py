"""Tables, cards and charts as terminals of several widths show them.

A file of pictures/ has the output of one command at each width. Two of the files, network.txt and
wide.txt, have the commands that create the two networks. After an intended change, run
`pytest tests/cli/test_pictures.py --redraw` and check the result with `git diff`.
"""

import re
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from rich.cells import cell_len

from netkeep.cli.app import run
from netkeep.output.tables import STATE_STYLES
from tests.cli.terminal import Terminal, ending
from tests.conftest import change, set_up_environment

PICTURES = Path(__file__).parent / "pictures"
WIDTHS = (60, 80, 120)
EVERY = 4  # one command of so many is tested in a run that is not thorough
COMMANDS = {
    "due": "due",
    "due-by": "due --by 2026-12-20",
    "brief": "brief ada",
    "list": "list --status all",
    "show": "show ada",
    "find": "find chess",
    "timeline": "timeline",
    "balance": "balance",
    "stats": "stats",
    "stats-tree": "stats --tree",
    "merge-suggest": "merge --suggest",
    "round-list": "round list",
    "round-show": "round show holidays",
    "me": "me",
    "undo-list": "undo --list 6",
    "restore": "restore",
    "config": "config",
    "doctor": "--db faulty.db doctor -f table",
    "wide-due": "--db wide.db due",
    "wide-brief": "--db wide.db brief 1",
    "wide-list": "--db wide.db list",
    "wide-show": "--db wide.db show 5",
    "wide-find": "--db wide.db find 東京",
    "wide-timeline": "--db wide.db timeline",
    "wide-stats-tree": "--db wide.db stats --tree",
    "wide-round-show": "--db wide.db round show 祝日のご挨拶",
}
COLOUR = re.compile(r"\x1b\[([0-9;]*)m")
# Bold, dim, italic, red, green, magenta and cyan; other colours are hard to read on white or black.
READABLE = {"0", "1", "2", "3", "31", "32", "35", "36"}


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the databases, created once for all pictures."""
    folder = tmp_path_factory.mktemp("networks")
    with pytest.MonkeyPatch.context() as patched:
        set_up_environment(patched, folder)
        patched.chdir(folder)
        for name in ("network", "wide"):
            patched.setenv("NETKEEP_DB", f"{name}.db")
            for line in (PICTURES / f"{name}.txt").read_text().splitlines():
                assert run(shlex.split(line)[1:]) == 0, line
    shutil.copy(folder / "network.db", folder / "faulty.db")
    change(folder / "faulty.db", "UPDATE contact SET due_on = '2099-01-01' WHERE id = 2")
    change(folder / "network.db", "UPDATE change SET at = '2026-11-23T08:12:03+00:00'")
    make_backups(folder / "network.db-backups")
    return folder


def make_backups(folder: Path) -> None:
    """Create files with the names and sizes of backups, so that the list is always the same."""
    shutil.rmtree(folder)
    folder.mkdir()
    for name, size in (
        ("20261121T070000Z-daily.db", 164_000),
        ("20261122T081203Z-import.db", 1_200_000),
        ("20261123T093000Z-manual.db", 172_000),
    ):
        (folder / name).write_bytes(bytes(size))


@pytest.fixture(autouse=True)
def _use_networks(networks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(networks)
    monkeypatch.delenv("COLUMNS")
    monkeypatch.setenv("NETKEEP_DB", "network.db")


def printed(terminal: Terminal, command: str, width: int) -> str:
    """Return what a command prints on a terminal of this width."""
    text, code = ending(terminal.run(*shlex.split(command), width=width))
    assert code == (1 if "doctor" in command else 0), text
    return text


def picture(command: str, outputs: Mapping[int, str]) -> str:
    """Return the content of a picture file: the output at each width below a separator."""
    title = f"$ netkeep {command}\n"
    return title + "".join(f"\n{f' {width} ':-^{width}}\n{text}" for width, text in outputs.items())


def read_picture(name: str) -> Mapping[int, str]:
    """Return the outputs in a picture file by width."""
    _, *parts = re.split(r"\n-+ (\d+) -+\n", (PICTURES / f"{name}.txt").read_text())
    return {int(width): text for width, text in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.parametrize("name", COMMANDS)
def test_output_equals_picture(
    name: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, redraw: bool, thorough: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    command = COMMANDS[name]
    widths = WIDTHS if redraw or thorough else WIDTHS[:1]
    outputs = {width: printed(terminal, command, width) for width in widths}
    if redraw:
        (PICTURES / f"{name}.txt").write_text(picture(command, outputs))
    drawn = read_picture(name)
    assert picture(command, outputs) == picture(command, {width: drawn[width] for width in widths})


@pytest.mark.parametrize("name", COMMANDS)
def test_picture_fits_its_width_and_shows_every_contact(name: str) -> None:
    outputs = read_picture(name)
    assert tuple(outputs) == WIDTHS
    widest = outputs[WIDTHS[-1]]
    for width, text in outputs.items():
        assert max(cell_len(line) for line in text.splitlines()) <= width
        assert all(character.isprintable() or character in "\n\u200d" for character in text)
        if name != "undo-list":  # which cuts each change off at the width
            assert text.count("…") == widest.count("…")
            assert headers_and_ids(text) == headers_and_ids(widest)


def headers_and_ids(text: str) -> list[str]:
    """Return the headers of the columns that identify contacts, and the ids of all contacts."""
    return re.findall(r"^id  name|^name|^ *\d+(?=  \S)|\(#\d+", text, re.MULTILINE)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Test special terminals with every command in a thorough run, else with some of them."""
    if "any_command" in metafunc.fixturenames:
        every = 1 if metafunc.config.getoption("--thorough") else EVERY
        metafunc.parametrize("any_command", list(COMMANDS)[::every])


def test_coloured_and_dumb_terminals_show_same_text(
    any_command: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, thorough: bool
) -> None:
    for width in WIDTHS if thorough else (60,):
        text = read_picture(any_command)[width]
        coloured = printed(terminal, COMMANDS[any_command], width)
        assert COLOUR.sub("", coloured) == text
        assert {code for codes in COLOUR.findall(coloured) for code in codes.split(";")} <= READABLE
        with monkeypatch.context() as patched:
            patched.setenv("TERM", "dumb")
            assert printed(terminal, COMMANDS[any_command], width) == text


def test_ascii_terminal_gets_ascii_only(
    any_command: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, thorough: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    for width in WIDTHS if thorough else (60,):
        outputs = []
        for variable, value in (("LC_ALL", "C"), ("PYTHONIOENCODING", "ascii")):
            with monkeypatch.context() as patched:
                patched.setenv(variable, value)
                outputs.append(printed(terminal, COMMANDS[any_command], width))
        text, same = outputs
        assert text == same
        assert text.isascii()
        assert all(character.isprintable() or character == "\n" for character in text)
        assert max(map(len, text.splitlines())) <= width


def test_state_colours_are_readable_on_white_and_black() -> None:
    colours = {name for style in STATE_STYLES.values() for name in style.split()}
    assert colours <= {"bold", "dim", "red", "green", "magenta", "cyan"}
