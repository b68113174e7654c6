"""Priority by severity first, then likelihood: cases by hand, and what must always hold."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toetssteen.core.frameworks import load_pack, read_pack
from toetssteen.core.prioritisation import (
    Rating,
    Shift,
    comes_first,
    follows_volume,
    goes_against,
    in_order,
    moved,
    ranking,
    severity,
    unexplained,
    unexplained_pairs,
)

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
    assert follows_volume(["pay", "dust", "never", "noise"], volumes)  # three: 1 in 6 by chance
    assert not follows_volume(["pay", "noise", "dust"], volumes)
    assert not follows_volume(["pay", "dust"], volumes)  # two may be chance
    assert not follows_volume(["pay", "dust", "same"], {**volumes, "same": 60})  # three risks, two volumes
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


def grave(value: int | None, likelihood: int = 3) -> Rating:
    return Rating() if value is None else rating(value, value, value, likelihood)


def order_of(ratings: dict[str, Rating], *shifts: Shift) -> str:
    return "".join(map(str, in_order(SCALE, ratings, shifts)))


def bare(ratings: dict[str, Rating], order: str, *shifts: Shift) -> list[str]:
    """The pairs without a reason, as `BA` for B above A."""
    return ["".join(map(str, pair)) for pair in unexplained_pairs(SCALE, ratings, order, shifts)]


B_ABOVE_A = Shift("B", "A", True, "The union asked.")
C_ABOVE_B = Shift("C", "B", True, "A child was hurt.")
C_ABOVE_A = Shift("C", "A", True, "A child was hurt.")


def test_a_reason_for_one_pair_does_not_cover_another() -> None:
    """A 4, B 3 with a reason above A, C unrated; then C is rated 5: nothing says why A and B stand above C."""
    ratings = {"A": grave(4), "B": grave(3), "C": grave(None)}
    assert order_of(ratings, B_ABOVE_A) == "BAC"
    assert bare(ratings, "BAC", B_ABOVE_A) == []
    ratings["C"] = grave(5)
    assert bare(ratings, "BAC", B_ABOVE_A) == ["BC", "AC"]
    assert unexplained(SCALE, ratings, "BAC", [B_ABOVE_A]) == ("B", "A")
    assert order_of(ratings, B_ABOVE_A) == "CBA", "what nobody moved stands where its rating puts it"
    assert bare(ratings, "CBA", B_ABOVE_A) == []


def test_every_hop_against_severity_needs_its_own_reason() -> None:
    """A 5/4, B 5/2, C 3/5: C passes B with a reason; to pass A as well it needs another."""
    ratings = {"A": grave(5, 4), "B": grave(5, 2), "C": grave(3, 5)}
    assert order_of(ratings, C_ABOVE_B) == "ACB"
    assert goes_against(SCALE, ratings, "C", "A")
    assert bare(ratings, "CAB", C_ABOVE_B) == ["CA"]
    assert order_of(ratings, C_ABOVE_B, C_ABOVE_A) == "CAB"
    assert bare(ratings, "CAB", C_ABOVE_B, C_ABOVE_A) == []
    assert bare(ratings, "CAB", C_ABOVE_A) == [], "above A with a reason, and A above B by likelihood"
    assert bare(ratings, "CAB", Shift("C", "A", True, " ")) == ["CA", "CB"], "an empty reason is none"
    assert bare(ratings, "CAB", Shift("A", "C", True, "The other way")) == ["CA", "CB"]
    assert bare(ratings, "CAB", Shift("A", "C", False, "A has a plan already")) == []


def test_a_shift_without_a_reason_holds_until_the_ratings_say_otherwise() -> None:
    above = Shift("U", "A", True)
    assert order_of({"A": grave(4), "U": grave(None)}, above) == "UA"
    assert order_of({"A": grave(4), "U": grave(5)}, above) == "UA"
    assert order_of({"A": grave(4), "U": grave(3)}, above) == "AU"
    below = Shift("A", "U", False)  # the same said the other way: A below the unrated one
    assert order_of({"A": grave(4), "U": grave(None), "Z": grave(2)}, below) == "UAZ", "A passes nothing rated"
    assert order_of({"A": grave(4), "B": grave(4)}, Shift("B", "A", True)) == "BA", "equals stand as they are put"


def test_a_risk_that_left_the_list_takes_its_shifts_along() -> None:
    ratings = {"A": grave(4), "B": grave(3)}
    assert order_of(ratings, C_ABOVE_A, B_ABOVE_A) == "BA"
    assert bare(ratings, "BA", C_ABOVE_A) == ["BA"]


SHIFTS = st.lists(
    st.builds(Shift, st.integers(0, 5), st.integers(0, 5), st.booleans(), st.sampled_from(["", "Why"])), max_size=8
)


@given(st.lists(RATINGS, min_size=1, max_size=6), SHIFTS)
def test_the_order_holds_every_risk_once_and_without_reasons_goes_against_nothing(
    found: list[Rating], shifts: list[Shift]
) -> None:
    ratings = dict(enumerate(found))
    assert sorted(in_order(SCALE, ratings, shifts), key=str) == sorted(ratings)
    free = [Shift(shift.key, shift.passed, shift.up) for shift in shifts]
    assert unexplained(SCALE, ratings, in_order(SCALE, ratings, free), []) == ()


@given(st.lists(RATINGS, min_size=1, max_size=6), SHIFTS, st.randoms())
def test_a_pair_is_explained_exactly_when_steps_by_severity_or_reason_lead_from_one_to_the_other(
    found: list[Rating], shifts: list[Shift], random: object
) -> None:
    """Against exhaustive search over all ways down the order."""
    ratings = dict(enumerate(found))
    order = list(ratings)
    random.shuffle(order)  # type: ignore[attr-defined]
    rated = [key for key in order if ratings[key].likelihood is not None]
    given_pairs = {(s.upper, s.lower) for s in shifts if s.reason}

    def led(path: tuple[int, ...]) -> bool:
        return all((a, b) in given_pairs or not goes_against(SCALE, ratings, a, b) for a, b in pairwise(path))

    wrong = {
        (a, b)
        for place, a in enumerate(rated)
        for at, b in enumerate(rated[place + 1 :], place + 1)
        if not any(
            led((a, *between, b)) for size in range(at - place) for between in combinations(rated[place + 1 : at], size)
        )
    }
    pairs = unexplained_pairs(SCALE, ratings, order, shifts)
    assert set(pairs) == wrong
    assert all(goes_against(SCALE, ratings, a, b) for a, b in pairs)
    named = set(unexplained(SCALE, ratings, order, shifts))
    assert all(named & set(pair) for pair in pairs), "each such pair is named by one of its two"


@given(st.lists(RATINGS, min_size=2, max_size=6), st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=12))
def test_moving_one_place_at_a_time_with_a_reason_where_it_is_asked_leaves_nothing_unexplained(
    found: list[Rating], steps: list[tuple[int, bool]]
) -> None:
    """As people move: one place up or down, and a reason for every rated pair that is turned round."""
    ratings = dict(enumerate(found))
    shifts: list[Shift] = []
    for at, up in steps:
        order = in_order(SCALE, ratings, shifts)
        there = at - 1 if up else at + 1
        if not (at < len(order) and 0 <= there < len(order)):
            continue
        shift = Shift(order[at], order[there], up)
        reason = "Why" if goes_against(SCALE, ratings, shift.upper, shift.lower) else ""
        wanted = list(order)
        wanted[at], wanted[there] = wanted[there], wanted[at]
        shifts.append(Shift(shift.key, shift.passed, up, reason))
        assert list(in_order(SCALE, ratings, shifts)) == wanted
