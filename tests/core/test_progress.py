"""How far a goal has come: amounts read by hand from words, progress by hand, and what must always hold."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toetssteen.core.progress import (
    Amount,
    Direction,
    amount_in,
    direction,
    in_unit,
    progress,
    unit_in,
    went_back,
    whole_of,
)


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("20 %", 20, "%"),
        ("33", 33, ""),
        ("12,5%", Fraction(25, 2), "%"),
        ("0.5 uur", Fraction(1, 2), "uur"),
        ("1.500 euro", 1500, "euro"),
        ("€ 1.500,50", Fraction(3001, 2), "euro"),
        ("1,250.75 dollar", Fraction(5003, 4), "dollar"),
        ("12 500 stuks", 12500, "stuks"),
        ("-3 graden", -3, "graden"),
        ("80 procent van de zagen", 80, "%"),
        ("90 dagen", 90, "dagen"),
        ("2024.25", Fraction(8097, 4), ""),
        ("9 van 12", 9, "van 12"),
        ("9 van de 12 zagen", 9, "van 12"),
        ("9 of 12", 9, "of 12"),
        ("9 of the 12 saws", 9, "of 12"),
        ("11 out of 12", 11, "of 12"),
        ("11/12", 11, "/ 12"),
        ("12 of 12", 12, "of 12"),
        ("0 van 12", 0, "van 12"),
        ("1.200 van 1.500 mensen", 1200, "van 1500"),
    ],
)
def test_one_number_with_its_unit_is_read(words: str, value: int | Fraction, unit: str) -> None:
    assert amount_in(words) == Amount(Fraction(value), unit)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "geen",
        "alle zagen",
        "20 % in 2025",
        "1,500",
        "ongeveer 20 %",
        "1.2.3",
        "12.34,5",
        "--4",
        "11 of 12 zagen",
        "13 van 12",
        "24/7",
        "3/12 jaar",
        "9 van 12 in 2025",
        "0 van 0",
        "1.5 van 3",
        "20 % van 12",
    ],
)
def test_what_reads_two_ways_or_not_at_all_is_not_read(words: str) -> None:
    assert amount_in(words) is None


@pytest.mark.parametrize(
    ("indicator", "unit"),
    [
        ("aandeel ketens waar dit geldt (%)", "%"),
        ("gemiddelde levertijd (dagen)", "dagen"),
        ("Share of saws with water", "%"),
        ("aantal klachten", ""),
        ("bezoeken (sinds 2020)", ""),
    ],
)
def test_the_unit_of_an_indicator(indicator: str, unit: str) -> None:
    assert unit_in(indicator) == unit


@pytest.mark.parametrize(
    ("unit", "whole"), [("%", 100), ("van 12", 12), ("/ 9", 9), ("", None), ("van 12 dagen", None)]
)
def test_the_whole_that_a_unit_is_a_part_of(unit: str, whole: int | None) -> None:
    assert whole_of(unit) == whole


@pytest.mark.parametrize(
    ("words", "unit", "value"),
    [
        ("9 van 12", "%", 75),
        ("75 %", "van 12", 9),
        ("10 van 15", "van 12", 8),
        ("9", "van 12", 9),  # a bare number takes the unit
        ("9 dagen", "van 12", None),
        ("9 van 12", "dagen", None),
    ],
)
def test_parts_of_a_whole_go_over_into_each_other(words: str, unit: str, value: int | None) -> None:
    amount = amount_in(words)
    assert amount is not None
    assert in_unit(amount, unit) == (None if value is None else Amount(Fraction(value), unit))


def of(value: int | str, unit: str = "%") -> Amount:
    return Amount(Fraction(value), unit)


@pytest.mark.parametrize(
    ("baseline", "target", "reading", "part"),
    [
        (of(20), of(80), of(50), Fraction(1, 2)),  # half way
        (of(20), of(80), of(20), Fraction(0)),
        (of(20), of(80), of(5), Fraction(-1, 4)),  # worse than at the start
        (of(20), of(80), of(95), Fraction(5, 4)),  # more than asked
        (of(90, "dagen"), of(30, "dagen"), of(70, "dagen"), Fraction(1, 3)),  # less is better
        (of(0), of(3), of(1), Fraction(1, 3)),  # exact, not 0.3333
        (of(33, ""), of(100), of(50), Fraction(17, 67)),  # one side names no unit
        (of(3, "van 12"), of(12, "van 12"), of(9, "van 12"), Fraction(2, 3)),
        (of(3, "van 12"), of(15, "van 15"), of(9, "/ 12"), Fraction(2, 3)),  # a quarter, all, three quarters
        (of(25), of(100), of(9, "van 12"), Fraction(2, 3)),
        (of(20), of(20), of(20), None),  # no way to go
        (of(20), of(80, "dagen"), of(50), None),
        (of(20), of(80), of(50, "dagen"), None),
        (of(20, ""), of(80, ""), None, None),
        (None, of(80), of(50), None),
        (of(20), None, of(50), None),
    ],
)
def test_progress_by_hand(baseline: Amount, target: Amount, reading: Amount, part: Fraction | None) -> None:
    assert progress(baseline, target, reading) == part


def test_direction_follows_from_start_and_target() -> None:
    assert direction(of(20), of(80)) is Direction.MORE
    assert direction(of(90), of(30)) is Direction.LESS
    assert direction(of(90), of(90)) is None
    assert direction(None, of(90)) is None


@pytest.mark.parametrize(
    ("before", "now", "answer"), [(50, 40, True), (40, 50, False), (40, 40, False), (None, 40, None)]
)
def test_going_back_is_said_by_the_direction(before: int | None, now: int, answer: bool | None) -> None:
    earlier = None if before is None else of(before)
    assert went_back(of(20), of(80), earlier, of(now)) is answer
    turned = None if answer is None else answer is False and before != now
    assert went_back(of(80), of(20), earlier, of(now)) is turned


exact = st.fractions(min_value=-1000, max_value=1000, max_denominator=100)


@given(exact, exact, exact, exact)
def test_progress_always_holds(start: Fraction, end: Fraction, value: Fraction, shift: Fraction) -> None:
    baseline, target, reading = (Amount(v) for v in (start, end, value))
    part = progress(baseline, target, reading)
    if start == end:
        assert part is None
        return
    assert part is not None
    assert start + part * (end - start) == value  # nothing is rounded away
    moved = [Amount(v + shift) for v in (start, end, value)]
    assert progress(*moved) == part  # where zero lies does not matter
    back = progress(target, baseline, reading)
    assert back is not None
    assert part + back == 1  # seen from the other end
