"""The README and the pages of the manual, and the examples in them."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
MANUAL = {page.stem: page for page in sorted((ROOT / "src/netkeep/manual").glob("*.md"))}
DOCUMENTS = {"README": README, **MANUAL}


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of a language, in order."""
    return re.findall(rf"^```{language}(?: [^\n]*)?\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def sessions(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of the console blocks, and the output that follows it."""
    yield from re.findall(
        r"^\$ (.*)\n((?:[^$].*\n)*)", "".join(blocks(text, "console")), re.MULTILINE
    )


def recipes() -> dict[str, str]:
    """Return the named blocks, by name.

    In the README the name is in a comment above the block, in the manual it follows the language.
    """
    in_readme = re.findall(
        r"^<!-- recipe: ([^\n]*) -->\n```\w+\n(.*?)^```$",
        README.read_text(),
        re.DOTALL | re.MULTILINE,
    )
    in_manual = re.findall(
        r"^```\w+ ([^\n]+)\n(.*?)^```$", MANUAL["recipes"].read_text(), re.DOTALL | re.MULTILINE
    )
    return dict(in_readme + in_manual)
