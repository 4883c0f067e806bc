"""Print all text that netkeep shows to people, for proofreading: `python -m tests.words`.

First every `--help`. Then, by file, an example of each text in the source: the shortest line of
output that has it, from a run of the tests of the command line, which takes some minutes. A text
that no test prints is shown as it is in the source.
"""

import ast
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner

import netkeep
from netkeep.cli.app import app

SOURCE = Path(netkeep.__file__).parent
PARTS = ("errors.py", "config.py", "cli", "output", "domain", "exchange", "store")
MIN_LETTERS = 8  # of a text to look for
# SQL, regular expressions, templates of other formats, and names of columns in other programs.
NOT_SHOWN = re.compile(
    r"SELECT|PRAGMA|CREATE |INSERT|UPDATE |DELETE |FROM|WHERE|NULL|BEGIN IMM| = |>=|<>|json_array"
    r"|[a-z]\|[a-z]|\[\^|\\[bd(]|%[YdmH]|\.(SH|TH|SS)\b|^set |_netkeep_|_arguments|complete -c"
    r"|compadd|<svg|local -a|PRODID|^X-|^data:|^file:|^-//|\\f[IR]"
    r"|^([A-Z][A-Za-z0-9-]*|of|E-mail \d?)( [A-Z0-9][A-Za-z/]*)+$"
)
# Modules, and folders of modules, whose texts are read or executed, not printed: words that people
# type, columns of other programs, SQL. Only those of their texts that a test prints are shown.
READ = {
    *("columns.py", "foreign_days.py", "google.py", "jobs.py", "keys.py", "mail.py", "outlook.py"),
    *("schema.py", "synonyms.py", "queries", "repository"),
}
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|[\x00-\x08\x0b\x0c\x0e-\x1f]")
# Lines of machine formats, manual pages and scripts.
NOT_SENTENCES = re.compile(r"""^\s*[\[\]{}"<|'│╭╰]|\t|^[A-Z][A-Z-]+[;:]|^\.\w|^complete|^ {3,}\S""")
ODD = re.compile(r"[^\x00-\x7f·█░▁-▇─]|[%\\?*]|\"\"\"|typer\.")  # from tests of odd input
FOLDERS = re.compile(r"/\S*/home/|/\S*/pytest-of-\w+(/[\w-]+)*/(?=\w)")


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


def transcribe() -> str:
    """Run the tests of the command line, and return everything that netkeep printed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "transcript")
        tests = ["-q", "-n", "auto", f"--transcript={path}", "tests/cli"]
        subprocess.run([sys.executable, "-m", "pytest", *tests], stdout=sys.stderr, check=True)
        return path.read_text()


def messages(transcript: str) -> list[str]:
    """Return the lines of a transcript, each error with its hint; short and plain ones first."""
    text = FOLDERS.sub("~/", ESCAPES.sub("", transcript.replace("\r", "\n")))
    with_hints = re.sub(r"^(netkeep: .*)\n  (?=\S)", r"\1\v  ", text, flags=re.MULTILINE)
    lines = {line for line in with_hints.split("\n") if not NOT_SENTENCES.search(line)}
    return sorted(
        (line.replace("\v", "\n") for line in lines),
        key=lambda line: (bool(ODD.search(line)), len(line), line),
    )


def texts(node: ast.AST) -> Iterator[list[str | ast.expr]]:
    """Yield the texts of a module in their order, each in parts; no docstrings and no nouns."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.JoinedStr():
                yield [
                    each.value if isinstance(each, ast.FormattedValue) else ast.literal_eval(each)
                    for each in child.values
                ]
            case ast.Constant(value=str(text)):
                yield [text]
            case ast.Expr(value=ast.Constant()) | ast.Call(func=ast.Name(id="pluralize")):
                pass
            case _:
                yield from texts(child)


def example(parts: Sequence[str | ast.expr], printed: Sequence[str]) -> str | None:
    """Return the first message that has a text; None if no message has it."""
    pattern = re.compile(
        "".join(re.escape(each) if isinstance(each, str) else ".+?" for each in parts)
    )
    longest = max((each for each in parts if isinstance(each, str)), key=len)
    with_it = (each for each in printed if longest in each)
    return next(filter(pattern.search, with_it), None)


def placeholder(expression: ast.expr) -> str:
    """Return what stands for a computed part: `{name}` for a name or an attribute."""
    match expression:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return f"{{{name}}}"
        case _:
            return "…"


def examples(module: Path, printed: Sequence[str], shown: list[str]) -> Iterator[str]:
    """Yield for each text of a module a message with it or, if there is none, the text itself.

    Add what is yielded to `shown`, whose texts are left out.
    """
    for parts in texts(ast.parse(module.read_text())):
        words = " ".join(each for each in parts if isinstance(each, str))
        is_text = " " in words.strip() and len(re.findall("[A-Za-z]", words)) >= MIN_LETTERS
        if not is_text or NOT_SHOWN.search(words) or example(parts, shown):
            continue
        message = example(parts, printed)
        if message is None and READ & {module.name, module.parent.name}:
            continue
        in_source = "".join(each if isinstance(each, str) else placeholder(each) for each in parts)
        shown.append(message or in_source.strip())
        yield shown[-1]


def main() -> None:
    """Print everything; take a transcript of the tests from a file, if one is given."""
    printed = messages(Path(sys.argv[1]).read_text() if sys.argv[1:] else transcribe())
    help_texts = [*helps()]
    sys.stdout.write("\n".join(help_texts))
    shown = [" ".join(re.sub("[│╭╰]", "", text).split()) for text in help_texts]
    for part in PARTS:
        path = SOURCE / part
        for module in [path] if path.is_file() else sorted(path.rglob("*.py")):
            if "versions" not in module.parts and (found := [*examples(module, printed, shown)]):
                sys.stdout.write("\n".join([f"\n# {module.relative_to(SOURCE)}\n", *found, ""]))


if __name__ == "__main__":
    main()
