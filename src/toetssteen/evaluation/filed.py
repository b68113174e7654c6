"""The results in a frozen report in the words of the reader; reads nothing but what was frozen."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from toetssteen.core.frameworks import Pack
from toetssteen.core.progress import Amount
from toetssteen.evaluation.choices import Conclusion, ReadingKind, Setback, Source, Stakeholder
from toetssteen.evaluation.presentation import Scale, amount_words, scale_of, way_in_words
from toetssteen.foundation.look.figures import in_language
from toetssteen.plans.choices import OwnPractice


def filed_results(pack: Pack, content: Mapping[str, Any], labels: Mapping[int, str]) -> dict[str, Any] | None:
    """The goals with their readings per year and what was concluded; None for a report from before this was kept."""
    results = content.get("results")
    if not results:
        return None
    themes = {theme.id: in_language(theme.name) for theme in pack.themes}
    return {
        "goals": [_goal(number, goal, themes, labels) for number, goal in enumerate(results["goals"], 1)],
        "year": _evaluation(results["year"]),
    }


def _goal(number: int, goal: Mapping[str, Any], themes: Mapping[str, str], labels: Mapping[int, str]) -> dict[str, Any]:
    scale = scale_of(goal["indicator"], goal["baseline"], goal["target"])
    return {
        "number": number,
        "text": goal["text"],
        "theme": themes.get(goal["theme"], goal["theme"]),
        "practice": _label(OwnPractice, goal["own_practice"]),
        "indicator": goal["indicator"],
        "baseline": goal["baseline"],
        "target": goal["target"],
        "in_plan": goal["in_plan"],
        "years": [_year(row, scale, labels) for row in goal["years"]],
        "evaluation": _evaluation(goal["evaluation"]),
    }


def _year(row: Mapping[str, Any], scale: Scale, labels: Mapping[int, str]) -> dict[str, Any]:
    readings = [_reading(one) for one in row["readings"]]
    figures = [one["amount"] for one in readings if one["amount"] is not None]
    return {
        "label": labels.get(row["number"], str(row["number"])),
        "readings": readings,
        "way": way_in_words(scale.part(figures[-1])) if figures else "",
    }


def _reading(row: Mapping[str, Any]) -> dict[str, Any]:
    value = None if row["value"] is None else Decimal(row["value"])
    return {
        **row,
        "is_figure": row["kind"] == ReadingKind.FIGURE,
        "amount": None if value is None else Amount(Fraction(value), row["unit"]),
        "said": row["words"] if value is None else amount_words(value, row["unit"]),
        "source": _label(Source, row["source"]),
    }


def _evaluation(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "row": row,
        "conclusion": _label(Conclusion, row["conclusion"]),
        "setback": _label(Setback, row["setback_kind"]),
        "consulted": [{"row": one, "kind": _label(Stakeholder, one["kind"])} for one in row["consultations"]],
    }


def _label(choices: Any, value: str) -> str:
    return str(dict(choices.choices).get(value, value or ""))
