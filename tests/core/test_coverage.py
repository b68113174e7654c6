"""Coverage: own imports only, a refusal is not known, one known link is enough, exact at the boundary."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.conftest import PACKS
from toetssteen.core.coverage import Chain, cover, gaps, meets, missing_for
from toetssteen.core.frameworks import Pack, Share, load_pack, read_pack

STONE = load_pack(read_pack(PACKS / "trustone-2019"))
STATES = [state.id for state in STONE.answer_states]
LEVELS = [level.id for level in STONE.coverage_levels]


def test_hand_counted_company(stone: Pack) -> None:
    chains = [
        Chain("C", {"direct_suppliers": ["known"], "factories": ["known", "asked"], "quarries": ["refused"]}, 50),
        Chain("C", {"direct_suppliers": ["known"], "factories": ["asked", "refused"]}, 30),
        Chain("B", {"direct_suppliers": ["not_asked"], "quarry_areas": ["not_applicable"]}, 20),
        Chain("A", {level: ["known"] for level in LEVELS}, 900),
    ]
    found = cover(stone, chains)
    assert (found.chains, found.outside_scope) == (3, 1)
    assert {level: (c.known, c.total) for level, c in found.levels.items()} == {
        "direct_suppliers": (2, 3),
        "factories": (1, 3),
        "quarry_areas": (1, 3),
        "quarries": (0, 3),
    }
    assert found.levels["factories"].by_volume == Share(50, 100)
    assert found.levels["direct_suppliers"].by_chain.percent == Fraction(200, 3)
    assert found.gaps == 8
    assert gaps(stone, chains[0]) == ("quarry_areas", "quarries")
    assert gaps(stone, chains[3]) == ()
    assert meets(found, stone.rule("C", 1)) == {
        "direct_suppliers": False,
        "factories": False,
        "quarry_areas": False,
        "quarries": False,
    }


def test_without_chains_nothing_is_covered(stone: Pack) -> None:
    found = cover(stone, [Chain("A", {"factories": ["known"]})])
    assert all(share == Share(0, 0) for share in found.shares.values())
    assert not any(meets(found, stone.rule("C", 1)).values())


def test_an_unknown_situation_is_refused(stone: Pack) -> None:
    with pytest.raises(LookupError, match="'Q'"):
        cover(stone, [Chain("Q")])


def test_another_sector_counts_its_own_levels(cocoa: Pack) -> None:
    found = cover(cocoa, [Chain("maker", {"villages": ["known"]}), Chain("shop", {"villages": ["known"]})])
    assert found.levels["villages"].by_chain == Share(1, 1)
    assert meets(found, cocoa.rule("maker", 1)) == {"villages": True, "farms": True}


@pytest.mark.parametrize(
    ("known", "total", "minimum", "missing"),
    [
        (7, 15, 50, 1),
        (8, 15, 50, 0),
        (2, 8, 25, 0),
        (0, 3, 100, 3),
        (0, 0, 50, 0),
        (1, 3, Fraction(100, 3), 0),
        (6, 7, 99, 1),
    ],
)
def test_how_many_more_are_needed(known: int, total: int, minimum: int, missing: int) -> None:
    assert missing_for(Share(known, total), minimum) == missing


@st.composite
def companies(draw: st.DrawFn) -> list[Chain]:
    links = st.dictionaries(st.sampled_from(LEVELS), st.lists(st.sampled_from(STATES), max_size=3))
    chain = st.builds(Chain, st.sampled_from(["A", "B", "C"]), links, st.one_of(st.none(), st.integers(0, 100)))
    return draw(st.lists(chain, min_size=1, max_size=8))


@settings(max_examples=80, deadline=None)
@given(companies(), st.integers(0, 7), st.sampled_from(LEVELS), st.sampled_from(STATES))
def test_one_more_link_never_lowers_coverage(chains: list[Chain], place: int, level: str, state: str) -> None:
    before = cover(STONE, chains)
    old = chains[place % len(chains)]
    links = {**old.links, level: [*old.links.get(level, ()), state]}
    after = cover(STONE, [Chain(old.situation, links, old.volume) if c is old else c for c in chains])
    for one in LEVELS:
        assert after.levels[one].known >= before.levels[one].known
        assert after.levels[one].known_volume >= before.levels[one].known_volume
        assert 0 <= after.levels[one].known <= after.levels[one].total
    met_before, met_after = (meets(found, STONE.rule("C", 2)) for found in (before, after))
    assert all(met_after[one] for one in met_before if met_before[one])


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 100))
def test_missing_is_exactly_what_is_needed(known: int, total: int, minimum: int) -> None:
    known = min(known, total)
    missing = missing_for(Share(known, total), minimum)
    assert Share(known + missing, total).reaches(minimum)
    assert missing == 0 or not Share(known + missing - 1, total).reaches(minimum)
