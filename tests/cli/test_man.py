"""The man page, made from the help of the commands."""

import shutil
import subprocess

import pytest
import typer

from netkeep.cli.app import PANELS, app
from netkeep.cli.man import man_page
from netkeep.cli.reference import HELP, Command, Parameter, read_command
from tests.cli.terminal import needs


@pytest.fixture(scope="module")
def page() -> str:
    return man_page(read_command(typer.main.get_command(app)), PANELS)


def shown(page: str) -> str:
    """Return a page as `man` shows it, on lines that are long enough for any paragraph."""
    needs("groff")
    command = ["groff", "-man", "-ww", "-Tutf8", "-P-cbou", "-rLL=1000n"]
    ended = subprocess.run(command, input=page, check=True, capture_output=True, text=True)
    assert ended.stderr == ""
    return ended.stdout


def test_page_has_every_command_and_option_of_the_help(page: str) -> None:
    text = shown(page)
    for command in read_command(typer.main.get_command(app)).walk():
        if not command.subcommands:
            assert f"netkeep {command.path} [OPTION]..." in text
        for option in command.options:
            assert ", ".join(option.flags) in text
            assert option.help in text


def test_mandoc_finds_no_faults(page: str) -> None:
    needs("mandoc")
    ended = subprocess.run(
        ["mandoc", "-T", "lint", "-W", "warning"],
        input=page,
        check=False,
        capture_output=True,
        text=True,
    )
    faults = [line for line in ended.stdout.splitlines() if "missing date" not in line]
    assert faults == []  # the page has no date: the program does not know that of its release


def test_special_characters_are_escaped() -> None:
    text = r""".dot 'quote' "double" `tick` back\slash \fBbold\fR a-b --c ^ ~ %s é … 😀"""
    option = Parameter(("--x-y",), f"'{text}", "A|B", "", is_repeatable=False)
    command = Command(
        "due", text, [option, HELP], [], [], f"{text}\n\n{text}\n\nExamples:\n    {text}"
    )
    root = Command("", "", [HELP], [], [command], "Summary.")
    page = man_page(root, PANELS)
    assert page.isascii()
    assert shown(page).count(text) == 4
    assert f"--x-y A|B\n              '{text}" in shown(page)
    if shutil.which("mandoc"):
        mandoc = ["mandoc", "-T", "utf8", "-O", "width=1000"]
        ended = subprocess.run(mandoc, input=page, check=True, capture_output=True, text=True)
        assert text in ended.stdout
