"""How a goal stands in figures: the newest measured value, the one before, and the bar that shows both; no queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from toetssteen.core.progress import Amount, amount_in

HUNDRED = Fraction(100)


@dataclass(frozen=True)
class Bar:
    """A bar on one scale: the value, the tick of the target and the whole."""

    value: Decimal
    need: Decimal
    of: Decimal


@dataclass(frozen=True)
class Measured:
    """The newest value in words, that of the year before, the rows per year, and a bar where figures allow one."""

    now: str
    now_in: str
    before: str
    before_in: str
    rows: tuple[Mapping[str, Any], ...]
    bar: Bar | None

    @property
    def is_given(self) -> bool:
        """Something was measured."""
        return bool(self.now)


def measured(baseline: str, target: str, rows: Sequence[Mapping[str, Any]]) -> Measured:
    """Rows have `span` and `said`, which is None for a year without a reading; oldest first."""
    given = [row for row in rows if row["said"]]
    now, before = (given[-1] if given else None), (given[-2] if len(given) > 1 else None)
    return Measured(
        now=str(now["said"]) if now else "",
        now_in=str(now["span"]) if now else "",
        before=str(before["said"]) if before else "",
        before_in=str(before["span"]) if before else "",
        rows=tuple(rows),
        bar=bar_of(str(now["said"]) if now else baseline, target),
    )


def bar_of(said: str, target: str) -> Bar | None:
    """A bar from words; None where they hold no figures, differ in unit, or lie below zero.

    A share is drawn on a scale of 100, anything else on the larger of the two.
    """
    value, need = amount_in(said), amount_in(target)
    if value is None or need is None or not _same_unit(value, need) or min(value.value, need.value) < 0:
        return None
    whole = HUNDRED if "%" in (value.unit, need.unit) else Fraction(0)
    whole = max(whole, value.value, need.value)
    return Bar(*(_decimal(number) for number in (value.value, need.value, whole))) if whole else None


def _same_unit(one: Amount, other: Amount) -> bool:
    return not one.unit or not other.unit or one.unit.casefold() == other.unit.casefold()


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
