"""Turning the lists of a pack into what the rest of the software works with; a missing file is an empty list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .lists import (
    AnswerState,
    Bin,
    Country,
    CovenantAction,
    Disclosure,
    Effort,
    LibraryItem,
    Material,
    Measure,
    Named,
    NamedArea,
    RiskProfile,
    SiteKind,
    Target,
    Theme,
)
from .loading_grievance import load_grievance
from .loading_questionnaire import load_questionnaire
from .model_documents import load_model_documents
from .plan_templates import load_plan_templates
from .public_report import load_public_report
from .shapes_base import TextIn
from .shapes_framework import FrameworkIn
from .shapes_lists import DisclosureIn, EffortIn, MaterialsIn
from .values import Marked, Text

_DEFAULT_STATES = (
    AnswerState("known", Text("bekend", "known"), counts_as_known=True),
    AnswerState("unknown", Text("onbekend", "unknown"), counts_as_known=False),
)


def load_lists(framework: FrameworkIn, others: Mapping[str, Any]) -> dict[str, Any]:
    """The lists of a pack by the name they have in the pack; only for files that are there."""
    parts: dict[str, Any] = {"evidence_kinds": _named(framework.evidence_kinds), "answer_states": _DEFAULT_STATES}
    if "themes" in others:
        source = others["themes"]
        parts["themes"] = tuple(_theme(theme) for theme in source.themes)
        parts["root_causes"] = _named(source.root_cause_types)
        parts["contribution_types"] = _named(source.contribution_types.values if source.contribution_types else ())
    if "materials" in others:
        parts.update(_materials(others["materials"]))
    if "site_kinds" in others:
        parts.update(_sites(others["site_kinds"]))
    if "library" in others:
        parts["library"] = tuple(_library_item(item) for item in others["library"].items)
    if "targets" in others:
        parts["goals"] = _named(others["targets"].goals)
        parts["targets"] = tuple(_target(target) for target in others["targets"].targets)
    if "disclosure" in others:
        parts["disclosure"] = _disclosure(others["disclosure"])
    if "risk_profiles" in others:
        parts["risk_profiles"] = tuple(_risk(risk) for risk in others["risk_profiles"].risk_profiles)
    if "supplier_questionnaire" in others:
        parts["questionnaire"] = load_questionnaire(others["supplier_questionnaire"])
    if "model_documents" in others:
        parts["model_documents"] = load_model_documents(others["model_documents"], parts.get("questionnaire"))
    if "plan_templates" in others:
        parts["plan_templates"] = load_plan_templates(others["plan_templates"])
    if "public_report" in others:
        parts["public_report"] = load_public_report(others["public_report"])
    if "effort" in others:
        parts["effort"] = _effort(others["effort"])
    if "grievance" in others:
        parts["grievance"] = load_grievance(others["grievance"])
    if "covenant_actions" in others:
        parts["actions"] = tuple(_action(action) for action in others["covenant_actions"].actions)
    return parts


def _effort(source: EffortIn) -> Effort:
    return Effort(
        question=dict(source.question),
        reading=dict(source.reading),
        unit=dict(source.unit),
        chain=source.chain,
        plan=source.plan,
        publication=source.publication,
        hand_in=source.hand_in,
        status=source.status,
        source=source.source,
    )


def _text(value: TextIn) -> Text:
    return Text(value.nl, value.en)


def _optional(value: TextIn | None) -> Text | None:
    return _text(value) if value else None


def _named(items: Iterable[Any]) -> tuple[Named, ...]:
    return tuple(Named(item.id, Text(item.nl, item.en), dict(item.model_extra or {})) for item in items)


def _theme(theme: Any) -> Theme:
    return Theme(
        id=theme.id,
        name=_text(theme.name),
        definition=_text(theme.definition),
        standards=tuple(theme.standards),
        signals={place: _text(signal) for place, signal in theme.signals.items()},
        measures=tuple(Measure(m.root_cause, m.kind, Text(m.nl, m.en)) for m in theme.measures),
        indicators=tuple(_text(indicator) for indicator in theme.indicators),
        library=tuple(theme.library),
        status=theme.status,
        source=theme.source,
    )


def _materials(source: MaterialsIn) -> dict[str, Any]:
    countries = source.origin_countries
    inside = countries.in_eea if countries else []
    outside = countries.outside_eea if countries else []
    return {
        "materials": tuple(
            Material(
                id=material.id,
                text=Text(material.nl, material.en),
                in_scope=material.in_scope,
                hand_work=material.hand_work,
                countries=tuple(dict.fromkeys(origin.country for origin in material.origins)),
                note=_optional(material.note),
            )
            for material in source.materials
        ),
        "product_forms": _named(source.product_forms.values if source.product_forms else ()),
        "countries": tuple(
            sorted(
                [Country(code, in_eea=True) for code in inside] + [Country(code, in_eea=False) for code in outside],
                key=lambda country: country.code,
            )
        ),
        "inside_codes": frozenset([*inside, *(countries.also_in_eea if countries else [])]),
        "all_inside_known": bool(countries and countries.also_in_eea),
        "named_areas": tuple(
            NamedArea(area.id, area.name, area.region, area.country, area.disclosure) for area in source.areas_named
        ),
    }


def _sites(source: Any) -> dict[str, Any]:
    return {
        "site_kinds": tuple(
            SiteKind(
                id=kind.id,
                text=Text(kind.nl, kind.en),
                coverage_level=kind.coverage_level,
                location_detail=kind.location_detail,
                public=kind.public if isinstance(kind.public, str) else ("yes" if kind.public else "no"),
                description=_optional(kind.desc),
            )
            for kind in source.site_kinds
        ),
        "answer_states": tuple(
            AnswerState(state.id, Text(state.nl, state.en), state.counts_as_known) for state in source.answer_states
        ),
        "site_states": _named(source.site_states),
    }


def _library_item(item: Any) -> LibraryItem:
    return LibraryItem(
        id=item.id,
        kind=item.kind,
        title=_text(item.title),
        steps=tuple(item.steps),
        themes=tuple(item.themes),
        countries=tuple(item.countries),
        audience=tuple(item.audience),
        languages=tuple(item.languages),
        url=item.url,
        state=item.state,
        status=item.status,
        source=item.source,
        page=item.page,
    )


def _target(target: Any) -> Target:
    note = target.note
    return Target(
        id=target.id,
        indicator=_text(target.indicator),
        region=target.region,
        moment=target.moment,
        target=None if target.target == "unknown" else target.target,
        realised=None if target.realised == "unknown" else target.realised,
        unit=target.unit,
        is_estimate=target.is_estimate,
        note=_text(note) if isinstance(note, TextIn) else note,
        status=target.status,
        source=target.source,
    )


def _disclosure(source: DisclosureIn) -> Disclosure:
    cells, dominance = source.small_cells, source.dominance
    largest, two = dominance.max_share_largest_pct, dominance.max_share_two_largest_pct
    return Disclosure(
        min_companies_area=_marked(cells.min_companies_area),
        min_companies_default=_marked(cells.min_companies_default),
        allow_small_counts_for=tuple(cells.allow_small_counts_for.values) if cells.allow_small_counts_for else (),
        suppressed_display=_text(cells.suppressed_display),
        max_share_largest_pct=_marked(largest) if largest else None,
        max_share_two_largest_pct=_marked(two) if two else None,
        percent_decimals=source.percentages.decimals,
        bins={
            name: tuple(Bin(b.id, Text(b.nl, b.en), b.start, b.from_closed, b.to, b.to_closed) for b in group.bins)
            for name, group in source.bins.items()
        },
        classes=_named(source.disclosure_classes),
        always_public=tuple(source.always_public.values) if source.always_public else (),
        never_public=tuple(source.never_public.values) if source.never_public else (),
    )


def _marked(cell: Any) -> Marked[Any]:
    return Marked(cell.value, cell.status, getattr(cell, "source", ""))


def _risk(risk: Any) -> RiskProfile:
    return RiskProfile(
        id=risk.id,
        country=risk.country,
        region=risk.region,
        materials=tuple(risk.materials),
        product_forms=tuple(risk.product_forms),
        theme=risk.theme,
        statement=_text(risk.statement),
        evidence_kind=risk.evidence_kind,
        source_date=risk.source_date,
        status=risk.status,
        source=risk.source,
    )


def _action(action: Any) -> CovenantAction:
    return CovenantAction(
        id=action.id,
        title=_text(action.title),
        cluster=action.cluster,
        owner=action.owner,
        state=action.state,
        when=action.when,
        reason=_optional(action.reason),
        kind=action.kind,
        status=action.status,
        source=action.source,
    )
