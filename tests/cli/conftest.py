"""What tests on a terminal have."""

from collections.abc import Iterator

import pytest

from tests.cli.terminal import Terminal


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    """A pseudo-terminal, closed at the end."""
    opened = Terminal()
    yield opened
    opened.close()
