"""Real processes: their streams, exit codes, and several at the same time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Netkeep, Process

STDERR_ALONE = {"stderr": subprocess.PIPE, "capture_output": False}
NETKEEP = [sys.executable, "-m", "netkeep"]


def without_coverage() -> dict[str, str]:
    """Return an environment in which coverage does not measure processes and slow them down."""
    return {name: value for name, value in os.environ.items() if "COVERAGE" not in name}


def run_concurrently(*commands: list[str]) -> list[tuple[int, bytes]]:
    """Run commands at the same time; return the exit code and standard error of each."""
    started = [
        subprocess.Popen(
            [*NETKEEP, *command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=without_coverage(),
        )
        for command in commands
    ]
    return [(process.communicate()[1], process.returncode)[::-1] for process in started]


def test_concurrent_first_commands_create_one_file(netkeep: Netkeep, thorough: bool) -> None:
    count = 50 if thorough else 10
    results = run_concurrently(*(["add", f"Person {number}"] for number in range(count)))
    assert results == [(0, b"")] * count
    assert len(netkeep("list", "-f", "json").json) == count


def test_concurrent_adds_of_one_name_add_one_contact(netkeep: Netkeep, thorough: bool) -> None:
    count = 10 if thorough else 4
    codes = sorted(code for code, _ in run_concurrently(*(["add", "Ada"] for _ in range(count))))
    assert codes == [0] + [1] * (count - 1)
    assert len(netkeep("list", "-f", "json").json) == 1


def test_closed_pipe_is_not_an_error(process: Process, netkeep: Netkeep) -> None:
    netkeep("add", "Ada", "-n", "x" * 100_000)
    for format_ in ("tsv", "json", "table"):
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as gone:
            ended = process("show", "ada", "-f", format_, stdout=gone, **STDERR_ALONE)
        assert (ended.returncode, ended.stderr) == (0, b"")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        ended = process("--help", stdout=gone, **STDERR_ALONE)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_failure_to_print_is_reported(process: Process, netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    with Path("/dev/full").open("wb") as full:
        ended = process("list", stdout=full, **STDERR_ALONE)
    assert (ended.returncode, ended.stderr) == (
        1,
        b"netkeep: the output cannot be written: no space left on device\n",
    )
    with Path("/dev/full").open("wb") as full:
        ended = process("log", "ada", stdout=full, **STDERR_ALONE)
    assert ended.stderr == (
        b"netkeep: the change is saved, but the output cannot be written: no space left on device\n"
    )
    assert len(netkeep("timeline", "-f", "json").json) == 1
    with Path("/dev/full").open("wb") as full:
        ended = process("due", "--help", stdout=full, **STDERR_ALONE)
    assert (ended.returncode, ended.stderr.count(b"\n")) == (1, 1)


@pytest.mark.parametrize("stream", [1, 2])
def test_change_is_saved_with_closed_streams(netkeep: Netkeep, stream: int) -> None:
    ended = subprocess.run(
        [*NETKEEP, "add", "Ada"], check=False, preexec_fn=lambda: os.close(stream)
    )
    assert ended.returncode == (1 if stream == 1 else 0)
    assert netkeep("list", "-f", "json").names == ["Ada"]


def test_ascii_terminal_gets_escapes_and_json_is_utf8(
    process: Process, netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch
) -> None:
    netkeep("add", "Émilie")
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    assert b"\\xc9milie" in process("list", "-f", "table").stdout
    assert "Émilie".encode() in process("list", "-f", "json").stdout
    assert b"\\xc9milie" in process("add", "Émilie").stderr


def test_locale_c_is_ascii_unless_pythonioencoding_is_set(
    process: Process, netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch
) -> None:
    netkeep("add", "Émilie")
    monkeypatch.setenv("LC_ALL", "C")
    assert b"\\xc9milie" in process("list", "-f", "table").stdout
    assert b"\\xc9milie" in process("add", "Émilie").stderr
    assert "Émilie".encode() in process("list", "-f", "json").stdout
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    assert "Émilie".encode() in process("list", "-f", "table").stdout


def test_without_a_locale_output_is_utf8(
    process: Process, netkeep: Netkeep, monkeypatch: pytest.MonkeyPatch
) -> None:
    netkeep("add", "Émilie")
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert "Émilie".encode() in process("list", "-f", "table").stdout


@pytest.mark.parametrize("zone", ["UTC+25", "XYZ-24"])
def test_impossible_time_zone_is_refused(
    process: Process, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    ended = process("due")
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr == (
        b"netkeep: the time zone of this computer is a day or more away from UTC\n"
        b"  set TZ to one such as Europe/Berlin, or remove it\n"
    )
    ended = process("prompt")
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, b"", b"")


def test_undecodable_bytes_are_refused(process: Process, database: Path) -> None:
    ended = process("add", b"Ad\xff")
    assert ended.returncode == 2
    assert ended.stderr == (
        b"netkeep: the name is not valid text: 'Ad\\udcff'\n  text has to be UTF-8 without NUL\n"
    )
    assert not database.exists()


def test_add_without_a_name_or_terminal_is_refused(process: Process, netkeep: Netkeep) -> None:
    ended = process("add", stdin=subprocess.DEVNULL)
    assert (ended.returncode, ended.stderr) == (
        2,
        b'netkeep: a name is required\n  try: netkeep add "Ada Lovelace"\n',
    )


def test_standard_input_is_imported(process: Process, netkeep: Netkeep) -> None:
    ended = process("import", "-", input=b"First Name,Last Name,Connected On\nAda,Lovelace\n")
    assert ended.returncode == 0
    assert netkeep("list", "--status", "all", "-f", "json").names == ["Ada Lovelace"]


def test_database_and_its_folder_are_private(process: Process, database: Path) -> None:
    process("add", "Ada", preexec_fn=lambda: os.umask(0o000))
    assert database.stat().st_mode & 0o777 == 0o600
    assert database.parent.stat().st_mode & 0o777 == 0o700
