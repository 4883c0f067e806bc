"""How far something long has come, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar of `total` steps on a terminal, gone at the end; yields what to tell of each step."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda steps: None
        return
    # 60 ms, and only whoever watches pays them.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda steps: bar.advance(task, steps)
