"""The trained model: one file for Splink, read here into weights for Python."""

from __future__ import annotations

import json
from functools import lru_cache
from math import log2
from pathlib import Path
from typing import Any

from toetssteen.core.sites.weights import Weights

MODEL = Path(__file__).with_name("model.json")


def read_model(path: Path = MODEL) -> dict[str, Any]:
    """The model as Splink wrote it."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=4)
def weights(path: Path = MODEL) -> Weights:
    """The same model as bits of evidence per step."""
    model = read_model(path)
    bits: dict[str, dict[int, float]] = {}
    for comparison in model["comparisons"]:
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        bits[comparison["output_column_name"]] = {
            len(levels) - 1 - position: log2(level["m_probability"] / level["u_probability"])
            for position, level in enumerate(levels)
        }
    return Weights(prior=model["probability_two_random_records_match"], bits=bits)
