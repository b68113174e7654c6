"""Counts of companies that overlap: nobody can work out a hidden one, proven against all data that could exist."""

from __future__ import annotations

import itertools
from collections import defaultdict
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toetssteen.core.disclosure import (
    Fact,
    Group,
    companies_in,
    fact,
    group,
    groups_of,
    hidden_groups,
    told_by_change,
)

VIEWS = ((), ("theme",), ("country",), ("theme", "country"))
OHS_IN, OHS_CN = fact(theme="ohs", country="IN"), fact(theme="ohs", country="CN")
CHILD_IN, CHILD_CN = fact(theme="child", country="IN"), fact(theme="child", country="CN")
ALL_FACTS = (OHS_IN, OHS_CN, CHILD_IN, CHILD_CN)
SAID = [frozenset(chosen) for size in range(5) for chosen in itertools.combinations(ALL_FACTS, size)]
COMPANIES = 5
THRESHOLD = 3
PARTS = {(): None, ("country",): ()}  # shown beside the number of all companies, and beside that of all who named one

Counts = tuple[tuple[Group, int], ...]


def counted(worlds: tuple[int, ...]) -> dict[Group, int]:
    data = {n: SAID[index] for n, index in enumerate(worlds)}
    return {name: len(who) for name, who in companies_in(data, VIEWS).items()}


@cache
def every_world() -> list[dict[Group, int]]:
    """What could be counted: all ways in which five companies can name two themes in two countries."""
    worlds = itertools.combinations_with_replacement(range(len(SAID)), COMPANIES)
    found = {tuple(sorted(counted(world).items())): None for world in worlds}
    return [dict(one) for one in found]


def is_small(value: int) -> bool:
    return 0 < value < THRESHOLD


def rest(world: dict[Group, int], name: Group) -> int:
    """Who is in the whole of a part but not in the part."""
    if not name:
        return COMPANIES - world.get(name, 0)
    return world.get((), 0) - world.get(name, 0) if [a for a, _v in name] == ["country"] else 0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, len(SAID) - 1), min_size=COMPANIES, max_size=COMPANIES))
def test_no_hidden_count_follows_for_who_knows_all_data_that_could_exist(worlds: list[int]) -> None:
    """He knows the companies, the rule, the shown counts, and even which hidden counts are small."""
    data = {n: SAID[index] for n, index in enumerate(worlds)}
    truth = counted(tuple(worlds))
    hidden = hidden_groups(data, VIEWS, THRESHOLD, parts=PARTS)
    assert all(name in hidden for name, value in truth.items() if is_small(value))
    rests = {name for name in truth if is_small(rest(truth, name))}
    assert all(name in hidden or (name and () in hidden) for name in rests)
    if hidden == frozenset(truth):
        return  # all is withheld: there is nothing to attack
    names = {name for world in every_world() for name in world}
    possible = [
        world
        for world in every_world()
        if all(
            world.get(name, 0) == truth.get(name, 0)
            if name not in hidden
            else world.get(name, 0) > 0 and is_small(world.get(name, 0)) == is_small(truth[name])
            for name in names
        )
    ]
    assert truth in possible
    for name in hidden:
        assert len({world.get(name, 0) for world in possible}) > 1, f"{name} follows from what is shown of {truth}"
    for name in rests:
        assert len({rest(world, name) for world in possible}) > 1, f"who is not in {name} follows: {truth}"


def spread(**cells: int) -> dict[int, set[Fact]]:
    """Companies that each said one thing."""
    by_name = {"ohs_in": OHS_IN, "ohs_cn": OHS_CN, "child_in": CHILD_IN, "child_cn": CHILD_CN}
    facts = [by_name[name] for name, many in cells.items() for _n in range(many)]
    return {number: {one} for number, one in enumerate(facts)}


def test_one_small_cell_takes_a_rectangle_along() -> None:
    """By hand: with totals 9, 13, 14, 8 and 22 shown, the one company with ohs in China must not follow."""
    hidden = hidden_groups(spread(ohs_in=8, ohs_cn=1, child_in=6, child_cn=7), VIEWS, 5)
    cells = {group(theme=t, country=c) for t in ("ohs", "child") for c in ("IN", "CN")}
    assert group(theme="ohs", country="CN") in hidden
    assert len(hidden & cells) >= 2
    assert not hidden & {(), group(theme="child"), group(country="IN")}


