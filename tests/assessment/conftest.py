"""The tests of the assessment read English sentences."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Services speak the language of who asks; here that is English."""
    with translation.override("en"):
        yield
