"""An editor that runs a shell script on the file."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Editor:
    """A program for EDITOR, and the folder in which netkeep writes its drafts."""

    path: Path
    drafts: Path

    def does(self, script: str) -> None:
        """Run this script on the file, "$1", after keeping a copy of its text."""
        self.path.write_text(f'#!/bin/sh\ncat "$1" >>"$0.saw"\n{script}\n')
        self.path.chmod(0o700)

    def writes(self, text: str) -> None:
        """Replace the text of the file."""
        text_file = self.path.with_suffix(".text")
        text_file.write_text(text)
        self.does(f"cat '{text_file}' >\"$1\"")

    @property
    def saw(self) -> str:
        """The text of all files that it opened."""
        return self.path.with_suffix(".saw").read_text()

    @property
    def kept(self) -> list[Path]:
        """The files left in the folder."""
        return [path for path in self.drafts.rglob("*") if path.is_file()]
