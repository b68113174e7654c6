"""A standing as it would be after something was done: what a fact moves, and until when it counts; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import ceil

from toetssteen.core.coverage import missing_for
from toetssteen.core.frameworks import Fact, Pack, Question, Share
from toetssteen.core.frameworks.years import whole_months
from toetssteen.core.scoring import ScoreSheet, proposed_level
from toetssteen.reporting.estimate import Estimate, Standing, fact_level

# Facts that count only what happened in the covenant year itself, or before it ended. Every other fact that a company
# can move counts whenever it is moved, until the report is handed in.
WITHIN_THE_YEAR = frozenset(
    {
        "publication.age_months",
        "publication.last_public_report_date",
        "chains.situation_a_asked_share",
        "grievance.promotion_count",
    }
)
# What naming more of a chain moves besides the layer itself.
GAPS, GAPS_ASKED = "coverage.gaps_count", "requests.gaps_asked_share"
WORKING_MECHANISM = "grievance.suppliers_with_mechanism_share"
# What a plan with one goal brings that is good enough to be handed in; its action may still lack means.
FIRST_GOAL: Mapping[str, Share] = {
    "plan.objectives_smart": Share(1, 1),
    "plan.objectives_with_baseline_share": Share(1, 1),
    "plan.actions_complete_share": Share(0, 1),
    "evaluation.goals_evaluated_share": Share(0, 1),
}


@dataclass(frozen=True)
class Trial:
    """The standing as it would be after some steps."""

    pack: Pack
    standing: Standing

    @cached_property
    def estimate(self) -> Estimate:
        return self.standing.estimate(self.pack)

    def level_of(self, question: str) -> str:
        return self.standing.levels.get(question, self.pack.framework.unanswered_level)

    def follows(self, question: Question) -> bool:
        """The level follows from what the platform knows, so nobody can choose it."""
        return question.derived and fact_level(self.pack, question, self.standing.facts) is not None

    def with_level(self, question: str, level: str) -> Trial:
        return replace(self, standing=replace(self.standing, levels={**self.standing.levels, question: level}))

    def with_fact(self, fact: str, value: Fact) -> Trial:
        """The same with another fact; a layer of the chain takes along what else naming it moves."""
        share = self.standing.facts.get(fact)
        if isinstance(value, Share) and isinstance(share, Share) and self._is_layer(fact):
            return self._with_facts(
                {fact: value, **self._beside(fact, int(Fraction(value.part) - Fraction(share.part)))}
            )
        return self._with_facts({fact: value})

    def with_plan(self, *, delivered: bool = True) -> Trial:
        """The same with a plan of action, or without one."""
        known = self.standing.facts
        begun = {f: v for f, v in FIRST_GOAL.items() if f in known and not _applies(known[f])} if delivered else {}
        return replace(self, standing=replace(self._with_facts(begun).standing, plan_delivered=delivered))

    def _with_facts(self, changes: Mapping[str, Fact]) -> Trial:
        """Other facts, and the levels and coverage that follow from them."""
        if not changes:
            return self
        facts = {**self.standing.facts, **changes}
        levels, coverage = dict(self.standing.levels), dict(self.standing.coverage)
        for question in self.pack.questions_for(self.standing.profile, self.standing.variant):
            if question.derived_from in changes:
                level = fact_level(self.pack, question, facts)
                if level is not None:
                    levels[question.id] = level
        for layer in self.pack.coverage_levels:
            value = changes.get(layer.fact or "")
            if isinstance(value, Share):
                coverage[layer.id] = value
        return replace(self, standing=replace(self.standing, facts=facts, levels=levels, coverage=coverage))

    def _is_layer(self, fact: str) -> bool:
        return any(layer.fact == fact for layer in self.pack.coverage_levels)

    def _beside(self, fact: str, more: int) -> dict[str, Fact]:
        """What else moves when so many more are named: fewer gaps, and more places that need a way to complain.

        Never better than it can be: what is named is what was asked about, and each is a place of its own.
        """
        known = self.standing.facts
        found: dict[str, Fact] = {}
        gaps, asked, working = known.get(GAPS), known.get(GAPS_ASKED), known.get(WORKING_MECHANISM)
        if isinstance(gaps, int):
            found[GAPS] = max(0, gaps - more)
        if isinstance(asked, Share):
            whole = max(0, asked.whole - more)
            found[GAPS_ASKED] = Share(min(whole, max(0, asked.part - max(0, more))), whole)
        rule = self.pack.grievance.works if self.pack.grievance else None
        layers = {layer.id for layer in self.pack.coverage_levels if layer.fact == fact}
        if isinstance(working, Share) and rule is not None and layers & set(rule.value.levels):
            found[WORKING_MECHANISM] = Share(working.part, max(working.part, working.whole + more))
        return found


@dataclass(frozen=True)
class Move:
    """One way to lift a question: the level it brings, how much more is to be done, how long that takes, its fact."""

    question: Question
    level: str
    count: int
    minutes: int
    fact: str = ""
    value: Fact = None

    def done(self, trial: Trial) -> Trial:
        """What the standing becomes."""
        return trial.with_fact(self.fact, self.value) if self.fact else trial.with_level(self.question.id, self.level)


def move_of(trial: Trial, question: Question, wanted: str, told_age: int | None) -> Move | None:
    """How a question comes to a level; None where nobody can bring it there any more.

    A question that follows from a share or a count rises by doing more of what is counted; the one about telling the
    public by publishing; one that follows from anything else cannot be lifted. `told_age` is how old, in months, a
    publication of now is at the end of the year; None when the year is over.
    """
    pack, effort = trial.pack, trial.pack.effort
    if not trial.follows(question):
        minutes = effort.of(question.answer.kind)
        # All of it takes longer than most of it.
        longer = minutes * 3 // 2 if wanted != pack.framework.key_min_level else minutes
        return Move(question, wanted, 0, longer)
    fact = question.derived_from or ""
    if is_too_late(fact, told_age):
        return None
    found = _told(trial, fact, told_age) if is_telling(pack, fact) else _more(trial, question, wanted)
    if found is None:
        return None
    value, count, minutes = found
    level = proposed_level(pack, question, value) or ""
    if not level or not pack.framework.at_least(level, wanted):
        return None
    return Move(question, level, count, minutes, fact, value)


def _told(trial: Trial, fact: str, told_age: int | None) -> tuple[Fact, int, int]:
    return told_age, 0, trial.pack.effort.publication


def _more(trial: Trial, question: Question, wanted: str) -> tuple[Fact, int, int] | None:
    """The fact when enough more was done for a level, how much that is, and how long it takes."""
    fact, bound = question.derived_from or "", dict(question.auto_level).get(wanted)
    now = trial.standing.facts.get(fact)
    if bound is None:
        return None
    if isinstance(now, Share):
        count = missing_for(now, bound)
        return Share(now.part + count, now.whole), count, trial.pack.effort.of_fact(fact, count)
    if isinstance(now, int):
        count = max(0, ceil(Fraction(bound) - now))
        return now + count, count, trial.pack.effort.of_fact(fact, count)
    return None


def told_age(year_end: dt.date, on: dt.date) -> int | None:
    """How many whole months old a publication of this day is at the end of the year; None after it."""
    return whole_months(on, year_end) if on <= year_end else None


def is_too_late(fact: str, told: int | None) -> bool:
    """What is done for this fact now cannot count for the year any more."""
    return told is None and fact in WITHIN_THE_YEAR


def is_telling(pack: Pack, fact: str) -> bool:
    """The fact looks at when the company last told the public."""
    publication = pack.decision.publication
    return publication is not None and fact == publication.fact


def _applies(fact: Fact) -> bool:
    return not isinstance(fact, Share) or fact.applies


def change_of(pack: Pack, profile: str, sheet: ScoreSheet, question: Question, level: str) -> Fraction:
    """What the exact total changes by if one question had another level and nothing else changed."""
    framework = pack.framework
    change = question.max_points * (framework.level(level).factor - framework.level(sheet.levels[question.id]).factor)
    total = Fraction(0)
    for group in pack.profile(profile).groups:
        here = sheet.groups[group.id]
        if question.sub_step in group.members and here.possible:
            total += here.weight * change / here.possible
    return total
