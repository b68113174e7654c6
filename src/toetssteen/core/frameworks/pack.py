"""A content pack: everything the parties agreed on, loaded and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from .grievance import Grievance
from .lists import (
    OWN_ESTIMATE,
    AnswerState,
    Country,
    CovenantAction,
    Disclosure,
    Effort,
    LibraryItem,
    Material,
    Named,
    NamedArea,
    RiskProfile,
    SiteKind,
    Target,
    Theme,
)
from .model_documents import NO_MODEL_DOCUMENTS, ModelDocuments
from .plan_templates import PlanTemplates
from .public_report import PublicReportRules
from .questionnaire import Questionnaire
from .questions import Framework, Profile, Question
from .rules import (
    CoverageLevel,
    DecisionRule,
    EscalationStep,
    Exemption,
    ExtensionRule,
    Settings,
    SeverityScale,
    Variant,
    YearRule,
)


@dataclass(frozen=True)
class Pack:
    """One immutable version of what the parties agreed on."""

    id: str
    version: str
    framework: Framework
    coverage_levels: tuple[CoverageLevel, ...]
    settings: Settings
    year_rules: Mapping[str, tuple[YearRule, ...]]
    decision: DecisionRule
    extension: ExtensionRule | None = None
    escalation: tuple[EscalationStep, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    severity: SeverityScale | None = None
    variants: Mapping[str, Variant] = field(default_factory=dict)
    variant_questions: Mapping[str, Question] = field(default_factory=dict)
    themes: tuple[Theme, ...] = ()
    root_causes: tuple[Named, ...] = ()
    contribution_types: tuple[Named, ...] = ()
    materials: tuple[Material, ...] = ()
    product_forms: tuple[Named, ...] = ()
    countries: tuple[Country, ...] = ()
    inside_codes: frozenset[str] = frozenset()
    all_inside_known: bool = False
    named_areas: tuple[NamedArea, ...] = ()
    site_kinds: tuple[SiteKind, ...] = ()
    answer_states: tuple[AnswerState, ...] = ()
    site_states: tuple[Named, ...] = ()
    evidence_kinds: tuple[Named, ...] = ()
    library: tuple[LibraryItem, ...] = ()
    disclosure: Disclosure | None = None
    goals: tuple[Named, ...] = ()
    targets: tuple[Target, ...] = ()
    risk_profiles: tuple[RiskProfile, ...] = ()
    actions: tuple[CovenantAction, ...] = ()
    questionnaire: Questionnaire | None = None
    model_documents: ModelDocuments = NO_MODEL_DOCUMENTS
    grievance: Grievance | None = None
    public_report: PublicReportRules | None = None
    plan_templates: PlanTemplates | None = None
    effort: Effort = OWN_ESTIMATE
    digest: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def profile(self, profile_id: str) -> Profile:
        """One company type; LookupError when the pack does not have it."""
        return self.framework.profile(profile_id)

    def heaviest(self, situations: Iterable[str]) -> str | None:
        """The heaviest of these purchase situations, by the order of the pack; None when there are none."""
        found = {self.profile(situation) for situation in situations}
        return min(found, key=lambda profile: profile.rank).id if found else None

    def rule(self, profile_id: str, report_year: int) -> YearRule:
        """What this company type must reach in this report year; after the last year of the pack its demands stay."""
        if report_year < 1:
            raise ValueError(f"Report years start at 1, not {report_year}.")
        year = min(report_year, self.settings.max_year)
        for rule in self.year_rules.get(profile_id, ()):
            if rule.year == year:
                return rule
        raise LookupError(f"The pack has no demands for profile '{profile_id}' in year {year}.")

    def has_rule(self, profile_id: str) -> bool:
        """The pack says what this company type must reach."""
        return bool(self.year_rules.get(profile_id))

    def questions_for(self, profile_id: str, variant_id: str | None = None) -> tuple[Question, ...]:
        """All questions of this company type in order, with a variant's merged questions in their place.

        Questions that a variant drops are still in; whether they drop may depend on facts.
        """
        base = [q for q in self.framework.questions.values() if profile_id in q.applies_to]
        if variant_id is None:
            return tuple(base)
        merged = self._merged(profile_id, variant_id)
        placed = {q.replaces[0]: q for q in merged}
        gone = {old for q in merged for old in q.replaces}
        kept = [placed.get(q.id, q) for q in base if q.id not in gone or q.id in placed]
        return tuple(kept)

    def _merged(self, profile_id: str, variant_id: str) -> list[Question]:
        variant = self.variant(variant_id)
        if variant.base_profile != profile_id:
            raise LookupError(f"Variant '{variant_id}' is for profile '{variant.base_profile}', not '{profile_id}'.")
        return [self.variant_questions[question_id] for question_id in variant.merged]

    def variant(self, variant_id: str) -> Variant:
        """One lighter variant; LookupError when the pack does not have it."""
        if variant_id not in self.variants:
            raise LookupError(f"The pack has no variant '{variant_id}'.")
        return self.variants[variant_id]

    def question(self, question_id: str) -> Question:
        """A question of the framework or of a variant; LookupError when the pack does not have it."""
        found = self.framework.questions.get(question_id) or self.variant_questions.get(question_id)
        if found is None:
            raise LookupError(f"The pack has no question '{question_id}'.")
        return found

    def coverage_level(self, level_id: str) -> CoverageLevel:
        """One layer of the chain; LookupError when the pack does not have it."""
        for level in self.coverage_levels:
            if level.id == level_id:
                return level
        raise LookupError(f"The pack has no coverage level '{level_id}'.")

    @property
    def report_profiles(self) -> frozenset[str]:
        """The company types that owe a yearly report."""
        return frozenset(profile.id for profile in self.framework.profiles if profile.report_required)

    @property
    def own_situations(self) -> frozenset[str]:
        """The purchase situations whose chains count in the coverage (own imports)."""
        return frozenset(self.settings.own_situations)

    @cached_property
    def known_states(self) -> frozenset[str]:
        """The states of a link that count as known."""
        return frozenset(state.id for state in self.answer_states if state.counts_as_known)

    def country(self, code: str) -> Country | None:
        """A country of the pack by its code."""
        return next((country for country in self.countries if country.code == code), None)

    def is_inside(self, code: str) -> bool | None:
        """The country lies in the free area of the covenant; None when the pack does not say."""
        if code in self.inside_codes:
            return True
        return False if self.all_inside_known or self.country(code) is not None else None

    def exemption(self, profile_id: str, joined_on: date | None, year_end: date) -> Exemption | None:
        """The exemption that lifts the yearly report from a company of this type that joined on this day."""
        for exemption in self.exemptions:
            if profile_id in exemption.no_report_profiles:
                return exemption
            late = joined_on is not None and self.settings.calendar.joined_late(joined_on, year_end)
            if exemption.no_report_late_joiners and late:
                return exemption
        return None
