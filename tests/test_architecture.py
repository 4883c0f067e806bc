"""The architecture: the layers import one way, and commands load no module they do not need.

They also stay easy to follow: few files, and few jumps between them.
"""

import ast
import subprocess
import sys
from pathlib import Path
from types import FrameType

import pytest

import netkeep as package
from tests.cli.test_processes import without_coverage
from tests.conftest import Netkeep

SOURCE = Path(package.__file__).parent
MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in SOURCE.rglob("*.py")
    if "versions" not in path.parts and path.name != "env.py"
}
MAY_IMPORT = {
    "errors": set(),
    "atomic": {"errors"},
    "domain": {"domain", "errors"},
    "config": {"domain", "errors"},
    "store": {"store", "domain", "atomic", "errors"},
    "exchange": {"exchange", "domain", "errors"},
    "output": {"output", "domain", "atomic", "errors"},
    "cli": {"cli", "exchange", "store", "output", "atomic", "config", "domain", "errors"},
    "__main__": {"cli", "config", "store", "output", "domain", "errors"},
}
COSTLY = {"sqlmodel", "sqlalchemy", "pydantic", "alembic", "rich", "icalendar"}
# Too slow for each shell prompt: they take 40, 14, 2 and 1 ms, where Python starts in 8.
SLOW_TO_START = COSTLY | {"typer", "platformdirs", "dateutil", "calendar"}
# Needed for files, other formats and changes only: 1 to 10 ms each.
NOT_FOR_READING = {
    *("json", "csv", "hashlib", "tempfile", "tomllib", "logging", "decimal", "random"),
}

# From the shell to the table and back, in ten minutes.
FILES_AND_JUMPS = {"due": (18, 60), "log": (25, 100), "add": (25, 100)}


def imported_layers(path: Path) -> set[str]:
    """Return the layers of netkeep that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("netkeep.")}
    return found - {"__version__"}


@pytest.mark.parametrize("module", sorted(MODULES))
def test_modules_import_only_from_allowed_layers(module: str) -> None:
    layer = module.split(".", maxsplit=1)[0]
    if layer != "__init__":
        assert imported_layers(MODULES[module]) <= MAY_IMPORT[layer]


def modules_loaded_by(*command: str) -> set[str]:
    """Return the modules that are loaded at the end of a command."""
    script = (
        "import sys; from netkeep.__main__ import _run; code = _run(sys.argv[1:]);"
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, *command],
        capture_output=True,
        check=True,
        env=without_coverage(),
    )
    return set(ended.stderr.decode().split())


@pytest.mark.parametrize(
    "command",
    [
        ["due"],
        ["due", "-f", "json"],
        ["due", "--count"],
        ["--color", "always", "due"],
        ["list", "-f", "csv"],
        ["show", "ada"],
        ["brief", "ada"],
        ["find", "ada"],
        ["timeline"],
        ["balance"],
        ["stats"],
        ["stats", "-f", "json"],
        ["stats", "--tree"],
        ["round", "list"],
        ["me"],
        ["merge", "--suggest"],
        ["undo", "--list"],
        ["undo", "--dry-run"],
        ["export", "-"],
        ["export", "-", "--as", "csv"],
        ["backup"],
        ["restore"],
        ["config"],
        ["completion", "bash"],
        ["--version"],
    ],
    ids=" ".join,
)
def test_reading_loads_no_costly_module(netkeep: Netkeep, command: list[str]) -> None:
    netkeep("add", "Ada", "--last", "2026-01-01")
    assert not modules_loaded_by(*command) & (COSTLY | {"platformdirs"})


@pytest.mark.parametrize(
    "command",
    [["due"], ["list"], ["show", "ada"], ["brief", "ada"], ["find", "ada"], ["timeline"]],
    ids=" ".join,
)
def test_reading_loads_no_module_for_formats_and_changes(
    netkeep: Netkeep, command: list[str]
) -> None:
    netkeep("add", "Ada", "--last", "2026-01-01")
    assert not modules_loaded_by(*command) & NOT_FOR_READING


def layers(loaded: set[str]) -> set[str]:
    return {name.split(".")[1] for name in loaded if name.startswith("netkeep.")}


def test_name_completion_loads_no_slow_module(netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    loaded = modules_loaded_by("--complete-names", "a", "people")
    assert not loaded & SLOW_TO_START
    assert not layers(loaded) & {"cli", "exchange"}


@pytest.mark.parametrize("options", [[], ["--oneline"]])
def test_prompt_loads_no_slow_module(netkeep: Netkeep, options: list[str]) -> None:
    netkeep("add", "Ada", "--last", "2026-01-01")
    loaded = modules_loaded_by("prompt", *options)
    assert not loaded & SLOW_TO_START
    assert "exchange" not in layers(loaded)
    assert not loaded & {"netkeep.cli.app", "netkeep.output.tables"}


def test_writing_to_an_existing_file_loads_no_migrations(netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    loaded = modules_loaded_by("log", "ada")
    assert "sqlmodel" in loaded
    assert not loaded & {"alembic", "rich"}


@pytest.mark.parametrize("command", [["log", "ada"], ["list", "nobody"]], ids=" ".join)
def test_guesses_are_loaded_only_to_show_one(netkeep: Netkeep, command: list[str]) -> None:
    netkeep("add", "Ada")
    guesses = {"netkeep.cli.guesses", "netkeep.cli.synonyms", "netkeep.cli.typed_line"}
    assert not modules_loaded_by(*command) & guesses
    assert guesses <= modules_loaded_by("list", "friends", "-f", "table")


def test_command_loads_no_other_command(netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    commands = {
        name for name in modules_loaded_by("due") if name.startswith("netkeep.cli.commands.")
    }
    assert commands == {"netkeep.cli.commands.due"}


@pytest.mark.parametrize(
    "command",
    [["due"], ["log", "ada", "--channel", "call"], ["add", "Grace Hopper"]],
    ids=lambda command: command[0],
)
def test_a_reader_can_follow_a_command(netkeep: Netkeep, command: list[str]) -> None:
    for name in ("Ada Lovelace", "Alan Turing"):
        netkeep("add", name, "--last", "2026-01-01")
    netkeep(*command)  # the first run also imports modules
    netkeep("undo", err=None)
    entered: list[str] = []

    def watch(frame: FrameType, event: str, _: object) -> None:
        file = frame.f_code.co_filename
        if event == "call" and file.startswith(str(SOURCE)) and [file] != entered[-1:]:
            entered.append(file)

    sys.setprofile(watch)
    try:
        netkeep(*command)
    finally:
        sys.setprofile(None)
    files, jumps = FILES_AND_JUMPS[command[0]]
    assert len(set(entered)) <= files
    assert len(entered) <= jumps
