"""The manual: pages in Markdown that are installed with netkeep."""

import os
from pathlib import Path

from netkeep.output.streams import is_stdout_terminal, write_output

FOLDER = Path(__file__).parent.parent / "manual"
WIDTH = 100  # columns; longer lines are hard to read


def topics() -> dict[str, str]:
    """Return the topics of the manual, each with the first sentence of its page."""
    return {page.stem: _first_sentence(page) for page in sorted(FOLDER.glob("*.md"))}


def find_topics(text: str) -> list[str]:
    """Return the topics whose pages mention a text, at most three, the most mentions first."""
    counts = {
        page.stem: page.read_text(encoding="utf-8").lower().count(text.lower())
        for page in FOLDER.glob("*.md")
    }
    found = sorted((topic for topic in counts if counts[topic]), key=lambda topic: -counts[topic])
    return found[:3]


def _first_sentence(page: Path) -> str:
    _title, summary, *_ = page.read_text(encoding="utf-8").split("\n\n")
    return " ".join(summary.split()).partition(". ")[0].rstrip(".") + "."


def print_topic(topic: str) -> None:
    """Print a page: formatted and in a pager on a terminal, else as Markdown."""
    text = (FOLDER / f"{topic}.md").read_text(encoding="utf-8")
    if not is_stdout_terminal():
        write_output(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console()
    console.width = min(console.width, WIDTH)
    os.environ.setdefault("LESS", "FRX")  # as git does: no pager for a short page, show colours
    with console.pager(styles=True):
        console.print(Markdown(text))
