"""netkeep sync: synchronise with folders that other programs carry between computers."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from netkeep.atomic import make_folder, write_file
from netkeep.cli import options
from netkeep.cli.context import Context
from netkeep.cli.sync.run import synchronise
from netkeep.config import config_path, expand
from netkeep.errors import BadValueError, NetkeepError, reason
from netkeep.output.printing import print_lines, print_records
from netkeep.output.streams import print_message


class Synced(NamedTuple):
    """The changes to one part; field by field what `sync` prints."""

    part: str
    added_here: int
    changed_here: int
    removed_here: int
    added_there: int
    changed_there: int
    removed_there: int


class CarryError(NetkeepError):
    """The command that carries the folders failed."""


class FolderError(NetkeepError):
    """A shared folder cannot be used. Nothing was changed."""


SETTINGS = """
[sync]
contacts = "~/.sync/netkeep/contacts"    # vCards: people
history = "~/.sync/netkeep/history"      # events: touchpoints, visits, news, rounds
tasks = "~/.sync/netkeep/tasks"          # tasks: who is due, and promises
# carry = ["vdirsyncer", "sync"]         # run before and after each sync
"""
VDIRSYNCER = """# ~/.config/vdirsyncer/config: change the URLs, user names and passwords.
[general]
status_path = "~/.local/share/vdirsyncer/status/"

[pair netkeep_contacts]
a = "netkeep_contacts_here"
b = "netkeep_contacts_there"
collections = null
conflict_resolution = ["command", "netkeep", "sync", "--resolve"]

[storage netkeep_contacts_here]
type = "filesystem"
path = "~/.sync/netkeep/contacts"
fileext = ".vcf"

[storage netkeep_contacts_there]
type = "carddav"
url = "https://server.example/user/contacts/"
username = "user"
password.fetch = ["prompt", "Password"]

[pair netkeep_history]
a = "netkeep_history_here"
b = "netkeep_history_there"
collections = null
conflict_resolution = ["command", "netkeep", "sync", "--resolve"]

[storage netkeep_history_here]
type = "filesystem"
path = "~/.sync/netkeep/history"
fileext = ".ics"

[storage netkeep_history_there]
type = "caldav"
url = "https://server.example/user/history/"
username = "user"
password.fetch = ["prompt", "Password"]

[pair netkeep_tasks]
a = "netkeep_tasks_here"
b = "netkeep_tasks_there"
collections = null
conflict_resolution = "b wins"

[storage netkeep_tasks_here]
type = "filesystem"
path = "~/.sync/netkeep/tasks"
fileext = ".ics"

[storage netkeep_tasks_there]
type = "caldav"
url = "https://server.example/user/tasks/"
username = "user"
password.fetch = ["prompt", "Password"]
item_types = ["VTODO"]
"""


def sync(
    ctx: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be done, and change nothing.")
    ] = False,
    no_carry: Annotated[
        bool,
        typer.Option(
            "--no-carry",
            help="Do not run the command that copies the folders (the setting `carry`).",
        ),
    ] = False,
    allow_removals: Annotated[
        bool,
        typer.Option(
            "--allow-removals",
            help="Continue even if a folder or a large part of its items is missing.",
        ),
    ] = False,
    init: Annotated[
        bool,
        typer.Option(
            "--init",
            help="Add the folders to the settings, and print a configuration for vdirsyncer.",
        ),
    ] = False,
    resolve: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--resolve",
            metavar="A B",
            help="For vdirsyncer: merge two versions of an item, and write the result to both.",
        ),
    ] = None,
    chosen: options.FormatOption = None,
) -> None:
    """Synchronise people, history and tasks with your other devices.

    netkeep reads and writes the folders that the settings name. Another program copies them between
    your devices: vdirsyncer with a CardDAV and CalDAV server, Syncthing, or git. On a new computer,
    the first sync fetches everything. `netkeep undo` undoes a whole sync.

    Examples:
        netkeep sync --init
        netkeep sync --dry-run
        netkeep sync
    """
    context: Context = ctx.obj
    if init:
        _init()
        return
    if resolve:
        from netkeep.cli.sync.resolve import resolve_conflict

        resolve_conflict(context, *map(Path, resolve))
        return
    settings = context.settings.sync
    if not any((settings.contacts, settings.history, settings.tasks)):
        raise BadValueError(
            "the settings name no folders to synchronise", "try: netkeep sync --init"
        )
    if settings.contacts is None:
        raise BadValueError("the setting sync.contacts is missing", "see: netkeep config --path")
    carries = bool(settings.carry) and not (no_carry or dry_run)
    if carries:
        _carry(settings.carry)
    with _folder_errors():
        reports = synchronise(context, settings, dry_run=dry_run, allow_removals=allow_removals)
    if carries:
        _carry(settings.carry)
        with context.writing() as repository:
            repository.sync.note_carried()
    for report in reports:
        for message in report.messages:
            print_message(message)
    records = [
        Synced(**{name: getattr(report, name) for name in Synced._fields}) for report in reports
    ]
    print_records(records, Synced, chosen)


@contextmanager
def _folder_errors() -> Iterator[None]:
    """Turn an OSError about a folder or a file in it into a FolderError."""
    try:
        yield
    except OSError as error:
        if error.filename is None:  # printing failed
            raise
        raise FolderError(f"{error.filename} cannot be used: {reason(error)}") from None


def _carry(command: tuple[str, ...]) -> None:
    try:
        ended = subprocess.run(command, stdin=subprocess.DEVNULL, check=False)
    except OSError as error:
        raise CarryError(f"{command[0]} cannot be run: {reason(error)}") from None
    if ended.returncode:
        raise CarryError(
            f"{command[0]} failed with exit code {ended.returncode}",
            "to synchronise without it: netkeep sync --no-carry",
        )


def _init() -> None:
    """Add the settings to the file, unless it has some, and print those of vdirsyncer."""
    path = config_path()
    try:
        before = path.read_text() if path.exists() else ""
        if "[sync]" in before:
            print_message(f"{path} has a [sync] table already.")
        else:
            make_folder(path.parent)
            write_file(path, f"{before}{SETTINGS}".lstrip().encode(), force=True)
            print_message(f"Added [sync] to {path}.")
    except OSError as error:
        raise BadValueError(f"{path} cannot be changed: {reason(error)}") from None
    with _folder_errors():
        for name in ("contacts", "history", "tasks"):
            make_folder(expand(f"~/.sync/netkeep/{name}"))
    print_lines(VDIRSYNCER.splitlines())
