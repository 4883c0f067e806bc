"""Measure the time and the peak memory of a command as a whole process."""

import fcntl
import os
import pty
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SCREEN = (40, 100)  # lines and columns of a terminal
# A new process counts the memory of its parent, so the parent is as small as possible.
SMALL_STARTER = """
import os, sys
process = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(process, 0)
os.write(int(sys.argv[1]), b"%d" % (usage.ru_maxrss * 1024))
sys.exit(os.waitstatus_to_exitcode(status))
"""


@dataclass
class Figures:
    """The wall time of each run in seconds, and the peak memory in bytes."""

    seconds: list[float] = field(default_factory=list)
    peak: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def measure(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    on_terminal: bool = False,
    inherited: Sequence[int] = (),
) -> tuple[float, bytes]:
    """Run a command; return its seconds and output. Raise RuntimeError if it fails."""
    reading, writing = pty.openpty() if on_terminal else os.pipe()
    if on_terminal:
        fcntl.ioctl(writing, termios.TIOCSWINSZ, struct.pack("HHHH", *SCREEN, 0, 0))
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdin=writing if on_terminal else subprocess.DEVNULL,
            stdout=writing,
            stderr=writing if on_terminal else errors,
            env=environment,
            pass_fds=inherited,
        )
        os.close(writing)
        printed = _read_to_end(reading)
        process.wait()
        seconds = time.perf_counter() - started
        os.close(reading)
        if process.returncode:
            errors.seek(0)
            raise RuntimeError(f"{' '.join(command)}: {printed + errors.read()!r}")
    return seconds, printed


def measure_peak(
    command: Sequence[str], environment: Mapping[str, str], *, on_terminal: bool = False
) -> tuple[float, int]:
    """Run a command; return its seconds, with those of the starter, and its peak memory."""
    reading, writing = os.pipe()
    starter = [sys.executable, "-I", "-S", "-c", SMALL_STARTER, str(writing), *command]
    seconds, _ = measure(starter, environment, on_terminal=on_terminal, inherited=[writing])
    os.close(writing)
    peak = int(_read_to_end(reading))
    os.close(reading)
    return seconds, peak


def _read_to_end(descriptor: int) -> bytes:
    """Read until the end, which is an OSError on a terminal without processes."""
    parts = []
    try:
        while part := os.read(descriptor, 1 << 16):
            parts.append(part)
    except OSError:
        pass
    return b"".join(parts)
