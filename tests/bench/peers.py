"""Other programs that list contacts or tasks, to compare with where they are installed."""

import shutil
import subprocess

from tests.bench.cases import NETKEEP, is_wanted
from tests.bench.constants import DUE
from tests.bench.workspace import Workspace

CONTACTS = 1_000
TASK = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//netkeep//bench//EN\r\n"
    "BEGIN:VTODO\r\nUID:task-{0}\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Call person {0}\r\n"
    "DUE;VALUE=DATE:20261101\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
)


def peer_commands(
    workspace: Workspace, only: list[str] | None
) -> tuple[dict[str, list[str]], list[str]]:
    """Return the command of each wanted program, and the names of those not installed."""
    factories = {"khard": _khard, "todo": _todo, "sqlite-utils": _sqlite_utils}
    wanted = {name: make for name, make in factories.items() if is_wanted(name, only)}
    commands = {name: make(workspace) for name, make in wanted.items() if shutil.which(name)}
    return commands, [name for name in wanted if name not in commands]


def _khard(workspace: Workspace) -> list[str]:
    """List all contacts of an address book."""
    people, settings = workspace.scratch / "people", workspace.scratch / "khard.conf"
    subprocess.run(
        [*NETKEEP, "export", f"{people}/", "--as", "vcard"],
        check=True,
        stdout=subprocess.DEVNULL,
        env=workspace.environment | {"NETKEEP_DB": str(workspace.network(CONTACTS))},
    )
    settings.write_text(f"[addressbooks]\n[[people]]\npath = {people}\n")
    return ["khard", "-c", str(settings), "list"]


def _todo(workspace: Workspace) -> list[str]:
    """List as many tasks as contacts are due."""
    tasks, settings = workspace.scratch / "tasks", workspace.scratch / "todo.py"
    (tasks / "mine").mkdir(parents=True)
    for number in range(DUE):
        (tasks / f"mine/task-{number}.ics").write_text(TASK.format(number))
    settings.write_text(f'path = "{tasks}/*"\n')
    return ["todo", "--config", str(settings), "list"]


def _sqlite_utils(workspace: Workspace) -> list[str]:
    """List twenty rows of the table that `netkeep list` reads."""
    return [
        "sqlite-utils",
        "rows",
        str(workspace.network(CONTACTS)),
        "contact",
        "--limit",
        str(DUE),
    ]