def test_a_company_that_said_more_can_protect_a_small_cell_alone() -> None:
    """Company 0 names both themes and both countries, but not child labour in China: it could have named that too."""
    data = spread(ohs_in=8, ohs_cn=7, child_in=6, child_cn=2)
    data[0] |= {OHS_CN, CHILD_IN}
    assert hidden_groups(data, VIEWS, 5) == {group(theme="child", country="CN")}


def test_where_sizes_tell_the_total_goes() -> None:
    """By hand: five in India and nine in all leave at least four in China, and a hidden count is at most four."""
    data = {n: {OHS_IN} for n in range(5)} | {n: {OHS_CN} for n in range(5, 9)}
    views = ((), ("country",))
    hidden = hidden_groups(data, views, 5)
    assert group(country="CN") in hidden
    assert () in hidden or group(country="IN") in hidden


def test_few_who_are_not_in_a_part_are_protected_too() -> None:
    """By hand: seven of nine named a measurable goal; the two that did not must not follow from 9 minus 7."""
    data = {n: {fact(theme="ohs", smart="yes" if n < 7 else "")} for n in range(9)}
    views = ((), ("smart",))
    assert hidden_groups(data, views, 5) == frozenset()
    hidden = hidden_groups(data, views, 5, parts={("smart",): ()})
    assert group(smart="yes") in hidden


def test_nothing_small_nothing_hidden_and_nobody_nothing() -> None:
    assert hidden_groups(spread(ohs_in=5, child_cn=6), VIEWS, 5) == frozenset()
    assert hidden_groups({1: set()}, VIEWS, 5) == frozenset()


def test_who_alone_says_anything_is_hidden_with_every_total() -> None:
    hidden = hidden_groups({1: {OHS_IN}, 2: set()}, VIEWS, 5)
    assert hidden == groups_of(OHS_IN, VIEWS)


def test_when_nothing_protects_also_the_counts_of_nobody_are_hidden() -> None:
    """By hand: all seven named ohs and the total is known; with child labour shown as 0 the forced ohs would follow."""
    views, ohs, child = ((), ("theme",)), group(theme="ohs"), group(theme="child")
    data = {n: {fact(theme="ohs")} for n in range(7)}
    assert hidden_groups(data, views, 5, also_hide={ohs}, open_to_all={()}, of_nobody={child}) == {ohs, child}


def test_a_threshold_that_hides_only_ones_is_refused() -> None:
    with pytest.raises(ValueError, match="could only be one"):
        hidden_groups({}, VIEWS, 2)


def test_attributes_that_a_fact_lacks_are_not_counted() -> None:
    assert groups_of(fact(theme="ohs", country=""), VIEWS) == {(), group(theme="ohs")}


def test_two_years_together_do_not_tell_of_the_few_that_came_or_went() -> None:
    five, seven, other = frozenset("abcde"), frozenset("abcdefg"), frozenset("abcxyz")
    name, shown = group(theme="ohs"), {group(theme="ohs")}
    assert told_by_change({name: five}, {name: seven}, shown, 5) == {name}, "two more: that is what g and f said"
    assert told_by_change({name: seven}, {name: five}, shown, 5) == {name}
    assert not told_by_change({name: five}, {name: seven}, set(), 5), "what was not shown cannot be subtracted"
    assert not told_by_change({name: five}, {name: other}, shown, 5), "some came and some went"
    assert not told_by_change({name: five}, {name: five | set("vwxyz")}, shown, 5), "five newcomers are enough"


def test_what_one_year_forces_to_hide_is_protected_as_well() -> None:
    """Hiding 7 because 6 stood there last year is of no use when it follows from the total of this year."""
    data = spread(ohs_in=7, ohs_cn=9, child_in=8, child_cn=9)
    forced = group(theme="ohs", country="IN")
    hidden = hidden_groups(data, VIEWS, 5, also_hide={forced})
    assert forced in hidden
    by_row: dict[str, int] = defaultdict(int)
    for name in hidden:
        for attribute, value in name:
            by_row[f"{attribute}={value}"] += 1
    assert by_row["theme=ohs"] > 1
    assert by_row["country=IN"] > 1
