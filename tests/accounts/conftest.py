"""Sign-in counts its attempts in the cache: each test begins with an empty one."""

from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()
