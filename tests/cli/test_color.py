"""Colour: the option comes first, then NO_COLOR, then FORCE_COLOR, then the terminal."""

import pytest

from tests.cli.terminal import Terminal, ending
from tests.conftest import Fails, Netkeep, Process

TABLE = ("due", "--format", "table")


@pytest.fixture(autouse=True)
def ada(netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "--kind", "friend", "--last", "2026-01-01")


@pytest.mark.parametrize(
    ("options", "environment", "colored"),
    [
        ("", {}, False),
        ("", {"FORCE_COLOR": "1"}, True),
        ("", {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ("", {"FORCE_COLOR": ""}, False),
        ("", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("--color auto", {"FORCE_COLOR": "1"}, True),
        ("--color always", {}, True),
        ("--color always", {"NO_COLOR": "1"}, True),
        ("--color always", {"TERM": "dumb"}, True),
        ("--color never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_color_of_a_table_in_a_pipe(
    process: Process,
    monkeypatch: pytest.MonkeyPatch,
    options: str,
    environment: dict[str, str],
    colored: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    ended = process(*options.split(), *TABLE)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert (b"\x1b[" in ended.stdout) is colored
    assert b"\x1b" not in process(*options.split(), "due").stdout  # TSV


@pytest.mark.parametrize(
    ("options", "environment", "colored"),
    [
        ("", {}, True),
        ("", {"TERM": "dumb"}, False),
        ("", {"NO_COLOR": "1"}, False),
        ("", {"NO_COLOR": ""}, True),
        ("--color never", {}, False),
        ("--color always", {"NO_COLOR": "1"}, True),
        ("--color always", {"TERM": "dumb"}, True),
    ],
)
def test_color_of_a_table_on_a_terminal(
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    options: str,
    environment: dict[str, str],
    colored: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    out, code = ending(terminal.run(*options.split(), *TABLE))
    assert code == 0
    assert ("\x1b[" in out) is colored


def test_help_is_colored_like_tables(process: Process) -> None:
    assert b"\x1b" not in process("due", "--help").stdout
    assert b"\x1b[1;33m" in process("--color", "always", "due", "--help").stdout
    assert b"\x1b[1;33m" in process("--color", "always", "--help").stdout


def test_unknown_color_is_refused(fails: Fails) -> None:
    assert fails("--color", "red", "due", code=2) == (
        "netkeep: invalid value for '--color': 'red' is not one of 'auto', 'always', 'never'\n"
        "  see: netkeep --help\n"
    )
