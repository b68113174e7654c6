"""The way to green against trying everything, over the same engine: layers of the chain, counts, duties, questions."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil
from typing import Any

import pytest

from tests.reporting.test_ways import IN_TIME, YEAR_END, pack_with, standing
from toetssteen.core.frameworks import Pack, Share
from toetssteen.reporting.estimate import Standing, levels_of
from toetssteen.reporting.missing import path_to_green
from toetssteen.reporting.trial import Trial

TOO_LATE = YEAR_END + dt.timedelta(days=40)
LAYERS = ("direct_suppliers", "factories", "quarry_areas", "quarries")
COMPLAINTS_AT = ("factories", "quarries")  # where the pack asks for a way to complain
CHAINS = 4
AGE, PROMOTED, LETTERS = "publication.age_months", "grievance.promotion_count", "chains.situation_a_asked_share"
RATED, SIGNED = "risks.prioritised_share", "suppliers.signed_code_share"
GAPS, ASKED, WORKING = "coverage.gaps_count", "requests.gaps_asked_share", "grievance.suppliers_with_mechanism_share"
PLAN = "plan"
OF_THE_YEAR = (AGE, PROMOTED, LETTERS)
AGE_IN_TIME = 3  # from June to the end of September
# What a thing can be at the start, besides done.
POOR: dict[str, list[Any]] = {
    **{f"coverage.{layer}": [0, 1, 2, 3] for layer in LAYERS},
    **{fact: [0, 1, 2, 3] for fact in (RATED, SIGNED)},
    WORKING: [0, 2, 4], PROMOTED: [0, 1, 2], LETTERS: [0, 1], AGE: [14, 30, None], PLAN: [False],
}  # fmt: skip
WHOLE = {**{f"coverage.{layer}": CHAINS for layer in LAYERS}, RATED: 4, SIGNED: 4, WORKING: 8, LETTERS: 2}


def company(pack: Pack, year: int, poor: dict[str, Any], asked: int) -> Standing:
    """A company that has everything, except what is given here."""
    facts: dict[str, Any] = {name: Share(poor.get(name, whole), whole) for name, whole in WHOLE.items()}
    gaps = sum(CHAINS - facts[f"coverage.{layer}"].part for layer in LAYERS)
    facts |= {GAPS: gaps, ASKED: Share(min(asked, gaps), gaps), "chains.situation_a_count": 2}
    facts |= {AGE: poor.get(AGE, 0), PROMOTED: poor.get(PROMOTED, 3)}
    levels = {name: level for name, level in poor.items() if name.startswith("q-")}
    return replace(standing(pack, levels=levels, facts=facts, plan=poor.get(PLAN, True)), report_year=year)


def values_of(pack: Pack, name: str, now: Any, whole: int) -> list[Any]:
    """What a thing can become, what it is first; shares only where that makes a difference."""
    if name.startswith("q-"):
        return list(dict.fromkeys((now, "largely", "fully")))
    if name == PLAN:
        return [now, True]
    if name == AGE:
        return [now, AGE_IN_TIME]
    if name == PROMOTED:
        return list(range(now, 4))
    if name.startswith("coverage."):
        return list(range(now, whole + 1))
    bounds = [dict(q.auto_level) for q in pack.questions_for("C") if q.derived_from == name]
    wanted = {ceil(Fraction(bound) * whole / 100) for levels in bounds for bound in levels.values()}
    return [now, *sorted(part for part in wanted if part > now)]


def every_way(pack: Pack, start: Standing, poor: dict[str, Any], on: dt.date) -> Iterator[tuple[int, Standing]]:
    """Everything that the company could do, with how many things that are."""
    opened = {name: now for name, now in poor.items() if name not in (WORKING, ASKED)}
    if on > start.year_end:  # what is done now does not count for the year any more
        opened = {name: now for name, now in opened.items() if name not in OF_THE_YEAR}
    choices = [values_of(pack, name, now, WHOLE.get(name, 0)) for name, now in opened.items()]
    for chosen in product(*choices):
        done = dict(zip(opened, chosen, strict=True))
        size = sum(value != opened[name] for name, value in done.items())
        facts: dict[str, Any] = dict(start.facts)
        for name, value in done.items():
            if name in WHOLE:
                facts[name] = Share(value, WHOLE[name])
            elif name in facts:
                facts[name] = value
        named = {layer: facts[f"coverage.{layer}"].part - start.facts[f"coverage.{layer}"].part for layer in LAYERS}
        gaps = start.facts[GAPS] - sum(named.values())
        asked = max(0, start.facts[ASKED].part - sum(named.values()))  # what is named is what was asked about
        places = WHOLE[WORKING] + sum(named[layer] for layer in COMPLAINTS_AT)
        working = start.facts[WORKING].part
        for more in values_of(pack, ASKED, min(asked, gaps), gaps):
            for work in values_of(pack, WORKING, working, places):
                known = {**facts, GAPS: gaps, ASKED: Share(more, gaps), WORKING: Share(work, places)}
                given = {**start.levels, **{name: value for name, value in done.items() if name.startswith("q-")}}
                moved = replace(
                    start, facts=known, levels=levels_of(pack, "C", None, known, given),
                    coverage={layer: known[f"coverage.{layer}"] for layer in LAYERS},
                    plan_delivered=done.get(PLAN, start.plan_delivered),
                )  # fmt: skip
                yield size + (more > asked) + (work > working), moved


@pytest.mark.parametrize("seed", range(30))
def test_never_more_steps_than_the_fewest_that_reach_green(seed: int) -> None:
    rng, on = random.Random(seed), TOO_LATE if seed % 3 == 0 else IN_TIME
    year = rng.choice([1, 2, 2, 3, 4, 5])
    plain = pack_with()
    hand = [question.id for question in plain.questions_for("C") if not question.derived]
    poor = {name: rng.choice(POOR[name]) for name in rng.sample(sorted(POOR), 3)}
    poor |= {question: rng.choice(["none", "partly", "largely"]) for question in rng.sample(hand, 2)}
    asked = rng.choice([0, 2, 16])
    # A minimum between where the company stands and everything, so that points decide as well.
    total = company(plain, year, poor, asked).estimate(plain).sheet.total
    pack = pack_with(str(total + (Decimal(100) - total) * rng.choice([0, 30, 60, 80, 95]) / 100), year)
    start = company(pack, year, poor, asked)
    path = path_to_green(pack, start, on)
    ways = sorted(every_way(pack, start, poor, on), key=lambda way: way[0])
    fewest = next((size for size, way in ways if way.estimate(pack).proposal.meets), None)
    assert path.meets_after == (fewest is not None)
    if fewest is not None:
        assert len(path.steps) == fewest
        assert not path.too_late
    assert sum(step.gain for step in path.steps) == path.after - path.total


def test_a_key_question_done_better_is_no_step_more() -> None:
    """2.3.1 needs 80 %: 8 of 10 risks. The last two bring 30 % of 14/40 of 10: 1.05 points, for no step more."""
    start = company(pack_with(), 2, {"q-1-1-02": "none"}, 0)
    start = Trial(pack_with(), start).with_fact(RATED, Share(2, 10)).standing
    [step] = path_to_green(pack_with("97", 2), start, IN_TIME).steps
    assert (step.kind, step.count, step.level_wanted, step.minutes) == ("key", 8, "fully", 80)
    [step] = path_to_green(pack_with("96", 2), start, IN_TIME).steps
    assert (step.kind, step.count, step.level_wanted, step.minutes) == ("key", 6, "largely", 60)
    forty = Trial(pack_with(), start).with_fact(RATED, Share(0, 40)).standing
    [step] = path_to_green(pack_with("40", 2), forty, IN_TIME).steps
    assert (step.count, step.minutes) == (32, 320)  # 80 % of forty, ten minutes each


def test_a_count_can_be_raised_too() -> None:
    """6.1.1: three times a year made known is all of it; 7 of 28 points in a group of 7."""
    start = company(pack_with(), 2, {PROMOTED: 0}, 0)
    total = start.estimate(pack_with()).sheet.total
    pack = pack_with("100", 2)
    path = path_to_green(pack, start, IN_TIME)
    assert [(step.kind, step.subject, step.count, step.until) for step in path.steps] == [
        ("fact", "q-6-1-01", 3, YEAR_END)
    ]
    assert (path.after, path.total) == (Decimal(100), total)
    late = path_to_green(pack, start, TOO_LATE)
    assert (late.steps, late.meets_after) == ((), False)


def test_naming_the_last_gap_takes_the_question_on_gaps_away() -> None:
    """One layer of one chain is not named and nobody was asked: naming it also ends 2.1.7."""
    start = company(pack_with(), 2, {"coverage.quarries": 3}, 0)
    path = path_to_green(pack_with("100", 2), start, IN_TIME)
    [step] = path.steps
    assert (step.kind, step.subject, step.count, path.after) == ("fact", "q-2-1-05", 1, Decimal(100))
    tried = Trial(pack_with(), start).with_fact("coverage.quarries", Share(4, 4)).standing
    assert (tried.facts[GAPS], tried.facts[ASKED]) == (0, Share(0, 0))
    less = Trial(pack_with(), start).with_fact("coverage.quarries", Share(1, 4)).standing
    assert (less.facts[GAPS], less.facts[ASKED]) == (3, Share(0, 3))


def test_what_is_asked_later_counts_already_but_is_proposed_only_where_it_saves_a_step() -> None:
    """The pack: a question of a later year may be answered earlier and then counts."""
    both = {"q-1-1-02": "none", "q-2-2-05": "none"}  # 2.2.5 is asked from year 3
    start = company(pack_with(), 2, both, 0)
    total = start.estimate(pack_with()).sheet.total
    one = path_to_green(pack_with(str(total + 1), 2), start, IN_TIME)
    assert [(step.subject, step.asked_from) for step in one.steps] == [("q-1-1-02", 0)]
    all_of_it = path_to_green(pack_with("100", 2), start, IN_TIME)
    assert {(step.subject, step.asked_from) for step in all_of_it.steps} == {("q-1-1-02", 0), ("q-2-2-05", 3)}
    assert all_of_it.meets_after


def test_after_the_end_of_the_year_what_belongs_to_it_is_promised_no_more() -> None:
    start = company(pack_with(), 3, {AGE: None, PROMOTED: 0, "q-1-1-02": "none"}, 0)
    late = path_to_green(pack_with(), start, TOO_LATE)
    assert [step.key for step in late.too_late] == ["key:q-6-1-01", "publication"]
    assert not late.meets_after
    in_time = path_to_green(pack_with(), start, IN_TIME)
    assert [step.key for step in in_time.steps] == ["key:q-6-1-01", "publication"]
    assert (in_time.meets_after, in_time.too_late) == (True, ())
