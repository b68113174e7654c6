"""The part of the way from where a goal started to where it should end; exact, and None where it cannot be said."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from .amounts import Amount, in_unit


class Direction(StrEnum):
    """Whether more or less is better for a goal."""

    MORE = "more"
    LESS = "less"


def direction(baseline: Amount | None, target: Amount | None) -> Direction | None:
    """More is better when the target lies above the start, less when it lies below; None when that cannot be said."""
    ends = _ends(baseline, target)
    if ends is None or ends[0].value == ends[1].value:
        return None
    return Direction.MORE if ends[1].value > ends[0].value else Direction.LESS


def progress(baseline: Amount | None, target: Amount | None, reading: Amount | None) -> Fraction | None:
    """(reading - start) / (target - start): 0 at the start, 1 at the target.

    Below 0 things got worse than at the start; above 1 more was reached than the target. None without a direction,
    without a reading, or when the reading is in another unit.
    """
    ends = _ends(baseline, target)
    if ends is None or ends[0].value == ends[1].value or reading is None:
        return None
    start, end = ends
    now = in_unit(reading, start.unit)
    return None if now is None else (now.value - start.value) / (end.value - start.value)


def went_back(baseline: Amount | None, target: Amount | None, before: Amount | None, now: Amount | None) -> bool | None:
    """Whether a reading lies further from the target's side than the one before it; None when that cannot be said."""
    first, second = progress(baseline, target, before), progress(baseline, target, now)
    return None if first is None or second is None else second < first


def _ends(baseline: Amount | None, target: Amount | None) -> tuple[Amount, Amount] | None:
    """Both ends in one unit, that of the start or else of the target."""
    if baseline is None or target is None:
        return None
    start = in_unit(baseline, baseline.unit or target.unit)
    end = in_unit(target, baseline.unit or target.unit)
    return None if start is None or end is None else (start, end)
