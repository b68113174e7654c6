"""The fewest steps to a total: by hand, and against trying everything."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from toetssteen.core.scoring import Option, smallest_set


def option(thing: str, gain: object, minutes: int, level: str = "largely", counts: int = 1) -> Option:
    return Option(thing, level, Fraction(str(gain)), minutes, counts)


def names(found: tuple[Option, ...] | None) -> list[tuple[object, str]] | None:
    return None if found is None else [(one.thing, one.level) for one in found]


def at_least(short: object):  # noqa: ANN201
    return lambda gain: gain >= Fraction(str(short))


SMALL = [option("a", 3, 10), option("b", 3, 45), option("c", 6, 120), option("d", 1, 5)]


def test_by_hand() -> None:
    assert names(smallest_set(SMALL, at_least(0))) == []
    assert names(smallest_set(SMALL, at_least(1))) == [("d", "largely")]  # one thing is enough: the quickest
    assert names(smallest_set(SMALL, at_least(3))) == [("a", "largely")]
    assert names(smallest_set(SMALL, at_least(5))) == [("c", "largely")]  # one long thing rather than two short ones
    assert names(smallest_set(SMALL, at_least(7))) == [("c", "largely"), ("d", "largely")]
    assert sorted(names(smallest_set(SMALL, at_least(13))) or []) == [(key, "largely") for key in "abcd"]
    assert smallest_set(SMALL, at_least("13.01")) is None
    assert smallest_set([], at_least(1)) is None


def test_a_level_is_not_asked_higher_than_needed() -> None:
    both = [option("a", "2.5", 10), option("a", 4, 20, "fully"), option("b", "2.5", 10)]
    assert names(smallest_set(both, at_least(2))) == [("a", "largely")]
    assert names(smallest_set(both, at_least(4))) == [("a", "fully")]
    assert names(smallest_set(both, at_least(5))) == [("a", "largely"), ("b", "largely")]


def test_what_is_done_anyway_counts_for_nothing_when_done_better() -> None:
    options = [option("key", 1, 30, "fully", counts=0), option("b", 5, 10)]
    assert names(smallest_set(options, at_least(1))) == [("key", "fully")]
    assert names(smallest_set(options, at_least(5))) == [("b", "largely")]
    assert names(smallest_set(options, at_least(6))) == [("key", "fully"), ("b", "largely")]


OPTIONS = st.lists(
    st.builds(
        option,
        st.sampled_from("abcde"),
        st.fractions(0, 5, max_denominator=6),
        st.sampled_from([5, 10, 30, 45]),
        st.sampled_from(["largely", "fully"]),
    ),
    max_size=7,
)


@settings(max_examples=300)
@given(OPTIONS, st.fractions(0, 12, max_denominator=6))
def test_never_more_than_needed_against_trying_everything(options: list[Option], short: Fraction) -> None:
    things = list(dict.fromkeys(one.thing for one in options))
    ways = [[None, *(one for one in options if one.thing == thing)] for thing in things]
    fitting = [
        [one for one in choice if one is not None]
        for choice in product(*ways)
        if sum((one.gain for one in choice if one is not None), Fraction(0)) >= short
    ]
    found = smallest_set(options, lambda gain: gain >= short)
    if not fitting:
        assert found is None
        return
    assert found is not None
    fewest = min((len(choice), sum(one.minutes for one in choice)) for choice in fitting)
    assert (len(found), sum(one.minutes for one in found)) == fewest
    assert sum((one.gain for one in found), Fraction(0)) >= short
    assert len({one.thing for one in found}) == len(found)
