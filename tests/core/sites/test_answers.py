"""Same, ask or different: the rules, case by case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toetssteen.core.sites import Mention, Verdict
from toetssteen.core.sites.cleaning import cleaned
from toetssteen.core.sites.context import Context, context_of, place_words_of
from toetssteen.core.sites.matching import compare

BASE = Mention(
    "a", "Verzinsa Granites Pvt. Ltd.", address="Plot No. 23, Fabel Industrial Area, Kota", place="Kota",
    country="India", kind="factory",
)  # fmt: skip
PIT = Mention(
    "a", "Verzinsa Quarry, Pit 5", address="Pit 5, Nan'an, Fujian", place="Nan'an", country="China", kind="quarry"
)


def context(*mentions: Mention) -> Context:
    words = place_words_of(mentions)
    return context_of((cleaned(mention, words) for mention in mentions), words)


def verdict(one: Mention, other: Mention, *more: Mention) -> Verdict:
    known = context(one, other, *more)
    found = compare(one, other, known)
    assert compare(other, one, known).verdict == found.verdict, "the order must not matter"
    return found.verdict


def test_another_spelling_at_the_same_plot_is_the_same() -> None:
    other = replace(
        BASE, id="b", name="VERZINSA GRANITES PRIVATE LIMITED", address="# 23, Fabel Indl Area, Kota", country="Inde"
    )
    assert verdict(BASE, other) == Verdict.SAME


@pytest.mark.parametrize(
    "change",
    [
        {"address": "Plot No. 24, Fabel Industrial Area, Kota"},
        {"address": "Plot No. 23A, Fabel Industrial Area, Kota"},
        {"name": "Verzinsa Granites Pvt. Ltd. Unit II"},
        {"name": "Verzinsa Granites Pvt. Ltd. Unit II", "address": ""},
        {"name": "Verzinsa Exports"},
        {"name": "Verzinsa Granites & Sons", "address": "Plot No. 90, Other Road, Kota"},
        {"country": "China"},
        {"kind": "quarry"},
        {"name": "Anderszo Granites Pvt. Ltd."},
    ],
)
def test_another_unit_plot_firm_country_or_kind_is_never_automatic(change: dict[str, str]) -> None:
    assert verdict(BASE, replace(BASE, id="b", **change)) != Verdict.SAME


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": "Verzinsa Quarry, Pit 6", "address": "Pit 6, Nan'an, Fujian"}, Verdict.DIFFERENT),
        ({"name": "Verzinsa Quarry", "address": ""}, Verdict.ASK),
        ({"name": "VERZINSA QUARRY PIT 5", "place": "Nanan"}, Verdict.SAME),
        ({"name": "Anderszo Quarry, Pit 5"}, Verdict.DIFFERENT),
    ],
)
def test_pits_of_one_village(change: dict[str, str], expected: Verdict) -> None:
    assert verdict(PIT, replace(PIT, id="b", **change)) == expected


def test_a_missing_unit_is_asked_where_the_firm_has_several() -> None:
    bare = replace(BASE, id="b", address="")
    second = replace(BASE, id="c", name=BASE.name + " Unit II", address="Plot No. 80, Fabel Industrial Area, Kota")
    assert verdict(BASE, bare) == Verdict.SAME
    assert verdict(BASE, bare, second) == Verdict.ASK


def test_another_road_number_is_never_automatic() -> None:
    one = replace(BASE, address="NH 27, Plot 5, Kota")
    assert verdict(one, replace(one, id="b", address="NH 28, Plot 5, Kota")) != Verdict.SAME


def test_an_equal_registry_number_is_strongest_but_not_against_another_unit() -> None:
    one = replace(BASE, registry_numbers=("U-1234",))
    other = Mention("b", "Heel Anders Ltd", place="Kota", country="India", registry_numbers=("u1234",))
    assert verdict(one, other) == Verdict.SAME
    unit = replace(one, id="c", name=one.name + " Unit II", address="Plot No. 99, Fabel Industrial Area, Kota")
    assert verdict(one, unit) == Verdict.ASK


def test_distance_counts_both_ways_and_swapped_coordinates_are_recognised() -> None:
    one = replace(BASE, lat=25.14, lon=75.85)
    assert verdict(one, replace(one, id="b", lat=75.851, lon=25.141)) == Verdict.SAME
    swapped = compare(one, replace(one, id="b", lat=75.851, lon=25.141))
    assert "coordinates_swapped" in [reason.code for reason in swapped.reasons]
    far = replace(BASE, id="b", address="", place="", lat=13.1, lon=80.2)
    assert verdict(one, far) != Verdict.SAME


def test_a_chinese_and_a_latin_name_need_an_address() -> None:
    latin = Mention("a", "Laizhou Jinlongshan Stone Co., Ltd.", address="No. 15 Fabel Stone Zone, Laizhou",
                    place="Laizhou", country="China", kind="factory")  # fmt: skip
    han = replace(latin, id="b", name="莱州市金龙山石材有限公司")
    assert verdict(latin, han) == Verdict.SAME
    assert verdict(replace(latin, address=""), replace(han, address="")) == Verdict.ASK


def test_every_answer_says_why() -> None:
    answer = compare(BASE, replace(BASE, id="b", address="Plot No. 24, Fabel Industrial Area, Kota"))
    assert answer.verdict == Verdict.DIFFERENT
    assert ("plot_other", ("23", "24")) in [(reason.code, reason.values) for reason in answer.reasons]
    assert 0 <= answer.probability <= 1


def test_empty_mentions_do_not_fail_and_are_never_the_same() -> None:
    assert verdict(Mention("a"), Mention("b")) == Verdict.DIFFERENT
    assert verdict(Mention("a", "?"), BASE) == Verdict.DIFFERENT
