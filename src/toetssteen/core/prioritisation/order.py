"""Severity from its dimensions, the order that follows, and the checks on an order that people chose.

Source: OECD Due Diligence Guidance and UN Guiding Principles 14 and 24 (severity by scale, scope and irremediable
character; the most severe first); the scale itself is data of the pack.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import Any

from toetssteen.core.frameworks import SeverityScale
from toetssteen.core.frameworks.values import Exact

FEWEST_TO_COMPARE = 4  # fewer risks may stand in the order of volume by chance


@dataclass(frozen=True)
class Rating:
    """What somebody rated of a risk: a score per dimension and the likelihood; what nobody rated is missing."""

    scores: Mapping[str, int] = field(default_factory=dict)
    likelihood: int | None = None


@dataclass(frozen=True)
class Ranked:
    """A risk in its place; `rank` is shared by risks that are equal, and None while something is unrated."""

    key: Hashable
    rank: int | None
    severity: Fraction | None
    likelihood: int | None
    comes_first: bool


def severity(scale: SeverityScale, rating: Rating) -> Fraction | None:
    """How severe a risk is by the method of the pack; None while one dimension has no score.

    ValueError when a score lies outside its dimension.
    """
    scores = []
    for dimension in scale.dimensions:
        score = rating.scores.get(dimension.id)
        if score is None:
            return None
        if not dimension.min <= score <= dimension.max:
            raise ValueError(f"{dimension.id}: {score} is not between {dimension.min} and {dimension.max}")
        scores.append(score)
    if not scores:
        return None
    return Fraction(sum(scores), len(scores)) if scale.method == "mean" else Fraction(max(scores))


def comes_first(scale: SeverityScale, rating: Rating) -> bool:
    """Severe and likely enough to belong to the highest priorities, by the bounds of the pack."""
    found = severity(scale, rating)
    if found is None or rating.likelihood is None:
        return False
    return found >= scale.highest_min_severity and rating.likelihood >= scale.highest_min_likelihood


def ranking(scale: SeverityScale, ratings: Mapping[Any, Rating]) -> tuple[Ranked, ...]:
    """All risks, the most severe first, then the likeliest; equals keep the order given; unrated ones stand last."""
    known = {key: _weight(scale, rating) for key, rating in ratings.items()}
    rated = sorted((key for key, weight in known.items() if weight is not None), key=lambda key: _minus(known[key]))
    placed: list[Ranked] = []
    for place, key in enumerate(rated, 1):
        same = bool(placed) and known[placed[-1].key] == known[key]
        rank = placed[-1].rank if same else place
        placed.append(_ranked(scale, key, ratings[key], rank))
    unrated = (_ranked(scale, key, ratings[key], None) for key, weight in known.items() if weight is None)
    return (*placed, *unrated)


def moved(scale: SeverityScale, ratings: Mapping[Any, Rating], order: Sequence[Hashable]) -> tuple[Hashable, ...]:
    """The fewest risks that somebody must have moved to get this order from the one by severity and likelihood.

    Each of them needs a reason. Risks that are not rated stand where they are put: there is nothing to go against.
    """
    weights = [(key, weight) for key in order if (weight := _weight(scale, ratings[key])) is not None]
    kept = _longest_falling([_minus(weight) for _key, weight in weights])
    return tuple(key for place, (key, _weight_) in enumerate(weights) if place not in kept)


def follows_volume(order: Sequence[Hashable], volumes: Mapping[Any, Exact | None]) -> bool:
    """The order is that of volume, largest first: to be questioned, since volume says nothing of harm to people.

    Only said of at least four risks with known volume, of which no two neighbours in volume stand the other way round.
    """
    known = [volume for key in order if (volume := volumes.get(key)) is not None]
    pairs = [(a, b) for a, b in combinations(known, 2) if a != b]
    if len(known) < FEWEST_TO_COMPARE or len(set(known)) < FEWEST_TO_COMPARE:
        return False
    return all(a > b for a, b in pairs)


def _weight(scale: SeverityScale, rating: Rating) -> tuple[Fraction, int] | None:
    found = severity(scale, rating)
    return None if found is None or rating.likelihood is None else (found, rating.likelihood)


def _minus(weight: tuple[Fraction, int] | None) -> tuple[Fraction, int]:
    assert weight is not None
    return (-weight[0], -weight[1])


def _ranked(scale: SeverityScale, key: Hashable, rating: Rating, rank: int | None) -> Ranked:
    return Ranked(key, rank, severity(scale, rating), rating.likelihood, comes_first(scale, rating))


def _longest_falling(values: Sequence[tuple[Fraction, int]]) -> frozenset[int]:
    """The places of a longest part of the row that never goes back; the earliest such part among equals."""
    tails: list[tuple[Fraction, int]] = []
    places: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        length = bisect_right(tails, value)
        before.append(places[length - 1] if length else -1)
        if length == len(tails):
            tails.append(value)
            places.append(place)
        else:
            tails[length] = value
            places[length] = place
    kept = []
    at = places[-1] if places else -1
    while at >= 0:
        kept.append(at)
        at = before[at]
    return frozenset(kept)
