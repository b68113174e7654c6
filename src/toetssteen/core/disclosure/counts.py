"""Protecting counts of companies: small cells are hidden, with others until no hidden one can be worked out."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from .attack import Grid, Sum
from .cells import Bins, Cell, Shown, Suppressed, Table

Key = Hashable
TOTAL = "__total__"


def hidden_cells(
    counts: Mapping[Key, int], sums: Sequence[Sum], threshold: int, also_hide: Collection[Key] = ()
) -> frozenset[Key]:
    """The cells to hide in any table of counts with its sums: the small ones, and what protects them.

    A zero is shown (it is about nobody), unless the threshold is so low that hiding only a one would tell. When
    nothing less protects, all is hidden. ValueError for a negative count or sums that do not add up.
    """
    _refuse_wrong(counts, sums)
    grid = Grid(counts, sums, threshold, frozenset(also_hide))
    hidden = {key for key in counts if grid.small(key) or key in also_hide}
    waiting = [key for key in counts if key in hidden]
    while waiting:
        change = grid.cheapest_change(waiting.pop(0), hidden)
        if change is None:
            return frozenset(counts)
        waiting = [key for key in waiting if key not in change.steps]
        hidden |= change.steps.keys()
    return frozenset(hidden)


def _refuse_wrong(counts: Mapping[Key, int], sums: Sequence[Sum]) -> None:
    for key, count in counts.items():
        if count < 0:
            raise ValueError(f"The count of '{key}' is negative.")
    for one in sums:
        if sum(counts[part] for part in one.parts) != counts[one.total]:
            raise ValueError(f"The parts of '{one.total}' do not add up to it.")


def _cell(key: Key, counts: Mapping[Key, int], hidden: AbstractSet[Key]) -> Cell:
    return Suppressed() if key in hidden else Shown(counts[key])


def protect(
    counts: Mapping[str, int], threshold: int, *, allow_small: bool = False, also_hide: Collection[str] = ()
) -> Bins:
    """A row of counts with its total, small groups protected.

    allow_small is for the figures that the pack names in allow_small_counts_for; also_hide names cells that another
    table would give away.
    """
    everything: dict[Key, int] = dict(counts.items())
    everything[TOTAL] = sum(counts.values())
    hidden: AbstractSet[Key] = frozenset(also_hide)
    if not allow_small:
        hidden = hidden_cells(everything, [Sum(TOTAL, tuple(counts))], threshold, also_hide)
    return Bins(
        cells={key: _cell(key, everything, hidden) for key in counts},
        total=_cell(TOTAL, everything, hidden),
    )


def protect_overlapping(counts: Mapping[str, int], total: int, threshold: int, *, allow_small: bool = False) -> Bins:
    """Counts that do not add up to their total, because one company can be in several; each cell stands for itself."""
    everything: dict[Key, int] = dict(counts.items())
    everything[TOTAL] = total
    hidden: AbstractSet[Key] = frozenset() if allow_small else hidden_cells(everything, [], threshold)
    return Bins(
        cells={key: _cell(key, everything, hidden) for key in counts},
        total=_cell(TOTAL, everything, hidden),
    )


def protect_table(
    counts: Mapping[str, Mapping[str, int]],
    threshold: int,
    *,
    allow_small: bool = False,
    also_hide: Collection[tuple[str, str]] = (),
) -> Table:
    """A table of counts with row totals, column totals and grand total, small groups protected; gaps count as zero."""
    rows = list(counts)
    columns = list(dict.fromkeys(column for cells in counts.values() for column in cells))
    everything, sums = _with_totals(counts, rows, columns)
    hidden: AbstractSet[Key] = frozenset(also_hide)
    if not allow_small:
        hidden = hidden_cells(everything, sums, threshold, also_hide)
    return Table(
        cells={row: {column: _cell((row, column), everything, hidden) for column in columns} for row in rows},
        row_totals={row: _cell((row, TOTAL), everything, hidden) for row in rows},
        column_totals={column: _cell((TOTAL, column), everything, hidden) for column in columns},
        total=_cell((TOTAL, TOTAL), everything, hidden),
    )


def _with_totals(
    counts: Mapping[str, Mapping[str, int]], rows: Iterable[str], columns: Iterable[str]
) -> tuple[dict[Key, int], list[Sum]]:
    rows, columns = list(rows), list(columns)
    everything: dict[Key, int] = {(row, column): counts[row].get(column, 0) for row in rows for column in columns}
    sums: list[Sum] = []

    def add(total: Key, parts: tuple[Key, ...]) -> None:
        everything[total] = sum(everything[part] for part in parts)
        sums.append(Sum(total, parts))

    for row in rows:
        add((row, TOTAL), tuple((row, column) for column in columns))
    for column in columns:
        add((TOTAL, column), tuple((row, column) for row in rows))
    add((TOTAL, TOTAL), tuple((row, TOTAL) for row in rows))
    sums.append(Sum((TOTAL, TOTAL), tuple((TOTAL, column) for column in columns)))
    return everything, sums
