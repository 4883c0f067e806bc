"""The shape of the code: who may import whom, and what costs too much to be imported at all."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import netkeep as package
from tests.cli.test_processes import unfollowed
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
# What a shell has no time for at every prompt: 40, 14, 2 and 1 ms, where Python takes 8.
SLOW_TO_START = COSTLY | {"typer", "platformdirs", "dateutil", "calendar"}
# What only files, other formats and changes need: 1 to 10 ms each.
OF_FILES_AND_FORMATS = {
    *("json", "csv", "hashlib", "tempfile", "tomllib", "logging", "decimal", "random"),
}


def imports(path: Path) -> set[str]:
    """What a module imports of netkeep, by layer."""
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
def test_nothing_imports_upward(module: str) -> None:
    layer = module.split(".", maxsplit=1)[0]
    if layer != "__init__":
        assert imports(MODULES[module]) <= MAY_IMPORT[layer]


def loaded_by(*command: str) -> set[str]:
    """The modules in memory at the end of a command."""
    script = (
        "import sys; from netkeep.__main__ import _run; code = _run(sys.argv[1:]);"
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, *command],
        capture_output=True,
        check=True,
        env=unfollowed(),
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
def test_looking_loads_nothing_that_costs(netkeep: Netkeep, command: list[str]) -> None:
    netkeep("add", "Ada", "--last", "2026-01-01")
    assert not loaded_by(*command) & (COSTLY | {"platformdirs"})


@pytest.mark.parametrize(
    "command",
    [["due"], ["list"], ["show", "ada"], ["brief", "ada"], ["find", "ada"], ["timeline"]],
    ids=" ".join,
)
def test_a_look_loads_nothing_of_files_and_formats(netkeep: Netkeep, command: list[str]) -> None:
    netkeep("add", "Ada", "--last", "2026-01-01")
    assert not loaded_by(*command) & OF_FILES_AND_FORMATS


def layers(loaded: set[str]) -> set[str]:
    return {name.split(".")[1] for name in loaded if name.startswith("netkeep.")}


def test_completing_a_name_loads_nothing_slow(netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    loaded = loaded_by("--complete-names", "a", "people")
    assert not loaded & SLOW_TO_START
    assert not layers(loaded) & {"cli", "exchange"}


@pytest.mark.parametrize("options", [[], ["--oneline"]])
def test_a_prompt_loads_nothing_slow(netkeep: Netkeep, options: list[str]) -> None:
    netkeep("add", "Ada", "--last", "2026-01-01")
    loaded = loaded_by("prompt", *options)
    assert not loaded & SLOW_TO_START
    assert "exchange" not in layers(loaded)
    assert not loaded & {"netkeep.cli.app", "netkeep.output.tables"}


def test_writing_to_a_file_that_is_there_loads_no_migrations(netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    loaded = loaded_by("log", "ada")
    assert "sqlmodel" in loaded
    assert not loaded & {"alembic", "rich"}


def test_a_command_loads_no_other_command(netkeep: Netkeep) -> None:
    netkeep("add", "Ada")
    commands = {name for name in loaded_by("due") if name.startswith("netkeep.cli.commands.")}
    assert commands == {"netkeep.cli.commands.due"}
