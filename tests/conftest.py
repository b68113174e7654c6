"""Fixtures that every test may use."""

from __future__ import annotations

import os

import pytest

from tests.browser import browser_context, chromium, open_page, site

__all__ = ["browser_context", "chromium", "open_page", "site"]  # one browser and one site for the whole run

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Each test begins with an empty cache, as its database is empty, and in the site's own language."""
    from django.core.cache import cache
    from django.utils import translation

    from toetssteen.foundation.look.kept import KEPT

    cache.clear()
    KEPT.forget()
    translation.deactivate()


@pytest.fixture
def cast(db: None) -> object:
    """The named universe of `tests/cast.py` in a fresh database."""
    from tests.cast import build

    return build()
