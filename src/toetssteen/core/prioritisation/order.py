"""Severity from its dimensions, the order that follows, and the checks on an order that people chose.

Source: OECD Due Diligence Guidance and UN Guiding Principles 14 and 24 (severity by scale, scope and irremediable
character; the most severe first); the scale itself is data of the pack.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import Any

from toetssteen.core.frameworks import SeverityScale
from toetssteen.core.frameworks.values import Exact

# Two may stand in the order of volume by chance (1 in 2); of three that is 1 in 6, enough to ask a question. Many
# importers have three chains, and nothing is lost by being asked.
FEWEST_TO_COMPARE = 3


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
    known = {key: weight(scale, rating) for key, rating in ratings.items()}
    rated = sorted((key for key, found in known.items() if found is not None), key=lambda key: _minus(known[key]))
    placed: list[Ranked] = []
    for place, key in enumerate(rated, 1):
        same = bool(placed) and known[placed[-1].key] == known[key]
        rank = placed[-1].rank if same else place
        placed.append(_ranked(scale, key, ratings[key], rank))
    unrated = (_ranked(scale, key, ratings[key], None) for key, found in known.items() if found is None)
    return (*placed, *unrated)


def moved(scale: SeverityScale, ratings: Mapping[Any, Rating], order: Sequence[Hashable]) -> tuple[Hashable, ...]:
    """The fewest risks that somebody must have moved to get this order from the one by severity and likelihood.

    Each of them needs a reason. Risks that are not rated stand where they are put: there is nothing to go against.
    """
    weights = [(key, found) for key in order if (found := weight(scale, ratings[key])) is not None]
    kept = _longest_falling([_minus(found) for _key, found in weights])
    return tuple(key for place, (key, _weight_) in enumerate(weights) if place not in kept)


def follows_volume(order: Sequence[Hashable], volumes: Mapping[Any, Exact | None]) -> bool:
    """The order is that of volume, largest first: to be questioned, since volume says nothing of harm to people.

    Only said of at least three different volumes, of which no two stand the other way round.
    """
    known = [volume for key in order if (volume := volumes.get(key)) is not None]
    return tells_volume(known) and all(a > b for a, b in combinations(known, 2) if a != b)


def tells_volume(volumes: Iterable[Exact | None]) -> bool:
    """Enough different volumes to compare an order with theirs."""
    return len({volume for volume in volumes if volume is not None}) >= FEWEST_TO_COMPARE


def weight(scale: SeverityScale, rating: Rating) -> tuple[Fraction, int] | None:
    """Severity and then likelihood, as they rank; None while one of them is unrated."""
    found = severity(scale, rating)
    return None if found is None or rating.likelihood is None else (found, rating.likelihood)


def _minus(known: tuple[Fraction, int] | None) -> tuple[Fraction, int]:
    assert known is not None
    return (-known[0], -known[1])


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
