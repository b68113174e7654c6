"""Nobody can work out a hidden cell: proven against an attacker that tries every possible table."""

from __future__ import annotations

import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toetssteen.core.disclosure import (
    Bins,
    Cell,
    Shown,
    Sum,
    Suppressed,
    changed_by_few,
    derivable,
    difference_tells,
    hidden_cells,
    may_show_small,
    plain,
    protect,
    protect_average,
    protect_overlapping,
    protect_part,
    protect_table,
    protect_volume,
    protect_volumes,
    threshold_for,
)
from toetssteen.core.frameworks import Pack

HIDDEN = Suppressed()


def could_be(cell: Cell, truth: int, threshold: int, most: int) -> list[int]:
    """What the attacker holds possible: he even knows whether a hidden cell is small, and that no zero is hidden."""
    if isinstance(cell, Shown):
        return [int(cell.value)]
    return list(range(1, threshold) if truth < threshold else range(threshold, most + 1))


@settings(max_examples=120, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=4), st.integers(3, 6))
def test_no_hidden_bin_follows_from_the_total(values: list[int], threshold: int) -> None:
    counts = {f"b{i}": value for i, value in enumerate(values)}
    found = protect(counts, threshold)
    if all(isinstance(c, Suppressed) for c in (*found.cells.values(), found.total)) and 0 in values:
        return  # all is withheld, zeros too: there is nothing to attack
    totals = could_be(found.total, sum(values), threshold, 60)
    ranges = [could_be(cell, counts[key], threshold, 16) for key, cell in found.cells.items()]
    possible = [row for row in itertools.product(*ranges) if sum(row) in totals]
    withheld = all(isinstance(c, Suppressed) for c in (*found.cells.values(), found.total))
    for place, (key, cell) in enumerate(found.cells.items()):
        if isinstance(cell, Suppressed):
            assert withheld or len({row[place] for row in possible}) >= 2, f"{key} follows: {found}"
        else:
            assert cell.value == values[place]
            assert cell.value == 0 or cell.value >= threshold
    if isinstance(found.total, Shown):
        assert found.total.value == sum(values)
        assert found.total.value == 0 or found.total.value >= threshold
    elif not withheld:
        assert len({sum(row) for row in possible}) >= 2


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=2), st.integers(3, 4))
def test_no_hidden_cell_of_a_table_follows_from_its_totals(values: list[list[int]], threshold: int) -> None:
    columns = ["x", "y", "z"]
    counts = {f"r{i}": dict(zip(columns, row, strict=True)) for i, row in enumerate(values)}
    found = protect_table(counts, threshold)
    margins = [*found.row_totals.values(), *found.column_totals.values(), found.total]
    if len(found.hidden) == 6 and all(isinstance(c, Suppressed) for c in margins):
        return  # all is withheld: there is nothing to attack
    row_sums = [could_be(found.row_totals[row], sum(counts[row].values()), threshold, 40) for row in counts]
    column_sums = [
        could_be(found.column_totals[c], sum(row[c] for row in counts.values()), threshold, 40) for c in columns
    ]
    wholes = could_be(found.total, sum(map(sum, values)), threshold, 60)
    per_row = []
    for place, row in enumerate(counts):
        ranges = [could_be(found.cells[row][c], counts[row][c], threshold, 8) for c in columns]
        per_row.append([r for r in itertools.product(*ranges) if sum(r) in row_sums[place]])
    possible = [
        tables
        for tables in itertools.product(*per_row)
        if all(sum(r[i] for r in tables) in column_sums[i] for i in range(3)) and sum(map(sum, tables)) in wholes
    ]
    assert tuple(map(tuple, values)) in possible
    for row, column in found.hidden:
        i, j = list(counts).index(row), columns.index(column)
        assert len({table[i][j] for table in possible}) >= 2, f"{row} {column} follows: {found}"
    for row in counts:
        for column in columns:
            shown = found.cells[row][column]
            if isinstance(shown, Shown):
                assert shown.value == counts[row][column]
                assert shown.value == 0 or shown.value >= threshold


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), min_size=6, max_size=6), min_size=2, max_size=9), st.integers(2, 7))
def test_larger_tables_are_protected_too(values: list[list[int]], threshold: int) -> None:
    """Every hidden cell lies on a closed path of hidden cells that can all move, so a second table exists."""
    counts: dict[object, int] = {(i, j): v for i, row in enumerate(values) for j, v in enumerate(row)}
    sums = []
    for i, row in enumerate(values):
        counts[(i, "t")] = sum(row)
        sums.append(Sum((i, "t"), tuple((i, j) for j in range(6))))
    for j in range(6):
        counts[("t", j)] = sum(row[j] for row in values)
        sums.append(Sum(("t", j), tuple((i, j) for i in range(len(values)))))
    counts[("t", "t")] = sum(map(sum, values))
    sums.append(Sum(("t", "t"), tuple((i, "t") for i in range(len(values)))))
    sums.append(Sum(("t", "t"), tuple(("t", j) for j in range(6))))
    hidden = hidden_cells(counts, sums, threshold)
    small = {key for key, count in counts.items() if 0 < count < threshold}
    assert small <= hidden
    if hidden != frozenset(counts):
        assert derivable(counts, sums, hidden, threshold) == []


