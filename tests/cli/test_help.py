"""--help of all commands, errors of usage, and internal errors."""

import re

import pytest
import typer

from netkeep.cli import app as app_module
from netkeep.cli.app import CONTENTS, PANELS, app
from tests.conftest import Fails, Netkeep

COMMANDS = list(PANELS)


def test_help_lists_commands_in_panels_with_one_sentence_each(netkeep: Netkeep) -> None:
    shown = netkeep("--help").out
    assert netkeep().out.strip() == shown.strip()
    for panel in CONTENTS:
        assert f"─ {panel} ─" in shown
    for command in COMMANDS:
        (line,) = [line for line in shown.splitlines() if line.startswith(f"│ {command} ")]
        assert "." in line or line.rstrip("│ ")[-1].isalpha()
    assert "--today" not in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_has_an_example(netkeep: Netkeep, command: str) -> None:
    shown = netkeep(command, "--help").out
    assert netkeep(command, "-h").out == shown
    assert f"netkeep {command}" in shown.split("Examples:")[1]
    assert not re.search("<(str|int|parse)|<=", shown), "a type of Python"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_has_help(command: str) -> None:
    made = typer.main.get_command(app)
    assert isinstance(made, app_module.LazyCommands)
    for parameter in made.get_command(None, command).params:
        assert getattr(parameter, "help", None), parameter.name


def test_error_suggests_a_similar_command(fails: Fails) -> None:
    assert fails("lgo", code=2) == ("netkeep: no such command 'lgo'\n  try: netkeep log PERSON\n")


def test_error_suggests_a_similar_option_and_the_help(fails: Fails) -> None:
    assert fails("due", "--frmat", code=2) == (
        "netkeep: no such option: --frmat\n  try: netkeep due --format FORMAT\n"
    )
    assert fails("log", "--on", code=2) == (
        "netkeep: option '--on' requires an argument\n  see: netkeep log --help\n"
    )


def test_error_shortens_a_long_value(fails: Fails) -> None:
    assert len(fails("due", "--by", "x" * 100_000, code=2)) < 1_000


def test_version_option(netkeep: Netkeep) -> None:
    assert netkeep("--version").out == "netkeep 0.1.0\n"


def test_internal_error_is_one_line_and_debug_adds_the_traceback(
    fails: Fails, netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("netkeep.cli.todays_list.todays_list", lambda *facts: 1 / 0)
    assert fails("due", code=1) == (
        "netkeep: internal error: ZeroDivisionError: division by zero\n"
        "  this is a bug: run the command again with --debug, and report the output\n"
    )
    assert "Traceback" in netkeep("--debug", "due", code=1, err=None).err


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "3000-01-01", "tomorow"])
def test_today_option_requires_a_valid_day(netkeep: Netkeep, day: str) -> None:
    netkeep("--today", day, "due", code=0 if day == "yesterday" else 2, err=None)


def test_impossible_clock_is_reported(fails: Fails, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NETKEEP_TODAY")
    monkeypatch.setattr("netkeep.domain.days.LAST", __import__("datetime").date(2000, 1, 1))
    assert "the clock says it is" in fails("due", code=2)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_examples_are_indented(netkeep: Netkeep, command: str) -> None:
    assert "\n     netkeep" in netkeep(*filter(None, [command]), "--help").out


def test_help_fits_80_columns(netkeep: Netkeep) -> None:
    assert max(map(len, netkeep("help").out.splitlines())) <= 80


def test_help_on_another_word_names_the_pages_that_explain_it(fails: Fails) -> None:
    assert "  it is explained in: netkeep help rules, netkeep help" in fails(
        "help", "cadence", code=2
    )
    assert fails("help", "xyzzy", code=2).endswith("  see: netkeep help\n")
