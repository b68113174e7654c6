"""The register of measures, and what a measure gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from toetssteen.insights.raw import Raw

Value = int | Fraction | str | bool | list[str] | dict[str, int] | None


@dataclass(frozen=True)
class Counted:
    """The value of a figure with what is needed to protect small groups.

    `companies` is how many companies are behind it, `amounts` what each of them has in a volume, `whole` the size of
    the group it is a part of, `who` which companies they are.
    """

    value: Value
    companies: int | None = None
    amounts: tuple[Fraction, ...] = field(default=(), repr=False)
    whole: int | None = None
    who: frozenset[int] | None = field(default=None, repr=False)


Measure = Callable[[Raw, Mapping[str, Any]], Counted]
MEASURES: dict[str, Measure] = {}


def measure(function: Measure) -> Measure:
    """Let the list of figures name this function."""
    MEASURES[function.__name__] = function
    return function


def percent(part: int, whole: int) -> Fraction | None:
    """An exact percentage; None when there is nothing to take a share of."""
    return Fraction(100 * part, whole) if whole else None
