"""Run netkeep on a pseudo-terminal, and type into it."""

import io
import os
import shutil
import signal
import sys

import pexpect
import pytest


def needs(program: str) -> None:
    """Skip the test where this program is not installed."""
    if shutil.which(program) is None:
        pytest.skip(f"there is no {program}")


def accept_ctrl_c() -> None:
    """Handle Ctrl-C again, which background processes of a shell ignore."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A pseudo-terminal that runs one netkeep at a time; `shown` has the output of all."""

    def __init__(self) -> None:
        self.shown = io.StringIO()
        self.child: pexpect.spawn[str] | None = None

    def run(self, *arguments: str, width: int = 80) -> "pexpect.spawn[str]":
        return self.spawn(sys.executable, "-m", "netkeep", *arguments, width=width)

    def spawn(self, command: str, *arguments: str, width: int = 80) -> "pexpect.spawn[str]":
        self.close()
        self.child = pexpect.spawn(
            command,
            list(arguments),
            env=dict(os.environ),
            encoding="utf-8",
            codec_errors="surrogateescape",  # bytes that are not text fail in the test, not here
            timeout=30,
            dimensions=(40, width),
            preexec_fn=accept_ctrl_c,
        )
        self.child.logfile_read = self.shown
        return self.child

    def close(self) -> None:
        if self.child is not None:
            self.child.close(force=True)


def ending(child: "pexpect.spawn[str]") -> tuple[str, int | None]:
    """Return the rest of the output and the exit code."""
    child.expect(pexpect.EOF)
    child.wait()
    return (child.before or "").replace("\r\n", "\n"), child.exitstatus


def answer(child: "pexpect.spawn[str]", *prompts_and_answers: tuple[str, str]) -> None:
    """Wait for each prompt, and type its answer."""
    for prompt, typed in prompts_and_answers:
        child.expect_exact(prompt)
        child.sendline(typed)
