"""What a reader sees in a protected table: a value, or that it is not shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

Amount = int | Fraction | Decimal
SMALL_GROUP = "small_group"
DOMINANCE = "dominance"


@dataclass(frozen=True)
class Shown:
    """A figure that may be published."""

    value: Amount


@dataclass(frozen=True)
class Suppressed:
    """A figure that is not published; one hidden for another's sake has the same reason, or the reason would tell."""

    reason: str = SMALL_GROUP


Cell = Shown | Suppressed


@dataclass(frozen=True)
class Bins:
    """A row of protected cells with its total."""

    cells: Mapping[str, Cell]
    total: Cell

    @property
    def hidden(self) -> tuple[str, ...]:
        """The cells that are not shown."""
        return tuple(key for key, cell in self.cells.items() if isinstance(cell, Suppressed))


@dataclass(frozen=True)
class Table:
    """A protected table with its row totals, column totals and grand total."""

    cells: Mapping[str, Mapping[str, Cell]]
    row_totals: Mapping[str, Cell]
    column_totals: Mapping[str, Cell]
    total: Cell

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """The inner cells that are not shown, as (row, column)."""
        return tuple(
            (row, column)
            for row, cells in self.cells.items()
            for column, cell in cells.items()
            if isinstance(cell, Suppressed)
        )


def plain(cell: Cell) -> Any:
    """The value of a cell, or None when it is not shown; for exports."""
    return cell.value if isinstance(cell, Shown) else None
