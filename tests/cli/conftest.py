"""Fixtures for tests on a terminal and in an editor."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.editor import Editor
from tests.cli.terminal import Terminal


@pytest.fixture
def terminal(transcribe: Callable[[str], None]) -> Iterator[Terminal]:
    """A pseudo-terminal, closed at the end."""
    opened = Terminal()
    yield opened
    opened.close()
    transcribe(opened.shown.getvalue())


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """An editor that runs a script, with a temporary folder of its own for drafts."""
    if sys.platform == "darwin":
        pytest.skip("the scripts need GNU sed")
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    monkeypatch.setenv("TMPDIR", str(drafts))
    monkeypatch.setattr(tempfile, "tempdir", str(drafts))
    made = Editor(tmp_path / "editor", drafts)
    monkeypatch.setenv("EDITOR", str(made.path))
    made.does("exit 1")
    return made
