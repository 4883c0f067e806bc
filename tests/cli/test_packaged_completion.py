"""Completion scripts as a package installs them: files that each shell finds by itself."""

import os
import re
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal, needs
from tests.conftest import Netkeep

# The paths of the scripts in a package, below a folder of XDG_DATA_DIRS such as /usr/share.
PLACES = {
    "bash": "bash-completion/completions/netkeep",
    "zsh": "zsh/site-functions/_netkeep",
    "fish": "fish/vendor_completions.d/netkeep.fish",
}
BASH_COMPLETION = Path("/usr/share/bash-completion/bash_completion")


@pytest.fixture
def share(netkeep: Netkeep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install all scripts; return the folder that stands for /usr/share."""
    share = tmp_path / "share"
    for shell, place in PLACES.items():
        script = share / place
        script.parent.mkdir(parents=True)
        script.write_text(netkeep("completion", shell).out)
    monkeypatch.setenv("XDG_DATA_DIRS", f"{share}:/usr/local/share:/usr/share")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    return share


@pytest.mark.sampled(2)
@pytest.mark.parametrize("shell", PLACES)
@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("netkeep bri", "brief"),
        ("netkeep due --onel", "--oneline"),
        ("netkeep log ada -c mes", "message"),
        ("netkeep round rem", "remove"),
        ("netkeep show jos", "jose-obrien"),
    ],
)
def test_tab_completes_from_the_installed_file(
    netkeep: Netkeep, terminal: Terminal, share: Path, shell: str, line: str, completed: str
) -> None:
    needs(shell)
    if shell == "bash" and not BASH_COMPLETION.exists():
        pytest.skip("there is no bash-completion")
    netkeep("add", "José O'Brien")
    start, setup = {
        "bash": (("bash", "--norc"), f"source {BASH_COMPLETION}"),
        "zsh": (
            ("zsh", "-f"),
            f"fpath=({share}/zsh/site-functions $fpath); autoload -Uz compinit; compinit -u",
        ),
        "fish": (("fish", "--private"), "function fish_prompt; end; function fish_greeting; end"),
    }[shell]
    child = terminal.spawn(*start)
    child.sendline(f"{setup}; printf '%s' 'rea' 'dy:'")
    child.expect("ready:")
    for _ in range(2):  # the first TAB loads the file
        child.send(f"{line}\t")
        child.expect_exact(completed)
        # Turn the line into a command that prints its words: Ctrl-A goes to its start.
        child.send("\x01printf '<%s>' rea dy: \x05\r")
        child.expect("<rea><dy:>((?:<[^<>]*>)+)[^<]")
        assert isinstance(child.match, re.Match)
        words = child.match[1].removeprefix("<").removesuffix(">").split("><")
        assert words == [*line.split()[:-1], completed]
