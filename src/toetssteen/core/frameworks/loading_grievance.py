"""Turning what the pack says about complaining into what the rest of the software works with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .grievance import (
    Counted,
    Criterion,
    Grievance,
    PosterText,
    Promise,
    Reach,
    WantedLanguage,
    WorksRule,
)
from .shapes_base import TextIn
from .shapes_grievance import CountedIn, CriterionIn, GrievanceIn, WorksIn
from .values import Marked, Text


def load_grievance(source: GrievanceIn) -> Grievance:
    """Complaints from their checked shape; parts that an older pack does not have stay empty."""
    parts: dict[str, Any] = {}
    if source.protection:
        parts["protection"] = tuple(_text(rule) for rule in source.protection.rules)
        parts["protection_status"] = source.protection.status
    if source.made_known:
        known = source.made_known
        parts["mechanisms"], parts["audiences"] = _counted(known.mechanisms), _counted(known.audiences)
        parts["ways"], parts["site_levels"] = _counted(known.ways), tuple(known.site_levels)
        parts["counting"] = Marked(_text(known.counting.rule), known.counting.status, known.counting.source)
    if source.own_mechanisms:
        parts["works"] = _works(source.own_mechanisms)
    if source.posters:
        posters = source.posters
        parts["reach"] = tuple(Reach(way.id, way.value or "", way.status) for way in posters.reach)
        parts["promises"] = tuple(Promise(promise.id, promise.status) for promise in posters.promises)
        parts["texts"] = tuple(
            PosterText(text.code, text.name, text.direction == "rtl", text.words, text.promises, text.reach)
            for text in posters.texts
        )
    return Grievance(
        name=_text(source.mechanism.name),
        composition=_text(source.mechanism.composition),
        principles=_text(source.mechanism.principles),
        criteria=tuple(_criterion(criterion) for criterion in source.ungp_31.criteria),
        wanted=tuple(
            WantedLanguage(language.code, Text(language.nl, language.en), tuple(language.areas))
            for language in source.languages.to_offer.values
        ),
        **parts,
    )


def _text(value: TextIn | None) -> Text:
    return Text(value.nl, value.en) if value else Text("", "")


def _criterion(source: CriterionIn) -> Criterion:
    return Criterion(
        source.id, Text(source.nl, source.en), _text(source.check), _text(source.question), _text(source.example)
    )


def _counted(rows: Iterable[CountedIn]) -> tuple[Counted, ...]:
    return tuple(Counted(row.id, Text(row.nl, row.en), row.counts) for row in rows)


def _works(source: WorksIn) -> Marked[WorksRule]:
    rule = WorksRule(tuple(source.levels), tuple(source.criteria), source.part_is_enough, source.stale_after_months)
    return Marked(rule, source.status, source.source)
