"""The pictures of the manual: what a story shows, on a desk and on a phone."""

from __future__ import annotations

import os
from typing import Any

from tests.browser import RESULTS, ROOT

# A run of the tests keeps its pictures apart; with `TOETSSTEEN_PICTURES=1` they become those of the manual.
FOLDER = ROOT / "docs" / "manual" / "pictures" if os.environ.get("TOETSSTEEN_PICTURES") else RESULTS / "pictures"
HEIGHTS = {1280: 900, 360: 740}


def take(page: Any, name: str, *, phone: bool = False) -> None:
    """Take a picture of what is on the screen; with `phone` one on a desk and one on a phone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for width in (1280, 360) if phone else (before["width"],):
        page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, before["height"])})
        path = FOLDER / f"{name}{'-phone' if width == 360 else ''}.png"
        page.screenshot(path=str(path), animations="disabled")
    page.set_viewport_size(before)
