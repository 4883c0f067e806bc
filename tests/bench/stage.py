"""The files a command finds when it is timed: those that all share, and those of its own."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from netkeep.store.connection import REVISION
from tests.bench import cast, connections
from tests.bench.cases import NETKEEP, Case, File

IMPORTED = (10_000, 100_000)  # connections


class Stage:
    """A folder with networks, which stay for the next time, and one for what a run leaves."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(0o700, parents=True, exist_ok=True)
        self.scratch = Path(tempfile.mkdtemp(prefix="scratch-", dir=folder))
        self._paths = {"written": str(self.scratch / "written.db")}
        with closing(sqlite3.connect(self._paths["written"])) as connection:
            connection.execute("CREATE TABLE written (word TEXT)")
        # Nobody's settings, files or clock: only those of here.
        own = ("NETKEEP_", "XDG_", "PYTHON", "COLUMNS", "NO_COLOR", "COV")
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(own)
        } | {
            "HOME": str(self.scratch / "home"),
            "NETKEEP_TODAY": cast.TODAY.isoformat(),
            "TERM": "xterm-256color",
        }

    def close(self) -> None:
        shutil.rmtree(self.scratch)

    def network(self, people: int, dated: int = 0) -> Path:
        """A network, made unless it is there from the last time."""
        path = self._folder / f"{people}-{dated}-{_version()}.db"
        if not path.exists():
            making = path.with_suffix(".making")
            making.unlink(missing_ok=True)
            # In a process of its own: what this one holds would count for all it starts.
            command = [sys.executable, "-m", "tests.bench.networks", making, people, dated]
            subprocess.run([str(one) for one in command], check=True)
            making.rename(path)
        return path

    def connections(self, people: int) -> Path:
        path = self.scratch / f"Connections-{people}.csv"
        if not path.exists():
            connections.make_connections(path, people)
        return path

    @contextmanager
    def set_for(self, case: Case, people: int) -> Iterator[tuple[list[str], dict[str, str]]]:
        """The command line of a case, and its environment; what it leaves goes afterwards."""
        own = self.scratch / "own"
        own.mkdir()
        database, backup = self._files(case, people, own)
        paths = {
            "new": str(own / "new"),
            "backup": backup,
            **{
                str(many): str(self.connections(many))
                for many in IMPORTED
                if f"{{{many}}}" in case.arguments
            },
        }
        try:
            yield (
                [*NETKEEP, *(_filled(argument, paths) for argument in case.arguments)],
                self.environment | {"NETKEEP_DB": str(database)},
            )
        finally:
            shutil.rmtree(own)

    def filled(self, command: list[str]) -> list[str]:
        """The command line of a floor."""
        return [_filled(argument, self._paths) for argument in command]

    def _files(self, case: Case, people: int, own: Path) -> tuple[Path, str]:
        """The database of a case, and the name of its backup."""
        if case.file is File.the_network:
            return self.network(people, case.dated), ""
        database = own / "netkeep.db"
        if case.file is File.none:
            return database, ""
        source = self._imported() if case.file is File.the_imported else self.network(people)
        shutil.copyfile(source, database)
        database.chmod(0o600)
        with database.open("rb") as copy:
            os.fsync(copy.fileno())  # else whoever writes next to this disk waits for it
        backup = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-daily.db"
        if case.file is not File.a_copy_of_a_new_day:
            folder = own / f"{database.name}-backups"
            folder.mkdir(0o700)
            (folder / backup).hardlink_to(source)
        return database, backup

    def _imported(self) -> Path:
        """What the first import of 10,000 makes."""
        path = self.scratch / "imported.db"
        if not path.exists():
            command = [*NETKEEP, "import", str(self.connections(10_000))]
            here = self.environment | {"NETKEEP_DB": str(path)}
            subprocess.run(command, check=True, env=here, stdout=subprocess.DEVNULL)
        return path


def _filled(argument: str, paths: dict[str, str]) -> str:
    for name, path in paths.items():
        argument = argument.replace(f"{{{name}}}", path)
    return argument


def _version() -> str:
    """What tells networks from those that were made in another way."""
    made_by = (Path(__file__).with_name(name) for name in ("networks.py", "cast.py"))
    content = [REVISION.encode(), *map(Path.read_bytes, made_by)]
    return blake2b(b"".join(content), digest_size=4).hexdigest()
