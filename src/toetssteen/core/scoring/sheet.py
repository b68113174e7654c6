"""Points per question, score per weight group and step, and the total: exact, and rounded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from toetssteen.core.frameworks import Facts, Pack, Question, WeightGroup

from .levels import applicable, not_applicable


def rounded(number: Fraction, decimals: int) -> Decimal:
    """Round an exact number half up.

    >>> rounded(Fraction(19995, 1000), 2)
    Decimal('20.00')
    """
    scale = 10**decimals
    sign = -1 if number < 0 else 1
    # In whole numbers: half up of n/d is the floor of (2n + d) / 2d.
    whole = (2 * scale * abs(number.numerator) + number.denominator) // (2 * number.denominator)
    with localcontext() as context:
        context.prec = 60
        return Decimal(sign * whole).scaleb(-decimals)


@dataclass(frozen=True)
class GroupScore:
    """What a company earned in one weight group; weight is the one that counted, after rescaling."""

    id: str
    step_number: int
    earned: Fraction
    possible: Fraction
    weight: Fraction
    score: Fraction


@dataclass(frozen=True)
class ScoreSheet:
    """The whole score of one report, so that every figure can be explained."""

    groups: Mapping[str, GroupScore]
    steps: Mapping[int, Fraction]
    points: Mapping[str, Fraction]
    levels: Mapping[str, str]
    exact_total: Fraction
    total: Decimal
    decimals: int
    not_applicable: tuple[str, ...]

    def step_rounded(self, number: int) -> Decimal:
        """The score of a step as shown."""
        return rounded(self.steps[number], self.decimals)

    def group_rounded(self, group_id: str) -> Decimal:
        """The score of a weight group as shown."""
        return rounded(self.groups[group_id].score, self.decimals)


def score(pack: Pack, profile: str, levels: Mapping[str, str], facts: Facts, variant: str | None = None) -> ScoreSheet:
    """Score the levels of one report: points = max points x factor, group = weight x earned / possible.

    A question without a level has the pack's level for no answer. Levels of questions that do not apply are ignored.
    A weight group in which nothing applies is left out, and the others are rescaled to 100. If nothing at all applies
    the total is 0. LookupError for an unknown question, level, profile or variant.
    """
    questions = applicable(pack, profile, facts, variant)
    _refuse_unknown(pack, levels)
    chosen = {q.id: levels.get(q.id, pack.framework.unanswered_level) for q in questions}
    points = {q.id: q.max_points * pack.framework.level(chosen[q.id]).factor for q in questions}
    groups = _groups(pack.profile(profile).groups, questions, points)
    steps: dict[int, Fraction] = {}
    for group in groups.values():
        steps[group.step_number] = steps.get(group.step_number, Fraction(0)) + group.score
    total = sum(steps.values(), Fraction(0))
    decimals = pack.framework.scoring.decimals
    return ScoreSheet(
        groups=groups,
        steps=dict(sorted(steps.items())),
        points=points,
        levels=chosen,
        exact_total=total,
        total=rounded(total, decimals),
        decimals=decimals,
        not_applicable=not_applicable(pack, profile, facts, variant),
    )


def _refuse_unknown(pack: Pack, levels: Mapping[str, str]) -> None:
    for question_id, level_id in levels.items():
        pack.question(question_id)
        pack.framework.level(level_id)


def _groups(
    groups: tuple[WeightGroup, ...], questions: tuple[Question, ...], points: Mapping[str, Fraction]
) -> dict[str, GroupScore]:
    # One walk over the questions; groups then add up their sub-steps.
    nothing = Fraction(0)
    most: dict[str, Fraction] = {}
    got: dict[str, Fraction] = {}
    for question in questions:
        most[question.sub_step] = most.get(question.sub_step, nothing) + question.max_points
        got[question.sub_step] = got.get(question.sub_step, nothing) + points[question.id]
    possible = {g.id: sum((most.get(s, nothing) for s in set(g.members)), nothing) for g in groups}
    weight_left = sum((g.weight for g in groups if possible[g.id]), Fraction(0))
    found: dict[str, GroupScore] = {}
    for group in groups:
        earned = sum((got.get(s, nothing) for s in set(group.members)), nothing)
        here = possible[group.id]
        weight = group.weight * 100 / weight_left if here else Fraction(0)
        result = weight * earned / here if here else Fraction(0)
        found[group.id] = GroupScore(group.id, group.step_number, earned, here, weight, result)
    return found
