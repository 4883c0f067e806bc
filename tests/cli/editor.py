"""A real editor, if a small one: what it does to the file is a script."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Editor:
    """A program to have as EDITOR, and the folder in which netkeep has its drafts."""

    path: Path
    drafts: Path

    def does(self, script: str) -> None:
        """Have it do this to the file, which is "$1", once it has kept what was in it before."""
        self.path.write_text(f'#!/bin/sh\ncat "$1" >>"$0.saw"\n{script}\n')
        self.path.chmod(0o700)

    def writes(self, text: str) -> None:
        """Have it write this, whatever was there before."""
        given = self.path.with_suffix(".text")
        given.write_text(text)
        self.does(f"cat '{given}' >\"$1\"")

    @property
    def saw(self) -> str:
        """All that was ever in the files it opened."""
        return self.path.with_suffix(".saw").read_text()

    @property
    def kept(self) -> list[Path]:
        """The drafts that are still there."""
        return [one for one in self.drafts.rglob("*") if one.is_file()]
