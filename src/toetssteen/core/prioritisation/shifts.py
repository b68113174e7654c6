"""What people moved against the order by severity, what order that gives, and which places nobody gave a reason for."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toetssteen.core.frameworks import SeverityScale

from .order import Rating, moved, ranking, weight


@dataclass(frozen=True)
class Shift:
    """Somebody put one risk right above or below another; the reason is empty where none was needed."""

    key: Hashable
    passed: Hashable
    up: bool
    reason: str = ""

    @property
    def upper(self) -> Hashable:
        """The risk that came to stand above the other."""
        return self.key if self.up else self.passed

    @property
    def lower(self) -> Hashable:
        """The risk that came to stand below the other."""
        return self.passed if self.up else self.key


def goes_against(scale: SeverityScale, ratings: Mapping[Any, Rating], upper: Hashable, lower: Hashable) -> bool:
    """Whether the lower of two rated risks is graver, or as grave and likelier; with an unrated one it never is."""
    above, below = weight(scale, ratings[upper]), weight(scale, ratings[lower])
    return above is not None and below is not None and above < below


def in_order(scale: SeverityScale, ratings: Mapping[Any, Rating], shifts: Iterable[Shift]) -> tuple[Hashable, ...]:
    """The order by severity and likelihood, with the shifts applied to it, the oldest first.

    A shift without a reason lapses as soon as both risks are rated and it goes against them. What nobody shifted
    stands where its rating puts it, also when it is rated or rated anew after others were shifted.
    """
    order = [row.key for row in ranking(scale, ratings)]
    for shift in shifts:
        if shift.key not in ratings or shift.passed not in ratings:
            continue
        if not shift.reason.strip() and goes_against(scale, ratings, shift.upper, shift.lower):
            continue
        if order.index(shift.upper) > order.index(shift.lower):
            _put(order, shift, scale, ratings)
    return tuple(order)


def _put(order: list[Hashable], shift: Shift, scale: SeverityScale, ratings: Mapping[Any, Rating]) -> None:
    """Without a reason the unrated one of the two goes to the other, so that nothing rated is passed on the way."""
    key, other = shift.key, shift.passed
    if not shift.reason.strip() and weight(scale, ratings[key]) is not None and weight(scale, ratings[other]) is None:
        key, other = other, key
    order.remove(key)
    order.insert(order.index(other) + (key == shift.lower), key)


def unexplained_pairs(
    scale: SeverityScale, ratings: Mapping[Any, Rating], order: Sequence[Hashable], shifts: Iterable[Shift]
) -> tuple[tuple[Hashable, Hashable], ...]:
    """The pairs (upper, lower) of rated risks of which the lower one is graver and that no reason puts so.

    A reason is given for one pair. It carries on only through severity and other reasons: who stands above B with a
    reason stands above what B stands above rightly. So a reason never covers a graver risk than the one it names.
    """
    rated = [key for key in order if weight(scale, ratings[key]) is not None]
    given = {(shift.upper, shift.lower) for shift in shifts if shift.reason.strip()}
    rightly_below: dict[Hashable, set[Hashable]] = {}
    found = []
    for place in range(len(rated) - 1, -1, -1):
        upper, below = rated[place], rated[place + 1 :]
        reached: set[Hashable] = set()
        for lower in below:
            if (upper, lower) in given or not goes_against(scale, ratings, upper, lower):
                reached |= {lower} | rightly_below[lower]
        rightly_below[upper] = reached
        found += [(upper, lower) for lower in below if lower not in reached]
    return tuple(sorted(found, key=lambda pair: (order.index(pair[0]), order.index(pair[1]))))


def unexplained(
    scale: SeverityScale, ratings: Mapping[Any, Rating], order: Sequence[Hashable], shifts: Iterable[Shift]
) -> tuple[Hashable, ...]:
    """The fewest risks that stand against the order, of those with a place that nobody gave a reason for."""
    bare = {key for pair in unexplained_pairs(scale, ratings, order, shifts) for key in pair}
    return tuple(key for key in moved(scale, ratings, order) if key in bare)
