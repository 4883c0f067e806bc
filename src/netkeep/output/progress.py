"""How far something long has come, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, gone at the end; yields what to tell how many more steps are done.

    Of `total` steps, or of nobody knows how many.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda steps: None
        return
    # 60 ms, and only whoever watches pays them.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda steps: bar.advance(task, steps)
