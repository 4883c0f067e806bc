"""The README is right: its examples are run, and it names every command."""

import re
import shlex

import pytest

from netkeep.cli.app import PANELS
from tests.conftest import Netkeep
from tests.documents import MANUAL, README, ROOT, sessions

TEXT = README.read_text()
MAX_LINES = 350


def test_examples_print_what_the_readme_shows(netkeep: Netkeep) -> None:
    replay(netkeep, TEXT)


def replay(netkeep: Netkeep, text: str) -> None:
    """Run the commands of a document in order, and compare their output.

    `...` in the output stands for any lines at the end.
    """
    for command, expected in sessions(text):
        printed = netkeep(*shlex.split(command)[1:]).out
        start, cut, _ = expected.partition("...\n")
        assert printed == expected or (cut and printed.startswith(start)), command


@pytest.mark.parametrize("command", PANELS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"^\|[^|]*`{command}`[^|]*\|", TEXT, re.MULTILINE)


def test_readme_is_short() -> None:
    assert len(TEXT.splitlines()) <= MAX_LINES


def test_readme_needs_no_file_of_the_repository_to_be_seen() -> None:
    assert "![" not in TEXT
    assert "<img" not in TEXT


def test_every_link_to_a_file_exists() -> None:
    links = re.findall(r"\]\(([^):]+)\)", TEXT)
    assert len(links) > len(MANUAL)
    for link in links:
        assert (ROOT / link).is_file(), link


@pytest.mark.parametrize("topic", MANUAL)
def test_readme_links_every_page_of_the_manual(topic: str) -> None:
    assert f"[{topic}](src/netkeep/manual/{topic}.md)" in TEXT
