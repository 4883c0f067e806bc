"""Systems that are not POSIX: every command ends with one sentence."""

import subprocess
import sys

import pytest

# As on Windows, the modules that Python only has on POSIX systems cannot be imported.
PROGRAM = """
import os, runpy, sys
import netkeep
os.name = "nt"
sys.modules.update(dict.fromkeys(("fcntl", "pwd", "grp", "resource", "termios", "tty")))
runpy.run_module("netkeep", run_name="__main__")
"""


@pytest.mark.parametrize(
    "command", ["", "due", "add Ada", "prompt", "--help", "--version", "--complete-names a people"]
)
def test_every_command_refuses_a_system_that_is_not_posix(command: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, *command.split()],
        capture_output=True,
        check=False,
        text=True,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        "netkeep: this system is not supported: use Linux or macOS, or WSL on Windows\n"
    )
