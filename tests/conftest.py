"""Fixtures that every test may use."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def cast(db: None) -> Iterator[object]:
    """The named universe of `tests/cast.py` in a fresh database."""
    from tests.cast import build

    yield build()
