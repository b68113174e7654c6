"""How a goal stands in figures: the newest measured value, the one before, and the bar that shows both; no queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from toetssteen.core.progress import Amount, amount_in, in_unit, whole_of
from toetssteen.core.progress.amounts import PERCENT
from toetssteen.foundation.look.figures import NBSP, number, percent


def amount_words(value: Decimal | Fraction | None, unit: str) -> str:
    """A figure with its unit in the language of the reader: 45 %, 14 dagen."""
    if value is None:
        return ""
    if unit == PERCENT:
        return percent(value, 4)
    return f"{number(value, 4)}{NBSP}{unit}" if unit else number(value, 4)


def in_words(row: Mapping[str, Any]) -> str | None:
    """What was measured in a year, in words: from the figure, or as it was frozen in words before figures were kept."""
    value = row.get("value")
    return row.get("said") if value is None else amount_words(Decimal(value), row.get("unit", ""))


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
    """Rows have `span` and either `value` with `unit` or `said`; none of them for a year without a reading."""
    shown = [{**row, "said": in_words(row)} for row in rows]
    given = [row for row in shown if row["said"]]
    now, before = (given[-1] if given else None), (given[-2] if len(given) > 1 else None)
    return Measured(
        now=str(now["said"]) if now else "",
        now_in=str(now["span"]) if now else "",
        before=str(before["said"]) if before else "",
        before_in=str(before["span"]) if before else "",
        rows=tuple(shown),
        bar=_bar(_amount(now) if now else amount_in(baseline), amount_in(target)),
    )


def _amount(row: Mapping[str, Any]) -> Amount | None:
    value = row.get("value")
    return amount_in(str(row["said"])) if value is None else Amount(Fraction(value), row.get("unit", ""))


def _bar(value: Amount | None, need: Amount | None) -> Bar | None:
    """A percentage is drawn on a scale of 100, so many of so many on all, anything else on the larger of the two."""
    value = None if value is None or need is None else in_unit(value, need.unit)
    if value is None or need is None or min(value.value, need.value) < 0:
        return None
    whole = max(Fraction(whole_of(value.unit) or 0), value.value, need.value)
    return Bar(*(_decimal(part) for part in (value.value, need.value, whole))) if whole else None


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / Decimal(exact.denominator)
