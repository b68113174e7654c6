"""The assessment framework: levels, steps, questions and the weights per company type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .values import PLACEHOLDER, Condition, Marked, Text


@dataclass(frozen=True)
class Level:
    """How well a question is answered, with the part of the points that gives."""

    id: str
    factor: Fraction
    text: Text
    rank: int


@dataclass(frozen=True)
class SubStep:
    """A part of a due-diligence step."""

    id: str
    step_id: str
    step_number: int
    title: Text
    timing: str


@dataclass(frozen=True)
class Step:
    """A due-diligence step."""

    id: str
    number: int
    weight: Fraction | None
    title: Text
    timing: Text
    sub_steps: tuple[SubStep, ...]
    status: str
    source: str


@dataclass(frozen=True)
class AnswerSpec:
    """What kind of answer a question takes."""

    kind: str
    multiple: bool = False
    options: tuple[str, ...] = ()
    options_from: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class QuestionMarks:
    """Which parts of a question are placeholders until the official text is entered."""

    points: str
    criteria: str
    key: str
    from_year: str
    evidence: str

    @property
    def points_placeholder(self) -> bool:
        """The points of the question are our own."""
        return self.points == PLACEHOLDER

    @property
    def criteria_placeholder(self) -> bool:
        """The wording of the levels is our own."""
        return self.criteria == PLACEHOLDER

    @property
    def key_placeholder(self) -> bool:
        """That this is a key question, or from which year, is our own."""
        return self.key == PLACEHOLDER

    @property
    def from_year_placeholder(self) -> bool:
        """The year from which it is asked is our own."""
        return self.from_year == PLACEHOLDER


@dataclass(frozen=True)
class Question:
    """One question of the framework, with the criterion for each level."""

    id: str
    sub_step: str
    number: str
    text: Text
    help: Text
    answer: AnswerSpec
    max_points: Fraction
    criteria: Mapping[str, Text]
    applies_to: tuple[str, ...]
    from_year: int
    key_from_year: int | None
    marks: QuestionMarks
    evidence: tuple[str, ...] = ()
    library: tuple[str, ...] = ()
    visible_if: Condition | None = None
    derived_from: str | None = None
    auto_level: tuple[tuple[str, Fraction], ...] = ()
    auto_level_reverse: tuple[tuple[str, Fraction], ...] = ()
    auto_level_missing: str | None = None
    replaces: tuple[str, ...] = ()
    status: str = ""
    source: str = ""

    def is_key(self, report_year: int) -> bool:
        """A key question in this report year; once key it stays key."""
        return self.key_from_year is not None and self.key_from_year <= report_year

    @property
    def derived(self) -> bool:
        """The platform proposes the level from a fact."""
        return self.derived_from is not None


@dataclass(frozen=True)
class WeightGroup:
    """Sub-steps that share one weight in the total of 100."""

    id: str
    weight: Fraction
    members: tuple[str, ...]
    step_number: int
    status: str
    source: str

    @property
    def placeholder(self) -> bool:
        """The weight is our own."""
        return self.status == PLACEHOLDER


@dataclass(frozen=True)
class Profile:
    """A type of company with its duties; profiles stand in the pack from heaviest to lightest."""

    id: str
    title: Text
    definition: Text
    duties: Text
    report_required: bool
    scored: bool
    groups: tuple[WeightGroup, ...]
    rank: int


@dataclass(frozen=True)
class PlatformFact:
    """A figure that the platform works out itself from what the company entered."""

    id: str
    unit: str
    text: Text


@dataclass(frozen=True)
class EvidenceRule:
    """What happens to a high level without evidence: a warning, or a cap."""

    mode: str
    cap_level: str | None
    text: Text


@dataclass(frozen=True)
class ScoringRule:
    """How points become a total."""

    formula: str
    in_words: Text
    unanswered_level: str
    rescale_empty_group: bool
    decimals: int
    key_min_level: Marked[str]
    evidence_rule: EvidenceRule
    status: str


@dataclass(frozen=True)
class Framework:
    """The assessment framework of one covenant term."""

    id: str
    version: str
    is_official: bool
    title: Text
    short_title: Text
    summary: Text
    disclaimer: Text
    valid_from: date | None
    valid_to: date | None
    levels: tuple[Level, ...]
    scoring: ScoringRule
    steps: tuple[Step, ...]
    questions: Mapping[str, Question]
    profiles: tuple[Profile, ...]
    platform_facts: Mapping[str, PlatformFact]
    answer_labels: Mapping[str, Text]

    @property
    def key_min_level(self) -> str:
        """The level from which a key question counts as met."""
        return self.scoring.key_min_level.value

    @property
    def unanswered_level(self) -> str:
        """The level of a question nobody answered."""
        return self.scoring.unanswered_level

    @property
    def lowest_level(self) -> str:
        """The level that gives the fewest points."""
        return self.levels[0].id

    @property
    def highest_level(self) -> str:
        """The level that gives all points."""
        return self.levels[-1].id

    def level(self, level_id: str) -> Level:
        """One level; LookupError when the framework does not have it."""
        for level in self.levels:
            if level.id == level_id:
                return level
        raise LookupError(f"The framework has no level '{level_id}'.")

    def at_least(self, level_id: str, floor: str) -> bool:
        """This level is the same as or better than the other."""
        return self.level(level_id).rank >= self.level(floor).rank

    def profile(self, profile_id: str) -> Profile:
        """One company type; LookupError when the framework does not have it."""
        for profile in self.profiles:
            if profile.id == profile_id:
                return profile
        raise LookupError(f"The framework has no profile '{profile_id}'.")

    def sub_step(self, sub_step_id: str) -> SubStep:
        """One sub-step; LookupError when the framework does not have it."""
        for sub_step in self.sub_steps:
            if sub_step.id == sub_step_id:
                return sub_step
        raise LookupError(f"The framework has no sub-step '{sub_step_id}'.")

    @property
    def sub_steps(self) -> tuple[SubStep, ...]:
        """All sub-steps in order."""
        return tuple(sub_step for step in self.steps for sub_step in step.sub_steps)

    def answer_label(self, option_or_column: str) -> Text:
        """The words for an option or a table column; without words in the pack its id, readable."""
        readable = option_or_column.replace("_", " ")
        return self.answer_labels.get(option_or_column, Text(nl=readable, en=readable))
