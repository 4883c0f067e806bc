"""What people see, in terminals of every width: tables, cards and charts, drawn to be looked at.

Each file of pictures/ has what one command prints at every width, and the two networks it is asked
of. After a change that is meant to show: `pytest tests/cli/test_pictures.py --redraw`, and look at
what `git diff` says of it.
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
from tests.conftest import change, move

PICTURES = Path(__file__).parent / "pictures"
WIDTHS = (60, 80, 120)
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
    "doctor": "--db amiss.db doctor -f table",
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
# Bold, dim, italic, red, green, magenta and cyan: what is none of them is hard to read on white,
# or on black.
READABLE = {"0", "1", "2", "3", "31", "32", "35", "36"}


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that are asked, made once for all pictures."""
    folder = tmp_path_factory.mktemp("networks")
    with pytest.MonkeyPatch.context() as patched:
        move(patched, folder)
        patched.chdir(folder)
        for name in ("network", "wide"):
            patched.setenv("NETKEEP_DB", f"{name}.db")
            for line in (PICTURES / f"{name}.txt").read_text().splitlines():
                assert run(shlex.split(line)[1:]) == 0, line
    shutil.copy(folder / "network.db", folder / "amiss.db")
    change(folder / "amiss.db", "UPDATE contact SET due_on = '2099-01-01' WHERE id = 2")
    change(folder / "network.db", "UPDATE change SET at = '2026-11-23T08:12:03+00:00'")
    make_backups(folder / "network.db-backups")
    return folder


def make_backups(folder: Path) -> None:
    """Backups of certain days and sizes, which are listed by their names."""
    shutil.rmtree(folder)
    folder.mkdir()
    for name, octets in (
        ("20261121T070000Z-daily.db", 164_000),
        ("20261122T081203Z-import.db", 1_200_000),
        ("20261123T093000Z-manual.db", 172_000),
    ):
        (folder / name).write_bytes(bytes(octets))


@pytest.fixture(autouse=True)
def _asked_of_the_networks(networks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(networks)
    monkeypatch.delenv("COLUMNS")
    monkeypatch.setenv("NETKEEP_DB", "network.db")


def printed(terminal: Terminal, command: str, width: int) -> str:
    """What a command prints on a terminal of this width."""
    text, code = ending(terminal.run(*shlex.split(command), width=width))
    assert code == (1 if "doctor" in command else 0), text
    return text


def picture(command: str, prints: Mapping[int, str]) -> str:
    """What a command prints, below a line that says how wide the terminal is."""
    title = f"$ netkeep {command}\n"
    return title + "".join(f"\n{f' {width} ':-^{width}}\n{text}" for width, text in prints.items())


def drawn(name: str) -> Mapping[int, str]:
    """What a command printed when its picture was drawn."""
    _, *parts = re.split(r"\n-+ (\d+) -+\n", (PICTURES / f"{name}.txt").read_text())
    return {int(width): text for width, text in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_prints_its_picture(
    name: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, redraw: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    command = COMMANDS[name]
    now = picture(command, {width: printed(terminal, command, width) for width in WIDTHS})
    file = PICTURES / f"{name}.txt"
    if redraw:
        file.write_text(now)
    assert now == file.read_text()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_picture_fits_its_terminal_and_leaves_nobody_out(name: str) -> None:
    prints = drawn(name)
    assert tuple(prints) == WIDTHS
    widest = prints[WIDTHS[-1]]
    for width, text in prints.items():
        assert max(cell_len(line) for line in text.splitlines()) <= width
        assert all(sign.isprintable() or sign in "\n\u200d" for sign in text)
        assert text.count("…") == widest.count("…")
        assert essential(text) == essential(widest)


def essential(text: str) -> list[str]:
    """The headers of the columns that say whom a line is about, and the ids of everybody."""
    return re.findall(r"^id  name|^name|^ *\d+(?=  \S)|\(#\d+", text, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_other_terminals_show_the_same(
    name: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, thorough: bool
) -> None:
    for width in WIDTHS if thorough else (60,):
        text = drawn(name)[width]
        coloured = printed(terminal, COMMANDS[name], width)
        assert COLOUR.sub("", coloured) == text
        assert {code for codes in COLOUR.findall(coloured) for code in codes.split(";")} <= READABLE
        with monkeypatch.context() as patched:
            patched.setenv("TERM", "dumb")
            assert printed(terminal, COMMANDS[name], width) == text


@pytest.mark.parametrize("name", COMMANDS)
def test_a_terminal_that_knows_ascii_alone_is_shown_all_in_ascii(
    name: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, thorough: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    for width in WIDTHS if thorough else (60,):
        told = []
        for variable, value in (("LC_ALL", "C"), ("PYTHONIOENCODING", "ascii")):
            with monkeypatch.context() as patched:
                patched.setenv(variable, value)
                told.append(printed(terminal, COMMANDS[name], width))
        text, same = told
        assert text == same
        assert text.isascii()
        assert all(sign.isprintable() or sign == "\n" for sign in text)
        assert max(map(len, text.splitlines())) <= width


def test_what_says_the_state_of_somebody_reads_on_white_and_on_black() -> None:
    colours = {word for style in STATE_STYLES.values() for word in style.split()}
    assert colours <= {"bold", "dim", "red", "green", "magenta", "cyan"}
