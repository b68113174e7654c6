"""What is missing for green: what to do, what it yields, how long it takes; pure, from the rule's own reasons."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from toetssteen.core.coverage import missing_for
from toetssteen.core.frameworks import Pack, Share
from toetssteen.core.scoring import Remembered, key_of
from toetssteen.reporting.estimate import Standing
from toetssteen.reporting.fewest import with_points
from toetssteen.reporting.todo import Step, Way
from toetssteen.reporting.trial import Trial, is_telling, is_too_late, move_of, told_age

KEPT = 256


@dataclass(frozen=True)
class Path:
    """Everything that is missing for green, and where doing all of it leads.

    `too_late` is what the rule demands but nobody can do for this year any more.
    """

    steps: tuple[Step, ...]
    total: Decimal
    needed: Fraction | None
    after: Decimal
    after_colour: str | None
    meets_after: bool
    too_late: tuple[Step, ...] = ()

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


_paths: Remembered[Path] = Remembered(KEPT)


def path_to_green(pack: Pack, standing: Standing, on: dt.date) -> Path:
    """What to do for green from a day on: conditions of the rule, then the fewest questions for the points still short.

    Worked out once for a standing, and remembered for a while: it depends on nothing else.
    """
    told = told_age(standing.year_end, on)
    key = (
        standing.profile,
        standing.variant,
        standing.report_year,
        standing.year_end,
        key_of(standing.levels),
        key_of(standing.facts),
        key_of(standing.coverage),
        standing.plan_delivered,
        told,
    )
    return _paths.get(pack, key, lambda: _work_out(Trial(pack, standing), told))


def _work_out(start: Trial, told: int | None) -> Path:
    pack, standing = start.pack, start.standing
    needed = pack.rule(standing.profile, standing.report_year).min_score.value
    way = _conditions(Way(start, told))
    if needed is not None:
        way = with_points(way, needed)
    end = way.trial.estimate
    return Path(
        steps=way.with_gains(start),
        total=start.estimate.sheet.total,
        needed=needed,
        after=end.sheet.total,
        after_colour=end.proposal.colour,
        meets_after=bool(end.proposal.meets),
        too_late=way.too_late,
    )


# --- the conditions of the rule


def _conditions(way: Way) -> Way:
    """The conditions that are not met, each with what the standing becomes when it is."""
    way = _coverage(way)
    checks = way.trial.estimate.proposal.checks
    if checks and not checks.plan:
        way = way.plus(Step("plan", "", Decimal(0), way.trial.pack.effort.plan), way.trial.with_plan())
    way = _keys(way)
    return _telling(way)


def _coverage(way: Way) -> Way:
    pack, standing = way.trial.pack, way.trial.standing
    rule = pack.rule(standing.profile, standing.report_year)
    for level_id in way.trial.estimate.proposal.coverage_failed:
        share, fact = standing.coverage[level_id], pack.coverage_level(level_id).fact
        count = missing_for(share, rule.coverage[level_id].value)
        if share.applies and fact:
            step = Step("coverage", level_id, Decimal(0), pack.effort.chain * count, count=count)
            way = way.plus(step, way.trial.with_fact(fact, Share(share.part + count, share.whole)))
        else:
            way = way.plus(Step("chains", level_id, Decimal(0), pack.effort.chain), way.trial)
    return way


def _keys(way: Way) -> Way:
    """Key questions that are too low once the chains are named and the plan is written."""
    pack = way.trial.pack
    minimum = pack.framework.key_min_level
    for question_id in way.trial.estimate.proposal.keys_failed:
        question = pack.question(question_id)
        fact = question.derived_from or ""
        if is_telling(pack, fact):
            continue  # publishing is a step of its own
        move = move_of(way.trial, question, minimum, way.told)
        step = Step(
            "key", question_id, Decimal(0), move.minutes if move else pack.effort.of(question.answer.kind),
            count=move.count if move else 0, question=question, level_now=way.trial.level_of(question_id),
            level_wanted=minimum, until=way.until(fact),
        )  # fmt: skip
        if way.trial.follows(question) and is_too_late(fact, way.told):
            way = way.late(step)
        else:
            way = way.plus(step, move.done(way.trial) if move else way.trial)
    return way


def _telling(way: Way) -> Way:
    """Telling the public, where the rule demands it or a key question looks at it."""
    pack, proposal = way.trial.pack, way.trial.estimate.proposal
    publication, checks = pack.decision.publication, proposal.checks
    if publication is None or checks is None:
        return way
    failed = any(is_telling(pack, pack.question(key).derived_from or "") for key in proposal.keys_failed)
    if checks.public_communication and not failed:
        return way
    step = Step("publication", "", Decimal(0), pack.effort.publication, until=way.until(publication.fact))
    if is_too_late(publication.fact, way.told):
        return way.late(step)
    return way.plus(step, way.trial.with_fact(publication.fact, way.told))
