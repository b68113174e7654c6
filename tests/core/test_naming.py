"""The least to name: hand cases, and never more than the smallest set that an exhaustive search finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.conftest import PACKS
from toetssteen.core.coverage import Chain, ToName, cover, gaps, links_to_name
from toetssteen.core.frameworks import Pack, load_pack, read_pack

STONE = load_pack(read_pack(PACKS / "trustone-2019"))
LEVELS = [level.id for level in STONE.coverage_levels]
STATES = [state.id for state in STONE.answer_states]
HARD = ("refused",)


def chain(situation: str = "C", volume: Any = None, **states: str) -> Chain:
    return Chain(situation, {level: [state] for level, state in states.items()}, volume)


def by_volume(pack: Pack) -> Pack:
    unit = replace(pack.settings.coverage_unit, value="volume")
    return replace(pack, settings=replace(pack.settings, coverage_unit=unit))


def after(pack: Pack, chains: Mapping[Any, Chain], found: ToName) -> Mapping[Any, Chain]:
    """The chains as they would be once all these links were named."""
    named = dict(chains)
    for key, level in found.links:
        named[key] = replace(named[key], links={**named[key].links, level: ["known"]})
    return named


def test_two_factories_are_enough_and_the_refused_one_comes_last() -> None:
    chains = {
        1: chain(factories="known"),
        2: chain(factories="refused", volume=90),
        3: chain(factories="asked", volume=1),
        4: chain(factories="not_asked", volume=5),
        5: chain("A", factories="not_asked"),  # does not count
    }
    found = links_to_name(STONE, chains, {"factories": 75}, HARD)
    assert found == ToName(links=((4, "factories"), (3, "factories")), out_of_reach=(), hard=0)
    assert found.of_level("factories") == (4, 3)
    assert found.is_enough


def test_a_refused_link_is_counted_as_hard_when_there_is_no_way_around_it() -> None:
    chains = {1: chain(factories="refused"), 2: chain(factories="not_asked")}
    found = links_to_name(STONE, chains, {"factories": 100}, HARD)
    assert (found.links, found.hard) == (((2, "factories"), (1, "factories")), 1)


def test_nothing_is_named_for_what_is_reached_or_not_asked() -> None:
    chains = {1: chain(factories="known"), 2: chain(quarries="asked")}
    assert links_to_name(STONE, chains, {"factories": 50}) == ToName((), (), 0)
    assert links_to_name(STONE, chains, {}) == ToName((), (), 0)


def test_without_chains_no_naming_reaches_a_demand() -> None:
    found = links_to_name(STONE, {1: chain("A", factories="not_asked")}, {"factories": 1, "quarries": 0})
    assert found == ToName((), ("factories",), 0)
    assert not found.is_enough


def test_by_volume_the_largest_come_first_and_without_volumes_it_is_out_of_reach() -> None:
    pack = by_volume(STONE)
    chains = {1: chain(volume=10), 2: chain(volume=60), 3: chain(volume=30), 4: chain()}
    assert links_to_name(pack, chains, {"quarries": 60}).links == ((2, "quarries"),)
    assert links_to_name(pack, chains, {"quarries": 61}).links == ((2, "quarries"), (3, "quarries"))
    assert links_to_name(pack, {1: chain(), 2: chain()}, {"quarries": 1}).out_of_reach == ("quarries",)


def test_by_volume_a_refusal_is_avoided_when_that_costs_no_extra_link() -> None:
    pack = by_volume(STONE)
    chains = {1: chain(volume=50, quarries="refused"), 2: chain(volume=40, quarries="asked"), 3: chain(volume=10)}
    assert links_to_name(pack, chains, {"quarries": 40}, HARD).links == ((2, "quarries"),)
    assert links_to_name(pack, chains, {"quarries": 45}, HARD) == ToName(((1, "quarries"),), (), 1)


def test_an_unknown_situation_is_refused() -> None:
    with pytest.raises(LookupError, match="'Q'"):
        links_to_name(STONE, {1: chain("Q")}, {"factories": 1})


companies = st.lists(
    st.builds(
        Chain,
        st.sampled_from(["A", "B", "C"]),
        st.dictionaries(st.sampled_from(LEVELS[:2]), st.lists(st.sampled_from(STATES), max_size=2), max_size=2),
        st.one_of(st.none(), st.integers(0, 50)),
    ),
    max_size=5,
)
demands = st.dictionaries(st.sampled_from(LEVELS[:2]), st.integers(0, 100), max_size=2)


def reached(pack: Pack, chains: Mapping[Any, Chain], wanted: Mapping[str, int]) -> set[str]:
    shares = cover(pack, chains.values()).shares
    return {level for level, minimum in wanted.items() if shares[level].reaches(minimum)}


@pytest.mark.parametrize("unit", ["chain", "volume"])
@given(companies, demands)
@settings(max_examples=150, deadline=None)
def test_no_smaller_set_does_and_the_promise_is_true(unit: str, every: list[Chain], wanted: dict[str, int]) -> None:
    pack = by_volume(STONE) if unit == "volume" else STONE
    chains = dict(enumerate(every))
    found = links_to_name(pack, chains, wanted, HARD)

    # True: once named, every level that was promised is reached; what is out of reach stays so with everything named.
    assert reached(pack, after(pack, chains, found), wanted) == set(wanted) - set(found.out_of_reach)
    every_gap = [(key, level) for key, one in chains.items() for level in gaps(pack, one) if level in wanted]
    assert reached(pack, after(pack, chains, ToName(tuple(every_gap), (), 0)), wanted) == set(wanted) - set(
        found.out_of_reach
    )
    assert set(found.links) <= set(every_gap)
    assert len(set(found.links)) == len(found.links)

    # Smallest: no set with one link less does the same.
    if found.links:
        for fewer in combinations(every_gap, len(found.links) - 1):
            done = reached(pack, after(pack, chains, ToName(fewer, (), 0)), wanted)
            assert done != set(wanted) - set(found.out_of_reach)
