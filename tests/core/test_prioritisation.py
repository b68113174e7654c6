"""Priority by severity first, then likelihood: cases by hand, and what must always hold."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toetssteen.core.frameworks import load_pack, read_pack
from toetssteen.core.prioritisation import Rating, comes_first, follows_volume, moved, ranking, severity

SCALE = load_pack(read_pack(Path(__file__).parents[2] / "packs" / "trustone-2019")).severity
assert SCALE is not None
MEAN = replace(SCALE, method="mean")


def rating(scale: int, scope: int, remedy: int, likelihood: int | None) -> Rating:
    return Rating({"scale": scale, "scope": scope, "irremediable": remedy}, likelihood)


CHILD = rating(5, 2, 4, 3)  # gravest dimension 5
DUST = rating(4, 5, 5, 4)  # 5, likelier
PAY = rating(3, 4, 2, 5)  # 4, very likely
NOISE = rating(2, 2, 1, 5)  # 2, very likely
HALF = Rating({"scale": 5}, 5)
NEVER = Rating()
FOUR = {"pay": PAY, "noise": NOISE, "half": HALF, "child": CHILD, "never": NEVER, "dust": DUST}


@pytest.mark.parametrize(
    ("given", "by_max", "by_mean"),
    [
        (CHILD, Fraction(5), Fraction(11, 3)),
        (DUST, Fraction(5), Fraction(14, 3)),
        (NOISE, Fraction(2), Fraction(5, 3)),
        (HALF, None, None),
        (NEVER, None, None),
    ],
)
def test_severity_by_hand(given: Rating, by_max: Fraction | None, by_mean: Fraction | None) -> None:
    assert severity(SCALE, given) == by_max
    assert severity(MEAN, given) == by_mean


def test_a_score_outside_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="scope: 6"):
        severity(SCALE, rating(1, 6, 1, 1))


def test_the_most_severe_comes_first_then_the_likeliest_and_what_nobody_rated_is_shown_as_unrated() -> None:
    ranked = ranking(SCALE, FOUR)
    assert [row.key for row in ranked] == ["dust", "child", "pay", "noise", "half", "never"]
    assert [row.rank for row in ranked] == [1, 2, 3, 4, None, None]
    assert [row.comes_first for row in ranked] == [True, True, True, False, False, False]
    assert ranked[-1].severity is None
    assert not comes_first(SCALE, rating(5, 5, 5, 2))  # grave, but no sign of it


def test_equal_risks_share_a_rank_and_keep_their_order() -> None:
    ranked = ranking(SCALE, {"b": PAY, "a": rating(4, 1, 1, 5), "c": NOISE})
    assert [(row.key, row.rank) for row in ranked] == [("b", 1), ("a", 1), ("c", 3)]


def test_only_what_was_moved_needs_a_reason() -> None:
    assert moved(SCALE, FOUR, ["dust", "child", "pay", "noise"]) == ()
    assert moved(SCALE, FOUR, ["noise", "dust", "child", "pay"]) == ("noise",)
    assert moved(SCALE, FOUR, ["child", "pay", "noise", "dust"]) == ("dust",)
    assert moved(SCALE, FOUR, ["half", "dust", "never", "child"]) == ()  # nothing to go against
    assert moved(SCALE, {"a": PAY, "b": PAY}, ["b", "a"]) == ()


def test_an_order_like_volume_is_questioned_only_when_it_says_something() -> None:
    volumes = {"pay": 90, "noise": 40, "half": 20, "child": 5, "never": None, "dust": 60}
    assert follows_volume(["pay", "dust", "never", "noise", "half", "child"], volumes)
    assert not follows_volume(["dust", "pay", "noise", "half", "child"], volumes)
    assert not follows_volume(["pay", "dust", "noise"], volumes)  # three may be chance
    assert not follows_volume(["pay", "dust", "noise", "half"], dict.fromkeys(volumes, 7))


RATINGS = st.builds(
    rating, st.integers(1, 5), st.integers(1, 5), st.integers(1, 5), st.one_of(st.none(), st.integers(1, 5))
)


@given(st.dictionaries(st.integers(0, 30), RATINGS, max_size=8))
def test_a_graver_risk_never_stands_below_a_lighter_one(ratings: dict[int, Rating]) -> None:
    ranked = [row for row in ranking(SCALE, dict(ratings)) if row.rank is not None]
    weights = [(row.severity, row.likelihood) for row in ranked]
    assert weights == sorted(weights, reverse=True)
    assert moved(SCALE, dict(ratings), [row.key for row in ranking(SCALE, dict(ratings))]) == ()


@given(st.lists(RATINGS, min_size=1, max_size=5), st.randoms())
def test_the_moved_risks_are_the_fewest_that_explain_the_order(found: list[Rating], random: object) -> None:
    """Against exhaustive search: no smaller set can be taken out so that the rest stands in order."""
    ratings = dict(enumerate(found))
    order = list(ratings)
    random.shuffle(order)  # type: ignore[attr-defined]
    needed = moved(SCALE, dict(ratings), order)
    rated = [key for key in order if ratings[key].likelihood is not None]

    def in_order(rest: list[int]) -> bool:
        weights = [(severity(SCALE, ratings[k]), ratings[k].likelihood) for k in rest]
        return all(a >= b for a, b in pairwise(weights))  # type: ignore[operator]

    assert in_order([key for key in rated if key not in needed])
    fewest = min(
        len(rated) - len(kept)
        for size in range(len(rated) + 1)
        for kept in permutations(rated, size)
        if list(kept) == [key for key in rated if key in kept] and in_order(list(kept))
    )
    assert len(needed) == fewest
