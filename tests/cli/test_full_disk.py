"""A full disk: a change is complete, or undone with an error."""

import os
import re
import resource
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.test_cut_off import exported, files_beside, without_times
from tests.cli.test_processes import NETKEEP, without_coverage
from tests.conftest import Netkeep, Result, change

PAGE = 4096
DISK = 512 * PAGE
FEW = 16  # pages to a file: enough for the journal, but not for the change
MANY = range(0, 40, 2)
EVERY = 6  # one command of so many is tested in a run that is not thorough

PEOPLE = "First Name,Last Name,Connected On\nEmmy,Noether,05 Sep 2017\n"
BEFORE = [
    "add Ada -e 2w --last 2026-10-01",
    "add Bea --candidate",
    "add Cleo",
    "log ada",
    "promise ada 'send the slides' --by friday",
    "round add holidays --from 12-01 --to 12-24",
    "me 'Started at Initech'",
]
COMMANDS = [
    "add Dora --email dora@x.example --tag chess",
    "log ada -c call -n 'Spoke about compilers' --next 'send the slides' --by friday",
    "edit ada --city London --add-tag chess",
    "snooze ada 2w",
    "keep bea",
    "drop ada --reason 'moved to another field'",
    "merge ada cleo",
    "news ada 'Promoted to Principal Engineer' --title 'Principal Engineer'",
    "visit ada --from wed --to sat --city Boston",
    "promise ada 'call back' --by friday",
    "done 1",
    "round add summer --from 07-01 --to 08-15",
    "round remove holidays",
    "me 'Moved to Boston'",
    "me --remove 1",
    "amend 1 -c call",
    "amend 1 --delete",
    "import people.csv",
    "undo 2",
    "redo",
    "backup",
    "restore before.db --yes",
    "forget ada --yes",
    "doctor --fix",
]
COMMANDS_BEFORE = {
    "redo": ["undo 2"],
    "restore before.db --yes": ["backup before.db --force", "log cleo"],
}
FIRST_COMMANDS = ["add Ada", "me 'Started at Initech'", "import people.csv"]


class Room(NamedTuple):
    """How many pages are left: on the disk, or otherwise for each file."""

    pages: int
    on_disk: bool


