"""How long the gazetteer takes to make, and to suggest places."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

LETTERS = ("s", "sa", "san", "sant", "bundi", "南", "yen dinh", "aguiar", "rangaredi", "zzzz")


def measure(say: Callable[[str], None]) -> dict[str, Any]:
    """Seconds to build, size, and milliseconds per suggestion."""
    from toetssteen.places import gazetteer
    from toetssteen.places.build import build

    say("the gazetteer")
    gazetteer.find("warm")
    took = []
    for text in LETTERS:
        for country in (None, "IN", "CN", "ZW"):
            began = time.perf_counter()
            gazetteer.find(text, country=country)
            took.append((time.perf_counter() - began) * 1000)
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        made = build(Path(folder) / "places.sqlite3")
        seconds, size = time.monotonic() - began, made.stat().st_size
    return {
        "build_seconds": round(seconds, 1),
        "megabytes": round(size / 1e6),
        "find_ms": {"median": round(median(took), 2), "worst": round(max(took), 2)},
    }
