"""What is missing for green: what to do, what it yields, how long it takes; pure, from the rule's own reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from toetssteen.core.coverage import missing_for
from toetssteen.core.frameworks import Fact, Pack, Question, Share
from toetssteen.core.scoring import Remembered, ScoreSheet, asked, key_of, rounded
from toetssteen.reporting.estimate import Estimate, Standing, fact_level

# Minutes that an owner of a small company needs, by what is to be done; shown as "about".
MINUTES = {"derived": 10, "yes_no": 10, "choice": 10, "date": 10, "number": 10, "scale": 10, "text": 30, "table": 45}
MINUTES_PER_CHAIN = 15
MINUTES_PLAN = 120
MINUTES_PUBLICATION = 120
READING_MINUTES = {"derived": 2, "yes_no": 5, "choice": 5, "date": 5, "number": 5, "scale": 5, "text": 12, "table": 20}
MOST = 30
KEPT = 256


@dataclass(frozen=True)
class Step:
    """One thing to do; `kind` is coverage, key, plan, publication or question."""

    kind: str
    subject: str
    gain: Decimal
    minutes: int
    count: int = 0
    question: Question | None = None
    level_now: str = ""
    level_wanted: str = ""


@dataclass(frozen=True)
class Path:
    """Everything that is missing for green, and where doing all of it leads."""

    steps: tuple[Step, ...]
    total: Decimal
    needed: Fraction | None
    after: Decimal
    after_colour: str | None
    meets_after: bool

    @property
    def minutes(self) -> int:
        """About how long all of it takes."""
        return sum(step.minutes for step in self.steps)

    @property
    def points_short(self) -> Decimal:
        """Points still needed for the minimum of the year; 0 when it is reached."""
        if self.needed is None:
            return Decimal(0)
        short = self.needed - Fraction(self.total)
        return Decimal(short.numerator) / Decimal(short.denominator) if short > 0 else Decimal(0)


@dataclass(frozen=True)
class _Trial:
    """The standing as it would be after some steps."""

    pack: Pack
    standing: Standing

    @cached_property
    def estimate(self) -> Estimate:
        return self.standing.estimate(self.pack)

    def level_of(self, question: str) -> str:
        return self.standing.levels.get(question, self.pack.framework.unanswered_level)

    def with_level(self, question: str, level: str) -> _Trial:
        return replace(self, standing=replace(self.standing, levels={**self.standing.levels, question: level}))

    def with_fact(self, fact: str, value: Fact) -> _Trial:
        """The same with another fact, and the levels that follow from it."""
        facts = {**self.standing.facts, fact: value}
        levels = dict(self.standing.levels)
        for question in self.pack.questions_for(self.standing.profile, self.standing.variant):
            if question.derived_from == fact:
                level = fact_level(self.pack, question, facts)
                if level is not None:
                    levels[question.id] = level
        coverage = dict(self.standing.coverage)
        for layer in self.pack.coverage_levels:
            if layer.fact == fact and isinstance(value, Share):
                coverage[layer.id] = value
        return replace(self, standing=replace(self.standing, facts=facts, levels=levels, coverage=coverage))

    def with_plan(self) -> _Trial:
        return replace(self, standing=replace(self.standing, plan_delivered=True))


_paths: Remembered[Path] = Remembered(KEPT)


def path_to_green(pack: Pack, standing: Standing) -> Path:
    """What to do for green, what first: conditions of the rule, then the questions that yield most for their time.

    Worked out once for a standing, and remembered for a while: it depends on nothing else.
    """
    key = (
        standing.profile,
        standing.variant,
        standing.report_year,
        standing.year_end,
        key_of(standing.levels),
        key_of(standing.facts),
        key_of(standing.coverage),
        standing.plan_delivered,
    )
    return _paths.get(pack, key, lambda: _work_out(pack, standing))


def _work_out(pack: Pack, standing: Standing) -> Path:
    here = _Trial(pack, standing)
    start = here.estimate
    needed = pack.rule(standing.profile, standing.report_year).min_score.value
    steps: list[Step] = []
    trial = here
    for step, after in _conditions(here, start):
        before = trial.estimate.sheet.total
        if step.kind == "key" and pack.framework.at_least(trial.level_of(step.subject), step.level_wanted):
            continue  # an earlier step brings it along
        trial = after(trial)
        steps.append(replace(step, gain=trial.estimate.sheet.total - before))
    trial = _questions(trial, steps, needed)
    end = trial.estimate
    return Path(
        steps=tuple(steps),
        total=start.sheet.total,
        needed=needed,
        after=end.sheet.total,
        after_colour=end.proposal.colour,
        meets_after=bool(end.proposal.meets),
    )


def _conditions(here: _Trial, start: Estimate) -> Iterator[tuple[Step, Any]]:
    """The conditions that are not met, each with what the standing becomes when it is."""
    pack, standing = here.pack, here.standing
    rule = pack.rule(standing.profile, standing.report_year)
    none = Decimal(0)
    for level_id in start.proposal.coverage_failed:
        share, level = standing.coverage[level_id], pack.coverage_level(level_id)
        count = missing_for(share, rule.coverage[level_id].value)
        fact = level.fact
        if share.applies and fact:
            wanted = Share(share.part + count, share.whole)
            yield (
                Step("coverage", level_id, none, MINUTES_PER_CHAIN * count, count=count),
                lambda trial, fact=fact, wanted=wanted: trial.with_fact(fact, wanted),
            )
        else:
            yield Step("chains", level_id, none, MINUTES_PER_CHAIN), lambda trial: trial
    minimum = pack.framework.key_min_level
    publication = pack.decision.publication
    for question_id in start.proposal.keys_failed:
        question = pack.question(question_id)
        if publication and question.derived_from == publication.fact:
            continue  # publishing is a step of its own
        yield (
            Step(
                "key",
                question_id,
                none,
                MINUTES[question.answer.kind],
                question=question,
                level_now=start.sheet.levels[question_id],
                level_wanted=minimum,
            ),
            lambda trial, question_id=question_id: trial.with_level(question_id, minimum),
        )
    checks = start.proposal.checks
    if checks and not checks.plan:
        yield Step("plan", "", none, MINUTES_PLAN), lambda trial: trial.with_plan()
    told = publication is not None and any(
        pack.question(failed).derived_from == publication.fact for failed in start.proposal.keys_failed
    )
    if publication and checks and (told or not checks.public_communication):
        yield (
            Step("publication", "", none, MINUTES_PUBLICATION),
            lambda trial: trial.with_fact(publication.fact, 0),
        )


def _questions(trial: _Trial, steps: list[Step], needed: Fraction | None) -> _Trial:
    """Add questions until the minimum is reached, each time the one that yields most per minute.

    Only levels change here, so the total moves by the weight of the question's group and is not scored again.
    """
    sheet, levels = trial.estimate.sheet, dict(trial.standing.levels)
    exact, taken = sheet.exact_total, {s.question.id for s in steps if s.question}
    open_questions = list(_open_questions(trial, taken))
    while needed is not None and rounded(exact, sheet.decimals) < needed and len(steps) < MOST and open_questions:
        best, change = _best(open_questions, exact, sheet.decimals)
        if best.gain <= 0:
            break
        steps.append(best)
        exact += change
        levels[best.subject] = best.level_wanted
        open_questions = [(step, value) for step, value in open_questions if step.subject != best.subject]
    return replace(trial, standing=replace(trial.standing, levels=levels))


def _best(found: list[tuple[Step, Fraction]], exact: Fraction, decimals: int) -> tuple[Step, Fraction]:
    """The first of those that yield most per minute."""
    best = max(found, key=lambda pair: pair[1] / pair[0].minutes)
    gain = rounded(exact + best[1], decimals) - rounded(exact, decimals)
    return replace(best[0], gain=gain), best[1]


def _open_questions(trial: _Trial, taken: set[str]) -> Iterator[tuple[Step, Fraction]]:
    """The questions of this year that can still rise, each with what it adds; what follows from a fact cannot."""
    pack, standing, sheet = trial.pack, trial.standing, trial.estimate.sheet
    framework = pack.framework
    for question in asked(pack, standing.profile, standing.report_year, standing.facts, standing.variant):
        now = standing.levels.get(question.id, framework.unanswered_level)
        if question.id in taken or framework.at_least(now, framework.highest_level):
            continue
        if question.derived and fact_level(pack, question, standing.facts) is not None:
            continue
        wanted = framework.key_min_level
        if framework.at_least(now, wanted):
            wanted = framework.highest_level
        minutes = MINUTES[question.answer.kind]
        step = Step("question", question.id, Decimal(0), minutes, 0, question, now, wanted)
        yield step, change_of(pack, standing.profile, sheet, question, wanted)


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
