"""The packs that the core tests work with, read once."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toetssteen.core.frameworks import Pack, load_pack, read_pack

PACKS = Path(__file__).parents[2] / "packs"


@pytest.fixture(scope="session")
def stone_raw() -> dict[str, Any]:
    return read_pack(PACKS / "trustone-2019")


@pytest.fixture(scope="session")
def cocoa_raw() -> dict[str, Any]:
    return read_pack(PACKS / "examples" / "cacao-2031")


@pytest.fixture(scope="session")
def stone(stone_raw: dict[str, Any]) -> Pack:
    return load_pack(stone_raw)


@pytest.fixture(scope="session")
def cocoa(cocoa_raw: dict[str, Any]) -> Pack:
    return load_pack(cocoa_raw)


@pytest.fixture(scope="session")
def changed(stone_raw: dict[str, Any]) -> Callable[[Callable[[dict[str, Any]], object]], dict[str, Any]]:
    """The stone pack after one change, without touching the original."""

    frozen = pickle.dumps(stone_raw)

    def make(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        raw = pickle.loads(frozen)
        change(raw)
        return raw

    return make