def test_one_small_bin_takes_a_second_one_along() -> None:
    found = protect({"a": 2, "b": 20, "c": 8}, 5)
    assert found == Bins({"a": HIDDEN, "b": Shown(20), "c": HIDDEN}, Shown(30))


def test_the_only_filled_bin_takes_the_total_along() -> None:
    found = protect({"a": 3, "b": 0}, 5)
    assert found == Bins({"a": HIDDEN, "b": Shown(0)}, HIDDEN)


def test_two_bins_that_must_be_one_each_get_a_third() -> None:
    found = protect({"a": 1, "b": 1, "c": 10, "d": 12}, 5)
    assert found.hidden == ("a", "b", "c")


def test_nothing_small_nothing_hidden() -> None:
    assert protect({"a": 5, "b": 0}, 5) == Bins({"a": Shown(5), "b": Shown(0)}, Shown(5))
    assert protect({}, 5).total == Shown(0)


def test_a_low_threshold_hides_zeros_with_ones() -> None:
    found = protect({"a": 1, "b": 0, "c": 9}, 2)
    assert {"a", "b"} <= set(found.hidden)


def test_agreed_figures_may_be_small(stone: Pack, cocoa: Pack) -> None:
    assert may_show_small(stone, "companies_per_colour")
    assert not may_show_small(stone, "companies_per_country")
    assert not may_show_small(cocoa, "companies_per_colour")
    assert protect({"red": 1, "green": 21}, 5, allow_small=True).cells["red"] == Shown(1)
    assert (threshold_for(stone), threshold_for(stone, areas=True), threshold_for(cocoa)) == (5, 6, 10)


def test_a_table_hides_a_rectangle() -> None:
    found = protect_table({"r": {"x": 2, "y": 30, "z": 9}, "s": {"x": 40, "y": 50, "z": 8}}, 5)
    assert found.hidden == (("r", "x"), ("r", "z"), ("s", "x"), ("s", "z"))
    assert all(isinstance(c, Shown) for c in (*found.row_totals.values(), *found.column_totals.values(), found.total))


def test_gaps_in_a_table_are_zeros() -> None:
    found = protect_table({"r": {"x": 9}, "s": {"y": 7}}, 5)
    assert found.cells["r"]["y"] == Shown(0)
    assert found.total == Shown(16)


def test_overlapping_groups_stand_for_themselves() -> None:
    found = protect_overlapping({"IN": 9, "CN": 7, "TR": 2}, 10, 5)
    assert found.hidden == ("TR",)
    assert found.total == Shown(10)


def test_wrong_sums_are_refused() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        hidden_cells({"a": 1, "t": 3}, [Sum("t", ("a",))], 5)
    with pytest.raises(ValueError, match="negative"):
        protect({"a": -1}, 5)
    with pytest.raises(ValueError, match="two sums"):
        hidden_cells({"a": 0, "t": 0}, [Sum("t", ("a",))] * 3, 5)


