"""The fewest things to do before a total is reached, and among those the ones that take the least time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import lcm


@dataclass(frozen=True)
class Option:
    """One way to do a thing: which level it reaches, what it adds to the total, and how long it takes.

    `counts` is 0 when the thing is to be done anyway and this only does it better; otherwise 1.
    """

    thing: Hashable
    level: str
    gain: Fraction
    minutes: int
    counts: int = 1


@dataclass(frozen=True)
class _Best:
    """The most that can be gained with so many things and minutes, and the way there."""

    gain: int
    option: Option | None = None
    before: _Best | None = None


def smallest_set(options: Sequence[Option], is_enough: Callable[[Fraction], bool]) -> tuple[Option, ...] | None:
    """At most one option for each thing: the fewest things, then the fewest minutes, then the most gained.

    `is_enough(gain)` must be true for every larger gain too. Returns () when nothing is needed; None when everything
    together is not enough. Exact: gains are compared as whole numbers of a common part. Quick, because a way is given
    up as soon as the largest gains that are left cannot save it.
    """
    if is_enough(Fraction(0)):
        return ()
    ways: dict[Hashable, list[Option]] = {}
    for option in options:
        if option.gain > 0:
            ways.setdefault(option.thing, []).append(option)
    part = lcm(*(option.gain.denominator for found in ways.values() for option in found))
    best = {thing: max(int(option.gain * part) for option in found) for thing, found in ways.items()}
    free = [thing for thing, found in ways.items() if not found[0].counts]
    counted = sorted((thing for thing in ways if thing not in free), key=lambda thing: -best[thing])
    things = [*free, *counted]
    total = sum(best.values())
    if not is_enough(Fraction(total, part)):
        return None
    wanted = _least(total, lambda gain: is_enough(Fraction(gain, part)))
    most = _fewest([best[thing] for thing in counted], wanted - sum(best[thing] for thing in free))
    reached: dict[tuple[int, int], _Best] = {(0, 0): _Best(0)}
    for place, thing in enumerate(things):
        after = things[place + 1 :]
        later = sum(best[one] for one in after if one in free)
        could = [0, *accumulate(best[one] for one in after if one not in free)]
        could += could[-1:] * most
        grown = dict(reached)
        for (count, minutes), state in reached.items():
            for option in ways[thing]:
                at = (count + option.counts, minutes + option.minutes)
                gain = state.gain + int(option.gain * part)
                if at[0] <= most and (at not in grown or gain > grown[at].gain):
                    grown[at] = _Best(gain, option, state)
        reached = {at: state for at, state in grown.items() if state.gain + later + could[most - at[0]] >= wanted}
    return _way(reached[min(reached)])


def _least(total: int, fits: Callable[[int], bool]) -> int:
    """The least whole gain that is enough; the total is known to be."""
    low, high = 0, total
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle + 1, high)
    return high


def _fewest(gains: Sequence[int], wanted: int) -> int:
    """How many of these suffice, the largest first; together they are known to suffice."""
    return 0 if wanted <= 0 else next(n for n, gained in enumerate(accumulate(gains), 1) if gained >= wanted)


def _way(best: _Best) -> tuple[Option, ...]:
    found: list[Option] = []
    at: _Best | None = best
    while at is not None and at.option is not None:
        found.append(at.option)
        at = at.before
    return tuple(reversed(found))
