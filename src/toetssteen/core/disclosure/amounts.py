"""Protecting averages and volumes: enough companies behind a figure, and none so large that it is the figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction

from .cells import DOMINANCE, SMALL_GROUP, Amount, Bins, Cell, Shown, Suppressed


def protect_average(value: Amount, companies: int, threshold: int) -> Cell:
    """An average, shown only if at least this many companies are behind it."""
    return Shown(value) if companies >= threshold else Suppressed()


def dominated(amounts: Sequence[Amount], max_largest_pct: Amount | None, max_two_pct: Amount | None) -> bool:
    """One company, or two together, have more than the allowed percentage of the whole."""
    ordered = sorted((Fraction(amount) for amount in amounts), reverse=True)
    whole = sum(ordered, Fraction(0))
    if whole <= 0:
        return False
    largest, two = ordered[0] * 100, sum(ordered[:2], Fraction(0)) * 100
    over_one = max_largest_pct is not None and largest > Fraction(max_largest_pct) * whole
    return over_one or (max_two_pct is not None and two > Fraction(max_two_pct) * whole)


def sensitive(
    amounts: Sequence[Amount], threshold: int, max_largest_pct: Amount | None, max_two_pct: Amount | None
) -> str | None:
    """Why the sum of these amounts may not be shown; None when it may. Nobody behind it tells nothing."""
    behind = [amount for amount in amounts if amount != 0]
    if not behind:
        return None
    if len(behind) < threshold:
        return SMALL_GROUP
    return DOMINANCE if dominated(behind, max_largest_pct, max_two_pct) else None


def protect_volume(
    amounts: Sequence[Amount],
    threshold: int,
    max_largest_pct: Amount | None = None,
    max_two_pct: Amount | None = None,
) -> Cell:
    """The sum of what each company has, by threshold and dominance."""
    reason = sensitive(amounts, threshold, max_largest_pct, max_two_pct)
    return Suppressed(reason) if reason else Shown(_total(amounts))


def protect_volumes(
    amounts: Mapping[str, Mapping[str, Amount]],
    threshold: int,
    max_largest_pct: Amount | None = None,
    max_two_pct: Amount | None = None,
) -> Bins:
    """Volumes per cell with their total; amounts are per cell per company.

    What is hidden can be had as one sum, by taking the shown cells from the total. So more is hidden until that sum
    itself may be shown; if it never may, the total is hidden.
    """
    merged = _merge(amounts, list(amounts))
    rules = (threshold, max_largest_pct, max_two_pct)
    hidden = {cell: why for cell, of in amounts.items() if (why := sensitive(list(of.values()), *rules))}
    total_reason = sensitive(list(merged.values()), *rules)
    while hidden and total_reason is None and _tells(amounts, hidden.keys(), rules):
        free = [cell for cell in amounts if cell not in hidden and _total(list(amounts[cell].values())) > 0]
        if not free:
            total_reason = SMALL_GROUP
            break
        smallest = min(free, key=lambda cell: _total(list(amounts[cell].values())))
        hidden[smallest] = SMALL_GROUP
    return Bins(
        cells={
            cell: Suppressed(hidden[cell]) if cell in hidden else Shown(_total(list(of.values())))
            for cell, of in amounts.items()
        },
        total=Suppressed(total_reason) if total_reason else Shown(_total(list(merged.values()))),
    )


def _tells(
    amounts: Mapping[str, Mapping[str, Amount]],
    hidden: AbstractSet[str],
    rules: tuple[int, Amount | None, Amount | None],
) -> bool:
    return sensitive(list(_merge(amounts, list(hidden)).values()), *rules) is not None


def _merge(amounts: Mapping[str, Mapping[str, Amount]], cells: Sequence[str]) -> dict[str, Fraction]:
    merged: dict[str, Fraction] = {}
    for cell in cells:
        for company, amount in amounts[cell].items():
            merged[company] = merged.get(company, Fraction(0)) + Fraction(amount)
    return merged


def _total(amounts: Sequence[Amount]) -> Fraction:
    return sum((Fraction(amount) for amount in amounts), Fraction(0))
