"""Turning the year rules of a pack into what the rest of the software works with."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .rules import (
    ColourRule,
    CoverageLevel,
    DecisionRule,
    EscalationStep,
    Exemption,
    ExtensionRule,
    PublicationRule,
    ScaleDimension,
    Settings,
    SeverityScale,
    YearRule,
)
from .shapes_base import TextIn
from .shapes_framework import FrameworkIn
from .shapes_years import SecondAssessorIn, SeverityIn, YearIn, YearRulesIn
from .values import Marked, Text
from .years import MonthDay, YearCalendar


def load_rules(framework: FrameworkIn, years: YearRulesIn) -> dict[str, Any]:
    """The parts of a pack that come from the year rules, by the name they have in the pack."""
    ladder = years.escalation_ladder
    return {
        "coverage_levels": tuple(CoverageLevel(x.id, x.fact, Text(x.nl, x.en)) for x in years.coverage_levels),
        "settings": _settings(years),
        "year_rules": _year_rules(framework, years),
        "decision": _decision(years),
        "extension": _extension(years),
        "escalation": tuple(
            EscalationStep(x.id, x.order, Text(x.nl, x.en), x.notice_days, x.public, x.decided_by)
            for x in sorted(ladder.steps if ladder else [], key=lambda step: step.order)
        ),
        "exemptions": tuple(
            Exemption(
                id=x.id,
                text=Text(x.nl, x.en),
                applies=x.applies,
                effect=x.effect,
                no_report_profiles=tuple(x.no_report_for.profiles),
                no_report_late_joiners=x.no_report_for.late_joiners,
                status=x.status,
                source=x.source,
            )
            for x in years.exemptions
        ),
        "severity": _severity(years.severity_scale) if years.severity_scale else None,
    }


def _marked(cell: Any) -> Marked[Any]:
    return Marked(cell.value, cell.status, getattr(cell, "source", ""))


def _text(value: TextIn | None) -> Text:
    return Text(value.nl, value.en) if value else Text("", "")


def _settings(years: YearRulesIn) -> Settings:
    settings = years.settings
    late = years.late_joiner
    unit, scope, method = settings.coverage_unit, settings.coverage_scope, settings.membership_year_method
    return Settings(
        coverage_unit=_extra_marked(unit),
        coverage_unit_text=Text(unit.nl, unit.en),
        coverage_scope=_extra_marked(scope),
        own_situations=tuple(scope.situations),
        coverage_scope_text=Text(scope.nl, scope.en),
        calendar=YearCalendar(
            starts=MonthDay.parse(settings.covenant_year.starts),
            cut_off=MonthDay.parse(late.cut_off) if late else None,
        ),
        membership_year_method=_extra_marked(method),
        membership_year_text=Text(method.nl, method.en),
        max_year=settings.max_year.value,
    )


def _extra_marked(setting: Any) -> Marked[str]:
    return Marked(setting.value, setting.status, str((setting.model_extra or {}).get("source", "")))


def _year_rules(framework: FrameworkIn, years: YearRulesIn) -> Mapping[str, tuple[YearRule, ...]]:
    required = {profile.id: profile.report_required for profile in framework.profiles}
    return {
        rules.type: tuple(
            _year_rule(rules.type, year, report_required=required[rules.type])
            for year in sorted(rules.years, key=lambda year: year.year)
        )
        for rules in years.year_rules
    }


def _year_rule(profile_id: str, year: YearIn, *, report_required: bool) -> YearRule:
    min_score: Marked[Fraction | None] = _marked(year.min_score)
    report = _marked(year.report_required) if year.report_required else Marked(report_required, "fact")
    return YearRule(
        profile_id=profile_id,
        year=year.year,
        min_score=min_score,
        coverage={level: _marked(cell) for level, cell in (year.coverage or {}).items()},
        plan_required=_marked(year.plan_required),
        public_communication_required=_marked(year.public_communication_required),
        report_required=report,
    )


def _decision(years: YearRulesIn) -> DecisionRule:
    decision = years.decision_rule
    rule = decision.public_communication_present
    return DecisionRule(
        colours=tuple(ColourRule(x.colour, x.kind, _text(x.name), Text(x.nl, x.en)) for x in decision.proposal),
        publication=PublicationRule(
            fact=rule.fact,
            max_age_months=rule.max_age_months,
            question=rule.question,
            level_above=rule.level_above,
            status=rule.status,
            source=rule.source,
        )
        if rule
        else None,
        meets_text=decision.meets,
        who_decides=_text(decision.who_decides),
        colours_public=decision.colours_public.value if decision.colours_public else False,
        second_assessor=_second_assessor(decision.second_assessor),
    )


def _second_assessor(cell: SecondAssessorIn | None) -> Marked[str]:
    return Marked(cell.value, cell.status, cell.source) if cell else Marked("optional", "")


def _extension(years: YearRulesIn) -> ExtensionRule | None:
    extension = years.extension
    if extension is None:
        return None
    times = extension.max_times_in_a_row
    return ExtensionRule(
        default_months=_marked(extension.default_months_after_year_end),
        max_months=_marked(extension.max_months),
        max_times_in_a_row=_marked(times) if times else None,
        required_fields=tuple(extension.required_fields),
        on_success=_text(extension.on_success),
        on_failure=_text(extension.on_failure),
    )


def _severity(scale: SeverityIn) -> SeverityScale:
    def dimension(name: str, x: Any) -> ScaleDimension:
        return ScaleDimension(name, Text(x.nl, x.en), x.min, x.max, {k: _text(v) for k, v in x.anchors.items()})

    return SeverityScale(
        dimensions=tuple(dimension(x.id, x) for x in scale.dimensions),
        likelihood=dimension("likelihood", scale.likelihood),
        method=scale.severity,
        highest_min_severity=scale.highest_priority.min_severity,
        highest_min_likelihood=scale.highest_priority.min_likelihood,
        status=scale.status,
        source=scale.source,
    )
