"""The part of the way from where a goal started to where it should end; exact, and None where it cannot be said."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from .amounts import Amount


class Direction(StrEnum):
    """Whether more or less is better for a goal."""

    MORE = "more"
    LESS = "less"


def direction(baseline: Amount | None, target: Amount | None) -> Direction | None:
    """More is better when the target lies above the start, less when it lies below; None when that cannot be said."""
    if baseline is None or target is None or not _comparable(baseline, target) or baseline.value == target.value:
        return None
    return Direction.MORE if target.value > baseline.value else Direction.LESS


def progress(baseline: Amount | None, target: Amount | None, reading: Amount | None) -> Fraction | None:
    """(reading - start) / (target - start): 0 at the start, 1 at the target.

    Below 0 things got worse than at the start; above 1 more was reached than the target. None without a direction,
    without a reading, or when the reading is in another unit.
    """
    if direction(baseline, target) is None or reading is None:
        return None
    assert baseline is not None
    assert target is not None
    if not (_comparable(baseline, reading) and _comparable(target, reading)):
        return None
    return (reading.value - baseline.value) / (target.value - baseline.value)


def went_back(baseline: Amount | None, target: Amount | None, before: Amount | None, now: Amount | None) -> bool | None:
    """Whether a reading lies further from the target's side than the one before it; None when that cannot be said."""
    first, second = progress(baseline, target, before), progress(baseline, target, now)
    return None if first is None or second is None else second < first


def _comparable(one: Amount, other: Amount) -> bool:
    """Two amounts have the same unit, or one of them names none."""
    return not one.unit or not other.unit or one.unit.casefold() == other.unit.casefold()
