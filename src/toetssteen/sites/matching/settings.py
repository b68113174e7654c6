"""The probabilistic model for Splink: what is compared, in steps that every database of Splink can take.

Only equality, `levenshtein`, `substr` and intersections of lists are used, so that the same settings and the same
model file run on DuckDB and on Spark. What the steps are is told again in Python in `core.sites.weights`.
"""

from __future__ import annotations

from typing import Any

import splink.comparison_level_library as level
from splink import SettingsCreator, block_on

from toetssteen.core.sites.distances import FAR_KM, NEAR_KM, TOWN_KM
from toetssteen.core.sites.weights import NULL, START, Weights

from .blocking import RULES


def _comparison(name: str, *levels: Any) -> dict[str, Any]:
    return {"output_column_name": name, "comparison_levels": list(levels)}


def _equal(column: str) -> dict[str, Any]:
    return _comparison(column, level.NullLevel(column), level.ExactMatchLevel(column), level.ElseLevel())


def comparisons() -> list[Any]:
    """What is compared, in the order of the steps from equal to different."""
    swapped = "abs(lat_l - lon_r) <= 0.1 AND abs(lon_l - lat_r) <= 0.1"
    nameless = "name_l IS NULL OR name_r IS NULL"
    other_script = "name_l = name_r OR name_l = local_r OR local_l = name_r OR local_l = local_r"
    return [
        _comparison(
            "name",
            {"sql_condition": nameless, "is_null_level": True},
            level.CustomLevel(other_script, "equal"),
            level.LevenshteinLevel("name", 1),
            level.CustomLevel("levenshtein(name_l, name_r) <= 2 OR sound_l = sound_r", "close or alike in sound"),
            level.Or(level.ExactMatchLevel("start"), level.ArrayIntersectLevel("tokens", 1)),
            level.ElseLevel(),
        ),
        _equal("number"),
        _equal("firm"),
        _comparison(
            "town",
            level.NullLevel("town"),
            level.ExactMatchLevel("town"),
            level.LevenshteinLevel("town", 2),
            level.ElseLevel(),
        ),
        _comparison(
            "street",
            level.NullLevel("street"),
            level.ArrayIntersectLevel("street", 2),
            level.ArrayIntersectLevel("street", 1),
            level.ElseLevel(),
        ),
        _comparison(
            "distance",
            level.Or(level.NullLevel("lat"), level.NullLevel("lon")).configure(is_null_level=True),
            level.DistanceInKMLevel("lat", "lon", NEAR_KM),
            level.DistanceInKMLevel("lat", "lon", TOWN_KM),
            level.CustomLevel(swapped, "swapped"),
            level.DistanceInKMLevel("lat", "lon", FAR_KM),
            level.ElseLevel(),
        ),
        _equal("country"),
        _equal("family"),
        _comparison(
            "registry",
            level.NullLevel("registry"),
            level.ArrayIntersectLevel("registry", 1),
            level.ElseLevel(),
        ),
    ]


def settings(prior: float) -> SettingsCreator:
    """The settings before training; `START` letters begin a name."""
    assert START == 4  # noqa: S101 - the column `start` is cut to it
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons(),
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in RULES],
        probability_two_random_records_match=prior,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
    )


def worth_a_look(weights: Weights) -> str:
    """The condition of `core.sites.weights.worth_a_look` over the columns that Splink answers with.

    Splink keeps the weight of every comparison (`mw_...`), not its step; no two steps of one comparison weigh the same.
    """

    def step(name: str, *steps: int) -> str:
        told = (0.0 if step == NULL else weights.bits[name][step] for step in steps)
        return "(" + " OR ".join(f"abs(mw_{name} - ({bits:.9f})) < 0.000001" for bits in told) + ")"

    nearby = f"{step('number', NULL)} AND ({step('town', 1, 2)} OR {step('street', 1)})"
    alike = f"{step('number', 1)} OR {step('street', 2)} OR {nearby}"
    at_one_spot = f"{step('distance', 4)} AND NOT {step('number', 0)}"
    other = f"{step('number', 1)} AND {step('street', 1, 2)} OR {at_one_spot}"
    return (
        f"{step('name', 2, 3, 4)} OR {step('registry', 1)} OR {step('name', 1)} AND ({alike}) "
        f"OR {step('name', 0, NULL)} AND ({other})"
    )
