"""The demonstration world, built once for all tests of a module inside a transaction that is rolled back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

PACK = Path(settings.PACKS) / "trustone-2019"
FOLDER = Path(settings.DEMO_WORLD)


@contextmanager
def built(**options: Any) -> Iterator[Any]:
    """A world that exists for as long as the block lasts."""
    from toetssteen.config.demo.build import build
    from toetssteen.covenant.queries import forget_packs

    with transaction.atomic():
        forget_packs()
        yield build(**{"folder": FOLDER, "pack": PACK, **options})
        transaction.set_rollback(True)
    forget_packs()


@pytest.fixture(scope="session")
def build_world() -> Callable[..., Any]:
    """Builds a world with other options inside a test; use with `with`."""
    return built


@pytest.fixture(scope="module")
def whole_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The world as `toetssteen demo` builds it."""
    with django_db_blocker.unblock(), built() as ground:
        yield ground


@pytest.fixture
def world(whole_world: Any, db: None) -> Any:
    """The same, with what a test changes undone afterwards."""
    return whole_world
