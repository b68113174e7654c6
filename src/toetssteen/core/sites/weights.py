"""The trained weights: how much each agreement says, by Fellegi and Sunter.

The steps here are the same as those of the model file for Splink, which speaks SQL: `steps_of` says in Python what the
file says to a database. m is how often a step is seen in two mentions of one site, u in two of different sites.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log2

from rapidfuzz.distance import Levenshtein

from .cleaning import Cleaned
from .distances import FAR_KM, NEAR_KM, TOWN_KM, kilometres

NULL = -1
FLOOR = 0.005
START = 4


@dataclass(frozen=True, slots=True)
class Weights:
    """Bits of evidence per comparison and step; `prior` is the share of blocked pairs that are one site."""

    prior: float = 0.02
    bits: Mapping[str, Mapping[int, float]] = field(default_factory=dict)

    def probability(self, steps: Mapping[str, int]) -> float:
        """The probability that two mentions are one site, from 0 to 1."""
        total = log2(self.prior / (1 - self.prior))
        for name, step in steps.items():
            if step != NULL:
                total += self.bits.get(name, {}).get(step, 0.0)
        return float(1 / (1 + 2.0 ** -max(-200.0, min(200.0, total))))


UNTRAINED = Weights(
    bits={
        "name": {4: 7.0, 3: 5.0, 2: 3.0, 1: 0.0, 0: -5.0},
        "number": {1: 6.0, 0: -5.0},
        "firm": {1: 1.5, 0: -2.0},
        "town": {2: 2.5, 1: 2.0, 0: -3.0},
        "street": {2: 3.0, 1: 1.0, 0: -2.0},
        "distance": {4: 4.0, 3: 2.0, 2: 3.0, 1: -3.0, 0: -7.0},
        "country": {1: 0.5, 0: -7.0},
        "family": {1: 0.5, 0: -5.0},
        "registry": {1: 12.0, 0: -4.0},
    }
)


def worth_a_look(steps: Mapping[str, int]) -> bool:
    """Whether names or addresses agree enough to ask the rules; the same condition in SQL is `settings.WORTH`.

    Town and country alone are shared by hundreds of firms.
    """
    name, number, street = steps["name"], steps["number"], steps["street"]
    if name >= 2 or steps["registry"] == 1:
        return True
    if name == 1:
        return number == 1 or street == 2 or (number == NULL and (steps["town"] >= 1 or street == 1))
    return (number == 1 and street >= 1) or (steps["distance"] == 4 and number != 0)


def number_key(mention: Cleaned) -> str:
    """The one number that tells a site from its neighbours: unit and survey, pit or plot; empty without any."""
    numbers = mention.numbers
    for mark, values in (("s", numbers.surveys), ("p", numbers.pits), ("l", numbers.plots)):
        if values:
            return mark + "+".join(sorted(values))
    return ""


def town_key(mention: Cleaned) -> str:
    """The town, from the place or from brackets in the name."""
    return mention.place or min(mention.towns, default="")


def steps_of(one: Cleaned, other: Cleaned) -> dict[str, int]:
    """The step of every comparison; NULL where one of the two says nothing."""
    return {
        "name": _name(one, other),
        "number": _equal(number_key(one), number_key(other)),
        "firm": _equal("|".join(sorted(one.name.firm)), "|".join(sorted(other.name.firm))),
        "town": _town(town_key(one), town_key(other)),
        "street": _street(one.street, other.street),
        "distance": _distance(one, other),
        "country": _equal(one.country, other.country),
        "family": _equal(one.family, other.family),
        "registry": NULL if not one.registry or not other.registry else int(bool(one.registry & other.registry)),
    }


def _equal(one: str, other: str) -> int:
    return int(one == other) if one and other else NULL


def _name(one: Cleaned, other: Cleaned) -> int:
    first, second, third, fourth = one.name.joined, other.name.joined, one.local.joined, other.local.joined
    if not first or not second:
        return NULL
    if first == second or (fourth and first == fourth) or (third and third in (second, fourth)):
        return 4
    slips = Levenshtein.distance(first, second, score_cutoff=2)
    if slips <= 1:
        return 3
    if slips <= 2 or one.name.sound == other.name.sound:
        return 2
    return int(first[:START] == second[:START] or not set(one.name.core).isdisjoint(other.name.core))


def _town(one: str, other: str) -> int:
    if not one or not other:
        return NULL
    return 2 if one == other else int(Levenshtein.distance(one, other, score_cutoff=2) <= 2)


def _street(one: frozenset[str], other: frozenset[str]) -> int:
    return min(2, len(one & other)) if one and other else NULL


def _distance(one: Cleaned, other: Cleaned) -> int:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return NULL
    apart = kilometres(one.lat, one.lon, other.lat, other.lon)
    if apart <= NEAR_KM:
        return 4
    if apart <= TOWN_KM:
        return 3
    if abs(one.lat - other.lon) <= 0.1 and abs(one.lon - other.lat) <= 0.1:
        return 2
    return int(apart <= FAR_KM)
