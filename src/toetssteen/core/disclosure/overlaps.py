"""Two published tables can give away together what each alone hides: a part of a whole, or this year and the last."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from .cells import Bins, Shown
from .counts import protect


def difference_tells(first: AbstractSet[object], second: AbstractSet[object], threshold: int) -> bool:
    """Subtracting one figure from the other would be about too few companies.

    That is so when one group lies within the other and differs by some, but fewer than the threshold.
    """
    smaller, larger = (first, second) if len(first) <= len(second) else (second, first)
    return smaller <= larger and 0 < len(larger) - len(smaller) < threshold


def changed_by_few(
    before: Mapping[str, AbstractSet[str]], now: Mapping[str, AbstractSet[str]], threshold: int
) -> frozenset[str]:
    """The cells in which, since the table before, only a few companies came or only a few went.

    For averages and volumes of these cells the change would be about those few: show one of the two only.
    """
    return frozenset(key for key in now if key in before and difference_tells(before[key], now[key], threshold))


def protect_part(
    part: Mapping[str, int], whole: Mapping[str, int], published: Bins, threshold: int, *, allow_small: bool = False
) -> Bins:
    """The counts of a part (such as one region) beside a published whole: whole minus part must not tell either.

    ValueError when the part is larger than the whole.
    """
    for key, count in part.items():
        if count > whole.get(key, 0):
            raise ValueError(f"The part of '{key}' is larger than the whole.")
    if allow_small:
        return protect(part, threshold, allow_small=True)
    tells = [
        key
        for key, count in part.items()
        if isinstance(published.cells.get(key), Shown) and 0 < whole[key] - count < threshold
    ]
    return protect(part, threshold, also_hide=tells)
