"""What every command is given: where the file is, what the settings are, and what day it is."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from netkeep import config
from netkeep.config import Settings
from netkeep.domain import days
from netkeep.domain.contact import Status
from netkeep.errors import ADD_EXAMPLE, BadValueError
from netkeep.store.reader import Reader, open_reader

if TYPE_CHECKING:
    from netkeep.store.change_questions import ChangeQuestions
    from netkeep.store.people_questions import PeopleQuestions
    from netkeep.store.stats_questions import StatsQuestions
    from netkeep.store.undoing import Undoing
    from netkeep.store.writer import Writer


FIRST_STEP = f"Nobody is kept yet. Add the first: {ADD_EXAMPLE}"


@dataclass(frozen=True)
class Context:
    """One run of netkeep."""

    db: str | None
    now: datetime
    today: date
    command: str

    @classmethod
    def create(cls, db: str | None, today: str | None, command: str) -> Context:
        """Read the clock, once."""
        now = datetime.now(UTC)
        return cls(db, now, days.today(today, now.astimezone().date()), command)

    @cached_property
    def path(self) -> Path:
        """Where the file is; BadValueError if only the settings say so, and they have a mistake."""
        path = config.find_database(self.db)
        if path.is_symlink() and path.exists():
            path = path.resolve()  # its backups and all that is noted of it lie beside the file
        return path

    @cached_property
    def settings(self) -> Settings:
        """What the settings file says, read by whom it concerns."""
        return config.load(config.config_path())

    def reader(self) -> AbstractContextManager[Reader]:
        """Ask questions of the file."""
        return open_reader(self.path, self.now, Reader)

    def history(self) -> AbstractContextManager[ChangeQuestions]:
        """Ask what commands changed."""
        from netkeep.store.change_questions import ChangeQuestions

        return open_reader(self.path, self.now, ChangeQuestions)

    def statistics(self) -> AbstractContextManager[StatsQuestions]:
        """Ask for everything counted."""
        from netkeep.store.stats_questions import StatsQuestions

        return open_reader(self.path, self.now, StatsQuestions)

    def path_to_write(self, typed: str) -> Path:
        """The path of a file to write that somebody typed; BadValueError if it is netkeep's own."""
        path = config.expand(typed)
        if path.absolute() == self.path.absolute():
            raise BadValueError(f"{typed} is the file of netkeep itself", "name another one")
        return path

    def undoing(self) -> AbstractContextManager[Undoing]:
        """Put back what commands changed."""
        from netkeep.store.undoing import open_undoing

        return open_undoing(self.path, self.now)

    def writer(self, *, backup_first: bool = False) -> AbstractContextManager[Writer]:
        """Change the file; of the first change of a day, and of what wants it, backed up first."""
        # SQLModel takes 400 ms to import; what only looks never pays for it.
        from netkeep.store.writer import open_writer

        return open_writer(
            *(self.path, self.now, self.today, self.command, self.settings.backups),
            backup_first=backup_first,
        )


def what_first(ask: PeopleQuestions) -> str | None:
    """What to do first, for whoever sees an empty list because nobody is let in yet; else None."""
    people = ask.count()
    waiting = people[Status.candidate]
    if not sum(people.values()):
        return FIRST_STEP
    if waiting and not people[Status.active]:
        return f"{waiting:,} waiting to be let in; see them: netkeep list --status candidate"
    return None
