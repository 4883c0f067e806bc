"""Print all text that netkeep shows to people, for proofreading: `python -m tests.words`.

First every `--help`, then every text in the source: messages, errors, hints, headings and
questions, by file. A computed part is shown as `{}`.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner

import netkeep
from netkeep.cli.app import app

SOURCE = Path(netkeep.__file__).parent
PARTS = ("errors.py", "config.py", "cli", "output", "domain", "exchange", "store")
# SQL, and names of columns in other programs.
NOT_SHOWN = re.compile(
    r"SELECT|PRAGMA|CREATE |INSERT|UPDATE |DELETE |ORDER|AND\b|FROM|WHERE|UNION|INTERSECT|NULL"
    r"|LIKE|LIMIT|BEGIN IMM| IN | = |coalesce| \|"
)


def commands(group: Any, name: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command and group."""
    yield name
    for each in group.list_commands(None) if hasattr(group, "list_commands") else ():
        yield from commands(group.get_command(None, each), (*name, each))


def helps() -> Iterator[str]:
    """Yield the help of every command, 80 columns wide."""
    runner = CliRunner(env={"COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"})
    for name in commands(typer.main.get_command(app)):
        yield runner.invoke(app, [*name, "--help"], prog_name="netkeep").output


def texts(path: Path) -> Iterator[str]:
    """Yield the texts in a module that have a space in them, but no docstrings."""
    tree = ast.parse(path.read_text())
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    in_joined = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            in_joined |= {id(each) for each in ast.walk(node) if each is not node}
    for node in ast.walk(tree):
        if id(node) in docstrings | in_joined:
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if re.search(r"[A-Za-z]{2} |[ ][A-Za-z]{2}", text) and not NOT_SHOWN.search(text):
            yield " ".join(text.split())


def main() -> None:
    """Print everything."""
    for text in helps():
        sys.stdout.write(f"{text}\n")
    for part in PARTS:
        path = SOURCE / part
        for module in [path] if path.is_file() else sorted(path.rglob("*.py")):
            found = list(dict.fromkeys(texts(module)))
            if found and "versions" not in module.parts:
                lines = "".join(f"  {text}\n" for text in found)
                sys.stdout.write(f"\n# {module.relative_to(SOURCE)}\n\n{lines}")


if __name__ == "__main__":
    main()
