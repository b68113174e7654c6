"""How a computed figure is compared with the expected one."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from django.conf import settings

EXPECTED: list[dict[str, Any]] = json.loads((Path(settings.DEMO_WORLD) / "expected_figures.json").read_text())[
    "figures"
]


def agrees(value: Any, expected: dict[str, Any]) -> bool:
    """The value is what was expected, by the rule that the expectation names."""
    wanted, how = expected["value"], expected.get("compare", "equals")
    if how == "equals":
        return bool(value == wanted and isinstance(value, bool) == isinstance(wanted, bool))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    rules = {
        "rounds_to": lambda: math.floor(value + 0.5) == wanted,
        "at_least": lambda: value >= wanted,
        "at_most": lambda: value <= wanted,
        "between": lambda: wanted[0] <= value <= wanted[1],
    }
    return bool(rules[how]())


def differences(found: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Every expected figure that is not what was computed: id -> (expected, found)."""
    return {
        e["id"]: (e["value"], found.get(e["id"], "not computed"))
        for e in EXPECTED
        if e["id"] not in found or not agrees(found[e["id"]], e)
    }
