"""Files in a shared folder, read and written as another program does."""

import re
from collections.abc import Iterable
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Write a file with CRLF line ends."""
    path.write_bytes(re.sub(r"\r?\n", "\r\n", text).encode())


def rewrite(path: Path, *replaced: tuple[str, str]) -> None:
    """Replace texts in a file, which has to have them."""
    text = path.read_bytes().decode()
    for old, new in replaced:
        assert old in text, text
        text = text.replace(old, new)
    write(path, text)


def file_with(paths: Iterable[Path], containing: str) -> Path:
    """Return the one file with this text."""
    (found,) = [path for path in paths if containing in path.read_text()]
    return found
