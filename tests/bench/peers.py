"""Other programs that list people or tasks, where they are installed: what people are used to."""

import shutil
import subprocess

from tests.bench.cases import NETKEEP, is_wanted
from tests.bench.cast import DUE
from tests.bench.stage import Stage

PEOPLE = 1_000
TASK = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//netkeep//bench//EN\r\n"
    "BEGIN:VTODO\r\nUID:task-{0}\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Call person {0}\r\n"
    "DUE;VALUE=DATE:20261101\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
)


def there(stage: Stage, only: list[str] | None) -> tuple[dict[str, list[str]], list[str]]:
    """What to run of each that is wanted and installed, and which are not installed."""
    commands = {"khard": _khard, "todo": _todo, "sqlite-utils": _sqlite_utils}
    wanted = {name: make for name, make in commands.items() if is_wanted(name, only)}
    found = {name: make(stage) for name, make in wanted.items() if shutil.which(name)}
    return found, [name for name in wanted if name not in found]


def _khard(stage: Stage) -> list[str]:
    """All people of an address book."""
    people, settings = stage.scratch / "people", stage.scratch / "khard.conf"
    subprocess.run(
        [*NETKEEP, "export", f"{people}/", "--as", "vcard"],
        check=True,
        stdout=subprocess.DEVNULL,
        env=stage.environment | {"NETKEEP_DB": str(stage.network(PEOPLE))},
    )
    settings.write_text(f"[addressbooks]\n[[people]]\npath = {people}\n")
    return ["khard", "-c", str(settings), "list"]


def _todo(stage: Stage) -> list[str]:
    """As many tasks as people are due."""
    tasks, settings = stage.scratch / "tasks", stage.scratch / "todo.py"
    (tasks / "mine").mkdir(parents=True)
    for number in range(DUE):
        (tasks / f"mine/task-{number}.ics").write_text(TASK.format(number))
    settings.write_text(f'path = "{tasks}/*"\n')
    return ["todo", "--config", str(settings), "list"]


def _sqlite_utils(stage: Stage) -> list[str]:
    """Twenty rows of the table that `netkeep list` reads."""
    return ["sqlite-utils", "rows", str(stage.network(PEOPLE)), "contact", "--limit", str(DUE)]
