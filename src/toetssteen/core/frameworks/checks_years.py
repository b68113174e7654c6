"""Checks on the year rules: what each type must reach, the covenant year, the colours and the exemptions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from .findings import Finding
from .shapes_framework import FrameworkIn
from .shapes_years import YearRulesIn, YearRulesOfTypeIn
from .years import MonthDay

YEARS = "year_rules"


def check(framework: FrameworkIn, years: YearRulesIn) -> Iterator[Finding]:
    """All faults in the year rules."""
    yield from _settings(framework, years)
    yield from _demands(framework, years)
    yield from _colours(years)
    yield from _publication(framework, years)
    yield from _exemptions(framework, years)
    yield from _key_summary(framework, years)


def _settings(framework: FrameworkIn, years: YearRulesIn) -> Iterator[Finding]:
    profiles = {profile.id for profile in framework.profiles}
    facts = {fact.id for fact in framework.platform_facts}
    for situation in years.settings.coverage_scope.situations:
        if situation not in profiles:
            yield Finding(YEARS, "coverage_scope", f"Situation '{situation}' is not a profile of the framework.")
    for level in years.coverage_levels:
        if level.fact is not None and level.fact not in facts:
            yield Finding(YEARS, level.id, f"It names fact '{level.fact}', which does not exist.")
    start = MonthDay.parse(years.settings.covenant_year.starts).in_year(2002)
    end = MonthDay.parse(years.settings.covenant_year.ends)
    day_before = start - timedelta(days=1)
    if (end.month, end.day) != (day_before.month, day_before.day):
        yield Finding(YEARS, "covenant_year", "The covenant year must end on the day before it starts.")
    head = framework.framework
    if head.valid_from and head.valid_to and head.valid_to < head.valid_from:
        yield Finding("framework", head.id, "valid_to lies before valid_from.")


def _demands(framework: FrameworkIn, years: YearRulesIn) -> Iterator[Finding]:
    profiles = {profile.id: profile for profile in framework.profiles}
    for kind, count in Counter(rules.type for rules in years.year_rules).items():
        if count > 1:
            yield Finding(YEARS, kind, "The demands of this type stand twice in the file.")
        if kind not in profiles:
            yield Finding(YEARS, kind, "This type is not a profile of the framework.")
    given = {rules.type for rules in years.year_rules}
    for profile in framework.profiles:
        if profile.scored and profile.id not in given:
            yield Finding(YEARS, profile.id, "This profile is scored, but no year says what it must reach.")
    for rules in years.year_rules:
        profile_in = profiles.get(rules.type)
        yield from _years_of(rules, years, scored=bool(profile_in and profile_in.scored))


def _years_of(rules: YearRulesOfTypeIn, years: YearRulesIn, *, scored: bool) -> Iterator[Finding]:
    wanted = set(range(1, years.settings.max_year.value + 1))
    counts = Counter(year.year for year in rules.years)
    for year in sorted(wanted - set(counts)):
        yield Finding(YEARS, f"{rules.type} year {year}", "The demands of this year are missing.")
    for year in sorted(set(counts) - wanted):
        yield Finding(YEARS, f"{rules.type} year {year}", f"The pack has no year {year}; its last year is max_year.")
    levels = {level.id for level in years.coverage_levels}
    for year_in in rules.years:
        place = f"{rules.type} year {year_in.year}"
        if counts[year_in.year] > 1:
            yield Finding(YEARS, place, "The demands of this year stand twice in the file.")
        if scored and year_in.min_score.value is None:
            yield Finding(YEARS, place, "This profile is scored, but the minimum score is empty.")
        for level in year_in.coverage or {}:
            if level not in levels:
                yield Finding(YEARS, place, f"It asks coverage of '{level}', which is not in coverage_levels.")
        if year_in.public_communication_required.value and years.decision_rule.public_communication_present is None:
            reason = "Public communication is required, but the decision rule does not say when it is present."
            yield Finding(YEARS, place, reason)


def _colours(years: YearRulesIn) -> Iterator[Finding]:
    kinds: Counter[str] = Counter(colour.kind for colour in years.decision_rule.proposal)
    for kind, low, high in (("meets", 1, 1), ("agreed_date", 0, 1), ("otherwise", 1, 1)):
        if not low <= kinds[kind] <= high:
            yield Finding(
                YEARS, "decision_rule", f"There must be {low or 'at most ' + str(high)} proposal of kind '{kind}'."
            )
    for colour, count in Counter(colour.colour for colour in years.decision_rule.proposal).items():
        if count > 1:
            yield Finding(YEARS, colour, "The colour stands twice in the decision rule.")
    if kinds["agreed_date"] and years.extension is None:
        yield Finding(YEARS, "extension", "A colour for an agreed date needs the extension's max_months.")


def _publication(framework: FrameworkIn, years: YearRulesIn) -> Iterator[Finding]:
    rule = years.decision_rule.public_communication_present
    if rule is None:
        return
    place = "public_communication_present"
    if rule.fact not in {fact.id for fact in framework.platform_facts}:
        yield Finding(YEARS, place, f"It names fact '{rule.fact}', which does not exist.")
    if rule.question is not None and rule.question not in {question.id for question in framework.questions}:
        yield Finding(YEARS, place, f"It names question '{rule.question}', which does not exist.")
    if rule.level_above is not None and rule.level_above not in {level.id for level in framework.scoring.levels}:
        yield Finding(YEARS, place, f"It names level '{rule.level_above}', which does not exist.")
    if (rule.question is None) != (rule.level_above is None):
        yield Finding(YEARS, place, "Give both a question and the level it must be above, or neither.")


def _exemptions(framework: FrameworkIn, years: YearRulesIn) -> Iterator[Finding]:
    profiles = {profile.id for profile in framework.profiles}
    lifted = {profile for exemption in years.exemptions for profile in exemption.no_report_for.profiles}
    for exemption in years.exemptions:
        for profile in exemption.no_report_for.profiles:
            if profile not in profiles:
                yield Finding(YEARS, exemption.id, f"It names profile '{profile}', which does not exist.")
        if exemption.no_report_for.late_joiners and years.late_joiner is None:
            yield Finding(YEARS, exemption.id, "It exempts late joiners, but late_joiner gives no cut_off.")
    if years.late_joiner and not any(exemption.no_report_for.late_joiners for exemption in years.exemptions):
        yield Finding(YEARS, "late_joiner", "There is a cut_off, but no exemption is for late joiners.")
    for profile_in in framework.profiles:
        if not profile_in.report_required and profile_in.id not in lifted:
            yield Finding(YEARS, profile_in.id, "This profile owes no report, but no exemption says why.")
        if profile_in.report_required and profile_in.id in lifted:
            yield Finding(YEARS, profile_in.id, "This profile owes a report, but an exemption lifts it.")
        if profile_in.report_required and not profile_in.scored:
            yield Finding(YEARS, profile_in.id, "This profile owes a report but is not scored; no colour could follow.")


def _key_summary(framework: FrameworkIn, years: YearRulesIn) -> Iterator[Finding]:
    """The summary of key questions per year is for the reader; where it stands it must agree with the framework."""
    extra: dict[str, Any] = years.model_extra or {}
    summary = extra.get("key_questions_by_year")
    per_year = summary.get("new_per_year") if isinstance(summary, dict) else None
    if not isinstance(per_year, dict):
        return
    questions = {question.id: question.key_from_year for question in framework.questions}
    listed: set[str] = set()
    for year, ids in per_year.items():
        for question_id in ids or []:
            listed.add(question_id)
            if str(questions.get(question_id)) != str(year):
                reason = f"The summary calls it a key question from year {year}; the framework does not."
                yield Finding(YEARS, str(question_id), reason)
    for question_id, key_year in questions.items():
        if key_year is not None and question_id not in listed:
            yield Finding(YEARS, question_id, "It is a key question in the framework, but not in the summary per year.")
