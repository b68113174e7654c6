"""What is missing for green: what to do, what it yields, how long it takes; pure, from the rule's own reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from toetssteen.core.coverage import missing_for
from toetssteen.core.frameworks import Fact, Pack, Question, Share
from toetssteen.core.scoring import Option, Remembered, ScoreSheet, asked, key_of, rounded, smallest_set
from toetssteen.reporting.estimate import Estimate, Standing, fact_level

MOST = 30
KEPT = 256


@dataclass(frozen=True)
class Step:
    """One thing to do; `kind` is coverage, chains, key, plan, publication, fact or question."""

    kind: str
    subject: str
    gain: Decimal
    minutes: int
    count: int = 0
    question: Question | None = None
    level_now: str = ""
    level_wanted: str = ""

    @property
    def key(self) -> str:
        """The name under which a company plans this step; the same as long as the same thing is to be done."""
        return f"{self.kind}:{self.subject}" if self.subject else self.kind


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
class Trial:
    """The standing as it would be after some steps."""

    pack: Pack
    standing: Standing

    @cached_property
    def estimate(self) -> Estimate:
        return self.standing.estimate(self.pack)

    def level_of(self, question: str) -> str:
        return self.standing.levels.get(question, self.pack.framework.unanswered_level)

    def with_level(self, question: str, level: str) -> Trial:
        return replace(self, standing=replace(self.standing, levels={**self.standing.levels, question: level}))

    def with_fact(self, fact: str, value: Fact) -> Trial:
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

    def with_plan(self, *, delivered: bool = True) -> Trial:
        return replace(self, standing=replace(self.standing, plan_delivered=delivered))


_paths: Remembered[Path] = Remembered(KEPT)


def path_to_green(pack: Pack, standing: Standing) -> Path:
    """What to do for green, what first: conditions of the rule, then the fewest questions for the points still short.

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
    here = Trial(pack, standing)
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


def _conditions(here: Trial, start: Estimate) -> Iterator[tuple[Step, Any]]:
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
                Step("coverage", level_id, none, pack.effort.chain * count, count=count),
                lambda trial, fact=fact, wanted=wanted: trial.with_fact(fact, wanted),
            )
        else:
            yield Step("chains", level_id, none, pack.effort.chain), lambda trial: trial
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
                pack.effort.of(question.answer.kind),
                question=question,
                level_now=start.sheet.levels[question_id],
                level_wanted=minimum,
            ),
            lambda trial, question_id=question_id: trial.with_level(question_id, minimum),
        )
    checks = start.proposal.checks
    if checks and not checks.plan:
        yield Step("plan", "", none, pack.effort.plan), lambda trial: trial.with_plan()
    told = publication is not None and any(
        pack.question(failed).derived_from == publication.fact for failed in start.proposal.keys_failed
    )
    if publication and checks and (told or not checks.public_communication):
        yield (
            Step("publication", "", none, pack.effort.publication),
            lambda trial: trial.with_fact(publication.fact, 0),
        )


def _questions(trial: Trial, steps: list[Step], needed: Fraction | None) -> Trial:
    """Add the fewest things with which the minimum is reached, among those the ones that take the least time.

    Only levels change here, so the total moves by the weight of the question's group and is not scored again. When
    nothing suffices, everything that yields is shown.
    """
    if needed is None:
        return trial
    sheet = trial.estimate.sheet
    options = {(o.thing, o.level): o for o in _open_options(trial, steps)}
    found = smallest_set(
        list(options.values()), lambda gain: rounded(sheet.exact_total + gain, sheet.decimals) >= needed
    )
    if found is None:
        found = tuple(o for o in options.values() if o.gain > 0 and o.level == trial.pack.framework.highest_level)[
            :MOST
        ]
    exact = sheet.exact_total
    for option in sorted(found, key=lambda one: one.gain / max(one.minutes, 1), reverse=True):
        gain = rounded(exact + option.gain, sheet.decimals) - rounded(exact, sheet.decimals)
        exact += option.gain
        trial = _take(trial, steps, option, gain)
    return trial


def _take(trial: Trial, steps: list[Step], option: Option, gain: Decimal) -> Trial:
    """Do one thing: better what is on the list already, or add it."""
    pack, question = trial.pack, trial.pack.question(str(option.thing))
    count, place = _more_of(trial, question, option.level), _place(trial, steps, question)
    if place is not None:
        step = steps[place]
        steps[place] = replace(
            step,
            level_wanted=option.level if step.kind == "key" else step.level_wanted,
            gain=step.gain + gain,
            minutes=step.minutes + option.minutes,
            count=step.count + count,
        )
    else:
        kind, now = "fact" if count else "question", trial.level_of(question.id)
        steps.append(Step(kind, question.id, gain, option.minutes, count, question, now, option.level))
    fact = question.derived_from
    share = trial.standing.facts.get(fact) if fact else None
    if count and fact and isinstance(share, Share):
        return trial.with_fact(fact, Share(share.part + count, share.whole))
    levels = {**trial.standing.levels, question.id: option.level}
    return Trial(pack, replace(trial.standing, levels=levels))


def _place(trial: Trial, steps: Sequence[Step], question: Question) -> int | None:
    """Where on the list the same thing stands: a key question, or the layer of the chain that a question counts."""
    for number, step in enumerate(steps):
        same_key = step.kind == "key" and step.subject == question.id
        layer = trial.pack.coverage_level(step.subject).fact if step.kind == "coverage" else None
        if same_key or (layer is not None and layer == question.derived_from):
            return number
    return None


def _more_of(trial: Trial, question: Question, level: str) -> int:
    """How much more must be done before a question that counts something has this level; 0 for any other."""
    fact = trial.standing.facts.get(question.derived_from) if question.derived_from else None
    bound = dict(question.auto_level).get(level)
    if not isinstance(fact, Share) or bound is None:
        return 0
    return missing_for(fact, bound)


def _open_options(trial: Trial, steps: Sequence[Step]) -> Iterator[Option]:
    """What can still rise among the questions of this year, how far, and how long that takes.

    A question that follows from a share rises by doing more of what is counted; one that follows from anything else
    cannot be chosen. What is on the list already is no step more when it is done better.
    """
    pack, standing, sheet = trial.pack, trial.standing, trial.estimate.sheet
    framework, effort = pack.framework, pack.effort
    for question in asked(pack, standing.profile, standing.report_year, standing.facts, standing.variant):
        now, place = trial.level_of(question.id), _place(trial, steps, question)
        follows = question.derived and fact_level(pack, question, standing.facts) is not None
        if follows and place is not None and steps[place].kind == "key":
            continue  # lifted as a key question; how much that takes is said there
        for wanted in dict.fromkeys((framework.key_min_level, framework.highest_level)):
            more = _more_of(trial, question, wanted) if follows else 0
            if framework.at_least(now, wanted) or (follows and not more):
                continue
            gain = change_of(pack, standing.profile, sheet, question, wanted)
            minutes = effort.of_fact(question.derived_from or "", more) if more else effort.of(question.answer.kind)
            if not more and wanted != framework.key_min_level:
                minutes = minutes * 3 // 2  # all of it takes longer than most of it
            yield Option(question.id, wanted, gain, minutes, counts=1 if place is None else 0)


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
