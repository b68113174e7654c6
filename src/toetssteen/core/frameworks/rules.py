"""What each year demands, who is exempt, and how a colour is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .values import PLACEHOLDER, Condition, Fact, Marked, Text
from .years import YearCalendar

PROPOSAL = "proposal"


@dataclass(frozen=True)
class CoverageLevel:
    """A layer of the supply chain whose coverage is measured."""

    id: str
    fact: str | None
    text: Text


@dataclass(frozen=True)
class YearRule:
    """What a company type must reach in one report year; every value carries its mark."""

    profile_id: str
    year: int
    min_score: Marked[Fraction | None]
    coverage: Mapping[str, Marked[Fraction]]
    plan_required: Marked[bool]
    public_communication_required: Marked[bool]
    report_required: Marked[bool]

    @property
    def has_placeholder(self) -> bool:
        """At least one demand of this year is a placeholder."""
        duties = (self.plan_required.placeholder, self.public_communication_required.placeholder)
        return self.min_score.placeholder or any(duties) or any(cell.placeholder for cell in self.coverage.values())


@dataclass(frozen=True)
class Settings:
    """How the pack counts: unit and scope of coverage, covenant year, and which report of a company this is."""

    coverage_unit: Marked[str]
    coverage_unit_text: Text
    coverage_scope: Marked[str]
    own_situations: tuple[str, ...]
    coverage_scope_text: Text
    calendar: YearCalendar
    membership_year_method: Marked[str]
    membership_year_text: Text
    max_year: int


@dataclass(frozen=True)
class ColourRule:
    """One possible proposal: its colour, and whether it is for meeting all demands, an agreed date, or otherwise."""

    colour: str
    kind: str
    name: Text
    text: Text


@dataclass(frozen=True)
class PublicationRule:
    """When a company counts as communicating publicly."""

    fact: str
    max_age_months: int
    question: str | None
    level_above: str | None
    status: str
    source: str

    @property
    def placeholder(self) -> bool:
        """How old it may be is our own choice."""
        return self.status == PLACEHOLDER


@dataclass(frozen=True)
class DecisionRule:
    """How the platform proposes a colour; the assessor decides."""

    colours: tuple[ColourRule, ...]
    publication: PublicationRule | None
    meets_text: str
    who_decides: Text
    colours_public: bool
    second_assessor: Marked[str]

    def colour(self, colour_id: str) -> ColourRule:
        """One colour; LookupError when the pack does not have it."""
        for rule in self.colours:
            if rule.colour == colour_id:
                return rule
        raise LookupError(f"The pack has no colour '{colour_id}'.")

    def of_kind(self, kind: str) -> ColourRule | None:
        """The colour proposed for meeting, an agreed date, or otherwise."""
        return next((rule for rule in self.colours if rule.kind == kind), None)


@dataclass(frozen=True)
class ExtensionRule:
    """How much extra time a company may get."""

    default_months: Marked[int]
    max_months: Marked[int]
    max_times_in_a_row: Marked[int] | None
    required_fields: tuple[str, ...]
    on_success: Text
    on_failure: Text


@dataclass(frozen=True)
class EscalationStep:
    """A step on the escalation ladder."""

    id: str
    order: int
    text: Text
    notice_days: int
    public: bool
    decided_by: str


@dataclass(frozen=True)
class Exemption:
    """A reason why less, or nothing, is asked; some mean that no report is due."""

    id: str
    text: Text
    applies: str
    effect: str
    no_report_profiles: tuple[str, ...]
    no_report_late_joiners: bool
    status: str
    source: str


@dataclass(frozen=True)
class ScaleDimension:
    """One side of how severe or likely a risk is, with words for some of its values."""

    id: str
    text: Text
    min: int
    max: int
    anchors: Mapping[int, Text]


@dataclass(frozen=True)
class SeverityScale:
    """How a company scores the severity and likelihood of a risk."""

    dimensions: tuple[ScaleDimension, ...]
    likelihood: ScaleDimension
    method: str
    highest_min_severity: int
    highest_min_likelihood: int
    status: str
    source: str


@dataclass(frozen=True)
class Drop:
    """A question that a lighter variant leaves out, perhaps only under a condition."""

    id: str
    reason: Text
    keep_if: Condition | None
    drop_if: Condition | None


@dataclass(frozen=True)
class Eligible:
    """One condition for a lighter variant: something that is known or declared of a company, compared with a number."""

    id: str
    op: str
    value: Fraction
    text: Text

    def holds(self, known: Mapping[str, Fact]) -> bool | None:
        """Whether it holds; None when it is not known."""
        return Condition(self.id, self.op, self.value).holds(known)


@dataclass(frozen=True)
class Variant:
    """A lighter form of one company type: questions merged or left out; weights and thresholds stay the same."""

    id: str
    base_profile: str
    title: Text
    status: str
    active_by_default: bool
    merged: tuple[str, ...]
    drops: tuple[Drop, ...]
    point_rule: Text
    reasoning: tuple[Text, ...]
    all_of: tuple[Eligible, ...] = ()
    none_of: tuple[Eligible, ...] = ()
    unchanged: tuple[Text, ...] = ()

    @property
    def is_proposal(self) -> bool:
        """Nobody has agreed on it yet; it is shown as a proposal, also once the parties try it for a year."""
        return self.status == PROPOSAL