def test_averages_need_enough_companies() -> None:
    assert protect_average(Fraction(81, 2), 5, 5) == Shown(Fraction(81, 2))
    assert protect_average(Fraction(81, 2), 4, 5) == HIDDEN


def test_a_dominant_company_hides_a_volume() -> None:
    even = [Decimal(10)] * 10
    assert protect_volume(even, 5, 70, 85) == Shown(Fraction(100))
    assert protect_volume([Decimal(1000), *even], 5, 70, 85) == Suppressed("dominance")
    assert protect_volume([Decimal(45), Decimal(45), *[Decimal(1)] * 9], 5, 70, 85) == Suppressed("dominance")
    assert protect_volume([70, 6, 6, 6, 12], 5, 70, 85) == Shown(Fraction(100)), "exactly at the limit may be shown"
    assert protect_volume([10, 10], 5, 70, 85) == HIDDEN
    assert protect_volume([], 5, 70, 85) == Shown(Fraction(0))


def test_what_is_hidden_of_volumes_may_be_had_as_one_sum_only() -> None:
    amounts = {
        "granite": {f"c{i}": 100 for i in range(10)},
        "marble": {"c1": 30, "c2": 20},
        "slate": {f"c{i}": 11 for i in range(3, 9)},
    }
    found = protect_volumes(amounts, 5, 70, 85)
    assert found.hidden == ("marble", "slate")
    assert found.total == Shown(Fraction(1116))
    alone = protect_volumes({"granite": amounts["granite"], "marble": amounts["marble"]}, 5, 70, 85)
    assert alone.hidden == ("granite", "marble")
    only = protect_volumes({"marble": amounts["marble"]}, 5, 70, 85)
    assert only.total == HIDDEN


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 50), max_size=8), min_size=1, max_size=5))
def test_hidden_volumes_never_follow_from_the_total(cells: list[dict[str, int]]) -> None:
    amounts = {f"m{i}": dict(cell) for i, cell in enumerate(cells)}
    found = protect_volumes(amounts, 4, 70, 85)
    if not found.hidden or isinstance(found.total, Suppressed):
        return
    rest = Fraction(plain(found.total)) - sum(plain(c) for c in found.cells.values() if isinstance(c, Shown))
    behind = {company for key in found.hidden for company in amounts[key]}
    assert len(found.hidden) >= 2
    assert len(behind) >= 4
    for company in behind:
        assert sum(amounts[key].get(company, 0) for key in found.hidden) * 100 <= 70 * rest


def test_a_part_does_not_give_the_rest_away() -> None:
    whole = {"IN": 12, "CN": 20}
    published = protect(whole, 5)
    part = protect_part({"IN": 10, "CN": 9}, whole, published, 5)
    assert part.hidden == ("IN", "CN"), "12 - 10 would tell of two companies, and CN would follow from the total"
    clear = protect_part({"IN": 7, "CN": 9}, whole, published, 5)
    assert clear.hidden == ()
    with pytest.raises(ValueError, match="larger"):
        protect_part({"IN": 13}, whole, published, 5)


def test_a_forced_zero_can_be_hidden() -> None:
    whole = {"IN": 3, "CN": 20, "TR": 9}
    published = protect(whole, 5, allow_small=True)
    part = protect_part({"IN": 0, "CN": 12, "TR": 4}, whole, published, 5)
    assert {"IN", "TR"} <= set(part.hidden)


def test_this_year_minus_last_year_does_not_give_the_newcomers_away() -> None:
    five, seven, other = frozenset("abcde"), frozenset("abcdefg"), frozenset("abcxyz")
    assert difference_tells(five, seven, 5)
    assert difference_tells(seven, five, 5)
    assert not difference_tells(five, five, 5)
    assert not difference_tells(five, frozenset("abcdefghij"), 5), "five newcomers are enough"
    assert not difference_tells(five, other, 5)
    assert not difference_tells(frozenset(), seven, 5)
    assert changed_by_few({"x": five, "y": five}, {"x": seven, "y": other, "z": seven}, 5) == {"x"}
