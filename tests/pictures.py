"""Draw the pictures of the README from a real terminal: `python -m tests.pictures`."""

import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta
from pathlib import Path

import pexpect
from rich.console import Console
from rich.text import Text

from netkeep.cli.app import run
from netkeep.output.pages import SVG_TEMPLATE
from tests.cli.terminal import ending
from tests.conftest import TODAY
from tests.readme_options import README

FOLDER = README.parent / ".github"
PICTURED = ("netkeep due --format table", "netkeep brief ada --format table")
NETWORK = {
    ("coworker", "2 weeks"): ["Ada Lovelace", "Edsger Dijkstra", "Jean Bartik", "Tony Hoare"],
    ("professor", "6 months"): ["Grace Hopper", "Donald Knuth"],
    ("association", "3 months"): ["Katherine Johnson", "Dorothy Vaughan", "Mary Jackson"],
    ("friend", "3 weeks"): ["Alan Turing", "Joan Clarke"],
    ("client", "1 month"): ["Hedy Lamarr", "Radia Perlman", "Annie Easley"],
    ("mentor", "2 months"): ["Barbara Liskov"],
}
CHANNELS = ("email", "call", "message", "email", "meal", "call", "email", "meeting")
PURPOSES = ("catch-up", "follow-up", "catch-up", "give", "congratulate", "catch-up", "ask", "thank")


def pictures() -> Iterator[tuple[str, str]]:
    """Yield the name and SVG of each picture: the README's first week, and a year of stats."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _first_week(f"{folder}/week.db")
        yield "stats", _a_year(f"{folder}/year.db")


def text_of(svg: str) -> str:
    """Return the text of a picture."""
    lines = re.findall(r"<text [^>]*>(.*?)</text>", svg)
    return "\n".join(line.replace("&#160;", " ") for line in lines)


def _first_week(database: str) -> Iterator[tuple[str, str]]:
    remaining = list(PICTURED)
    for command in re.findall(r"^\$ (netkeep .*)$", README.read_text(), re.M):
        _netkeep(database, *shlex.split(command)[1:])
        if command in remaining:
            remaining.remove(command)
            yield (
                command.split()[1],
                _picture(database, command.removesuffix(" --format table"), 80),
            )


def _a_year(database: str) -> str:
    """Return a picture of stats for a network with a year of touchpoints, always the same ones."""
    people = [name for names in NETWORK.values() for name in names]
    for (kind, cadence), names in NETWORK.items():
        for name in names:
            via = ["--via", "ada lovelace"] if name.startswith(("J", "D")) else []
            _netkeep(database, "add", name, "--kind", kind, "--every", cadence, *via)
    _netkeep(database, "round", "add", "--preset", "holidays", "--kind", "client")
    for count in range(110):
        day = date.fromisoformat(TODAY) - timedelta(days=(count * count * 7 + count * 3) % 360)
        name = people[count * 5 % (len(people) - 2)]
        options = ["--channel", CHANNELS[count % 8], "--purpose", PURPOSES[count // 3 % 8]]
        from_them = ["--in"] if count % 4 == 0 else []
        _netkeep(database, "log", name, "--on", str(day), *options, *from_them)
    return _picture(database, "netkeep stats", 104)


def _netkeep(database: str, *arguments: str) -> None:
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        code = run(["--db", database, "--today", TODAY, *arguments])
    assert code == 0, arguments


def _picture(database: str, command: str, width: int) -> str:
    """Return what a command prints on a terminal of this width, as SVG."""
    environment = {
        "NETKEEP_DB": database,
        "NETKEEP_TODAY": TODAY,
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
    }
    child = pexpect.spawn(
        sys.executable,
        ["-m", *shlex.split(command)],
        env={"PATH": os.environ["PATH"], "HOME": str(Path(database).parent)} | environment,
        encoding="utf-8",
        dimensions=(60, width),
    )
    output, code = ending(child)
    assert code == 0, output
    console = Console(record=True, file=io.StringIO(), width=width, force_terminal=True)
    console.print(Text.from_ansi(output.rstrip("\n")), end="")
    return console.export_svg(
        title=command,
        code_format=SVG_TEMPLATE,
        font_aspect_ratio=0.602,  # of DejaVu Sans Mono and Menlo
        unique_id=command.split()[1],
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_CONFIG_HOME=home)
        for name, svg in pictures():
            (FOLDER / f"{name}.svg").write_text(svg)
