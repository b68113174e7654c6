"""Trains the weights from labelled pairs: m from pairs of one site, u from random pairs, by Splink itself."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from splink import Linker

from toetssteen.core.sites import Mention
from toetssteen.core.sites.context import prepared
from toetssteen.core.sites.weights import NULL, steps_of

from .backends import duckdb_in, table_of
from .blocking import row_of
from .records import Pair
from .settings import settings

PRIOR = 0.02
LEAST = 0.0005


def train(lists: Iterable[tuple[list[Mention], list[Pair]]], out: Path | None = None) -> dict[str, Any]:
    """The trained model of one or more labelled lists, written to a file if asked.

    u is estimated by Splink from random pairs of all lists; m is counted over all pairs labelled match, a step that was
    never seen gets a small share instead of none, so that one odd pair cannot decide alone.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    rows: list[tuple[Any, ...]] = []
    matches: list[dict[str, int]] = []
    for mentions, pairs in lists:
        ready, _context = prepared(mentions)
        by_id = {mention.id: mention for mention in ready}
        rows += [row_of(len(rows) + position, mention) for position, mention in enumerate(ready)]
        matches += [
            steps_of(by_id[pair.first], by_id[pair.second])
            for pair in pairs
            if pair.label == "match" and pair.first in by_id and pair.second in by_id
        ]
    linker = Linker(table_of(duckdb_in(), rows), settings(PRIOR), log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=2_000_000, seed=1, min_count_per_level=None)
    model = linker.misc.save_model_to_json()
    _count_m(model, matches)
    if out:
        out.write_text(json.dumps(model, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return model


def _count_m(model: dict[str, Any], matches: list[dict[str, int]]) -> None:
    """Put the shares of each step among matches into the model, and shares that were not seen as very small."""
    model.pop("linker_uid", None)
    for comparison in model["comparisons"]:
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        seen = [steps[comparison["output_column_name"]] for steps in matches]
        seen = [step for step in seen if step != NULL]
        if not seen and comparison["output_column_name"] == "registry":
            seen = [1] * 20  # the lists have no registry numbers; equal ones are the strongest evidence there is
        for position, level in enumerate(levels):
            step = len(levels) - 1 - position
            level["m_probability"] = round((seen.count(step) + 0.5) / (len(seen) + 0.5 * len(levels)), 6)
            level["u_probability"] = round(max(level.get("u_probability") or LEAST, LEAST), 6)
        if comparison["output_column_name"] == "registry":
            levels[0]["u_probability"], levels[1]["u_probability"] = LEAST, 1 - LEAST
