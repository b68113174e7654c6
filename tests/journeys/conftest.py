"""The world and the site of the journeys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Site
from tests.journeys import world


@pytest.fixture(scope="session")
def built_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration world as it was built, never changed."""
    return world.build_world(tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="module")
def demo_site(built_world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with a copy of the demonstration world for one story."""
    home = world.copy_world(built_world, tmp_path_factory.mktemp("site") / "home")
    yield from world.serve(home)
