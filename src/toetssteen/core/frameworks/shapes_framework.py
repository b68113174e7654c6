"""The shape of the framework file and of a lighter variant."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from .shapes_base import Closed, ConditionIn, Int, Named, Number, Open, Str, TextIn, Year


class LevelIn(Open):
    id: Str
    factor: Annotated[Number, Field(ge=0, le=1)]
    nl: Str
    en: Str


class EmptyGroupIn(Open):
    rule: Literal["full_group_not_applicable_is_removed_and_total_is_rescaled_to_100"]


class UnansweredIn(Open):
    level: Str


class RoundingIn(Open):
    decimals: Annotated[Int, Field(ge=0, le=6)] = 2
    mode: Literal["half_up"] = "half_up"


class KeyRuleIn(Open):
    min_level: Str
    status: Str


class EvidenceRuleIn(Open):
    mode: Literal["advise", "cap"] = "advise"
    cap_level: Str | None = None
    rule: TextIn | None = None


class FormulaIn(Open):
    text: str = ""
    in_words: TextIn | None = None


class ScoringIn(Open):
    status: Str
    levels: Annotated[list[LevelIn], Field(min_length=2)]
    formula: FormulaIn = FormulaIn()
    empty_group: EmptyGroupIn | None = None
    unanswered: UnansweredIn
    rounding: RoundingIn = RoundingIn()
    key_questions: KeyRuleIn
    evidence_rule: EvidenceRuleIn | None = None


class WeightGroupIn(Open):
    id: Str
    weight: Annotated[Number, Field(gt=0, le=100)]
    members: Annotated[list[Str], Field(min_length=1)]
    status: Str
    source: str = ""


class ProfileIn(Open):
    id: Str
    title: TextIn
    definition: TextIn
    duties: TextIn
    report_required: bool
    scored: bool
    weight_groups: list[Str] | None = None
    weight_groups_override: list[WeightGroupIn] | None = None


class SubStepIn(Open):
    id: Str
    title: TextIn
    timing: str = ""


class TimingIn(Open):
    text: str | TextIn = ""


class StepIn(Open):
    id: Str
    number: Int
    weight: Number | None = None
    title: TextIn
    timing: TimingIn = TimingIn()
    sub_steps: Annotated[list[SubStepIn], Field(min_length=1)]
    status: str = ""
    source: str = ""


class AnswerIn(Closed):
    kind: Str
    multiple: bool = False
    options: list[Str] = []
    options_from: Str | None = None
    columns: list[Str] = []


class QuestionBase(Closed):
    id: Str
    sub_step: Str
    text: TextIn
    help: TextIn
    answer: AnswerIn = AnswerIn(kind="text")
    max_points: Annotated[Number, Field(gt=0)]
    points_status: Str | None = None
    criteria: dict[str, TextIn]
    criteria_status: Str | None = None
    evidence: list[Str] = []
    evidence_status: Str | None = None
    from_year_status: Str | None = None
    key_from_year: Year | None = None
    key_status: Str | None = None
    key_source: str = ""
    library: list[Str] = []
    visible_if: ConditionIn | None = None
    derived_from: Str | None = None
    auto_level: dict[str, Number] = {}
    auto_level_reverse: dict[str, Number] = {}
    auto_level_missing: Str | None = None
    status: str = ""
    source: str = ""


class QuestionIn(QuestionBase):
    applies_to: Annotated[list[Str], Field(min_length=1)]
    from_year: Year


class FactIn(Open):
    id: Str
    unit: Str
    nl: Str
    en: Str


class FrameworkHeadIn(Open):
    id: Str
    version: Str
    is_official: bool = False
    title: TextIn
    short_title: TextIn | None = None
    summary: TextIn | None = None
    disclaimer: TextIn
    valid_from: date | None = None
    valid_to: date | None = None


class FrameworkIn(Open):
    pack: Str
    framework: FrameworkHeadIn
    question_defaults: dict[str, str] = {}
    scoring: ScoringIn
    answer_kinds: list[Str] = []
    evidence_kinds: list[Named] = []
    platform_facts: list[FactIn] = []
    answer_labels: dict[str, TextIn] = {}
    weight_groups: list[WeightGroupIn] = []
    profiles: Annotated[list[ProfileIn], Field(min_length=1)]
    steps: Annotated[list[StepIn], Field(min_length=1)]
    questions: Annotated[list[QuestionIn], Field(min_length=1)]


class MergedIn(QuestionBase):
    replaces: Annotated[list[Str], Field(min_length=1)]


class DropIn(Closed):
    id: Str
    reason: TextIn
    keep_if: ConditionIn | None = None
    drop_if: ConditionIn | None = None


class EligibleIn(Open):
    id: Str
    op: Literal[">", ">=", "<", "<=", "==", "!="] = ">"
    value: Number = Fraction(0)
    nl: Str
    en: Str


class EligibilityIn(Open):
    status: Str
    source: str = ""
    all_of: list[EligibleIn] = []
    none_of: list[EligibleIn] = []
    decided_by: str = ""


class VariantBodyIn(Open):
    id: Str
    base_profile: Str
    title: TextIn
    status: Str
    active_by_default: bool = False
    reasoning: list[TextIn] = []
    eligibility: EligibilityIn | None = None
    unchanged: list[Named] = []
    point_rule: TextIn | None = None
    merged: list[MergedIn] = []
    dropped: list[DropIn] = []
    extra_platform_facts: list[FactIn] = []


class VariantIn(Open):
    variant: VariantBodyIn