class Disk(NamedTuple):
    """A small disk if it can be mounted, otherwise a folder."""

    folder: Path
    mounted: bool

    @property
    def filler(self) -> Path:
        return self.folder / "filler"

    def rooms(self, *, thorough: bool) -> list[Room]:
        """Return the amounts of space to test: none, and a little."""
        if not thorough:
            return [Room(0, self.mounted), Room(FEW, on_disk=False)]
        kinds = [True, False] if self.mounted else [False]
        return [Room(pages, kind) for kind in kinds for pages in MANY]

    def run(self, command: str, room: Room) -> Result:
        """Run netkeep as a process with only so much space."""
        self.free_space()
        if room.on_disk:
            self.fill(room.pages)
        limit = resource.RLIM_INFINITY if room.on_disk else room.pages * PAGE
        # Python ignores SIGXFSZ, which would end the process.
        ended = subprocess.run(
            [*NETKEEP, *shlex.split(command)],
            capture_output=True,
            check=False,
            text=True,
            env=without_coverage(),
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        )
        return Result(ended.stdout, ended.stderr, ended.returncode)

    def fill(self, but: int) -> None:
        """Fill the disk, except for a number of pages."""
        with self.filler.open("wb", buffering=0) as filler, suppress(OSError):
            while True:
                filler.write(bytes(PAGE))
        os.truncate(self.filler, self.filler.stat().st_size - but * PAGE)
        assert shutil.disk_usage(self.folder).free == but * PAGE

    def free_space(self) -> None:
        self.filler.unlink(missing_ok=True)


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    (tmp_path / "people.csv").write_text(PEOPLE)
    monkeypatch.chdir(tmp_path)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "netkeep", str(folder)]
    mounted = subprocess.run(["sh", "-c", shlex.join(mount)], capture_output=True, check=False)
    yield Disk(folder, mounted.returncode == 0)
    if mounted.returncode == 0:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def database(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of the database, in a folder of its own on that disk."""
    path = disk.folder / "netkeep" / "netkeep.db"
    monkeypatch.setenv("NETKEEP_DB", str(path))
    return path


def prepare(netkeep: Netkeep, database: Path, command: str) -> None:
    """Add rows that the command changes."""
    for each in (*BEFORE, *COMMANDS_BEFORE.get(command, ())):
        netkeep(*shlex.split(each))
    if command == "doctor --fix":
        change(database, "UPDATE contact SET due_on = '2099-01-01' WHERE id = 1")


def expected_export(netkeep: Netkeep, database: Path, command: str, copy: Path) -> str:
    """Return an export after the command with enough space."""
    if database.exists():
        copy.write_bytes(database.read_bytes())
    netkeep("--db", str(copy), *shlex.split(command))
    return without_times(netkeep("--db", str(copy), "export", err=None).out)


def is_refusal(result: Result, database: Path, room: Room) -> bool:
    """Whether the command failed with one line of error and at most one hint."""
    first, *more = result.err.splitlines()
    path = re.escape(str(database))
    says = re.fullmatch(
        rf"netkeep: {path}(?: cannot be written: the disk is full"
        r"| cannot be (?:read or )?written(?: anew)?: (?:disk I/O error|the disk is full)"
        r"|-backups/[-0-9A-Za-z]+\.db cannot be written: (?:database or disk is full"
        r"|disk I/O error|no space left on device|file too large))",
        first,
    )
    return bool(says and result.code == 4 and not result.out and len(more) <= 1)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Test some commands with each kind of failure, and all of them in a thorough run."""
    first = {
        "test_full_disk_leaves_a_complete_change_or_none": 0,
        "test_change_is_saved_even_if_the_answer_cannot_be_printed": 2,
    }.get(metafunc.function.__name__)
    if first is not None:
        thorough = metafunc.config.getoption("--thorough")
        metafunc.parametrize("command", COMMANDS if thorough else COMMANDS[first::EVERY])


def test_full_disk_leaves_a_complete_change_or_none(
    netkeep: Netkeep, disk: Disk, database: Path, tmp_path: Path, thorough: bool, command: str
) -> None:
    prepare(netkeep, database, command)
    before, contents = exported(netkeep), database.read_bytes()
    after = expected_export(netkeep, database, command, tmp_path / "copy.db")
    for room in disk.rooms(thorough=thorough):
        result = disk.run(command, room)
        if result.code == 0 and room.pages:
            assert exported(netkeep) == after
            database.write_bytes(contents)
            continue
        assert is_refusal(result, database, room), (room, result)
        assert exported(netkeep) == before
        assert database.read_bytes() == contents
        assert files_beside(database) == set()
    disk.free_space()
    netkeep(*shlex.split(command))
    assert exported(netkeep) == after


@pytest.mark.parametrize("command", FIRST_COMMANDS)
def test_failed_first_command_leaves_nothing_behind(
    netkeep: Netkeep, disk: Disk, database: Path, tmp_path: Path, thorough: bool, command: str
) -> None:
    before = exported(netkeep)
    after = expected_export(netkeep, database, command, tmp_path / "copy.db")
    for room in disk.rooms(thorough=thorough):
        result = disk.run(command, room)
        if result.code == 0 and room.pages:
            assert exported(netkeep) == after
            database.unlink()
            continue
        assert is_refusal(result, database, room), (room, result)
        assert exported(netkeep) == before
        assert files_beside(database) == set()
    disk.free_space()
    netkeep(*shlex.split(command))
    assert exported(netkeep) == after


def test_change_is_saved_even_if_the_answer_cannot_be_printed(
    netkeep: Netkeep, disk: Disk, database: Path, tmp_path: Path, command: str
) -> None:
    prepare(netkeep, database, command)
    after = expected_export(netkeep, database, command, tmp_path / "copy.db")
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*NETKEEP, *shlex.split(command)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
            env=without_coverage(),
        )
    said = "the change is saved, but the output cannot be written: no space left on device"
    assert (ended.returncode, ended.stderr.splitlines()[-1]) == (1, f"netkeep: {said}")
    assert exported(netkeep) == after
