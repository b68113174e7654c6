"""Checks on the lists of the pack: themes, materials, sites, library, risks and what may be published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from . import checks_grievance, checks_model_documents, checks_questionnaire
from .findings import Finding
from .plan_templates import check_plan_templates
from .shapes_framework import FrameworkIn
from .shapes_lists import BinIn
from .shapes_years import YearRulesIn


def check(framework: FrameworkIn, years: YearRulesIn, others: Mapping[str, Any]) -> Iterator[Finding]:
    """All faults in the lists; a list that is not there is not checked, and nothing may refer to it."""
    library = _ids(others.get("library"), "items")
    themes = _ids(others.get("themes"), "themes")
    if "themes" in others:
        yield from _themes(others["themes"], library)
    if "library" in others:
        yield from _library(others["library"], themes, {step.number for step in framework.steps})
    if "site_kinds" in others:
        levels = {level.id for level in years.coverage_levels}
        for kind in others["site_kinds"].site_kinds:
            yield from _refers("site_kinds", kind.id, "coverage level", [kind.coverage_level], levels)
    if "materials" in others:
        yield from _materials(others["materials"])
    if "risk_profiles" in others:
        yield from _risks(others, themes)
    if "disclosure" in others:
        yield from _disclosure(others["disclosure"])
    if "supplier_questionnaire" in others:
        levels = {level.id for level in years.coverage_levels}
        yield from checks_questionnaire.check(others["supplier_questionnaire"], levels, themes, library)
    if "model_documents" in others:
        yield from checks_model_documents.check(
            others["model_documents"],
            themes=themes,
            steps={step.number for step in framework.steps},
            library=library,
        )
    if "plan_templates" in others:
        known = getattr(others.get("themes"), "root_cause_types", ())
        yield from check_plan_templates(others["plan_templates"], themes, {cause.id for cause in known})
    if "grievance" in others:
        yield from checks_grievance.check(others["grievance"], {level.id for level in years.coverage_levels})


def check_public_report(
    framework: FrameworkIn, variants: Mapping[str, Any], others: Mapping[str, Any]
) -> Iterator[Finding]:
    """All faults in what is said about the public report; nothing when a pack says nothing about it."""
    source = others.get("public_report")
    if source is None:
        return
    merged = {question.id for variant in variants.values() for question in variant.variant.merged}
    questions = {question.id for question in framework.questions} | merged
    levels = {level.id for level in framework.scoring.levels}
    for row in source.criteria:
        yield from _refers("public_report", row.question, "question", [row.question], questions)
        yield from _refers("public_report", row.question, "level", row.levels, levels)
        for name, need in row.levels.items():
            if need.at_least and need.at_least > len(need.parts):
                yield Finding("public_report", row.question, f"Level '{name}' needs more parts than it names.")


def _ids(model: Any, attribute: str) -> set[str]:
    return {item.id for item in getattr(model, attribute)} if model is not None else set()


def _refers(file: str, element: str, what: str, wanted: Iterable[str | None], known: set[str]) -> Iterator[Finding]:
    for name in wanted:
        if name is not None and name not in known:
            yield Finding(file, element, f"It refers to {what} '{name}', which does not exist.")


def _themes(themes: Any, library: set[str]) -> Iterator[Finding]:
    causes = {cause.id for cause in themes.root_cause_types}
    for theme in themes.themes:
        yield from _refers("themes", theme.id, "library item", theme.library, library)
        yield from _refers("themes", theme.id, "root cause", [m.root_cause for m in theme.measures], causes)


def _library(library: Any, themes: set[str], steps: set[int]) -> Iterator[Finding]:
    for item in library.items:
        yield from _refers("library", item.id, "theme", item.themes, themes)
        for step in item.steps:
            if step not in steps:
                yield Finding("library", item.id, f"It refers to step {step}, which does not exist.")


def _materials(materials: Any) -> Iterator[Finding]:
    countries = materials.origin_countries
    if countries is None:
        return
    for code in sorted({*countries.in_eea, *countries.also_in_eea} & set(countries.outside_eea)):
        yield Finding("materials", code, "The country stands both inside and outside.")
    known = {*countries.in_eea, *countries.outside_eea}
    for material in materials.materials:
        yield from _refers("materials", material.id, "country", [o.country for o in material.origins], known)
    for area in materials.areas_named:
        yield from _refers("materials", area.id, "country", [area.country], known)


def _risks(others: Mapping[str, Any], themes: set[str]) -> Iterator[Finding]:
    materials = others.get("materials")
    forms = {form.id for form in materials.product_forms.values} if materials and materials.product_forms else set()
    for risk in others["risk_profiles"].risk_profiles:
        yield from _refers("risk_profiles", risk.id, "theme", [risk.theme], themes)
        yield from _refers("risk_profiles", risk.id, "material", risk.materials, _ids(materials, "materials"))
        yield from _refers("risk_profiles", risk.id, "product form", risk.product_forms, forms)


def _disclosure(disclosure: Any) -> Iterator[Finding]:
    cells = disclosure.small_cells
    for name in ("min_companies_area", "min_companies_default"):
        if getattr(cells, name).value < 2:
            yield Finding("disclosure", name, "A threshold below 2 protects nobody.")
    for name, group in disclosure.bins.items():
        yield from _bins(name, group.bins)


def _bins(name: str, bins: list[BinIn]) -> Iterator[Finding]:
    for here, after in pairwise(bins):
        if here.to is None or after.start is None or here.to != after.start or here.to_closed == after.from_closed:
            reason = f"Class '{after.id}' of '{name}' must start exactly where '{here.id}' ends, with one end closed."
            yield Finding("disclosure", after.id, reason)
    for bin_in in bins:
        if bin_in.start is not None and bin_in.to is not None and bin_in.to < bin_in.start:
            yield Finding("disclosure", bin_in.id, "The class ends before it starts.")
