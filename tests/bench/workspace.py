"""The files of the benchmark: networks that all runs share, and copies for one run."""

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
from tests.bench.cases import NETKEEP, Case, Database
from tests.bench.constants import TODAY

IMPORTED = (10_000, 100_000)  # connections
SYNCED = 3_000  # contacts
PARTS = ("contacts", "history", "tasks")
CONNECTIONS_HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


class Workspace:
    """A folder with networks, which are kept for the next time, and a scratch folder in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(0o700, parents=True, exist_ok=True)
        self.scratch = Path(tempfile.mkdtemp(prefix="scratch-", dir=folder))
        self._paths = {"written": str(self.scratch / "written.db")}
        with closing(sqlite3.connect(self._paths["written"])) as connection:
            connection.execute("CREATE TABLE written (word TEXT)")
        # Commands must not see the settings, files or clock of the user.
        removed = ("NETKEEP_", "XDG_", "PYTHON", "COLUMNS", "NO_COLOR", "COV")
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(removed)
        } | {
            "HOME": str(self.scratch / "home"),
            "NETKEEP_TODAY": TODAY.isoformat(),
            "TERM": "xterm-256color",
        }

    def close(self) -> None:
        shutil.rmtree(self.scratch)

    def network(self, people: int, dated: int = 0) -> Path:
        """Return a network, which is created unless an earlier run has left it."""
        path = self._folder / f"{people}-{dated}-{_version()}.db"
        if not path.exists():
            unfinished = path.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            # In a process of its own: memory of this one would count for all it starts.
            arguments = [str(unfinished), str(people), str(dated)]
            subprocess.run([sys.executable, "-m", "tests.bench.networks", *arguments], check=True)
            unfinished.rename(path)
        return path

    def connections(self, people: int) -> Path:
        """Return a Connections.csv as LinkedIn writes it; one in twenty people has an e-mail."""
        path = self.scratch / f"Connections-{people}.csv"
        if not path.exists():
            with path.open("w") as file:
                file.write(CONNECTIONS_HEADER)
                file.writelines(_connection(number) for number in range(people))
        return path

    @contextmanager
    def prepare(self, case: Case, people: int) -> Iterator[tuple[list[str], dict[str, str]]]:
        """Yield the command line of a case and its environment; remove its files at the end."""
        folder = self.scratch / "run"
        folder.mkdir()
        database, backup = self._database(case, people, folder)
        paths = {"database": str(database), "new": str(folder / "new"), "backup": backup}
        for size in IMPORTED:
            if f"{{{size}}}" in case.arguments:
                paths[str(size)] = str(self.connections(size))
        try:
            yield (
                [*case.program, *(_replace_paths(argument, paths) for argument in case.arguments)],
                self.environment | {"NETKEEP_DB": str(database)} | self._settings(case, folder),
            )
        finally:
            shutil.rmtree(folder)

    def floor_command(self, command: list[str]) -> list[str]:
        """Return the command line of a floor."""
        return [_replace_paths(argument, self._paths) for argument in command]

    def _database(self, case: Case, people: int, folder: Path) -> tuple[Path, str]:
        """Return the database of a case, and the name of its backup."""
        if case.database is Database.shared:
            return self.network(people, case.dated), ""
        database = folder / "netkeep.db"
        if case.database is Database.none:
            return database, ""
        source = self._source(case, people, folder)
        shutil.copyfile(source, database)
        database.chmod(0o600)
        with database.open("rb") as copy:
            os.fsync(copy.fileno())  # or the next command that writes would wait for it
        backup = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-daily.db"
        if case.database is not Database.copy_on_new_day:
            backups = folder / f"{database.name}-backups"
            backups.mkdir(0o700)
            (backups / backup).hardlink_to(source)
        return database, backup

    def _source(self, case: Case, people: int, folder: Path) -> Path:
        """Return the file that the database of a case is a copy of."""
        match case.database:
            case Database.copy_of_import:
                return self._imported()
            case Database.copy_to_sync:
                return self.network(SYNCED)
            case Database.copy_of_sync:
                return self._synced(folder)
            case _:
                return self.network(people)

    def _settings(self, case: Case, folder: Path) -> dict[str, str]:
        """Write the settings of a case that synchronises; return the variables that name them."""
        if case.database not in {Database.copy_to_sync, Database.copy_of_sync}:
            return {}
        path = folder / "config/netkeep/config.toml"
        path.parent.mkdir(parents=True)
        path.write_text("[sync]\n" + "".join(f'{part} = "{folder / part}"\n' for part in PARTS))
        return {"XDG_CONFIG_HOME": str(folder / "config")}

    def _synced(self, folder: Path) -> Path:
        """Return the database after the first sync, and link its folders into this folder."""
        kept = self.scratch / "synced"
        path = kept / "netkeep.db"
        if not path.exists():
            kept.mkdir()
            case = Case("first sync", [], Database.copy_to_sync)
            shutil.copyfile(self.network(SYNCED), path)
            path.chmod(0o600)
            environment = self.environment | {"NETKEEP_DB": str(path)}
            environment |= self._settings(case, folder)
            command = [*NETKEEP, "sync"]
            subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
            for part in PARTS:  # moved and linked, so that the stamps of the files stay
                (folder / part).rename(kept / part)
            shutil.rmtree(folder / "config")
        for part in PARTS:
            shutil.copytree(kept / part, folder / part, copy_function=os.link)
        return path

    def _imported(self) -> Path:
        """Return the database after the first import of 10,000 connections."""
        path = self.scratch / "imported.db"
        if not path.exists():
            command = [*NETKEEP, "import", str(self.connections(10_000))]
            environment = self.environment | {"NETKEEP_DB": str(path)}
            subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
        return path


def _connection(number: int) -> str:
    email = "" if number % 20 else f"connected{number}@x.example"
    return (
        f"Person{number},Of {number % 997},https://www.linkedin.com/in/person-{number},"
        f'{email},"Company {number % 97}, Inc.",Engineer {number % 31},'
        f"{1 + number % 28:02} Sep 2017\n"
    )


def _replace_paths(argument: str, paths: dict[str, str]) -> str:
    for name, path in paths.items():
        argument = argument.replace(f"{{{name}}}", path)
    return argument


def _version() -> str:
    """Return a checksum of the schema and the code that networks depend on."""
    sources = (Path(__file__).with_name(name) for name in ("networks.py", "constants.py"))
    content = [REVISION.encode(), *map(Path.read_bytes, sources)]
    return blake2b(b"".join(content), digest_size=4).hexdigest()
