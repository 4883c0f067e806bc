"""The context of every command: the file, the settings, the clock and the day."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from netkeep.config import Settings, config_path, expand, find_database, load
from netkeep.domain import days
from netkeep.errors import BadValueError
from netkeep.store.connection import open_snapshot

if TYPE_CHECKING:
    from netkeep.store.repository import Repository


@dataclass(frozen=True)
class Context:
    """One run of netkeep."""

    db: str | None
    now: datetime
    today: date
    command: str

    @classmethod
    def create(cls, db: str | None, today: str | None, command: str) -> Context:
        """Create the context; read the clock, only here."""
        now = datetime.now(UTC)
        return cls(db, now, days.resolve_today(today, days.local_day(now)), command)

    @cached_property
    def path(self) -> Path:
        """The path of the database; BadValueError if the settings are needed and not valid."""
        path = find_database(self.db)
        with suppress(OSError):  # errors of the path are raised when it is opened
            if path.is_symlink() and path.exists():
                return path.resolve()  # backups are beside the file, not beside the link
        return path

    @cached_property
    def settings(self) -> Settings:
        """The settings, read when a command first needs them."""
        return load(config_path())

    def reading(self) -> AbstractContextManager[sqlite3.Connection | None]:
        """Open the database for queries; None if it does not exist yet."""
        return open_snapshot(self.path, self.now)

    def writing(
        self, *, backup_first: bool = False, undoable: bool = True
    ) -> AbstractContextManager[Repository]:
        """Open the database to change it, in one transaction that ends with the block."""
        # Imports SQLModel, which takes 400 ms and is not needed to read.
        from netkeep.store.repository import open_repository

        return open_repository(
            *(self.path, self.now, self.today, self.command if undoable else None),
            thank_you_days=self.settings.thank_you_days,
            retention=self.settings.backups,
            backup_first=backup_first,
        )

    def path_to_write(self, typed: str) -> Path:
        """Return the path of a file to write; raise BadValueError if it is the database."""
        path = expand(typed)
        if path.absolute() == self.path.absolute():
            raise BadValueError(f"{typed} is the database itself", "name another file")
        return path
