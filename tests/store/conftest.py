"""Fixtures of the tests of the database."""

import pytest


@pytest.fixture
def fast_creation() -> None:
    """Create databases by running the migrations."""
